"""The text, block by block, with what was found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rich.text import Text

from extractor.document import Block, BlockKind
from extractor.explain.kinds import KINDS
from extractor.explain.lines import MAX_VALUES, RULE, Line, line, quote
from extractor.pipes.reading import blocks_of, values_of
from extractor.terminal import printable

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_SHOWN = 40_000
"""Characters of the text that are shown."""

_Row = tuple[int, int, str, Mapping[str, Any]]
"""Start, end, span group and value of something found."""


def text_lines(doc: Doc) -> Iterator[Line]:
    """The first ``MAX_SHOWN`` characters, block by block, each with its values beneath it."""
    text = doc.text
    found = sorted(
        ((value["start"], value["end"], key, value) for key in KINDS for value in values_of(doc, key)),
        key=lambda row: (row[0], -row[1]),
    )
    shown = [row for row in found if row[0] < MAX_SHOWN][:MAX_VALUES]
    position = 0
    for block in blocks_of(doc):
        if block.start >= MAX_SHOWN:
            break
        first = position
        while position < len(shown) and shown[position][0] < block.end:
            position += 1
        rows = shown[first:position]
        yield from _block_lines(text, block, min(block.end, MAX_SHOWN), rows)
        for row in rows:
            yield _value_line(text, row)
        yield line()
    characters, values = max(0, len(text) - MAX_SHOWN), len(found) - len(shown)
    if characters or values:
        yield line(f"… {characters:,} more characters and {values:,} more values are not shown", "dim")
        yield line()


def _block_lines(text: str, block: Block, end: int, rows: Sequence[_Row]) -> Iterator[Line]:
    """The block's lines with their spans coloured; what is no content is dimmed."""
    base = {
        BlockKind.HEADING: "bold",
        BlockKind.BOILERPLATE: "dim",
        BlockKind.REPEAT: "dim",
        BlockKind.CAPTION: "italic",
    }.get(block.kind, "")
    start = block.start
    label: str = "" if block.kind is BlockKind.PARAGRAPH else block.kind.value.replace("_", " ")
    for written in text[block.start : end].splitlines(keepends=True):
        stop = start + len(written)
        shown = _coloured(text, start, start + len(written.rstrip("\r\n")), base, rows)
        yield Line(Text(f"{label[:11]:>11} {RULE} ", "dim"), shown)
        label = ""
        start = stop


def _coloured(text: str, start: int, end: int, base: str, rows: Sequence[_Row]) -> Text:
    """A stretch of the text, cut at the ends of its spans; the last style that covers a piece wins."""
    touching = [row for row in rows if row[0] < end and row[1] > start]
    cuts = sorted({start, end, *(max(start, row[0]) for row in touching), *(min(end, row[1]) for row in touching)})
    coloured = Text(style=base)
    order = list(KINDS)
    for left, right in pairwise(cuts):
        covering = [order.index(row[2]) for row in touching if row[0] <= left and row[1] >= right]
        coloured.append(printable(text[left:right]), KINDS[order[max(covering)]].style if covering else None)
    return coloured


def _value_line(text: str, row: _Row) -> Line:
    start, end, key, value = row
    kind = KINDS[key]
    shown = Text(quote(text[start:end]))
    shown.append("  →  ", "dim")
    shown.append(printable(kind.show(value)), "bold")
    shown.append(f"  {value['rule']}", "dim")
    return Line(Text(f"{kind.label:>13}   ", kind.style), shown)
