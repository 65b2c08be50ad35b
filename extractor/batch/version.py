"""What a record depends on beside the document: this program, its resources, its libraries, the settings."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path

from extractor.readers.registry import GROUP
from extractor.scaling.outcomes import Settings

_PACKAGE = Path(__file__).parents[1]
_NAME = re.compile(r"[\w.-]+")


def fingerprint(settings: Settings) -> str:
    """A digest that differs wherever records may differ; equal ones promise the same bytes.

    Files of this package count by name, size and time of last change, so that hundreds of them take no time.
    """
    parts = [platform.python_version(), json.dumps(asdict(settings)), *_files(), *_libraries(settings.ner)]
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _files() -> Iterator[str]:
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            state = path.stat()
            yield f"{path.relative_to(_PACKAGE).as_posix()} {state.st_size} {state.st_mtime_ns}"


def _libraries(model: str) -> Iterator[str]:
    names = {match[0] for line in requires("extractor") or () if (match := _NAME.match(line))}
    names |= {entry.dist.name for entry in entry_points(group=GROUP) if entry.dist is not None}
    for name in sorted({*names, model.partition(":")[2]} - {"", "extractor"}):
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} is not installed"
