"""What holds for every text whatever the user knows: names that are dates, towns, verbs, marks."""

import json
from typing import Any

import pytest
from hypothesis import given
from test_properties import anything, document_of, quotes, slow

from extractor import Configuration, Extractor
from extractor.validation import check, validated_json

ODD = {
    "organisations": [
        {"name": "Templin", "acronym": "MWM"},
        {"name": "4. März", "aliases": ["Heimatverein", "Zeit | Was"]},
        {"name": "e. V."},
        {"name": "Essen", "aliases": ["Frankfurt (Oder)"]},
    ],
    "venues": [
        {"name": "Am", "city": "Gera"},
        {"name": "Halle (Saale)", "city": "Halle"},
        {"name": "per Zoom"},
        {"name": "Rathaus", "address": "Markt 1"},
        {"name": "Templin", "city": "Zeitz"},
    ],
    "event_types": [
        {"name": "Bericht"},
        {"name": "statt"},
        {"name": "Ortskerne", "type": "Runder Tisch"},
        {"name": "Mai"},
    ],
    "series": [{"name": "2. Ortswerkstatt"}, {"name": "Ortskerne"}, {"name": "Themen:"}, {"name": "Runder Tisch"}],
    "persons": [{"name": "Edda Ohnesorg", "title": "Dr."}, {"name": "Bürgermeister"}, {"name": "Stadt Cottbus"}],
    "topics": [
        {"name": "Digitalisierung", "concept": "urn:x:1"},
        {"name": "18.30 Uhr"},
        {"name": "Radverkehr", "find": "topics", "concept": "urn:x:2"},
        {"name": "Im Mittelpunkt"},
    ],
}


@pytest.fixture(scope="module")
def odd() -> Extractor:
    return Extractor(config=Configuration.model_validate(ODD))


@slow
@given(anything)
def test_every_record_is_valid_and_quotes_the_text(odd: Extractor, text: str) -> None:
    document = document_of(text)
    if document is None:
        return
    report = odd.extract_document(document)
    written = validated_json(report)
    value: Any = json.loads(written)
    check(value, "report")
    for mention in quotes(value):
        assert text[mention["start"] : mention["end"]] == mention["quote"] != ""
    assert odd.extract(text).to_json() == odd.extract(text).to_json()


@pytest.mark.parametrize(
    "unit", ["Templin ", "Templin-", "„Templin“", "Templin e. V. ", "Ortskerne „Runder Tisch“ ", "Templin (MWM) "]
)
def test_many_names_do_not_hang(odd: Extractor, unit: str) -> None:
    report = odd.extract(unit * 4_000)
    validated_json(report)
