"""The schemas in ``schemas/`` are those of the models, and both validators know the same records."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from extractor.errors import InvalidRecord
from extractor.records import ErrorRecord, Report
from extractor.validation import SchemaName, check, record_schema, schema_file_name, schema_text, validated_json

SCHEMAS = Path(__file__).parents[1] / "schemas"
NAMES: tuple[SchemaName, ...] = get_args(SchemaName)

MENTION = {"start": 3, "end": 10, "quote": "4. März", "rule": "date.day"}
EVENT: dict[str, Any] = {
    "id": "e1",
    "role": "main",
    "name": "Bürgerdialog",
    "event_type": "Bürgerdialog",
    "series": None,
    "ordinal": 2,
    "when": {
        "text": "4. März",
        "start": "XXXX-03-04",
        "end": None,
        "previous_start": None,
        "start_time": "18:00",
        "end_time": "24:00",
        "timezone": "Europe/Berlin",
        "precision": "day",
        "approximate": False,
        "inferred_from": None,
    },
    "where": {"city": "Torgau", "venue": None, "address": None, "online": False, "place": None},
    "status": "held",
    "organisers": [],
    "topics": [],
    "attendance": 80,
    "evidence": [{"field": "when.start", **MENTION}],
    "confidence": 0.9,
}
REPORT: dict[str, Any] = {
    "schema_version": "1.0",
    "generator": "extractor 0",
    "id": "r1",
    "source": {
        "uri": "a.txt",
        "media_type": "text/plain",
        "sha256": "0" * 64,
        "language": "de",
        "title": None,
        "published": "2025-03",
        "characters": 100,
    },
    "main_event": EVENT,
    "follow_ups": [],
    "other_events": [],
    "organisations": [
        {"name": "Stadt Torgau", "acronym": None, "kind": None, "roles": ["host"], "mentions": [MENTION]}
    ],
    "persons": [],
    "places": [],
    "topics": [],
    "warnings": [],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The report with one value replaced, or removed by the value ``...``."""
    report: dict[str, Any] = json.loads(json.dumps(REPORT))
    *steps, last = path.split(".")
    target: Any = report
    for step in steps:
        target = target[int(step) if step.isdigit() else step]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return report


@pytest.mark.parametrize("name", NAMES)
def test_file_holds_the_schema_of_the_models(name: SchemaName) -> None:
    assert (SCHEMAS / schema_file_name(name)).read_text("utf-8") == schema_text(name)


def test_folder_holds_nothing_else() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {schema_file_name(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_schema_names_its_dialect_and_itself(name: SchemaName) -> None:
    schema = record_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == schema_file_name(name)
    assert schema["additionalProperties"] is False


def test_both_validators_accept_a_record() -> None:
    check(REPORT, "report")
    report = Report.model_validate(REPORT)
    assert json.loads(validated_json(report)) == REPORT


WRONG = [
    ("main_event.when.start", "2025-02-30"),
    ("main_event.when.start", "4. März"),
    ("main_event.when.start", None),
    ("main_event.when.end", "2025-13"),
    ("main_event.when.start_time", "25:00"),
    ("main_event.when.start_time", "9:00"),
    ("main_event.when.precision", "minute"),
    ("main_event.where.online", "yes"),
    ("main_event.status", "cancelled?"),
    ("main_event.role", "side"),
    ("main_event.ordinal", 0),
    ("main_event.attendance", -1),
    ("main_event.confidence", 1.5),
    ("main_event.name", ""),
    ("main_event.evidence.0.start", -1),
    ("main_event.evidence.0.field", ...),
    ("main_event.extra", 1),
    ("organisations.0.roles", ["guest"]),
    ("organisations.0.mentions", None),
    ("source.sha256", "0"),
    ("source.published", "yesterday"),
    ("source.characters", 1.5),
    ("schema_version", "2.0"),
    ("id", ...),
]


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_both_validators_reject_what_is_wrong(path: str, value: Any) -> None:
    report = changed(path, value)
    with pytest.raises(ValidationError):
        Report.model_validate(report, strict=True)
    with pytest.raises(InvalidRecord):
        check(report, "report")


def test_a_field_that_is_left_out_is_an_error_in_what_is_written() -> None:
    with pytest.raises(InvalidRecord):
        check(changed("main_event.when.end", ...), "report")


@pytest.mark.parametrize(("path", "place"), [("main_event.when.start", "$.main_event.when.start"), ("id", "$")])
def test_fault_says_where(path: str, place: str) -> None:
    value = "2025-02-30" if path.endswith("start") else ...
    with pytest.raises(InvalidRecord) as caught:
        check(changed(path, value), "report", source="a.txt")
    assert caught.value.source == "a.txt"
    assert caught.value.message.startswith(f"{place}: ")


def test_record_that_went_wrong_behind_pydantic_does_not_get_out() -> None:
    report = Report.model_validate(REPORT).model_copy(update={"id": 7})
    with pytest.warns(UserWarning, match="Pydantic"), pytest.raises(InvalidRecord):
        validated_json(report)


def test_error_record() -> None:
    record = ErrorRecord(source="a.txt", code="empty-document", message="nothing to read")
    assert validated_json(record) == '{"source": "a.txt", "code": "empty-document", "message": "nothing to read"}'
    with pytest.raises(InvalidRecord):
        check({"source": "a.txt", "code": "x"}, "error")
