"""Roles: beside the event that the text is about, what comes next, and what else it mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.assembly.choice import choose_main
from extractor.assembly.chronology import covers, days_between, is_before, is_within
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, same_type
from extractor.assembly.postponement import settle_postponement
from extractor.assembly.sections import name_by_sections
from extractor.assembly.stretches import Item, Layout
from extractor.assembly.trace import Trace
from extractor.pipes.values import Place

_PROGRAMME_DAYS = 7
"""Events so near to the main one are parts of its programme rather than what comes next."""
_DEFINITE = re.compile(r"\b(?:[Dd]er|[Dd]ie|[Dd]as|[Dd]iese[rs]?) $")
_COMPARED = re.compile(r"\bwie (?:schon |auch |bereits )?(?:im|in de[nmr]) $")
"""What stands before a time with which something is only compared: "wie im Vorjahr"."""
_ACCOUNTS = re.compile(r"[A-ZÄÖÜ][a-zäöü]{3,20}jahre?s? \d{4}")
"""A year that is one of accounts, not of an event: "im Geschäftsjahr 2025"."""
_CLOSING = 0.6
"""From which share of the text on announcements count as its outlook."""


@dataclass(slots=True)
class Cast:
    """The events of a text by role; ``margin`` is the main event's lead, as in ``Choice``."""

    main: Draft | None
    margin: float | None = None
    follow_ups: list[Draft] = field(default_factory=list)
    others: list[Draft] = field(default_factory=list)
    dropped: list[Draft] = field(default_factory=list)


def assign_roles(drafts: list[Draft], layout: Layout, cues: Cues, trace: Trace | None = None) -> Cast:
    """Tell main event, follow-ups and other events apart; a ``trace`` gets the reasons."""
    chosen = choose_main(drafts, layout, cues, trace)
    main = chosen.main
    if trace is not None:
        trace.choice = chosen.rule
    rest = [draft for draft in drafts if draft is not main]
    precise = main is not None and main.dates and main.dates[0].value["precision"] == "day"
    if main is not None and not precise and "series" not in main.features and not cues.is_series(main.event_type):
        rest = _adopt_date(main, rest, layout)
    if main is not None:
        rest = settle_postponement(main, rest)
    else:
        name_by_sections(rest, layout)
    cast = Cast(main, chosen.margin)
    for draft in rest:
        if main is not None and (reason := _why_follow_up(draft, main, len(layout.reading.text))):
            cast.follow_ups.append(draft)
        elif reason := _why_dropped(draft, main, cues):
            cast.dropped.append(draft)
        else:
            if "bare" in draft.features:
                draft.cities = _of_date(draft)
            cast.others.append(draft)
            reason = "role.other"
        if trace is not None:
            trace.note(draft, reason)
    if main is not None:
        _name_by_sequel(main, cast.follow_ups, cues)
    return cast


def _name_by_sequel(main: Draft, follow_ups: list[Draft], cues: Cues) -> None:
    """An event without a noun is of the kind of what "the next ..." announces."""
    if main.mentions and not main.is_anaphoric:
        return
    for draft in follow_ups:
        if draft.is_anaphoric or not draft.mentions:
            continue
        mention, stretch = draft.mentions[0], draft.stretches[0]
        if mention.value["rule"] == "event.frame.counted.quoted":
            main.event_type, main.entry_title = draft.event_type, draft.title
            return
        if draft.title:
            continue
        if (mention.value["ordinal"] or 0) > 1 or cues.next_one.search(stretch.before(mention, 40)):
            main.event_type = draft.event_type
            return


def _adopt_date(main: Draft, rest: list[Draft], layout: Layout) -> list[Draft]:
    """Give a main event without a precise date the first bare date of the text that is no outlook.

    A year or month in a title ("Festjahr 2019") is made precise by a day that lies within it.
    """
    barred = {"outlook", "past_edition", "row"}
    for draft in rest:
        fits = not main.dates or covers(main.start or "", draft.start or "")
        framed = bool(draft.mentions) and all(m.value["rule"].startswith("event.frame") for m in draft.mentions)
        nameless = framed or "bare" in draft.features or (main.dates and same_type(draft.event_type, main.event_type))
        precise = draft.dates and draft.dates[0].value["precision"] in ("day", "month", "week")
        if nameless and fits and precise and not barred & draft.features:
            dates = main.dates
            main.dates = []
            main.absorb(draft)
            main.dates.extend(dates)
            return [other for other in rest if other is not draft]
    return rest if main.dates else _adopt_event(main, rest, layout)


def _adopt_event(main: Draft, rest: list[Draft], layout: Layout) -> list[Draft]:
    """Let an event that only the title names be the first one that the opening dates under another name."""
    body = layout.stretches[layout.head].start if layout.head < len(layout.stretches) else 0
    if "head" not in main.features or main.ordinal:
        return rest
    told = any(mention.start >= body for mention in main.mentions)
    dated = (draft for draft in rest if draft.dates and draft.dates[0].value["precision"] in ("day", "week", "month"))
    first = next((draft for draft in dated if "lead" in draft.features), None)
    if first is None or {"outlook", "past_edition", "row", "part"} & first.features:
        return rest
    if told and not _is_definite(first):
        return rest
    main.absorb(first)
    return [draft for draft in rest if draft is not first]


def _is_definite(draft: Draft) -> bool:
    """Whether a noun without a name of its own takes up an event by its article: "der Rundgang"."""
    if not draft.mentions or draft.title or draft.ordinal or draft.mentions[0].value["rule"] != "event.head":
        return False
    return _DEFINITE.search(draft.stretches[0].before(draft.mentions[0], 12)) is not None


def _why_follow_up(draft: Draft, main: Draft, length: int) -> str | None:
    """By which rule a draft is what comes next after the main event, if it is."""
    if is_before(draft, main) or (draft.dates and main.dates and draft.start == main.start):
        return None
    if "outlook" in draft.features:
        vague = "bare" in draft.features and bool(draft.dates) and draft.dates[0].value["precision"] == "year"
        placed = draft.cities or draft.venues or (draft.dates and not vague)
        return "role.follow_up.outlook" if placed else None
    if "past_edition" in draft.features or not draft.dates:
        return None
    if draft.event_type is None:
        return "role.follow_up.closing" if draft.cities and _is_closing(draft, main, length) else None
    if _is_closing(draft, main, length) and not is_within(draft, main):
        return "role.follow_up.closing"
    kin = same_type(draft.event_type, main.event_type)
    if main.ordinal is not None and draft.ordinal is not None:
        return "role.follow_up.ordinal" if draft.ordinal > main.ordinal and kin else None
    return "role.follow_up.type" if kin and "row" not in draft.features and not is_within(draft, main) else None


def _why_dropped(draft: Draft, main: Draft | None, cues: Cues) -> str | None:
    """Why a draft is no event of its own, which has a noun, and a date or a place; None if it is one."""
    if "bare" in draft.features and not (main is not None and _is_earlier_edition(draft, main, cues)):
        return "role.dropped.bare"
    if "programme" in draft.features and not draft.venues and cues.programme_item.search(draft.event_type or ""):
        return "role.dropped.item"
    if draft.dates and draft.is_anaphoric and draft.dates[0].value["precision"] == "year":
        return "role.dropped.vague"
    if not draft.dates and not (draft.venues and draft.times):
        return "role.dropped.undated"
    return "role.dropped.item" if main is not None and _is_item(draft, main, cues) else None


def _is_earlier_edition(draft: Draft, main: Draft, cues: Cues) -> bool:
    """Whether a date without a noun tells of the main event as it was before ("2020 waren 2.500 Gäste gekommen")."""
    if not is_before(draft, main) or covers(draft.start or "", main.start or "") or "outlook" in draft.features:
        return False
    stretch, date = draft.stretches[0], draft.dates[0]
    if _ACCOUNTS.match(stretch.text, date.start - stretch.start):
        return False
    edition = "past_edition" in draft.features and not _COMPARED.search(stretch.before(date, 24))
    told = edition or ("told" in draft.features and bool(draft.attendances))
    return told or cues.earlier_time.search(stretch.text) is not None


def _of_date(draft: Draft) -> list[Item[Place]]:
    """The towns in which an event without a noun is said to be, in the clause of its date."""
    stretch, date = draft.stretches[0], draft.dates[0]
    text, begin = stretch.text, date.start - stretch.start
    ends = (text.rfind(mark, 0, begin) + 1 for mark in ":;")
    low, end = max(ends), min((place for mark in ":;" if (place := text.find(mark, begin)) >= 0), default=len(text))
    clause = (city for city in draft.cities if low <= city.start - stretch.start < end)
    return [city for city in clause if stretch.before(city, 5).endswith((" in ", " bei ", "(", ", "))]


def _is_item(draft: Draft, main: Draft, cues: Cues) -> bool:
    """Whether a line of a timetable is a mere item of the one-day main event: no day and no building of its own."""
    if "programme" not in draft.features or main.end not in (None, main.start) or not is_within(draft, main):
        return False
    return not draft.cities and all(cues.room.search(venue.value["name"]) for venue in draft.venues)


def _is_closing(draft: Draft, main: Draft, length: int) -> bool:
    """Whether a later event is announced in the last part of the text, where reports look ahead."""
    if days_between(main, draft) <= _PROGRAMME_DAYS:
        return False
    planned = all(status.value["status"] != "held" for status in draft.statuses)
    return planned and "row" not in draft.features and draft.position > _CLOSING * length and bool(main.dates)
