"""The paragraphs of a PDF: which lines one wrote in one go, told by where they end and how far they stand apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.document import BlockKind
from extractor.readers.composition import CELL_END, Piece
from extractor.readers.pdf_lines import Row

_SAME_TYPE = 0.1
_LARGER = 1.12
_APART = 1.25
_INDENT = 0.7
_BLANK = 0.25
_TOLERANCE = 0.3
_WIDE_GAP = 2.0
_ALIGNED, _EVEN = 0.5, 0.1
_LONGEST_HEADING = 250
_BULLET = re.compile(r"[•‣◦▪▫●○■□►▶➢➤✓✔·∙\uf0b7\uf0a7](?:\s|$)|[-–*] ")
_NUMBER = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)) ")
_SENTENCE_END = re.compile(r"[.!?:…][\"“”»«’')\]]*$")
_BROKEN = re.compile(r"[^\W\d_][-\u2010]$")


@dataclass(slots=True)
class _Paragraph:
    """A paragraph in the making; a row of a table has ``cells``, each with its left edge and its words."""

    rows: list[Row]
    page: int
    lines: list[str] = field(default_factory=list)
    cells: list[tuple[float, list[str]]] = field(default_factory=list)
    apart: bool = True

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def last(self) -> Row:
        return self.rows[-1]


class Typesetter:
    """Puts the rows of a document's pages together to paragraphs."""

    def __init__(self, pages: Sequence[Sequence[Row]]) -> None:
        rows = [row for page in pages for row in page]
        sizes: Counter[float] = Counter()
        for row in rows:
            sizes[round(row.height * 2) / 2] += len(row.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 1.0
        self.leading = _leading(pages)
        self.done: list[Piece] = []
        self.waiting: list[Piece] = []
        self.current: _Paragraph | None = None

    def page(self, number: int, rows: Sequence[Row], head: Iterable[str], foot: Iterable[str]) -> None:
        """Set a page. Its running head and foot stand behind a paragraph that runs across the page break."""
        self.waiting += [_furniture(text, number) for text in head]
        if not (rows and self.current and self._runs_across(self.current, rows[0])):
            self._finish()
        for at, row in enumerate(rows):
            above = rows[at - 1] if at else None
            below = rows[at + 1] if at + 1 < len(rows) else None
            self._take(row, number, _is_tabular(row, above, below))
        self.waiting += [_furniture(text, number) for text in foot]

    def finish(self) -> list[Piece]:
        """The pieces of the whole document."""
        self._finish()
        return self.done

    def _finish(self) -> None:
        if self.current is not None:
            self.done.append(self._piece(self.current))
            self.current = None
        self.done += self.waiting
        self.waiting = []

    def _take(self, row: Row, number: int, tabular: bool) -> None:
        current = self.current
        if current is not None and current.cells:
            if self._continues_cells(current, row):
                current.rows.append(row)
                _add_to_cells(current, row)
                return
        elif current is not None and not tabular and self._continues(current, row):
            current.rows.append(row)
            current.lines.append(row.text)
            return
        apart = current is None or self._is_apart(current.last, row)
        self._finish()
        self.current = _Paragraph([row], number, apart=apart)
        if tabular:
            self.current.cells = [(cell.left, [cell.text]) for cell in row.cells]
        else:
            self.current.lines = [row.text]

    def _is_apart(self, above: Row, row: Row) -> bool:
        if above.column != row.column or row.y <= above.y:
            return True
        return row.y - above.y > _APART * self.leading * max(above.height, row.height)

    def _continues(self, current: _Paragraph, row: Row) -> bool:
        """Whether a line goes on with the paragraph above it."""
        above = current.last
        if above.column != row.column:
            return self._runs_across(current, row)
        if not _same_type(above, row) or self._is_apart(above, row) or _BULLET.match(row.text):
            return False
        if _NUMBER.match(row.text) and _NUMBER.match(current.first.text):
            return False
        if _BROKEN.search(above.text) and row.text[0].islower():
            return True
        indent = row.cells[0].left - above.cells[0].left
        hangs = len(current.rows) == 1 and (_BULLET.match(above.text) or _NUMBER.match(above.text))
        if indent > _INDENT * row.height and not hangs and not self._is_large(row):
            return False
        return not _has_room(above, row)

    def _runs_across(self, current: _Paragraph, row: Row) -> bool:
        """Whether a paragraph goes on behind a page break or in the next column."""
        above = current.last
        if current.cells or not _same_type(above, row) or self._is_large(row) or _BULLET.match(row.text):
            return False
        if row.text[0].islower():
            return True
        return not _SENTENCE_END.search(above.text) and not _has_room(above, row) and len(row.cells) == 1

    def _continues_cells(self, current: _Paragraph, row: Row) -> bool:
        """Whether a line goes on with the cells of the row above, the first of which has no more to say."""
        above = current.last
        if above.column != row.column or self._is_apart(above, row) or not _same_type(above, row):
            return False
        reach = _ALIGNED * row.height
        starts = [left for left, _ in current.cells]
        return all(any(abs(cell.left - left) <= reach for left in starts[1:]) for cell in row.cells)

    def _is_large(self, row: Row) -> bool:
        return row.height >= _LARGER * self.body

    def _piece(self, paragraph: _Paragraph) -> Piece:
        if paragraph.cells:
            texts = [" ".join(words) for _, words in paragraph.cells]
            if len(texts) == 2 and texts[0].endswith(":"):
                return Piece(BlockKind.PARAGRAPH, " ".join(texts), paragraph.apart, joined=True, page=paragraph.page)
            text = CELL_END.join(texts)
            return Piece(BlockKind.TABLE_ROW, text, paragraph.apart, joined=True, page=paragraph.page)
        text = "\n".join(paragraph.lines)
        large = self._is_large(paragraph.first) and len(text) <= _LONGEST_HEADING
        kind = BlockKind.HEADING if large else BlockKind.PARAGRAPH
        return Piece(kind, text, paragraph.apart, joined=True, page=paragraph.page)


def _furniture(text: str, page: int) -> Piece:
    return Piece(BlockKind.BOILERPLATE, text, joined=True, page=page)


def _leading(pages: Sequence[Sequence[Row]]) -> float:
    """The usual distance of two lines of a paragraph, in heights of a line: that of a close quarter of them."""
    steps = sorted(
        (second.y - first.y) / first.height
        for page in pages
        for first, second in pairwise(page)
        if first.column == second.column and second.y > first.y and first.height > 0 and _same_type(first, second)
    )
    return max(steps[len(steps) // 4], 0.5) if steps else 1.2


def _same_type(first: Row, second: Row) -> bool:
    return abs(first.height - second.height) <= _SAME_TYPE * max(first.height, second.height)


def _has_room(above: Row, row: Row) -> bool:
    """Whether the first word of a line would have fitted on the one above, so that it was ended on purpose."""
    word = row.cells[0].words[0]
    needed = _BLANK * row.height + word.right - word.left
    first, last = above.cells[0], above.cells[-1]
    if first.left - above.left > above.height:
        return last.right - first.left + needed <= above.right - above.left - _TOLERANCE * row.height
    return last.right + needed <= above.right - _TOLERANCE * row.height


def _is_tabular(row: Row, above: Row | None, below: Row | None) -> bool:
    """Whether the gaps of a row part cells: they are wide, or stand above those of a neighbour."""
    gaps = [second.left - first.right for first, second in pairwise(row.cells)]
    if not gaps or (len(gaps) > 1 and max(gaps) - min(gaps) <= _EVEN * row.height):
        return False  # a line, perhaps one that wide gaps make as wide as the others
    if max(gaps) >= _WIDE_GAP * row.height:
        return True
    return any(
        abs(cell.left - other.left) <= _ALIGNED
        for near in (above, below)
        if near is not None and near.column == row.column
        for cell in row.cells[1:]
        for other in near.cells[1:]
    )


def _add_to_cells(paragraph: _Paragraph, row: Row) -> None:
    for cell in row.cells:
        _, words = min(paragraph.cells, key=lambda known: abs(known[0] - cell.left))
        words.append(cell.text)
