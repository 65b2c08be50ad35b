"""Plain text."""

from __future__ import annotations

from extractor.document import Document
from extractor.readers.documents import check_size, make_document
from extractor.readers.encoding import decode


class PlainReader:
    """Reads plain text in any encoding that German texts come in."""

    suffixes: tuple[str, ...] = (".txt", ".text")
    media_types: tuple[str, ...] = ("text/plain",)

    def read(self, data: bytes, uri: str) -> Document:
        """Read a document; raises ``SourceError`` for what is no text, empty or too large."""
        check_size(data, uri)
        return make_document(decode(data, uri), data, uri=uri, media_type=self.media_types[0])
