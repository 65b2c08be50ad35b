"""The blocks of a web page: its tree cut into pieces as a browser sets it, hidden parts left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.document import BlockKind
from extractor.readers.composition import Piece, rows_of, tidy
from extractor.readers.html_elements import (
    BLOCKS,
    HEADINGS,
    NEVER_SHOWN,
    WITH_MARGINS,
    entries_in,
    is_furniture,
    is_hidden,
    is_quote,
    rows_in,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WHITE = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r"\s*\n\s*\n\s*")
_DEEPEST = 250


@dataclass(slots=True, eq=False)
class Found:
    """A piece of a page, the element that holds it, and how much of it links lead away.

    ``furniture`` says that the page itself marks it as what surrounds its content.
    """

    piece: Piece
    element: HtmlElement
    linked: float
    furniture: bool
    dated: bool


@dataclass(slots=True)
class _Buffer:
    """Inline text that has not yet become a piece."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    linked: int = 0
    dated: bool = False

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


class Page:
    """Walks through a page's tree. ``quotes`` makes quoted mails boilerplate."""

    def __init__(self, *, quotes: bool = False) -> None:
        self.quotes = quotes
        self.found: list[Found] = []
        self._buffer = _Buffer()
        self._kind = BlockKind.PARAGRAPH
        self._marker = ""
        self._apart = True
        self._furniture = False
        self._counts: dict[HtmlElement, int] = {}

    def read(self, root: HtmlElement) -> list[Found]:
        """The pieces of a tree, in order."""
        self._walk(root, 0)
        self._flush(root)
        return self.found

    def _walk(self, element: HtmlElement, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in NEVER_SHOWN or depth > _DEEPEST or is_hidden(element):
            return
        if tag == "br":
            self._buffer.add("\n")
        elif tag == "table":
            self._table(element, depth)
        elif tag == "dl":
            self._definitions(element, depth)
        elif tag in BLOCKS:
            self._block(element, depth)
        else:
            self._inline(element, depth)

    def _inline(self, element: HtmlElement, depth: int) -> None:
        before = self._buffer.length
        self._buffer.dated = self._buffer.dated or element.tag == "time"
        self._children(element, depth)
        if element.tag == "a":
            self._buffer.linked += max(self._buffer.length - before, 0)

    def _children(self, element: HtmlElement, depth: int) -> None:
        self._text(element.text, element)
        for child in element:
            self._walk(child, depth + 1)
            self._text(child.tail, element)

    def _text(self, text: str | None, element: HtmlElement) -> None:
        if text:
            self._buffer.add(text.expandtabs(4) if element.tag == "pre" else _WHITE.sub(" ", text))

    def _block(self, element: HtmlElement, depth: int) -> None:
        parent = element.getparent()
        self._flush(parent if parent is not None else element)
        outer = self._kind, self._furniture
        tag = str(element.tag)
        self._apart = self._apart or tag in WITH_MARGINS
        self._furniture = self._furniture or is_furniture(element)
        if tag in HEADINGS:
            self._kind = BlockKind.HEADING
        elif tag in ("figcaption", "caption"):
            self._kind = BlockKind.CAPTION
        elif self.quotes and is_quote(element):
            self._kind = BlockKind.BOILERPLATE
        elif tag == "li" and self._kind is not BlockKind.BOILERPLATE:
            self._kind, self._marker = BlockKind.LIST_ITEM, self._next_marker(element)
        self._children(element, depth)
        self._flush(element)
        self._kind, self._furniture = outer
        self._marker = ""
        self._apart = self._apart or tag in WITH_MARGINS

    def _next_marker(self, item: HtmlElement) -> str:
        """The bullet or number of a list's item."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "- "
        start = parent.get("start", "1")
        first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        self._counts[parent] = self._counts.get(parent, first - 1) + 1
        return f"{self._counts[parent]}. "

    def _flush(self, element: HtmlElement) -> None:
        """Make the inline text so far pieces of an element; two line breaks in a row part paragraphs."""
        buffer, self._buffer = self._buffer, _Buffer()
        text = tidy_inline("".join(buffer.parts))
        if not text.strip():
            return
        linked = buffer.linked / max(len(text), 1)
        for part in _BREAKS.split(text.strip()):
            joined = self._kind is not BlockKind.PARAGRAPH
            piece = Piece(self._kind, part, self._apart, self._marker, joined)
            self.found.append(Found(piece, element, linked, self._furniture, buffer.dated))
            self._apart, self._marker = True, ""
            if self._kind is BlockKind.LIST_ITEM:
                self._kind = BlockKind.PARAGRAPH
        self._apart = False

    def _within(self, element: HtmlElement, depth: int) -> list[Found]:
        """The pieces of a cell or definition by itself."""
        inner = Page(quotes=self.quotes)
        inner._children(element, depth + 1)
        inner._flush(element)
        return inner.found

    def _table(self, table: HtmlElement, depth: int) -> None:
        self._flush(table)
        rows = list(rows_in(table))
        cells = [[self._within(cell, depth) for cell in row if cell.tag in ("td", "th")] for row in rows]
        for caption in table.iterchildren("caption"):
            self._block(caption, depth)
        founds = {id(found.piece): found for row in cells for cell in row for found in cell}
        dated = any(found.dated for found in founds.values())
        self._apart = True
        for piece in rows_of([[[found.piece for found in cell] for cell in row] for row in cells]):
            found = founds.get(id(piece)) or Found(piece, table, 0.0, False, dated)
            found.furniture = found.furniture or self._furniture or is_furniture(table)
            self.found.append(found)
        self._apart = True

    def _definitions(self, element: HtmlElement, depth: int) -> None:
        """A list of terms and what they mean: "Wann" and "Samstag" become "Wann: Samstag"."""
        self._flush(element)
        self._apart = True
        term = ""
        for child in entries_in(element):
            inner = self._within(child, depth)
            text = "\n".join(tidy(found.piece.text) for found in inner)
            if child.tag == "dt":
                self._emit_term(term, element)
                term = text if text.endswith((":", "?")) or not text else f"{text}:"
            elif len(inner) == 1 and term:
                inner[0].piece.text = f"{term} {text}"
                term = ""
                self._take(inner)
            else:
                self._emit_term(term, element)
                term = ""
                self._take(inner)
        self._emit_term(term, element)
        self._apart = True

    def _emit_term(self, term: str, element: HtmlElement) -> None:
        if term:
            self._take([Found(Piece(BlockKind.PARAGRAPH, term), element, 0.0, False, False)])

    def _take(self, inner: list[Found]) -> None:
        for found in inner:
            found.piece.apart, self._apart = self._apart, False
            found.furniture = found.furniture or self._furniture
            self.found.append(found)


def tidy_inline(text: str) -> str:
    """Inline text with single blanks; line breaks stay."""
    return re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text))
