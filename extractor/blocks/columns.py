"""Columns: which lines are rows of a table once their neighbours are seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractor.blocks import shapes
from extractor.blocks.lines import Line, Shape

_NARROW_GAP = 3


def resolve_columns(run: Sequence[Line]) -> None:
    """Mark rows that only their neighbours show, and unmark justified prose, in adjacent lines."""
    for first, second in pairwise(run):
        if _alike(first, second):
            first.shape = second.shape = Shape.ROW
    rows = [line for line in run if line.shape is Shape.ROW]
    if len(rows) >= 3 and len(rows) == len(run) and _is_justified(rows):
        for line in rows:
            line.shape = Shape.TEXT


def _alike(first: Line, second: Line) -> bool:
    """Whether two lines have the same number of bars, or a gap that ends in the same column."""
    for line in (first, second):
        if line.shape not in (Shape.TEXT, Shape.ROW) or line.numbered:
            return False
    if "|" in first.text and first.text.count("|") == second.text.count("|"):
        return True
    if "  " not in first.text or "  " not in second.text:
        return False
    return not _columns(first).isdisjoint(_columns(second))


def _columns(line: Line) -> set[int]:
    return {line.indent + gap.end() for gap in shapes.PARTED.finditer(line.text)}


def _is_justified(rows: Sequence[Line]) -> bool:
    """Whether the gaps of the lines only make them equally long: narrow, and never below each other."""
    if any("\t" in line.text or "|" in line.text for line in rows):
        return False
    gaps = [len(gap[0]) for line in rows for gap in shapes.PARTED.finditer(line.text)]
    if not gaps or max(gaps) > _NARROW_GAP:
        return False
    ends = Counter(line.width for line in rows)
    return ends.most_common(1)[0][1] >= len(rows) - 1
