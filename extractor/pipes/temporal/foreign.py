"""Dates in other languages inside a span that our rules delimit: "12 March 2025", "3 maja 2024"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from extractor.pipes.temporal.atoms import DASH, GAP, YEAR, any_of, compiled
from extractor.pipes.temporal.lexicon import lexicon
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Span
from extractor.pipes.temporal.rules import DASHES, NUMBER, Rule, trigger_words

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"


@lru_cache(maxsize=1024)
def foreign_date(day: int, month: str, year: int) -> date | None:
    """Read a date whose month name is not German; None where there is no such day."""
    import dateparser

    languages = lexicon().months.foreign_languages
    parsed = dateparser.parse(
        f"{day} {month} {year}",
        languages=languages,
        settings={
            "STRICT_PARSING": True,
            "PARSERS": ["absolute-time"],
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "NORMALIZE": True,
        },
    )
    return parsed.date() if parsed is not None and (parsed.day, parsed.year) == (day, year) else None


def _foreign(match: re.Match[str]) -> list[Candidate]:
    day = foreign_date(int(match["day"]), match["month"].lower(), int(match["year"]))
    if day is None:
        return []
    last = CalendarDate(day.year, day.month, day.day)
    if match["first"] and int(match["first"]) < day.day:
        first = last._replace(day=int(match["first"]))
        span = Span(first, last, (match.end("first"), match.start("day")))
        return [Candidate(match.start(), match.end(), "date.range.foreign", span)]
    start = match.start("day") if match["first"] else match.start()
    return [Candidate(start, match.end(), "date.foreign", last)]


def foreign_rules() -> list[Rule]:
    """List the rules for dates in other languages."""
    names = lexicon().months.foreign
    month = rf"(?P<month>{any_of(names)})(?!\w)\.?"
    ordinal = r"(?:\.|st|nd|rd|th|er|º|°)?"
    day = rf"(?P<day>{_DAY}){ordinal}"
    first = rf"(?:(?P<first>{_DAY}){ordinal}{GAP}{DASH}{GAP})?"
    day_first = rf"{first}{day}{GAP}(?:of |de |di )?{month},?{GAP}(?:de |del )?(?P<year>{YEAR})"
    month_first = rf"{month} (?P<day>{_DAY})(?:st|nd|rd|th)?,? (?P<year>{YEAR})(?P<first>\b\B)?"
    after = trigger_words(names) | DASHES | {"st", "nd", "rd", "th", "er", "of", "de", "di"}
    return [
        Rule(compiled(day_first), _foreign, digits=NUMBER, after=after),
        Rule(compiled(month_first), _foreign, trigger_words(names)),
    ]
