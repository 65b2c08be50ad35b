"""Composition: the pieces of a structured document become one text, with marks that tell where each stands.

Headings, paragraphs and captions stand on lines of their own, items behind their marker, rows with
their cells parted by " | ". What the source sets apart is parted by an empty line. All markers lie
outside of the marks, so they are no part of a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.blocks import Mark
from extractor.document import BlockKind
from extractor.readers.documents import check_length

CELL_END = " | "
_EMPTY_SHARE = 0.15
_MOST_PARAGRAPHS_OF_A_CELL, _LONGEST_CELL = 3, 600
_STRUCTURE = (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n")
_CONTROLS = dict.fromkeys([*range(9), *range(14, 32), *range(127, 133), *range(134, 160), 0xFFFE, 0xFFFF])
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Piece:
    """A paragraph, heading, item, row or caption as its format has it.

    Line feeds in ``text`` are line ends of the source; with ``joined`` they are mere wraps.
    ``apart`` says that it stands apart from the piece above.
    """

    kind: BlockKind
    text: str
    apart: bool = True
    marker: str = ""
    joined: bool = False
    page: int | None = None


@dataclass(slots=True)
class Composition:
    """A text in the making."""

    uri: str
    parts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0
    page: int | None = None
    paragraph: int = 0

    def add(self, piece: Piece) -> None:
        """Append a piece; one without visible text is left out, but parts its neighbours.

        Raises ``DocumentTooLarge`` as soon as there is too much.
        """
        text = tidy(piece.text)
        if not text:
            return
        lead = ("\n\n" if piece.apart else "\n") if self.parts else ""
        lead += piece.marker
        self.parts.append(lead + text)
        start = self.length + len(lead)
        self.length = start + len(text)
        check_length(self.length, self.uri)
        self.paragraph = self.paragraph + 1 if piece.page == self.page else 1
        self.page = piece.page
        self.marks.append(Mark(piece.kind, start, self.length, piece.joined, piece.page, self.paragraph))

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)


def compose(pieces: Iterable[Piece], uri: str) -> Composition:
    """Put pieces together, in order."""
    composition = Composition(uri)
    for piece in pieces:
        composition.add(piece)
    return composition


def tidy(text: str) -> str:
    """A text without control characters, its line ends line feeds, without empty lines or blanks at line ends."""
    text = text.translate(_LINE_ENDS).translate(_CONTROLS)
    lines = (line.strip() for line in _SURROGATES.sub("\ufffd", text).split("\n"))
    return "\n".join(filter(None, lines))


def parted_by_lines(paragraphs: Sequence[bool]) -> bool:
    """Whether a document parts its paragraphs by empty ones, so that the space between others means nothing.

    ``paragraphs`` tells of each whether it holds text.
    """
    empty = paragraphs.count(False)
    return empty > 1 and empty >= _EMPTY_SHARE * len(paragraphs)


def rows_of(table: Sequence[Sequence[Sequence[Piece]]]) -> list[Piece]:
    """The pieces of a table given as the pieces of its cells, row by row.

    A table that only arranges a page (its cells hold headings, lists, tables or long text, or there is
    only one column) is no table: its cells follow each other.
    """
    cells = [cell for row in table for cell in row]
    if max(map(len, table), default=0) < 2 or any(map(_is_layout, cells)):
        return [piece for cell in cells for piece in cell]
    rows: list[Piece] = []
    for row in table:
        texts = ["\n".join(filter(None, (tidy(piece.text) for piece in cell))) for cell in row]
        text = CELL_END.join(text.replace("\n", " ") for text in texts if text)
        rows.append(Piece(BlockKind.TABLE_ROW, text, apart=not rows, joined=True))
    return rows


def _is_layout(cell: Sequence[Piece]) -> bool:
    """Whether a cell holds more than one entry of a table."""
    if any(piece.kind in _STRUCTURE for piece in cell) or len(cell) > _MOST_PARAGRAPHS_OF_A_CELL:
        return True
    return sum(len(piece.text) for piece in cell) > _LONGEST_CELL
