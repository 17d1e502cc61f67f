"""Trains the name model and writes core/redaction/names/weights.ts.

    pip install python-crfsuite==0.9.12
    python models/training/names/examples.py train faker_names.tsv > train.jsonl
    npx tsx models/training/names/dump.ts < train.jsonl > train.txt
    python models/training/names/train.py train.txt

A conditional random field over the labels O and B/I of PER, LOC, ORG, by stochastic gradient descent with an L2 prior
(c2 1.0, 14 epochs, about a minute and a half on one core). Weights are rounded to a tenth, features without one are left out.
"""

import base64
import collections
import itertools
import pathlib
import sys
import tempfile
import zlib

import pycrfsuite

OUT = pathlib.Path(__file__).resolve().parents[3] / "core" / "redaction" / "names" / "weights.ts"
# Bounds the time and memory of training.
EXAMPLES = 90_000
LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]


def read(path: str):
    features, labels = [], []
    with open(path) as file:
        for line in file:
            line = line.rstrip("\n")
            if line == "":
                if labels:
                    yield features, labels
                features, labels = [], []
                continue
            label, *names = line.split("\t")
            labels.append(label)
            features.append(names)


def main() -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in itertools.islice(read(sys.argv[1]), EXAMPLES):
        trainer.append(features, labels)
    trainer.select("l2sgd")
    trainer.set_params({"c2": 1.0, "max_iterations": 14, "feature.minfreq": 5, "feature.possible_transitions": True})
    file = str(pathlib.Path(tempfile.mkdtemp()) / "names.crfsuite")
    trainer.train(file)
    tagger = pycrfsuite.Tagger()
    tagger.open(file)
    info = tagger.info()
    rows: dict[str, list[int]] = collections.defaultdict(lambda: [0] * len(LABELS))
    for (name, label), weight in info.state_features.items():
        rows[name][LABELS.index(label)] = round(weight * 10)
    lines = ["\t".join(str(round(info.transitions.get((a, b), -20 if b == "O" else 0) * 10)) if not (b.startswith("I") and a[1:] != b[1:]) else "-200" for b in LABELS) for a in LABELS]
    kept = {name: row for name, row in rows.items() if any(row)}
    previous = ""
    for name in sorted(kept):
        shared = 0
        while shared < min(len(previous), len(name), 35) and previous[shared] == name[shared]:
            shared += 1
        previous = name
        weights = " ".join(f"{i}{weight}" for i, weight in enumerate(kept[name]) if weight)
        lines.append(f"{'0123456789abcdefghijklmnopqrstuvwxyz'[shared]}{name[shared:]}\t{weights}")
    data = base64.b64encode(zlib.compress("\n".join(lines).encode(), 9)).decode()
    OUT.write_text(f"/** Weights of the name model. Written by models/training/names/train.py; {len(kept)} features. */\nexport const weights =\n  '{data}';\n")
    print(f"{len(kept)} features, {len(data)} bytes")


if __name__ == "__main__":
    main()
