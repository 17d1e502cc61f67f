"""Word error rates of stock Whisper and of a student, with the same decoder, on the same spoilt recordings.

    python evaluate.py words --packs models/stock models/base --padded
    python evaluate.py write --folder .work/trihead/recordings
    python evaluate.py groups --student .work/trihead/runs/base.pt
    python evaluate.py gate --student .work/trihead/runs/base.pt

Speakers, noises and rooms are those that training never heard (corpus.py, rooms.py). Greedy decoding without
fallbacks, by onnxruntime with the packs' decoders; `groups` and `gate` take the encoder in PyTorch. `write` leaves the
same recordings for the product's own engine, which has the fallbacks.
"""
import argparse
import json
import time
from pathlib import Path

import jiwer
import numpy as np
import scipy.stats
import soundfile
import torch
from whisper_normalizer.english import EnglishTextNormalizer

from corpus import SAMPLE_RATE, Noise, Speech
from data import CLEAN_SNR, STATE, WINDOW, at_ratio, babble, log_mel, reverberate
from model import GROUPS
from train import load_student, load_whisper

from recognise import Recogniser  # ../convert, on the path through model.py

CONDITIONS = ("clean", "noise 10", "noise 5", "noise 0", "babble 5", "room", "clean an4", "clean speechocean762")
BATCH = 12


def utterances(speech, name, count):
    """`count` utterances of a dev set, drawn once and for all: more of them only adds to fewer."""
    chosen = [u for u in speech.utterances if u.set == name]
    np.random.default_rng(5).shuffle(chosen)
    return chosen[:count]


def recordings(condition, speech, noise, rooms, count):
    """[(samples, text)] of a condition; the i-th recording is spoilt the same way in every run."""
    kind, _, level = condition.partition(" ")
    result = []
    for i, u in enumerate(utterances(speech, level if level.isalnum() and not level.isdigit() else "librispeech", count)):
        x = speech.read(u.start, u.length)
        random = np.random.default_rng((11, i))
        if kind == "noise":
            clip = random.integers(len(noise.clips))
            z = noise.read(clip, random.integers(len(noise.clips[clip])), len(x))
            x = x + at_ratio(z, x, float(level))
        elif kind == "babble":
            x = x + at_ratio(babble(speech, random, len(x), 5), x, float(level))
        elif kind == "room":
            x = reverberate(x, rooms[random.integers(len(rooms))])
        result.append((x / max(1, np.abs(x).max()), u.text))
    return result


def mel_of(samples, padded):
    n = WINDOW if padded else -(-len(samples) // STATE) * STATE
    return log_mel(torch.from_numpy(np.pad(samples, (0, n - len(samples))).astype(np.float32))[None])


def join(memories):
    """Decoder memories of single segments as one batch, padded with zeros: arrays, and the states that each one has."""
    counts = [m[1].shape[2] for m in memories]
    batch = []
    for i, parts in enumerate(zip(*memories)):
        axis = 3 - i % 2  # keys (1, H, 64, T), values (1, H, T, 64)
        widths = [[(0, 0)] * axis + [(0, max(counts) - n)] + [(0, 0)] * (3 - axis) for n in counts]
        batch.append(np.concatenate([np.pad(part, width) for part, width in zip(parts, widths)]))
    return batch, counts


class Evaluation:
    def __init__(self, o):
        self.o = o
        self.speech, self.noise = Speech(o.data, "dev"), Noise(o.data, "dev")
        self.rooms = list(np.load(o.data / "rooms_dev.npz").values())
        self.normalise = EnglishTextNormalizer()

    def transcribe(self, samples, recogniser, memory_of, padded):
        """Texts of recordings; `memory_of` maps a mel (1, 80, F) to the decoder's keys and values."""
        order = sorted(range(len(samples)), key=lambda i: len(samples[i]))
        texts = [""] * len(samples)
        for at in range(0, len(order), BATCH):
            some = order[at : at + BATCH]
            memory, counts = join([memory_of(mel_of(samples[i], padded)) for i in some])
            for i, ids in zip(some, recogniser.decode(memory, counts)):
                texts[i] = recogniser.text(ids)
        return texts

    def error_rate(self, truth, texts):
        """Percent, both sides through Whisper's English normaliser."""
        return 100 * jiwer.wer([self.normalise(t) for t in truth], [self.normalise(t) for t in texts])

    def measure(self, system, condition, recogniser, memory_of, padded):
        """Word error rate of a system in a condition; the row with its texts goes to `--out`, so that every figure can be looked into."""
        began = time.time()
        made = recordings(condition, self.speech, self.noise, self.rooms, self.o.utterances)
        truth = [t for _, t in made]
        texts = self.transcribe([x for x, _ in made], recogniser, memory_of, padded)
        row = {"system": system, "condition": condition, "padded": padded, "utterances": len(made), "wer": self.error_rate(truth, texts)}
        print(f"{system:>24} {condition:>22} {'padded' if padded else 'unpadded':>8} WER {row['wer']:.2f} % ({time.time() - began:.0f} s)", flush=True)
        print(json.dumps({**row, "texts": texts}), file=open(self.o.out, "a"))
        return row["wer"]

    def words(self):
        """Every pack in every condition; the first, stock Whisper, padded, the others as their manifest says."""
        packs = [Recogniser(folder / "encoder.onnx", folder / "decoder.onnx", folder) for folder in self.o.packs]
        names = [folder.name for folder in self.o.packs]
        runs = [(name, pack, pack.manifest["audioContext"] == "padded") for name, pack in zip(names, packs)]
        if self.o.padded:
            runs += [(name, pack, True) for name, pack, padded in runs if not padded]
        rows = []
        for condition in self.o.conditions:
            rows.append((condition, [self.measure(n, condition, pack, lambda mel, p=pack: p.encode(mel.numpy())[1:], padded) for n, pack, padded in runs]))
        print("\n| condition |" + "".join(f" {n}, {'padded' if p else 'unpadded'} |" for n, _, p in runs) + " errors less |\n" + "|---" * (len(runs) + 2) + "|")
        for condition, rates in rows:
            print(f"| {condition} |" + "".join(f" {r:.2f} |" for r in rates) + (f" {100 * (1 - rates[1] / rates[0]):.0f} % |" if len(rates) > 1 else ""))

    def write(self):
        """Every condition's recordings and a manifest, for `npm run eval -- FOLDER/manifest.jsonl --pack DIR`."""
        self.o.folder.mkdir(parents=True, exist_ok=True)
        with open(self.o.folder / "manifest.jsonl", "w") as manifest:
            for condition in self.o.conditions:
                made = recordings(condition, self.speech, self.noise, self.rooms, self.o.utterances)
                for i, (samples, text) in enumerate(made):
                    name = f"{condition.replace(' ', '-')}-{i}.wav"
                    soundfile.write(self.o.folder / name, samples, SAMPLE_RATE)
                    print(json.dumps({"audio": name, "text": text, "set": condition}), file=manifest)

    def weights_at(self, snr):
        """Per dev utterance: the mean noise weight over layers, the mean noise estimate and all weights (layers, 3)."""
        result = []
        for i, u in enumerate(utterances(self.speech, "librispeech", self.o.utterances)):
            x, random = self.speech.read(u.start, u.length), np.random.default_rng((12, i))
            if snr < CLEAN_SNR:
                clip = random.integers(len(self.noise.clips))
                x = x + at_ratio(self.noise.read(clip, random.integers(len(self.noise.clips[clip])), len(x)), x, snr)
            with torch.inference_mode():
                _, logits, weights = self.student(mel_of(x / max(1, np.abs(x).max()), False))
            result.append((weights[0, :, 2].mean().item(), logits.sigmoid().mean().item(), weights[0].numpy()))
        return result

    def gate(self):
        """Whether the gate follows the noise: Spearman's rank correlation over utterances, and the means."""
        levels, weights = [], []
        print("| SNR, dB | spectral | temporal | noise | noise estimate |\n|---|---|---|---|---|")
        for snr in (CLEAN_SNR, 20, 15, 10, 5, 0, -5):
            measured = self.weights_at(snr)
            mean = np.mean([w for *_, w in measured], (0, 1))
            print(f"| {'clean' if snr == CLEAN_SNR else snr} | " + " | ".join(f"{v:.3f}" for v in (*mean, np.mean([e for _, e, _ in measured]))) + " |", flush=True)
            levels += [snr] * len(measured)
            weights += [w for w, *_ in measured]
        levels, weights = np.array(levels), np.array(weights)
        rho = scipy.stats.spearmanr(levels, weights)[0]
        noisy = levels < CLEAN_SNR
        ratio = weights[levels == 0].mean() / weights[levels == CLEAN_SNR].mean()
        row = {"system": "gate", "spearman": rho, "spearman_noisy_only": scipy.stats.spearmanr(levels[noisy], weights[noisy])[0], "ratio": ratio}
        print(f"Spearman {rho:.3f} ({row['spearman_noisy_only']:.3f} without the clean ones); weight at 0 dB / clean {ratio:.2f}")
        print(json.dumps(row), file=open(self.o.out, "a"))

    def groups(self):
        """What each group, and the gate's moving, are worth."""
        mean = torch.from_numpy(np.mean([w for snr in (CLEAN_SNR, 10, 0) for *_, w in self.weights_at(snr)], 0))
        variants = {"student": {}, "gate frozen": {"weights": mean}}
        for g, name in enumerate(GROUPS):
            variants[f"without {name}"] = {"heads": self.student.group_mask(1 - torch.eye(3)[g : g + 1])}
        rows = {name: [self.measure(name, c, self.decoder, self.memory_of(**how), False) for c in ("clean", "noise 10", "noise 0")] for name, how in variants.items()}
        print("\n| | clean | 10 dB | 0 dB |\n|---|---|---|---|")
        for name, rates in rows.items():
            print(f"| {name} | " + " | ".join(f"{r:.2f}" for r in rates) + " |")

    def memory_of(self, **how):
        """The student in PyTorch as `transcribe` wants it; `how` goes to its `forward`."""

        def encoded(mel):
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self.o.bfloat16):
                return [t.float().numpy() for t in self.whisper.memory(self.student(mel, **how)[0])]

        return encoded


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("what", choices=("words", "write", "gate", "groups"))
    options.add_argument("--packs", nargs="+", type=Path, help="for `words`: stock Whisper first")
    options.add_argument("--folder", type=Path, default=Path(".work/trihead/recordings"), help="for `write`")
    options.add_argument("--padded", action="store_true", help="for `words`: dynamic packs on padded segments too")
    options.add_argument("--student", type=Path, help="for `gate` and `groups`")
    options.add_argument("--decoder", type=Path, default=Path("models/base"), help="for `groups`: the pack whose decoder is used")
    options.add_argument("--bfloat16", action="store_true", help="the student's encoder in bfloat16")
    options.add_argument("--conditions", nargs="+", default=CONDITIONS)
    options.add_argument("--utterances", type=int, default=146)
    options.add_argument("--weights", type=Path, default=Path(".work/trihead/weights"))
    options.add_argument("--data", type=Path, default=Path(".work/trihead/data"))
    options.add_argument("--out", type=Path, default=Path(".work/trihead/evaluation.jsonl"), help="every figure with its texts is added here")
    o = options.parse_args()
    evaluation = Evaluation(o)
    if o.student:
        evaluation.whisper = load_whisper(o.weights)
        evaluation.student, _ = load_student(evaluation.whisper, o.student)
        evaluation.decoder = Recogniser(o.decoder / "encoder.onnx", o.decoder / "decoder.onnx", o.decoder)
    getattr(evaluation, o.what)()
