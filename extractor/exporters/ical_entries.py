"""An event as a VEVENT (RFC 5545, 7986), without what depends on earlier exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import sha256

import icalendar

from extractor.edtf import earliest
from extractor.exporters.addresses import web_address
from extractor.exporters.ical_dates import Extent, edtf_in_words, extent, in_words
from extractor.exporters.ical_words import calendar_words, line, place_in_words
from extractor.exporters.imprecise import Imprecise
from extractor.linking.known_events import KnownEvent

CONTENT = "X-EXTRACTOR-CONTENT"
"""The property that marks an entry as made here; its value is the hash of what it says."""
DATE = "X-EXTRACTOR-DATE"
"""The date as the record has it, EDTF: "2025-07", "2025-10-10/2025-10-11"."""

_PROVEN = ("name", "when.start", "when.end", "when.start_time", "where.venue", "where.city", "status")
_LONGEST_URL = 2000
_NAMELESS = "–"
"""The title of an event whose name holds nothing that can be shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A calendar entry; ``component`` lacks SEQUENCE, DTSTAMP, LAST-MODIFIED and the content hash."""

    uid: str
    component: icalendar.Event
    content: str
    published: datetime | None


def entry(known: KnownEvent, imprecise: Imprecise = Imprecise.SPAN) -> Entry | None:
    """The entry of an event; None for one that no calendar has a place for, or that is left out."""
    when = extent(known.event.when)
    if when is None or (imprecise is Imprecise.SKIP and not when.is_exact):
        return None
    component = icalendar.Event()
    component.add("UID", known.uid)
    component.add("SUMMARY", _summary(known, when))
    component.add("DTSTART", when.start)
    if when.end is not None:
        component.add("DTEND", when.end)
    _add_status(component, known, when)
    _add_place(component, known)
    topics = [text for text in (line(topic) for topic in known.event.topics) if text]
    if topics:
        component.add("CATEGORIES", topics)
    for organiser in known.event.organisers:
        component.add("CONTACT", line(organiser))
    component.add("DESCRIPTION", _description(known, when))
    url = _url(known)
    if url is not None:
        component.add("URL", url)
    for uid in known.follows:
        component.add("RELATED-TO", uid)
    component.add(DATE, _edtf(known))
    return Entry(known.uid, component, sha256(component.to_ical()).hexdigest(), _published(known))


def _summary(known: KnownEvent, when: Extent) -> str:
    words, event = calendar_words(), known.event
    title = line(event.name, 500) or line(event.event_type) or _NAMELESS
    if event.ordinal is not None:
        title = words.titles.numbered.format(ordinal=event.ordinal, name=title)
    if not when.is_exact and event.when is not None:
        title = words.titles.imprecise.format(title=title, date=in_words(event.when, words.dates))
    if event.status == "cancelled":
        return words.titles.cancelled.format(title=title)
    return words.titles.postponed.format(title=title) if _is_put_off(known) else title


def _is_put_off(known: KnownEvent) -> bool:
    """Whether an event is postponed to a date that is not known: it does not take place on the old one."""
    when = known.event.when
    return known.event.status == "postponed" and (when is None or when.previous_start is None)


def _add_status(component: icalendar.Event, known: KnownEvent, when: Extent) -> None:
    if known.event.status == "cancelled" or _is_put_off(known):
        component.add("STATUS", "CANCELLED")
    else:
        component.add("STATUS", "CONFIRMED" if when.is_exact else "TENTATIVE")
    if component["STATUS"] != "CONFIRMED":
        component.add("TRANSP", "TRANSPARENT")


def _add_place(component: icalendar.Event, known: KnownEvent) -> None:
    where = known.event.where
    if where is None:
        return
    named = place_in_words(where)
    if named:
        component.add("LOCATION", named)
    place = known.source_of("where").place
    if place is not None and place.latitude is not None and place.longitude is not None:
        component.add("GEO", (round(place.latitude, 6), round(place.longitude, 6)))


def _description(known: KnownEvent, when: Extent) -> str:
    """What the entry cannot say in other ways, the quotes that prove it, the source."""
    words, event = calendar_words(), known.event
    lines: list[str] = []
    if event.status == "cancelled":
        lines.append(words.lines.cancelled)
    elif _is_put_off(known):
        lines.append(words.lines.postponed)
    if event.when is not None and event.when.previous_start is not None:
        lines.append(words.lines.postponed_from.format(date=edtf_in_words(event.when.previous_start, words.dates)))
    if not when.is_exact and event.when is not None:
        lines.append(words.lines.imprecise.format(date=in_words(event.when, words.dates)))
    if event.organisers:
        lines.append(words.lines.organisers.format(names=", ".join(map(line, event.organisers))))
    quotes = _quotes(known)
    if quotes:
        quoted = " … ".join(words.lines.quote.format(quote=quote) for quote in quotes)
        lines.append(words.lines.quotes.format(quotes=quoted))
    source = known.sightings[0].source
    lines.append(words.lines.source.format(source=line(source.title or source.uri)))
    return "\n".join(lines)


def _quotes(known: KnownEvent) -> list[str]:
    """The words that prove name, date, place and status, each once; none that another one holds."""
    quotes = [line(evidence.quote) for field in _PROVEN for evidence, _ in known.evidence(field)]
    quotes = [quote for quote in dict.fromkeys(quotes) if quote][:20]
    return [quote for quote in quotes if not any(quote != other and quote in other for other in quotes)]


def _url(known: KnownEvent) -> str | None:
    """The address of the first report that lies in the web; a URI of RFC 3986, which is all that URL can hold."""
    addresses = (web_address(sighting.source.uri) for sighting in known.sightings)
    return next((url for url in addresses if url is not None and url.isascii() and len(url) <= _LONGEST_URL), None)


def _edtf(known: KnownEvent) -> str:
    when = known.event.when
    if when is None:
        return ""
    return when.start if when.end is None else f"{when.start}/{when.end}"


def _published(known: KnownEvent) -> datetime | None:
    day = earliest(known.published) if known.published is not None else None
    return datetime.combine(day, time(), UTC) if day is not None else None
