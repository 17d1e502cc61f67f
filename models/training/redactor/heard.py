"""What the recogniser made of labelled speech: the labels projected onto the words that it wrote, with its states.

    python heard.py real --shared ../shared --out .work/redactor/real     manifests of real speech with labels
    python heard.py label .work/redactor/real/test.jsonl .work/redactor/heard/real-test      labels for listened.ts
    python heard.py show .work/redactor/spoken/train .work/redactor/heard/train      reads some, to judge them by eye

Reference and recognised text are aligned letter by letter, in a form in which "five five five", "555" and "5-5-5"
are alike. A recognised word takes the label from which most of its letters come.
"""
import argparse
import json
import random as randomness
import re
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein

from data import STATES_PER_SECOND
from heldout import true_spans
from labels import EVERY, Example
from misheard import MARKS
from model import STATE_WIDTH
from names import fold, table
from saying import ONES, TENS
from silver import Casing, silver_rows

FIGURES = {word: str(i) for i, word in enumerate(ONES)} | {word: str(10 * i) for i, word in enumerate(TENS) if i} | {"oh": "0"}
READABLE = 1 / 3  # share of a value's letters
ORDINAL_ENDS = re.compile(r"(?<=\d)(st|nd|rd|th)$")


def letters(word):
    """The form in which reference and recognised words are compared."""
    bare = MARKS.sub("", fold(word)).replace("-", " ").replace("'", "")
    return "".join(FIGURES.get(part, ORDINAL_ENDS.sub("", re.sub(r"[^\w@]", "", part))) for part in bare.split())


def project(reference, words):
    """Tags for the recognised `words` of an Example `reference` -> (tags, turns, origins).

    Words that nothing in the reference corresponds to are O, or part of a span that goes on over them. What is left
    of a span of which the recogniser got less than a third of the letters is `?`: nobody reads the value there.
    """
    source, owner = "", []
    for i, word in enumerate(reference.words):
        source += letters(word)
        owner += [i] * (len(source) - len(owner))
    target, mine = "", []
    for i, word in enumerate(words):
        target += letters(word)
        mine += [i] * (len(target) - len(mine))
    from_words, kept = [Counter() for _ in words], Counter()
    spans = span_numbers(reference.tags)
    for op in Levenshtein.opcodes(source, target):
        if op.tag in ("equal", "replace"):
            size = max(op.src_end - op.src_start, op.dest_end - op.dest_start)
            for k in range(size):
                a = op.src_start + min(k, op.src_end - op.src_start - 1)
                b = op.dest_start + min(k, op.dest_end - op.dest_start - 1)
                from_words[mine[b]][owner[a]] += 1
                kept[spans[owner[a]]] += op.tag == "equal"
    size_of = Counter(spans[at] for at in owner)
    tags, turns, origins, last = [], [], {}, None
    for i, counts in enumerate(from_words):
        votes = Counter()
        for at, n in counts.items():
            votes[spans[at]] += n
        span = votes.most_common(1)[0][0] if votes else None
        if not votes and last is not None and any(spans[at] == last for later in from_words[i + 1 : i + 3] for at in later):
            span = last
        source_words = sorted(at for at in counts if spans[at] == span)
        if span is None:
            tags.append("?" if any(reference.tags[at] == "?" for at in source_words) else "O")
        else:
            tag = reference.tags[span] if kept[span] >= READABLE * size_of[span] else "?"
            tags.append(tag if span != last else tag.replace("B-", "I-"))
            if span != last and span in reference.origins:
                origins[i] = reference.origins[span]
        last = span
        turns.append(max([turns[-1] if turns else 0, *(reference.turns[at] for at in source_words)]))
    return tags, turns, origins


def span_numbers(tags):
    """For each word the first word of the span that it belongs to, None outside."""
    numbers = []
    for i, tag in enumerate(tags):
        begins = any(p.startswith("B-") for p in tag.split("|"))
        numbers.append(i if begins else numbers[-1] if any(p.startswith("I-") for p in tag.split("|")) and numbers else None)
    return numbers


class Heard:
    """Heard utterances with their labels; the states are read from disk as needed."""

    def __init__(self, manifest, folder, source="heard"):
        folder = Path(folder)
        spoken = [json.loads(line) for line in open(manifest)]
        states = torch.from_file(str(folder / "states.bf16"), size=(folder / "states.bf16").stat().st_size // 2, dtype=torch.bfloat16)
        self.states = states.view(-1, STATE_WIDTH)
        self.examples, self.groups = [], []  # groups: who speaks, or what a synthetic voice says between the values
        for line in open(folder / "heard.jsonl"):
            item = json.loads(line)
            said = spoken[item["line"]]
            if not item["words"]:
                continue
            plain = " ".join(w for w, tag in zip(said["words"], said["tags"]) if tag == "O")
            self.groups.append(said.get("spk") or plain[:60].lower())
            origins = {int(i): origin for i, origin in said.get("origins", {}).items()}
            reference = Example(said["words"], said["tags"], EVERY, said.get("turns"), origins)
            words = [w["text"] for w in item["words"]]
            tags, turns, origins = project(reference, words)
            times, confidence = [(w["start"], w["end"]) for w in item["words"]], [w["confidence"] for w in item["words"]]
            self.examples.append(
                Example(words, tags, EVERY, turns, origins, said.get("set", source), times, confidence, (item["first"], item["states"]))
            )

    def states_of(self, example):
        first, count = example.states
        return self.states[first : first + count].float().numpy().astype(np.float32)


# What is said in the chapters of LibriSpeech dev, read and marked by hand: names as the transcripts write them. Of `?`
# (mines, an exclamation, how one speaks of a country) nobody can say whether it is personal.
CHAPTERS = {
    "460-172359": {
        "PERSON": "jeff thorpe,jefferson thorpe,jeff,jefferson,mister smith,smith,henry mullins,mullins,carnegie,rockefeller,morgan,jim eliot,pete glover,"
        "pepperleigh,macartney,fizzlechip,gingham,johnson,robertson,netley,ed moore,myra,cleghorn,marie corelli,billy,porforio gomez,maximo morez,portia",
        "ORG": "exchange bank,mariposa mining exchange,mariposa newspacket,cuban land development company",
        "LOCATION": "mariposa,chicago,saint louis,new york,cuba,cubey,hudson bay,mattawa,florida,venice",
        "NRP": "cuban,cubans,turkish,german,spanish,english,methodist,roman,negroes",
        "?": "twin tamagami,nippewa,temiskaming common,tulip preferred,corona jewel,silent pine,northern star,keesar,hash enders,resurrectos,north country,cobalt country",
    },
    "7312-92432": {
        "PERSON": "ossoli,fuller,mazzini,belgiojoso",
        "LOCATION": "rome,milan,palermo,rieti,florence,constantinople,united states,piazzi barberini,pincian hill,quirinal,italy",
        "NRP": "french,roman,italians,american,italian,republican",
        "DATE": "may ten eighteen fifty one,april eighteen forty nine,the thirtieth of april,the twenty ninth of june,the thirtieth",
        "?": "papal palace,ave maria,marquis",
    },
}  # fmt: skip
# The census questions of AN4, by the first letters of an utterance's name: what was asked for.
CENSUS = {
    "cen1": "PERSON", "cen2": "PERSON", "cen3": "ADDRESS", "cen4": "ADDRESS|LOCATION|PERSON", "cen5": "LOCATION|PERSON", "cen6": "ADDRESS|ID_NUMBER",
    "cen7": "PHONE", "cen8": "DATE_OF_BIRTH|DATE",
}  # fmt: skip


def labelled_speech(row):
    """Tags of an utterance of ../shared/speech, or None where nobody knows them."""
    words = row["text"].split()
    tags = ["O"] * len(words)
    if row["set"] == "an4":
        kind = CENSUS.get(row["utt"].split("-")[0])
        if kind is None:
            return words, ["O|B-ID_NUMBER|I-ID_NUMBER" if len(w) == 1 or w.lower() in FIGURES else "O" for w in words]
        labels = kind.split("|")
        return words, ["|".join(f"{'I' if i else 'B'}-{label}" for label in labels) for i in range(len(words))]
    chapter = CHAPTERS.get(row["utt"].rsplit("-", 1)[0])
    if chapter is None:
        return words, None
    lower = [re.sub(r"'s$", "", w.lower()) for w in words]
    for label, phrases in chapter.items():
        for phrase in sorted((p.split() for p in phrases.split(",")), key=len, reverse=True):
            for i in range(len(words) - len(phrase) + 1):
                if lower[i : i + len(phrase)] == phrase and all(t == "O" for t in tags[i : i + len(phrase)]):
                    skip = phrase[0] == "mister"  # a title is no part of a name
                    for j in range(skip, len(phrase)):
                        tags[i + j] = "?" if label == "?" else f"{'I' if j > skip else 'B'}-{label}"
    return words, tags


SETS = {"test": ("an4", "librispeech", "asterisk"), "train": ("an4",)}


def real_manifests(o):
    """test.jsonl: an4 and librispeech dev, asterisk's places. train.jsonl: an4. names.jsonl and nameless.jsonl: see silver.py."""
    o.out.mkdir(parents=True, exist_ok=True)
    shared = Path(o.shared)

    def write(split, items):
        with open(o.out / f"{split}.jsonl", "w") as file:
            for row, words, tags in items:
                item = {"audio": str((shared / "speech" / row["file"]).resolve()), "start": row["start"], "dur": row["dur"], "set": row["set"], "spk": row["spk"]}
                file.write(json.dumps(item | {"text": row["text"], "words": words, "tags": tags}) + "\n")

    rows = {part: [json.loads(line) for line in open(shared / f"speech/{part}.jsonl")] for part in ("train", "dev")}
    places = {fold(r["name"]) for r in table(shared / "names/world-cities.csv.xz")}
    prompts = [r for r in rows["train"] if r["set"] == "asterisk" and fold(r["text"]) in places]
    for split, these in (("test", rows["dev"] + prompts), ("train", rows["train"])):
        items = []
        for row in these:
            if row["set"] in SETS[split]:
                words, tags = labelled_speech(row)
                if row["set"] == "asterisk":
                    tags = [f"{'I' if i else 'B'}-LOCATION" for i in range(len(words))]
                items.append((row, words, tags or ["O"] * len(words)))  # chapters without names (read by hand)
        write(split, items)
    casing = Casing(shared)
    nameless, names = silver_rows(rows["train"], casing)
    for split, these in (("nameless", nameless), ("names", names)):
        write(split, [(row, row["text"].split(), casing.tags(row["text"].split())) for row in these])


def label(o):
    """labelled.jsonl in the folder that hear.ts wrote: the words with their labels, for listened.ts."""
    heard = Heard(o.spoken, o.heard)
    with open(Path(o.heard) / "labelled.jsonl", "w") as file:
        for e in heard.examples:
            values, silent = true_spans(e.tags)
            first, count = e.states
            spans = (np.array(e.times) * STATES_PER_SECOND).round().astype(int).clip(0, count - 1).tolist()
            row = {"set": e.source, "words": e.words, "times": e.times, "confidence": e.confidence, "spans": spans, "values": values, "silent": silent}
            file.write(json.dumps(row | {"first": first, "states": count}) + "\n")


def show(o):
    heard = Heard(Path(o.spoken) / "manifest.jsonl" if Path(o.spoken).is_dir() else o.spoken, o.heard)
    for e in randomness.Random(1).sample(heard.examples, min(30, len(heard.examples))):
        print(" ".join(f"{w}[{t}]" if t != "O" else w for w, t in zip(e.words, e.tags)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    real = commands.add_parser("real")
    real.add_argument("--shared", type=Path, default=Path("../shared"))
    real.add_argument("--out", type=Path, default=Path(".work/redactor/real"))
    real.set_defaults(run=real_manifests)
    labelled = commands.add_parser("label")
    labelled.add_argument("spoken", help="manifest")
    labelled.add_argument("heard", help="folder that hear.ts wrote")
    labelled.set_defaults(run=label)
    shown = commands.add_parser("show")
    shown.add_argument("spoken", help="folder that speak.py wrote, or a manifest")
    shown.add_argument("heard", help="folder that hear.ts wrote")
    shown.set_defaults(run=show)
    options = parser.parse_args()
    options.run(options)
