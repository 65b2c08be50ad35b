"""The lines of a page in reading order: columns one after the other, rows of tables as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from extractor.readers.pdf_words import Word

_SAME_LINE = 0.35
_TOUCHING = 0.06
"""Space between parts of a word, in sizes of its type."""
_GAP = 0.9
"""Space between two words that parts cells or columns, in heights of a line."""
_MARGIN = 0.2
_GUTTER = 0.6
_FEWEST_LINES, _FEWEST_LETTERS = 3, 18
_FULL, _FULL_LINES = 0.7, 0.5
_MOST_CROSSING = 0.04
_MOST_NESTED = 4
_SAME_FRAME = 6.0
_FULL_END, _FEWEST_FULL = 0.04, 3
_LONE, _FEWEST_ALONE = 0.55, 6


@dataclass(slots=True)
class Line:
    """A line, or a cell of a row: words next to each other on one baseline."""

    words: list[Word]

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.words[-1].right

    @property
    def y(self) -> float:
        """Its baseline."""
        return self.words[0].y

    @property
    def height(self) -> float:
        """The height of its type."""
        return max(word.height for word in self.words)

    @property
    def text(self) -> str:
        """Its words with single blanks."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Row:
    """What stands on one baseline of a column: one line, or the cells of a table's row.

    ``column`` says on which page and in which column of it; ``left`` and ``right`` are the edges of that.
    """

    cells: list[Line]
    column: tuple[int, ...] = ()
    left: float = 0.0
    right: float = 0.0

    @property
    def y(self) -> float:
        """Its baseline."""
        return self.cells[0].y

    @property
    def height(self) -> float:
        """The height of its type."""
        return max(cell.height for cell in self.cells)

    @property
    def text(self) -> str:
        """All that stands on it, with single blanks."""
        return " ".join(cell.text for cell in self.cells)


def baselines(words: Sequence[Word]) -> list[Row]:
    """What stands on each baseline of a page, from top to bottom, cut at wide gaps."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.y, word.left)):
        line = found[-1] if found else None
        if line and word.y - line[0].y <= _SAME_LINE * min(max(word.height, 1.0), max(line[0].height, 1.0)):
            line.append(word)
        else:
            found.append([word])
    return [Row(_cut(line)) for line in found]


def _cut(line: list[Word]) -> list[Line]:
    words = _whole(sorted(line, key=lambda word: word.left))
    cells = [Line([words[0]])]
    for first, second in pairwise(words):
        if second.left - first.right > _GAP * min(first.height, second.height):
            cells.append(Line([second]))
        else:
            cells[-1].words.append(second)
    return cells


def _whole(line: Sequence[Word]) -> list[Word]:
    """The words of a line; parts that touch, which a file may hold far from each other, are one."""
    words = [line[0]]
    for word in line[1:]:
        last = words[-1]
        size = max(last.height, word.height)
        if -_TOUCHING * size <= word.left - last.right <= _TOUCHING * size:
            words[-1] = Word(last.left, word.right, last.y, size, last.text + word.text)
        else:
            words.append(word)
    return words


def in_reading_order(rows: Sequence[Row], page: int) -> list[Row]:
    """The rows of a page, its columns one after the other; ``page`` tells its columns from those of others."""
    ordered = _order([cell for row in rows for cell in row.cells], (page,), _MOST_NESTED)
    edges: dict[tuple[int, ...], tuple[float, float]] = {}
    for row in ordered:
        left, right = edges.get(row.column, (row.cells[0].left, 0.0))
        edges[row.column] = min(left, row.cells[0].left), max(right, row.cells[-1].right)
    for row in ordered:
        row.left, row.right = edges[row.column]
    return ordered


def widen_frames(pages: Sequence[Sequence[Row]], widths: Sequence[float]) -> None:
    """Give the rows that stand in no column the edges of the frame that the pages of a document share.

    A page may hold short lines only; where hardly a line shows where the frame ends, it is taken to
    end as far from the edge of the page as it begins.
    """
    outer = [(row, width) for page, width in zip(pages, widths, strict=True) for row in page if len(row.column) == 1]
    if not outer:
        return
    left = min(row.left for row, _ in outer)
    right = max(row.right for row, _ in outer)
    full = sum(row.cells[-1].right >= right - _FULL_END * (right - left) for row, _ in outer)
    for row, width in outer:
        if abs(row.left - left) <= _SAME_FRAME:
            row.right = right if full >= _FEWEST_FULL else max(right, width - left)
    columns = {(row.left, row.right) for page in pages for row in page if len(row.column) > 1}
    for page in pages:
        for narrow, group in groupby(
            page, lambda row: row.cells[-1].right <= row.left + _LONE * (row.right - row.left)
        ):
            if narrow:
                _narrow_frame(list(group), columns)


def _narrow_frame(rows: Sequence[Row], columns: Iterable[tuple[float, float]]) -> None:
    """Give a column that stands alone, as on a last page, the edges of the others, or those that its lines show."""
    right = max(row.cells[-1].right for row in rows)
    for left, end in columns:
        if abs(rows[0].left - left) <= _SAME_FRAME and right <= end + _SAME_FRAME:
            for row in rows:
                row.right = end
            return
    full = sum(row.cells[-1].right >= right - _FULL_END * (right - row.left) for row in rows)
    if len(rows) >= _FEWEST_ALONE and full >= _FEWEST_FULL:
        for row in rows:
            row.right = right


def _order(lines: Sequence[Line], column: tuple[int, ...], nesting: int) -> list[Row]:
    """The rows of a region; where a gutter parts it, the left side of each band stands before the right."""
    gutter = _gutter(lines) if nesting else None
    if gutter is None:
        return _rows(lines, column)
    rows: list[Row] = []
    band: list[Line] = []
    for line in lines:
        if line.left < gutter < line.right:
            rows += _band(band, gutter, (*column, len(rows)), column, nesting)
            rows += _rows([line], column)
            band = []
        else:
            band.append(line)
    return rows + _band(band, gutter, (*column, len(rows)), column, nesting)


def _band(
    band: Sequence[Line], gutter: float, inner: tuple[int, ...], outer: tuple[int, ...], nesting: int
) -> list[Row]:
    """What stands between two lines that cross a gutter: two columns if both sides run on, else rows."""
    left = [line for line in band if line.right <= gutter]
    right = [line for line in band if line.left >= gutter]
    if _runs_on(left) and _runs_on(right) and _side_by_side(left, right):
        return _order(left, (*inner, 0), nesting - 1) + _order(right, (*inner, 1), nesting - 1)
    return _rows(band, outer)


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the emptiest strip between two columns, if hardly any short line crosses it."""
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    width = end - start
    height = median(line.height for line in lines)
    narrow = [line for line in lines if line.right - line.left < (1 - 2 * _MARGIN) * width]
    if len(narrow) < 2 * _FEWEST_LINES:
        return None
    edges = sorted([(line.left, 1) for line in narrow] + [(line.right, -1) for line in narrow])
    crossing, allowed = 0, _MOST_CROSSING * len(narrow)
    best: tuple[float, float] | None = None
    for (at, step), (following, _) in pairwise(edges):
        crossing += step
        middle = (at + following) / 2
        inside = start + _MARGIN * width < middle < end - _MARGIN * width
        if inside and crossing <= allowed and following - at >= _GUTTER * height:
            best = max(best or (0.0, 0.0), (following - at, middle))
    return best[1] if best else None


def _runs_on(side: Sequence[Line]) -> bool:
    """Whether a side is running text: several lines, long ones, most of them as wide as the column."""
    rows = _rows(side, ())
    if len(rows) < _FEWEST_LINES or sum(len(row.text) for row in rows) < _FEWEST_LETTERS * len(rows):
        return False
    width = max(line.right for line in side) - min(line.left for line in side)
    full = sum(row.cells[-1].right - row.cells[0].left >= _FULL * width for row in rows)
    return full >= _FULL_LINES * len(rows)


def _side_by_side(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether two sides stand next to each other rather than one below the other."""
    top = max(min(line.y for line in side) for side in (left, right))
    bottom = min(max(line.y for line in side) for side in (left, right))
    return bottom > top


def _rows(lines: Sequence[Line], column: tuple[int, ...]) -> list[Row]:
    """Lines from top to bottom, those on one baseline together."""
    rows: list[Row] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last is not None and abs(line.y - last.y) <= _SAME_LINE * max(line.height, last.height):
            last.cells.append(line)
            last.cells.sort(key=lambda cell: cell.left)
        else:
            rows.append(Row([line], column))
    return rows
