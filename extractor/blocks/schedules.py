"""Timetables and lists of dates that no markup shows: lines that each begin with a time of day or a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractor.blocks.headings import Draft
from extractor.blocks.shapes import MONTH, SHORT, WEEKDAY
from extractor.document import BlockKind

_FEWEST = 3
"""So many lines make a list; with fewer a line break may be chance."""
_HOUR = r"\d{1,2}(?:[.:]\d\d)?"
_TIME_ROW = re.compile(
    rf"(?:ab |gegen |ca\. |bis )?(?:\d{{1,2}}[.:]\d\d|{_HOUR}(?= ?[–-] ?\d{{1,2}}[.:]\d\d|(?: ?[–-] ?{_HOUR})? ?Uhr))"
    rf"(?: ?[–-] ?{_HOUR})?(?: ?Uhr)?[ :|–-]{{1,4}}[^\d\W]",
    re.IGNORECASE,
)
_DAY_OF_MONTH = r"\d{1,2}\.(?: ?(?:[-–/+&]|und|bis) ?\d{1,2}\.)?"
_DAY = rf"{_DAY_OF_MONTH} ?(?:\d{{1,2}}\.?(?: ?\d{{4}}|\d\d)?|{MONTH}[a-zä]{{0,6}}\.?(?: \d{{4}})?)"
_DAY_ROW = re.compile(rf"(?:{WEEKDAY}\.?,? ?(?:den |der )?)?{_DAY}[ :|,–-]{{1,4}}\S")
_DAY_LINE = re.compile(
    rf"(?:(?:\d{{1,2}}\. ?)?Tag[ :|,–-]{{1,4}})?(?:{WEEKDAY}\.?(?:,? ?(?:den |der )?{_DAY})?|{_DAY})[ :.–-]{{0,3}}$"
)


def label_schedules(drafts: Sequence[Draft]) -> None:
    """Make the lines of timetables and lists of dates rows, and a day above a timetable its heading."""
    content = [draft for draft in drafts if draft.kind is not BlockKind.BOILERPLATE]
    for start, end in _runs(content, lambda draft: _TIME_ROW.match(draft.text) is not None):
        _make_rows(content[start:end])
    for index, draft in enumerate(content[:-1]):
        if _is_free_line(draft) and content[index + 1].kind is BlockKind.TABLE_ROW and _DAY_LINE.match(draft.text):
            draft.kind = BlockKind.HEADING
    for start, end in _runs(content, lambda draft: _DAY_ROW.match(draft.text) is not None):
        _make_rows(content[start:end])


def _runs(drafts: Sequence[Draft], is_row: Callable[[Draft], bool]) -> list[tuple[int, int]]:
    """The half-open ranges of consecutive lines of one form, a day between two of them allowed for."""
    runs, start = [], 0
    while start < len(drafts):
        end, rows = start, 0
        while end < len(drafts) and _is_free_line(drafts[end]):
            if is_row(drafts[end]):
                rows += 1
            elif not (rows and _DAY_LINE.match(drafts[end].text)):
                break
            end += 1
        if rows >= _FEWEST:
            runs.append((start, end))
        start = max(end, start + 1)
    return runs


def _make_rows(drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        draft.kind = BlockKind.HEADING if _DAY_LINE.match(draft.text) else BlockKind.TABLE_ROW


def _is_free_line(draft: Draft) -> bool:
    """Whether a draft is a short line that has no kind of its own yet."""
    return len(draft.lines) == 1 and len(draft.text) <= SHORT and draft.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
