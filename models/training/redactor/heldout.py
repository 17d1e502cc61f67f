"""The text that no training has seen, labelled: what evaluate.py and `npm run eval:redaction` measure on.

    python heldout.py --out .work/eval/heldout          lines {text, spans, silent, known} by set and form, and sets.json

Needs PyPI Faker (names.py) and ../shared, no PyTorch. README.md, "Kept from training", says which parts these are; the
same arguments give the same text.
"""
import argparse
import json
import random as randomness
from functools import partial
from pathlib import Path

import corpora
from generate import Generator
from labels import LABELS
from misheard import lowered, recogniser_form

NOTES = {
    "wikigold": "the held-out fifth",
    "wikigold whole": "three fifths of it are training text of Sotto's",
    "silver_person/ethereum": "not all names are labelled: no precision",
    "sgd": "the held-out fifth; addresses and phone numbers were looked at while the rules were written",
}
PARTLY = ("silver_person/ethereum",)


def text_sets(o, split="test", seed=""):
    """name -> examples as written; `tune` sets are for choosing, `test` sets for reporting."""
    generator, random = Generator(o.shared, split), randomness.Random(f"evaluate {split}{seed}")
    sets = {"generated": [generator.example(random) for _ in range(o.generated)]}
    if split == "tune":
        return sets | {name: list(corpora.ner(o.shared, name, split)) for name in ("btc/e", "wikigold/all")}
    for name in ("wnut17/dev", "btc/h", "wikigold/all", "slurp/devel"):
        sets[name.replace("wikigold/all", "wikigold")] = list(corpora.ner(o.shared, name, split))
    sets["silver_person/ethereum"] = list(corpora.silver(o.shared, "ethereum"))
    sets["sgd"] = list(corpora.dialogues(o.shared, split))[: o.dialogues]
    return sets


def whole_wikigold(shared):
    return [e for split in ("train", "tune", "test") for e in corpora.ner(shared, "wikigold/all", split)]


def by_origin(shared, each):
    """Held-out exchanges with at least `each` names of people of every origin (where a template repeats one, a few more)."""
    generator, examples = Generator(shared, "test"), []
    for origin in generator.names.first:
        generator.names.origin = lambda random, origin=origin: origin
        random, named = randomness.Random(f"origin {origin}"), 0
        while named < each:
            example = generator.example(random)
            if example.origins:
                examples.append(example)
                named += len(example.origins)
    return examples


def forms(name, examples, shared):
    """As written, and as a recogniser writes it: generated text with its errors, the rest in lower case without marks."""
    yield "as written", examples
    yield "lower case", [h for h in map(lowered, examples) if h.words]
    if name == "generated":
        heard = partial(recogniser_form, random=randomness.Random(f"forms {name}"), lexicon=shared / "lexicon")
        yield "recogniser form", [h for h in map(heard, examples) if h.words]


def true_spans(tags):
    """(first, end, label) of every true span, of alternatives the first label named; and which words say nothing."""
    spans, silent = [], [False] * len(tags)
    for i, tag in enumerate(tags):
        parts = tag.split("|")
        if tag == "?" or (len(parts) > 1 and "O" in parts):
            silent[i] = True
        elif parts[0].startswith("B-"):
            spans.append([i, i + 1, parts[0][2:]])
        elif parts[0].startswith("I-") and spans and spans[-1][1] == i:
            spans[-1][1] = i + 1
    return spans, silent


def line_of(example):
    """Text with its turns on lines of their own; spans and what says nothing in characters; the labels that the source marks."""
    text, places = "", []
    for i, word in enumerate(example.words):
        text += "" if i == 0 else " " if example.turns[i] == example.turns[i - 1] else "\n"
        places.append((len(text), len(text) + len(word)))
        text += word
    found, silent = true_spans(example.tags)
    spans = [{"start": places[a][0], "end": places[b - 1][1], "label": label} for a, b, label in found]
    for span, (a, *_) in zip(spans, found):
        if a in example.origins:
            span["origin"] = example.origins[a]
    return {"text": text, "spans": spans, "silent": [places[i] for i, s in enumerate(silent) if s], "known": [l for l in LABELS if l in example.known]}


def write(o):
    o.out.mkdir(parents=True, exist_ok=True)
    sets = text_sets(o, seed=o.seed)
    sets["wikigold whole"] = whole_wikigold(o.shared)
    sets["by origin"] = by_origin(o.shared, o.each_origin)
    index = []
    for name, examples in sets.items():
        for form, these in forms(name, examples, o.shared):
            file = f"{name}.{form}.jsonl".replace("/", "-").replace(" ", "-")
            index.append({"name": name, "form": form, "file": file, "note": NOTES.get(name, ""), "partly": name in PARTLY})
            with open(o.out / file, "w") as lines:
                for example in these:
                    lines.write(json.dumps(utf16(line_of(example)), ensure_ascii=False) + "\n")
    (o.out / "sets.json").write_text(json.dumps(index, indent=1) + "\n")


def utf16(line):
    """The same line with offsets in UTF-16 units, as JavaScript counts."""
    if line["text"].isascii():
        return line
    at = [0]
    for character in line["text"]:
        at.append(at[-1] + (2 if ord(character) > 0xFFFF else 1))
    for span in line["spans"]:
        span["start"], span["end"] = at[span["start"]], at[span["end"]]
    line["silent"] = [(at[a], at[b]) for a, b in line["silent"]]
    return line


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--generated", type=int, default=3000, help="exchanges of the generated set")
    options.add_argument("--seed", default="", help="of the generated set")
    options.add_argument("--dialogues", type=int, default=300)
    options.add_argument("--each-origin", type=int, default=150, help="names of people of every origin")
    options.add_argument("--out", type=Path, default=Path(".work/eval/heldout"))
    write(options.parse_args())
