"""From stretches to drafts: which date, time, place and number belongs to which event noun.

Within a stretch every date goes to the nearest event noun, where a clause boundary or another
event noun in between counts as distance; times, venues, towns and head counts go to the nearest
draft. Title and date lines form one stretch, the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, covers
from extractor.assembly.entries import is_entry, name_entry
from extractor.assembly.stretches import Item, Layout, Stretch
from extractor.document import BlockKind
from extractor.pipes.values import EventMention, Place, Timex

_CLAUSE = re.compile(r"[;:–\n]|, (?:die|der|das|wo|und|sondern|während)\b|\. ")
_BETWEEN_COST = 40
"""What a clause boundary between two items weighs, in characters of distance."""
_DATE_LINE_REACH = 4
"""How many stretches behind an event noun its date line may stand."""
_LONGEST_LABEL = 44
_LABEL = re.compile(r"[A-ZÄÖÜ][\w/ -]{1,28}:\s")
_AHEAD_COST = 25
"""What it weighs that an event is named only behind its time or place."""
_CITY_BEFORE = re.compile(
    r"(?:^|\b(?:[Ii]n|[Nn]ach|[Bb]ei|[Ii]ns|[Rr]aum|Ort|Wo)\b:?|[,·|•/:–—-]|\d{4,5}) ?(?:[A-ZÄÖÜ][\w-]{1,30} |[\"„»])?$"
)
_HOME_BEFORE = re.compile(
    r"\b(?:aus|von|vom|zwischen|und|sowie|der|die|des|Richtung|bis|über|ab|Raum|Region)(?: \w{2,12})? $"
)
_NAMED_DAYS = frozenset({"date.feast", "date.weekday", "date.relative.weekday", "date.relative.day"})
_APPOSITION = re.compile(r",? ?(?:de[mnr] |am )?\(?")
_COORDINATION = re.compile(r" ?(?:/|und|oder|sowie|bzw\.)(?: (?:auch )?in)? ?")
_ROW_KINDS = (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)


def event_mentions(stretch: Stretch) -> list[Item[EventMention]]:
    """The nouns of a stretch that name a single event.

    Not those inside an organisation's name ("Runder Tisch Integration") or a date ("Buß- und Bettag").
    """
    names = [*stretch.organisations, *stretch.dates]
    return [item for item in stretch.events if not item.value["generic"] and not _inside(item, names)]


def event_dates(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """The calendar dates of a stretch that can be an event's.

    A year inside an event's name ("Hochwasser 2013") is one only where no other date stands.
    """
    dates = [date for date in stretch.dates if is_event_date(date, stretch, cues)]
    own = [date for date in dates if date.value["precision"] != "year" or not _inside(date, stretch.events)]
    own = [date for date in own or dates if not _in_apposition(date, own or dates, stretch)]
    return [date for number, date in enumerate(own) if not any(_same_day(date, other) for other in own[:number])]


def _in_apposition(date: Item[Timex], others: list[Item[Timex]], stretch: Stretch) -> bool:
    """Whether a feast or weekday is said again as a calendar date ("am Bettag, dem 18. September")."""
    return date.value["rule"] in _NAMED_DAYS and any(
        _APPOSITION.fullmatch(stretch.text[date.end - stretch.start : other.start - stretch.start])
        for other in others
        if other.start >= date.end and other.value["precision"] == "day"
    )


def _same_day(one: Item[Timex], other: Item[Timex]) -> bool:
    """Whether a date only says again what the other says ("tomorrow, Thursday, 5 December")."""
    return one.value["edtf_start"] == other.value["edtf_start"] and one.value["edtf_end"] == other.value["edtf_end"]


def is_event_date(date: Item[Timex], stretch: Stretch, cues: Cues) -> bool:
    """Whether a temporal expression can be the date of an event."""
    value = date.value
    if value["type"] not in ("DATE", "TIME") or value["edtf_start"] is None or value["rule"] == "date.dateline":
        return False
    if value["precision"] in ("decade", "century", "none"):
        return False
    return why_no_event_date(date, stretch, cues) is None


def why_no_event_date(date: Item[Timex], stretch: Stretch, cues: Cues) -> str | None:
    """The role of a date that is no event's: deadline, validity or opening_hours."""
    before, after = stretch.before(date, 120), stretch.after(date)
    for role, cue in cues.no_event_date.items():
        if cue.matches(before, after):
            follows_event = any(0 <= date.start - event.end <= 6 for event in stretch.events)
            if role != "validity" or not follows_event:
                return role
    return None


def city_of(stretch: Stretch) -> list[Item[Place]]:
    """Towns of a stretch in a position in which an event's town stands, best first."""
    found = []
    for place in stretch.places:
        if place.value["kind"] not in ("municipality", "locality") or _inside(place, stretch.organisations):
            continue
        before = stretch.before(place, 40)
        if _HOME_BEFORE.search(before) and not stretch.short_line:
            continue
        found.append((not _CITY_BEFORE.search(before), place.start, place))
    towns = [place for _, _, place in sorted(found, key=lambda row: row[:2])]
    return [town for town in towns if not any(_joined(town, other, stretch) for other in towns if other is not town)]


def _joined(one: Item[Place], other: Item[Place], stretch: Stretch) -> bool:
    """Whether the text names two towns in one breath ("in Hanau oder in Offenbach"): none is the event's."""
    first, second = (one, other) if one.start < other.start else (other, one)
    return bool(_COORDINATION.fullmatch(stretch.text[first.end - stretch.start : second.start - stretch.start]))


def _inside(item: Item[Any], others: Iterable[Item[Any]]) -> bool:
    return any(other.start <= item.start and item.end <= other.end for other in others)


def drafts_of(layout: Layout, cues: Cues) -> list[Draft]:
    """All drafts of a text, in text order, not yet merged."""
    drafts: list[Draft] = []
    head = [stretch for stretch in layout.stretches[: layout.head] if stretch.is_content]
    if head:
        drafts.extend(_drafts_of_head(head, layout.reading.text[head[-1].end :], cues))
    current: Draft | None = drafts[0] if drafts else None
    lead = True
    for stretch in layout.stretches[layout.head :]:
        if not stretch.is_content:
            continue
        fresh = _drafts_of_stretch(stretch, cues) if stretch.events or stretch.dates else []
        if _is_detail_line(stretch, cues) and current is not None:
            fresh = _attach_line(current, fresh, stretch, cues)
        for draft in fresh:
            name_entry(draft, stretch, layout.reading)
            if lead:
                draft.features.add("lead")
        drafts.extend(fresh)
        named = [draft for draft in fresh if draft.mentions]
        current = named[-1] if named else current
        lead = lead and stretch.start < 900
    return drafts


def _is_detail_line(stretch: Stretch, cues: Cues) -> bool:
    """A line of its own that says when or where: a date line, or one behind a label."""
    if _is_labelled(stretch, cues):
        return True
    other_label = _LABEL.match(stretch.text)
    return stretch.short_line and stretch.kind not in _ROW_KINDS and not stretch.events and not other_label


def _is_labelled(stretch: Stretch, cues: Cues) -> bool:
    """Whether a line begins with a label for the date or the place ("Wann:", "Treffpunkt:")."""
    text = stretch.text
    if ":" not in text[:_LONGEST_LABEL]:
        return False
    return bool(cues.date_label.match(text) or cues.place_label.match(text))


def _attach_line(current: Draft, fresh: list[Draft], stretch: Stretch, cues: Cues) -> list[Draft]:
    """Give a detail line to the event named last, unless it has a date of its own already."""
    labelled = _is_labelled(stretch, cues)
    distance = stretch.index - current.stretches[-1].index
    near = labelled or distance <= (_DATE_LINE_REACH if fresh else 1)
    if not near or any(draft.mentions for draft in fresh) or (fresh and current.dates):
        return fresh
    is_series = bool(fresh) and cues.is_series(current.event_type) and not own_times(stretch, cues)
    if not labelled and ("outlook" in current.features or is_series):
        return fresh
    current.stretches.append(stretch)
    for draft in fresh:
        current.dates.extend(draft.dates)
    _add_details(current, stretch, cues)
    if labelled:
        current.features.add("labelled")
    return []


def _add_details(draft: Draft, stretch: Stretch, cues: Cues) -> None:
    draft.times.extend(own_times(stretch, cues))
    draft.closing_times.extend(closing_times(stretch, cues))
    draft.venues.extend(stretch.venues)
    draft.cities.extend(city_of(stretch))
    draft.attendances.extend(stretch.attendances)
    draft.statuses.extend(stretch.statuses)


def own_times(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """Clock times of a stretch that can be an event's own start and end."""
    return [
        time
        for time in stretch.dates
        if time.value["type"] == "TIME"
        and time.value["start_time"]
        and time.value["rule"] != "time.dateline"
        and not cues.foreign_time.search(stretch.before(time, 40))
        and not cues.closing.search(stretch.before(time, 40))
    ]


def closing_times(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """Clock times of a stretch at which something ends ("Ende: 21 Uhr")."""
    return [
        time
        for time in stretch.dates
        if time.value["type"] == "TIME" and time.value["start_time"] and cues.closing.search(stretch.before(time, 40))
    ]


def _drafts_of_head(head: list[Stretch], body: str, cues: Cues) -> list[Draft]:
    """The head as one stretch: its event nouns are one event, its date lines give the date."""
    mentions = [mention for stretch in head for mention in event_mentions(stretch) if not _is_sender(mention, body)]
    dates = [date for stretch in head for date in event_dates(stretch, cues)]
    if not mentions and not dates:
        return []
    draft = Draft(stretches=list(head), features={"head"})
    if not mentions:
        draft.features.add("bare")
    for mention in sorted(mentions, key=lambda item: (item.value["title"] is None, item.start)):
        draft.add_mention(mention)
    draft.dates.extend(sorted(dates, key=lambda date: (date.value["precision"] != "day", date.start)))
    for stretch in head:
        _add_details(draft, stretch, cues)
        if cues.date_label.match(stretch.text) and event_dates(stretch, cues):
            draft.features.add("labelled")
    _settle_previous(draft, cues)
    return [draft]


def _is_sender(mention: Item[EventMention], body: str) -> bool:
    """Whether a name in the head is a body's rather than an event's: the text says "von der Energiewerkstatt Pinzgau"."""
    name = mention.value["name"]
    return " " in name and any(f"{preposition} {name}" in body for preposition in ("von der", "vom", "bei der", "beim"))


def _drafts_of_stretch(stretch: Stretch, cues: Cues) -> list[Draft]:
    mentions = event_mentions(stretch)
    dates = event_dates(stretch, cues)
    drafts = [_draft(stretch, mention) for mention in mentions]
    for date in sorted(dates, key=lambda date: _placing_order(date, stretch, drafts, cues)):
        _place_date(date, stretch, drafts, cues)
    drafts.sort(key=lambda draft: _anchors(draft)[0].start)
    _share_details(stretch, drafts, cues)
    for draft in drafts:
        _mark(draft, stretch, cues)
        _settle_previous(draft, cues)
    return drafts


def _draft(stretch: Stretch, mention: Item[EventMention] | None) -> Draft:
    draft = Draft(stretches=[stretch])
    if mention is None:
        draft.features.add("bare")
    else:
        draft.add_mention(mention)
    return draft


def _placing_order(date: Item[Timex], stretch: Stretch, drafts: list[Draft], cues: Cues) -> tuple[bool, int, int]:
    """The nearest pairs of date and noun first, so that a noun gets its own date; last days at the end."""
    gaps = [_distance(draft.mentions[0], date, stretch) for draft in drafts]
    return bool(cues.closing.search(stretch.before(date, 40))), min(gaps, default=0), date.start


def _place_date(date: Item[Timex], stretch: Stretch, drafts: list[Draft], cues: Cues) -> None:
    """Give a date to the nearest event noun; a noun's second date makes an event of its own."""
    named = [draft for draft in drafts if draft.mentions]
    opened = [draft for draft in drafts if draft.dates and draft.dates[0].end <= date.start]
    if opened and cues.closing.search(stretch.before(date, 40)):
        opened[-1].closing = date
        return
    if not named:
        draft = _draft(stretch, None)
        draft.dates.append(date)
        drafts.append(draft)
        return
    nearest = min(named, key=lambda draft: _distance(draft.mentions[0], date, stretch))
    if not nearest.dates or _is_postponement(stretch):
        nearest.dates.append(date)
        return
    known = nearest.start or ""
    if covers(known, date.value["edtf_start"] or "") or covers(date.value["edtf_start"] or "", known):
        nearest.dates = sorted([*nearest.dates, date], key=lambda one: -len(one.value["edtf_start"] or ""))
        return
    draft = Draft(stretches=[stretch], dates=[date], features={"elliptic"}, event_type=nearest.event_type)
    drafts.append(draft)


def _is_postponement(stretch: Stretch) -> bool:
    return any(status.value["status"] == "postponed" for status in stretch.statuses)


def _distance(one: Item[Any], other: Item[Any], stretch: Stretch) -> int:
    """Characters between two items, clause boundaries and event nouns in between counted extra."""
    first, second = (one, other) if one.start <= other.start else (other, one)
    gap = stretch.text[max(0, first.end - stretch.start) : max(0, second.start - stretch.start)]
    crossed = sum(first.end <= event.start and event.end <= second.start for event in stretch.events)
    return len(gap) + _BETWEEN_COST * (len(_CLAUSE.findall(gap)) + crossed)


def _anchors(draft: Draft) -> list[Item[Any]]:
    return [*draft.mentions[:1], *draft.dates[:1]]


def _share_details(stretch: Stretch, drafts: list[Draft], cues: Cues) -> None:
    """Give times, venues, towns, head counts and status cues to the draft they stand nearest to."""
    if not drafts:
        return

    def cost(draft: Draft, item: Item[Any]) -> int:
        return min(
            _distance(anchor, item, stretch) + _AHEAD_COST * (anchor.start > item.start) for anchor in _anchors(draft)
        )

    def owner(item: Item[Any]) -> Draft:
        return min(drafts, key=lambda draft: cost(draft, item))

    for time in own_times(stretch, cues):
        owner(time).times.append(time)
    for time in closing_times(stretch, cues):
        owner(time).closing_times.append(time)
    for venue in stretch.venues:
        owner(venue).venues.append(venue)
    for city in city_of(stretch):
        owner(city).cities.append(city)
    for attendance in stretch.attendances:
        owner(attendance).attendances.append(attendance)
    for status in stretch.statuses:
        owner(status).statuses.append(status)
    for draft in drafts:
        if not draft.statuses:
            draft.statuses.extend(stretch.statuses)


def _mark(draft: Draft, stretch: Stretch, cues: Cues) -> None:
    """Note the features that tell the roles of events apart."""
    if stretch.kind in _ROW_KINDS:
        draft.features.add("row")
    anchor = _anchors(draft)[0]
    around = (
        stretch.before(anchor, 120).rpartition(";")[2]
        + stretch.text[anchor.start - stretch.start : anchor.end - stretch.start + 80]
    )
    if cues.outlook.search(around):
        draft.features.add("outlook")
    told = cues.past_edition.search(around) or cues.past_edition_before.search(stretch.before(anchor, 40))
    if told and not is_entry(draft, stretch):
        draft.features.add("past_edition")


def _settle_previous(draft: Draft, cues: Cues) -> None:
    """Of the two dates of a postponed event, tell the old one from the new one."""
    if len(draft.dates) < 2 or not any(status.value["status"] == "postponed" for status in draft.statuses):
        return
    stretch_of = {id(date): stretch for stretch in draft.stretches for date in stretch.dates}

    def cue(date: Item[Timex], new: bool) -> bool:
        stretch = stretch_of[id(date)]
        context = cues.new_date if new else cues.previous_date
        return context.matches(stretch.before(date), stretch.after(date))

    old = next((date for date in draft.dates if cue(date, new=False)), None)
    if old is None:
        old = min(draft.dates, key=lambda date: date.value["edtf_start"] or "")
    rest = [date for date in draft.dates if date is not old]
    rest.sort(key=lambda date: not cue(date, new=True))
    draft.previous, draft.dates = old, rest
