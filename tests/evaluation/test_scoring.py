"""The scorer: what counts as right, and agreement with the reference scorer."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from factories import make_event, make_report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.evaluation.corpus import document_name
from extractor.evaluation.gold import GoldRecord
from extractor.evaluation.scoring import Evaluation, evaluate
from extractor.evaluation.similarity import nearest, similarity
from extractor.records import Organisation, Report

SHARED = Path(__file__).parents[3] / "shared"


def gold(**facts: Any) -> GoldRecord:
    return GoldRecord.model_validate({"id": "a"} | facts)


def organisation(name: str) -> Organisation:
    return Organisation(name=name, roles=["host"], mentions=[])


def score(record: GoldRecord, report: Report | None) -> Evaluation:
    return evaluate([record], {} if report is None else {"a": report})


def counts(evaluation: Evaluation, field: str) -> tuple[int, int, int]:
    tally = evaluation.tallies[field]
    return tally.tp, tally.fp, tally.fn


@pytest.mark.parametrize(
    ("first", "second", "least"),
    [
        ("Ministerium für Infrastruktur", "des Ministeriums für Infrastruktur", 1.0),
        ("die Transferwerkstatt", "Transferwerkstätten", 0.7),
        ("Bürgerdialog", "Bürgerdialoge", 1.0),
    ],
)
def test_inflected_names_are_alike(first: str, second: str, least: float) -> None:
    assert similarity(first, second) >= least


def test_any_alternative_will_do() -> None:
    assert nearest("MIL|Ministerium für Infrastruktur", "MIL") == 1.0
    assert nearest("MIL", None) == 0.0


def test_a_value_is_right_wrong_missed_or_invented() -> None:
    report = make_report(make_event(start="2025-03-04", city="Templin", status="held"))
    right = score(gold(main_event={"start": "2025-03-04", "city": "Templin", "venue": None}), report)
    assert counts(right, "main.start") == (1, 0, 0)
    assert right.documents[0].faults == []
    wrong = score(gold(main_event={"start": "2025-03-05", "city": None, "venue": "Rathaus"}), report)
    assert counts(wrong, "main.start") == (0, 1, 1)
    assert counts(wrong, "main.city") == (0, 1, 0)
    assert counts(wrong, "main.venue") == (0, 0, 1)
    assert [fault.field for fault in wrong.documents[0].faults] == ["start", "city", "venue"]


def test_what_was_not_annotated_is_not_scored() -> None:
    report = make_report(make_event(start="2025-03-04", city="Templin"))
    assert set(score(gold(main_event={"start": "2025-03-04"}), report).tallies) == {"main.start"}


def test_an_end_that_equals_the_start_says_nothing() -> None:
    report = make_report(make_event(start="2025-03-04"))
    assert counts(score(gold(main_event={"start": "2025-03-04", "end": "2025-03-04"}), report), "main.end") == (0, 0, 0)


def test_a_card_is_perfect_without_a_fault_in_day_end_town_status_and_follow_ups() -> None:
    report = make_report(make_event(start="2025-03-04", city="Templin"), [make_event(start="2025-07")])
    facts = {"start": "2025-03-04", "city": "Templin", "venue": "Rathaus"}
    assert score(gold(main_event=facts, follow_ups=[{"start": "2025-07"}]), report).perfect_cards == 1.0
    assert score(gold(main_event=facts, follow_ups=[]), report).perfect_cards == 0.0
    assert score(gold(main_event=facts | {"city": "Prenzlau"}, follow_ups=[{"start": "2025-07"}]), report).cards == [
        False
    ]


def test_optional_events_and_names_cost_nothing() -> None:
    report = make_report(make_event(start="2025-03-04"), others=[make_event(start="2025-05-01")])
    record = gold(other_events=[{"start": "2025-05-01", "optional": True}, {"start": "2026", "optional": True}])
    assert counts(score(record, report), "other_events") == (0, 0, 0)
    named = report.model_copy(
        update={"organisations": [Organisation(name="Heimatverein", roles=["host"], mentions=[])]}
    )
    assert counts(score(gold(organisations=["?Heimatverein", "?Stadt"]), named), "organisations") == (0, 0, 0)


def test_an_event_where_there_is_none_and_a_missing_record_are_faults() -> None:
    found = score(gold(main_event=None), make_report(make_event(start="2025-03-04")))
    assert counts(found, "main.start") == (0, 1, 0)
    missing = score(gold(main_event=None), None)
    assert missing.missing == 1
    assert [fault.field for fault in missing.documents[0].faults] == ["main_event"]
    assert score(gold(main_event=None), make_report()).documents[0].faults == []


def test_names_match_one_to_one() -> None:
    names = [
        Organisation(name=name, roles=["host"], mentions=[]) for name in ("Heimatverein", "Heimatvereins", "Turnverein")
    ]
    report = make_report().model_copy(update={"organisations": names})
    evaluation = score(gold(organisations=["Heimatverein", "Kirchenchor"]), report)
    assert counts(evaluation, "organisations") == (1, 2, 1)
    assert evaluation.documents[0].faults[0].expected == "['Kirchenchor']"


def test_a_document_is_known_by_its_file_name_without_suffixes() -> None:
    assert document_name("texts/werkstatt-templin.report.txt") == "werkstatt-templin"
    assert document_name("https://stadt.example/a/bericht.html") == "bericht"


STARTS = st.sampled_from(["2025-03-04", "2025-03-05", "2025-07", "XXXX-05-16"])
CITIES = st.sampled_from(["Templin", "Frankfurt (Oder)", "Frankfurt", "Prenzlau"])
NAMES = st.sampled_from(["Ortswerkstatt", "2. Ortswerkstatt", "Bürgerdialog Innenstadt", "Dialog"])
STATUSES = st.sampled_from(["held", "planned"])
ORGANISATIONS = ["Stadt Templin", "Templin", "Heimatverein Templin e. V.", "Heimatvereins Templin"]
OPTIONAL = [f"?{name}" for name in ORGANISATIONS]


@st.composite
def gold_events(draw: st.DrawFn) -> dict[str, Any]:
    facts = {
        "name": NAMES,
        "start": STARTS,
        "end": STARTS,
        "city": CITIES,
        "status": st.sampled_from(["held", "planned"]),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(facts)))) | {"name"}
    event = {key: draw(st.none() | value) for key, value in facts.items() if key in chosen}
    return event | ({"optional": True} if draw(st.integers(0, 5)) == 0 else {})


@st.composite
def gold_rows(draw: st.DrawFn) -> dict[str, Any]:
    row: dict[str, Any] = {"id": "a"}
    if draw(st.booleans()):
        main = draw(st.none() | gold_events())
        row |= {"main_event": main}
        if draw(st.booleans()):
            row["follow_ups"] = draw(st.lists(gold_events(), max_size=3))
    if draw(st.booleans()):
        row["other_events"] = draw(st.lists(gold_events(), max_size=3))
    row["organisations"] = draw(
        st.lists(st.sampled_from([*ORGANISATIONS, *(f"?{name}" for name in ORGANISATIONS)]), max_size=4)
    )
    return row


@st.composite
def reports(draw: st.DrawFn) -> Report:
    events = st.builds(
        lambda name, start, city, status: make_event(name, status=status, start=start, city=city),
        NAMES,
        st.none() | STARTS,
        st.none() | CITIES,
        STATUSES,
    )
    names = draw(st.lists(st.sampled_from(ORGANISATIONS), max_size=4))
    return make_report(
        draw(st.none() | events),
        draw(st.lists(events, max_size=3)),
        draw(st.lists(events, max_size=3)),
        uri="a.txt",
        organisations=[organisation(name) for name in names],
    )


@pytest.fixture(scope="module")
def reference() -> Any:
    """The reference scorer, ``score.py``, as a module."""
    path = SHARED / "eval" / "score.py"
    if not path.is_file():
        pytest.skip(f"no reference scorer: there is no {path}")
    import importlib.util

    spec = importlib.util.spec_from_file_location("reference_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=gold_rows(), report=st.none() | reports())
def test_agrees_with_the_reference_on_random_records(
    reference: Any, row: dict[str, Any], report: Report | None
) -> None:
    ours = score(GoldRecord.model_validate(row), report)
    found = {} if report is None else {"a": report.model_dump(mode="json")}
    tallies, summary, _ = reference.score([row], found)
    assert {name: (tally.tp, tally.fp, tally.fn) for name, tally in ours.tallies.items()} == {
        name: (tally.tp, tally.fp, tally.fn) for name, tally in tallies.items()
    }
    assert ours.perfect_cards == summary.get("perfect_cards")
    assert ours.mean_f1 == summary.get("mean_f1")


@pytest.mark.parametrize("folder", ["samples", "tests/quality/reports", "../shared/eval/dev"])
def test_agrees_with_the_reference_on_the_corpora(folder: str, reference: Any, tmp_path: Path) -> None:
    repository = Path(__file__).parents[2]
    corpus = repository / folder
    texts = corpus / "texts" if (corpus / "texts").is_dir() else corpus
    predictions = tmp_path / "predictions.jsonl"
    extractor = [sys.executable, "-m", "extractor"]
    files = sorted(str(path) for path in texts.iterdir() if path.suffix in (".txt", ".md") and path.stem != "README")
    subprocess.run([*extractor, "extract", "--format", "jsonl", "--output", str(predictions), *files], check=True)
    done = subprocess.run(
        [*extractor, "evaluate", str(corpus), str(predictions), "--json"], check=True, capture_output=True, text=True
    )
    ours = json.loads(done.stdout)
    rows = [json.loads(line) for line in (corpus / "gold.jsonl").read_text("utf-8").splitlines()]
    found = [json.loads(line) for line in predictions.read_text("utf-8").splitlines()]
    tallies, summary, _ = reference.score(rows, {reference.document_id(report): report for report in found})
    assert list(ours["fields"]) == list(tallies)
    assert {name: row["f1"] for name, row in ours["fields"].items()} == {name: t.f1 for name, t in tallies.items()}
    assert ours["summary"] == summary
