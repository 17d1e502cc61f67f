"""Checks of an exported pack against the PyTorch network on real speech."""

import json
from pathlib import Path

import numpy as np
import torch

from recognise import Recogniser, log_mel
from speech import read_utterances
from whisper import Whisper


def root_mean_square(error: np.ndarray, reference: np.ndarray) -> float:
    return float(np.sqrt(np.square(error).mean() / reference.var()))


def forced(model: Whisper, memory: list[torch.Tensor], tokens: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits and alignment of all tokens in one uncached pass of PyTorch."""
    batch, frames = memory[0].shape[0], memory[0].shape[3]
    bias = torch.zeros(batch, 1, 1, frames)
    row = torch.tensor([tokens] * batch)
    logits, _, alignment = model.decoder(row, torch.tensor([0]), model.empty_past(batch), memory, bias)
    return logits, alignment


def cached(pack: Recogniser, memory: list[np.ndarray], tokens: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """The same from the pack: the prompt in one step, then token by token through the cache."""
    n = pack.manifest["dimensions"]
    past = [np.zeros((1, n["heads"], 0, 64), np.float32)] * (2 * n["decoderLayers"])
    bias = np.zeros((1, 1, 1, memory[0].shape[3]), np.float32)
    first = len(pack.prompt())
    logits, alignment, position = [], [], 0
    for count in [first] + [1] * (len(tokens) - first):
        new = np.array([tokens[position : position + count]])
        step, *past, weights = pack.step(new, position, past, memory, bias)
        logits.append(step)
        alignment.append(weights)
        position += count
    return np.concatenate(logits, 1), np.concatenate(alignment, 2)


def check_pack(model: Whisper, folder: Path, speech: Path, exact: bool) -> dict[str, float]:
    """Compares the pack with PyTorch on four utterances of `speech`; raises ValueError when they differ too much.

    Float32 (`exact`) must agree to rounding. A quantised pack must keep the states to 15 % and the distribution of
    the next token to 0.05 nats (the worst recipe tried, at 0.03, recognised noticeably worse).
    """
    pack = Recogniser(folder / "encoder.onnx", folder / "decoder.onnx", folder)
    worst = {"states": 0.0, "divergence": 0.0, "alignment": 0.0}
    divergences = []
    for utterance in read_utterances(speech, ["librispeech"], 4):
        mel = log_mel(utterance.samples)[None]
        states, *memory = pack.encode(mel)
        tokens = [*pack.prompt(), *pack.decode(memory)[0]]
        with torch.no_grad():
            reference = model.encoder(torch.from_numpy(mel))
            logits, alignment = forced(model, model.memory(reference), tokens)
        heard, weights = cached(pack, memory, tokens)
        p, q = (torch.log_softmax(torch.as_tensor(x), -1) for x in (logits, heard))
        divergences.append((p.exp() * (p - q)).sum(-1).mean().item())
        worst["states"] = max(worst["states"], root_mean_square(states - reference.numpy(), reference.numpy()))
        worst["alignment"] = max(worst["alignment"], float(np.abs(weights - alignment.numpy()).max()))
    worst["divergence"] = float(np.mean(divergences))
    limits = {"states": 1e-4, "divergence": 1e-5} if exact else {"states": 0.15, "divergence": 0.05}
    for name, limit in limits.items():
        if not worst[name] <= limit:
            raise ValueError(f"{folder}: {name} differ from PyTorch by {worst[name]:.2e}, more than {limit:.0e}")
    return worst


def parity_mel(frames: int) -> np.ndarray:
    """A spectrogram by formula, (1, 80, frames), that a test in another language can compute too: two gliding bands."""
    band, frame = np.mgrid[0:80, 0:frames].astype(np.float64)
    low = np.exp(-np.square((band - 18 - 6 * np.sin(frame / 23)) / 5))
    high = np.exp(-np.square((band - 44 - 9 * np.sin(frame / 37)) / 7))
    pulse = 0.5 + 0.5 * np.sin(frame / 9)
    return (-0.6 + (1.2 * low + 0.8 * high) * pulse).astype(np.float32)[None]


def parity_reference(model: Whisper, tokens: list[int]) -> dict:
    """What PyTorch makes of `parity_mel(3000)`: a few hundred states and logits for the test of the committed pack."""
    with torch.no_grad():
        states = model.encoder(torch.from_numpy(parity_mel(3000)))
        logits, _ = forced(model, model.memory(states), tokens)
    frames, every = list(range(0, 1500, 250)), 16
    vocabulary = list(range(0, logits.shape[-1], 400))

    def rounded(x: torch.Tensor) -> list:
        return [[round(v, 4) for v in row] for row in x.tolist()]

    return {
        "frames": frames,
        "every": every,
        "states": rounded(states[0, frames, ::every]),
        "tokens": tokens,
        "vocabulary": vocabulary,
        "logits": rounded(logits[0][:, vocabulary]),
    }


def write_reference(path: Path, references: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(references) + "\n")
