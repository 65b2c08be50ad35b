"""dateparser's ``search_dates``, German only, counting from the reference date.

It returns substrings with a ``datetime`` each. The substrings are looked up in the text, one after the other; how
much of the ``datetime`` is meant (a time, a day, a month, a year) says dateparser's own ``period`` for the substring.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Any

from dateparser.date import DateDataParser
from dateparser.search import search_dates
from harness import Answer, Timex, run
from mapping import expression, point

VARIANTS: dict[str, dict[str, Any]] = {"default": {}, "month": {"REQUIRE_PARTS": ["month"]}}
settings = VARIANTS[sys.argv[1]]


def tag(text: str, day: date) -> Any:
    """Search the whole text."""
    base = datetime(day.year, day.month, day.day)
    return search_dates(text, languages=["de"], settings={"RELATIVE_BASE": base, **settings})


def read(found: Any, text: str, day: date) -> Answer:
    """Find the substrings again, and the grain of their dates."""
    base = datetime(day.year, day.month, day.day)
    periods = DateDataParser(languages=["de"], settings={"RELATIVE_BASE": base, "RETURN_TIME_AS_PERIOD": True})
    timexes: list[Timex] = []
    cursor = 0
    for words, moment in found or []:
        start = text.find(words, cursor)
        if start < 0:
            continue
        cursor = start + len(words)
        period = periods.get_date_data(words).period
        grain = {"time": "minute", "day": "day", "week": "week", "month": "month", "year": "year"}.get(period, "day")
        timexes.append(expression(text, start, cursor, *point(moment, grain)))
    return Answer(text, timexes)


run(tag, read)
