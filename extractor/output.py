"""Where records go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import errno
import glob
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor.errors import OutputUnwritable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_WRITER = re.compile(r"\.(\d{1,10})\.[^.]*\.part\Z")
"""The process that writes, or wrote, a file that has not got its name yet."""


_MAKE_ROOM = "; make room, or name a place that has some, and give the command again"
_WAYS_OUT = {
    errno.ENOSPC: _MAKE_ROOM,
    errno.EDQUOT: _MAKE_ROOM,
    errno.EFBIG: "; files may not be as large here (see `ulimit -f`): name another place, or write several",
}


class Layout(StrEnum):
    """How records follow each other."""

    OBJECT = "object"
    ARRAY = "array"
    LINES = "lines"


def write_records(records: Iterable[str], out: BinaryIO, layout: Layout) -> None:
    """Write records, each a JSON text, as they come."""
    if layout is Layout.ARRAY:
        _write_array(records, out)
        return
    for record in records:
        out.write(record.encode() + b"\n")
        out.flush()


def _write_array(records: Iterable[str], out: BinaryIO) -> None:
    separator = "\n"
    out.write(b"[")
    for record in records:
        out.write((separator + record).encode())
        separator = ",\n"
    out.write(b"]\n" if separator == "\n" else b"\n]\n")
    out.flush()


@contextmanager
def opened(path: Path | None, *, workplace: Path | None = None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only when the block ends without an error.

    Until then it stands in the folder ``workplace``, of the same file system, or beside its place. Devices and pipes
    are written to directly. Raises ``OutputUnwritable`` where nothing can be written.
    """
    if path is None:
        if sys.stdout is None:
            raise OutputUnwritable("cannot write: it is closed", source="standard output")
        yield sys.stdout.buffer
    elif is_device(path):
        with _usable(path):
            device = BufferedWriter(_Sink(path, path))
        with device:
            yield device
    else:
        with _replaced(path, workplace) as file:
            yield file


def is_device(path: Path) -> bool:
    """Whether a path is written to directly: a device or a pipe, no file that is there or will be."""
    return path.exists() and not path.is_file() and not path.is_dir()


def write_text(path: Path, text: str) -> None:
    """Write a document's text as it is, in UTF-8; it appears whole or not at all.

    Raises ``OutputUnwritable`` where nothing can be written.
    """
    with _replaced(path) as file:
        file.write(text.encode("utf-8"))


def make_folder(path: Path) -> None:
    """Make a folder if there is none; raises ``OutputUnwritable`` where that cannot be."""
    with _usable(path):
        path.mkdir(parents=True, exist_ok=True)


def remove_remains(folder: Path, name: str | None = None) -> None:
    """Remove what processes that were killed while they wrote a file have left in a folder: of one name, or of any.

    What a living process writes stays. On Windows nothing is removed, for there a process cannot be asked safely.
    """
    if sys.platform == "win32":
        return
    of_name = glob.escape(name[:100]) if name is not None else "*"
    for path in folder.glob(f".{of_name}.*.part"):
        writer = _WRITER.search(path.name)
        if writer is not None and not _is_alive(int(writer[1])):
            path.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextmanager
def _replaced(path: Path, workplace: Path | None = None) -> Iterator[BinaryIO]:
    target = path.resolve()
    with _usable(path):
        if target.is_dir():
            raise IsADirectoryError(f"{path} is a directory")
        descriptor, name = tempfile.mkstemp(
            dir=workplace or target.parent, prefix=f".{target.name[:100]}.{os.getpid()}.", suffix=".part"
        )
    temporary = Path(name)
    try:
        with BufferedWriter(_Sink(descriptor, path)) as file:
            yield file
        with _usable(path):
            temporary.chmod(_mode(target))
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """Permissions for the file: those it has, or those that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


class _Sink(FileIO):
    """A file that is written, open at a descriptor or to be opened; what goes wrong with it names its path."""

    def __init__(self, file: int | Path, path: Path) -> None:
        super().__init__(file, "wb")
        self._path = path

    def write(self, data: ReadableBuffer) -> int:
        """Write as much as fits; raises ``OutputUnwritable`` where nothing does."""
        with _usable(self._path):
            return super().write(data)

    def close(self) -> None:
        """Close it; some file systems tell only now that there was no room."""
        with _usable(self._path):
            super().close()


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(error, str(path)) from error


def unwritable(error: OSError, source: str) -> OutputUnwritable:
    """What is told of output that cannot be written, and what can be done."""
    way_out = _WAYS_OUT.get(error.errno or 0, "")
    return OutputUnwritable(f"cannot write: {error.strerror or error}{way_out}", source=source)
