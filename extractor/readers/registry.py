"""The registry of readers, and what reads a file, bytes or a text with the reader that fits."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import Protocol, runtime_checkable

from extractor.document import Document
from extractor.errors import NotText, UnsupportedFormat
from extractor.readers.documents import MAX_BYTES, check_size, make_document
from extractor.readers.markdown import MarkdownReader
from extractor.readers.plain import PlainReader
from extractor.readers.streams import open_source, uri_of

GROUP = "extractor.readers"
"""The entry point group in which packages offer readers: name = "package.module:READER"."""

_LOG = logging.getLogger(__name__)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"PK\x03\x04", "an office document or archive (ZIP)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (OLE)"),
)


@runtime_checkable
class Reader(Protocol):
    """What reads a format: which file names and media types it knows, and how bytes become a document."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name suffixes, lower case, with the dot."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """Media types, the preferred one first."""

    def read(self, data: bytes, uri: str) -> Document:
        """Read a document; raises ``SourceError`` for one that cannot be read."""


class Registry:
    """Readers by suffix and by media type; the first that names one keeps it."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self.by_suffix: dict[str, Reader] = {}
        self.by_media_type: dict[str, Reader] = {}
        self.default = readers[0]
        for reader in readers:
            self.add(reader)

    def add(self, reader: Reader) -> None:
        """Register a reader for what no earlier one reads."""
        for suffix in reader.suffixes:
            self.by_suffix.setdefault(suffix.lower(), reader)
        for media_type in reader.media_types:
            self.by_media_type.setdefault(media_type, reader)

    def knows(self, path: str) -> bool:
        """Whether a reader names the suffix of a path."""
        return PurePath(path).suffix.lower() in self.by_suffix

    def reader_for(self, data: bytes, uri: str, media_type: str | None = None) -> Reader:
        """The reader for a media type, else for a suffix, else that for plain text.

        Raises ``UnsupportedFormat`` for a media type or a signature that no reader knows.
        """
        if media_type is not None:
            essence = media_type.partition(";")[0].strip().lower()
            if essence not in self.by_media_type:
                raise UnsupportedFormat(f"no reader knows the media type {essence!r}", source=uri)
            return self.by_media_type[essence]
        suffix = PurePath(uri).suffix.lower()
        reader = self.by_suffix.get(suffix)
        if reader is None or reader is self.default:
            for signature, name in _SIGNATURES:
                if data.startswith(signature):
                    raise UnsupportedFormat(f"it is {name}, which no reader knows; save it as plain text", source=uri)
        return reader or self.default


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The readers of this package, then those that other packages offer, by name."""
    found = Registry([PlainReader(), MarkdownReader()])
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            offered = entry.load()
            reader = offered() if isinstance(offered, type) else offered
        except Exception as error:
            _LOG.warning("the reader %s (%s) cannot be loaded: %s", entry.name, entry.value, error)
            continue
        if isinstance(reader, Reader):
            found.add(reader)
        else:
            _LOG.warning("%s (%s) is no reader: it lacks suffixes, media_types or read", entry.name, entry.value)
    return found


def read_file(path: str | os.PathLike[str]) -> Document:
    """Read a file; "-" is standard input.

    Raises ``SourceError`` for one that is missing, unreadable, no text, empty or too large.
    """
    with open_source(path) as file:
        data = file.read(MAX_BYTES + 1)
    return read_bytes(data, uri=uri_of(path))


def read_bytes(data: bytes, *, uri: str, media_type: str | None = None) -> Document:
    """Read a document from bytes; its format is that of ``media_type``, else of the suffix of ``uri``."""
    check_size(data, uri)
    return registry().reader_for(data, uri, media_type).read(data, uri)


def read_text(text: str, *, uri: str = "text:") -> Document:
    """Read a document from a text, which stays as it is; ``sha256`` is that of its UTF-8 bytes."""
    if not isinstance(text, str):
        raise TypeError(f"a text is a str, not {type(text).__name__}; bytes are for read_bytes")
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotText(f"character {error.start} is half of a surrogate pair", source=uri) from None
    return make_document(text, data, uri=uri, media_type="text/plain")
