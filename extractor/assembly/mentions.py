"""From stretches to drafts: which date, time, place and number belongs to which event noun.

Within a stretch every date goes to the nearest event noun, where a clause boundary or another
event noun in between counts as distance; times, venues, towns and head counts go to the nearest
draft. Title and date lines form one stretch, the head.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.assembly.candidates import (
    MERE_TENSE,
    city_of,
    closing_dates,
    closing_times,
    denial,
    denied_kinds,
    event_dates,
    event_mentions,
    own_times,
    venues_of_events,
)
from extractor.assembly.chronology import holds
from extractor.assembly.comparisons import is_only_compared
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft
from extractor.assembly.entries import is_entry, name_entry
from extractor.assembly.head import add_details, drafts_of_head
from extractor.assembly.postponement import settle_previous
from extractor.assembly.stretches import LABEL, ROW_KINDS, Item, Layout, Stretch
from extractor.document import BlockKind
from extractor.pipes.values import EventMention, Timex

_CLAUSE = re.compile(r"[;:–\n]|, (?:die|der|das|wo|und|sondern|während)\b|\. ")
_BETWEEN_COST = 40
"""What a clause boundary between two items weighs, in characters of distance."""
_DATE_LINE_REACH = 4
"""How many stretches behind an event noun its date line may stand."""
_LONGEST_LABEL = 44
_HOUR_LINE = re.compile(r"\W{0,3}(?:Beginn|Dauer|Ende|Sitzungsbeginn)[ |]{1,3}(?:um )?\d")
"""A line that gives the hours without a colon: "Beginn 18.05 Uhr / Ende 20.40 Uhr"."""
_AHEAD_COST = 25
"""What it weighs that an event is named only behind its time or place."""
_LEAD = 900
"""How far into the text, in characters, its first sentences reach: who did what, when and where."""
_PRECISIONS = ("day", "week", "month", "season", "quarter", "half", "year")


def drafts_of(layout: Layout, cues: Cues) -> list[Draft]:
    """All drafts of a text, in text order, not yet merged."""
    drafts: list[Draft] = []
    end = _head_end(layout, cues)
    head = [stretch for stretch in layout.stretches[:end] if stretch.is_content]
    if head:
        drafts.extend(drafts_of_head(head, layout, cues))
    current: Draft | None = drafts[0] if drafts else None
    lead, ahead = True, False
    day: list[Item[Timex]] = []
    days: list[Item[Timex]] = []
    for stretch in layout.stretches[end:]:
        if not stretch.is_content:
            continue
        fresh = _drafts_of_stretch(stretch, cues) if stretch.events or stretch.dates else []
        if _is_day_heading(stretch):
            day = event_dates(stretch, cues)[:1]
            days.extend(day)
            continue
        if stretch.kind is BlockKind.HEADING:
            day = []
        ahead = _looks_ahead(stretch, cues) or (ahead and stretch.kind in ROW_KINDS)
        _set_day(fresh, day)
        if _is_detail_line(stretch, cues) and current is not None:
            of_title = days and drafts[0].mentions and "head" in drafts[0].features and _is_labelled(stretch, cues)
            told_last = drafts[-1] if drafts and drafts[-1].goes_on_in(stretch) else current
            fresh = _attach_line(drafts[0] if of_title else told_last, fresh, stretch, cues)
        for draft in fresh:
            name_entry(draft, stretch, layout.reading)
            if ahead:
                draft.features.add("outlook")
            if lead:
                draft.features.add("lead")
        drafts.extend(fresh)
        named = [draft for draft in fresh if draft.mentions]
        current = named[-1] if named else current
        lead = lead and stretch.start < _LEAD
    if days and drafts and "head" in drafts[0].features:
        _date_by_programme(drafts[0], days)
    return drafts


def _head_end(layout: Layout, cues: Cues) -> int:
    """Where the head ends: before a line that dates what comes next ("Nächster Termin: 10. Mai")."""
    dated = False
    for stretch in layout.stretches[: layout.head]:
        if dated and stretch.dates and cues.outlook.search(stretch.text[:_LONGEST_LABEL]):
            return stretch.index
        dated = dated or bool(stretch.dates)
    return layout.head


def _date_by_programme(title: Draft, days: list[Item[Timex]]) -> None:
    """Let an event that only its title names take place on the days of its programme."""
    if title.mentions and not title.dates:
        title.dates.append(days[0])
        if days[-1].value["edtf_start"] != days[0].value["edtf_start"]:
            title.closing = days[-1]


def _looks_ahead(stretch: Stretch, cues: Cues) -> bool:
    """A line above a list that says it is of what comes next: "Was kommt als Nächstes?"."""
    if stretch.dates or stretch.events or stretch.kind in ROW_KINDS or len(stretch.text) > _LONGEST_LABEL:
        return False
    ends = stretch.kind is BlockKind.HEADING or stretch.text.rstrip().endswith(("?", ":"))
    return ends and cues.outlook.search(stretch.text) is not None


def _is_day_heading(stretch: Stretch) -> bool:
    """A heading that is little more than a day: "FREITAG", "Dienstag, 19.09. – alle zusammen"."""
    if stretch.kind is not BlockKind.HEADING or not stretch.dates or stretch.events:
        return False
    date = stretch.dates[0]
    return date.value["precision"] == "day" and date.start - stretch.start <= 2


def _set_day(drafts: list[Draft], day: list[Item[Timex]]) -> None:
    """Give the events of a programme the day under whose heading they stand."""
    for draft in drafts:
        if day and draft.mentions and not draft.dates and (draft.times or draft.venues or draft.cities):
            draft.dates.extend(day)
            draft.features.add("programme")


def _is_detail_line(stretch: Stretch, cues: Cues) -> bool:
    """A line of its own that says when or where: a date line, or one behind a label."""
    if _is_labelled(stretch, cues):
        return True
    other_label = LABEL.match(stretch.text)
    return stretch.short_line and stretch.kind not in ROW_KINDS and not stretch.events and not other_label


def _is_labelled(stretch: Stretch, cues: Cues) -> bool:
    """Whether a line begins with a label for the date or the place ("Wann:", "Treffpunkt:")."""
    text = stretch.text
    if ":" not in text[:_LONGEST_LABEL] and "?" not in text[:_LONGEST_LABEL] and not _HOUR_LINE.match(text):
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
    if fresh:
        for draft in fresh:
            current.absorb(draft)
    else:
        current.add_stretch(stretch)
        add_details(current, stretch, cues)
    if cues.date_label.match(stretch.text) and (fresh or current.times):
        current.features.add("labelled")
    return []


def _drafts_of_stretch(stretch: Stretch, cues: Cues) -> list[Draft]:
    dates = event_dates(stretch, cues)
    mentions = event_mentions(stretch) or (_told_kinds(stretch) if dates else [])
    denied = denied_kinds(stretch, cues) if not mentions else []
    drafts = [_draft(stretch, mention) for mention in mentions or denied]
    closings = closing_dates(stretch, cues)
    dates = [date for date in dates if date not in closings]
    for date in sorted(dates, key=lambda date: _placing_order(date, stretch, drafts, cues)):
        _place_date(date, stretch, drafts, cues)
    for last in closings:
        opened = [draft for draft in drafts if draft.dates and draft.dates[0].end <= last.start]
        if opened:
            opened[-1].closing = last
    drafts.sort(key=lambda draft: _anchors(draft)[0].start)
    _share_details(stretch, drafts, cues)
    for draft, mention in zip(drafts, denied, strict=False):
        draft.statuses.insert(0, denial(mention))
    for draft in drafts:
        _mark(draft, stretch, cues)
        settle_previous(draft, cues)
    return _join_outlook(drafts)


def _told_kinds(stretch: Stretch) -> list[Item[EventMention]]:
    """A mere kind ("das Fest") is an event where the sentence dates it and says that it takes place."""
    told = any(status.value["rule"] not in MERE_TENSE for status in stretch.statuses)
    return [item for item in stretch.events if item.value["generic"]][:1] if told else []


def _join_outlook(drafts: list[Draft]) -> list[Draft]:
    """Join two nouns for what comes next ("folgt der Gegenbesuch: ... zur Adventsfeier nach Bonn") to one event."""
    dated = [draft for draft in drafts if draft.dates]
    if len(dated) != 1 or not dated[0].mentions or dated[0].cities or dated[0].venues:
        return drafts
    event = dated[0]
    if "outlook" not in event.features:
        return drafts
    others = [
        draft
        for draft in drafts
        if draft is not event
        and "outlook" in draft.features
        and not draft.ordinal
        and draft.mentions[0].start > event.mentions[0].start
    ]
    for draft in others:
        event.absorb(draft)
    return [draft for draft in drafts if draft not in others]


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
        spanned = next((draft for draft in drafts if _overlap(draft.dates[0], date)), None)
        if spanned is None:
            spanned = _draft(stretch, None)
            drafts.append(spanned)
        spanned.dates = sorted([*spanned.dates, date], key=_coarseness)
        return
    nearest = min(named, key=lambda draft: _distance(draft.mentions[0], date, stretch))
    if not nearest.dates or _is_postponement(stretch):
        nearest.dates.append(date)
        return
    if _overlap(nearest.dates[0], date):
        nearest.dates = sorted([*nearest.dates, date], key=_coarseness)
        return
    draft = Draft(stretches=[stretch], dates=[date], features={"elliptic"}, event_type=nearest.event_type)
    drafts.append(draft)


def _overlap(one: Item[Timex], other: Item[Timex]) -> bool:
    """Whether one date only narrows the other down ("at the end of last week ... on 22 and 23 June")."""
    return one.value["precision"] != other.value["precision"] and (
        holds(one.value, other.value) or holds(other.value, one.value)
    )


def _coarseness(date: Item[Timex]) -> int:
    return _PRECISIONS.index(date.value["precision"]) if date.value["precision"] in _PRECISIONS else len(_PRECISIONS)


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
    for venue in venues_of_events(stretch, cues):
        owner(venue).venues.append(venue)
    for city in city_of(stretch):
        owner(city).cities.append(city)
    for attendance in stretch.attendances:
        if not is_only_compared(owner(attendance), attendance, stretch):
            owner(attendance).attendances.append(attendance)
    for status in stretch.statuses:
        owner(status).statuses.append(status)
    for draft in drafts:
        if not draft.statuses:  # one verb often serves several events ("am 3. Mai und am 5. Juni finden ... statt")
            draft.statuses.extend(stretch.statuses)


def _mark(draft: Draft, stretch: Stretch, cues: Cues) -> None:
    """Note the features that tell the roles of events apart."""
    if stretch.kind in ROW_KINDS or ("bare" in draft.features and stretch.short_line and is_entry(draft, stretch)):
        draft.features.add("row")
    anchor = _anchors(draft)[0]
    if "bare" in draft.features and cues.told.search(stretch.text):
        draft.features.add("told")
    if draft.mentions and cues.part.search(stretch.before(anchor, 40)):
        draft.features.add("part")
    around = (
        stretch.before(anchor, 120).rpartition(";")[2]
        + stretch.text[anchor.start - stretch.start : anchor.end - stretch.start + 80]
    )
    returns = cues.outlook_unless_told.search(around) and not cues.told.search(stretch.text)
    if returns or cues.outlook.search(around):
        draft.features.add("outlook")
    told = cues.past_edition.search(around) or cues.past_edition_before.search(stretch.before(anchor, 40))
    if told and not is_entry(draft, stretch):
        draft.features.add("past_edition")
