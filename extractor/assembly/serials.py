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
_COUNT = r"(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\d{1,2})"
_COUNTED = re.compile(
    rf"\b{_COUNT} (?:[a-zäöü]{{3,20}}e[rn]? )?(?P<noun>Abende|Nachmittage|Vormittage|Termine|Sonntage|Samstage|Teile"
    rf"|Veranstaltungen|Etappen|Stationen|Male?)n?\b|\b{_COUNT}mal\b",
    re.IGNORECASE,
)
"""A number of dates: "an drei Abenden", "fünfmal"."""
_SINGULAR = {"nachmittage": "Nachmittag", "vormittage": "Vormittag", "abende": "Abend"}
_UNNAMED = "Veranstaltungsreihe"
_MANY = re.compile(r"\b(?:1[3-9]|[2-9]\d|\d{3,}|zahlreiche[nr]?|viele[nr]?|etliche[nr]?) (?:\w+e[nr]? )?$")
"""So many of a kind are not told one by one: "zu 19 Konzerten"."""
_EACH = re.compile(r"\b(?:[Aa]lle|[Ss]ämtliche|[Jj]ede[rs]?|[Jj]eweils|[Dd]ie|[Bb]ei allen)(?: \w+e[nr]?)? $")


def series_draft(drafts: list[Draft], layout: Layout, cues: Cues) -> Draft | None:
    """The series that a text tells as one, if it names no other event as its subject."""
    if any(_is_subject(draft, cues) for draft in drafts):
        return None
    dated = [draft for draft in drafts if draft.dates and draft.dates[0].value["precision"] == "day"]
    dated = [draft for draft in dated if "past_edition" not in draft.features]
    if len({draft.start for draft in dated}) < _LEAST_DATES:
        return None
    for mention, stretch in itertools.islice(_kinds(layout), _MOST_KINDS):
        kind = mention.value["event_type"]
        own = [
            draft
            for draft in dated
            if not draft.mentions
            or draft.features & {"elliptic", "row"}
            or same_type(draft.event_type, kind)
            or is_entry(draft, draft.stretches[0])
        ]
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


def _kinds(layout: Layout) -> Iterator[tuple[Item[EventMention], Stretch]]:
    """What may name a series: kinds in the plural that the opening names or a sentence says something of each."""
    counted = None
    for stretch in layout.stretches:
        if not stretch.is_content:
            continue
        opening = stretch.start < _OPENING
        for event in stretch.events:
            many = _MANY.search(stretch.before(event, 24))
            if event.value["generic"] and not many and (opening or _EACH.search(stretch.before(event, 24))):
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
