"""Which documents the arguments of a command name: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.errors import NoDocuments
from extractor.readers.registry import registry
from extractor.readers.streams import STANDARD_INPUT


def find_sources(arguments: Iterable[str]) -> Iterator[str]:
    """The documents that arguments name, each once, in order; ``read_file`` reads them.

    A folder stands for the files in it and below that a reader knows, sorted, hidden ones left
    out; a pattern for what it matches, where the shell has not expanded it. What is missing is
    yielded all the same: reading it fails, and the others are read. A folder or a pattern without
    documents raises ``NoDocuments``.
    """
    seen: set[str] = set()
    for argument in arguments:
        for source in _expanded(argument):
            if source not in seen:
                seen.add(source)
                yield source


def _expanded(argument: str) -> Iterator[str]:
    if argument == STANDARD_INPUT or Path(argument).is_file():
        yield argument
    elif Path(argument).is_dir():
        yield from _of_folder(argument)
    elif glob.has_magic(argument) and not Path(argument).exists():
        yield from _of_pattern(argument)
    else:
        yield argument


def _of_folder(folder: str) -> Iterator[str]:
    found = list(_walk(folder))
    if not found:
        raise NoDocuments(
            f"no documents in this folder; it would have to hold {', '.join(sorted(registry().by_suffix))}",
            source=folder,
        )
    yield from found


def _walk(folder: str) -> Iterator[str]:
    """The documents in and below a folder; a folder that cannot be listed stands for itself."""
    unreadable: list[str] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(str(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and registry().knows(name):
                yield Path(place, name).as_posix()
    yield from unreadable


def _of_pattern(pattern: str) -> Iterator[str]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 -- Path.glob takes no absolute pattern
    found = [path for match in matches for path in (_walk(match) if Path(match).is_dir() else (match,))]
    if not found:
        raise NoDocuments("nothing matches this pattern", source=pattern)
    yield from found
