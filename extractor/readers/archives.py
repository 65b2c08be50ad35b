"""Office documents as archives: parts are read within limits, their XML without entities."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile

from extractor.errors import DamagedDocument, DocumentTooLarge, EncryptedDocument

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_PART = 50_000_000
"""Bytes that a part may unpack to, about ten times the longest text."""
MAX_MEMBERS = 10_000
_MOST_RATIO, _RATIO_COUNTS_FROM = 250, 2_000_000
_ENCRYPTED = 0x1


class Archive:
    """An office document's parts, by name."""

    def __init__(self, data: bytes, uri: str) -> None:
        self.uri = uri
        with damaged(uri):
            self._zip = ZipFile(io.BytesIO(data))
        names = self._zip.namelist()
        if len(names) > MAX_MEMBERS:
            raise DamagedDocument(f"it has more than {MAX_MEMBERS:,} parts", source=uri)
        self.names = frozenset(names)

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises ``DamagedDocument`` for one that is missing, damaged or packed like a bomb,
        ``EncryptedDocument`` for one that needs a password, ``DocumentTooLarge`` for more than ``MAX_PART``.
        """
        with damaged(self.uri):
            info = self._zip.getinfo(name)
            if info.flag_bits & _ENCRYPTED:
                raise EncryptedDocument("it is encrypted; save it without a password", source=self.uri)
            if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise DamagedDocument(f"its part {name} is packed as no office program does", source=self.uri)
            with self._zip.open(info) as part:
                data = part.read(MAX_PART + 1)
        if len(data) > max(_RATIO_COUNTS_FROM, _MOST_RATIO * info.compress_size):
            raise DamagedDocument(f"its part {name} unpacks to more than {_MOST_RATIO} times its size", source=self.uri)
        if len(data) > MAX_PART:
            raise DocumentTooLarge(f"its part {name} unpacks to more than {MAX_PART:,} bytes", source=self.uri)
        return data

    def xml(self, name: str) -> Element:
        """The root element of a part; see ``parse_xml``."""
        return parse_xml(self.read(name), self.uri)

    def optional_xml(self, name: str) -> Element | None:
        """The root element of a part that not every document has."""
        return self.xml(name) if name in self.names else None


def parse_xml(data: bytes, uri: str) -> Element:
    """The root element of an XML document; one with a document type is damaged, so none declares entities."""
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        _refuse_document_type(data, uri)
        return fromstring(data)  # noqa: S314 -- without a document type there are no entities to expand or to fetch
    except (ParseError, ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise DamagedDocument(f"its XML is not well-formed: {error}", source=uri) from None


class _RootReached(Exception):
    """What stands above the root element has been seen."""


def _refuse_document_type(data: bytes, uri: str) -> None:
    """Raise ``DamagedDocument`` for a document type, which can only stand above the root element."""

    def refuse(*_: object) -> None:
        raise DamagedDocument("its XML has a document type, which no office program writes", source=uri)

    def stop(*_: object) -> None:
        raise _RootReached

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    with suppress(_RootReached):
        parser.Parse(data, True)


@contextmanager
def damaged(uri: str) -> Iterator[None]:
    """Turn what reading a broken archive raises into ``DamagedDocument``."""
    try:
        yield
    except KeyError as error:
        raise DamagedDocument(f"a part is missing: {error.args[0]}", source=uri) from None
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, struct.error, OSError, NotImplementedError) as error:
        raise DamagedDocument(f"it is damaged: {error}; save it anew", source=uri) from None
    except (ValueError, OverflowError, UnicodeError) as error:
        raise DamagedDocument(f"it is damaged: {error}", source=uri) from None
