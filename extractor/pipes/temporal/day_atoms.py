"""Patterns of days and of the years and weekdays beside them, and what their parts mean."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import (
    AND,
    DAY,
    END,
    GAP,
    MONTH_NUMBER,
    ROMAN_MONTH,
    TO,
    YEAR,
    any_of,
    full_year,
    month_name,
    weekday_name,
    weekday_short,
)
from extractor.pipes.temporal.lexicon import lexicon, words
from extractor.pipes.temporal.meanings import YearShift

JOINTS = ("bis", "und", "sowie", "oder", "u", "bzw", "wie", "auf")
"""Words that join dates."""
UNIT = rf"{GAP}(?:Uhr\b|h\b|%|‰|€|Euro\b|Prozent\b|\$|[°])"
"""After a number that is no year."""


def year_part() -> str:
    """Match the year after a month's name: "2025", "'25", "25" before a mark, "dieses Jahres"."""
    phrases = any_of(words().year_phrases)
    return (
        rf"(?:,?{GAP}(?:(?:des Jahres|im Jahre?|anno) )?(?P<year>{YEAR})"
        rf"|{GAP}(?P<short>['’`´]\d\d(?!\w)|\d\d(?={GAP}(?:[;,)|\n]|$)))"
        rf"|,?{GAP}(?P<phrase>{phrases})(?!\w))"
    )


def weekday_part() -> str:
    """Match the weekday before a day, perhaps with a part of the day."""
    dayparts = any_of(lexicon().dayparts[code][0] for code in ("MO", "MI", "AF", "EV"))
    return (
        rf"(?:(?P<weekday>{weekday_name()}|{weekday_short()})s?"
        rf"(?P<part>(?:{dayparts}|vormittag| (?:{dayparts}|vormittag))s?)?(?:[.,:]{{0,2}}{GAP}| [-–—] )"
        rf"(?:(?:den|der|dem|am) |\()?)"
    )


def _numeric_year() -> str:
    return (
        rf"(?:{GAP}(?P<numeric_year>{YEAR})"
        rf"|(?P<numeric_short>['’]?\d\d)(?!\d|[.,:/]\d|{UNIT})"
        rf"|,?{GAP}(?P<numeric_phrase>{any_of(words().year_phrases)})(?!\w)"
        rf"|{GAP}(?<=\. )(?P<spaced_short>\d\d)(?={GAP}(?:[;,)|\n]|\.(?:\s|$)|$))|(?!\d|{UNIT}))"
    )


def day_item() -> str:
    """Match a day; it may leave month and year to a later one."""
    parts = (
        rf"\.?{GAP}(?P<name>{month_name(joined=True)}){year_part()}?{END}",
        rf"\.{GAP}(?P<roman>{ROMAN_MONTH})\.?{GAP}(?P<roman_year>{YEAR}|(?<=\.)\d\d(?!\w))",
        rf"\.{GAP}(?P<number>{MONTH_NUMBER})\.{_numeric_year()}{END}",
        r"\.?",
    )
    return rf"{weekday_part()}?(?P<day>{DAY})(?:{'|'.join(parts)})"


def day_separator() -> str:
    """Match what stands between the days of a range or list."""
    comma = rf"(?P<comma>(?<!\d),{GAP}(?:(?:am|den|dem) )?)"
    return (
        rf"(?:(?P<to>{TO})|(?P<slash>{GAP}/{GAP})|(?P<alternative>,? oder (?:am )?)|(?P<over> auf (?:den )?)"
        rf"|(?P<and>{AND})|{comma})"
    )


def day_pair() -> str:
    """Match the first weekday of "Samstag und Sonntag, 4./5. September"."""
    weekday = rf"(?:{weekday_name()}|{weekday_short()})\.?"
    return rf"(?:(?P<pair>{weekday})(?:{AND}|{TO}|{GAP}/{GAP})(?={weekday}))"


def part_of_day(part: str) -> str | None:
    """Read "abend", " Vormittag" after a weekday as its TIMEX3 code."""
    part = part.strip().lower()
    return words().dayparts.get(part) or words().dayparts.get(part.rstrip("s"))


def written_year(match: re.Match[str]) -> int | None:
    """Read the year that ``year_part`` matched in digits."""
    digits = match["year"] or match["short"]
    return full_year(digits) if digits else None


def years_of(phrase: str) -> YearShift | None:
    """Read a phrase such as "dieses Jahres", "desselben Jahres"."""
    return words().year_phrases.get(phrase.lower())
