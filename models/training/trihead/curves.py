"""Draw the training curves of runs from their logs.

    python curves.py a b --runs .work/trihead/runs --out models/training/trihead/curves.png
"""
import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

SHOWN = ("states", "words", "noise", "gate")


def draw(names, runs, out):
    figure, axes = plt.subplots(1, len(SHOWN), figsize=(12, 2.8), layout="constrained")
    for name in names:
        rows = [json.loads(line) for line in open(runs / f"{name}.jsonl")]
        for axis, key in zip(axes, SHOWN):
            for kind, line in (("train", ":"), ("dev", "-")):
                some = [r for r in rows if r.get("kind", "train") == kind]
                if some:
                    axis.plot([r["heard"] for r in some], [r[key] for r in some], line, label=f"{name}, {kind}")
            axis.set(title=key, xlabel="hours heard", ylim=(0, None))
    axes[0].legend()
    figure.savefig(out, dpi=80)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("names", nargs="+")
    options.add_argument("--runs", type=Path, default=Path(".work/trihead/runs"))
    options.add_argument("--out", type=Path, default=Path("models/training/trihead/curves.png"))
    o = options.parse_args()
    draw(o.names, o.runs, o.out)
