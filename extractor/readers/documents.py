"""What all readers end with: a text within limits becomes a ``Document``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from extractor.blocks import Mark, segment
from extractor.document import Block, BlockKind, Document, Notice, Source
from extractor.errors import DocumentTooLarge, EmptyDocument

MAX_CHARACTERS = 5_000_000
"""The longest text that is read, about 1,500 pages."""
MAX_BYTES = 20_000_000
"""The most bytes that are decoded: the longest text in the widest encoding."""
MAX_FILE = 100_000_000
"""The most bytes that a file with pictures may have."""

_VISIBLE = re.compile(r"[^\s\ufeff\u200b-\u200d\u2060\u00ad]")
_LONGEST_TITLE = 300
_MARKUP = "*_'`[]\u00ad"


def make_document(
    text: str,
    data: bytes,
    *,
    uri: str,
    media_type: str,
    title: str | None = None,
    published: str | None = None,
    marks: Sequence[Mark] = (),
    notices: Sequence[Notice] = (),
) -> Document:
    """The document that a text is; ``data`` is what it was read from.

    Without a ``title`` its first heading is taken. ``marks`` is what the format says about the text.
    Raises ``EmptyDocument`` for nothing but white space and ``DocumentTooLarge`` for too much.
    """
    check_length(len(text), uri)
    if not _VISIBLE.search(text):
        raise EmptyDocument("there is nothing in it but white space", source=uri)
    blocks = segment(text, marks)
    digest = sha256(data).hexdigest()
    title = " ".join((title or "").split())[:_LONGEST_TITLE] or title_of(text, blocks)
    return Document(text, blocks, Source(uri, media_type, digest, title, published), tuple(notices))


def check_length(length: int, uri: str) -> None:
    """Raise ``DocumentTooLarge`` for a text of more than ``MAX_CHARACTERS``."""
    if length > MAX_CHARACTERS:
        raise DocumentTooLarge(
            f"it has {length:,} characters, the limit is {MAX_CHARACTERS:,}; give each report a file", source=uri
        )


def check_size(data: bytes, uri: str, limit: int = MAX_BYTES) -> None:
    """Raise ``DocumentTooLarge`` for more bytes than ``limit``."""
    if len(data) > limit:
        raise DocumentTooLarge(f"it has more than {limit:,} bytes; give each report a file", source=uri)


def title_of(text: str, blocks: Sequence[Block]) -> str | None:
    """The first heading, inline markup and line breaks gone."""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            heading = text[block.start : block.end].translate(dict.fromkeys(map(ord, _MARKUP)))
            return " ".join(heading.split())[:_LONGEST_TITLE] or None
    return None
