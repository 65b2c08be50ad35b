"""The names of the user's configuration that stand in a text, for the pipes that take them up.

The component ``german_configured_names`` found them, before all other pipes, and stored them in
``doc.spans["configured"]``; without it there are none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

from spacy.tokens import Doc

from extractor.pipes.reading import Reading, values_of
from extractor.pipes.values import Configured, ConfiguredKind, Found

F = TypeVar("F", bound=Found)

KEY = "configured"


def configured_names(doc: Doc, reading: Reading) -> list[Configured]:
    """What the component found, offsets into the reading; empty where it did not run."""
    moved: list[Configured] = [value.copy() for value in values_of(doc, KEY)]
    for value in moved:
        value["start"], value["end"] = reading.span(value["start"], value["end"])
    return moved


def of_kind(names: Iterable[Configured], *kinds: ConfiguredKind) -> list[Configured]:
    """The names of some kinds."""
    return [name for name in names if name["kind"] in kinds]


def stretches_of(names: Iterable[Configured], *but: ConfiguredKind) -> Stretches:
    """Where names stand, but for those of some kinds."""
    return Stretches(name for name in names if name["kind"] not in but)


class Stretches:
    """Parts of a text that names take, for questions about overlap; they do not overlap each other."""

    def __init__(self, names: Iterable[Found]) -> None:
        spans = sorted({(name["start"], name["end"]) for name in names})
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def __bool__(self) -> bool:
        return bool(self._starts)

    def touch(self, start: int, end: int) -> bool:
        """Whether a name shares a character with ``[start, end)``."""
        return bisect_right(self._ends, start) < bisect_left(self._starts, end)

    def without(self, found: Sequence[F]) -> list[F]:
        """What was found but for what lies in a name."""
        return [value for value in found if not (self and self.hold(value["start"], value["end"]))]

    def hold(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` lies in a name."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._ends[index]
