"""The document: a text that never changes, its labelled blocks and its source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of the text is; labels, never deletions."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled stretch of the text.

    ``start`` and ``end`` are half-open code-point offsets into ``Document.text``. Blocks are in
    text order, do not overlap, and neither begin nor end with white space; what lies between two
    blocks is white space and markers: bullets and the numbers of items, "#" and "=" of headings,
    ">" of quotes, the outer bars of table rows, rules. Within a block that has several lines the
    line ends stay, and so do the markers of quoted lines.

    ``page`` and ``paragraph`` say where the block stands in its source, counted from 1, if the
    format has pages or paragraphs of its own: plain text has neither.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from.

    ``sha256`` is the hex digest of the bytes as read; ``published`` is a day in EDTF if the
    format itself states one (an e-mail header, a ``meta`` element).
    """

    uri: str
    media_type: str
    sha256: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader could not read or left out, for the warnings of the record."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text, fixed when the reader returns, with its blocks, its source and what it lacks."""

    text: str
    blocks: tuple[Block, ...]
    source: Source
    notices: tuple[Notice, ...] = ()
