"""Discards: what the text holds that went into no event, or into another entry, and why.

Told afterwards, from the finished report, by the rules that decided; so it costs nothing where nobody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Literal

from extractor.assembly.candidates import (
    Refusal,
    event_venues,
    municipality,
    why_no_city,
    why_no_date,
    why_no_venue,
)
from extractor.assembly.citations import block_span, cue_span, span_of
from extractor.assembly.context import Context
from extractor.assembly.drafts import Draft
from extractor.assembly.entities import content, is_configured, named_in_full, shortened
from extractor.assembly.hours import own_times
from extractor.assembly.reasons import REASONS
from extractor.assembly.roles import Cast
from extractor.assembly.stretches import Item, Stretch
from extractor.assembly.trace import Trace
from extractor.document import Block, BlockKind
from extractor.explanations import Discard
from extractor.pipes.values import EventMention, Found, Place, Timex, Venue
from extractor.records import Event

Kind = Literal["text", "event", "date", "place", "venue", "organisation"]
_TEXT = {BlockKind.BOILERPLATE: "text.boilerplate", BlockKind.REPEAT: "text.repeat"}


class Discards:
    """Tells what of one report was discarded; ``events`` are those of the report."""

    def __init__(self, cast: Cast, context: Context, trace: Trace, events: Iterable[Event]) -> None:
        self._context = context
        self._layout = context.layout
        self._trace = trace
        kept = [*([cast.main] if cast.main else []), *cast.follow_ups, *cast.others]
        kept_ids = set(map(id, kept))
        self._dropped = [draft for draft in cast.dropped if id(draft) not in kept_ids]
        self._in_event = {id(item) for draft in kept for item in _held(draft)}
        self._in_dropped = {id(item) for draft in self._dropped for item in _held(draft)}
        self._used: set[tuple[int, int]] = set()
        self._days: set[str] = set()
        self._places: set[str] = set()
        for event in events:
            self._used.update((evidence.start, evidence.end) for evidence in event.evidence)
            if event.when is not None:
                self._days.update(filter(None, (event.when.start, event.when.end, event.when.previous_start)))
            if event.where is not None:
                self._places.update(filter(None, (event.where.city, event.where.venue)))

    def all(self, blocks: Iterable[Block]) -> list[Discard]:
        """All of them, in text order; ``blocks`` are those of the document."""
        merged = list(self._merged())
        self._places.update(discard.value for discard in merged)
        found = chain(self._texts(blocks), self._drafts(), merged, *map(self._items, content(self._layout)))
        return sorted(found, key=lambda discard: (discard.span.start, discard.kind, discard.span.end))

    def _discard(self, kind: Kind, value: str, item: Found, refusal: Refusal, more: str = "") -> Discard:
        cue = cue_span(self._layout, *refusal.cue) if refusal.cue is not None else None
        message = REASONS[refusal.rule] + more
        return Discard(
            kind=kind, value=value, rule=refusal.rule, message=message, span=span_of(self._layout, item), cue=cue
        )

    def _texts(self, blocks: Iterable[Block]) -> Iterator[Discard]:
        """Page furniture, and what stands twice."""
        for block in blocks:
            rule = _TEXT.get(block.kind)
            if rule is not None:
                span = block_span(self._layout, block)
                value = " ".join(span.quote.split())
                yield Discard(kind="text", value=value, rule=rule, message=REASONS[rule], span=span, cue=None)

    def _drafts(self) -> Iterator[Discard]:
        """Events in the making of which none came."""
        for draft in self._dropped:
            refusal = Refusal(self._trace.reasons[id(draft)])
            for mention in draft.mentions[:1]:
                yield self._discard("event", mention.value["name"], mention.value, refusal)
            for date in draft.dates[:1]:
                if not draft.mentions:
                    yield self._discard("date", _shown(date.value), date.value, refusal)

    def _merged(self) -> Iterator[Discard]:
        """Names that a longer one took in."""
        organisations: dict[str, Item[Any]] = {}
        venues: dict[str, Item[Any]] = {}
        for stretch in content(self._layout):
            for item in stretch.organisations:
                organisations.setdefault(item.value["name"].casefold(), item)
            for venue in event_venues(stretch):
                venues.setdefault(venue.value["name"], venue)
        own = (name for name, item in organisations.items() if not is_configured(item))
        rows: list[tuple[Kind, dict[str, Item[Any]], Iterator[tuple[str, str]]]] = [
            ("organisation", organisations, shortened(own)),
            ("venue", venues, named_in_full(list(venues))),
        ]
        for kind, names, pairs in rows:
            for shorter, longer in pairs:
                value, whole = names[shorter].value, names[longer].value["name"]
                yield self._discard(kind, value["name"], value, Refusal(f"{kind}.merged"), f": {whole}")

    def _items(self, stretch: Stretch) -> Iterator[Discard]:
        """What stands in a stretch and is in no event."""
        times = set(map(id, own_times(stretch, self._context.cues)))
        for date in stretch.dates:
            refusal = self._why_date(date, stretch, times)
            if refusal is not None:
                yield self._discard("date", _shown(date.value), date.value, refusal)
        for mention in stretch.events:
            refusal = self._why_event(mention, stretch)
            if refusal is not None:
                yield self._discard("event", mention.value["name"], mention.value, refusal)
        for place in stretch.places:
            refusal = self._why_place(place, stretch)
            if refusal is not None:
                yield self._discard("place", place.value["name"], place.value, refusal)
        for venue in stretch.venues:
            refusal = self._why_venue(venue, stretch)
            if refusal is not None:
                yield self._discard("venue", venue.value["name"], venue.value, refusal)

    def _is_told(self, item: Item[Any]) -> bool:
        """Whether an event proves a value by the item, or the item is part of a draft that is told of by itself."""
        return (item.value["start"], item.value["end"]) in self._used or id(item) in self._in_dropped

    def _why_date(self, date: Item[Timex], stretch: Stretch, times: set[int]) -> Refusal | None:
        if self._is_told(date):
            return None
        if date.value["type"] == "TIME" and date.value["edtf_start"] is None:
            cue = self._context.cues.foreign_time.search(stretch.before(date, 40))
            if cue is not None:
                return Refusal("time.foreign", (date.start - len(cue.string) + cue.start(), date.start))
            return Refusal("time.item") if id(date) in times else None
        refusal = why_no_date(date, stretch, self._context.cues)
        if refusal is not None:
            return refusal
        if date.value["edtf_start"] in self._days:
            return Refusal("date.again")
        return Refusal("date.further" if id(date) in self._in_event else "date.unused")

    def _why_event(self, mention: Item[EventMention], stretch: Stretch) -> Refusal | None:
        if self._is_told(mention) or id(mention) in self._in_event:
            return None
        names: list[Item[Any]] = [*stretch.organisations, *stretch.dates]
        if mention.inside(names):
            return Refusal("event.in_name")
        return Refusal("event.generic" if mention.value["generic"] else "event.unused")

    def _why_place(self, place: Item[Place], stretch: Stretch) -> Refusal | None:
        if self._is_told(place) or municipality(place.value) in self._places or place.inside(stretch.venues):
            return None
        refusal = why_no_city(place, stretch)
        if refusal is not None:
            return refusal if refusal.rule != "place.no_town" else None
        return Refusal("place.further" if id(place) in self._in_event else "place.unused")

    def _why_venue(self, venue: Item[Venue], stretch: Stretch) -> Refusal | None:
        if self._is_told(venue) or venue.value["name"] in self._places:
            return None
        if venue.overlaps(stretch.events):
            return Refusal("venue.in_event")
        return why_no_venue(venue, stretch, self._context.cues) or Refusal(
            "venue.further" if id(venue) in self._in_event else "venue.unused"
        )


def _held(draft: Draft) -> Iterable[Item[Any]]:
    return chain(draft.mentions, draft.dates, draft.times, draft.closing_times, draft.cities, draft.venues)


def _shown(date: Timex) -> str:
    """A date or time as the record would write it."""
    day = "/".join(filter(None, (date["edtf_start"], date["edtf_end"])))
    time = "/".join(filter(None, (date["start_time"], date["end_time"])))
    return " ".join(filter(None, (day, time))) or date["value"]
