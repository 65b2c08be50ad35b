"""TimeML: well-formed whatever the text, spans and values as they were found."""

from __future__ import annotations

import importlib.util
import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.exporters.timeml import timeml
from extractor.pipes.dates import find_dates, tag_document
from extractor.pipes.values import Timex
from extractor.readers import read_file, read_text

REPOSITORY = Path(__file__).parents[2]
FORBIDDEN = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)))


def parsed(document: str) -> ElementTree.Element:
    return ElementTree.fromstring(document.encode())  # noqa: S314


def elements(document: str) -> list[tuple[dict[str, str], str]]:
    body = parsed(document).find("TEXT")
    assert body is not None
    return [(element.attrib, element.text or "") for element in body.iter("TIMEX3")]


def content(document: str) -> str:
    body = parsed(document).find("TEXT")
    assert body is not None
    return "".join(body.itertext())


def tagged(text: str, reference_date: str | None = None, docid: str = "a.txt") -> str:
    found = find_dates(text, reference_date, split_ranges=True)
    return timeml(text, found, docid=docid, creation_time=reference_date)


def test_document() -> None:
    document = tagged("Gestern, um 18 Uhr.", "2025-03-04")
    root = parsed(document)
    assert [child.tag for child in root] == ["DOCID", "DCT", "TEXT"]
    assert root.findtext("DOCID") == "a.txt"
    created = root.find("DCT/TIMEX3")
    assert created is not None
    assert created.text == "2025-03-04"
    assert created.attrib == {
        "tid": "t0",
        "type": "DATE",
        "value": "2025-03-04",
        "temporalFunction": "false",
        "functionInDocument": "CREATION_TIME",
    }
    assert elements(document) == [
        (
            {
                "tid": "t1",
                "type": "DATE",
                "value": "2025-03-03",
                "temporalFunction": "true",
                "functionInDocument": "NONE",
                "anchorTimeID": "t0",
            },
            "Gestern",
        ),
        (
            {
                "tid": "t2",
                "type": "TIME",
                "value": "2025-03-03T18:00",
                "temporalFunction": "true",
                "functionInDocument": "NONE",
                "anchorTimeID": "t1",
            },
            "18 Uhr",
        ),
    ]


def test_creation_time_is_never_invented() -> None:
    document = tagged("Gestern kam niemand.")
    assert parsed(document).find("DCT") is not None
    assert parsed(document).find("DCT/TIMEX3") is None
    ((attributes, _),) = elements(document)
    assert attributes["value"] == "PAST_REF"
    assert attributes["temporalFunction"] == "false"
    assert "anchorTimeID" not in attributes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anfang Juni 2025", {"mod": "START", "value": "2025-06"}),
        ("etwa drei Wochen", {"mod": "APPROX", "type": "DURATION"}),
        ("jeden Dienstag", {"quant": "EVERY", "type": "SET"}),
        ("zweimal im Jahr", {"freq": "2X", "type": "SET"}),
        ("Pressemitteilung, 4. März 2025", {"functionInDocument": "PUBLICATION_TIME"}),
    ],
)
def test_attributes(text: str, expected: dict[str, str]) -> None:
    ((attributes, _),) = elements(tagged(text))
    assert attributes.items() >= expected.items()


def test_a_range_has_two_ends() -> None:
    found = elements(tagged("vom 12. bis 14. Mai 2025"))
    assert [(attributes["value"], text) for attributes, text in found] == [
        ("2025-05-12", "12."),
        ("2025-05-14", "14. Mai 2025"),
    ]


def test_markup_and_quotes_are_escaped() -> None:
    text = 'Am 4. März 2025 <TIMEX3 tid="x"> & </TEXT> ]]> &amp; <!-- <!DOCTYPE x>'
    document = tagged(text, docid='a"<&\n\0.txt')
    assert content(document) == text
    assert parsed(document).findtext("DOCID") == 'a"<&\n\ufffd.txt'
    assert len(elements(document)) == 1


def test_what_xml_forbids_is_replaced_one_for_one() -> None:
    text = f"{FORBIDDEN}Am 4. März 2025\r\nund\rdann{FORBIDDEN}"
    document = tagged(text)
    assert content(document) == text.translate(dict.fromkeys(map(ord, FORBIDDEN), "\ufffd"))
    assert [text for _, text in elements(document)] == ["4. März 2025"]


def test_overlapping_expressions_do_not_nest() -> None:
    text = "am 4. März 2025"
    (one,) = find_dates(text)
    other: Timex = {**one, "start": one["start"] + 3}
    assert [found for _, found in elements(timeml(text, [other, one], docid="a"))] == ["4. März 2025"]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """``eval/timex.py`` of the folder ``shared``, which reads TimeML on its own."""
    folder = Path(os.environ.get("EXTRACTOR_SHARED") or REPOSITORY.parent / "shared")
    path = folder / "eval" / "timex.py"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    spec = importlib.util.spec_from_file_location("timex_scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_others_read_what_was_found(scorer: ModuleType, samples: list[Path], tmp_path: Path) -> None:
    for sample in samples:
        document = read_file(sample)
        found = tag_document(document, "2025-03-04", split_ranges=True).timexes
        path = tmp_path / "a.tml"
        path.write_text(timeml(document.text, found, docid="a", creation_time="2025-03-04"), "utf-8")
        back = scorer.read(path)
        assert back.text == document.text
        assert back.reference_date == "2025-03-04"
        assert [tuple(timex) for timex in back.timexes] == [
            (timex["start"], timex["end"], timex["type"], timex["value"]) for timex in found
        ]


_PIECES = st.sampled_from(
    [
        "am 4. März 2025",
        "gestern",
        "12.-14. Mai",
        "um 18 Uhr",
        "jeden Dienstag",
        "<a>",
        "&",
        '"',
        "]]>",
        "\r",
        "\n",
        "\0",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=5), max_size=12).map(" ".join), st.sampled_from([None, "2025-03-04"]))
def test_any_text_is_well_formed_and_keeps_its_spans(text: str, reference_date: str | None) -> None:
    text += " x"
    document = read_text(text.encode("utf-8", "replace").decode())
    found = tag_document(document, reference_date, split_ranges=True).timexes
    written = timeml(document.text, found, docid="a", creation_time=reference_date)
    assert len(content(written)) == len(document.text)
    assert [(a["type"], a["value"], len(t)) for a, t in elements(written)] == [
        (timex["type"], timex["value"], timex["end"] - timex["start"]) for timex in found
    ]
