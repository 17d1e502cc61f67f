"""Decode ../shared/speech and ../shared/noise once into flat int16 files, and say what is held back.

    python corpus.py --shared ../shared --out .work/trihead/data

Speakers: train and dev come apart in the manifests (a dev speaker never occurs in train).
Noises: `held_back_noise` names the recordings that only evaluation hears. ESC-10 numbers its
folds so that clips cut from one recording share a fold; fold 5 is held back whole.
"""
import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

SAMPLE_RATE = 16000
SINGLE_WORD_SETS = ("speech_commands", "fsdd")  # isolated words teach nothing about running speech
LONGEST_UTTERANCE = 28.0  # seconds; a Whisper window is 30 s


@dataclass
class Utterance:
    """One spoken sentence: where it lies in the flat speech file, in samples."""

    start: int
    length: int
    text: str
    set: str
    speaker: str
    file: str


def held_back_noise(path):
    """Whether the noise recording `path` is kept for evaluation."""
    if path.parent.name == "esc10":
        return path.stem.split("_")[-1].startswith("5-")
    return path.stem in ("kitchen", "city", "boat", "running_tap", "exercise_bike")


def decode(path):
    """Samples of an Opus file, int16 mono at 16 kHz."""
    samples, rate = soundfile.read(path, dtype="int16")
    if rate != SAMPLE_RATE or samples.ndim != 1:
        raise ValueError(f"{path} is not 16 kHz mono")
    return samples


def write_speech(shared, out, split):
    rows = [json.loads(line) for line in open(shared / "speech" / f"{split}.jsonl")]
    rows = [r for r in rows if r["set"] not in SINGLE_WORD_SETS and r["dur"] <= LONGEST_UTTERANCE]
    offsets, total, index = {}, 0, []
    with open(out / f"{split}.int16", "wb") as flat:
        for name in dict.fromkeys(r["file"] for r in rows):
            samples = decode(shared / "speech" / name)
            flat.write(samples.tobytes())
            offsets[name] = total
            total += len(samples)
    for r in rows:
        start = offsets[r["file"]] + round(r["start"] * SAMPLE_RATE)
        length = round(r["dur"] * SAMPLE_RATE)
        index.append(Utterance(start, length, r["text"], r["set"], r["spk"], r["file"]).__dict__)
    json.dump(index, open(out / f"{split}.json", "w"))
    print(f"{split}: {len(index)} utterances, {sum(u['length'] for u in index) / SAMPLE_RATE / 3600:.2f} h")


def write_noise(shared, out):
    clips = {"noise_train": [], "noise_dev": []}
    for path in sorted((shared / "noise").glob("*/*.opus")):
        samples = decode(path)
        if len(samples) < SAMPLE_RATE or np.abs(samples).max() < 30:
            continue  # under a second, or digital silence: nothing to mix
        clips["noise_dev" if held_back_noise(path) else "noise_train"].append((path, samples))
    for name, members in clips.items():
        np.concatenate([s for _, s in members]).tofile(out / f"{name}.int16")
        ends = np.cumsum([len(s) for _, s in members]).tolist()
        json.dump({"ends": ends, "names": [p.stem for p, _ in members]}, open(out / f"{name}.json", "w"))
        print(f"{name}: {len(members)} recordings, {ends[-1] / SAMPLE_RATE / 3600:.2f} h")


class Speech:
    """The decoded speech of one split, read from disk as needed."""

    def __init__(self, folder, split):
        self.samples = np.memmap(Path(folder) / f"{split}.int16", np.int16, "r")
        self.utterances = [Utterance(**u) for u in json.load(open(Path(folder) / f"{split}.json"))]

    def read(self, start, length):
        """Samples in -1 .. 1, float32."""
        return self.samples[start : start + length].astype(np.float32) / 32768


class Noise:
    """The decoded noise recordings of one split."""

    def __init__(self, folder, split):
        samples = np.fromfile(Path(folder) / f"noise_{split}.int16", np.int16)
        index = json.load(open(Path(folder) / f"noise_{split}.json"))
        self.clips = np.split(samples, index["ends"][:-1])
        self.names = index["names"]

    def read(self, clip, offset, length):
        """`length` samples of a clip from `offset` on, repeated where it is too short."""
        samples = self.clips[clip].astype(np.float32) / 32768
        return np.take(samples, np.arange(offset, offset + length), mode="wrap")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--out", type=Path, default=Path(".work/trihead/data"))
    arguments = options.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for split in ("train", "dev"):
        write_speech(arguments.shared, arguments.out, split)
    write_noise(arguments.shared, arguments.out)
