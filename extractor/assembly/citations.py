"""Citations: words of the text, by their offsets in the source or in the reading."""

from __future__ import annotations

from extractor.assembly.stretches import Layout
from extractor.document import Block
from extractor.pipes.values import Found
from extractor.records import Span

_LONGEST = 200
"""Characters that are quoted of a block."""


def span_of(layout: Layout, value: Found) -> Span:
    """The words of a found value."""
    return Span(start=value["start"], end=value["end"], quote=layout.quote(value["start"], value["end"]))


def cue_span(layout: Layout, start: int, end: int) -> Span | None:
    """The words at offsets of the reading, without the white space around them; None where there are none."""
    text = layout.reading.text[start:end]
    begin, stop = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    if begin >= stop:
        return None
    first, last = layout.reading.source(begin, stop)
    return Span(start=first, end=last, quote=layout.quote(first, last))


def block_span(layout: Layout, block: Block) -> Span:
    """The beginning of a block."""
    end = min(block.end, block.start + _LONGEST)
    return Span(start=block.start, end=end, quote=layout.quote(block.start, end))
