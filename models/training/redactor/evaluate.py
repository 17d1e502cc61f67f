"""Figures of a trained head: precision, recall, F1 and F2 by label, with 95 % bootstrap intervals over examples.

    python evaluate.py --run text                       held-out text, as written and as recognisers write it
    python evaluate.py --run listens --what speech      on speech: with the states, and with an empty memory
    python evaluate.py --run text --what origins        recall of people by the origin of their names
    python evaluate.py --run text --what thresholds
    python evaluate.py --run text --what masking        spans per 1,000 words of unlabelled meetings, with --examples N

The head alone; `npm run eval:redaction` measures all of Sotto on the same text (heldout.py). As there, a true
span is found when 60 % of its letters are in predicted spans, of whatever label; a predicted span is false when it
touches no true one. Words of which the source says nothing count neither way.
"""
import argparse
import json
import random as randomness
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

import corpora
from data import Pieces, collate, cut, joined, row_of, windows
from heard import Heard
from heldout import by_origin, forms, text_sets, true_spans
from labels import LABELS, Example
from misheard import lowered
from model import from_minilm
from ranking import compared, ranks
from spans import THRESHOLD, spans_from

FOUND = 0.6


def load_head(minilm, path):
    saved = torch.load(path, map_location="cpu", weights_only=False)
    head = from_minilm(minilm, saved["layers"])
    head.load_state_dict(saved["head"])
    return head.eval(), saved["state"]


@torch.no_grad()
def predict(head, pieces, examples, states_of=None, device="cpu", batch=32):
    """Probabilities (W, 31) of the classes for every word of every example, read in windows as the product does."""
    found = [np.zeros((len(e.words), 31), np.float32) for e in examples]
    jobs = []
    for number, e in enumerate(examples):
        for first, end, at, to in windows(pieces, e.words, e.turns):
            jobs.append((number, first, end, at, to))
    jobs.sort(key=lambda j: j[2] - j[1])
    head = head.to(device)
    for start in range(0, len(jobs), batch):
        part = jobs[start : start + batch]
        rows = []
        for number, first, end, *_ in part:
            e = examples[number]
            rows.append(row_of(pieces, cut(e, first, end), states_of(e) if states_of and e.states else None))
        tensors = collate(rows)
        inputs = (tensors[k].to(device) for k in ("pieces", "word", "features", "states", "spans"))
        probabilities = head(*inputs)[0].float().softmax(-1).cpu().numpy()
        for (number, first, _, at, to), p in zip(part, probabilities):
            found[number][at:to] = p[at - first : to - first]
    return found


def tally(example, predicted):
    """(15, 4): true spans, found ones, predicted ones, false ones, of every label"""
    counts = np.zeros((len(LABELS), 4), int)
    spans, silent = true_spans(example.tags)
    weight = np.array([max(1, sum(c.isalnum() for c in w)) for w in example.words])
    masked, true = np.zeros(len(weight), bool), np.zeros(len(weight), bool)
    for a, b, *_ in predicted:
        masked[a:b] = True
    for a, b, label in spans:
        true[a:b] = True
        counts[LABELS.index(label)] += (1, (weight * masked)[a:b].sum() >= FOUND * weight[a:b].sum(), 0, 0)
    for a, b, label, *_ in predicted:
        if label in example.known and not any(silent[a:b]):
            counts[LABELS.index(label)] += (0, 0, 1, not true[a:b].any())
    return counts


def figures(counts):
    """(..., 4) -> precision, recall, F1, F2"""
    true, found, predicted, false = np.moveaxis(counts.astype(float), -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.where(predicted > 0, (predicted - false) / predicted, (found > 0).astype(float))
        recall = found / true
        f = [np.nan_to_num((1 + b * b) * precision * recall / (b * b * precision + recall)) for b in (1, 2)]
    return np.stack((precision, recall, *f), -1)


def report(name, examples, predicted, draws=500):
    """Prints the table of one set."""
    each = np.stack([tally(e, p) for e, p in zip(examples, predicted)])  # (E, 15, 4)
    weights = np.random.default_rng(1).multinomial(len(each), np.full(len(each), 1 / len(each)), draws)  # (draws, E)
    sums = np.einsum("de,elf->dlf", weights, each)
    total, words = each.sum(0), sum(len(e.words) for e in examples)
    print(f"\n{name}: {len(examples)} examples, {words} words, {1000 * total[:, 3].sum() / words:.2f} false spans per 1,000 words")
    print("label             precision            recall               F1     F2     true predicted")
    rows = [(label, total[i], sums[:, i]) for i, label in enumerate(LABELS) if total[i, 0]]
    if len(rows) > 1:
        kept = [i for i, label in enumerate(LABELS) if total[i, 0]]
        rows.append(("all", total[kept].sum(0), sums[:, kept].sum(1)))
    result = {}
    for label, counts, drawn in rows:
        p, r, f1, f2 = figures(counts)
        low, high = np.nanpercentile(figures(drawn), (2.5, 97.5), axis=0)
        print(f"{label:14} {p:6.3f} {low[0]:.3f}-{high[0]:.3f}   {r:6.3f} {low[1]:.3f}-{high[1]:.3f}   {f1:6.3f} {f2:6.3f}  {counts[0]:6d} {counts[2]:6d}")
        result[label] = {"precision": p, "recall": r, "f1": f1, "f2": f2, "true": int(counts[0]), "predicted": int(counts[2])}
    return result


def text(o, head, pieces):
    results = {}
    for name, examples in text_sets(o).items():
        for form, these in forms(name, examples, o.shared):
            predicted = [spans_from(p, o.threshold) for p in predict(head, pieces, these, device=o.device)]
            results[f"{name}, {form}"] = report(f"{name}, {form}", these, predicted)
    return results


def speech(o, head, pieces):
    """The same words with their sound, and with an empty memory; then how the two rank."""
    results = {}
    sets = {"spoken (synthetic)": Heard(o.heard / "spoken/test/manifest.jsonl", o.heard / "heard/test")}
    real = Heard(o.heard / "real/test.jsonl", o.heard / "heard/real-test")
    for name in sorted({e.source for e in real.examples}):
        sets[name] = real
    for name, heard in sets.items():
        examples = [e for e in heard.examples if heard is not real or e.source == name]
        ranked = {}
        for how, states in (("empty memory", None), ("states", heard.states_of)):
            probabilities = predict(head, pieces, examples, states, o.device)
            predicted = [spans_from(p, o.threshold) for p in probabilities]
            results[f"{name}, {how}"] = report(f"{name}, {how}", examples, predicted)
            ranked[how] = ranks(examples, probabilities, FOUND)
        results[f"{name}, compared"] = compared(ranked["empty memory"], ranked["states"], o.threshold, len(examples))
        for what, (before, after, low, high) in results[f"{name}, compared"].items():
            print(f"{name}: {what} {before:.3f} with an empty memory, {after:.3f} with states; difference {after - before:+.3f}, {low:+.3f} to {high:+.3f}")
    return results


def origins(o, head, pieces):
    examples = [lowered(e) for e in by_origin(o.shared, o.each_origin)]
    found = defaultdict(lambda: [0, 0])
    for e, p in zip(examples, predict(head, pieces, examples, device=o.device)):
        masked = {i for a, b, *_ in spans_from(p, o.threshold) for i in range(a, b)}
        for a, b, label in true_spans(e.tags)[0]:
            if a in e.origins:
                found[e.origins[a]][0] += sum(i in masked for i in range(a, b)) >= FOUND * (b - a)
                found[e.origins[a]][1] += 1
    print("\nrecall of people in lower case, by origin of the name")
    for origin, (n, of) in sorted(found.items(), key=lambda item: item[1][0] / item[1][1]):
        print(f"{origin:28} {n / of:.3f} of {of}")
    return {k: v[0] / v[1] for k, v in found.items()}


def thresholds(o, head, pieces):
    """Recall and precision of all labels together over the tuning sets, in lower case, at several thresholds."""
    results = {}
    for name, examples in text_sets(o, "tune").items():
        these = [h for h in map(lowered, examples) if h.words]
        probabilities = predict(head, pieces, these, device=o.device)
        for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
            total = sum(tally(e, spans_from(p, threshold)) for e, p in zip(these, probabilities)).sum(0)
            p, r, f1, f2 = figures(total)
            results[f"{name} {threshold}"] = f2
            print(f"{name:16} {threshold:.1f}  precision {p:.3f}  recall {r:.3f}  F1 {f1:.3f}  F2 {f2:.3f}")
    return results


def masking(o, head, pieces):
    """Spans per 1,000 words where nothing is labelled, true names included, in lower case."""
    random = randomness.Random(1)
    for name in ("qmsum", "rev16", "earnings22", "medical"):
        examples, words = [], 0
        for line in corpora.lines(o.shared / f"text/{name}.tsv.xz"):
            document, _, said = line.split("\t", 2)
            if said.split():
                examples.append((document, Example(said.split(), ["O"] * len(said.split()))))
                words += len(said.split())
            if words > o.words:
                break
        documents = [joined([e for d, e in examples if d == document]) for document in dict.fromkeys(d for d, _ in examples)]
        documents = [lowered(d) for d in documents]
        count, shown = defaultdict(int), []
        for e, p in zip(documents, predict(head, pieces, documents, device=o.device)):
            for a, b, label, score in spans_from(p, o.threshold):
                count[label] += 1
                shown.append(f"  {label} {score:.2f}: {' '.join(e.words[max(0, a - 6) : a])} [{' '.join(e.words[a:b])}] {' '.join(e.words[b : b + 4])}")
        words = sum(len(e.words) for e in documents)
        print(f"{name}: {words} words, {1000 * sum(count.values()) / words:.1f} spans per 1,000; " + ", ".join(f"{k} {1000 * v / words:.1f}" for k, v in count.items()))
        print("\n".join(random.sample(shown, min(o.examples, len(shown)))))


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--run", required=True, help="name of the run")
    options.add_argument("--what", default="text", choices=("text", "speech", "origins", "thresholds", "masking"))
    options.add_argument("--runs", type=Path, default=Path(".work/redactor/runs"))
    options.add_argument("--minilm", type=Path, default=Path(".work/redactor/minilm"))
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--heard", type=Path, default=Path(".work/redactor"))
    options.add_argument("--threshold", type=float, default=THRESHOLD)
    options.add_argument("--generated", type=int, default=3000, help="exchanges of the generated set")
    options.add_argument("--dialogues", type=int, default=300)
    options.add_argument("--each-origin", type=int, default=150, help="names of people of every origin")
    options.add_argument("--words", type=int, default=25000, help="of each unlabelled text")
    options.add_argument("--examples", type=int, default=0)
    options.add_argument("--json", type=Path)
    options.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    o = options.parse_args()
    pieces = Pieces(o.minilm)
    head, state = load_head(o.minilm, o.runs / f"{o.run}.pt")
    print(f"run {o.run}, step {state['step']}, {state['words'] / 1e6:.2f} M words, threshold {o.threshold}")
    results = globals()[o.what](o, head, pieces)
    if o.json:
        o.json.write_text(json.dumps(results, indent=1) + "\n")
