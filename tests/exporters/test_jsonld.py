"""JSON-LD: in the vocabulary of schema.org, and nothing said that the record does not say."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from exporters.schema_org_vocabulary import context, faults
from factories import make_event, make_report, make_when
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from record_strategies import PIECES, reports

from extractor import Report, to_jsonld
from extractor.exporters.schema_org import terms, type_of_event, type_of_organisation, type_of_place
from extractor.linking.identity import event_uid
from extractor.records import Organisation, Place, Topic, Where

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.json"))


def graph_of(report: Report) -> list[dict[str, Any]]:
    graph: list[dict[str, Any]] = json.loads(to_jsonld(report))["@graph"]
    return graph


def event_of(report: Report) -> dict[str, Any]:
    """The node of the report's main event."""
    assert report.main_event is not None
    uid = event_uid(report.main_event, report)
    (node,) = (node for node in graph_of(report) if node["@id"] == f"urn:uuid:{uid}")
    return node


def local_context(url: str, _: Any) -> dict[str, Any]:
    """Loads the context of schema.org from data, and nothing else."""
    assert url.rstrip("/") == "https://schema.org"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context()}


# --- the vocabulary ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_in_the_vocabulary(path: Path) -> None:
    assert list(faults(graph_of(Report.model_validate_json(path.read_text("utf-8"))))) == []


@settings(deadline=None, max_examples=50)
@given(reports)
def test_every_record_is_in_the_vocabulary(report: Report) -> None:
    text = to_jsonld(report)
    assert list(faults(json.loads(text)["@graph"])) == []
    assert to_jsonld(report) == text
    assert not set("<>&\u2028\u2029\u202e\u2066\x7f\x85") & set(text)


def test_the_check_sees_what_is_wrong() -> None:
    wrong = {
        "@id": "urn:a",
        "@type": "Event",
        "author": "x",
        "startDate": "Herbst",
        "geo": {"@type": "GeoCoordinates"},
        "eventStatus": "https://schema.org/OnlineEventAttendanceMode",
        "organizer": {"@type": "Place", "label": "x"},
    }
    with pytest.raises(ValueError, match="Herbst"):
        list(faults([wrong]))
    found = list(faults([wrong | {"startDate": "2025"}]))
    assert [fault.split(":")[0] for fault in found] == [
        "no property of Event",
        "no property of Event",
        "not in the range of eventStatus, ('EventStatusType',)",
        "not in the range of organizer, ('Organization', 'Person')",
        "no property of Place",
    ]


@pytest.mark.parametrize("path", SAMPLES[:4], ids=lambda path: path.stem)
def test_expansion_loses_nothing(path: Path) -> None:
    document = json.loads(to_jsonld(Report.model_validate_json(path.read_text("utf-8"))))
    expanded = jsonld.expand(document, {"documentLoader": local_context})
    assert _properties(expanded) == _properties(document["@graph"])
    assert all(name.startswith("http://schema.org/") for name in _names(expanded))


def _properties(value: Any) -> int:
    """How many values properties have in a JSON-LD value, plain or expanded."""
    if isinstance(value, list):
        return sum(map(_properties, value))
    if not isinstance(value, dict):
        return 0
    own = {name: item for name, item in value.items() if not name.startswith("@")}
    return sum(len(item) if isinstance(item, list) else 1 for item in own.values()) + _properties(list(own.values()))


def _names(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_names, value))
    if not isinstance(value, dict):
        return set()
    own = {name for name in value if not name.startswith("@")}
    return own.union(*(_names(item) for item in value.values()))


# --- types -------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", terms().events, ids=lambda term: term.type)
def test_event_types_have_their_terms(term: Any) -> None:
    for example in term.examples:
        assert type_of_event(example) == term.type, example
    for other in term.others:
        assert type_of_event(other) != term.type, other


def test_no_word_has_two_terms_and_each_ending_is_used() -> None:
    endings = [ending for term in terms().events for ending in (*term.endings, *term.words)]
    assert len(endings) == len(set(endings))
    for term in terms().events:
        for ending in term.endings:
            assert type_of_event(ending) == term.type


def test_kinds_of_the_record_have_their_terms() -> None:
    assert type_of_organisation("university") == "CollegeOrUniversity"
    assert type_of_organisation("association") == type_of_organisation(None) == "Organization"
    assert type_of_place("municipality") == "City"
    assert type_of_place("venue") == "Place"


# --- dates -------------------------------------------------------------------------------------


def clock(start_time: str, end_time: str) -> dict[str, str]:
    return {"start_time": start_time, "end_time": end_time}


@pytest.mark.parametrize(
    ("start", "fields", "shown"),
    [
        ("2025-03-04", {}, "2025-03-04/"),
        ("2025-07", {}, "2025-07/"),
        ("2025", {}, "2025/"),
        ("2025-23", {}, "/"),
        ("2025-34", {}, "/"),
        ("XXXX-05-16", {}, "/"),
        ("2025-07~", {}, "/"),
        ("2025-07", {"approximate": True}, "/"),
        ("2025-03-04", {"end": "2025-03-06"}, "2025-03-04/2025-03-06"),
        ("2025-03-04", {"start_time": "18:00"}, "2025-03-04T18:00:00+01:00/"),
        ("2025-07-04", clock("18:00", "20:30"), "2025-07-04T18:00:00+02:00/2025-07-04T20:30:00+02:00"),
        ("2025-07-04", clock("20:00", "24:00"), "2025-07-04T20:00:00+02:00/2025-07-05T00:00:00+02:00"),
        ("2025-12-31", clock("20:00", "02:00"), "2025-12-31T20:00:00+01:00/2026-01-01T02:00:00+01:00"),
        ("2025-03-04", {"start_time": "18:00", "timezone": "Mars/Olympus"}, "2025-03-04T18:00:00/"),
        (
            "2025-03-04", {"end": "2025-03-06", **clock("09:00", "17:00")},
            "2025-03-04T09:00:00+01:00/2025-03-06T17:00:00+01:00",
        ),
        ("2025-03-04", {"end": "2025-03", **clock("09:00", "17:00")}, "2025-03-04/2025-03"),
    ],
)  # fmt: skip
def test_dates(start: str, fields: dict[str, Any], shown: str) -> None:
    node = event_of(make_report(make_event(when=make_when(start, **fields))))
    assert f"{node.get('startDate', '')}/{node.get('endDate', '')}" == shown


def test_a_date_that_cannot_be_said_keeps_its_words() -> None:
    node = event_of(make_report(make_event(when=make_when("2025-23", text="im Herbst 2025"))))
    assert node["description"] == "im Herbst 2025"


@pytest.mark.parametrize(
    ("status", "previous", "term"),
    [
        ("planned", None, "EventScheduled"),
        ("held", None, "EventScheduled"),
        ("cancelled", None, "EventCancelled"),
        ("cancelled", "2025-03-01", "EventCancelled"),
        ("postponed", None, "EventPostponed"),
        ("postponed", "2025-03-01", "EventRescheduled"),
    ],
)
def test_status(status: str, previous: str | None, term: str) -> None:
    node = event_of(make_report(make_event(when=make_when("2025-03-04", previous_start=previous), status=status)))
    assert node["eventStatus"] == f"https://schema.org/{term}"
    assert node.get("previousStartDate") == previous


# --- places, names -----------------------------------------------------------------------------

TEMPLIN = Place(
    name="Templin", kind="municipality", ags="12073572", state="Brandenburg", country="DE",
    latitude=53.1, longitude=13.5, mentions=[],
)  # fmt: skip


def location_of(where: Where, *places: Place) -> Any:
    return event_of(make_report(make_event(where=where), places=list(places))).get("location")


def test_a_town_has_its_coordinates() -> None:
    place = location_of(Where(city="Templin", place="Templin"), TEMPLIN)
    assert (place["@type"], place["geo"]["latitude"]) == ("City", 53.1)
    assert place["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Templin",
        "addressRegion": "Brandenburg",
        "addressCountry": "DE",
    }


def test_a_venue_has_not_those_of_its_town() -> None:
    place = location_of(Where(venue="Rathaus", city="Templin", place="Templin"), TEMPLIN)
    assert (place["@type"], place["name"]) == ("Place", "Rathaus")
    assert "geo" not in place
    assert place["containedInPlace"]["geo"]["latitude"] == 53.1


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("Ammertalstr. 4, 71083 Herrenberg-Kayh", ("Ammertalstr. 4", "71083", "Herrenberg-Kayh")),
        ("Am Ring 1, A-5020 Salzburg", ("Am Ring 1", "5020", "Salzburg")),
        ("Hauptstraße 5", ("Hauptstraße 5", None, "Herrenberg")),
    ],
)
def test_addresses(address: str, parts: tuple[str | None, ...]) -> None:
    found = location_of(Where(venue="Kelter", city="Herrenberg", address=address))["address"]
    assert (found.get("streetAddress"), found.get("postalCode"), found.get("addressLocality")) == parts


@pytest.mark.parametrize(
    ("where", "mode", "types"),
    [
        (Where(venue="online", online=True), "Online", ["VirtualLocation"]),
        (Where(city="Templin", online=True), "Mixed", ["Place", "VirtualLocation"]),
        (Where(city="Templin"), "Offline", ["Place"]),
    ],
)
def test_attendance_mode(where: Where, mode: str, types: list[str]) -> None:
    node = event_of(make_report(make_event(where=where)))
    places = node["location"] if isinstance(node["location"], list) else [node["location"]]
    assert node["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert [place["@type"] for place in places] == types


def test_who_and_what() -> None:
    event = make_event(
        "Ortswerkstatt Kerne", series="Ortswerkstatt", ordinal=2, organisers=["TU X", "Y"], topics=["A", "B"]
    )
    report = make_report(
        event,
        organisations=[Organisation(name="TU X", acronym="TUX", kind="university", roles=[], mentions=[])],
        topics=[Topic(name="A", concept="https://voc.example/a", mentions=[]), Topic(name="B", mentions=[])],
    )
    node = event_of(report)
    assert node["alternateName"] == "2. Ortswerkstatt"
    assert node["superEvent"] == {"@type": "EventSeries", "name": "Ortswerkstatt"}
    assert node["organizer"] == [
        {"@type": "CollegeOrUniversity", "name": "TU X", "alternateName": "TUX"},
        {"@type": "Organization", "name": "Y"},
    ]
    assert node["about"] == [
        {"@id": "https://voc.example/a", "@type": "DefinedTerm", "name": "A"},
        {"@type": "Thing", "name": "B"},
    ]


def test_the_report_is_about_its_main_event_and_mentions_the_others() -> None:
    report = make_report(make_event(start="2025"), [make_event("Forum", start="2026")], published="2025-03-05")
    source, main, follow_up = graph_of(report)
    assert source["about"] == {"@id": main["@id"]}
    assert source["mentions"] == [{"@id": follow_up["@id"]}]
    assert main["subjectOf"] == follow_up["subjectOf"] == {"@id": source["@id"]}
    assert (source["url"], source["datePublished"]) == ("https://stadt.example/bericht", "2025-03-05")


def test_an_event_of_two_reports_is_one_node() -> None:
    event = make_event("Bürgerdialog", ordinal=2, city="Torgau", start="2025-05-16")
    told = [make_report(event, uri=uri) for uri in ("https://a.example/", "https://b.example/")]
    graph = json.loads(to_jsonld(told))["@graph"]
    assert len(graph) == 3
    assert {source["@id"] for source in graph[2]["subjectOf"]} == {source["@id"] for source in graph[:2]}


# --- in a page ---------------------------------------------------------------------------------


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(PIECES), min_size=1).map("".join))
def test_it_may_stand_in_a_script_element(name: str) -> None:
    text = to_jsonld(make_report(make_event(f"Sitzung {name}"[:1000])))
    page = _ScriptReader()
    page.feed(f'<script type="application/ld+json">{text}</script><p>after</p>')
    page.close()
    assert page.tags == ["script", "p"]
    assert json.loads(page.script) == json.loads(text)


class _ScriptReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags == ["script"]:
            self.script += data
