"""What several reports together know of an event."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from factories import make_event, make_report, make_when

from extractor.linking.known_events import KnownEvent, known_events
from extractor.records import Evidence, Report, Where

SERIES: dict[str, Any] = {"series": "Bürgerdialog", "ordinal": 2, "city": "Torgau"}


def told(start: str | None, *, published: str | None = None, role: str = "main", **fields: Any) -> Report:
    """A report that tells of the 2. Bürgerdialog in Torgau."""
    fields = SERIES | {"start": start} | fields
    if "when" in fields:
        fields.pop("start")
    if "where" in fields:
        fields.pop("city")
    event = make_event(fields.pop("name", "Bürgerdialog"), **fields)
    roles: dict[str, dict[str, Any]] = {"main": {"main": event}, "follow_up": {"follow_ups": [event]}}
    return make_report(published=published, **roles.get(role, {"others": [event]}))


def known(*reports: Report) -> KnownEvent:
    """The one event that the reports tell of, the same in every order."""
    results = [known_events(order) for order in permutations(reports)]
    assert all(result == results[0] for result in results)
    (event,) = results[0]
    return event


def start(event: KnownEvent) -> str:
    assert event.event.when is not None
    return event.event.when.start


def test_the_later_report_corrects_the_date() -> None:
    event = known(told("2025-05-16", published="2025-03-01"), told("2025-06-20", published="2025-04-01"))
    assert start(event) == "2025-06-20"


def test_a_dated_report_counts_more_than_one_without_a_date() -> None:
    assert start(known(told("2025-05-16"), told("2025-06-20", published="2025-04-01"))) == "2025-06-20"


def test_a_vaguer_date_says_nothing_new() -> None:
    vague = told("2025-07", published="2025-09-01", role="other")
    assert start(known(told("2025-07-17", published="2025-06-01"), vague)) == "2025-07-17"


def test_a_vaguer_date_elsewhere_is_news() -> None:
    vague = told("2025-23", published="2025-06-15")
    assert start(known(told("2025-07-17", published="2025-06-01"), vague)) == "2025-23"


def test_an_announcement_gives_way_to_the_report() -> None:
    event = known(
        told("2025-07", role="follow_up", name="Dialog"),
        told("2025-07-17", status="held", attendance=80, name="Bürgerdialog Wasser"),
    )
    assert (event.event.name, start(event), event.event.status) == ("Bürgerdialog Wasser", "2025-07-17", "held")
    assert event.event.role == "main"
    assert len(event.sightings) == 2


def test_the_old_date_of_a_postponed_event_is_outdated() -> None:
    postponed = told(None, when=make_when("2025-06-20", previous_start="2025-05-16"), status="postponed")
    event = known(told("2025-05-16", published="2025-05-01"), postponed)
    assert (start(event), event.event.status) == ("2025-06-20", "postponed")


def test_postponed_twice() -> None:
    reports = [
        told("2025-05-16"),
        told(None, when=make_when("2025-06-20", previous_start="2025-05-16"), status="postponed"),
        told(None, when=make_when("2025-09-11", previous_start="2025-06-20"), status="postponed"),
    ]
    assert start(known(*reports)) == "2025-09-11"


def test_postponed_and_then_held() -> None:
    postponed = told(None, when=make_when("2025-06-20", previous_start="2025-05-16"), status="postponed")
    event = known(told("2025-05-16"), postponed, told("2025-06-20", status="held"))
    assert (start(event), event.event.status) == ("2025-06-20", "held")


def test_dates_that_outdate_each_other_are_settled_somehow() -> None:
    there = told(None, when=make_when("2025-06-20", previous_start="2025-05-16"), status="postponed")
    back = told(
        None, when=make_when("2025-05-16", previous_start="2025-06-20"), status="postponed", published="2025-05"
    )
    assert start(known(there, back)) == "2025-05-16"


@pytest.mark.parametrize("published", [None, "2025-01-01", "2025-12-01"])
def test_cancelled_is_news_against_planned(published: str | None) -> None:
    cancelled = told("2025-05-16", status="cancelled", published=published)
    assert known(told("2025-05-16", published="2025-04-01"), cancelled).event.status == "cancelled"


def test_cancelled_and_then_planned_anew() -> None:
    cancelled = told("2025-05-16", status="cancelled", published="2025-05-10")
    event = known(cancelled, told("2025-09-11", published="2025-07-01"))
    assert (start(event), event.event.status) == ("2025-09-11", "planned")


def test_cancelled_without_a_date() -> None:
    dateless = told(None, status="cancelled", published="2025-05-10")
    event = known(told("2025-05-16", published="2025-04-01"), dateless)
    assert (start(event), event.event.status) == ("2025-05-16", "cancelled")


def test_held_after_all() -> None:
    cancelled = told("2025-05-16", status="cancelled", published="2025-05-10")
    assert known(cancelled, told("2025-05-16", status="held", published="2025-05-17")).event.status == "held"


def test_what_one_report_lacks_another_adds() -> None:
    announced = told(
        None,
        when=make_when("2025-05-16", start_time="18:00", end_time="20:00"),
        where=Where(city="Torgau", venue="Rathaus"),
        organisers=["Stadt Torgau"],
        published="2025-05-01",
    )
    held = told("2025-05-16", status="held", attendance=80, published="2025-05-20")
    event = known(announced, held)
    assert event.event.when is not None
    assert event.event.where is not None
    assert (event.event.when.start_time, event.event.when.end_time) == ("18:00", "20:00")
    assert (event.event.where.venue, event.event.organisers, event.event.attendance) == (
        "Rathaus",
        ["Stadt Torgau"],
        80,
    )
    assert event.source_of("where.venue").report_id == announced.id
    assert event.source_of("where.city").report_id == held.id
    assert event.source_of("when.start_time").report_id == announced.id
    assert event.source_of("attendance").report_id == held.id


def test_the_time_of_an_old_date_is_not_that_of_the_new_one() -> None:
    old = told(None, when=make_when("2025-05-16", start_time="18:00"), where=Where(city="Torgau", venue="Rathaus"))
    event = known(old, told("2025-06-20", published="2025-04-01"))
    assert event.event.when is not None
    assert event.event.where is not None
    assert (event.event.when.start_time, event.event.where.venue) == (None, None)


def test_evidence_is_that_of_the_report_that_says_so() -> None:
    def proofs(day: str) -> list[Evidence]:
        fields = {"when.start": day, "name": "Bürgerdialog", "status": "findet statt"}
        return [
            Evidence(field=field, quote=quote, start=0, end=len(quote), rule="r") for field, quote in fields.items()
        ]

    main = told("2025-05-16", published="2025-04-01", evidence=proofs("am 16. Mai"))
    passing = told("2025-06-20", published="2025-05-01", role="other", evidence=proofs("am 20. Juni"))
    event = known(main, passing)
    assert [(e.quote, s.report_id) for e, s in event.evidence("when.start")] == [("am 20. Juni", passing.id)]
    assert [(e.quote, s.report_id) for e, s in event.evidence("name")] == [("Bürgerdialog", main.id)]
    assert {evidence.field for evidence in event.event.evidence} == {"name"}


def test_follow_ups_know_what_they_follow() -> None:
    second, third = make_event(**SERIES), make_event(**SERIES | {"ordinal": 3})
    events = {event.event.ordinal: event for event in known_events([make_report(second, [third]), make_report(third)])}
    assert events[3].follows == (events[2].uid,)
    assert events[2].follows == ()


def test_events_come_by_date() -> None:
    days = ["2025-07-17", "2024-12-30", "2025-08", "2025-07-01", "XXXX-01-01"]
    reports = [make_report(make_event(f"Fest Nummer {day}", start=day, city="Torgau")) for day in days]
    in_order = ["2024-12-30", "2025-07-01", "2025-07-17", "2025-08", "XXXX-01-01"]
    assert [start(event) for event in known_events(reports)] == in_order


def test_many_dates_of_one_event_cost_little() -> None:
    reports = [told(f"{1000 + number}", published="2025-01-01") for number in range(2000)]
    assert len(known(*reports[:1]).sightings) == 1
    (event,) = known_events(reports)
    assert len(event.sightings) == 2000


def test_the_same_report_twice_is_one() -> None:
    report = told("2025-05-16")
    assert known_events([report, report]) == known_events([report])
