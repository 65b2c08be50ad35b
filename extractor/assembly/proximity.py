"""Drafts of one stretch: which date, time, place and number belongs to which event noun.

Every date goes to the nearest event noun, where a clause boundary or another event noun in between counts as
distance; times, venues, towns and head counts go to the nearest draft.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.assembly.candidates import (
    city_of,
    closing_dates,
    dated_at_once,
    denial,
    denied_kinds,
    event_dates,
    event_mentions,
    venues_of_events,
)
from extractor.assembly.chronology import holds
from extractor.assembly.comparisons import is_only_compared
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import MERE_TENSE, Draft
from extractor.assembly.entries import is_entry
from extractor.assembly.hours import closing_times, own_times
from extractor.assembly.postponement import settle_previous
from extractor.assembly.stretches import ROW_KINDS, Item, Stretch
from extractor.pipes.values import EventMention, Place, Timex

_CLAUSE = re.compile(r"[;:–\n]|, (?:die|der|das|wo|und|sondern|während)\b|\. ")
_OWN_DATE = re.compile(r",? ?\(?(?:vom|von|am|im|des Jahres)? ?")
_DATE_OF_TOWN = re.compile(
    r" ?\((?:am |im |ab |vom )?(?:\w{2,10},? (?:de[mn] )?)?|:? (?:am|im) (?:\w{6,10},? (?:de[mn] )?)?|: "
)
_BETWEEN_COST = 40
"""What a clause boundary between two items weighs, in characters of distance."""
_AHEAD_COST = 25
"""What it weighs that an event is named only behind its time or place."""
_PRECISIONS = ("day", "week", "month", "season", "quarter", "half", "year")


def drafts_of_stretch(stretch: Stretch, cues: Cues) -> list[Draft]:
    """The drafts of one stretch, each with what stands nearest to it."""
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
    named = [draft for draft in drafts if draft.mentions and not _is_attribute(draft, date, stretch, cues)]
    opened = [draft for draft in drafts if draft.dates and draft.dates[0].end <= date.start]
    if opened and cues.closing.search(stretch.before(date, 40)):
        opened[-1].closing = date
        return
    if not named:
        spanned = next((draft for draft in drafts if draft.dates and _overlap(draft.dates[0], date)), None)
        if spanned is None:
            spanned = _draft(stretch, None)
            drafts.append(spanned)
        spanned.dates = sorted([*spanned.dates, date], key=_coarseness)
        return
    nearest = min(named, key=lambda draft: _distance(draft.mentions[0], date, stretch))
    if (not nearest.dates and not _is_of_another(nearest, date, stretch)) or _is_postponement(stretch):
        nearest.dates.append(date)
        return
    if nearest.dates and _overlap(nearest.dates[0], date):
        nearest.dates = sorted([*nearest.dates, date], key=_coarseness)
        return
    draft = Draft(stretches=[stretch], dates=[date], features={"elliptic"}, event_type=nearest.event_type)
    drafts.append(draft)


def _is_of_another(draft: Draft, date: Item[Timex], stretch: Stretch) -> bool:
    """Whether a clause of its own dates another edition: "ist das dritte seiner Art; beim zweiten, im Mai, ..."."""
    mention = draft.mentions[0]
    return (
        mention.value["ordinal"] is not None
        and ";" in stretch.text[mention.end - stretch.start : date.start - stretch.start]
    )


def _is_attribute(draft: Draft, date: Item[Timex], stretch: Stretch, cues: Cues) -> bool:
    """Whether the date is that of what the noun belongs to: "die Ergebnisse der Werkstatt werden am ... vorgestellt".

    A date right behind the noun is its own ("das Protokoll der Sitzung vom 3. Mai").
    """
    mention = draft.mentions[0]
    between = stretch.text[mention.end - stretch.start : date.start - stretch.start]
    own = date.start > mention.end and _OWN_DATE.fullmatch(between)
    return not own and cues.not_dated.search(stretch.before(mention, 60)) is not None


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
        if any(dated_at_once(item, anchor, stretch) for anchor in _anchors(draft)):
            return 0
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
        (_dated_beside(city, drafts, stretch) or owner(city)).cities.append(city)
    for attendance in stretch.attendances:
        if not is_only_compared(owner(attendance), attendance, stretch):
            owner(attendance).attendances.append(attendance)
    for status in stretch.statuses:
        owner(status).statuses.append(status)
    for draft in drafts:
        if not draft.statuses:  # one verb often serves several events ("am 3. Mai und am 5. Juni finden ... statt")
            draft.statuses.extend(stretch.statuses)


def _dated_beside(city: Item[Place], drafts: list[Draft], stretch: Stretch) -> Draft | None:
    """The draft whose date stands right behind a town: "in Oschatz (16. August) und in Grimma im Oktober"."""
    for draft in drafts:
        if draft.dates and draft.dates[0].start >= city.end:
            between = stretch.text[city.end - stretch.start : draft.dates[0].start - stretch.start]
            if _DATE_OF_TOWN.fullmatch(between):
                return draft
    return None


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
        + stretch.text[anchor.start - stretch.start : anchor.end - stretch.start + 80].partition(";")[0]
    )
    returns = cues.outlook_unless_told.search(around) and not cues.told.search(stretch.text)
    if returns or cues.outlook.search(around):
        draft.features.add("outlook")
    told = cues.past_edition.search(around) or cues.past_edition_before.search(stretch.before(anchor, 40))
    if not draft.mentions and not told:
        told = cues.former_dates.search(stretch.before(anchor))
    if told and not is_entry(draft, stretch):
        draft.features.add("past_edition")
