"""Time the encoders of packs: a segment padded and unpadded, and the noise heads always, never, or where needed.

    python speed.py --stock .work/packs/stock/base --pack models/base

Ratios of the least times of several rounds in which all take turns, two threads; the share of attention (its products
with the states, and the attention itself) from onnxruntime's own profile.
"""
import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

from corpus import SAMPLE_RATE, Speech
from evaluate import mel_of, utterances

ATTENTION = ("attention.query", "attention.key", "attention.value", "attention.out", "attention.noise_")


def session(model, threads, profile=False):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_profiling = profile
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def with_threshold(path, noise_from):
    """The encoder's bytes with another noise level from which the noise heads run: -1 always, 2 never."""
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        if tensor.name == "noise_from":
            tensor.CopyFrom(numpy_helper.from_array(np.array(noise_from, np.float32), "noise_from"))
    return model.SerializeToString()


def attention_seconds(model, mels, threads):
    """Seconds that attention takes over `mels`, by the profile."""
    profiled = session(model, threads, profile=True)
    for mel in mels:
        profiled.run(None, {"mel": mel})
    path = Path(profiled.end_profiling())
    events = [e for e in json.loads(path.read_text()) if e.get("cat") == "Node" and e["name"].endswith("_kernel_time")]
    path.unlink()
    return sum(e["dur"] for e in events if e["args"]["op_name"] == "MultiHeadAttention" or any(a in e["name"] for a in ATTENTION)) / 1e6


def measure(o):
    speech = Speech(o.data, "dev")
    chosen = [speech.read(u.start, u.length) for u in utterances(speech, "librispeech", o.utterances)]
    real, padded = ([mel_of(x, p).numpy() for x in chosen] for p in (False, True))
    ours = o.pack / "encoder.onnx"
    systems = {
        "stock, padded": (str(o.stock / "encoder.onnx"), padded),
        "tri-head, padded": (str(ours), padded),
        "tri-head, unpadded": (str(ours), real),
        "its noise heads always": (with_threshold(ours, -1), real),
        "its noise heads never": (with_threshold(ours, 2), real),
    }
    sessions = {name: session(model, o.threads) for name, (model, _) in systems.items()}
    least = dict.fromkeys(systems, float("inf"))
    for _ in range(o.rounds):
        for name, (_, mels) in systems.items():
            began = time.perf_counter()
            for mel in mels:
                sessions[name].run(None, {"mel": mel})
            least[name] = min(least[name], time.perf_counter() - began)
    print(f"{len(chosen)} utterances of dev LibriSpeech, {sum(map(len, chosen)) / len(chosen) / SAMPLE_RATE:.1f} s each in the mean; {o.threads} threads")
    print("| encoder | seconds | times as fast as stock | attention, seconds |\n|---|---|---|---|")
    first = least["stock, padded"]
    for name, (model, mels) in systems.items():
        print(f"| {name} | {least[name]:.2f} | {first / least[name]:.2f} | {attention_seconds(model, mels, o.threads):.2f} |", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--stock", type=Path, default=Path(".work/packs/stock/base"))
    options.add_argument("--pack", type=Path, default=Path("models/base"))
    options.add_argument("--utterances", type=int, default=24)
    options.add_argument("--rounds", type=int, default=4)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--data", type=Path, default=Path(".work/trihead/data"))
    measure(options.parse_args())
