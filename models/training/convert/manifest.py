"""Writes a pack's manifest.json, by which the engine checks every file and learns the model's constants."""

import json
from pathlib import Path

from sources import WhisperFiles, WhisperSource, sha256_of
from whisper import Dimensions


def special_tokens(tokenizer: dict, vocabulary: int) -> dict:
    """The ids of Whisper's special tokens; timestamps follow <|notimestamps|> in steps of 20 ms and end the vocabulary."""
    ids = {token["content"]: token["id"] for token in tokenizer["added_tokens"]}
    named = {
        "sot": "<|startoftranscript|>",
        "eot": "<|endoftext|>",
        "translate": "<|translate|>",
        "transcribe": "<|transcribe|>",
        "startOfLm": "<|startoflm|>",
        "startOfPrevious": "<|startofprev|>",
        "noSpeech": "<|nocaptions|>",
        "noTimestamps": "<|notimestamps|>",
    }
    tokens = {name: ids[content] for name, content in named.items()}
    tokens["timestampBegin"] = tokens["noTimestamps"] + 1
    if vocabulary - tokens["timestampBegin"] != 1501:
        raise ValueError("the vocabulary does not end with the 1501 timestamps from 0 s to 30 s")
    tokens["blank"] = tokenizer["model"]["vocab"]["\u0120"]
    first, last = tokens["sot"] + 1, min(tokens["translate"], tokens["transcribe"]) - 1
    tokens["languages"] = {content[2:-2]: i for content, i in ids.items() if first <= i <= last}
    return tokens


def recognizer_fields(source: WhisperSource, files: WhisperFiles, dimensions: Dimensions, quantization: dict) -> dict:
    tokenizer = json.loads(files.tokenizer.read_text())
    tokens = special_tokens(tokenizer, dimensions.vocabulary)
    multilingual = not source.model.endswith(".en")
    if not multilingual:
        tokens["languages"] = {"en": tokens["languages"]["en"]}
    return {
        "kind": "recognizer",
        "license": "MIT",
        "source": source.citation,
        "multilingual": multilingual,
        "languages": list(tokens["languages"]),
        "audioContext": "padded",
        "quantization": quantization,
        "dimensions": {
            "state": dimensions.state,
            "heads": dimensions.heads,
            "encoderLayers": dimensions.encoder_layers,
            "decoderLayers": dimensions.decoder_layers,
            "vocabulary": dimensions.vocabulary,
            "mels": dimensions.mels,
            "maxFrames": 2 * dimensions.max_states,
            "maxTokens": dimensions.max_tokens,
        },
        "tokens": tokens,
        "suppressedTokens": files.config["suppress_ids"],
        "beginSuppressedTokens": files.config["suppress_ids_begin"],
        "alignmentHeads": files.config["alignment_heads"],
    }


def write_manifest(folder: Path, name: str, version: str, files: list[str], fields: dict) -> None:
    listed = {f: {"sha256": sha256_of(folder / f), "bytes": (folder / f).stat().st_size} for f in files}
    manifest = {"name": name, "version": version, **fields, "files": listed}
    text = json.dumps(manifest, indent=2)
    (folder / "manifest.json").write_text(text + "\n")
