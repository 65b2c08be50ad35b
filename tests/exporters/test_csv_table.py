"""CSV: an event a row; what a spreadsheet reads is what the record says."""

import csv
import io
import re
from pathlib import Path

import pytest
from factories import make_event, make_report, make_when
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import reports

from extractor import Report, to_csv
from extractor.exporters.csv_table import COLUMNS
from extractor.linking.known_events import known_events
from extractor.records import Place, Where

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
FORMULA = re.compile(r"[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠]")


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def entries_of(cell: str) -> list[str]:
    """A list as the data dictionary says that it is read."""
    parts = re.findall(r"(?:[^;\\]|\\.)+", cell, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", part.removeprefix(" "), flags=re.DOTALL) for part in parts]


def test_an_event_is_a_row() -> None:
    place = Place(name="Templin", kind="municipality", ags="12073572", latitude=53.1, longitude=-13.5, mentions=[])
    main = make_event(
        "Ortswerkstatt Ortskerne",
        when=make_when("2025-03-04", start_time="18:00"),
        where=Where(city="Templin", venue="Rathaus", place="Templin"),
        ordinal=2,
        attendance=80,
        organisers=["Netzwerk Stadtmitte e. V.", "Stadt; Land"],
    )
    (row,) = read(to_csv([make_report(main, places=[place])]))
    assert row | {"uid": ""} == row | {
        "uid": "",
        "role": "main",
        "name": "Ortswerkstatt Ortskerne",
        "ordinal": "2",
        "start": "2025-03-04",
        "end": "",
        "earliest": "2025-03-04",
        "start_time": "18:00",
        "approximate": "false",
        "ags": "12073572",
        "longitude": "-13.5",
        "attendance": "80",
        "confidence": "0.8",
        "reports": "1",
    }
    assert entries_of(row["organisers"]) == ["Netzwerk Stadtmitte e. V.", "Stadt; Land"]


def test_a_month_stays_a_month_and_can_be_sorted() -> None:
    (row,) = read(to_csv([make_report(make_event(start="2025-07"))]))
    assert (row["start"], row["earliest"], row["latest"]) == ("2025-07", "2025-07-01", "2025-07-31")


def test_an_event_of_two_reports_is_one_row() -> None:
    reports = [
        make_report(make_event("Bürgerdialog", ordinal=2, city="Torgau", start="2025-05-16"), published="2025-03-01"),
        make_report(
            make_event("Bürgerdialog", ordinal=2, city="Torgau", start="2025-05-16", status="held"),
            published="2025-05-20",
        ),
    ]
    (row,) = read(to_csv(reports))
    assert (row["status"], row["reports"], row["published"]) == ("held", "2", "2025-05-20")


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+49 30", "-1", "@SUM(A1)", "\t=cmd|' /C calc'!A0", "\r=1", " =1", "\u200b=1", "＝1", "'=1", "''@x"],
)
def test_no_cell_is_a_formula(name: str) -> None:
    text = to_csv([make_report(make_event(name, event_type="Sitzung"))])
    (row,) = read(text)
    assert row["name"].startswith("'")
    assert row["name"][1:] == name


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Fest;=cmd|' /C calc'!A0;+1", "Fest;'=cmd|' /C calc'!A0;'+1"),
        ("Fest; \t@x", "Fest;' \t@x"),
        ("Fest\n=1", "Fest\n'=1"),
        ("Fest;'=1", "Fest;''=1"),
        ("Fest; Markt = mehr\nund -", "Fest; Markt = mehr\nund -"),
        (";" * 500 + " " * 400 + "x", ";" * 500 + " " * 400 + "x"),
    ],
)
def test_no_cell_is_a_formula_where_semicolons_part_cells(name: str, cell: str) -> None:
    (row,) = read(to_csv([make_report(make_event(name, event_type="Sitzung"))]))
    assert row["name"] == cell


def test_no_entry_of_a_list_is_a_formula() -> None:
    (row,) = read(to_csv([make_report(make_event(topics=["Markt", "=1"], organisers=["a;=1"]))]))
    assert (row["topics"], row["organisers"]) == ("Markt;' =1", "a\\;'=1")


def test_numbers_are_not_taken_for_formulas() -> None:
    place = Place(name="Rio", kind="municipality", latitude=-22.9, longitude=-43.2, mentions=[])
    (row,) = read(to_csv([make_report(make_event(where=Where(city="Rio", place="Rio")), places=[place])]))
    assert (row["latitude"], row["longitude"]) == ("-22.9", "-43.2")


def test_rows_end_as_rfc_4180_says_and_breaks_are_quoted() -> None:
    text = to_csv([make_report(make_event('Ein "Tag"\nfür, alle'))])
    assert text.count("\r\n") == 2
    assert text.endswith("\r\n")
    assert '"Ein ""Tag""\nfür, alle"' in text


def test_byte_order_mark_only_where_asked_for() -> None:
    report = make_report(make_event())
    assert to_csv([report], byte_order_mark=True) == "\ufeff" + to_csv([report])


def test_no_reports_are_a_table_without_rows() -> None:
    assert to_csv([]) == ",".join(column.name for column in COLUMNS) + "\r\n"


def test_the_data_dictionary_is_in_the_docs() -> None:
    rows = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in COLUMNS]
    assert "\n".join(rows) in PAGE.read_text("utf-8"), "\n".join(rows)


@settings(deadline=None, max_examples=30)
@given(st.lists(reports, max_size=2))
def test_every_record_is_a_table(some: list[Report]) -> None:
    text = to_csv(some)
    text.encode()
    assert to_csv(list(some)) == text
    rows = read(text)
    known = known_events(some)
    assert [row["uid"] for row in rows] == [one.uid for one in known]
    texts = {column.name for column in COLUMNS if column.type in ("text", "list")}
    for row, one in zip(rows, known, strict=True):
        assert len(row) == len(COLUMNS)
        assert None not in row.values()
        for name in texts:
            assert not FORMULA.match(row[name])
        assert row["confidence"] == repr(one.event.confidence)
