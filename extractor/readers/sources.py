"""Which documents the arguments of a command name: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from extractor.errors import NoDocuments
from extractor.readers.object_store import find_objects, is_url
from extractor.readers.registry import registry
from extractor.readers.selection import Selection
from extractor.readers.streams import STANDARD_INPUT


class Sources:
    """The documents that arguments name, each once, in order; ``read_file`` reads them.

    A folder stands for the files in it and below that a reader knows, sorted, hidden ones left out; a pattern for what
    it matches, where the shell has not expanded it. What is missing is among them all the same: reading it fails, and
    the others are read. So it is with a folder or a pattern without documents, where there are others.

    They are looked up anew whenever they are iterated over, so a million files in folders need no memory. ``skipped``
    says how many the ``selection`` has left out by then; ``limit`` ends them after so many. Raises ``NoDocuments``
    where there are none at all.
    """

    def __init__(
        self, arguments: Sequence[str], *, selection: Selection | None = None, limit: int | None = None
    ) -> None:
        self.arguments = arguments
        self.selection = selection or Selection()
        self.limit = limit
        self.skipped = 0

    @property
    def open_ended(self) -> bool:
        """Whether a folder is among the arguments, which may hold any number of documents."""
        return any(
            argument.endswith("/") if is_url(argument) else argument != STANDARD_INPUT and _is_folder(argument)
            for argument in self.arguments
        )

    def __iter__(self) -> Iterator[str]:
        self.skipped = 0
        return islice(self._once(), self.limit)

    def _once(self) -> Iterator[str]:
        """The wanted documents; nothing is remembered where none can come twice."""
        if len(self.arguments) == 1 and _is_folder(self.arguments[0]):
            yield from self._wanted()
            return
        seen: set[str] = set()
        for source in self._wanted():
            if source not in seen:
                seen.add(source)
                yield source

    def _wanted(self) -> Iterator[str]:
        barren: dict[str, NoDocuments] = {}
        found = False
        for argument in self.arguments:
            try:
                for path, beneath in _expanded(argument):
                    found = True
                    if path == STANDARD_INPUT or self.selection.takes(path, beneath):
                        yield path
                    else:
                        self.skipped += 1
            except NoDocuments as error:
                barren[argument] = error
        if not found:
            raise next(iter(barren.values()))
        yield from barren


def _beneath(url: str, folder: str) -> str:
    """The path of an object within the folder that was named, or its whole path."""
    beginning = folder.rstrip("/") + "/"
    return url.removeprefix(beginning) if url.startswith(beginning) else url.partition("://")[2]


def _expanded(argument: str) -> Iterator[tuple[str, str]]:
    """The files that an argument stands for, and the path of each by which it is selected."""
    if is_url(argument):
        yield from ((url, _beneath(url, argument)) for url in find_objects(argument))
    elif _is_folder(argument) and argument != STANDARD_INPUT:
        yield from _of_folder(argument)
    elif argument != STANDARD_INPUT and glob.has_magic(argument) and not _exists(argument):
        yield from _of_pattern(argument)
    else:
        yield argument, Path(argument).as_posix()


def _is_folder(argument: str) -> bool:
    """Whether it is a folder; what the system does not even look up, as too long a name, is none."""
    try:
        return Path(argument).is_dir()
    except OSError:
        return False


def _exists(argument: str) -> bool:
    try:
        return Path(argument).exists()
    except OSError:
        return False


def _of_folder(folder: str) -> Iterator[tuple[str, str]]:
    empty = True
    for path in _walk(folder):
        empty = False
        yield path, Path(path).relative_to(folder).as_posix()
    if empty:
        raise NoDocuments(
            f"no documents in this folder; it would have to hold {', '.join(sorted(registry().by_suffix))}",
            source=folder,
        )


def _walk(folder: str) -> Iterator[str]:
    """The documents in and below a folder; a folder that cannot be listed stands for itself."""
    unreadable: list[str] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(str(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and registry().knows(name):
                yield Path(place, name).as_posix()
    yield from unreadable


def _of_pattern(pattern: str) -> Iterator[tuple[str, str]]:
    empty = True
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 -- Path.glob takes no absolute pattern
        for path in _walk(match) if Path(match).is_dir() else (match,):
            empty = False
            yield path, Path(path).as_posix()
    if empty:
        raise NoDocuments("nothing matches this pattern", source=pattern)
