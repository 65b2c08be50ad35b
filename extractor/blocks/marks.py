"""Marks: what a format itself says about stretches of a text, for the segmenter to go by."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.document import BlockKind


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch that the format sets apart: a paragraph, an item, a row of a table, a heading.

    ``start`` and ``end`` are half-open offsets that neither begin nor end with white space; marks
    are in text order and do not overlap. ``joined`` says that the lines of the stretch are one block,
    its line ends mere wraps. A mark of a paragraph does not rule out that it looks like a heading or
    an item, nor, if it is not ``joined``, that it is one of several lines of a block; any other kind
    is what the block will be, unless cues make it boilerplate.
    """

    kind: BlockKind
    start: int
    end: int
    joined: bool = True
    page: int | None = None
    paragraph: int | None = None
