"""Status: planned, held, cancelled or postponed, and what in the text says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from extractor.assembly.context import Context, Role
from extractor.assembly.drafts import MERE_TENSE, Draft
from extractor.assembly.stretches import Stretch
from extractor.document import BlockKind
from extractor.edtf import earliest, latest
from extractor.pipes.values import Found, Status

EventStatus = Literal["planned", "held", "cancelled", "postponed"]
_CALLED_OFF: tuple[EventStatus, ...] = ("cancelled", "postponed")
_SECTIONS = ("Rückblick", "Nachlese")
_APART = {"outlook", "past_edition"}


def status_of(draft: Draft, role: Role, context: Context) -> tuple[EventStatus, Found | None]:
    """The status of an event and its evidence.

    A cancellation or postponement counts before all else; then minutes, which tell what took place;
    the calendar, seen from the text's own date; the cues beside the event; the tense of the text.
    """
    again = draft.previous or any(item.value["rule"].endswith("nachholen") for item in draft.statuses)
    for wanted in reversed(_CALLED_OFF) if again else _CALLED_OFF:
        cue = next((item.value for item in draft.statuses if item.value["status"] == wanted), None)
        if cue is not None and (role == "main" or not _APART & draft.features):
            return wanted, cue
    if role == "main" and (minutes := _minutes(context)) is not None:
        return "held", minutes
    by_date = _by_calendar(draft, context.reference)
    if by_date is not None:
        return by_date, _date(draft, "status.calendar")
    if "outlook" in draft.features:
        planned = next((item.value for item in draft.statuses if item.value["status"] == "planned"), None)
        return "planned", planned or _date(draft, "status.outlook")
    cue = majority(item.value for item in draft.statuses)
    present = cue is not None and (cue["rule"] == "status.planned.present" or _is_subordinate(cue, context))
    if role == "main" and present and _tells_past(draft, context):  # "ist am 1. Oktober ... gestartet"
        return "held", _date(draft, "status.past_tense")
    if cue is None and "past_edition" in draft.features:
        return "held", _date(draft, "status.past_edition")
    if cue is None and role != "follow_up" and not _is_later(draft, context):
        cue = _told_in_section(draft, context) if role == "other" else context.told
    if cue is None and role == "main" and _tells_past(draft, context):
        return "held", _date(draft, "status.past_tense")
    return "held" if cue is not None and cue["status"] == "held" else "planned", cue or _date(draft, "status.default")


def _is_subordinate(cue: Status, context: Context) -> bool:
    """Whether a cue is a verb that ends a subordinate clause: "eröffnete die Reihe, die zu 19 Konzerten einlädt"."""
    return cue["status"] == "planned" and context.layout.quote(cue["start"], cue["end"]).startswith("einl")


def _told_in_section(draft: Draft, context: Context) -> Status | None:
    """The cue of the event's section, where the text has several: "Rückblick" is one, "Das steht an" another."""
    stretches = context.layout.stretches
    section = draft.stretches[0].section
    for index in range(draft.stretches[0].index - 1, -1, -1):
        stretch = stretches[index]
        if stretch.short_line and not stretch.dates and not stretch.events and stretch.statuses:
            return majority(item.value for item in stretch.statuses)
        if stretch.section != section or (stretch.kind is BlockKind.HEADING and index >= context.layout.head):
            return majority(_cues_of(stretches, section)) or context.told
    return context.told


def _cues_of(stretches: list[Stretch], section: int) -> Iterator[Status]:
    for stretch in stretches:
        if stretch.section == section and stretch.is_content:
            yield from (item.value for item in stretch.statuses)


def _minutes(context: Context) -> Found | None:
    for stretch in context.layout.stretches[:3]:
        match = context.cues.minutes.search(stretch.text)
        if match is not None and not _titles_one_section(stretch, match, context):
            position = stretch.start + match.start()
            start, end = context.layout.reading.source(position, position + max(1, len(match[0])))
            return Found(start=start, end=end, rule="status.minutes")
    return None


def _titles_one_section(stretch: Stretch, match: re.Match[str], context: Context) -> bool:
    """Whether "Rückblick" alone is the title of one section among others."""
    if match[0] not in _SECTIONS or len(stretch.text.strip(" #*:_")) > len(match[0]) + 2:
        return False
    titles = [other for other in context.layout.stretches if other.kind is BlockKind.HEADING]
    return any(title.index > stretch.index for title in titles)


def _by_calendar(draft: Draft, reference: str | None) -> EventStatus | None:
    """Planned or held where all days of the event lie on one side of the text's own date."""
    if reference is None or not draft.start:
        return None
    first, last = earliest(draft.start), latest(draft.end or draft.start)
    today, tonight = earliest(reference), latest(reference)
    if first is None or last is None or today is None or tonight is None:
        return None
    if first > tonight:
        return "planned"
    return "held" if last < today and draft.dates[0].value["precision"] == "day" else None


def _is_later(draft: Draft, context: Context) -> bool:
    """Whether an event lies behind the main one, which the text tells of."""
    first = earliest(draft.start) if draft.start else None
    return first is not None and context.told_until is not None and first > context.told_until


def _tells_past(draft: Draft, context: Context) -> bool:
    """Whether the sentence that dates an event is in a past tense."""
    return bool(draft.dates) and bool(context.cues.told.search(context.layout.stretch_at(draft.dates[0].start).text))


def _date(draft: Draft, rule: str) -> Found | None:
    if not draft.dates:
        return None
    value = draft.dates[0].value
    return Found(start=value["start"], end=value["end"], rule=rule)


def majority(cues: Iterable[Status]) -> Status | None:
    """The first cue of the status that most cues speak for; mere tense only where there is no other."""
    told = [cue for cue in cues if cue["status"] in ("held", "planned")]
    for votes in ([cue for cue in told if cue["rule"] not in MERE_TENSE], told):
        if votes:
            held = sum(cue["status"] == "held" for cue in votes)
            verdict = "held" if held * 2 >= len(votes) else "planned"
            return next(cue for cue in votes if cue["status"] == verdict)
    return None
