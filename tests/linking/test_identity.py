"""What is the same event, and what is not."""

from uuid import UUID

import pytest
from factories import make_event, make_report, make_when

from extractor import Extractor
from extractor.linking.identity import event_uid, event_uids, folded
from extractor.records import Event, Where


def uid(event: Event) -> str:
    """The UID of an event that is all that its report tells of."""
    return event_uid(event, make_report(event))


SERIES = {"series": "Bürgerdialog", "ordinal": 2, "city": "Torgau", "start": "2025-05-16"}
NAMED = {"name": "Neujahrsempfang der Stadt", "city": "Torgau", "start": "2025-01-10"}
RECURRING = {"name": "Plenum", "city": "Torgau", "start": "2025-09-13"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SERIES, SERIES | {"start": "2026-02-01"}),
        (SERIES, SERIES | {"start": "2025"}),
        (SERIES, SERIES | {"name": "Bürgerdialog „Wasser“"}),
        (SERIES, SERIES | {"series": "„BÜRGER-DIALOG“"}),
        (SERIES, SERIES | {"status": "cancelled"}),
        (NAMED, NAMED | {"start": "2025-02-14"}),
        (NAMED, NAMED | {"start": "2025-01"}),
        (NAMED, NAMED | {"name": "Neujahrs\u00adempfang  der Stadt"}),
        (NAMED, NAMED | {"city": "TORGAU"}),
        (RECURRING, RECURRING | {"start": "2025-09"}),
        (RECURRING, RECURRING | {"start": "2025-09-20"}),
    ],
)
def test_the_same_event(one: dict[str, object], other: dict[str, object]) -> None:
    assert uid(make_event(**one)) == uid(make_event(**other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SERIES, SERIES | {"ordinal": 3}),
        (SERIES, SERIES | {"city": "Gera"}),
        (SERIES, SERIES | {"series": "Stadtdialog"}),
        (NAMED, NAMED | {"start": "2026-01-10"}),
        (NAMED, NAMED | {"city": "Gera"}),
        (RECURRING, RECURRING | {"start": "2025-10-11"}),
        (RECURRING, RECURRING | {"name": "Stadtteilplenum"}),
    ],
)
def test_different_events(one: dict[str, object], other: dict[str, object]) -> None:
    assert uid(make_event(**one)) != uid(make_event(**other))


def test_an_announcement_and_what_became_of_it() -> None:
    held = make_event("Ortswerkstatt Ortskerne", series="Ortswerkstatt", ordinal=2, city="Templin", start="2025-03-04")
    announced = make_event("Werkstatt", series="Werkstatt", ordinal=3, city="Herzberg (Elster)", start="2025-07")
    first = make_report(held, [announced])
    third = make_event(
        "Ortswerkstatt Leerstand", series="Ortswerkstatt", ordinal=3, city="Herzberg (Elster)", start="2025-07-17"
    )
    assert event_uid(first.follow_ups[0], first) == uid(third) != event_uid(held, first)


def test_a_postponed_event_is_known_by_its_old_date() -> None:
    planned = make_event(**NAMED | {"start": "2024-12-30"})
    postponed = make_event(
        NAMED["name"], city="Torgau", status="postponed", when=make_when("2025-01-10", previous_start="2024-12-30")
    )
    assert uid(planned) == uid(postponed)


def test_a_follow_up_without_a_town_is_in_that_of_the_main_event() -> None:
    report = make_report(make_event(**SERIES), [make_event(**SERIES | {"ordinal": 3, "city": None, "start": "2026"})])
    assert event_uid(report.follow_ups[0], report) == uid(make_event(**SERIES | {"ordinal": 3}))


def test_online_events_are_not_those_of_a_town() -> None:
    online = make_event(**RECURRING | {"city": None}, where=Where(online=True))
    assert uid(online) == uid(make_event(**RECURRING | {"city": None}, where=Where(online=True, venue="Zoom")))
    assert uid(online) != uid(make_event(**RECURRING))


@pytest.mark.parametrize("fields", [{"start": "2025-07"}, {"city": "Torgau"}, {}, {"start": "XXXX-07-01"}])
def test_what_is_known_too_little_is_known_in_its_report_only(fields: dict[str, object]) -> None:
    event = make_event("Konferenz", **fields)
    one, other = make_report(event, uri="a.txt"), make_report(event, uri="b.txt")
    assert event_uid(event, one) != event_uid(event, other)
    assert event_uid(event, one) == event_uid(event, make_report(event, uri="a.txt"))


def test_events_of_one_report_are_told_apart_by_their_dates() -> None:
    days = ("2025-10-02", "2025-10-09", "2025-10-16")
    evenings = [make_event("Faust", city="Gera", start=day) for day in days]
    report = make_report(evenings[0], others=evenings[1:])
    later = make_report(evenings[1], others=evenings[2:])
    assert len({uid for _, uid in event_uids(report)}) == 3
    assert event_uid(report.other_events[0], report) == event_uid(evenings[1], later)


def test_events_that_nothing_tells_apart_are_still_several() -> None:
    event = make_event("Faust", city="Gera", start="2025-10-02")
    report = make_report(event, others=[event, event])
    assert len({uid for _, uid in event_uids(report)}) == 3


def test_a_uid_is_a_uuid_of_version_5() -> None:
    assert UUID(uid(make_event(**SERIES))).version == 5


def test_uids_never_change() -> None:
    assert uid(make_event(**SERIES)) == "50f53a65-e727-50e7-a996-5cde3663e40e"
    assert uid(make_event(**NAMED)) == "516e00bb-220f-5c70-83d3-65683fbc4d50"
    assert uid(make_event(**RECURRING)) == "9be576a7-75ea-5291-b09d-1c72808e7155"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("„Bürger-Dialog“ 2.0", "bürgerdialog20"),
        ("Straße", "strasse"),
        ("ﬁlm\u00a0&\u2011abend", "filmabend"),
        ("U\u0308berblick", "überblick"),
        ("???", "???"),
    ],
)
def test_names_are_folded(name: str, expected: str) -> None:
    assert folded(name) == expected


def test_the_uid_survives_another_way_of_telling_it(extractor: Extractor) -> None:
    announced = extractor.extract(
        "Am 4. März 2025 fand im Rathaus Templin die 2. Ortswerkstatt „Ortskerne beleben“ statt. "
        "Die 3. Werkstatt folgt im Oktober 2025 in Herzberg (Elster)."
    )
    held = extractor.extract("Am 9. Oktober 2025 fand in Herzberg (Elster) die 3. Ortswerkstatt statt. 40 Gäste kamen.")
    assert announced.follow_ups
    assert held.main_event
    assert event_uid(announced.follow_ups[0], announced) == event_uid(held.main_event, held)
