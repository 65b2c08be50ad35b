"""Series without a noun for the whole: "Vier Lesungen im November", "An drei Abenden ...", "Dreimal Kammermusik".

The text counts or names a kind in the plural and gives each date of its own. The series becomes a draft that
``spread_series`` lets run from its first date to its last.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, same_type
from extractor.assembly.entries import is_entry
from extractor.assembly.stretches import Item, Layout, Stretch
from extractor.pipes.values import EventMention

_LEAST_DATES = 3
_MOST_KINDS = 12
_OPENING = 500
"""How far into the text, in characters, a kind that is only named makes a series."""
_INDENT = 12
"""How far into its line, in characters, the day of a list may stand: a bullet, a weekday."""
_LONGEST_LINE = 160
_MARKS = 4
"""Characters beside the day of a line that is a day and no more: a bullet, a full stop."""
_NUMBERS = ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_COUNT = rf"(?:{'|'.join(_NUMBERS)}|\d{{1,2}})"
_ANY_COUNTED = re.compile(
    rf"\b(?P<count>{_COUNT})(?:mal\b| (?:[a-zäöü]{{3,20}}e[rn]? )?[A-ZÄÖÜ][a-zäöüß]{{2,30}}\b)", re.IGNORECASE
)
"""A number of things: "an vier Mittwochnachmittagen", "fünf Vorträge"."""
_COUNTED = re.compile(
    rf"\b{_COUNT} (?:[a-zäöü]{{3,20}}e[rn]? )?(?P<noun>Abende|Nachmittage|Vormittage|Termine|Teile"
    r"|(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)(?:e|s?(?:abende|nachmittage|vormittage))"
    rf"|Veranstaltungen|Etappen|Stationen|Male?)n?\b|\b{_COUNT}mal\b",
    re.IGNORECASE,
)
"""A number of dates: "an drei Abenden", "fünfmal"."""
_SINGULAR = {"nachmittage": "Nachmittag", "vormittage": "Vormittag", "abende": "Abend"}
_UNNAMED = "Veranstaltungsreihe"
_MANY = re.compile(r"\b(?:1[3-9]|[2-9]\d|\d{3,}|zahlreiche[nr]?|viele[nr]?|etliche[nr]?) (?:\w+e[nr]? )?$")
"""So many of a kind are not told one by one: "zu 19 Konzerten"."""
_EACH = re.compile(r"\b(?:[Aa]lle|[Ss]ämtliche|[Jj]ede[rs]?|[Jj]eweils|[Dd]ie|[Bb]ei allen)(?: \w+e[nr]?)? $")


def is_series_draft(draft: Draft, cues: Cues) -> bool:
    """Whether a draft is a series: its noun says so, or the text that counts its dates."""
    return "series" in draft.features or cues.is_series(draft.event_type)


def counts_its_dates(layout: Layout) -> bool:
    """Whether the opening counts as many evenings, films or talks as lines begin with a day of their own."""
    parted = itertools.groupby(layout.stretches, key=lambda stretch: stretch.block)
    lines = [line for _, block in parted for line in itertools.islice(block, 1) if _opens_with_day(line)]
    days = {line.dates[0].value["edtf_start"] for line in lines}
    if len(days) < _LEAST_DATES:
        return False
    opening = (stretch for stretch in layout.stretches if stretch.is_content and stretch.start < _OPENING)
    numbers = (_number(match["count"]) for stretch in opening for match in _ANY_COUNTED.finditer(stretch.text))
    return len(days) in numbers


def days_lead(layout: Layout) -> bool:
    """Whether the text is a list in which lines that are days stand above what takes place on them."""
    lines = [stretch for stretch in layout.stretches if is_day_line(stretch)]
    if len(lines) < _LEAST_DATES or lines[-1].index + 1 >= len(layout.stretches):
        return False
    before = layout.stretches[lines[0].index - 1] if lines[0].index else None
    return before is None or not (before.short_line and before.events)


def is_day_line(stretch: Stretch) -> bool:
    """Whether a line is a day and no more: "28. Februar"."""
    if not (stretch.is_content and stretch.short_line and len(stretch.dates) == 1):
        return False
    date = stretch.dates[0]
    return date.value["precision"] == "day" and len(stretch.text.strip()) - (date.end - date.start) <= _MARKS


def _opens_with_day(stretch: Stretch) -> bool:
    """Whether a line of a list begins with a day: "9. März – Unter Tage"."""
    if not stretch.is_content or not stretch.dates or len(stretch.text) > _LONGEST_LINE:
        return False
    first = stretch.dates[0]
    return first.value["precision"] == "day" and first.start - stretch.start <= _INDENT


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.index(word.lower()) + 2


def may_be_member(draft: Draft, kind: str | None, layout: Layout) -> bool:
    """Whether an event can be one of a series of a kind: of that kind, or dated in a line of its own."""
    if kind == _UNNAMED or draft.features & {"elliptic", "row"} or same_type(draft.event_type, kind):
        return True
    return is_entry(draft, draft.stretches[0]) or layout.stretch_at(draft.dates[0].start).short_line


def series_draft(drafts: list[Draft], layout: Layout, cues: Cues) -> Draft | None:
    """The series that a text tells as one, if it names no other event as its subject."""
    if any(_is_subject(draft, cues) for draft in drafts):
        return None
    dated = [draft for draft in drafts if draft.dates and draft.dates[0].value["precision"] == "day"]
    dated = [draft for draft in dated if "past_edition" not in draft.features]
    if len({draft.start for draft in dated}) < _LEAST_DATES:
        return None
    for mention, stretch in itertools.islice(_kinds(layout, cues), _MOST_KINDS):
        kind = mention.value["event_type"]
        own = [draft for draft in dated if not draft.mentions or may_be_member(draft, kind, layout)]
        if len({draft.start for draft in own}) >= _LEAST_DATES or (own and 2 * len(own) > len(dated)):
            found = Draft(stretches=[stretch], features={"head", "series"})
            found.add_mention(mention)
            return found
    return None


def _is_subject(draft: Draft, cues: Cues) -> bool:
    """Whether an event is named in the head, or dated once behind a label."""
    if cues.is_series(draft.event_type):
        return True
    return bool(draft.mentions) and bool({"head", "labelled"} & draft.features)


def _kinds(layout: Layout, cues: Cues) -> Iterator[tuple[Item[EventMention], Stretch]]:
    """What may name a series: kinds in the plural that the opening names or a sentence says something of each.

    "Die nächsten Lesungen" are what follows the event that the text tells.
    """
    counted = None
    for stretch in layout.stretches:
        if not stretch.is_content:
            continue
        opening = stretch.start < _OPENING
        for event in stretch.events:
            before = stretch.before(event, 24)
            apart = _MANY.search(before) or cues.next_one.search(before)
            if event.value["generic"] and not apart and (opening or _EACH.search(before)):
                yield event, stretch
        if counted is None and opening and (match := _COUNTED.search(stretch.text)):
            counted = _counted(match, stretch, layout), stretch
    if counted is not None:
        yield counted


def _counted(match: re.Match[str], stretch: Stretch, layout: Layout) -> Item[EventMention]:
    begin, end = stretch.start + match.start(), stretch.start + match.end()
    start, stop = layout.reading.source(begin, end)
    kind = _SINGULAR.get((match["noun"] or "").lower(), _UNNAMED)
    value = EventMention(
        start=start,
        end=stop,
        rule="event.counted",
        name=kind,
        event_type=kind,
        ordinal=None,
        title=None,
        generic=False,
    )
    return Item(value, begin, end)
