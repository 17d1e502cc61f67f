"""Measures recipes of quantisation side by side: word error rate by set, time and size.

    python models/training/convert/measure.py base float32 int8 mixed blocks [--sets librispeech] [--limit N]
    python models/training/convert/measure.py base float32 int8 mixed blocks --time-only

A recipe whose pack is not yet in .work/packs is converted first. Times are ratios to the first recipe named, taken in
turns in this one process: a window of 30 s through the encoder, and a step of the decoder with 8 segments. Run the
second form also with the library that cpu_without_vnni.py makes, for a processor without VNNI.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from recognise import Recogniser, log_mel
from speech import Utterance, read_utterances, word_error_rate

ROOT = Path(__file__).resolve().parents[3]
PACKS = ROOT / ".work" / "packs"
SPEECH = ROOT.parent / "shared" / "speech" / "dev.jsonl"
BATCH = 8


def pack_folder(model: str, recipe: str) -> Path:
    folder = PACKS / recipe / model
    if not (folder / "manifest.json").exists():
        from convert import BASE, TINY, convert_whisper

        convert_whisper(model, {"base": BASE, "tiny": TINY}[model], recipe, folder)
    return folder


def recognise(pack: Recogniser, utterances: list[Utterance]) -> list[str]:
    heard = []
    for start in range(0, len(utterances), BATCH):
        encoded = [pack.encode(log_mel(u.samples)[None])[1:] for u in utterances[start : start + BATCH]]
        memory = [np.concatenate(tensors) for tensors in zip(*encoded)]
        heard += [pack.text(tokens) for tokens in pack.decode(memory)]
    return heard


def times(packs: list[Recogniser], samples: np.ndarray, rounds: int) -> list[tuple[float, float]]:
    """Least seconds a window of the encoder and a step of the decoder, over rounds in which the packs take turns."""
    mel = log_mel(samples)[None]
    least = [[np.inf, np.inf] for _ in packs]
    for _ in range(rounds):
        for pack, best in zip(packs, least):
            n = pack.manifest["dimensions"]
            begin = time.perf_counter()
            memory = pack.encode(mel)[1:]
            best[0] = min(best[0], time.perf_counter() - begin)
            memory = [np.repeat(tensor, BATCH, 0) for tensor in memory]
            past = [np.zeros((BATCH, n["heads"], 30, 64), np.float32)] * (2 * n["decoderLayers"])
            token, bias = np.full((BATCH, 1), 314), np.zeros((BATCH, 1, 1, 1500), np.float32)
            for _ in range(8):
                begin = time.perf_counter()
                pack.step(token, 30, past, memory, bias)
                best[1] = min(best[1], time.perf_counter() - begin)
    return [(encoder, decoder) for encoder, decoder in least]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("model", choices=["base", "tiny"])
    arguments.add_argument("recipes", nargs="+")
    arguments.add_argument("--sets", nargs="+", default=["librispeech"])
    arguments.add_argument("--limit", type=int, default=10_000, help="most utterances of a set")
    arguments.add_argument("--time-only", action="store_true")
    given = arguments.parse_args()
    folders = [pack_folder(given.model, recipe) for recipe in given.recipes]
    packs = [Recogniser(f / "encoder.onnx", f / "decoder.onnx", f) for f in folders]
    utterances = read_utterances(SPEECH, given.sets, given.limit)
    utterances.sort(key=lambda u: (u.set, len(u.samples)))
    timed = times(packs, utterances[-1].samples, rounds=6)
    sets = [] if given.time_only else given.sets
    print("| recipe | MB | encoder | decoder |", *(f"{name} WER % |" for name in sets))
    print("|---|---|---|---|" + "---|" * len(sets))
    for recipe, folder, pack, (encoder, decoder) in zip(given.recipes, folders, packs, timed):
        size = sum((folder / file).stat().st_size for file in ("encoder.onnx", "decoder.onnx")) / 1e6
        ratios = f"{timed[0][0] / encoder:.2f}x ({encoder:.3f} s) | {timed[0][1] / decoder:.2f}x ({decoder * 1e3:.0f} ms)"
        print(f"| {recipe} | {size:.0f} | {ratios} |", end="", flush=True)
        for name in sets:
            of_set = [u for u in utterances if u.set == name]
            print(f" {word_error_rate(of_set, recognise(pack, of_set)):.2f} |", end="", flush=True)
        print()


if __name__ == "__main__":
    main()
