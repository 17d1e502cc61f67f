"""Word error rates of stock Whisper and of a student, with the same decoder, on the same spoilt recordings.

    python evaluate.py --student .work/trihead/runs/a.pt --utterances 60
    python evaluate.py --student .work/trihead/runs/a.pt --what groups --utterances 40
    python evaluate.py --student .work/trihead/runs/a.pt --what gate

Speakers, noises and rooms are those that training never heard (corpus.py, rooms.py). Greedy decoding,
float32, no fallbacks. Results are added to `<student>.eval.jsonl`, texts kept, so that every figure can
be looked into; the stock model's lines are computed once and kept in `stock.eval.jsonl`.
"""
import argparse
import copy
import json
import time
from pathlib import Path

import jiwer
import numpy as np
import scipy.stats
import torch
from tokenizers import Tokenizer
from whisper_normalizer.english import EnglishTextNormalizer

from corpus import SAMPLE_RATE, Noise, Speech
from data import CLEAN_SNR, END, PROMPT, STATE, WINDOW, at_ratio, babble, log_mel, reverberate
from model import GROUPS, TriHeadEncoder, encode
from train import load_whisper

CONDITIONS = ("clean", "noise 10", "noise 5", "noise 0", "babble 5", "room", "clean an4", "clean speechocean762")
LONGEST_ANSWER = 120  # tokens; the longest dev transcript needs 70, a decoder that repeats itself needs them all


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


@torch.inference_mode()
def greedy(whisper, states, suppressed):
    """Token ids for a list of states (T, D) of any lengths, decoded in one batch."""
    b, longest = len(states), max(len(s) for s in states)
    batch, bias = torch.zeros(b, longest, states[0].shape[1]), torch.full((b, 1, 1, longest), -1e9)
    for i, s in enumerate(states):
        batch[i, : len(s)], bias[i, ..., : len(s)] = s, 0
    memory, past = whisper.memory(batch), whisper.empty_past(b)
    tokens, position = torch.tensor([PROMPT] * b), 0
    answers, open_ = [[] for _ in range(b)], torch.ones(b, dtype=torch.bool)
    for step in range(LONGEST_ANSWER):
        logits, past, _ = whisper.decoder(tokens, torch.tensor([position]), past, memory, bias)
        position += tokens.shape[1]
        logits = logits[:, -1]
        logits[:, suppressed] = -1e9
        logits[:, END + 1 :] = -1e9
        if step == 0:
            logits[:, (END, 220)] = -1e9  # neither an empty answer nor a bare space, as in openai/whisper
        best = logits.argmax(-1)
        open_ &= best != END
        if not open_.any():
            break
        for i in torch.nonzero(open_).flatten().tolist():
            answers[i].append(best[i].item())
        tokens = best[:, None]
    return answers


class Evaluation:
    def __init__(self, o):
        self.o = o
        self.whisper = load_whisper(o.weights)
        self.speech, self.noise = Speech(o.data, "dev"), Noise(o.data, "dev")
        self.rooms = list(np.load(o.data / "rooms_dev.npz").values())
        self.tokenizer = Tokenizer.from_file(str(o.weights / "tokenizer.json"))
        self.suppressed = json.load(open(o.weights / "config.json"))["suppress_ids"]
        self.normalise = EnglishTextNormalizer()
        if o.what != "stock":
            self.student, self.state = load_student(self.whisper, o.student)

    def transcribe(self, samples, encoder, padded):
        """Texts of recordings; `encoder` maps a mel (1, 80, F) to states (1, T, D)."""
        order = sorted(range(len(samples)), key=lambda i: len(samples[i]))
        texts = [""] * len(samples)
        for at in range(0, len(order), 12):
            some = order[at : at + 12]
            with torch.inference_mode():
                states = [encoder(mel_of(samples[i], padded))[0] for i in some]
            for i, ids in zip(some, greedy(self.whisper, states, self.suppressed)):
                texts[i] = self.tokenizer.decode(ids)
        return texts

    def error_rate(self, truth, texts):
        """Percent, both sides through Whisper's English normaliser."""
        return 100 * jiwer.wer([self.normalise(t) for t in truth], [self.normalise(t) for t in texts])

    def measure(self, system, condition, encoder, padded):
        began = time.time()
        made = recordings(condition, self.speech, self.noise, self.rooms, self.o.utterances)
        truth = [t for _, t in made]
        texts = self.transcribe([x for x, _ in made], encoder, padded)
        row = {"system": system, "condition": condition, "padded": padded, "utterances": len(made), "wer": self.error_rate(truth, texts), "texts": texts}
        print(f"{system:>24} {condition:>22} {'padded' if padded else 'unpadded':>8} WER {row['wer']:.2f} % ({time.time() - began:.0f} s)", flush=True)
        return row

    def stock(self):
        for condition in self.o.conditions:
            self.before(condition)

    def before(self, condition):
        """Stock Whisper, padded as it must be; measured once for each condition and count."""
        store = self.o.student.parent / "stock.eval.jsonl"
        known = [json.loads(line) for line in open(store)] if store.exists() else []
        for row in known:
            if (row["condition"], row["asked"]) == (condition, self.o.utterances):
                return row
        row = self.measure("stock", condition, lambda mel: encode(self.whisper.encoder, mel), True)
        row["asked"] = self.o.utterances
        print(json.dumps(row), file=open(store, "a"))
        return row

    def keep(self, row):
        print(json.dumps({**row, "step": self.state["step"]}), file=open(self.o.student.with_suffix(".eval.jsonl"), "a"))

    def words(self):
        """Stock against student, unpadded and padded, in every condition."""
        rows = []
        for condition in self.o.conditions:
            before = self.before(condition)["wer"]
            after = {}
            for padded in (False, True) if self.o.padded else (False,):
                row = self.measure("student", condition, lambda mel: self.student(mel)[0], padded)
                self.keep(row)
                after[padded] = row["wer"]
            rows.append((condition, before, after[False], after.get(True)))
        print("\n| condition | stock, padded | student, unpadded | student, padded | errors less |\n|---|---|---|---|---|")
        for condition, before, unpadded, padded in rows:
            print(f"| {condition} | {before:.2f} | {unpadded:.2f} | {'' if padded is None else f'{padded:.2f}'} | {100 * (1 - unpadded / before):.0f} % |")

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
        self.keep(row)

    def groups(self):
        """What each group, and the gate's moving, are worth."""
        mean = torch.from_numpy(np.mean([w for snr in (CLEAN_SNR, 10, 0) for *_, w in self.weights_at(snr)], 0))
        for condition in ("clean", "noise 10", "noise 0"):
            variants = {"student": None, "gate frozen": mean}
            rows = [self.measure(name, condition, lambda mel, w=w: self.student(mel, w)[0], False) for name, w in variants.items()]
            for g, name in enumerate(GROUPS):
                heads = self.student.group_mask(1 - torch.eye(3)[g : g + 1])
                rows.append(self.measure(f"without {name}", condition, lambda mel, h=heads: self.student(mel, heads=h)[0], False))
            for row in rows:
                self.keep(row)


def load_student(whisper, path):
    """The trained encoder and where its training stood."""
    saved = torch.load(path, map_location="cpu", weights_only=False)
    order = torch.arange(8).expand(len(whisper.encoder.layers), 8)  # the saved heads are already sorted
    student = TriHeadEncoder(copy.deepcopy(whisper.encoder), order)
    student.load_state_dict({k: v.float() for k, v in saved["student"].items()})
    return student.eval().requires_grad_(False), saved["state"]


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--student", type=Path, required=True)
    options.add_argument("--what", choices=("stock", "words", "gate", "groups"), default="words")
    options.add_argument("--conditions", nargs="+", default=CONDITIONS)
    options.add_argument("--utterances", type=int, default=60)
    options.add_argument("--padded", action="store_true", help="the student on padded segments too")
    options.add_argument("--weights", type=Path, default=Path(".work/trihead/weights"))
    options.add_argument("--data", type=Path, default=Path(".work/trihead/data"))
    o = options.parse_args()
    evaluation = Evaluation(o)
    getattr(evaluation, o.what)()
