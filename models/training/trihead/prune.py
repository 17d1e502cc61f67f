"""Rank the heads of a student by what they matter and cut the least important ones out.

    python prune.py --student .work/trihead/runs/base.pt --out .work/trihead/runs/base-cut.pt --share 0.2
    python train.py --name base-sparse --start .work/trihead/runs/base-cut.pt --steps 200

Importance is the mean absolute change of the losses for a change of the head's scale (Michel, Levy and Neubig, "Are
Sixteen Heads Really Better than One?", 2019, equation 2), over training batches, normalised within each layer (as
there). No layer loses more than half of its heads.
"""
import argparse
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from data import Batches
from model import GROUPS
from train import LOSS_WEIGHTS, kept_vocabulary, load_student, load_whisper, losses


class Scaled:
    """A student whose heads are scaled by `scale` (layers, heads)."""

    def __init__(self, student, scale):
        self.student, self.scale = student, scale

    def group_mask(self, kept):
        return [mask * row for mask, row in zip(self.student.group_mask(kept), self.scale)]

    def __call__(self, mel, heads):
        return self.student(mel, heads=heads)


def importance(whisper, student, batches, count, vocabulary):
    """(layers, heads), each layer of unit length."""
    total = 0
    for i in range(count):
        scale = torch.ones(len(student.layers), len(student.layers[0].attention.group), requires_grad=True)
        with torch.autocast("cpu", torch.bfloat16):
            parts = losses(whisper, Scaled(student, scale), batches[i], vocabulary, "cpu")
        sum(LOSS_WEIGHTS[k] * parts[k] for k in ("states", "words", "transcript")).backward()
        total = total + scale.grad.abs()
    return total / total.norm(dim=1, keepdim=True)


def least_important(rank, share):
    """[[kept heads] a layer]: the least important `share` of all heads left out, at most half of a layer's."""
    layers, heads = rank.shape
    left = [heads] * layers
    cut = set()
    for flat in rank.flatten().argsort().tolist():
        layer = flat // heads
        if len(cut) < round(share * layers * heads) and left[layer] > heads / 2:
            cut.add(flat)
            left[layer] -= 1
    return [[h for h in range(heads) if layer * heads + h not in cut] for layer in range(layers)]


def prune(o):
    whisper = load_whisper(o.weights)
    student, saved = load_student(whisper, o.student)
    tokenizer = Tokenizer.from_file(str(o.weights / "tokenizer.json"))
    batches = Batches(o.data, "train", tokenizer, o.batches, 56, seed=9)
    rank = importance(whisper, student, batches, o.batches, kept_vocabulary(batches, whisper.dimensions.vocabulary))
    kept = least_important(rank, o.share)
    groups = student.layers[0].attention.group
    print("| layer | " + " | ".join(f"{GROUPS[g]} {i}" for i, g in enumerate(groups.tolist())) + " |\n|---" + "|---" * len(groups) + "|")
    for i, row in enumerate(rank):
        print(f"| {i} | " + " | ".join(f"{v:.2f}" if h in kept[i] else f"~~{v:.2f}~~" for h, v in enumerate(row.tolist())) + " |")
    student.keep(kept)
    torch.save({"student": student.state_dict(), "kept": kept, "state": saved["state"], "options": saved["options"]}, o.out)
    print(json.dumps({"heads left": [len(k) for k in kept]}))


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--student", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--share", type=float, default=0.2)
    options.add_argument("--batches", type=int, default=40)
    options.add_argument("--weights", type=Path, default=Path(".work/trihead/weights"))
    options.add_argument("--data", type=Path, default=Path(".work/trihead/data"))
    prune(options.parse_args())
