"""The text cut where annotations begin and end, so that nested and crossing ones can be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from extractor.exporters.page.annotations import Annotation

MOST_COVERING = 8
"""Annotations of which a piece tells; how many more there are is counted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text under the same annotations, the innermost first."""

    start: int
    end: int
    covering: tuple[Annotation, ...]
    more: int = 0


def pieces(annotations: Sequence[Annotation], cuts: Sequence[int]) -> Iterator[Piece]:
    """The stretches between the first and the last of ``cuts`` (ascending), cut at each annotation's ends.

    Time and what it yields grow with the annotations, not with their square: a piece names at
    most ``MOST_COVERING``.
    """
    bounds = sorted({*cuts, *(a.start for a in annotations), *(a.end for a in annotations)})
    ending: dict[int, list[Annotation]] = {}
    active: dict[int, Annotation] = {}
    upcoming = iter(annotations)
    following = next(upcoming, None)
    for start, end in pairwise(bounds):
        for annotation in ending.pop(start, ()):
            del active[annotation.number]
        while following is not None and following.start == start:
            active[following.number] = following
            ending.setdefault(following.end, []).append(following)
            following = next(upcoming, None)
        covering = tuple(islice(reversed(active.values()), MOST_COVERING))
        yield Piece(start, end, covering, len(active) - len(covering))
