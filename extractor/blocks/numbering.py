"""Numbered lists: which lines that begin with "3." are items, and which tell an ordinal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.blocks import shapes
from extractor.blocks.lines import Line, Shape

_WIDE = 36


def resolve_ordinals(lines: Sequence[Line]) -> None:
    """Turn numbered lines that follow each other in number into items.

    The number goes outside the item unless its neighbours begin with the same word: "1. Werkstatt",
    "2. Werkstatt" are ordinals, and those stay.
    """
    candidates = [
        at for at, line in enumerate(lines) if line.ordinal and line.shape is Shape.TEXT and _may_open(lines, at)
    ]
    follows = [lines[second].ordinal == lines[first].ordinal + 1 for first, second in pairwise(candidates)]
    for position, at in enumerate(candidates):
        neighbours = []
        if position and follows[position - 1]:
            neighbours.append(lines[candidates[position - 1]])
        if position < len(follows) and follows[position]:
            neighbours.append(lines[candidates[position + 1]])
        if neighbours:
            lines[at].shape = Shape.ITEM
            lines[at].numbered = any(_subject(line) == _subject(lines[at]) for line in neighbours)
    for at in candidates:
        if lines[at].shape is Shape.ITEM and not lines[at].numbered:
            _take_number_off(lines[at])


def _may_open(lines: Sequence[Line], at: int) -> bool:
    """Whether a line may open a block: not amid a wrapped sentence."""
    if not at or lines[at].gap or lines[at].page:
        return True
    above = lines[at - 1]
    return above.ordinal > 0 or above.text[-1] in ".!?:;)" or above.width < _WIDE or lines[at].ordinal == 1


def _subject(line: Line) -> str:
    """The first word behind the number, emphasis left out."""
    ordinal = shapes.ORDINAL.match(line.text)
    words = line.text[ordinal.end() if ordinal else 0 :].split(maxsplit=1)
    return words[0].strip('*_"„“»«:,') if words else ""


def _take_number_off(line: Line) -> None:
    ordinal = shapes.ORDINAL.match(line.text)
    if ordinal:
        line.start += ordinal.end()
        line.text = line.text[ordinal.end() :]
