"""What all readers end with: a text within limits becomes a ``Document``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from extractor.blocks import segment
from extractor.document import Block, BlockKind, Document, Source
from extractor.errors import DocumentTooLarge, EmptyDocument

MAX_CHARACTERS = 5_000_000
"""The longest text that is read, about 1,500 pages."""
MAX_BYTES = 20_000_000
"""The most bytes that are decoded: the longest text in the widest encoding."""

_VISIBLE = re.compile(r"[^\s\ufeff\u200b-\u200d\u2060\u00ad]")
_LONGEST_TITLE = 300
_MARKUP = "*_'`[]\u00ad"


def make_document(text: str, data: bytes, *, uri: str, media_type: str, published: str | None = None) -> Document:
    """The document that a text is; ``data`` is what it was read from.

    Raises ``EmptyDocument`` for nothing but white space and ``DocumentTooLarge`` for too much.
    """
    check_length(text, uri)
    if not _VISIBLE.search(text):
        raise EmptyDocument("there is nothing in it but white space", source=uri)
    blocks = segment(text)
    digest = sha256(data).hexdigest()
    return Document(text, blocks, Source(uri, media_type, digest, title_of(text, blocks), published))


def check_length(text: str, uri: str) -> None:
    """Raise ``DocumentTooLarge`` for a text of more than ``MAX_CHARACTERS``."""
    if len(text) > MAX_CHARACTERS:
        raise DocumentTooLarge(
            f"it has {len(text):,} characters, the limit is {MAX_CHARACTERS:,}; give each report a file", source=uri
        )


def check_size(data: bytes, uri: str) -> None:
    """Raise ``DocumentTooLarge`` for more than ``MAX_BYTES``."""
    if len(data) > MAX_BYTES:
        raise DocumentTooLarge(f"it has more than {MAX_BYTES:,} bytes; give each report a file", source=uri)


def title_of(text: str, blocks: Sequence[Block]) -> str | None:
    """The first heading, inline markup and line breaks gone."""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            heading = text[block.start : block.end].translate(dict.fromkeys(map(ord, _MARKUP)))
            return " ".join(heading.split())[:_LONGEST_TITLE] or None
    return None
