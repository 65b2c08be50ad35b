"""Calendars: what an entry says, which version it is, and that two libraries read the same days."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from dateutil.tz import tzical
from factories import make_event, make_report, make_when

from extractor import Report, to_ical
from extractor.errors import UsageError
from extractor.exporters.addresses import web_address
from extractor.exporters.ical_timezones import timezone
from extractor.records import Evidence, Place, Where

BERLIN = ZoneInfo("Europe/Berlin")


def report(start: str = "2025-05-16", **fields: Any) -> Report:
    """A report of one event in Torgau."""
    dates = ("end", "start_time", "end_time", "timezone", "previous_start", "approximate")
    when = make_when(start, **{key: fields.pop(key) for key in dates if key in fields})
    source = {key: fields.pop(key) for key in ("published", "uri", "places") if key in fields}
    fields = {"where": Where(city="Torgau", place="Torgau")} | fields
    return make_report(make_event(fields.pop("name", "Neujahrsempfang der Stadt"), when=when, **fields), **source)


def only(*reports: Report, **options: Any) -> icalendar.Event:
    """The one entry of a calendar."""
    (event,) = icalendar.Calendar.from_ical(to_ical(reports, **options)).events
    return event


def raw(data: bytes, name: str) -> list[str]:
    """The content lines of this property, unfolded."""
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    return [line for line in lines if re.match(rf"{name}[:;]", line)]


# --- when --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ({"start": "2025-05-16"}, date(2025, 5, 16), date(2025, 5, 17)),
        ({"start": "2024-02-29"}, date(2024, 2, 29), date(2024, 3, 1)),
        ({"start": "2024-12-30", "end": "2025-01-02"}, date(2024, 12, 30), date(2025, 1, 3)),
        ({"start": "2025-12-31"}, date(2025, 12, 31), date(2026, 1, 1)),
        ({"start": "2025-05-16", "end_time": "20:00"}, date(2025, 5, 16), date(2025, 5, 17)),
        ({"start": "2025-07"}, date(2025, 7, 1), date(2025, 8, 1)),
        ({"start": "2025-07", "start_time": "18:00"}, date(2025, 7, 1), date(2025, 8, 1)),
        ({"start": "2024-24"}, date(2024, 12, 1), date(2025, 3, 1)),
        ({"start": "2025-34"}, date(2025, 4, 1), date(2025, 7, 1)),
        ({"start": "2025"}, date(2025, 1, 1), date(2026, 1, 1)),
        ({"start": "2025-05", "end": "2025-07"}, date(2025, 5, 1), date(2025, 8, 1)),
        ({"start": "2025-05-16~"}, date(2025, 5, 16), date(2025, 5, 17)),
        ({"start": "0800-12-25"}, date(800, 12, 25), date(800, 12, 26)),
    ],
)
def test_whole_days(when: dict[str, Any], start: date, end: date) -> None:
    data = to_ical([report(**when)])
    assert raw(data, "DTSTART") == [f"DTSTART;VALUE=DATE:{start:%Y%m%d}".replace(":8001225", ":08001225")]
    (event,) = icalendar.Calendar.from_ical(data).events
    assert (event.start, event.end) == (start, end)
    assert b"VTIMEZONE" not in data


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ({"start_time": "18:00"}, "2025-05-16 18:00 +0200", None),
        ({"start_time": "18:00", "end_time": "20:30"}, "2025-05-16 18:00 +0200", "2025-05-16 20:30 +0200"),
        ({"start_time": "22:00", "end_time": "24:00"}, "2025-05-16 22:00 +0200", "2025-05-17 00:00 +0200"),
        ({"start_time": "22:00", "end_time": "02:00"}, "2025-05-16 22:00 +0200", "2025-05-17 02:00 +0200"),
        ({"start_time": "24:00"}, "2025-05-17 00:00 +0200", None),
        ({"start_time": "18:00", "end_time": "18:00"}, "2025-05-16 18:00 +0200", None),
        ({"start_time": "18:00", "end": "2025-05-18"}, "2025-05-16 18:00 +0200", "2025-05-19 00:00 +0200"),
        (
            {"start_time": "18:00", "end_time": "00:00", "end": "2025-05-18"},
            "2025-05-16 18:00 +0200",
            "2025-05-19 00:00 +0200",
        ),
        (
            {"start_time": "18:00", "end_time": "12:00", "end": "2025-05-18"},
            "2025-05-16 18:00 +0200",
            "2025-05-18 12:00 +0200",
        ),
        (
            {"start": "2025-03-30", "start_time": "01:00", "end_time": "04:00"},
            "2025-03-30 01:00 +0100",
            "2025-03-30 04:00 +0200",
        ),
        (
            {"start": "2025-10-26", "start_time": "01:00", "end_time": "04:00"},
            "2025-10-26 01:00 +0200",
            "2025-10-26 04:00 +0100",
        ),
        ({"start": "1975-07-10", "start_time": "09:00"}, "1975-07-10 09:00 +0100", None),
        ({"start": "1970-01-02", "start_time": "09:00"}, "1970-01-02 09:00 +0100", None),
        ({"start": "1995-10-10", "start_time": "09:00"}, "1995-10-10 09:00 +0100", None),
        ({"start": "1996-10-10", "start_time": "09:00"}, "1996-10-10 09:00 +0200", None),
        ({"start": "2037-07-10", "start_time": "09:00"}, "2037-07-10 09:00 +0200", None),
        ({"start": "2025-01-10", "start_time": "09:00", "timezone": "Europe/London"}, "2025-01-10 09:00 +0000", None),
        ({"start": "2025-07-10", "start_time": "09:00", "timezone": "America/Lima"}, "2025-07-10 09:00 -0500", None),
        ({"start": "2025-07-10", "start_time": "09:00", "timezone": "America/Denver"}, "2025-07-10 09:00 -0600", None),
        ({"start": "2025-07-10", "start_time": "09:00", "timezone": "Asia/Tokyo"}, "2025-07-10 09:00 +0900", None),
        ({"start": "2025-03-01", "start_time": "09:00", "timezone": "Africa/Cairo"}, "2025-03-01 09:00 +0200", None),
    ],
)
def test_times_have_a_zone_with_its_rules(when: dict[str, Any], start: str, end: str | None) -> None:
    """vobject reads the zone from the VTIMEZONE, icalendar from the name: both must say the same."""
    data = to_ical([report(**when)])
    zone = when.get("timezone", "Europe/Berlin")
    assert raw(data, "TZID") == [f"TZID:{zone}"]
    assert raw(data, "DTSTART")[-1].startswith(f"DTSTART;TZID={zone}:")
    (one,) = icalendar.Calendar.from_ical(data).events
    other = vobject.readOne(data.decode()).vevent
    for moment in (one.DTSTART, other.dtstart.value):
        assert f"{moment:%Y-%m-%d %H:%M %z}" == start
    assert ("DTEND" in one) == hasattr(other, "dtend") == (end is not None)
    if end is not None:
        for moment in (one.DTEND, other.dtend.value):
            assert f"{moment:%Y-%m-%d %H:%M %z}" == end


@pytest.mark.parametrize(
    "when",
    [{"timezone": "Mond/Krater"}, {"timezone": "../etc/passwd"}, {"start": "1920-07-10"}, {"start": "2038-07-10"}],
)
def test_times_float_where_the_zone_is_unknown(when: dict[str, Any]) -> None:
    data = to_ical([report(start_time="18:00", **when)])
    assert raw(data, "DTSTART") == [f"DTSTART:{when.get('start', '2025-05-16').replace('-', '')}T180000"]
    assert b"TZID" not in data


def test_a_time_that_the_clocks_leave_out_keeps_its_day() -> None:
    event = only(report("2025-03-30", start_time="02:30", end_time="03:15"))
    assert datetime(2025, 3, 30, 2, 30, tzinfo=BERLIN) == event.DTSTART
    assert "DTEND" not in event


@pytest.mark.parametrize("start", ["XXXX-05-16", "XXXX-05", "XXXX", "9999-12-31", "0000"])
def test_dates_that_no_calendar_has(start: str) -> None:
    assert icalendar.Calendar.from_ical(to_ical([report(start)])).events == []
    assert icalendar.Calendar.from_ical(to_ical([make_report(make_event("Fest"))])).events == []


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"start": "2025-07"}, "Juli 2025"),
        ({"start": "2025-21"}, "Frühjahr 2025"),
        ({"start": "2024-24"}, "Winter 2024/25"),
        ({"start": "2025-34"}, "2. Quartal 2025"),
        ({"start": "2025-41"}, "2. Halbjahr 2025"),
        ({"start": "2025"}, "2025"),
        ({"start": "198X"}, "1980er Jahre"),
        ({"start": "19XX"}, "1900 bis 1999"),
        ({"start": "2025-05", "end": "2025-07"}, "Mai 2025 bis Juli 2025"),
        ({"start": "2025-05-16", "approximate": True}, "etwa 16. Mai 2025"),
        ({"start": "2025-05~"}, "etwa Mai 2025"),
    ],
)
def test_an_imprecise_date_is_never_a_day(when: dict[str, Any], words: str) -> None:
    event = only(report(**when))
    assert event["SUMMARY"] == f"Neujahrsempfang der Stadt ({words}, Tag offen)"
    assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
    assert words in event["DESCRIPTION"]
    assert icalendar.Calendar.from_ical(to_ical([report(**when)], imprecise="skip")).events == []


# --- what else ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "status", "summary"),
    [
        ({"status": "planned"}, "CONFIRMED", "Neujahrsempfang der Stadt"),
        ({"status": "held"}, "CONFIRMED", "Neujahrsempfang der Stadt"),
        ({"status": "cancelled"}, "CANCELLED", "Abgesagt: Neujahrsempfang der Stadt"),
        ({"status": "postponed"}, "CANCELLED", "Verschoben: Neujahrsempfang der Stadt"),
        ({"status": "postponed", "previous_start": "2025-02-01"}, "CONFIRMED", "Neujahrsempfang der Stadt"),
        ({"ordinal": 12, "series": "Empfang"}, "CONFIRMED", "12. Neujahrsempfang der Stadt"),
    ],
)
def test_status(fields: dict[str, Any], status: str, summary: str) -> None:
    event = only(report(**fields))
    assert (event["STATUS"], event["SUMMARY"]) == (status, summary)
    assert ("TRANSP" in event) == (status == "CANCELLED")
    assert ("1. Februar 2025" in event["DESCRIPTION"]) == ("previous_start" in fields)


def test_all_that_the_record_knows() -> None:
    place = Place(name="Torgau", kind="municipality", latitude=51.5603, longitude=13.0061, mentions=[])
    quotes = [
        Evidence(field="name", start=0, end=4, quote="2. Bürgerdialog „Wasser“", rule="r"),
        Evidence(field="when.start", start=30, end=40, quote="16. Mai\n2025", rule="r"),
        Evidence(field="when.start", start=50, end=60, quote="16. Mai", rule="r"),
    ]
    event = only(
        report(
            where=Where(city="Torgau", venue="Rathaus", address="Markt 1; Hof", place="Torgau", online=True),
            places=[place],
            topics=["Wasser, Wald; Wind", "Boden\\Luft"],
            organisers=["Stadt Torgau", "Verein A & B, e. V."],
            evidence=quotes,
            uri="https://stadt.example/bericht?a=1,2;3",
            published="2025-05-01",
        )
    )
    assert event["LOCATION"] == "Rathaus, Markt 1; Hof, Torgau, online"
    assert event["GEO"].to_ical() == "51.5603;13.0061"
    assert event.categories == ["Wasser, Wald; Wind", "Boden\\Luft"]
    assert event.contacts == ["Stadt Torgau", "Verein A & B, e. V."]
    assert "„2. Bürgerdialog „Wasser““ … „16. Mai 2025“\n" in event["DESCRIPTION"]
    assert "Veranstalter: Stadt Torgau, Verein A & B, e. V.\n" in event["DESCRIPTION"]
    assert event["DESCRIPTION"].endswith("Quelle: https://stadt.example/bericht?a=1,2;3")
    assert event["URL"] == "https://stadt.example/bericht?a=1,2;3"
    assert event["X-EXTRACTOR-DATE"] == "2025-05-16"
    assert event.DTSTAMP == event.LAST_MODIFIED == datetime(2025, 5, 1, tzinfo=UTC)
    assert "ORGANIZER" not in event


def test_places_are_not_said_twice() -> None:
    event = only(report(where=Where(city="Torgau", venue="Rathaus Torgau")))
    assert event["LOCATION"] == "Rathaus Torgau"
    assert only(report(where=Where(venue="online", online=True)))["LOCATION"] == "online"
    assert only(report(where=Where(city="Aue", venue="Auenhalle")))["LOCATION"] == "Auenhalle, Aue"


def test_follow_ups_are_related_and_others_are_asked_for() -> None:
    main = make_event("Empfang der Stadt", start="2025-01-10", city="Torgau")
    following = make_event("Fest der Stadt", start="2025-07", city="Torgau")
    passing = make_event("Markt der Stadt", start="2025-08-01", city="Torgau")
    reports = [make_report(main, [following], [passing])]
    events = icalendar.Calendar.from_ical(to_ical(reports)).events
    assert [event["RELATED-TO"] for event in events if "RELATED-TO" in event] == [events[0]["UID"]]
    assert [str(event["SUMMARY"])[:4] for event in events] == ["Empf", "Fest"]
    assert len(icalendar.Calendar.from_ical(to_ical(reports, other=True)).events) == 3


@pytest.mark.parametrize(
    "uri",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "bericht.txt",
        "https://anna:geheim@stadt.example/",
        "https://stadt.example/\r\nATTACH:x",
        "https://",
        "https://[",
        "https://stadt.example/\u202egpj",
        "data:text/html,<script>",
    ],
)
def test_only_addresses_of_the_web_become_links(uri: str) -> None:
    assert web_address(uri) is None
    data = to_ical([report(uri=uri)])
    assert raw(data, "URL") == raw(data, "ATTACH") == []


def test_an_address_that_no_uri_can_be_is_left_out() -> None:
    for uri in ("https://stadt.example/bürgerfest", f"https://stadt.example/{'a' * 3000}"):
        assert web_address(uri) == uri
        assert raw(to_ical([report(uri=uri)]), "URL") == []


@pytest.mark.parametrize("number", [-(10**14), 10**20])
def test_a_sequence_that_no_calendar_may_have(number: int) -> None:
    first = to_ical([report()])
    spoilt = first.replace(b"SEQUENCE:0", b"SEQUENCE:%d" % number)
    assert raw(to_ical([report()], previous=spoilt), "SEQUENCE") == [f"SEQUENCE:{0 if number < 0 else 2**31 - 1}"]
    changed = to_ical([report(status="cancelled")], previous=spoilt)
    assert raw(changed, "SEQUENCE") == [f"SEQUENCE:{1 if number < 0 else 2**31 - 1}"]


def test_the_calendar_has_a_name() -> None:
    data = to_ical([report()], name="Termine; Torgau\nEND:VCALENDAR")
    assert raw(data, "NAME") == ["NAME:Termine\\; Torgau END:VCALENDAR"]
    assert raw(data, "X-WR-CALNAME") == ["X-WR-CALNAME:Termine\\; Torgau END:VCALENDAR"]
    assert raw(data, "REFRESH-INTERVAL") == ["REFRESH-INTERVAL;VALUE=DURATION:P1D"]


def test_recurring_ical_events_finds_the_same_days() -> None:
    data = to_ical([report("2024-12-30", end="2025-01-02"), report("2025-10-26", start_time="01:30", end_time="03:30")])
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(data))
    days = [date(2024, 12, 29) + timedelta(days=number) for number in range(6)]
    assert [len(query.at(day)) for day in days] == [0, 1, 1, 1, 1, 0]
    assert [len(query.at(date(2025, 10, day))) for day in (25, 26, 27)] == [0, 1, 0]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Africa/Cairo", "Africa/Casablanca", "Asia/Kolkata"]
)
def test_a_zone_is_always_the_same_and_right_throughout(zone: str) -> None:
    """dateutil and vobject read the VTIMEZONE; the time zone database says what is right."""
    text = timezone(zone).to_ical().decode()
    read = tzical(io.StringIO(text)).get()
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{text}END:VCALENDAR\r\n"
    read_too = vobject.readOne(calendar).vtimezone.tzinfo
    moment, end = datetime(1970, 1, 2, 12), datetime(2038, 1, 1)
    while moment < end:
        right = moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()
        assert read.utcoffset(moment) == read_too.utcoffset(moment) == right, moment
        moment += timedelta(days=3)
    assert len(text) < 6000


# --- versions ----------------------------------------------------------------------------------


def test_the_same_records_give_the_same_bytes() -> None:
    reports = [report(f"2025-05-{day}", name=f"Fest Nummer {day}", published="2025-05-01") for day in (10, 11, 12)]
    data = to_ical(reports)
    assert to_ical(reports[::-1]) == data
    assert to_ical(reports, previous=data) == data
    assert to_ical(reports, previous=data, modified=datetime(2026, 1, 1, tzinfo=UTC)) == data


def test_the_sequence_grows_for_what_changes() -> None:
    stays = report(name="Fest am Teich")
    first = to_ical([stays, report(published="2025-05-01")])
    second = to_ical([stays, report("2025-05-20", published="2025-05-02")], previous=first)
    third = to_ical([stays, report("2025-05-21")], previous=second)
    versions = [
        {str(event["SUMMARY"]): (event["SEQUENCE"], event.DTSTAMP.year, event.DTSTAMP.day) for event in calendar.events}
        for calendar in map(icalendar.Calendar.from_ical, (first, second, third))
    ]
    assert [version["Neujahrsempfang der Stadt"] for version in versions] == [(0, 2025, 1), (1, 2025, 2), (2, 2025, 2)]
    assert [version["Fest am Teich"] for version in versions] == [(0, 1970, 1)] * 3


def test_a_given_time_stamps_what_is_new() -> None:
    event = only(report(), modified=datetime(2025, 6, 1, 14, 30, 15, 999, tzinfo=BERLIN))
    assert event.DTSTAMP == event.LAST_MODIFIED == datetime(2025, 6, 1, 12, 30, 15, tzinfo=UTC)


def test_without_a_day_of_publication_nothing_is_made_up() -> None:
    event = only(report())
    assert "LAST-MODIFIED" not in event
    assert datetime(1970, 1, 1, tzinfo=UTC) == event.DTSTAMP


@pytest.mark.parametrize(
    "previous",
    [
        b"no calendar",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//somebody//EN\r\nEND:VCALENDAR\r\n",
        to_ical([report()]).replace(b"X-EXTRACTOR-CONTENT", b"X-SOMETHING-ELSE"),
        b"\xff\xfe\x00",
    ],
)
def test_a_calendar_of_somebody_else_is_not_updated(previous: bytes) -> None:
    with pytest.raises(UsageError):
        to_ical([report()], previous=previous)


def test_a_spoilt_version_begins_anew() -> None:
    data = to_ical([report()]).replace(b"SEQUENCE:0", b"SEQUENCE:x").replace(b"DTSTAMP:1970", b"DTSTAMP:abcd")
    assert only(report(), previous=data)["SEQUENCE"] in (0, 1)
