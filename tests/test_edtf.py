"""EDTF dates: what is accepted, what days they cover, how they compare."""

from __future__ import annotations

import doctest
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import edtf


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2025-03-04", "day", date(2025, 3, 4), date(2025, 3, 4)),
        ("2024-02-29", "day", date(2024, 2, 29), date(2024, 2, 29)),
        ("2025-07", "month", date(2025, 7, 1), date(2025, 7, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", "year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-21", "season", date(2025, 3, 1), date(2025, 5, 31)),
        ("2025-24", "season", date(2025, 12, 1), date(2026, 2, 28)),
        ("2025-33", "quarter", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-36", "quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025-40", "half", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-41", "half", date(2025, 7, 1), date(2025, 12, 31)),
        ("198X", "decade", date(1980, 1, 1), date(1989, 12, 31)),
        ("19XX", "century", date(1900, 1, 1), date(1999, 12, 31)),
        ("XXXX-05-16", "day", None, None),
        ("XXXX-02-29", "day", None, None),
        ("XXXX-05", "month", None, None),
        ("XXXX-23", "season", None, None),
        ("2004-06-XX", "month", date(2004, 6, 1), date(2004, 6, 30)),
        ("1984?", "year", date(1984, 1, 1), date(1984, 12, 31)),
        ("2004-06~", "month", date(2004, 6, 1), date(2004, 6, 30)),
        ("9999-24", "season", date(9999, 12, 1), date.max),
    ],
)
def test_covers(text: str, precision: str, first: date | None, last: date | None) -> None:
    assert edtf.is_valid(text)
    assert re.fullmatch(edtf.EDTF_PATTERN, text)
    assert edtf.precision(text) == precision
    assert (edtf.earliest(text), edtf.latest(text)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "25-03-04", "2025-3-4", "04.03.2025", "2025-13", "2025-00", "2025-02-30", "2023-02-29", "2025-04-31"),
        *("2025-25", "2025-32", "2025-37", "2025-42", "2025-03-04T10:00", "X025", "2025-XX-04", "heute", "2025-03-"),
        *("2025\n", "0000-01-01", "20255", "2025-21-03", "２０２５"),
    ],
)
def test_rejects(text: str) -> None:
    assert not edtf.is_valid(text)
    with pytest.raises(ValueError, match=r"EDTF|day"):
        edtf.parse(text)


@given(st.dates())
def test_every_day_is_its_own_range(day: date) -> None:
    text = day.isoformat()
    assert edtf.earliest(text) == edtf.latest(text) == day
    assert re.fullmatch(edtf.EDTF_PATTERN, text)


@given(st.text(alphabet="0123456789X-?~%", max_size=12))
def test_parse_accepts_no_more_than_the_pattern(text: str) -> None:
    if edtf.is_valid(text):
        assert re.fullmatch(edtf.EDTF_PATTERN, text)
        first, last = edtf.earliest(text), edtf.latest(text)
        assert first is None or last is None or first <= last


@pytest.mark.parametrize(
    ("value", "day"), [(None, None), ("2025-03-04", "2025-03-04"), (date(800, 12, 25), "0800-12-25")]
)
def test_calendar_day(value: date | str | None, day: str | None) -> None:
    assert edtf.calendar_day(value) == day


def test_the_examples_of_the_module() -> None:
    failed, tried = doctest.testmod(edtf)
    assert failed == 0
    assert tried > 0


@given(st.dates(), st.dates())
def test_days_without_a_year_take_the_year_they_are_given(day: date, other: date) -> None:
    open_day = f"XXXX{day.isoformat()[4:]}"
    assert edtf.year_unspecified(open_day)
    assert edtf.specified_year(open_day) is None
    assert edtf.without_year(open_day) == edtf.without_year(day.isoformat())
    assert edtf.in_year(open_day, day.year) == day.isoformat() == edtf.in_year(day.isoformat(), other.year)
    assert edtf.specified_year(day.isoformat()) == day.year


@given(st.dates(), st.dates())
def test_in_a_leap_year_all_open_days_can_be_compared(day: date, other: date) -> None:
    one, two = (edtf.earliest(edtf.in_leap_year(f"XXXX{value.isoformat()[4:]}")) for value in (day, other))
    assert one is not None
    assert two is not None
    assert (one < two) == ((day.month, day.day) < (other.month, other.day))
