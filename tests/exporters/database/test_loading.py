"""Loading, in SQLite and in PostgreSQL."""

import json
import multiprocessing
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from databases import clear, contents
from factories import make_event, make_report, make_when
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgresql import create_database
from random_reports import reports as random_reports
from sqlalchemy import Engine, create_engine, event, select

from extractor.errors import BadRecord, DatabaseError
from extractor.exporters.database import Loaded, load, loading, open_database
from extractor.exporters.database.schema import events, places, reports
from extractor.linking.known_events import known_events
from extractor.records import Evidence, Organisation, Place, Report, Topic, Where

SAMPLES = Path(__file__).parents[3] / "samples"

ANNOUNCED = make_report(
    make_event(
        "Ortswerkstatt Ortskerne",
        series="Ortswerkstatt",
        ordinal=3,
        where=Where(city="Herzberg (Elster)", place="Herzberg (Elster)"),
        when=make_when("2025-10"),
        organisers=["Netzwerk Stadtmitte e. V."],
        topics=["Ortskerne"],
        evidence=[Evidence(field="when.start", start=3, end=15, quote="Oktober 2025", rule="date.month")],
    ),
    published="2025-03-05",
    organisations=[Organisation(name="Netzwerk Stadtmitte e. V.", kind="initiative", roles=["organiser"], mentions=[])],
    places=[Place(name="Herzberg (Elster)", kind="municipality", latitude=51.69, longitude=13.23, mentions=[])],
    topics=[Topic(name="Ortskerne", mentions=[])],
)
HELD = make_report(
    make_event(
        "Ortswerkstatt Ortskerne",
        series="Ortswerkstatt",
        ordinal=3,
        city="Herzberg (Elster)",
        when=make_when("2025-10-14"),
        status="held",
        attendance=80,
    ),
    published="2025-10-15",
)


@pytest.fixture(scope="module")
def samples_records() -> list[Report]:
    return [Report.model_validate_json(path.read_bytes()) for path in sorted(SAMPLES.glob("*.json"))]


def fresh(new_database: Callable[[], str], *loads: list[Report]) -> dict[str, list[tuple[object, ...]]]:
    """What a new database holds after these loads."""
    engine = open_database(new_database())
    for records in loads:
        load(records, engine)
    held = contents(engine)
    engine.dispose()
    return held


def test_a_report_becomes_rows(engine: Engine) -> None:
    assert load([ANNOUNCED], engine) == Loaded(new=1)
    with engine.connect() as connection:
        row = connection.execute(select(events)).one()
        assert (row.name, row.series, row.ordinal, row.status) == (
            "Ortswerkstatt Ortskerne", "Ortswerkstatt", 3, "planned",
        )  # fmt: skip
        assert (row.start_edtf, row.earliest, row.latest) == ("2025-10", date(2025, 10, 1), date(2025, 10, 31))
        assert connection.execute(select(places.c.latitude).where(places.c.id == row.place_id)).scalar_one() == 51.69
        counts = {name: len(rows) for name, rows in contents(engine).items() if rows}
    assert counts == {
        "reports": 1, "events": 1, "report_events": 1, "evidence": 1, "organisations": 1, "report_organisations": 1,
        "report_organisation_roles": 1, "event_organisers": 1, "places": 1, "report_places": 1, "topics": 1,
        "report_topics": 1, "event_topics": 1,
    }  # fmt: skip


def test_loading_twice_changes_nothing(engine: Engine, samples_records: list[Report]) -> None:
    number = len(samples_records)
    assert load(samples_records, engine) == Loaded(new=number)
    before = contents(engine)
    assert load(samples_records, engine) == Loaded(unchanged=number)
    assert contents(engine) == before


def test_both_databases_hold_the_same(postgresql_server: str, tmp_path: Path, samples_records: list[Report]) -> None:
    held = []
    for url in (f"sqlite:///{tmp_path}/beside.db", create_database(postgresql_server, "beside_sqlite")):
        engine = open_database(url)
        load(samples_records, engine)
        held.append(contents(engine))
        engine.dispose()
    assert held[0] == held[1]


def test_order_and_batches_make_no_difference(
    new_database: Callable[[], str], samples_records: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [*samples_records, ANNOUNCED, HELD]
    expected = fresh(new_database, records)
    monkeypatch.setattr(loading, "BATCH_REPORTS", 3)
    assert fresh(new_database, records[::-1]) == expected
    assert fresh(new_database, records[5:], records[:7]) == expected


def test_the_event_says_what_is_known_best(engine: Engine) -> None:
    for record in (HELD, ANNOUNCED):
        load([record], engine)
    with engine.connect() as connection:
        (row,) = connection.execute(select(events)).all()
    assert (row.start_edtf, row.status, row.attendance) == ("2025-10-14", "held", 80)


def test_a_corrected_record_replaces_the_old_one(engine: Engine, new_database: Callable[[], str]) -> None:
    load([ANNOUNCED, HELD], engine)
    event = make_event("Rundgang", when=make_when("2025-11"), city="Gera")
    corrected = ANNOUNCED.model_copy(
        update={"main_event": event, "organisations": [], "places": [], "topics": [Topic(name="Wald", mentions=[])]}
    )
    assert load([corrected, HELD], engine) == Loaded(replaced=1, unchanged=1)
    held = contents(engine)
    assert held == fresh(new_database, [corrected, HELD])
    assert [row[1] for row in held["topics"]] == ["Wald"]
    assert held["organisations"] == []


def test_of_two_records_of_a_report_the_later_counts(engine: Engine, new_database: Callable[[], str]) -> None:
    other = ANNOUNCED.model_copy(update={"main_event": None})
    load([ANNOUNCED, other], engine)
    held = contents(engine)
    assert held == fresh(new_database, [other])
    load([ANNOUNCED], engine)
    load([other], engine)
    assert contents(engine) == held


def test_rows_made_another_way_are_renewed(engine: Engine) -> None:
    load([ANNOUNCED], engine)
    before = contents(engine)
    with engine.begin() as connection:
        connection.execute(reports.update().values(rows_version=0))
        connection.execute(events.update().values(name="?"))
    assert load([ANNOUNCED], engine) == Loaded(replaced=1)
    assert contents(engine) == before


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, *HealthCheck])
@given(loads=st.lists(st.lists(random_reports, max_size=4), min_size=1, max_size=3))
def test_any_records(engine: Engine, other_engine: Engine, loads: list[list[Report]]) -> None:
    for database in (engine, other_engine):
        load([], database)
        clear(database)
    for records in loads:
        load(records, engine)
    final = {record.id: record for records in loads for record in records}
    load(final.values(), other_engine)

    held = contents(engine)
    assert held == contents(other_engine)
    assert {row[0]: row[-1] for row in held["reports"]} == {key: record.to_json() for key, record in final.items()}
    columns = list(events.c.keys())
    stored = [dict(zip(columns, row, strict=True)) for row in held["events"]]
    known = {item.uid: item.event for item in known_events(final.values())}
    assert {row["uid"] for row in stored} == known.keys()
    for row in stored:
        best = known[row["uid"]]
        assert row["name"] == storable(best.name)
        assert row["status"] == best.status
        assert row["attendance"] == best.attendance
        assert row["start_edtf"] == (best.when.start if best.when else None)
        assert row["start_time"] == (best.when.start_time if best.when else None)
        assert row["city"] == storable(best.where.city if best.where else None)
        assert row["venue"] == storable(best.where.venue if best.where else None)


def storable(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFC", text).replace("\0", "\u2400")


@pytest.fixture
def other_engine(new_database: Callable[[], str]) -> Iterator[Engine]:
    engine = open_database(new_database())
    yield engine
    engine.dispose()


HOSTILE = {
    "nul": "a\0b",
    "sql": "'); DROP TABLE reports; --",
    "percent": "100 %s %(name)s {} \\",
    "emoji": "🎻" * 1000,
    "escape": "\x1b[31m\u202e",
    "decomposed": "Mu\u0308ritz",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_names(engine: Engine, name: str) -> None:
    place = Place(name=name, kind="venue", mentions=[])
    organisation = Organisation(name=name, acronym=name, roles=["host"], mentions=[])
    event = make_event(name, event_type=name, series=name, city=name, organisers=[name], topics=[name])
    record = make_report(event, uri=name, places=[place], organisations=[organisation])
    load([record], engine)
    assert load([record], engine) == Loaded(unchanged=1)
    with engine.connect() as connection:
        row = connection.execute(select(reports.c.record)).scalar_one()
        stored = connection.execute(select(events.c.name, events.c.series, events.c.city)).one()
    assert row == record.to_json()
    assert set(stored) == {storable(name)}


def test_long_quotes_and_lone_surrogates(engine: Engine) -> None:
    quotes = ["x" * 1_000_000, "\ud800x"]
    evidence = [Evidence(field="name", start=0, end=1, quote=quote, rule="r") for quote in quotes]
    event = make_event().model_copy(update={"evidence": evidence})
    record = make_report(make_event(), uri="u" * 1_000_000).model_copy(update={"main_event": event})
    load([record], engine)
    assert load([record], engine) == Loaded(unchanged=1)
    with engine.connect() as connection:
        stored = json.loads(connection.execute(select(reports.c.record)).scalar_one())
    assert Report.model_validate(stored) == record
    assert [row[-2] for row in contents(engine)["evidence"]] == [quotes[0], "\ufffdx"]


@pytest.mark.parametrize(
    "record",
    [
        make_report(make_event(attendance=2**63)),
        make_report(make_event(ordinal=10**400)),
        make_report(make_event(evidence=[Evidence(field="name", start=0, end=2**63, quote="x", rule="r")])),
        make_report(make_event(), id=""),
        make_report(make_event(), id="a\0"),
        make_report(make_event(), id="x" * 201),
    ],
)
def test_what_no_database_holds_is_refused(engine: Engine, record: Report) -> None:
    load([HELD], engine)
    before = contents(engine)
    with pytest.raises(BadRecord):
        load([ANNOUNCED, record], engine)
    assert contents(engine) == before


def test_foreign_keys_are_checked_while_loading_and_the_engine_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/own.db")
    begun: list[str] = []

    @event.listens_for(engine, "begin")
    def begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN")  # type: ignore[attr-defined]
        begun.append("BEGIN")

    load([ANNOUNCED], engine)
    begun.clear()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    assert begun == ["BEGIN"]
    monkeypatch.setattr(loading.statements, "delete_own", lambda *_: None)
    monkeypatch.setattr(loading.statements, "delete_unreferenced", delete_all)
    with pytest.raises(DatabaseError, match="FOREIGN KEY"):
        load([ANNOUNCED.model_copy(update={"main_event": None, "warnings": []})], engine)
    engine.dispose()


def delete_all(connection: object, *_: object) -> None:
    connection.execute(events.delete())  # type: ignore[attr-defined]


def load_in_process(url: str, records: list[str], start: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    engine = open_database(url)
    for _ in range(2):
        load((Report.model_validate_json(record) for record in records), engine)
    engine.dispose()


def test_two_loaders_at_once(new_database: Callable[[], str], samples_records: list[Report]) -> None:
    copies = [varied(record, number) for number in range(8) for record in samples_records]
    expected = fresh(new_database, copies)
    url = new_database()
    texts = [record.to_json() for record in copies]
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    loaders = [context.Process(target=load_in_process, args=(url, part, start)) for part in (texts, texts[::-1])]
    for process in loaders:
        process.start()
    for process in loaders:
        process.join()
        assert process.exitcode == 0
    engine = open_database(url)
    assert contents(engine) == expected
    engine.dispose()


def varied(record: Report, number: int) -> Report:
    """Another report of the same events."""
    return record.model_copy(update={"id": f"{record.id}-{number}"})
