"""The mean of the weights of students that come from one run or go on from one another.

    python mean.py --students .work/trihead/runs/base.pt .work/trihead/runs/base2.pt --shares 0.6 0.4 --out .work/trihead/runs/base-base2.pt

The mean often hears better than each (Wortsman et al., "Model soups", 2022; figures in README.md, "Runs").
"""
import argparse
from pathlib import Path

import torch


def mean_of(weights, shares):
    """Weighted means of dictionaries of tensors with the same names; what is not a number with a fraction is the first's."""
    return {
        name: sum(share * w[name].float() for share, w in zip(shares, weights)) if first.is_floating_point() else first
        for name, first in weights[0].items()
    }


def write_mean(o):
    saved = [torch.load(path, map_location="cpu", weights_only=False) for path in o.students]
    shares = o.shares or [1 / len(saved)] * len(saved)
    if len(shares) != len(saved) or abs(sum(shares) - 1) > 1e-6:
        raise SystemExit("Give one share for each student; the shares must sum to 1.")
    if any(s.get("kept") != saved[0].get("kept") for s in saved):
        raise SystemExit("The students have different heads left; only students with the same heads have a mean.")
    student = mean_of([s.get("average", s["student"]) for s in saved], shares)
    torch.save({"student": student, "kept": saved[0].get("kept"), "state": saved[-1]["state"], "options": saved[-1]["options"]}, o.out)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--students", nargs="+", type=Path, required=True)
    options.add_argument("--shares", nargs="+", type=float, help="how much of each; equal unless given")
    options.add_argument("--out", type=Path, required=True)
    write_mean(options.parse_args())
