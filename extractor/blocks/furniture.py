"""Page furniture: page numbers, and the heads and feet that recur at page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractor.blocks import shapes
from extractor.blocks.lines import Line, Shape

_DIGITS = re.compile(r"\d+")
_REACH = 2


def mark_furniture(lines: Sequence[Line]) -> None:
    """Make page numbers markup, and short lines that recur next to page breaks.

    The first of several equal heads stays content if it names a day, which may be the event's.
    """
    marks = [at for at, line in enumerate(lines) if line.page or _is_page_mark(line)]
    if not marks:
        return
    near = sorted({at + step for at in marks for step in range(-_REACH, _REACH + 1) if 0 <= at + step < len(lines)})
    keys = {at: _key(lines[at]) for at in near if len(lines[at].text) <= shapes.SHORT}
    counts = Counter(keys.values())
    seen: set[str] = set()
    for at, key in keys.items():
        line = lines[at]
        first = key not in seen
        seen.add(key)
        if (_is_page_mark(line) or counts[key] > 1) and not (first and shapes.has_day(line.text)):
            line.shape = Shape.MARKUP


def _is_page_mark(line: Line) -> bool:
    text = line.text
    if not (text[-1].isdigit() or text[-1] in "-–—" or "Seite " in text or "Blatt " in text):
        return False
    if line.shape is Shape.HEADING or len(text) > shapes.SHORT:
        return False
    return shapes.is_page_number(text) or shapes.is_running_head(text) or (text.isdigit() and len(text) <= 3)


def _key(line: Line) -> str:
    """A line without its numbers, which differ from page to page."""
    return _DIGITS.sub("", line.text).strip()
