"""pytest models/training/redactor: needs neither weights nor ../shared nor recordings."""
import argparse
import json
import random
from collections import Counter

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

import corpora
import data
import generate
import heard
import listen
import misheard
import saying
import train
import values
from evaluate import figures, predict, tally
from heldout import line_of, true_spans, utf16
from labels import CLASSES, EVERY, INDEX, LABELS, NAMES, Example, allowed, spans_of
from model import MANNER, MARGIN, PAIR, Dimensions, RedactionHead, odds, operations
from names import Names, split_of
from ranking import average_precision, compared, ranks, recall_at
from silver import Casing
from spans import spans_from

torch.set_num_threads(1)  # the tests are too small to share, and wait for one another on a busy machine
SMALL = Dimensions(layers=1, width=48, heads=4, hidden=64, vocabulary=60, positions=300)


class FewNames(Names):
    """Names without ../shared."""

    def __init__(self):
        self.first = {"English": ["Sarah", "Amir"], "Dutch": ["Joost"]}
        self.last = {"English": ["Connor"], "Dutch": ["Bakker"], "German": ["Weiss"]}
        self.first["German"] = ["Anke"]
        self.common_first = self.words_first = ["Sarah", "Will"]
        self.common_last = self.any_last = self.words_last = ["Connor", "Young"]
        self.cities = self.near_cities = self.regions = self.countries = ["Leeds", "San Jose"]
        self.weights = [1, 1, 1]
        self.inventive = False


@pytest.fixture(scope="module")
def head():
    torch.manual_seed(0)
    head = RedactionHead(SMALL)
    for p in head.parameters():
        if p.dim() > 1:
            torch.nn.init.normal_(p, std=0.2)
    return head.eval()


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    """A tokenizer of single letters and a few words, made as MiniLM's is."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "my", "name", "is", *"abcdefghijklmnopqrstuvwxyz", *(f"##{c}" for c in "abcdefghijklmnopqrstuvwx")]
    tokenizer = Tokenizer(WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = BertNormalizer(), BertPreTokenizer()
    folder = tmp_path_factory.mktemp("minilm")
    tokenizer.save(str(folder / "tokenizer.json"))
    return data.Pieces(folder)


def inputs(b=2, n=10, w=4, t=80, seed=0):
    torch.manual_seed(seed)
    word = torch.full((b, n), -1)
    word[:, 1 : w + 1] = torch.arange(w)
    starts = torch.arange(w) * 15
    spans = torch.stack((starts, starts + 10), -1).repeat(b, 1, 1)
    return [torch.randint(4, 50, (b, n)), word, torch.rand(b, w, 7), torch.randn(b, t, 512), spans]


# The head


def test_words_without_sound_do_not_hear_the_states(head):
    x = inputs()
    x[4] = torch.full_like(x[4], -1)
    louder = [*x[:3], torch.randn(2, 80, 512) * 10, x[4]]
    torch.testing.assert_close(head(*x)[0], head(*louder)[0])
    assert head(*x)[1].sum() == 0


def test_a_word_hears_its_own_states_and_no_others(head):
    x = inputs()
    with torch.no_grad():
        before = head(*x)[0]
        far, near = x[3].clone(), x[3].clone()
        far[:, 10 + PAIR * MARGIN :] += torch.randn(70 - PAIR * MARGIN, 512)  # word 0 lies on states 0 to 9
        near[:, :10] += 3 * torch.randn(10, 512)
        torch.testing.assert_close(before[:, 0], head(*x[:3], far, x[4])[0][:, 0])
        assert (before[:, 0] - head(*x[:3], near, x[4])[0][:, 0]).abs().max() > 1e-4


def test_what_was_heard_is_shared_among_the_pairs_of_a_words_states(head):
    with torch.no_grad():
        share = head(*inputs())[1]
    assert share.shape == (2, 4, 40)
    torch.testing.assert_close(share.sum(-1), torch.ones(2, 4))
    # Word 1 lies on states 15 to 24: pairs 7 to 12, and one on either side.
    assert share[0, 1].nonzero().flatten().tolist() == list(range(6, 14))


def test_sound_moves_all_labels_but_o_alike(head):
    x = inputs()
    with torch.no_grad():
        heard, read = head(*x)[0].softmax(-1), head.read(*x[:3])[1].softmax(-1)
    assert (heard[..., 0] - read[..., 0]).abs().max() > 1e-3
    torch.testing.assert_close(heard[..., 1:] / heard[..., 1:].sum(-1, keepdim=True), read[..., 1:] / read[..., 1:].sum(-1, keepdim=True))


def test_the_manner_of_hearing_is_confidence_pauses_and_duration():
    learner = RedactionHead(SMALL)
    features = torch.zeros(1, 3, 7)
    features[0, :, 3], features[0, :, 4] = 1, torch.tensor([1.0, 0.1, 0.5])
    features[0, :, 5], features[0, :, 6] = 1, torch.tensor([2.0, 0.0, 0.4])
    spans = torch.tensor([[[0, 10], [10, 30], [50, 55]]])
    with torch.no_grad():
        manner = learner.listening.manner(features, spans, torch.tensor([[1, 2, 1]]))[0]
    logs = np.log([1, 0.1, 0.5])
    assert manner.shape == (3, MANNER)
    np.testing.assert_allclose(manner[1, :8], [0.1, logs[1], logs[1] - logs.mean(), logs.mean(), logs[2], logs[0], 0, 0], atol=1e-5)
    np.testing.assert_allclose(manner[1, 8:12], [0.0, 0.4, 0, 1], atol=1e-6)
    pace = np.log([10, 10, 5]) - 2
    np.testing.assert_allclose(manner[1, 12:], [pace[1], pace[1] - pace.mean()], atol=1e-5)


def test_padding_changes_nothing(head):
    x = inputs(b=1)
    padded = [torch.nn.functional.pad(v, p, value=f) for v, p, f in zip(x, ((0, 6), (0, 6), (0, 0, 0, 3), (0, 0, 0, 10), (0, 0, 0, 3)), (0, -1, 0, 0, -1))]
    with torch.no_grad():
        torch.testing.assert_close(head(*x)[0], head(*padded)[0][:, :4], atol=1e-5, rtol=1e-4)


def test_an_untrained_head_ignores_features_and_states():
    torch.manual_seed(0)
    head = RedactionHead(SMALL).eval()
    x, y = inputs(), inputs()
    y[2], y[3] = torch.zeros(2, 4, 7), torch.zeros(2, 80, 512)
    with torch.no_grad():
        torch.testing.assert_close(head(*x)[0], head(*y)[0])


def test_operations_are_counted_as_the_layers_do_them():
    n = Dimensions()
    one_more = operations(n, 129, 100, 1500) - operations(n, 128, 100, 1500)
    products = n.layers * 2 * (4 * n.width**2 + 2 * n.width * n.hidden)  # weights that a piece passes
    attention = n.layers * 4 * n.width * (129**2 - 128**2)
    assert one_more == products + attention + 4 * 100 * n.width
    assert operations(n, 128, 100, 2) < operations(n, 128, 100, 1500) < 1.1 * operations(n, 128, 100, 2)


# Labels and losses


def test_a_word_of_a_partly_labelled_corpus_may_be_what_the_corpus_does_not_mark():
    assert set(allowed("O", NAMES)) == {INDEX["O"]} | {INDEX[f"{p}-{label}"] for label in EVERY - NAMES for p in "BI"}
    assert allowed("O", EVERY) == (0,)
    assert allowed("B-ORG|B-LOCATION", EVERY) == (INDEX["B-ORG"], INDEX["B-LOCATION"])
    assert len(allowed("?", EVERY)) == len(CLASSES) == 31


def test_spans_whose_label_is_open_are_not_certain():
    assert spans_of(["B-PERSON", "I-PERSON", "B-PERSON", "O", "B-ORG|B-PERSON"]) == [(0, 2, "PERSON"), (2, 3, "PERSON")]


def batch_of(x, tags, known=EVERY):
    mask = torch.zeros(*x[2].shape[:2], 31, dtype=torch.bool)
    for i, tag in enumerate(tags):
        mask[:, i, list(allowed(tag, known))] = True
    return {"pieces": x[0], "word": x[1], "features": x[2], "states": x[3], "spans": x[4], "allowed": mask}


def test_the_loss_is_minus_the_logarithm_of_what_may_be_true(head):
    x = inputs()
    with torch.no_grad():
        p = head.read(*x[:3])[1].softmax(-1)
        loss = train.loss_of(head, batch_of(x, ["O", "B-PERSON|B-ORG", "?", "O"]))
    expected = -(p[:, 0, 0].log() + (p[:, 1, INDEX["B-PERSON"]] + p[:, 1, INDEX["B-ORG"]]).log() + p[:, 3, 0].log()).mean() / 4
    torch.testing.assert_close(loss, expected)


def test_the_head_learns_a_word_by_reading(head):
    learner = RedactionHead(SMALL)
    optimizer = torch.optim.Adam([p for group in learner.parameter_groups() for p in group], 3e-3)
    x = inputs(b=2, seed=3)
    batch = batch_of(x, ["O", "B-PERSON", "O", "O"])
    for _ in range(60):
        loss = train.loss_of(learner, batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        p = learner(*x)[0].softmax(-1)
    assert (p[:, 1, INDEX["B-PERSON"]] > 0.8).all() and (p[:, 2, 0] > 0.8).all()


def heard_words(count=400, seed=0):
    """Words of which the text says that they are hardly personal; half of them sound so. Twenty groups."""
    torch.manual_seed(seed)
    personal = torch.arange(count) % 2 == 0
    sound = torch.randn(count, 512) * 0.1
    sound[personal, 7] += 3
    logits = torch.zeros(count, 31)
    logits[:, 0] = 5  # log-odds of being personal: log 30 - 5, below the threshold
    words = {"x": torch.zeros(count, SMALL.width), "logits": logits, "sound": sound, "manner": torch.zeros(count, MANNER)}
    return words | {"personal": personal, "group": torch.arange(count) % 20}


def test_listening_learns_a_sound_and_leaves_the_reading_as_it_is():
    torch.manual_seed(0)
    learner = RedactionHead(SMALL).eval()
    x, words = inputs(), heard_words()
    before = learner.read(*x[:3])[1]
    course = listen.fit(learner.listening, words, argparse.Namespace(seed=1, rate=1e-2, epochs=60))
    with torch.no_grad():
        heard = torch.ones(len(words["personal"]))
        added = [learner.listening.judge(*(words[k] for k in ("x", "logits", "sound", "manner")), h) for h in (heard, 0 * heard)]
    gain = added[0] - added[1]
    total = odds(words["logits"]) + gain + learner.listening.lean
    held_out = (words["group"] % 5 == 0) & ~words["personal"]
    assert (total[held_out] < np.log(0.3 / 0.7)).all() and total[held_out].max() > np.log(0.3 / 0.7) - 1e-2
    assert (gain[words["personal"]] > 1).float().mean() > 0.9
    assert gain[words["personal"]].mean() - gain[~words["personal"]].mean() > 3
    with_sound, without = map(min, zip(*course))
    assert with_sound < 0.95 * without
    torch.testing.assert_close(learner.read(*x[:3])[1], before, rtol=0, atol=0)


def test_a_deafened_head_hears_nothing_of_what_it_was_denied():
    learner = RedactionHead(SMALL).eval()
    torch.nn.init.normal_(learner.listening.narrow.weight)
    words, heard = heard_words(), torch.ones(400)
    other = words | {"sound": words["sound"] + 1}
    judge = lambda w: learner.listening.judge(*(w[k] for k in ("x", "logits", "sound", "manner")), heard)  # noqa: E731
    with torch.no_grad():
        assert (judge(words) - judge(other)).abs().max() > 1e-4
        learner.listening.deafen("sound")
        torch.testing.assert_close(judge(words), judge(other))


def test_log_odds_are_those_of_all_labels_together():
    logits = torch.log(torch.tensor([0.25, *[0.75 / 30] * 30]))
    assert odds(logits).item() == pytest.approx(np.log(3), abs=1e-5)


# Rows


def test_words_are_laid_out_with_separators_between_turns(pieces):
    ids, owner = data.lay_out(pieces, ["my", "ab", "is"], [0, 0, 1])
    names = [pieces.tokenizer.id_to_token(i) for i in ids]
    assert names == ["[CLS]", "my", "a", "##b", "[SEP]", "is", "[SEP]"]
    assert owner.tolist() == [-1, 0, 1, 1, -1, 2, -1]


@pytest.mark.parametrize("most,context", [(16, 4), (24, 8), (40, 0)])
def test_windows_decide_every_word_once_with_its_surroundings(pieces, most, context):
    draw = random.Random(1)
    words = ["".join(draw.choice("abcdef") for _ in range(draw.randint(1, 4))) for _ in range(60)]
    turns = sorted(draw.randint(0, 5) for _ in words)
    found = data.windows(pieces, words, turns, most, context)
    assert [i for *_, at, to in found for i in range(at, to)] == list(range(60))
    for n, (first, end, at, to) in enumerate(found):
        assert first <= at < to <= end
        assert len(data.lay_out(pieces, words[first:end], turns[first:end])[0]) <= most
        if n and context >= 8:
            assert first < at
    assert found[0][0] == 0 and found[-1][1] == 60


def test_features_say_how_a_word_is_written_and_heard():
    table = data.features(["Hi", "NASA", "4th,", "you"], [(0.5, 0.7), (0.7, 1.0), (1.6, 2.0), (9.0, 9.5)], [0.9, None, 0.5, 0.4])
    np.testing.assert_allclose(table[:, :3], [[1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]])
    np.testing.assert_allclose(table[:, 3:5], [[1, 0.9], [0, 0], [1, 0.5], [1, 0.4]], rtol=1e-6)
    np.testing.assert_allclose(table[:, 5:], [[1, 2], [1, 0], [1, 0.6], [1, 2]], atol=1e-6)
    assert data.features(["a"])[0].sum() == 0


def test_prediction_in_windows_covers_every_word(head, pieces):
    words = ["my", "name", "is", "ab"] * 40
    example = Example(words, ["O"] * len(words))
    (p,) = predict(head, pieces, [example])
    np.testing.assert_allclose(p.sum(-1), 1, rtol=1e-4)
    whole, _ = data.lay_out(pieces, words, example.turns)
    assert len(whole) < data.MOST and len(data.windows(pieces, words, example.turns)) == 1


# Spans and figures


def test_words_are_spans_when_the_labels_together_pass_the_threshold():
    p = np.zeros((5, 31), np.float32)
    p[:, 0] = 1
    p[1, [0, INDEX["B-PERSON"], INDEX["B-ORG"]]] = 0.5, 0.3, 0.2
    p[2, [0, INDEX["I-PERSON"], INDEX["B-PERSON"]]] = 0.2, 0.5, 0.3
    p[3, [0, INDEX["B-PERSON"]]] = 0.1, 0.9
    found = spans_from(p, 0.4)
    assert [(a, b, label) for a, b, label, _ in found] == [(1, 3, "PERSON"), (3, 4, "PERSON")]
    assert found[0][3] == pytest.approx(0.65)
    assert [f[:2] for f in spans_from(p, 0.6)] == [(2, 3), (3, 4)]


def test_figures_count_letters_for_recall_and_touching_for_precision():
    example = Example("call Bartholomew Li now ok".split(), ["O", "B-PERSON", "I-PERSON", "O", "?"])
    person, org = LABELS.index("PERSON"), LABELS.index("ORG")
    counts = tally(example, [(1, 2, "ORG", 1.0), (3, 4, "PERSON", 1.0), (4, 5, "PERSON", 1.0)])
    assert counts[person].tolist() == [1, 1, 1, 1] and counts[org].tolist() == [0, 0, 1, 0]
    assert tally(example, [(2, 3, "PERSON", 1.0)])[person].tolist() == [1, 0, 1, 0]
    np.testing.assert_allclose(figures(np.array([10, 5, 8, 2])), [0.75, 0.5, 0.6, 0.75 * 0.5 * 5 / (4 * 0.75 + 0.5)])


def ranked(scores, tags):
    p = np.zeros((len(scores), 31), np.float32)
    p[:, 1], p[:, 0] = scores, 1 - np.array(scores)
    return [Example(["aaaa"] * len(scores), tags)], [p]


def test_ranking_counts_spans_before_words():
    spans, words, span_of, word_of = ranks(*ranked([0.9, 0.2, 0.6, 0.1, 0.8], ["B-PERSON", "I-PERSON", "O", "B-PERSON", "?"]), 0.6)
    # 60 % of the letters of the first span are masked only when both its words are.
    np.testing.assert_allclose(sorted(spans), [0.1, 0.2], atol=1e-6)
    np.testing.assert_allclose(words, [0.6], atol=1e-6)
    ones = np.ones(2), np.ones(1)
    assert average_precision(spans, words, *ones) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert recall_at(0, spans, words, *ones) == 0 and recall_at(1, spans, words, *ones) == 1


def test_a_better_ranking_shows_in_every_resampling():
    tags = ["B-PERSON", "O", "O"]
    examples = [Example(["aaaa"] * 3, tags) for _ in range(30)]
    worse, better = ([ranked(scores, tags)[1][0] for _ in examples] for scores in ([0.4, 0.5, 0.1], [0.6, 0.5, 0.1]))
    result = compared(ranks(examples, worse, 0.6), ranks(examples, better, 0.6), 0.45, 30, draws=50)
    before, after, low, high = result["average precision"]
    assert before == pytest.approx(np.mean([k / (30 + k) for k in range(1, 31)])) and after == 1 and 0 < low <= high


def test_true_spans_keep_apart_what_the_source_leaves_open():
    spans, silent = true_spans(["B-PERSON|B-ORG", "I-PERSON|I-ORG", "O", "?", "B-NRP|O"])
    assert spans == [[0, 2, "PERSON"]] and silent == [False, False, False, True, True]


def test_held_out_lines_keep_turns_origins_and_what_the_source_leaves_open():
    words, tags = "Ask Ana Li of \U0001f600 Oslo".split(), ["O", "B-PERSON", "I-PERSON", "?", "O", "B-LOCATION"]
    line = utf16(line_of(Example(words, tags, NAMES, [0, 0, 0, 1, 1, 1], {1: "Spanish"})))
    assert line["text"] == "Ask Ana Li\nof \U0001f600 Oslo" and line["known"] == ["PERSON", "ORG", "LOCATION"]
    # The emoji is two UTF-16 units.
    assert line["spans"] == [{"start": 4, "end": 10, "label": "PERSON", "origin": "Spanish"}, {"start": 17, "end": 21, "label": "LOCATION"}]
    assert list(map(tuple, line["silent"])) == [(11, 13)]


# What people say


def test_digits_are_said_in_many_ways_and_mean_the_same():
    """Read back by rules of English, every way of saying 5510072 gives these figures."""
    ones = {w: str(i) for i, w in enumerate(saying.ONES)} | {"oh": "0"}
    ways = set()
    for seed in range(200):
        said = saying.digits("5510072", random.Random(seed))
        ways.add(said)
        figures_said, times, words = "", 1, said.split()
        for i, word in enumerate(words):
            if word in ("double", "triple"):
                times = {"double": 2, "triple": 3}[word]
            elif word == "hundred":
                continue
            elif word in saying.TENS[2:]:
                alone = i + 1 == len(words) or words[i + 1] not in saying.ONES[1:10]
                figures_said += str(saying.TENS.index(word)) + ("0" if alone else "")
            else:
                figures_said += ones[word] * times
                times = 1
        if "hundred" not in said:
            assert figures_said == "5510072", said
    assert len(ways) > 8 and "five five one oh oh seven two" in ways


@pytest.mark.parametrize("n,said", [(7, "seven"), (40, "forty"), (342, "three hundred forty two"), (12005, "twelve thousand five")])
def test_cardinals(n, said):
    assert saying.cardinal(n) == said


def test_ordinals_and_years():
    assert [saying.ordinal(n) for n in (1, 12, 20, 23, 30)] == ["first", "twelfth", "twentieth", "twenty third", "thirtieth"]
    assert {saying.year(1987, random.Random(i)) for i in range(40)} == {"nineteen eighty seven", "eighty seven"}
    assert [saying.suffixed(n) for n in (1, 2, 3, 11, 12, 22)] == ["1st", "2nd", "3rd", "11th", "12th", "22nd"]


def test_every_template_fills_without_slots_or_choices_left():
    names = FewNames()
    for kind in ("train", "tune", "test"):
        lines = generate.templates(kind)
        assert len(lines) > 20
        for i, line in enumerate(lines):
            e = generate.Filler(names, random.Random(i), spoken=bool(i % 2)).fill(line)
            text = " ".join(e.words)
            assert "{" not in text and "|" not in text.replace("| |", "")
            assert len(e.words) == len(e.tags) == len(e.turns)
            for before, tag in zip(["O", *e.tags], e.tags):
                assert tag[0] != "I" or before[2:] == tag[2:]


def test_templates_and_names_are_in_one_split_each():
    parts = [set(generate.templates(s)) for s in ("train", "tune", "test")]
    assert not parts[0] & parts[1] and not parts[0] & parts[2] and not parts[1] & parts[2]
    assert split_of("Sarah") == split_of("SARAH") and split_of("José") == split_of("jose")
    share = Counter(split_of(f"name{i}") for i in range(4000))
    assert 0.09 < share["test"] / 4000 < 0.16 and 0.09 < share["tune"] / 4000 < 0.16


def test_every_label_is_generated_in_both_forms():
    generator = object.__new__(generate.Generator)
    generator.names = FewNames()
    generator.personal, generator.plain = generate.templates("train"), generate.templates("train", "plain")
    draw = random.Random(1)
    for spoken in (False, True):
        seen = Counter(label for _ in range(1500) for *_, label in spans_of(generator.example(draw, spoken).tags))
        assert set(seen) == EVERY


def test_spoken_values_have_no_figures():
    for draw in range(200):
        r = random.Random(draw)
        for written, said in (values.phone(r), values.card(r), values.bank(r), values.identity(r), values.date(r), values.email(r, FewNames())):
            assert not any(c.isdigit() for c in said), (written, said)


# What recognisers make of it


def example_of(text, tags):
    return Example(text.split(), tags.split())


def spans_text(e):
    return [" ".join(e.words[a:b]) for a, b, _ in spans_of(e.tags)]


def test_lowering_takes_marks_and_casing_and_keeps_labels():
    e = misheard.lowered(example_of('"Well, Anna O\'Neil (hm) — she\'s at 5.30."', "O B-PERSON I-PERSON O O O O O"))
    assert spans_text(e) == ["anna o'neil"] and "5.30" in e.words and not any(c in " ".join(e.words) for c in '",()?')


def test_fillers_and_corrections_inside_a_number_belong_to_it():
    e = example_of("call me five five five oh one two three", "O O B-PHONE " + "I-PHONE " * 6)
    for seed in range(60):
        (found,) = spans_text(misheard.disfluent(e, random.Random(seed), 0.3))
        assert found.startswith("five") and found.endswith("three")


def test_mistakes_keep_spans_in_their_place(monkeypatch):
    monkeypatch.setattr(misheard, "sound_alikes", lambda lexicon: {misheard.sound_key("connor"): ["conner", "conor"]})
    e = example_of("please ask Connor Hillingdon about the invoice today", "O O B-PERSON I-PERSON O O O O")
    texts = set()
    for seed in range(300):
        made = misheard.misheard(e, random.Random(seed), "", 0.1)
        (found,) = spans_text(made)
        texts.add(found)
        at = " ".join(made.words).index(found)
        assert at >= len("ask ")
    assert any("Conner" in t or "Conor" in t for t in texts) and any(len(t.split()) > 2 for t in texts) and any(len(t.split()) == 1 for t in texts)


def test_words_that_sound_alike_share_a_key():
    for a, b in (("smith", "smyth"), ("stephen", "steven"), ("kathryn", "catherine"), ("knight", "night"), ("sean", "shawn")):
        assert misheard.sound_key(a) == misheard.sound_key(b)
    assert misheard.sound_key("maria") != misheard.sound_key("peter")


@pytest.mark.parametrize(
    "said,tags,written,expected",
    [
        ("my number is five five five oh one two three okay", "O O O B-PHONE I-PHONE I-PHONE I-PHONE I-PHONE I-PHONE I-PHONE O", "My number is 555-0123. Okay.", "O O O B-PHONE O"),
        ("this is saoirse murphy speaking", "O O B-PERSON I-PERSON O", "This is source of Murphy speaking.", "O O B-PERSON I-PERSON I-PERSON O"),
        ("spelled m a t t thanks", "O B-PERSON I-PERSON I-PERSON I-PERSON O", "Spelled M-A-T-T, thanks.", "O B-PERSON O"),
        ("anna bell called", "B-PERSON B-PERSON O", "Annabelle called", "B-PERSON O"),
        ("on may second nineteen sixty five", "O B-DATE I-DATE I-DATE I-DATE I-DATE", "on May 2nd, 1965.", "O B-DATE I-DATE I-DATE"),
        ("ask uwimana about it", "O B-PERSON O O", "ask you all about it", "O ? ? O O"),
        ("go to jane austen now", "O O B-PERSON I-PERSON O", "Go to now", "O O O"),
    ],
)
def test_labels_are_projected_onto_what_the_recogniser_wrote(said, tags, written, expected):
    assert heard.project(example_of(said, tags), written.split())[0] == expected.split()


def test_heard_words_are_labelled_for_sotto(tmp_path):
    said = {"words": ["MY", "FRIEND", "THORPE"], "tags": ["O", "?", "B-PERSON"], "set": "x", "spk": "one"}
    (tmp_path / "said.jsonl").write_text(json.dumps(said) + "\n")
    words = [{"text": w, "start": i / 2, "end": i / 2 + 0.4, "confidence": 0.5} for i, w in enumerate(("my", "friend", "thorpe"))]
    (tmp_path / "heard.jsonl").write_text(json.dumps({"line": 0, "first": 0, "states": 70, "words": words}) + "\n")
    (tmp_path / "states.bf16").write_bytes(bytes(70 * 512 * 2))
    heard.label(argparse.Namespace(spoken=tmp_path / "said.jsonl", heard=tmp_path))
    (row,) = map(json.loads, open(tmp_path / "labelled.jsonl"))
    assert row["values"] == [[2, 3, "PERSON"]] and row["silent"] == [False, True, False]
    assert row["spans"] == [[0, 20], [25, 45], [50, 69]] and (row["first"], row["states"], row["set"]) == (0, 70, "x")
    assert heard.Heard(tmp_path / "said.jsonl", tmp_path).groups == ["one"]


def test_an4_answers_are_labelled_by_their_question():
    words, tags = heard.labelled_speech({"set": "an4", "utt": "cen7-fjlp-b", "text": "THREE THREE ONE"})
    assert tags == ["B-PHONE", "I-PHONE", "I-PHONE"] and words[0] == "THREE"
    assert heard.labelled_speech({"set": "an4", "utt": "an400-x-b", "text": "ENTER EIGHT"})[1][0] == "O"


def test_titles_and_possessives_of_the_read_chapters_are_no_part_of_names():
    _, tags = heard.labelled_speech({"set": "librispeech", "utt": "460-172359-0007", "text": "STANDS FROM MISTER SMITH'S HOTEL IN NEW YORK"})
    assert tags == ["O", "O", "O", "B-PERSON", "O", "O", "B-LOCATION", "I-LOCATION"]


def test_names_of_librispeech_are_told_by_how_other_text_writes_them():
    casing = object.__new__(Casing)
    casing.small, casing.capital, casing.forenames = Counter(), Counter(), {"una"}
    for _ in range(3):
        casing._count("Then Tilsit met the baron in Tilsit. Baron was silent, and March came".split())
    label = "|".join(f"{{}}-{k}" for k in ("PERSON", "LOCATION", "ORG", "NRP"))
    tags = casing.tags("TILSIT'S BARON MET UNA TILSIT IN MARCH MISTER ZZYZX".split())
    begin, inside = label.replace("{}", "B"), label.replace("{}", "I")
    assert tags[0] == begin and tags[3:5] == [begin, inside] and tags[2] == tags[5] == tags[7] == "O" and tags[8] == "?"


# Corpora


def test_split_off_marks_go_back_to_their_words():
    e = corpora.from_tokens(["Ask", "Ms.", "Li", "'s", "aunt", "(", "Bo", ")", "@", "joe", "!"], [{"start": 2, "end": 3, "label": "PER"}, {"start": 6, "end": 7, "label": "person"}], NAMES, "x")
    assert e.words == ["Ask", "Ms.", "Li's", "aunt", "(Bo)", "@joe!"]
    assert e.tags == ["O", "O", "B-PERSON", "O", "B-PERSON", "B-URL|O"]


def test_dates_that_are_no_calendar_dates_stay_open():
    text = "see you tomorrow or on March 4th"
    spans = [{"start": 8, "end": 16, "label": "date"}, {"start": 23, "end": 32, "label": "visit_date"}]
    assert corpora.from_characters(text, spans, EVERY, "x").tags == ["O", "O", "B-DATE|O", "O", "O", "B-DATE", "I-DATE"]


# Training


class Rows(torch.utils.data.Dataset):
    """Batches that depend on their number alone, in place of ../shared."""

    def __init__(self, shared, pieces, steps, *_, **__):
        self.steps = steps

    def __len__(self):
        return self.steps

    def __getitem__(self, step):
        if step >= self.steps:
            raise IndexError(step)
        return batch_of(inputs(seed=step), ["O", "B-PERSON", "O", "?"])


def test_a_resumed_run_equals_an_unbroken_one(tmp_path, monkeypatch):
    monkeypatch.setattr(train, "Batches", Rows)
    monkeypatch.setattr(train, "Pieces", lambda folder: None)
    monkeypatch.setattr(train, "from_minilm", lambda folder, layers: RedactionHead(SMALL))
    options = dict(shared=None, minilm=None, start=None, out=tmp_path, device="cpu", layers=1, freeze_words=True, minutes=1e9, pause_while=None)
    options |= dict(dev_batches=1, dev_every=100, workers=0, batch_pieces=0, rate=1e-3, new_rate=1e-3, float32=True, seed=1, steps=6)
    train.train(argparse.Namespace(**options, name="whole"))
    train.train(argparse.Namespace(**(options | {"minutes": 0.0}), name="parts"))
    assert torch.load(tmp_path / "parts.pt", weights_only=False)["state"]["step"] == 1
    train.train(argparse.Namespace(**options, name="parts"))
    whole, parts = (torch.load(tmp_path / f"{n}.pt", weights_only=False) for n in ("whole", "parts"))
    for name, value in whole["head"].items():
        torch.testing.assert_close(value, parts["head"][name], msg=name)
    assert [json.loads(line)["kind"] for line in open(tmp_path / "whole.jsonl")][-1] == "tune"


def test_the_pack_computes_what_the_head_computes(head, tmp_path):
    export = pytest.importorskip("export")
    x = export.example_inputs(2, 12, 5, 40)
    x = (x[0] % 50 + 4, *x[1:])
    proto = export.head_graph(head)
    export.save(proto, tmp_path / "plain.onnx")
    with torch.no_grad():
        expected = [v.numpy() for v in export.HeadGraph(head)(*x)]
    for mine, theirs in zip(expected, export.run(tmp_path / "plain.onnx", x)):
        np.testing.assert_allclose(mine, theirs, atol=2e-4)
    export.save(export.quantised(proto, {f"head.{n}": p.detach().numpy() for n, p in head.named_parameters()}), tmp_path / "int8.onnx")
    for mine, theirs in zip(expected, export.run(tmp_path / "int8.onnx", x)):
        assert np.abs(mine - theirs).mean() < 0.02
    assert (tmp_path / "int8.onnx").stat().st_size < (tmp_path / "plain.onnx").stat().st_size
