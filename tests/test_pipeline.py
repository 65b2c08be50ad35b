"""The wiring: order of the pipes, what they are given, what is freed."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractor import ErrorRecord, Extractor, Report, pipeline
from extractor.document import Block, BlockKind, Document, Source
from extractor.failures import error_record
from extractor.pipeline import PIPES, make_pipeline
from extractor.pipes.reading import blocks_of, values_of
from extractor.readers import MAX_CHARACTERS, read_text

TEXT = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne“ statt."


def test_pipes_stand_in_their_order() -> None:
    assert tuple(make_pipeline("small").pipe_names) == (*PIPES, "german_entities", "german_entity_union")
    nlp = make_pipeline()
    assert tuple(nlp.pipe_names) == PIPES
    assert nlp.max_length >= MAX_CHARACTERS


@pytest.mark.parametrize("name", [*PIPES, "german_entities", "german_entity_union"])
def test_each_pipe_works_alone_in_a_blank_pipeline(name: str) -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe(name)
    assert nlp(TEXT).text == TEXT
    assert nlp("").text == ""


def test_blocks_of_the_document_reach_the_pipes(extractor: Extractor) -> None:
    text = f"{TEXT}\n\n{TEXT}"
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(TEXT)), Block(BlockKind.REPEAT, len(TEXT) + 2, len(text)))
    document = Document(text, blocks, Source("a.txt", "text/plain", "0" * 64))
    doc = extractor.annotate(document)
    assert tuple(blocks_of(doc)) == blocks
    assert all(value["end"] <= len(TEXT) for value in values_of(doc, "dates"))
    assert values_of(doc, "dates")


def test_annotated_text_is_the_document(extractor: Extractor) -> None:
    doc = extractor.annotate(read_text(f"  {TEXT}\r\n\u00ad", uri="a"))
    assert doc.text == f"  {TEXT}\r\n\u00ad"
    assert {span.label_ for span in doc.spans["dates"]} == {"dates"}
    assert doc.spans["dates"][0]._.dates["edtf_start"] == "2025-03-04"


def test_vocabulary_is_begun_anew_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Extractor()
    before = len(own.nlp.vocab.strings)
    monkeypatch.setattr(pipeline, "MAX_STRINGS", before + 500)
    reports = []
    for number in range(200):
        doc = own.annotate(read_text(f"{TEXT} Wortungetüm{number}haft trat auf, Nummer {number * 7919}.", uri="a"))
        reports.append(own.extract(TEXT).to_json())
        assert len(own.nlp.vocab.strings) < before + 700
    assert len(set(reports)) == 1
    assert doc.text.startswith(TEXT)


@Language.component("defective")
def defective(doc: Doc) -> Doc:
    if doc.text == "ZeroDivisionError":
        raise ZeroDivisionError("a defect")
    return doc


def test_a_defect_costs_one_document(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    own = Extractor()
    own.nlp.add_pipe("defective")
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(TEXT, "utf-8")
    bad.write_text("ZeroDivisionError", "utf-8")
    with caplog.at_level("DEBUG", "extractor"):
        results = list(own.extract_many([good, bad, good]))
    assert [type(result) for result in results] == [Report, ErrorRecord, Report]
    assert results[1] == ErrorRecord(source=str(bad), code="internal-error", message="ZeroDivisionError: a defect")
    assert caplog.records[-1].exc_info is not None


def test_error_record_of_a_name_that_is_no_text() -> None:
    record = error_record(ValueError("\udcff"), source="\udcff.txt")
    assert record.source == "\\xff.txt"
    record.to_json().encode()
