"""schema.org as JSON-LD: the events of reports as ``Event``, the report as what they are the subject of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from extractor.exporters.addresses import web_address
from extractor.exporters.iso_dates import end_date, iso_date, start_date
from extractor.exporters.schema_org import type_of_event, type_of_organisation, type_of_place
from extractor.linking.identity import event_uids
from extractor.linking.known_events import KnownEvent, known_events
from extractor.records import Event, Organisation, Person, Place, Report, Where

CONTEXT = "https://schema.org"

_REPORTS = UUID("5f0c5b0e-3a63-4a56-9f3a-0e2c6f0c7e51")
"""The namespace of the reports' ids; it never changes."""
_ADDRESS = re.compile(r"([^,]+), ?(?:[A-Z]{1,2}-)?([0-9]{4,5}) ([^,]+)")
_ONLINE = "online"
_STATUS = {
    "planned": "EventScheduled",
    "held": "EventScheduled",  # "is taking place or has taken place … as scheduled"
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",  # "no new date has been set"; with one it is EventRescheduled
}
_ESCAPED = (*map(ord, "<>&"), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_ESCAPES = {code: f"\\u{code:04x}" for code in _ESCAPED}
"""What would end a ``script`` element or a line, or turn the direction of writing."""

Node = dict[str, Any]


def to_jsonld(reports: Report | Iterable[Report]) -> str:
    """A report, or several, and their events as JSON-LD in the vocabulary of schema.org.

    One graph: the reports, then the events, each once with the best that the reports know of it.
    It is text that may stand in a ``script`` element as it is; equal reports give equal text.
    """
    several = [reports] if isinstance(reports, Report) else reports
    told = {(report.id, report.source.uri): report for report in several}
    nodes = [_report_node(report) for report in told.values()]
    nodes += [_event_node(known, told) for known in known_events(told.values())]
    document = {"@context": CONTEXT, "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False).translate(_ESCAPES) + "\n"


def _event_id(uid: str) -> str:
    return f"urn:uuid:{uid}"


def _report_id(report_id: str, uri: str) -> str:
    return f"urn:uuid:{uuid5(_REPORTS, f'{report_id} {uri}')}"


def _report_node(report: Report) -> Node:
    source = report.source
    events = event_uids(report)
    organisations = {item.name: _organisation(item) for item in report.organisations}
    return _node(
        "CreativeWork",
        id=_report_id(report.id, source.uri),
        identifier=_node("PropertyValue", propertyID="SHA-256", value=source.sha256),
        name=source.title,
        url=web_address(source.uri),
        datePublished=iso_date(source.published),
        inLanguage=None if source.language == "und" else source.language,
        encodingFormat=source.media_type,
        about=_one_or_all([{"@id": _event_id(uid)} for event, uid in events if event.role == "main"]),
        mentions=[
            *({"@id": _event_id(uid)} for event, uid in events if event.role != "main"),
            *organisations.values(),
            *(_person(item, organisations) for item in report.persons),
            *(_place(item) for item in report.places),
        ],
    )


def _event_node(known: KnownEvent, told: Mapping[tuple[str, str], Report]) -> Node:
    def report_of(field: str) -> Report:
        sighting = known.source_of(field)
        return told[sighting.report_id, sighting.source.uri]

    event = known.event
    when = event.when
    starts = start_date(when) if when else None
    organisations = {item.name: item for item in report_of("organisers").organisations}
    concepts = {topic.name: topic.concept for topic in report_of("topics").topics}
    reports = dict.fromkeys(_report_id(sighting.report_id, sighting.source.uri) for sighting in known.sightings)
    return _node(
        type_of_event(event.event_type),
        id=_event_id(known.uid),
        identifier=known.uid,
        name=event.name,
        alternateName=f"{event.ordinal}. {event.series or event.event_type}" if event.ordinal else None,
        description=when.text if when and starts is None else None,
        keywords=event.event_type,
        startDate=starts,
        endDate=end_date(when) if when else None,
        previousStartDate=iso_date(when.previous_start) if when else None,
        eventStatus=f"https://schema.org/{_status(event)}",
        eventAttendanceMode=_attendance_mode(event.where),
        location=_location(event.where, known.source_of("where").place, report_of("where")),
        organizer=_one_or_all([_organiser(name, organisations) for name in event.organisers]),
        about=_one_or_all([_topic(name, concepts.get(name)) for name in event.topics]),
        superEvent=_node("EventSeries", name=event.series) if event.series else None,
        subjectOf=_one_or_all([{"@id": report} for report in reports]),
    )


def _status(event: Event) -> str:
    if event.status != "cancelled" and event.when is not None and event.when.previous_start is not None:
        return "EventRescheduled"
    return _STATUS[event.status]


def _attendance_mode(where: Where | None) -> str | None:
    on_site = where is not None and bool(where.city or where.address or _venue(where))
    if where is None or not (on_site or where.online):
        return None
    mode = "Mixed" if on_site and where.online else "Online" if where.online else "Offline"
    return f"https://schema.org/{mode}EventAttendanceMode"


def _venue(where: Where) -> str | None:
    """The venue on site; what only takes place online has the venue "online"."""
    return None if where.online and where.venue == _ONLINE else where.venue


def _location(where: Where | None, town: Place | None, report: Report) -> Node | list[Node] | None:
    if where is None:
        return None
    virtual = [_node("VirtualLocation", name=_ONLINE)] if where.online else []
    venue = _venue(where)
    if not (venue or where.city or where.address):
        return _one_or_all(virtual)
    street, postcode, locality = _address(where)
    address = _node(
        "PostalAddress",
        streetAddress=street,
        postalCode=postcode,
        addressLocality=locality,
        addressRegion=town.state if town else None,
        addressCountry=town.country if town else None,
    )
    if venue is None and where.address is None:
        place = _place(town) if town else _node("Place", name=where.city)
        return _one_or_all([place | {"address": address}, *virtual])
    of_venue = next((item for item in report.places if item.kind == "venue" and item.name == venue), None)
    place = _node(
        "Place",
        name=venue,
        address=address,
        geo=_geo(of_venue) if of_venue else None,
        containedInPlace=_place(town) if town else None,
    )
    return _one_or_all([place, *virtual])


def _address(where: Where) -> tuple[str | None, str | None, str | None]:
    """Street, postcode and town; an address that is not written "Street 1, 12345 Town" is all street."""
    parts = _ADDRESS.fullmatch(where.address or "")
    return (parts[1], parts[2], parts[3]) if parts else (where.address, None, where.city)


def _place(place: Place) -> Node:
    """A place; the coordinates are its own, a venue has none of its town."""
    key = _node("PropertyValue", propertyID="AGS", value=place.ags) if place.ags else None
    return _node(type_of_place(place.kind), name=place.name, identifier=key, geo=_geo(place))


def _geo(place: Place) -> Node | None:
    if place.latitude is None or place.longitude is None:
        return None
    return _node("GeoCoordinates", latitude=place.latitude, longitude=place.longitude)


def _organiser(name: str, organisations: dict[str, Organisation]) -> Node:
    return _organisation(organisations[name]) if name in organisations else _node("Organization", name=name)


def _organisation(item: Organisation) -> Node:
    return _node(type_of_organisation(item.kind), name=item.name, alternateName=item.acronym)


def _person(person: Person, organisations: dict[str, Node]) -> Node:
    name = person.organisation
    return _node(
        "Person",
        name=person.name,
        honorificPrefix=person.title,
        jobTitle=person.function,
        affiliation=organisations.get(name) or _node("Organization", name=name) if name else None,
    )


def _topic(name: str, concept: str | None) -> Node:
    if concept is None or web_address(concept) is None:
        return _node("Thing", name=name)
    return _node("DefinedTerm", id=concept, name=name)


def _node(type_: str, *, id: str | None = None, **properties: Any) -> Node:  # noqa: A002 -- JSON-LD's word
    """A node with those of its properties that have a value."""
    node: Node = {} if id is None else {"@id": id}
    node["@type"] = type_
    node |= {name: value for name, value in properties.items() if value is not None and value != []}
    return node


def _one_or_all(nodes: list[Node]) -> Node | list[Node] | None:
    return nodes[0] if len(nodes) == 1 else nodes or None
