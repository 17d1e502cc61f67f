"""Whether an encoder trained on English still hears other languages: packs on synthetic speech, in the same run.

    python languages.py --packs .work/packs/stock/base models/base

Needs espeak-ng. Its voices are nobody's, so the rates say nothing about real speech in these languages; the
difference between two packs does say whether one has forgotten what the other knows.
"""
import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import jiwer
import librosa
from whisper_normalizer.basic import BasicTextNormalizer

from corpus import SAMPLE_RATE
from evaluate import join, mel_of

from recognise import Recogniser  # ../convert, on the path through model.py

SPEEDS = (130, 160)  # words a minute


def spoken(text, language, speed, folder):
    path = Path(folder) / "sentence.wav"
    subprocess.run(["espeak-ng", "-v", language, "-s", str(speed), "-w", str(path), text], check=True)
    return librosa.load(path, sr=SAMPLE_RATE)[0]


def measure(o):
    packs = {folder: Recogniser(folder / "encoder.onnx", folder / "decoder.onnx", folder) for folder in o.packs}
    sentences = json.loads((Path(__file__).parent / "languages.json").read_text())
    normalise = BasicTextNormalizer()
    print("| language | " + " | ".join(f"{folder} WER %" for folder in packs) + " |\n|---" + "|---" * len(packs) + "|")
    with tempfile.TemporaryDirectory() as folder:
        for language, texts in sentences.items():
            said = [(text, spoken(text, language, speed, folder)) for text in texts for speed in SPEEDS]
            rates = []
            for pack in packs.values():
                padded = pack.manifest["audioContext"] == "padded"
                memory, counts = join([pack.encode(mel_of(samples, padded).numpy())[1:] for _, samples in said])
                heard = [pack.text(ids) for ids in pack.decode(memory, counts, language=language)]
                rates.append(100 * jiwer.wer([normalise(t) for t, _ in said], [normalise(h) for h in heard]))
            print(f"| {language} | " + " | ".join(f"{r:.1f}" for r in rates) + " |", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--packs", nargs="+", type=Path, required=True)
    measure(options.parse_args())
