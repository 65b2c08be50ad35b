"""The temporal tagger against its corpora, its properties, and the component."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import edtf
from extractor.lang.months import month_names
from extractor.pipes.dates import KEY, find_dates
from extractor.pipes.reading import values_of
from extractor.pipes.temporal.feasts import easter
from extractor.pipes.temporal.tagging import tag

CORPORA = Path(__file__).parents[1] / "corpora"
CORPUS: dict[str, Any] = tomllib.loads((CORPORA / "dates.toml").read_text("utf-8"))
NEGATIVE: dict[str, Any] = tomllib.loads((CORPORA / "dates_negative.toml").read_text("utf-8"))
REFERENCE = "2025-06-11"


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CORPUS["texts"]])
def test_text(case: dict[str, Any]) -> None:
    text = case["text"]
    tagged = tag(text, case.get("reference"))
    assert tagged.date_line == case.get("date_line")
    assert [text[timex["start"] : timex["end"]] for timex in tagged.timexes] == [e["quote"] for e in case["expected"]]
    for timex, expected in zip(tagged.timexes, case["expected"], strict=True):
        assert timex["edtf_start"] == expected.get("start"), expected
        assert timex["edtf_end"] == expected.get("end"), expected
        if timex["type"] != "TIME":
            assert timex["inferred_from"] == expected.get("from"), expected
        assert timex["weekday_conflict"] is expected.get("conflict", False)
        assert [t for t in (timex["start_time"], timex["end_time"]) if t] == expected.get("times", [])
        assert timex["rule"] == expected.get("rule", timex["rule"])
        assert timex["type"] == expected.get("type", timex["type"])


def _framed(family: dict[str, list[str]]) -> list[str]:
    return [frame.format(filling) for frame in family["frames"] for filling in family["fills"]]


@pytest.mark.parametrize("family", NEGATIVE["framed"])
def test_is_no_temporal_expression_in_its_sentence(family: str) -> None:
    found = [(text, timex) for text in _framed(NEGATIVE["framed"][family]) for timex in find_dates(text, REFERENCE)]
    assert found == []


def test_negative_corpus_is_large_and_names_nothing_twice() -> None:
    plain = [phrase for phrases in NEGATIVE["nothing"].values() for phrase in phrases]
    framed = [text for family in NEGATIVE["framed"].values() for text in _framed(family)]
    assert len(plain) >= 1000
    assert len(plain) + len(framed) >= 2000
    assert len({*plain, *framed}) == len(plain) + len(framed)


@pytest.mark.parametrize("phrase", [phrase for phrases in NEGATIVE["nothing"].values() for phrase in phrases])
def test_is_no_temporal_expression(phrase: str) -> None:
    assert find_dates(phrase, REFERENCE) == []


@pytest.mark.parametrize("phrase", [phrase for phrases in NEGATIVE["no_date"].values() for phrase in phrases])
def test_is_no_date(phrase: str) -> None:
    found = find_dates(phrase, REFERENCE)
    assert all(timex["type"] != "DATE" and timex["edtf_start"] is None for timex in found)


def test_reference_date_must_be_a_date() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        find_dates("heute", "gestern")


def test_reference_date_may_have_a_time() -> None:
    assert find_dates("heute", "2025-06-11T08:00:00")[0]["edtf_start"] == "2025-06-11"


def test_explicit_reference_date_comes_first() -> None:
    found = find_dates("Kelbra, 8. November 2018 – Gestern war Markt.", "2020-02-02")
    assert [(timex["edtf_start"], timex["inferred_from"]) for timex in found][1] == ("2020-02-01", "reference_date")


def test_ranges_can_be_split() -> None:
    text = "vom 5. bis 22. November 2013"
    found = tag(text, split_ranges=True).timexes
    assert [(text[t["start"] : t["end"]], t["value"]) for t in found] == [
        ("5.", "2013-11-05"),
        ("22. November 2013", "2013-11-22"),
    ]


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2000, (4, 23)), (1961, (4, 2)), (2038, (4, 25))]
)
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert (easter(year).month, easter(year).day) == day


@pytest.mark.parametrize("text", ["um den 20. Mai", "etwa am 20. Mai, gegen 17 Uhr", "ca. 17 Uhr"])
def test_what_is_about_right_says_so(text: str) -> None:
    assert any(timex["approximate"] for timex in find_dates(text))


@pytest.mark.parametrize("text", ["am 20. Mai", "17 Uhr", "Ende Juli"])
def test_what_is_exact_says_nothing(text: str) -> None:
    assert not any(timex["approximate"] for timex in find_dates(text))


def test_component() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_dates")
    text = "Kelbra, 8. November 2018 – Das Fest steigt vom\n12. bis 14. Mai, jeweils ab 18 Uhr."
    doc = nlp(text)
    assert doc._.date_line == "2018-11-08"
    values = values_of(doc, KEY)
    assert [text[value["start"] : value["end"]] for value in values] == [
        "8. November 2018",
        "12. bis 14. Mai",
        "18 Uhr",
    ]
    assert [span._.dates["value"] for span in doc.spans[KEY]] == [value["value"] for value in values]
    restored = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert values_of(restored, KEY) == values


def test_component_takes_the_reference_date() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_dates")
    doc = nlp.make_doc("Morgen wird gefeiert.")
    doc._.reference_date = "2025-06-11"
    assert values_of(nlp.get_pipe("german_dates")(doc), KEY)[0]["edtf_start"] == "2025-06-12"


FRAGMENTS = """
4. März 2025 12.-14. Mai und bis am Dienstag , 18 Uhr . 3. im Jahr KW 38 heute vor zwei Wochen Ostern 1. Advent ( ) – /
Stand: letzten Sommer halb acht 31.2. 29.2. jeden zweiten Monat 9999 1583 0001 12:30 in Jahren vom seit 99. 1980er
folgenden Tag Mo-Fr Anfang Quartal 2. sowie abends gestern 24 nächsten Uhr, Wochenende eine halbe Stunde XII. 00 0.
"""
REFERENCES = st.none() | st.dates().map(lambda day: day.isoformat())


def _check_invariants(text: str, found: list[Any]) -> None:
    position = 0
    for timex in found:
        assert position <= timex["start"] < timex["end"] <= len(text)
        assert text[timex["start"] : timex["end"]].strip() == text[timex["start"] : timex["end"]]
        position = timex["end"]
        for field in ("edtf_start", "edtf_end"):
            assert timex[field] is None or edtf.is_valid(timex[field])
        assert timex["edtf_end"] is None or timex["edtf_start"] is not None
        for field in ("start_time", "end_time"):
            assert timex[field] is None or len(timex[field]) == 5


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*FRAGMENTS.split(), "\n"]), max_size=12), REFERENCES, st.sampled_from([" ", "", "  "]))
def test_any_sequence_of_fragments(parts: list[str], reference: str | None, joint: str) -> None:
    text = joint.join(parts)
    _check_invariants(text, find_dates(text, reference))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), REFERENCES)
def test_any_text(text: str, reference: str | None) -> None:
    _check_invariants(text, find_dates(text, reference))


@given(st.sampled_from(month_names()), st.integers(1950, 2080), st.sampled_from(["", "Anfang ", "Mitte ", "Ende "]))
def test_a_month_never_becomes_a_day(month: str, year: int, modifier: str) -> None:
    found = find_dates(f"{modifier}{month} {year}", REFERENCE)
    assert [timex["edtf_start"] for timex in found] == [f"{year}-{month_names().index(month) + 1:02d}"]


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2069, 12, 31)))
def test_every_day_in_every_form(day: date) -> None:
    iso = day.isoformat()
    for text in (
        f"{day.day}. {month_names()[day.month - 1]} {day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        iso,
    ):
        assert [timex["edtf_start"] for timex in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        *("1." * 500_000, "1.1." * 250_000, "7" * 1_000_000, "1 " * 500_000, "(" * 1_000_000, "A" * 1_000_000),
        *("1-" * 500_000, "12:" * 333_000, "2019 " * 200_000),
    ],
    ids=["1.", "1.1.", "digits", "1 ", "brackets", "capitals", "1-", "12:", "years"],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    find_dates(text)


@pytest.mark.parametrize(
    "unit", ["am 4. Mai ", "am Montag kamen sie. ", "Juli bis ", "Stand: 1.1.2020 ", "um 18 Uhr und "]
)
def test_resolution_does_not_hang(unit: str) -> None:
    find_dates(unit * 16_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dienstags von 9 bis 12 Uhr", "T09:00/T12:00"),
        ("jeden Mittwoch um 18 Uhr", "T18:00"),
        ("täglich ab 10 Uhr", "T10:00"),
        ("Am 4. März 2025, sonst dienstags 18 Uhr", "T18:00"),
        ("Sonst dienstags; am 4. März 2025 um 18 Uhr", "2025-03-04T18:00"),
    ],
)
def test_a_clock_time_of_days_that_come_again_has_no_day(text: str, value: str) -> None:
    assert find_dates(text, REFERENCE)[-1]["value"] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("Heute früh um sieben", "T07:00"), ("Samstagabend um neun", "T21:00"), ("Montagmorgen um sieben", "T07:00")],
)
def test_the_part_of_a_day_tells_which_hour_is_meant(text: str, value: str) -> None:
    assert find_dates(text, REFERENCE)[-1]["value"].endswith(value)
