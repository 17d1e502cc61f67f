"""pytest models/training/trihead (8 s): needs neither weights nor recordings."""
import argparse
import copy
import json

import numpy as np
import onnxruntime
import pytest
import torch

import data
import export
import rooms
import train
from corpus import Utterance
from fusion import FUSIONS
from mean import write_mean
from model import STATES_PER_SECOND, TriHeadEncoder, attention_distances, encode
from prune import least_important
from train import schedule, wanted_noise_weight

from whisper import Dimensions, Whisper  # ../convert, on the path through model.py


@pytest.fixture(scope="module")
def whisper():
    torch.manual_seed(0)
    model = Whisper(Dimensions(512, 8, 2, 1, 100), [(0, 0)])
    for p in model.parameters():
        torch.nn.init.normal_(p, std=0.05)
    return model.eval().requires_grad_(False)


def student_of(whisper, order=(7, 0, 3, 1, 6, 2, 5, 4)):
    return TriHeadEncoder(copy.deepcopy(whisper.encoder), torch.tensor([order] * 2)).eval().requires_grad_(False)


def test_an_untrained_student_gives_whispers_states_in_any_order_of_heads(whisper):
    mel = torch.randn(2, 80, 60)
    torch.testing.assert_close(student_of(whisper)(mel)[0], whisper.encoder(mel), atol=1e-4, rtol=1e-4)


def test_the_fused_teacher_gives_whispers_states(whisper):
    mel = torch.randn(1, 80, 60)
    torch.testing.assert_close(encode(whisper.encoder, mel), whisper.encoder(mel), atol=1e-4, rtol=1e-4)


def test_the_gate_starts_at_the_start_weights(whisper):
    weights = student_of(whisper)(torch.randn(1, 80, 40))[2]
    torch.testing.assert_close(weights, torch.tensor([0.45, 0.45, 0.10]).expand(1, 2, 3))


def test_silencing_the_untrained_noise_heads_changes_nothing_and_silencing_others_does(whisper):
    student, mel = student_of(whisper), torch.randn(1, 80, 40)
    states = student(mel)[0]
    without = lambda g: student(mel, heads=student.group_mask(1 - torch.eye(3)[g : g + 1]))[0]  # noqa: E731
    torch.testing.assert_close(without(2), states)
    assert (without(0) - states).abs().max() > 0.01


def test_heads_cut_out_are_heads_silenced(whisper):
    student, mel = student_of(whisper), torch.randn(1, 80, 40)
    for p in student.parameters():
        p.add_(torch.randn_like(p) * 0.05)
    kept = [0, 2, 4, 5, 7, 8, 11]
    silent = torch.zeros(1, 12)
    silent[:, kept] = 1
    expected = student(mel, heads=[silent, silent])[0]
    student.keep([kept, kept])
    torch.testing.assert_close(student(mel)[0], expected, atol=1e-5, rtol=1e-4)


def test_a_layer_may_lose_all_its_noise_heads(whisper):
    student, mel = student_of(whisper), torch.randn(1, 80, 40)
    expected = student(mel, heads=student.group_mask(torch.tensor([[1.0, 1.0, 0.0]])))[0]
    student.keep([list(range(8))] * 2)
    torch.testing.assert_close(student(mel)[0], expected, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("noise_from, kept", [(-1.0, 1.0), (2.0, 0.0)])
def test_the_exported_noise_heads_run_in_noise_only(whisper, tmp_path, noise_from, kept):
    student, mel = student_of(whisper), torch.randn(2, 80, 40)
    for p in student.parameters():
        p.add_(torch.randn_like(p) * 0.05)
    states, logits, weights = student(mel, heads=student.group_mask(torch.tensor([[1.0, 1.0, kept]])))
    proto, _ = export.encoder_graph(copy.deepcopy(student), whisper)
    export.make_noise_heads_optional(proto, noise_from)
    export.save(proto, tmp_path / "encoder.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "encoder.onnx", providers=["CPUExecutionProvider"])
    given = dict(zip([o.name for o in session.get_outputs()], session.run(None, {"mel": mel.numpy()})))
    assert list(given) == ["states", "cross_key_0", "cross_value_0", "noise", "head_weights"]
    np.testing.assert_allclose(given["states"], states, atol=1e-3)
    np.testing.assert_allclose(given["noise"], logits.sigmoid(), atol=1e-4)
    np.testing.assert_allclose(given["head_weights"], weights, atol=1e-4)
    inside = [n.op_type for n in proto.graph.node if n.op_type in ("MultiHeadAttention", "If")]
    assert inside == ["MultiHeadAttention", "If"] * 2  # the noise heads' attention is nowhere but in the branches


def test_weight_may_move_to_silent_noise_heads_without_changing_what_whisper_hears(whisper):
    student, mel = student_of(whisper), torch.randn(1, 80, 40)
    moved = torch.tensor([[0.35, 0.35, 0.30]] * 2)
    torch.testing.assert_close(student(mel, weights=moved)[0], student(mel)[0])


@pytest.mark.parametrize("fusion", FUSIONS)
def test_every_fusion_starts_as_whisper_and_learns(whisper, fusion):
    student, mel = TriHeadEncoder(copy.deepcopy(whisper.encoder), torch.arange(8).expand(2, 8), fusion), torch.randn(1, 80, 40)
    states = student(mel)[0]
    torch.testing.assert_close(states, whisper.encoder(mel), atol=1e-4, rtol=1e-4)
    states.square().sum().backward()
    learning = {"sum": "gate.weights.weight", "attention": "across.value.weight", "concatenation": "out.weight"}[fusion]
    assert dict(student.layers[0].attention.named_parameters())[learning].grad.abs().sum() > 0


def test_the_least_important_heads_are_cut_and_no_layer_loses_more_than_half():
    rank = torch.tensor([[0.1, 0.2, 0.3, 0.4], [9.0, 9, 9, 0.5]])
    assert least_important(rank, 0.25) == [[2, 3], [0, 1, 2, 3]]
    assert least_important(rank, 0.375) == [[2, 3], [0, 1, 2]]


def test_noise_heads_look_towards_noisy_states_and_away_from_them(whisper):
    attention = student_of(whisper).layers[0].attention
    slope = (attention.query.bias[512:] - attention.query.bias[256:512]).view(4, 64) * attention.noise_key.view(4, 64)
    np.testing.assert_allclose(slope.sum(1), (4, 4, -4, -4), rtol=1e-4)


def test_attention_distance_of_uniform_attention_is_the_mean_gap(whisper):
    flat = copy.deepcopy(whisper.encoder)
    for layer in flat.layers:
        torch.nn.init.zeros_(layer.attention.query.weight)
        torch.nn.init.zeros_(layer.attention.query.bias)
    t = np.arange(30) / STATES_PER_SECOND
    expected = np.abs(t[:, None] - t[None]).mean()
    np.testing.assert_allclose(attention_distances(flat, [torch.randn(1, 80, 60)]), np.full((2, 8), expected), rtol=1e-3)


def test_log_mel_of_a_tone_peaks_in_the_band_of_its_frequency():
    tone = torch.sin(2 * torch.pi * 1000 * torch.arange(16000) / 16000)[None]
    mel = data.log_mel(tone)
    assert mel.shape == (1, 80, 100)
    # Slaney's scale is linear below 1 kHz, 15 mel there; 8 kHz is at 15 + 27 ln(8) / ln(6.4) = 45.245 mel
    assert mel[0, :, 50].argmax().item() == round(15 / 45.245 * 81) - 1
    assert mel.max() - mel.min() <= 2.0 + 1e-6  # the floor lies 8 below the peak, then (x + 4) / 4


def test_noise_share_follows_the_ratio_of_powers():
    random = np.random.default_rng(0)
    speech = random.standard_normal(32000)
    share = data.noise_share(speech, data.at_ratio(random.standard_normal(32000), speech, 10))
    assert share.shape == (100,)
    assert abs(share.mean() - 1 / 11) < 0.01  # at 10 dB a tenth of the speech's power is noise
    assert data.noise_share(speech, np.zeros(32000)).max() == 0


def test_noise_counts_as_dominant_where_nobody_speaks():
    speech = np.concatenate((np.ones(3200), np.zeros(3200)))
    share = data.noise_share(speech, np.full(6400, 0.1))
    assert share[:10].max() < 0.011 and share[10:].min() > 0.99


def test_capitals_are_written_as_sentences_and_spelled_letters_stay():
    assert data.written("WHEN I SAW I'M LATE") == "When I saw I'm late."
    assert data.written("A M Y") == "A M Y"
    assert data.written("God bless 'em, I hope.") == "God bless 'em, I hope."


class Merges:
    """A tokenizer of a few merges, bytes written as letters."""

    texts = ["\u0120con", "nor", "\u0120Connor", "\u0120C", "on", "\u0120co", "\u0120dog", ",", "\u012012", "\u0120cat"]

    def token_to_id(self, name):
        return len(self.texts)

    def id_to_token(self, i):
        return self.texts[i]


def test_a_token_may_be_replaced_by_what_spells_the_same_words():
    spellings = data.Spellings(Merges())
    assert [Merges.texts[i] for i in spellings.without_letters()] == [",", "\u012012"]
    con, nor, comma, dog = [[Merges.texts[i] for i in row] for row in spellings.of([0, 1, 7, 6])[:-1]]
    assert con == ["\u0120con", "\u0120Connor"]  # not "\u0120C": a word of its own
    assert (nor, comma, dog) == (["nor"], [], ["\u0120dog"])
    assert spellings.of([6])[-1] == [len(Merges.texts)]  # the end


def test_the_transcripts_loss_knows_neither_casing_nor_marks():
    words = torch.tensor([0.1, 0.4, 0.3, 0.2]).log()[None, None]  # "con", "Con", ",", "dog"
    loss = train.transcript_loss(words, torch.tensor([[[0, 1]]]), torch.tensor([2]))
    assert loss.item() == pytest.approx(-np.log(0.5 / 0.7), abs=1e-5)
    assert train.transcript_loss(words, torch.tensor([[[-1, -1]]]), torch.tensor([2])).item() == 0


def test_packing_joins_neighbours_of_one_recording_only():
    second = 16000
    joins = type("Joins", (), {"random": lambda self: 0.5, "uniform": lambda self, a, b: 28})()
    near = [Utterance(i * 3 * second, 2 * second, f"u{i}", "s", "p", "a.opus") for i in range(3)]
    far = Utterance(9 * second, 2 * second, "other", "s", "q", "b.opus")
    segments = data.pack([*near, far], joins)
    assert [s.text for s in segments] == ["u0", "u1", "u2", "other"]  # a second apart: not one segment
    near = [Utterance(round(i * 2.2 * second), 2 * second, f"u{i}", "s", "p", "a.opus") for i in range(3)]
    segments = data.pack([*near, far], joins)
    assert [(s.text, s.length) for s in segments] == [("u0 u1 u2", round(6.4 * second)), ("other", 2 * second)]
    alone = type("Alone", (), {"random": lambda self: 0.8})()
    assert [s.text for s in data.pack(near, alone)] == ["u0", "u1", "u2"]


def test_a_room_begins_with_the_direct_sound_and_dies_away_in_time():
    response = rooms.random_room(np.random.default_rng(4))
    assert response[0] == pytest.approx(1) and np.abs(response).argmax() == 0
    assert 0.3 <= rooms.reverberation_time(response) <= 0.8


def test_reverberation_time_of_a_known_decay():
    n = np.arange(16000)
    assert rooms.reverberation_time(10 ** (-3 * n / 16000 / 0.5)) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("codec", [("OGG", "OPUS", 0.9), ("MP3", "MPEG_LAYER_III", 0.9)])
def test_codecs_keep_the_time_of_the_sound(codec):
    click = np.zeros(32000, np.float32)
    click[16000:16200] = 0.5 * np.hanning(200)
    energy = data.code(click, *codec) ** 2
    assert abs((np.arange(32000) * energy).sum() / energy.sum() - 16100) < 160


def fake_corpus(folder, random):
    length = 12 * 16000
    rows = [Utterance(i * length, 3 * 16000, "ONE TWO", "s", "p", f"{i}.opus").__dict__ for i in range(3)]
    for split in ("train", "dev"):
        (random.standard_normal(3 * length) * 3000).astype(np.int16).tofile(folder / f"{split}.int16")
        json.dump(rows, open(folder / f"{split}.json", "w"))
        (random.standard_normal(32000) * 3000).astype(np.int16).tofile(folder / f"noise_{split}.int16")
        json.dump({"ends": [32000], "names": ["n"]}, open(folder / f"noise_{split}.json", "w"))
        np.savez(folder / f"rooms_{split}.npz", np.ones(1, np.float32))


class Letters:
    """Stands in for the tokenizer: one token a character."""

    def encode(self, text, add_special_tokens):
        return type("Encoding", (), {"ids": [ord(c) for c in text]})

    def token_to_id(self, name):
        return 256 + ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>"].index(name)

    def id_to_token(self, i):
        return "\u0120" if chr(i) == " " else chr(i)

    def encode_batch(self, texts, add_special_tokens):
        return [self.encode(t, add_special_tokens) for t in texts]


def test_the_batch_of_a_step_is_the_same_however_the_run_got_there(tmp_path):
    fake_corpus(tmp_path, np.random.default_rng(0))
    whole = data.Batches(tmp_path, "train", Letters(), 6, 8, seed=3)
    resumed = data.Batches(tmp_path, "train", Letters(), 6, 8, seed=3)
    [whole[i] for i in range(5)]
    a, b = whole[5], resumed[5]
    torch.testing.assert_close(a.spoilt, b.spoilt)
    assert (a.snr == b.snr).all() and a.seconds == b.seconds
    assert a.clean.shape[1] == 30 * 16000 and a.spoilt.shape[1] % 320 == 0
    assert a.tokens[0, : a.length[0]].tolist() == [257, 258, 259, 260, *map(ord, " One two."), 256]
    assert a.source.tolist() == sorted(2 * list(range(len(a.clean))))


def test_the_rate_rises_falls_and_ends_at_zero_and_the_wanted_weight_falls_with_the_ratio():
    rates = [schedule(s, 200) for s in range(201)]
    assert rates[0] < rates[39] and max(rates) <= 1 and rates[200] == pytest.approx(0)
    wanted = wanted_noise_weight(torch.tensor([-5.0, 0, 10, data.CLEAN_SNR]))
    assert (wanted.diff() < 0).all() and wanted[1] / wanted[3] > 2.5


def run(folder, name, minutes, times, monkeypatch):
    options = {"name": name, "weights": folder, "data": folder, "out": folder, "device": "cpu", "steps": 3, "minutes": minutes}
    options |= {"pause_while": None, "start": None, "decay": 0.5, "average": 0.9, "guide": None, "fusion": "sum", "workers": 0, "dev_batches": 1, "dev_every": 3, "batch_seconds": 8, "rate": 1e-3, "new_rate": 1e-3, "float32": True, "seed": 1}

    def tiny(_):
        torch.manual_seed(5)
        return Whisper(Dimensions(512, 8, 1, 1, 51865), [(0, 0)]).eval().requires_grad_(False)

    monkeypatch.setattr(train, "load_whisper", tiny)
    monkeypatch.setattr(train.Tokenizer, "from_file", lambda _: Letters())
    for _ in range(times):
        train.train(argparse.Namespace(**options))
    return torch.load(folder / f"{name}.pt", weights_only=False)


def test_a_run_resumed_after_every_step_ends_with_the_weights_of_an_unbroken_one(tmp_path, monkeypatch):
    fake_corpus(tmp_path, np.random.default_rng(0))
    whole = run(tmp_path, "whole", 60, 1, monkeypatch)
    broken = run(tmp_path, "broken", 0, 3, monkeypatch)
    assert whole["state"]["step"] == broken["state"]["step"] == 3
    for name, weight in whole["student"].items():
        torch.testing.assert_close(broken["student"][name], weight, msg=name)
        torch.testing.assert_close(broken["average"][name], whole["average"][name], msg=name)
    measured = [json.loads(line) for line in open(tmp_path / "whole.jsonl")]
    assert [(row["kind"], row["step"]) for row in measured] == [("dev", 0), ("dev", 3)]
    first = run(tmp_path, "first", 0, 1, monkeypatch)["student"]
    assert any(not torch.equal(first[n], w) for n, w in whole["student"].items())


def test_the_mean_of_students_lies_between_them_by_their_shares(tmp_path):
    state, counts = {"step": 2}, torch.tensor([3])
    saved = [{"student": {"w": torch.tensor([1.0, 2.0]), "n": counts}, "state": {"step": 1}, "options": {}},
             {"student": {"w": torch.tensor([9.0, 9.0])}, "average": {"w": torch.tensor([5.0, 0.0]), "n": counts}, "state": state, "options": {"fusion": "sum"}}]
    for name, whole in zip("ab", saved):
        torch.save(whole, tmp_path / f"{name}.pt")
    asked = {"students": [tmp_path / "a.pt", tmp_path / "b.pt"], "out": tmp_path / "mean.pt"}
    write_mean(argparse.Namespace(**asked, shares=[0.75, 0.25]))
    mean = torch.load(tmp_path / "mean.pt", weights_only=False)
    assert mean["student"]["w"].tolist() == [2.0, 1.5] and mean["student"]["n"].tolist() == [3]
    assert mean["state"] == state and mean["options"] == {"fusion": "sum"}
    with pytest.raises(SystemExit):
        write_mean(argparse.Namespace(**asked, shares=[0.75, 0.75]))
