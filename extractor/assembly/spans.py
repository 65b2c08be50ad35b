"""Events of several days whose last day stands apart from the first, or is only counted.

"... beginnt am 3. August. Bis Sonntag, 11. August, spielen ...", "die dreitägige Tagung", "zehn Tage lang".
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractor.assembly.drafts import Draft
from extractor.assembly.stretches import Item, Layout, Stretch
from extractor.edtf import specified_year
from extractor.pipes.values import Timex

_COUNTED = re.compile(r"P(\d{1,2})([DW])")
_MOST_DAYS = 31
_UNTIL_OPENING = re.compile(r"\W{0,2}Bis (?:zum |einschließlich |zu )?(?:\w+, (?:de[mn] )?)?$")
_NO_LENGTH_BEFORE = re.compile(
    r"\b(?:vor|nach|in|seit|innerhalb|binnen|alle|pro|je|bis zu|nur noch|noch|mindestens|spätestens|weitere\w*) $"
)
_NO_LENGTH_AFTER = re.compile(
    r" (?:vor|vorher|zuvor|später|danach|nach|frei|Zeit|Vorlauf|Urlaub|die Woche|pro|im Voraus|alt)\b"
)
_NEAR = 2
"""So many stretches from the event's date its length may be told."""


def close_span(main: Draft, layout: Layout, claimed: frozenset[int]) -> None:
    """Give an event of which only the first day is dated its last day, where the text tells it."""
    first = _first_day(main)
    if first is None or main.closing is not None:
        return
    begin = layout.stretch_at(main.dates[0].start).index
    near = [stretch for stretch in layout.stretches if stretch.is_content and abs(stretch.index - begin) <= _NEAR]
    for stretch in near:
        last = _until(stretch, first) if stretch.index > begin else None
        if last is not None:
            main.closing = last
            return
    mentioned = {stretch.index for stretch in main.stretches} - claimed
    for stretch in near + [layout.stretches[index] for index in sorted(mentioned)]:
        days = next((found for item in stretch.dates if (found := _length(item, stretch, main))), None)
        if days is not None:
            main.closing = _last_day(days[0], first + timedelta(days=days[1] - 1), layout)
            return


def _first_day(main: Draft) -> date | None:
    if not main.dates or main.end not in (None, main.start) or main.dates[0].value["precision"] != "day":
        return None
    start = main.start or ""
    return date.fromisoformat(start) if specified_year(start) and len(start) == len("2024-05-03") else None


def _until(stretch: Stretch, first: date) -> Item[Timex] | None:
    """The day of a sentence that opens "Bis Sonntag, 11. August, ..."."""
    for item in stretch.dates[:1]:
        value = item.value
        if value["precision"] == "day" and _UNTIL_OPENING.match(stretch.text[: item.start - stretch.start]):
            start = value["edtf_start"] or ""
            if specified_year(start) and 0 < (date.fromisoformat(start) - first).days <= _MOST_DAYS:
                return item
    return None


def _length(item: Item[Timex], stretch: Stretch, main: Draft) -> tuple[Item[Timex], int] | None:
    """An expression for how many days the event lasts: "dreitägig" beside its noun, "zehn Tage"."""
    match = _COUNTED.fullmatch(item.value["value"]) if item.value["type"] == "DURATION" else None
    if match is None:
        return None
    days = int(match[1]) * (7 if match[2] == "W" else 1)
    if not 1 < days <= _MOST_DAYS:
        return None
    before, after = stretch.before(item, 24), stretch.after(item, 16)
    if item.value["rule"] == "duration.adjective":
        return (item, days) if any(0 <= mention.start - item.end <= 2 for mention in main.mentions) else None
    if _NO_LENGTH_BEFORE.search(before) or _NO_LENGTH_AFTER.match(after):
        return None
    told = (
        item.start == stretch.start or " lang" in after[:5] or re.search(r"\b(?:dauer\w*|an|über|wird|läuft)\b", before)
    )
    return (item, days) if told else None


def _last_day(length: Item[Timex], last: date, layout: Layout) -> Item[Timex]:
    """The expression for the last day if the text has one, else the length with that day as its value."""
    for stretch in layout.stretches:
        for item in stretch.dates:
            if item.value["edtf_start"] == last.isoformat() and item.value["precision"] == "day" and stretch.is_content:
                return item
    value = Timex(**{**length.value, "edtf_start": last.isoformat(), "edtf_end": None})
    return Item(value, length.start, length.end)
