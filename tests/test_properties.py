"""What holds for every text."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor import Extractor, Report
from extractor.assembly import assemble, explain
from extractor.assembly.confidence import confidence
from extractor.document import Document
from extractor.errors import EmptyDocument
from extractor.readers import read_text
from extractor.validation import check, validated_json

PIECES = (
    "Am 4. März 2025", "vom 15. bis 17. Juni", "15./16. Juni", "im Juli 2025", "Ende Mai", "am kommenden Freitag",
    "Mi., 13.01., 18.30 Uhr", "10–12 Uhr", "KW 38", "Frühjahr 2026", "31.02.2025", "XXXX", "24 Uhr",
    " in Frankfurt (Oder) ", "in Templin", "Stadt Cottbus", "Essen", "Au", "Halle (Saale)", "im Rathaus Torgau",
    "per Zoom", "die 2. Ortswerkstatt „Ortskerne“", "Bürgerdialog", "»Runder Tisch«", "Tag der Städtebauförderung",
    "Ministerium für Wälder und Moore (MWM)", "Heimatverein Lohsa e. V.", "Prof. Dr. Edda Ohnesorg", "Bürgermeister",
    "fand statt", "findet statt", "wird verschoben", "fällt aus", "statt am 3. Mai nun am 9. Juni", "rund 80 Gäste",
    "Im Mittelpunkt stand die Digitalisierung.", "Themen:", "- Radverkehr", "| Zeit | Was |", "| 9.00 | Begrüßung |",
    "# Bericht", "**fett**", "Drucken", "Startseite > Aktuelles", "kKünstlicher", "Umwelt-\nschutz", "Digi\u00adtal",
    "\n", "\n\n", "\r\n", "\r", "\t", " ", "\u00a0", "\u2028", "\x0c", "\x00", "\x1b[31m", "\u200b", "e\u0301",
    "a\u0308\u0323", "ﬁ", "ẞ", "İ", "𝔄", "👩‍👩‍👧", "\u202e", "(", ")", "„", "“",
    "[[", "*", "_", "...", "1.", "z. B.", "e. V.",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from([" ", ". ", ", "]), st.text(max_size=8))).map(
    "".join
)
anything = st.one_of(texts, st.text(max_size=300))
days = st.one_of(st.none(), st.dates())
slow = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def document_of(text: str) -> Document | None:
    try:
        return read_text(text, uri="text")
    except EmptyDocument:
        return None


def quotes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a record that points at the text."""
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        for item in value.values():
            yield from quotes(item)
    elif isinstance(value, list):
        for item in value:
            yield from quotes(item)


@slow
@given(anything, days)
@example("Am 4. März 2025 fand in Templin die 2. Ortswerkstatt statt.", None)
@example("A" + "\u0301" * 50, None)
def test_every_record_is_valid_and_quotes_the_text(extractor: Extractor, text: str, day: Any) -> None:
    document = document_of(text)
    if document is None:
        return
    assert document.text == text
    report = extractor.extract_document(document, reference_date=day)
    written = validated_json(report)
    value = json.loads(written)
    check(value, "report")
    assert Report.model_validate_json(written).to_json() == written
    for mention in quotes(value):
        assert text[mention["start"] : mention["end"]] == mention["quote"] != ""
    assert report.source.characters == len(text)


@slow
@given(anything, days)
@example("Am 4. März 2025 fand in Templin die 2. Ortswerkstatt statt, Anmeldung bis 1. März.", None)
def test_every_explanation_is_valid_quotes_the_text_and_explains_the_record(
    extractor: Extractor, text: str, day: Any
) -> None:
    document = document_of(text)
    if document is None:
        return
    doc = extractor.annotate(document, reference_date=day)
    reference = day.isoformat() if day is not None else None
    report, explanation = explain(doc, document, reference_date=reference)
    assert report == assemble(doc, document, reference_date=reference)
    for span in quotes(json.loads(validated_json(explanation))):
        assert text[span["start"] : span["end"]] == span["quote"] != ""
    events = [report.main_event, *report.follow_ups, *report.other_events]
    assert [event.id for event in events if event is not None] == [event.id for event in explanation.events]
    for event, explained in zip(filter(None, events), explanation.events, strict=True):
        assert event.confidence == confidence(weight.name for weight in explained.confidence)


@slow
@given(anything)
def test_same_text_same_bytes(extractor: Extractor, text: str) -> None:
    if document_of(text) is not None:
        assert extractor.extract(text).to_json() == extractor.extract(text).to_json()


@slow
@given(texts, texts)
def test_what_went_before_leaves_no_trace(extractor: Extractor, first: str, second: str) -> None:
    if document_of(first) is None or document_of(second) is None:
        return
    alone = extractor.extract(second).to_json()
    extractor.extract(first)
    assert extractor.extract(second).to_json() == alone


@slow
@given(anything)
def test_every_name_in_an_event_stands_in_the_lists(extractor: Extractor, text: str) -> None:
    document = document_of(text)
    if document is None:
        return
    report = extractor.extract_document(document)
    organisations = {organisation.name for organisation in report.organisations}
    topics = {topic.name for topic in report.topics}
    places = {place.name for place in report.places}
    for event in (report.main_event, *report.follow_ups, *report.other_events):
        if event is not None:
            assert set(event.organisers) <= organisations
            assert set(event.topics) <= topics
            assert event.where is None or event.where.place is None or event.where.place in places


@slow
@given(anything)
def test_every_date_and_place_of_an_event_has_evidence(extractor: Extractor, text: str) -> None:
    document = document_of(text)
    if document is None:
        return
    report = extractor.extract_document(document)
    for event in (report.main_event, *report.follow_ups, *report.other_events):
        if event is not None:
            fields = {evidence.field for evidence in event.evidence}
            assert event.when is None or "when.start" in fields
            assert event.where is None or event.where.city is None or "where.city" in fields
            assert event.where is None or event.where.venue is None or "where.venue" in fields
            assert "event_type" in fields or "name" in fields
