"""The tagger against its corpus of phrases: one TOML file a field, a table a family, value first, then its phrases.

A phrase is the expression itself; where more text is around it, brackets show what is: "am [4. Mai]". What a case
leaves out follows from its TIMEX3 value: its type, EDTF start and end of days, months and years, clock times.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import spacy

from extractor.pipes.dates import KEY, find_dates
from extractor.pipes.reading import values_of
from extractor.pipes.temporal.meanings import Candidate, Span
from extractor.pipes.temporal.scanner import readings, scan

CORPORA = Path(__file__).parents[1] / "corpora"
REFERENCE = "2025-06-11"
"""A Wednesday: what relative expressions count from, unless a case says ``reference = false``."""
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_CALENDAR = re.compile(r"[\dX]{4}(?:-[\dX]{2}){0,2}")
_CLOCK = re.compile(r"T(\d\d:\d\d)")


class Expected(NamedTuple):
    """What an expression must yield."""

    start: int
    end: int
    value: str
    type: str
    edtf: tuple[str | None, str | None]
    times: list[str]
    approximate: bool | None
    inferred: str | None


class Phrase(NamedTuple):
    """A text with what it must yield and nothing else; ``family`` is "file.table"."""

    family: str
    text: str
    reference: str | None
    expected: list[Expected]


def phrases() -> list[Phrase]:
    """Read every phrase of the corpus."""
    found = []
    for path in sorted((CORPORA / "temporal").glob("*.toml")):
        for family, cases in tomllib.loads(path.read_text("utf-8")).items():
            for case in cases:
                found += [_phrase(f"{path.stem}.{family}", case, written) for written in case["phrases"]]
    return found


def _phrase(family: str, case: dict[str, Any], written: str) -> Phrase:
    unknown = case.keys() - {
        "value", "values", "type", "start", "end", "approximate", "inferred", "reference", "phrases", "times"
    }  # fmt: skip
    assert not unknown, f"{family}: {unknown}"
    values: list[str] = case.get("values") or [case["value"]]
    marks = list(_BRACKETS.finditer(written))
    text = _BRACKETS.sub(r"\1", written)
    spans = [(mark.start() - 2 * index, mark.end() - 2 * index - 2) for index, mark in enumerate(marks)]
    spans = spans or [(0, len(text))]
    assert len(spans) == len(values), written
    reference = REFERENCE if case.get("reference", True) else None
    return Phrase(
        family, text, reference, [_expected(case, *span, value) for span, value in zip(spans, values, strict=True)]
    )


def _expected(case: dict[str, Any], start: int, end: int, value: str) -> Expected:
    kind = case.get("type") or (
        "DURATION" if re.match("P[T0-9X]", value) else "TIME" if re.match(r"[\dX-]*T", value) else "DATE"
    )
    if kind != "DATE":
        edtf: tuple[str | None, str | None] = (case.get("start") or None, case.get("end"))
    elif "start" in case:
        edtf = (case["start"] or None, case.get("end"))
    else:
        first, _, last = value.partition("/")
        known = _CALENDAR.fullmatch(first) is not None and value not in ("XXXX", "XXXX-XX", "XXXX-XX-XX")
        edtf = (first, last or None) if known else (None, None)
    times = case.get("times") or (_CLOCK.findall(value) if kind == "TIME" else [])
    return Expected(start, end, value, kind, edtf, times, case.get("approximate"), case.get("inferred"))


PHRASES = phrases()
NLP = spacy.blank("de")
NLP.add_pipe("german_dates")


def _found(phrase: Phrase) -> list[Any]:
    """Tag a phrase; where its typography matters, with the component, which reads the text as a reader does."""
    if "typography" not in phrase.family:
        return find_dates(phrase.text, phrase.reference)
    doc = NLP.make_doc(phrase.text)
    doc._.reference_date = phrase.reference
    return values_of(NLP.get_pipe("german_dates")(doc), KEY)


@pytest.mark.parametrize("phrase", [pytest.param(p, id=f"{p.family}: {p.text}") for p in PHRASES])
def test_phrase_has_span_type_and_value(phrase: Phrase) -> None:
    found = _found(phrase)
    assert [
        (
            phrase.text[timex["start"] : timex["end"]],
            timex["start"],
            timex["type"],
            timex["value"],
            (timex["edtf_start"], timex["edtf_end"]),
            [time for time in (timex["start_time"], timex["end_time"]) if time],
        )
        for timex in found
    ] == [
        (phrase.text[known.start : known.end], known.start, known.type, known.value, known.edtf, known.times)
        for known in phrase.expected
    ]
    for timex, known in zip(found, phrase.expected, strict=True):
        assert known.approximate is None or timex["approximate"] is known.approximate
        assert known.inferred is None or timex["inferred_from"] == known.inferred
        assert not timex["weekday_conflict"]


def _meaning(candidate: Candidate) -> Any:
    """What a candidate means, wherever the text between the ends of a range lies."""
    meaning = candidate.meaning
    return meaning[:2] if isinstance(meaning, Span) else meaning


@pytest.mark.parametrize("family", sorted({p.family for p in PHRASES if "typography" not in p.family}))
def test_no_phrase_has_two_readings(family: str) -> None:
    """Where a reading is chosen, no rule reads the same stretch in another way, or more than it."""
    rivals = []
    for phrase in (p for p in PHRASES if p.family == family):
        for chosen in scan(phrase.text).candidates:
            for position in range(max(chosen.start - 12, 0), chosen.start + 1):
                found = readings(phrase.text, position)
                if not any(chosen in reading for reading in found):
                    continue
                rivals += [
                    (phrase.text, chosen, other)
                    for reading in found
                    for other in reading
                    if other.start <= chosen.start
                    and (other.end > chosen.end or (other.end == chosen.end and _meaning(other) != _meaning(chosen)))
                ]
    assert rivals == []


FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NOT_TO_THE_DAY = {"month", "season", "quarter", "half", "year", "decade", "century", "none"}


def test_no_full_day_comes_out_of_a_partial_expression() -> None:
    """Count the days that are given for what the text does not tell to the day."""
    invented, partial = [], 0
    for phrase in PHRASES:
        for timex, known in zip(_found(phrase), phrase.expected, strict=True):
            if timex["precision"] in NOT_TO_THE_DAY or (known.edtf[0] and not FULL_DAY.fullmatch(known.edtf[0])):
                partial += 1
                ends = (timex["edtf_start"], timex["edtf_end"], timex["value"])
                invented += [(phrase.text, end) for end in ends if end and FULL_DAY.search(end)]
    assert partial > 1000
    assert len(invented) == 0, invented


def test_corpora_are_large_and_name_nothing_twice() -> None:
    texts = [(phrase.text, phrase.reference) for phrase in PHRASES]
    assert len(texts) >= 1000
    assert len(set(texts)) == len(texts)
