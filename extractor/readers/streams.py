"""Files that are read piece by piece, and what goes wrong with any file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from extractor.errors import SourceNotFound, SourceUnreadable

STANDARD_INPUT = "-"
_CHUNK = 1 << 20


def uri_of(path: str | os.PathLike[str]) -> str:
    """A path as given, with slashes; bytes of a file name that are no text are escaped."""
    name = os.fspath(path)
    if os.sep != "/":
        name = name.replace(os.sep, "/")
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def standard_input() -> BinaryIO:
    """Standard input; raises ``SourceUnreadable`` where the command was started without one."""
    if sys.stdin is None:
        raise SourceUnreadable("standard input is closed", source=STANDARD_INPUT)
    return sys.stdin.buffer


@contextmanager
def open_source(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a file to read its bytes; "-" is standard input.

    Raises ``SourceNotFound`` or ``SourceUnreadable``, also for what goes wrong while it is read.
    """
    name = os.fspath(path)
    uri = uri_of(name)
    if "\0" in name:
        raise SourceNotFound("there is no such file", source=uri)
    try:
        with nullcontext(standard_input()) if name == STANDARD_INPUT else Path(name).open("rb") as file:
            yield file
    except (FileNotFoundError, NotADirectoryError):
        raise SourceNotFound("there is no such file", source=uri) from None
    except IsADirectoryError:
        raise SourceUnreadable("it is a folder; name the files in it", source=uri) from None
    except OSError as error:
        raise SourceUnreadable(f"it cannot be read: {error.strerror or error}", source=uri) from None


def read_most(file: BinaryIO, most: int) -> bytes:
    """What a file holds, at most so many bytes; memory is taken only for those that are there."""
    chunks: list[bytes] = []
    while most > 0 and (chunk := file.read(min(most, _CHUNK))):
        chunks.append(chunk)
        most -= len(chunk)
    return b"".join(chunks)


def read_lines(file: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """Read lines without their ends; None stands for one of more than ``longest`` bytes, which is skipped."""
    while line := file.readline(longest + 2):
        whole = line.endswith(b"\n")
        if whole or len(line) <= longest:
            yield line.rstrip(b"\r\n")
            continue
        while not whole and (rest := file.readline(_CHUNK)):
            whole = rest.endswith(b"\n")
        yield None
