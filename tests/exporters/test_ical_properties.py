"""Whatever a record says, two independent libraries read the same calendar, on the same days."""

from __future__ import annotations

import calendar as months
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import vobject
from factories import make_report
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor import Report, to_ical
from extractor.edtf import precision
from extractor.errors import UsageError
from extractor.records import Event, Evidence, Place, When, Where

often = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100)

NASTY = ["a,b;c", "x\ny", "\\", "\\n", "\\N", "C:\\Neu", '"', "🎉👩‍👩‍👧", "ä" * 80, "BEGIN:VEVENT", "\r\nEND:VCALENDAR",
         "\u202egpj", "\x00\x07", "\u2028", "\x85", ":", "^n", "a" * 74, "Größe, Maß; Fuß\\Elle\n"]  # fmt: skip
texts = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from([*NASTY, "Bürgerdialog", " "]), min_size=1, max_size=6).map("".join),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=200),
)
names = texts.map(lambda text: text[:1000])
SPECIAL_DAYS = [
    date(2025, 3, 29),
    date(2025, 3, 30),
    date(2025, 10, 26),
    date(2024, 2, 29),
    date(2024, 12, 31),
    date(2025, 1, 1),
]
days = st.one_of(st.sampled_from(SPECIAL_DAYS), st.dates(date(1970, 1, 2), date(2037, 12, 29)))
clocks = st.one_of(
    st.sampled_from(["00:00", "02:00", "02:30", "03:00", "23:59", "24:00"]),
    st.times().map(lambda clock: f"{clock:%H:%M}"),
)
ZONES = [
    "Europe/Berlin",
    "Europe/Vienna",
    "Europe/London",
    "UTC",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Perth",
]


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Days, ranges, times; months, seasons, quarters, years."""
    day = draw(days)
    vague = draw(st.sampled_from(["", "month", "season", "quarter", "half", "year", "range"]))
    if vague:
        texts_ = {
            "month": f"{day:%Y-%m}",
            "season": f"{day:%Y}-{draw(st.integers(21, 24))}",
            "quarter": f"{day:%Y}-{draw(st.integers(33, 36))}",
            "half": f"{day:%Y}-{draw(st.integers(40, 41))}",
            "year": f"{day:%Y}",
            "range": f"{day:%Y-%m}",
        }
        start, end = texts_[vague], f"{day.year}-12" if vague == "range" else None
    else:
        start = day.isoformat()
        last = day + timedelta(days=draw(st.integers(0, 40)))
        end = last.isoformat() if draw(st.booleans()) else None
    return When(
        text=draw(texts),
        start=start,
        end=end,
        start_time=draw(st.none() | clocks),
        end_time=draw(st.none() | clocks),
        timezone=draw(st.sampled_from(ZONES)),
        precision=precision(start),
        approximate=draw(st.booleans()) if vague else False,
        previous_start=draw(st.none() | days.map(date.isoformat)),
    )


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Events that say as much as an event can."""
    where = Where(
        city=draw(st.none() | names),
        venue=draw(st.none() | names),
        address=draw(st.none() | names),
        online=draw(st.booleans()),
        place="Ort",
    )
    return Event(
        id=draw(st.text("0123456789abcdef", min_size=16, max_size=16)),
        role="main",
        name=draw(names),
        event_type=draw(names),
        series=draw(st.none() | names),
        ordinal=draw(st.none() | st.integers(1, 99)),
        when=draw(whens()),
        where=draw(st.none() | st.just(where)),
        status=draw(st.sampled_from(["planned", "held", "cancelled", "postponed"])),
        organisers=draw(st.lists(names, max_size=2)),
        topics=draw(st.lists(names, max_size=3)),
        evidence=[Evidence(field="name", start=0, end=1, quote=draw(texts), rule="r")],
        confidence=0.5,
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Reports of one to three events."""
    main, *rest = draw(st.lists(events(), min_size=1, max_size=3))
    place = Place(name="Ort", kind="municipality", latitude=51.5, longitude=-0.125, mentions=[])
    uri = draw(st.sampled_from(["bericht.txt", "https://stadt.example/a,b;c?d=e"]) | texts)
    published = draw(st.none() | days.map(date.isoformat))
    return make_report(main, rest, places=[place], uri=uri, published=published)


def expected_days(when: When) -> tuple[date, date]:
    """First and last day, worked out here in another way than there."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", when.start):
        first = date.fromisoformat(when.start)
        return first, date.fromisoformat(when.end) if when.end else first
    year, grouping = int(when.start[:4]), int(when.start[5:] or 0)
    spans = {0: (1, 12), 21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 33: (1, 3), 34: (4, 6), 35: (7, 9)}
    spans |= {36: (10, 12), 40: (1, 6), 41: (7, 12)}
    first_month, last_month = spans.get(grouping, (grouping, grouping))
    if when.end:
        last_month = 12
    last_year, last_month = (year, last_month) if last_month <= 12 else (year + 1, last_month - 12)
    return date(year, first_month, 1), date(last_year, last_month, months.monthrange(last_year, last_month)[1])


def is_timed(event: Event) -> bool:
    return bool(event.when and event.when.precision == "day" and event.when.start_time)


def exists_once(moment: datetime) -> bool:
    """Whether a local time is neither left out nor there twice."""
    there_and_back = moment.astimezone(ZoneInfo("UTC")).astimezone(moment.tzinfo)
    return there_and_back == moment and moment.utcoffset() == moment.replace(fold=1).utcoffset()


def by_uid(entries: Any, uid: Any) -> dict[str, Any]:
    return {uid(entry): entry for entry in entries}


@often
@given(reports())
def test_two_libraries_read_the_same(report: Report) -> None:
    data = to_ical([report])
    ours = by_uid(icalendar.Calendar.from_ical(data).events, lambda entry: str(entry["UID"]))
    theirs = by_uid(vobject.readOne(data.decode()).vevent_list, lambda entry: entry.uid.value)
    assert ours.keys() == theirs.keys()
    assert len(ours) == 1 + len(report.follow_ups)
    for uid, one in ours.items():
        other = theirs[uid]
        for name in ("summary", "description", "location", "status", "url", "transp", "contact", "geo"):
            assert (name in one) == hasattr(other, name), name
        for name in ("summary", "description", "location", "status"):
            if name in one:
                assert str(one[name]) == getattr(other, name).value
        if "categories" in one:
            assert one.categories == [text for line in other.categories_list for text in line.value]
        assert_same_extent(one, other)


def assert_same_extent(one: icalendar.Event, other: Any) -> None:
    start = other.dtstart.value
    assert type(start) is type(one.DTSTART)
    if not isinstance(start, datetime):
        assert (start, other.dtend.value) == (one.DTSTART, one.DTEND)
        return
    assert start.replace(tzinfo=None) == one.DTSTART.replace(tzinfo=None)
    if exists_once(one.DTSTART):
        assert start == one.DTSTART
    assert ("DTEND" in one) == hasattr(other, "dtend")
    if "DTEND" in one:
        assert one.DTEND > one.DTSTART
        assert other.dtend.value.replace(tzinfo=None) == one.DTEND.replace(tzinfo=None)


@often
@given(events())
@example(
    Event(
        id="0" * 16,
        role="main",
        name="x",
        event_type="x",
        status="planned",
        confidence=1,
        when=When(
            text="x",
            start="2025-03-30",
            start_time="02:30",
            end_time="02:45",
            precision="day",
            timezone="Europe/Berlin",
        ),
    )
)
def test_the_days_are_those_of_the_record(event: Event) -> None:
    assert event.when is not None
    first, last = expected_days(event.when)
    (entry,) = icalendar.Calendar.from_ical(to_ical([make_report(event)])).events
    if not is_timed(event):
        assert (first, last + timedelta(days=1)) == (entry.DTSTART, entry.DTEND)
        return
    begin = event.when.start_time or ""
    midnight = begin.startswith("24")
    expected = datetime.combine(first, time.fromisoformat("00" + begin[2:] if midnight else begin))
    assert entry.DTSTART.replace(tzinfo=None) == expected + timedelta(days=midnight)
    assert str(entry.DTSTART.tzinfo) == event.when.timezone
    if "DTEND" in entry:
        final = (entry.DTEND.replace(tzinfo=None) - timedelta(seconds=1)).date()
        assert last <= final <= last + timedelta(days=1)
        if last > first and event.when.end_time is None:
            assert final == last


@often
@given(st.lists(reports(), min_size=1, max_size=3))
def test_lines_are_folded_and_safe(several: list[Report]) -> None:
    data = to_ical(several)
    assert data.endswith(b"\r\nEND:VCALENDAR\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        text = line.decode("utf-8")
        assert not any(
            unicodedata.category(character) in ("Cc", "Zl", "Zp") and character != "\t" for character in text
        )
        assert not set(text) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == len(icalendar.Calendar.from_ical(data).events)


@often
@given(st.lists(reports(), min_size=1, max_size=3))
def test_again_is_the_same(several: list[Report]) -> None:
    data = to_ical(several)
    assert to_ical(several[::-1]) == data
    assert to_ical(several, previous=data) == data


@often
@given(st.lists(reports(), min_size=1, max_size=2), st.data())
def test_a_damaged_calendar_is_updated_or_refused(several: list[Report], data: st.DataObject) -> None:
    previous = bytearray(to_ical(several))
    for _ in range(data.draw(st.integers(1, 5))):
        position = data.draw(st.integers(0, len(previous) - 1))
        previous[position : position + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        updated = to_ical(several, previous=bytes(previous))
    except UsageError:
        return
    assert updated.count(b"BEGIN:VEVENT") == to_ical(several).count(b"BEGIN:VEVENT")
