"""Utterances of a manifest such as ../shared/speech/dev.jsonl: one JSON object a line, `set, file, start, dur, text`."""

import json
from dataclasses import dataclass
from pathlib import Path

import jiwer
import numpy as np
import soundfile
from whisper_normalizer.english import EnglishTextNormalizer

normalise = EnglishTextNormalizer()


@dataclass(frozen=True)
class Utterance:
    set: str
    text: str
    samples: np.ndarray  # float32 at 16 kHz


def read_utterances(manifest: Path, sets: list[str], limit: int) -> list[Utterance]:
    """At most `limit` of each set, spread over its length so that every speaker is heard."""
    lines = [json.loads(line) for line in manifest.read_text().splitlines()]
    recordings: dict[str, np.ndarray] = {}
    utterances = []
    for name in sets:
        of_set = [line for line in lines if line["set"] == name]
        for line in of_set[:: max(1, -(-len(of_set) // limit))]:
            file = line["file"]
            if file not in recordings:
                samples, rate = soundfile.read(manifest.parent / file, dtype="float32")
                if rate != 16000:
                    raise ValueError(f"{file} is at {rate} Hz")
                recordings[file] = samples
            start, stop = (round(16000 * s) for s in (line["start"], line["start"] + line["dur"]))
            utterances.append(Utterance(name, line["text"], recordings[file][start:stop]))
    return utterances


def word_error_rate(utterances: list[Utterance], heard: list[str]) -> float:
    """Percent, after Whisper's English text normalisation."""
    pairs = [(normalise(u.text), normalise(h)) for u, h in zip(utterances, heard)]
    return 100 * jiwer.wer([r for r, _ in pairs if r], [h for r, h in pairs if r])
