"""Makes a copy of onnxruntime that believes it runs on a processor with AVX2 but without AVX-512 and VNNI.

Int8 kernels differ there in speed and even in results: the AVX2 kernel for unsigned times signed bytes adds pairs of
products in 16 bits, which saturates unless the weights keep to 7 bits. Most laptops have no VNNI, so the choice of
quantisation must be measured without it.

    python cpu_without_vnni.py LIBRARY_FOLDER COPY     # folder that holds onnxruntime's shared library
    LD_PRELOAD=COPY/cpu_without_vnni.so PYTHONPATH=COPY/.. python ...

Every `cpuid` instruction of the copy becomes a breakpoint, and the preloaded library answers it with those features
left out. Needs objdump and a C compiler, Linux x64.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path


def cpuid_addresses(library: Path) -> list[int]:
    """Addresses of the `cpuid` instructions, from a real disassembly: the two bytes also occur inside other code."""
    listing = subprocess.run(["objdump", "-d", "--no-show-raw-insn", str(library)], capture_output=True, text=True, check=True)
    return [int(a, 16) for a in re.findall(r"^\s*([0-9a-f]+):\s+cpuid", listing.stdout, re.MULTILINE)]


def text_offset(library: Path) -> int:
    """What to subtract from an address in .text to get the position in the file."""
    headers = subprocess.run(["objdump", "-h", str(library)], capture_output=True, text=True, check=True).stdout
    address, position = re.search(r" \.text\s+\S+\s+(\S+)\s+\S+\s+(\S+)", headers).groups()
    return int(address, 16) - int(position, 16)


def patch(library: Path) -> int:
    code = bytearray(library.read_bytes())
    addresses = cpuid_addresses(library)
    offset = text_offset(library)
    for address in addresses:
        at = address - offset
        if code[at : at + 2] != b"\x0f\xa2":
            raise ValueError(f"{library}: no cpuid at {address:#x}")
        code[at : at + 2] = b"\xcc\x90"  # int3, nop
    library.write_bytes(code)
    return len(addresses)


def main() -> None:
    source, copy = Path(sys.argv[1]), Path(sys.argv[2])
    shutil.copytree(source, copy, dirs_exist_ok=True)
    for library in copy.rglob("*.so*"):
        if re.match(r"(onnxruntime_pybind11_state|libonnxruntime\.so)", library.name):
            print(f"{library}: {patch(library)} cpuid instructions replaced")
    shim = Path(__file__).with_suffix(".c")
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", str(copy / "cpu_without_vnni.so"), str(shim)], check=True)


if __name__ == "__main__":
    main()
