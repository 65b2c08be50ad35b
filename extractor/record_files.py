"""Records from files: one JSON object, an array of them, or one a line (JSON Lines).

JSON Lines are streamed: memory does not grow with the file, but for 80 bytes for each report's id.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from pydantic import ValidationError

from extractor.errors import (
    BadRecord,
    ExtractorError,
    NoDocuments,
    SourceNotFound,
    SourceUnreadable,
    UnknownSchemaVersion,
)
from extractor.records import SCHEMA_VERSION, ErrorRecord, Report

STANDARD_INPUT = "-"
SUFFIXES = (".json", ".jsonl", ".ndjson")
"""The files of a folder that are read."""
MAX_LINE_BYTES = 64_000_000
"""The longest line of JSON Lines."""
MAX_FILE_BYTES = 512_000_000
"""The largest file that is no JSON Lines: an indented object, an array."""

_LINES = (".jsonl", ".ndjson")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_Place = str
_Tell = Callable[[ExtractorError], None]


def read_reports(
    paths: Sequence[str | Path],
    *,
    on_fault: _Tell | None = None,
    on_skip: Callable[[str], None] | None = None,
) -> Iterator[Report]:
    """The reports in files, in order; ``-`` is standard input, a folder the records in and below it.

    Reports are validated as they come. What is no valid record is handed to ``on_fault`` and the
    others are read; without ``on_fault`` it is raised: ``BadRecord`` says where and what is wrong,
    ``UnknownSchemaVersion`` that the record is of another version, ``SourceError`` that a file
    cannot be read. ``on_skip`` is told what is left out and no fault: the error records of a batch,
    and a second, different record of the same report (equal ``id``). Of these the first counts;
    equal ones are one. ``NoDocuments`` is raised for a folder without records.
    """
    tell = on_fault or _raise
    skip = on_skip or (lambda _: None)
    seen: dict[str, bytes] = {}
    for source in _sources(paths):
        try:
            yield from _once(_records(source, tell), seen, skip)
        except ExtractorError as error:
            tell(error)


def _raise(error: ExtractorError) -> None:
    raise error


def _sources(paths: Sequence[str | Path]) -> list[str]:
    if isinstance(paths, (str, Path)):
        raise TypeError("read_reports takes several paths; put the one into a list")
    found: dict[str, None] = {}
    for path in (os.fspath(path) for path in paths):
        if path != STANDARD_INPUT and Path(path).is_dir():
            files = list(_of_folder(path))
            if not files:
                raise NoDocuments(
                    f"no records in this folder; it would have to hold {', '.join(SUFFIXES)}", source=path
                )
            found |= dict.fromkeys(files)
        else:
            found[path] = None
    return list(found)


def _of_folder(folder: str) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(place, name).as_posix()


def _once(
    records: Iterator[tuple[_Place, Report | ErrorRecord]], seen: dict[str, bytes], skip: Callable[[str], None]
) -> Iterator[Report]:
    for place, record in records:
        if isinstance(record, ErrorRecord):
            skip(f"{place}: an error record: {record.source}: {record.message} [{record.code}]")
            continue
        content = blake2b(record.model_dump_json().encode(), digest_size=16).digest()
        if record.id not in seen:
            seen[record.id] = content
            yield record
        elif seen[record.id] != content:
            skip(f"{place}: another record of {record.source.uri}, id {record.id}, came before; that one counts")


def _records(source: str, tell: _Tell) -> Iterator[tuple[_Place, Report | ErrorRecord]]:
    """The records of one file, each with the place where it stands."""
    with _opened(source) as file:
        name = "standard input" if source == STANDARD_INPUT else source
        first = _first_line(file, name)
        if source.lower().endswith(_LINES) or (first.startswith(b"{") and first.rstrip().endswith(b"}")):
            yield from _from_lines(_lines(file, first), name, tell)
        else:
            yield from _from_document(first + _rest(file, len(first), name), name, tell)


@contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    if source == STANDARD_INPUT:
        from extractor.readers.streams import standard_input

        yield standard_input()
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 -- what goes wrong later is not about opening
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise SourceNotFound("there is no such file", source=source) from None
    except OSError as error:
        raise SourceUnreadable(f"it cannot be read: {error.strerror or error}", source=source) from None
    with file:
        yield file


def _first_line(file: BinaryIO, name: str) -> bytes:
    """What stands in front of the first line break, without a byte order mark."""
    line = file.readline(MAX_FILE_BYTES + 1).removeprefix(_BYTE_ORDER_MARK)
    if len(line) > MAX_FILE_BYTES:
        raise BadRecord(f"a line of more than {MAX_FILE_BYTES:,} bytes", source=name)
    return line


def _rest(file: BinaryIO, read: int, name: str) -> bytes:
    rest = file.read(MAX_FILE_BYTES - read + 1)
    if len(rest) + read > MAX_FILE_BYTES:
        raise BadRecord(f"more than {MAX_FILE_BYTES:,} bytes; write records one a line (--format jsonl)", source=name)
    return rest


def _lines(file: BinaryIO, first: bytes) -> Iterator[bytes | None]:
    """Line after line; None for one that is too long, which is read over."""
    yield first if len(first) <= MAX_LINE_BYTES else None
    while line := file.readline(MAX_LINE_BYTES + 1):
        if len(line) <= MAX_LINE_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES)
        yield None


def _from_lines(lines: Iterator[bytes | None], name: str, tell: _Tell) -> Iterator[tuple[_Place, Report | ErrorRecord]]:
    for number, line in enumerate(lines, start=1):
        place = f"{name}, line {number}"
        try:
            if line is None:
                raise BadRecord(f"a line of more than {MAX_LINE_BYTES:,} bytes", source=place)
            if line.strip():
                yield place, _record(line, place)
        except ExtractorError as error:
            tell(error)


def _from_document(data: bytes, name: str, tell: _Tell) -> Iterator[tuple[_Place, Report | ErrorRecord]]:
    """The records of a file that is one JSON text, or JSON Lines whose first line is broken."""
    try:
        value = _json(data, name)
    except BadRecord:
        lines = data.splitlines(keepends=True)
        if not any(line.startswith(b"{") and line.rstrip().endswith(b"}") for line in lines):
            raise
        yield from _from_lines(chain(lines), name, tell)
        return
    if not isinstance(value, list):
        yield name, _checked(value, name)
        return
    for index, item in enumerate(value):
        place = f"{name}, record {index + 1}"
        try:
            yield place, _checked(item, place)
        except BadRecord as error:
            tell(error)


def _record(data: bytes, place: _Place) -> Report | ErrorRecord:
    try:
        return Report.model_validate_json(data, strict=True)
    except ValidationError:
        return _checked(_json(data, place), place)


def _json(data: bytes, place: _Place) -> Any:
    try:
        return json.loads(data.decode("utf-8"))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise BadRecord(f"no JSON: {error.msg} at {where}", source=place) from None
    except UnicodeDecodeError as error:
        raise BadRecord(f"no JSON: byte {error.start + 1} is not UTF-8", source=place) from None
    except RecursionError:
        raise BadRecord("no record: nested too deeply", source=place) from None
    except ValueError as error:
        raise BadRecord(f"no record: {error}", source=place) from None


def _checked(value: Any, place: _Place) -> Report | ErrorRecord:
    """A JSON value as the record that it is."""
    if not isinstance(value, dict):
        raise BadRecord("no record: a JSON object was expected", source=place)
    if value.keys() == ErrorRecord.model_fields.keys():
        return _validated(ErrorRecord, value, place)
    version = value.get("schema_version")
    if version is None:
        raise BadRecord("no record: it has no schema_version; `extractor extract` writes records", source=place)
    if version != SCHEMA_VERSION:
        raise UnknownSchemaVersion(
            f"schema_version is {str(version)[:20]!r}, this program knows {SCHEMA_VERSION!r}; extract it anew",
            source=place,
        )
    return _validated(Report, value, place)


_Record = TypeVar("_Record", Report, ErrorRecord)


def _validated(model: type[_Record], value: Any, place: _Place) -> _Record:
    try:
        return model.model_validate(value, strict=True)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, fault["loc"]))[:200]
        raise BadRecord(f"no valid record: {field}: {fault['msg'][:200]}", source=place) from None
