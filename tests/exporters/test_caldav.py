"""The round trip against a real server: what is created, updated, cancelled, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from factories import make_event, make_report, make_when
from radicale_server import PASSWORD, USER, Radicale, answering, running

from extractor.errors import AccessDenied, ExtractorError, ServerError, UsageError
from extractor.exporters.caldav import Outcome, to_caldav
from extractor.exporters.caldav_credentials import Credentials
from extractor.exporters.caldav_plan import Action
from extractor.records import Report

ANNA = Credentials(USER, PASSWORD)
FOREIGN = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//somebody//else//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
    "DTSTAMP:20250101T000000Z\r\nDTSTART;VALUE=DATE:20250601\r\nSUMMARY:Zahnarzt\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

ELSEWHERE = b"""<D:multistatus xmlns:D="DAV:"><D:response><D:href>/</D:href><D:propstat>
<D:prop><D:current-user-principal><D:href>http://other.example/</D:href></D:current-user-principal></D:prop>
<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"""


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with running(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def server(radicale: Radicale, request: pytest.FixtureRequest) -> Radicale:
    """The server with a calendar for this test, "Termine <test>"; nothing counted yet."""
    radicale.before = lambda *_: None
    radicale.make_calendar(request.node.name, f"Termine {request.node.name}")
    radicale.requests.clear()
    return radicale


class Calendar:
    """The calendar of a test."""

    def __init__(self, server: Radicale, path: str) -> None:
        self.server, self.path, self.name = server, path, f"Termine {path}"
        self.pauses: list[float] = []

    def send(self, *reports: Report, **options: Any) -> Outcome:
        self.server.requests.clear()
        return to_caldav(reports, self.server.url, self.name, user=ANNA, sleep=self.pauses.append, **options)

    def events(self) -> list[icalendar.Event]:
        return icalendar.Calendar.from_ical(self.server.calendar(self.path)).events

    def on(self, year: int, month: int, day: int) -> list[str]:
        """What recurring-ical-events finds on a day."""
        calendar = icalendar.Calendar.from_ical(self.server.calendar(self.path))
        return sorted(str(event["SUMMARY"]) for event in recurring_ical_events.of(calendar).at((year, month, day)))


@pytest.fixture
def calendar(server: Radicale, request: pytest.FixtureRequest) -> Calendar:
    return Calendar(server, request.node.name)


def dialog(ordinal: int = 2, start: str = "2025-05-16", **fields: Any) -> Report:
    """A report of a Bürgerdialog in Torgau."""
    fields = {"series": "Bürgerdialog", "ordinal": ordinal, "city": "Torgau"} | fields
    if "when" not in fields:
        fields["when"] = make_when(start, start_time="18:00")
    return make_report(make_event("Bürgerdialog", **fields))


def actions(outcome: Outcome) -> list[Action]:
    return [step.action for step in outcome.steps]


def test_round_trip(calendar: Calendar) -> None:
    reports = [dialog(number, f"2025-0{number}-16") for number in (1, 2, 3)]

    outcome = calendar.send(*reports)
    assert actions(outcome) == [Action.CREATE] * 3
    assert calendar.server.writes == ["PUT"] * 3
    assert calendar.on(2025, 2, 16) == ["2. Bürgerdialog"]

    outcome = calendar.send(*reports)
    assert actions(outcome) == [Action.KEEP] * 3
    assert calendar.server.writes == []

    reports[1] = dialog(2, "2025-06-20")
    outcome = calendar.send(*reports)
    assert sorted(actions(outcome)) == ["keep", "keep", "update"]
    assert calendar.server.writes == ["PUT"]
    assert calendar.on(2025, 2, 16) == []
    assert calendar.on(2025, 6, 20) == ["2. Bürgerdialog"]

    reports[2] = dialog(3, "2025-03-16", status="cancelled")
    outcome = calendar.send(*reports)
    assert sorted(actions(outcome)) == ["cancel", "keep", "keep"]
    assert calendar.server.writes == ["PUT"]
    (third,) = (event for event in calendar.events() if "3." in event["SUMMARY"])
    assert (third["STATUS"], third["SEQUENCE"]) == ("CANCELLED", 1)

    assert calendar.send(*reports).count(Action.KEEP) == 3
    assert calendar.server.writes == []
    assert len(calendar.events()) == 3


def test_other_entries_are_never_touched(calendar: Calendar) -> None:
    calendar.server.put(f"{calendar.path}/zahnarzt.ics", FOREIGN.format(uid="zahnarzt"))
    broken = FOREIGN.format(uid="wochentreff").replace("SUMMARY:", "RRULE:FREQ=WEEKLY\r\nSUMMARY:")
    calendar.server.put(f"{calendar.path}/wochentreff.ics", broken)
    before = calendar.server.ask("GET", f"/{USER}/{calendar.path}/zahnarzt.ics")
    calendar.send(dialog())
    calendar.send(dialog(start="2025-06-20"))
    calendar.send()
    assert calendar.server.writes == []
    assert calendar.server.ask("GET", f"/{USER}/{calendar.path}/zahnarzt.ics") == before
    assert {str(event["UID"]) for event in calendar.events()} >= {"zahnarzt", "wochentreff"}
    assert len(calendar.events()) == 3


def test_an_entry_of_somebody_else_with_our_uid_is_left_alone(calendar: Calendar) -> None:
    uid = calendar.send(dialog(), dry_run=True).steps[0].entry.uid
    calendar.server.put(f"{calendar.path}/theirs.ics", FOREIGN.format(uid=uid))
    assert actions(calendar.send(dialog())) == [Action.LEAVE]
    assert calendar.server.writes == []
    assert [str(event["SUMMARY"]) for event in calendar.events()] == ["Zahnarzt"]


def test_what_the_records_no_longer_say_stays(calendar: Calendar) -> None:
    calendar.send(dialog(1), dialog(2))
    assert actions(calendar.send(dialog(2))) == [Action.KEEP]
    assert len(calendar.events()) == 2


def test_a_dry_run_writes_nothing(calendar: Calendar) -> None:
    outcome = calendar.send(dialog(), dry_run=True)
    assert [(step.action, step.title) for step in outcome.steps] == [(Action.CREATE, "2025-05-16  2. Bürgerdialog")]
    assert calendar.server.writes == []
    assert calendar.events() == []


def test_alarms_survive_an_update(calendar: Calendar) -> None:
    calendar.send(dialog())
    ((method, path),) = [(method, path) for method, path in calendar.server.requests if method == "PUT"]
    assert method == "PUT"
    stored = calendar.server.ask("GET", path)
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Los\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\n"
    calendar.server.ask("PUT", path, stored.replace("END:VEVENT", alarm + "END:VEVENT"), Content_Type="text/calendar")
    assert actions(calendar.send(dialog())) == [Action.KEEP]
    assert actions(calendar.send(dialog(start="2025-06-20"))) == [Action.UPDATE]
    (event,) = calendar.events()
    assert len(event.walk("VALARM")) == 1
    assert event["SEQUENCE"] == 1


def test_an_entry_is_updated_where_it_lies(calendar: Calendar) -> None:
    names = ["mein%20fest.ics", "fest%231.ics"]
    for number, name in enumerate(names, start=1):
        calendar.send(dialog(number))
        (path,) = (path for method, path in calendar.server.requests if method == "PUT")
        data = calendar.server.ask("GET", path)
        calendar.server.ask("DELETE", path)
        calendar.server.put(f"{calendar.path}/{name}", data)
        assert actions(calendar.send(dialog(number, status="cancelled"))) == [Action.CANCEL], name
    assert [event["STATUS"] for event in calendar.events()] == ["CANCELLED"] * len(names)


def test_somebody_is_quicker(calendar: Calendar) -> None:
    """The entry changes between reading and writing: it is read again, and written in its new version."""
    calendar.send(dialog())
    path = next(path for method, path in calendar.server.requests if method == "PUT")
    meddled: list[str] = []

    def meddle(method: str, _: str) -> None:
        if method == "PUT" and not meddled:
            stored = calendar.server.ask("GET", path)
            changed = stored.replace("END:VEVENT", "COMMENT:Kuchen mitbringen\r\nEND:VEVENT")
            meddled.append(calendar.server.ask("PUT", path, changed, Content_Type="text/calendar"))

    calendar.server.before = meddle
    outcome = calendar.send(dialog(start="2025-06-20"))
    assert actions(outcome) == [Action.UPDATE]
    assert outcome.failures == ()
    assert calendar.server.writes == ["PUT", "PUT"]
    assert calendar.on(2025, 6, 20) == ["2. Bürgerdialog"]


def test_somebody_else_creates_the_same(calendar: Calendar) -> None:
    other = Calendar(calendar.server, calendar.path)
    started: list[bool] = []

    def meddle(method: str, _: str) -> None:
        if method == "PUT" and not started:
            started.append(True)
            to_caldav([dialog()], calendar.server.url, other.name, user=ANNA)

    calendar.server.before = meddle
    assert actions(calendar.send(dialog())) == [Action.KEEP]
    assert len(calendar.events()) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passes_is_waited_for(calendar: Calendar, status: int) -> None:
    answers = iter([status, status])
    calendar.server.before = lambda *_: next(answers, None)
    assert actions(calendar.send(dialog())) == [Action.CREATE]
    assert calendar.pauses == [1.0, 2.0]
    answers = iter([status])
    calendar.server.before = lambda method, _: next(answers, None) if method == "PUT" else None
    assert actions(calendar.send(dialog(start="2025-06-20"))) == [Action.UPDATE]
    assert len(calendar.events()) == 1


def test_a_server_that_stays_away(calendar: Calendar) -> None:
    calendar.server.before = lambda *_: 503
    with pytest.raises(ServerError, match="503"):
        calendar.send(dialog())
    assert calendar.pauses == [1.0, 2.0, 4.0, 8.0]


def test_nobody_answers() -> None:
    pauses: list[float] = []
    with pytest.raises(ServerError, match="no answer"):
        to_caldav([dialog()], "http://127.0.0.1:9/", "x", user=ANNA, sleep=pauses.append)
    assert len(pauses) == 4


def test_an_entry_that_cannot_be_written_costs_only_itself(calendar: Calendar) -> None:
    uid = calendar.send(dialog(1), dry_run=True).steps[0].entry.uid
    calendar.server.before = lambda method, path: 507 if method == "PUT" and uid in path else None
    outcome = calendar.send(dialog(1), dialog(2))
    assert actions(outcome) == [Action.CREATE]
    assert ["507" in failure.message for failure in outcome.failures] == [True]
    assert len(calendar.events()) == 1


def test_a_wrong_password(
    calendar: Calendar, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"), pytest.raises(AccessDenied) as raised:
        to_caldav([dialog()], calendar.server.url, calendar.name, user=Credentials(USER, "falsch-8472"))
    assert "falsch-8472" not in str(raised.value) + repr(raised.value) + caplog.text + "".join(capfd.readouterr())
    assert calendar.server.writes == []


def test_the_password_is_in_no_log(calendar: Calendar, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        calendar.send(dialog())
    assert PASSWORD not in caplog.text
    assert "Basic" not in caplog.text
    assert PASSWORD not in repr(ANNA)


def test_a_calendar_that_is_not_there(calendar: Calendar) -> None:
    with pytest.raises(UsageError, match=f"there are: .*{calendar.name}"):
        to_caldav([dialog()], calendar.server.url, "Termine nirgends", user=ANNA)
    assert calendar.server.writes == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        ("207 Multi-Status", b"<a><b>"),
        ("207 Multi-Status", b""),
        ("200 OK", b"{}"),
        ("200 OK", b"<html><body>Anmelden</body></html>"),
        ("207 Multi-Status", ELSEWHERE),
    ],
)
def test_an_address_where_no_caldav_server_answers(status: str, body: bytes) -> None:
    with answering(status, body) as url, pytest.raises(ExtractorError, match="is this the CalDAV address") as raised:
        to_caldav([dialog()], url, "Termine", user=ANNA)
    assert raised.value.code in ("usage", "server-error")
    assert PASSWORD not in str(raised.value)


def test_a_calendar_by_the_last_part_of_its_address(calendar: Calendar) -> None:
    to_caldav([dialog()], calendar.server.url, calendar.path, user=ANNA)
    assert len(calendar.events()) == 1


def test_imprecise_and_other(calendar: Calendar) -> None:
    vague = make_event("Streuobsttag Alte Sorten", start="2025-07", city="Torgau")
    passing = make_event("Dorffest am Teich", start="2025-08-02", city="Torgau")
    report = make_report(vague, others=[passing])
    assert calendar.send(report, imprecise="skip", dry_run=True).steps == ()
    assert actions(calendar.send(report, other=True)) == [Action.CREATE, Action.CREATE]
    assert calendar.on(2025, 7, 31) == ["Streuobsttag Alte Sorten (Juli 2025, Tag offen)"]
    assert calendar.on(2025, 8, 1) == []
