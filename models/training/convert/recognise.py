"""Greedy recognition with a pack over onnxruntime: enough to measure a pack, far simpler than the product's engine."""

import json
from pathlib import Path

import librosa
import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

RATE = 16000
SAMPLES = 30 * RATE
MEL_FILTERS = torch.from_numpy(librosa.filters.mel(sr=RATE, n_fft=400, n_mels=80))


def log_mel(samples: np.ndarray) -> np.ndarray:
    """openai/whisper audio.py `log_mel_spectrogram`, zero-padded to 30 s: (n) at 16 kHz -> (80, 3000)"""
    padded = torch.nn.functional.pad(torch.from_numpy(samples[:SAMPLES]), (0, max(0, SAMPLES - len(samples))))
    spectrum = torch.stft(padded, 400, 160, window=torch.hann_window(400), return_complex=True)[:, :-1]
    mel = (MEL_FILTERS @ spectrum.abs().square()).clamp(min=1e-10).log10()
    return ((torch.maximum(mel, mel.max() - 8) + 4) / 4).numpy()


def session(path: Path, threads: int = 2) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Recogniser:
    def __init__(self, encoder: Path, decoder: Path, folder: Path, threads: int = 2):
        """The two graphs may come from different packs; folder gives manifest.json and tokenizer.json."""
        self.manifest = json.loads((folder / "manifest.json").read_text())
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.encoder, self.decoder = session(encoder, threads), session(decoder, threads)
        self.tokens = self.manifest["tokens"]
        self.never = np.zeros(self.manifest["dimensions"]["vocabulary"], bool)
        self.never[self.manifest["suppressedTokens"]] = True
        self.never[self.tokens["noTimestamps"] :] = True

    def prompt(self, language: str = "en") -> list[int]:
        t = self.tokens
        task = [t["languages"][language], t["transcribe"]] if self.manifest["multilingual"] else []
        return [t["sot"], *task, t["noTimestamps"]]

    def encode(self, mel: np.ndarray) -> list[np.ndarray]:
        """(B, 80, F) -> states and the decoder's memory, key and value of each of its layers"""
        memory = [o.name for o in self.encoder.get_outputs() if o.name.startswith("cross_")]
        return self.encoder.run(["states", *memory], {"mel": mel})

    def step(self, tokens: np.ndarray, position: int, past: list, memory: list, bias: np.ndarray) -> list[np.ndarray]:
        names = [i.name for i in self.decoder.get_inputs()]
        return self.decoder.run(None, dict(zip(names, [tokens, np.array([position]), *past, *memory, bias])))

    def decode(
        self, memory: list[np.ndarray], visible: list[int] | None = None, most: int = 200, language: str = "en"
    ) -> list[list[int]]:
        """Greedy tokens of each segment of the batch; `visible`: how many states each one has (default: all)."""
        n = self.manifest["dimensions"]
        batch, frames = memory[1].shape[0], memory[1].shape[2]
        past = [np.zeros((batch, n["heads"], 0, 64), np.float32)] * (2 * n["decoderLayers"])
        bias = np.zeros((batch, 1, 1, frames), np.float32)
        for row, count in enumerate(visible or []):
            bias[row, ..., count:] = -1e9
        tokens, position = np.tile(self.prompt(language), (batch, 1)), 0
        said: list[list[int]] = [[] for _ in range(batch)]
        done = np.zeros(batch, bool)
        while not done.all() and position < most:
            logits, *past, _ = self.step(tokens, position, past, memory, bias)
            scores = np.where(self.never, -np.inf, logits[:, -1])
            if position == 0:
                scores[:, self.manifest["beginSuppressedTokens"]] = -np.inf
            position += tokens.shape[1]
            tokens = scores.argmax(-1)[:, None]
            done |= tokens[:, 0] == self.tokens["eot"]
            for i in np.flatnonzero(~done):
                said[i].append(int(tokens[i, 0]))
        return said

    def text(self, tokens: list[int]) -> str:
        return self.tokenizer.decode(tokens)
