"""Reads a CTranslate2 `model.bin`, format version 6."""

import struct
from pathlib import Path

import numpy as np

# Data type numbers of CTranslate2 (include/ctranslate2/types.h).
DTYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def read_checkpoint(path: Path) -> dict[str, np.ndarray]:
    """Returns the tensors by name; an alias is the same array under a second name.

    Layout, little endian: version u32, specification name, revision u32, number of tensors u32; per tensor: name,
    rank u8, dimensions u32, data type u8, number of bytes u32, data; then number of aliases u32 and per alias its
    name and the name it stands for. A string is its length u16 (with the closing zero) and its bytes.
    """
    data = memoryview(path.read_bytes())
    position = 0

    def take(count: int) -> memoryview:
        nonlocal position
        if position + count > len(data):
            raise ValueError(f"{path} is cut short")
        position += count
        return data[position - count : position]

    def number(code: str) -> int:
        return struct.unpack("<" + code, take(struct.calcsize(code)))[0]

    def string() -> str:
        return bytes(take(number("H"))[:-1]).decode()

    version, specification = number("I"), string()
    if (version, specification) != (6, "WhisperSpec"):
        raise ValueError(f"{path} is {specification} version {version}, not WhisperSpec version 6")
    number("I")  # revision of the specification
    tensors: dict[str, np.ndarray] = {}
    for _ in range(number("I")):
        name = string()
        shape = [number("I") for _ in range(number("B"))]
        dtype = DTYPES[number("B")]
        tensors[name] = np.frombuffer(take(number("I")), dtype).reshape(shape)
    for _ in range(number("I")):
        alias, name = string(), string()
        tensors[alias] = tensors[name]
    return tensors
