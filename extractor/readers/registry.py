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
from extractor.errors import DamagedDocument, NotText, UnsupportedFormat
from extractor.readers.detection import ARCHIVE, BINARY, MAIL, begins_like_mail, media_type_of
from extractor.readers.documents import MAX_FILE, check_size, make_document
from extractor.readers.docx import DocxReader
from extractor.readers.html import HtmlReader
from extractor.readers.mail import MailReader
from extractor.readers.markdown import MarkdownReader
from extractor.readers.odt import OdtReader
from extractor.readers.pdf import PdfReader
from extractor.readers.plain import PlainReader
from extractor.readers.streams import open_source, read_most, uri_of

GROUP = "extractor.readers"
"""The entry point group in which packages offer readers: name = "package.module:READER"."""

_LOG = logging.getLogger(__name__)
_BUILT_IN = (PlainReader, MarkdownReader, HtmlReader, PdfReader, DocxReader, OdtReader, MailReader)


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
        """The reader for a media type, else for what the bytes show, else for a suffix, else that for plain text.

        Raises ``UnsupportedFormat`` for a media type or a signature that no reader knows.
        """
        if media_type is not None:
            essence = media_type.partition(";")[0].strip().lower()
            if essence not in self.by_media_type:
                raise UnsupportedFormat(f"no reader knows the media type {essence!r}", source=uri)
            return self.by_media_type[essence]
        reader = self.by_suffix.get(PurePath(uri).suffix.lower())
        if reader is not None and not isinstance(reader, _BUILT_IN):
            return reader
        shown = media_type_of(data, uri)
        if shown is not None:
            return self.by_media_type[shown]
        if reader is None or not BINARY.isdisjoint(reader.media_types):
            return self.default
        if MAIL in reader.media_types and not begins_like_mail(data):
            return self.default
        return reader


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The readers of this package, then those that other packages offer, by name."""
    found = Registry([reader() for reader in _BUILT_IN])
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


def is_plain(data: bytes, uri: str) -> bool:
    """Whether bytes are read as plain text or Markdown, which takes time and memory in proportion to their number.

    Raises ``UnsupportedFormat`` for a signature that no reader knows.
    """
    return not data.startswith(ARCHIVE) and type(registry().reader_for(data, uri)) in (PlainReader, MarkdownReader)


def read_file(path: str | os.PathLike[str]) -> Document:
    """Read a file; "-" is standard input.

    Raises ``SourceError`` for one that is missing, unreadable, no text, empty or too large.
    """
    with open_source(path) as file:
        data = read_most(file, MAX_FILE + 1)
    return read_bytes(data, uri=uri_of(path))


def read_bytes(data: bytes, *, uri: str, media_type: str | None = None) -> Document:
    """Read a document from bytes; its format is ``media_type``, else what they show, else by the suffix of ``uri``.

    Raises ``SourceError`` for one that cannot be read.
    """
    check_size(data, uri, MAX_FILE)
    try:
        return registry().reader_for(data, uri, media_type).read(data, uri)
    except RecursionError:
        raise DamagedDocument("its parts are nested too deeply", source=uri) from None


def read_text(text: str, *, uri: str = "text:") -> Document:
    """Read a document from a text, which stays as it is; ``sha256`` is that of its UTF-8 bytes."""
    if not isinstance(text, str):
        raise TypeError(f"a text is a str, not {type(text).__name__}; bytes are for read_bytes")
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotText(f"character {error.start} is half of a surrogate pair", source=uri) from None
    return make_document(text, data, uri=uri, media_type="text/plain")
