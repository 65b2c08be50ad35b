"""Canonical JSON: one record, one sequence of bytes, safe wherever it is shown."""

import json
import unicodedata

import pytest

from extractor.records import ErrorRecord, Mention, Report, Source, Span, Topic
from extractor.records import Warning as ReportWarning
from extractor.validation import check

DECOMPOSED = unicodedata.normalize("NFD", "Städte für Bürger")
COMPOSED = unicodedata.normalize("NFC", DECOMPOSED)


def report(*, name: str = "Verkehr", quote: str = "Verkehr", uri: str = "a.txt") -> Report:
    mention = Mention(start=0, end=len(quote), quote=quote, rule="topic.cue")
    return Report(
        generator="extractor 0",
        id="r1",
        source=Source(uri=uri, media_type="text/plain", sha256="0" * 64, language="de", characters=9),
        topics=[Topic(name=name, mentions=[mention])],
        warnings=[ReportWarning(code="no-event", message="none", span=Span(start=0, end=len(quote), quote=quote))],
    )


def test_fields_stand_in_the_order_of_the_contract() -> None:
    assert list(json.loads(report().to_json())) == list(Report.model_fields)


def test_values_are_composed_and_quotes_are_left_as_they_stand() -> None:
    value = json.loads(report(name=DECOMPOSED, quote=DECOMPOSED, uri=DECOMPOSED).to_json())
    assert value["topics"][0]["name"] == COMPOSED
    assert value["topics"][0]["mentions"][0]["quote"] == DECOMPOSED
    assert value["warnings"][0]["span"]["quote"] == DECOMPOSED
    assert value["source"]["uri"] == DECOMPOSED


def test_equal_records_give_equal_bytes() -> None:
    assert report(name=DECOMPOSED).to_json() == report(name=COMPOSED).to_json()
    assert report().to_json(indent=2) == report().to_json(indent=2)


def test_letters_are_not_escaped() -> None:
    assert "Städte für Bürger" in report(name=COMPOSED).to_json()


@pytest.mark.parametrize("character", ["\n", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\u202e", "\u2066"])
def test_record_is_one_line_and_steers_no_terminal(character: str) -> None:
    text = report(quote=f"a{character}b").to_json()
    assert character not in text
    assert text.splitlines() == [text]
    assert json.loads(text)["topics"][0]["mentions"][0]["quote"] == f"a{character}b"


def test_round_trip() -> None:
    assert Report.model_validate_json(report().to_json()) == report()


def test_error_record_is_canonical_too() -> None:
    record = ErrorRecord(source="a\x9b.txt", code="empty-document", message=DECOMPOSED)
    assert record.to_json() == f'{{"source": "a\\u009b.txt", "code": "empty-document", "message": "{COMPOSED}"}}'


def test_records_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        report().id = "r2"


def test_page_and_paragraph_stand_only_where_the_source_has_them() -> None:
    mention = Mention(start=0, end=1, quote="A", rule="r", page=3, paragraph=2)
    assert mention.model_dump()["page"] == 3
    assert "page" not in report().to_json()
    written = json.loads(report().model_copy(update={"topics": [Topic(name="A", mentions=[mention])]}).to_json())
    check(written, "report")
    del written["topics"][0]["mentions"][0]["page"]
    check(written, "report")
