"""The head of a text, its title, date and place lines, as one draft."""

from __future__ import annotations

import re

from extractor.assembly.candidates import (
    city_of,
    closing_dates,
    denial,
    denied_kinds,
    event_dates,
    event_mentions,
    municipality,
    venues_of_events,
)
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft
from extractor.assembly.hours import closing_times, own_times
from extractor.assembly.postponement import settle_previous
from extractor.assembly.stretches import Item, Layout, Stretch
from extractor.pipes.reading import Reading
from extractor.pipes.values import EventMention, Venue

_VENUE_LINE = re.compile(r"[A-ZÄÖÜ][\w-]+(?:,? (?:[A-ZÄÖÜ(][\w-]+\)?|am|an|der|im|in|zum|zur|auf|dem)){1,6}")


def add_details(draft: Draft, stretch: Stretch, cues: Cues) -> None:
    """Give a draft the times, venues, towns, head counts and cues of a stretch that is all its own."""
    draft.times.extend(own_times(stretch, cues))
    draft.closing_times.extend(closing_times(stretch, cues))
    draft.venues.extend(venues_of_events(stretch, cues))
    draft.cities.extend(city_of(stretch))
    draft.attendances.extend(stretch.attendances)
    draft.statuses.extend(stretch.statuses)


def drafts_of_head(head: list[Stretch], layout: Layout, cues: Cues) -> list[Draft]:
    """The head as one stretch: its event nouns are one event, its date lines give the date."""
    body = layout.reading.text[head[-1].end :]
    mentions = [mention for stretch in head for mention in event_mentions(stretch) if not _is_sender(mention, body)]
    dates = [date for stretch in head for date in event_dates(stretch, cues)]
    denied = [kind for stretch in head for kind in denied_kinds(stretch, cues)] if not mentions else []
    mentions = mentions or denied[:1]
    if not mentions and all(date.value["precision"] == "year" for date in dates):
        return []
    draft = Draft(stretches=list(head), features={"head"})
    if not mentions:
        draft.features.add("bare")
    for mention in sorted(mentions, key=lambda item: (item.value["title"] is None, item.start)):
        draft.add_mention(mention)
    draft.dates.extend(sorted(dates, key=lambda date: (date.value["precision"] != "day", date.start)))
    for stretch in head:
        draft.closing = draft.closing or next(iter(closing_dates(stretch, cues)), None)
        add_details(draft, stretch, cues)
        if cues.date_label.match(stretch.text) and event_dates(stretch, cues):
            draft.features.add("labelled")
    draft.statuses[:0] = [denial(kind) for kind in denied[:1]]
    if not draft.venues:
        draft.venues.extend(_venue_line(head, layout.reading))
    settle_previous(draft, cues)
    return [draft]


def _venue_line(head: list[Stretch], reading: Reading) -> list[Item[Venue]]:
    """The line behind the date line that ends with a town ("Künstlerstadl Tamsweg"): a venue of unknown kind."""
    dated = next((number for number, stretch in enumerate(head) if stretch.dates), len(head))
    for stretch in head[dated + 1 : dated + 2]:
        text = stretch.text.strip(" .·,")
        towns = [place for place in stretch.places if place.end >= stretch.start + len(text)]
        named = stretch.events or stretch.dates or stretch.persons or stretch.organisations
        if named or not towns or not _VENUE_LINE.fullmatch(text) or towns[0].start == stretch.start:
            return []
        start, end = stretch.start, stretch.start + len(text)
        source = reading.source(start, end)
        city = municipality(towns[0].value)
        name = stretch.text[: towns[0].start - stretch.start].rstrip(" ,·(") or text
        value = Venue(
            start=source[0], end=source[1], rule="venue.head_line", name=name, city=city, address=None, online=False
        )
        return [Item(value, start, end)]
    return []


def _is_sender(mention: Item[EventMention], body: str) -> bool:
    """Whether a name in the head is a body's: the text says "von der Energiewerkstatt Pinzgau"."""
    name = mention.value["name"]
    return " " in name and any(f"{before} {name}" in body for before in ("von der", "vom", "bei der", "beim"))
