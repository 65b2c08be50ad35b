"""An Atom feed (RFC 4287) of events: an entry each, whose ``atom:id`` is the event's UID.

Written with the standard library: of the packages that write feeds, feedgen has had no release
since 2023 and fills in the present time, feedgenerator makes an alternate link obligatory, which
a report in a file does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from extractor.edtf import earliest, latest
from extractor.errors import UsageError
from extractor.exporters.addresses import web_address
from extractor.exporters.feed_words import details, facts, feed_words
from extractor.exporters.feed_words import title as title_of
from extractor.linking.known_events import KnownEvent, known_events
from extractor.records import Report

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"

_FEEDS = UUID("0b1f2e0a-4f6c-4c7e-8a51-6d1c6c1b7d90")
"""The namespace of feeds that have no address; it never changes."""
_UNKNOWN = date(1970, 1, 1)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MOST_QUOTES = 3


def to_atom(
    reports: Iterable[Report],
    *,
    title: str | None = None,
    url: str | None = None,
    published: date | None = None,
    other: bool = False,
) -> str:
    """The events of the reports as an Atom feed, each once, what was published last first.

    ``url`` is where the feed will stand; without it the feed's id derives from its title. An entry
    is as old as the latest report of the event; ``published`` is the day that counts for reports
    that do not say when they were published. Without it an event that was held counts as told of
    on its last day, any other as of old (1970-01-01): never as of today. ``other`` adds events that
    are mentioned in passing. Equal arguments give equal text.

    Raises ``UsageError`` for a ``url`` that is no web address.
    """
    if url is not None and web_address(url) is None:
        raise UsageError(f"{url!r} is no address that begins with https:// or http://")
    title = title or feed_words().title
    entries = [
        (_updated(known, published), known) for known in known_events(reports) if other or known.event.role != "other"
    ]
    entries.sort(key=lambda entry: entry[1].uid)
    entries.sort(key=lambda entry: entry[0], reverse=True)
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "de"})
    _add(feed, "id", url or f"urn:uuid:{uuid5(_FEEDS, title)}")
    _add(feed, "title", title)
    _add(feed, "updated", _instant(max((updated for updated, _ in entries), default=_UNKNOWN)))
    if url is not None:
        ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": url})
    _add(ET.SubElement(feed, "author"), "name", "extractor")
    _add(feed, "generator", "extractor")
    for updated, known in entries:
        _add_entry(feed, known, updated)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _add_entry(feed: ET.Element, known: KnownEvent, updated: date) -> None:
    event = known.event
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", f"urn:uuid:{known.uid}")
    _add(entry, "title", title_of(event))
    _add(entry, "updated", _instant(updated))
    first = _first_published(known)
    if first is not None:
        _add(entry, "published", _instant(first))
    for relation, address in _links(known):
        ET.SubElement(entry, "link", {"rel": relation, "href": address})
    for topic in dict.fromkeys(event.topics):
        ET.SubElement(entry, "category", {"term": _plain(topic)})
    _add(entry, "summary", " · ".join(facts(event)))
    content = ET.SubElement(entry, "content", {"type": "xhtml"})
    body = ET.SubElement(content, "div", {"xmlns": XHTML})
    for fact in (*facts(event), *details(event)):
        _add(body, "p", fact)
    for quote in _quotes(known):
        _add(ET.SubElement(body, "blockquote"), "p", quote)


def _updated(known: KnownEvent, published: date | None) -> date:
    """The day of the latest report, as far as is known."""
    stated = earliest(known.published) if known.published is not None else None
    if stated is not None or published is not None:
        return stated or published or _UNKNOWN
    when = known.event.when
    held = latest(when.end or when.start) if when is not None and known.event.status == "held" else None
    return held or _UNKNOWN


def _first_published(known: KnownEvent) -> date | None:
    days = (earliest(sighting.source.published) for sighting in known.sightings if sighting.source.published)
    return min((day for day in days if day is not None), default=None)


def _links(known: KnownEvent) -> Iterator[tuple[str, str]]:
    """The reports on the web: the first is what a reader opens, the others are where more comes from."""
    addresses = dict.fromkeys(sighting.source.uri for sighting in known.sightings)
    relation = "alternate"
    for address in addresses:
        if web_address(address) is not None:
            yield relation, address
            relation = "via"


def _quotes(known: KnownEvent) -> list[str]:
    """The words that prove name and date, each once."""
    proofs = (evidence.quote for field in ("name", "when.start") for evidence, _ in known.evidence(field))
    return list(dict.fromkeys(proofs))[:_MOST_QUOTES]


def _instant(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _plain(text)


def _plain(text: str) -> str:
    """The text without what XML cannot hold or what turns the direction of writing."""
    return _TURNING.sub("\ufffd", _NOT_XML.sub("\ufffd", text))
