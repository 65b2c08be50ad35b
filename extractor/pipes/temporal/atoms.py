"""Atoms: the smallest patterns, as regular expression source. They are matched without regard to case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from extractor.pipes.temporal.lexicon import lexicon, spellings, words

GAP = " {0,2}"
"""Between the parts of an expression: the reading has at most a blank or two there."""
END = r"(?!\w)(?!-[^\W\d_])"
"""Nothing follows that would continue the word or make it the first part of a compound."""
DASH = "[-–—−‐‑‒]{1,2}"
TO = (
    rf"(?:,?{GAP}(?:{DASH}"
    r"|\bbis(?: (?:zum|einschlie(?:ß|ss)lich|einschl\.|inkl\.|inklusive|sp[äa]testens))?(?: (?:den|dem))?)"
    rf"{GAP}(?:(?:zum|den|dem) )?)"
)
AND = (
    rf"(?:(?:,? |(?<=\d\.))(?:und|sowie|u\.|bzw\.|oder|wie auch)(?: (?:wieder|dann|erneut|auch))?"
    rf"(?: (?:am|vom|den|der|dem|zum|im))? "
    rf"|{GAP}[&+]{GAP})"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
MONTH_NUMBER = r"(?:1[0-2]|0?[1-9])(?!\d)"
ROMAN_MONTH = r"(?-i:XI{0,2}|IX|IV|VI{0,3}|I{1,3})"
YEAR = r"(?:1[0-9]|20|21)\d\d(?!\d|[.,]\d|-[^\W\d_])"
HOUR = r"(?:2[0-4]|1\d|0?\d)(?!\d)"
MINUTE = r"[0-5]\d(?!\d)"

ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}


def any_of(choices: Iterable[str], fold: bool = True) -> str:
    """Match one of the words in any spelling, longer ones first; ``fold``: the pattern disregards case.

    Common beginnings are factored out, so that a word that is none of them fails at its first letter.
    """
    every = {spelling for word in choices for spelling in spellings(word)}
    return _factored(sorted({word.lower() for word in every} if fold else every))


def _factored(ordered: list[str]) -> str:
    """Write sorted words as one pattern, by their first letters."""
    branches = []
    for letter, group in groupby((word for word in ordered if word), key=itemgetter(0)):
        branches.append(re.escape(letter) + _factored([word[1:] for word in group]))
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and "" not in ordered else f"(?:{'|'.join(branches)})"
    return joined + "?" if "" in ordered else joined


def bare(pattern: str) -> str:
    """Turn named groups into plain ones, so that a pattern can stand in another more than once."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern the way all rules are compiled."""
    return re.compile(pattern, re.IGNORECASE)


def period_year() -> str:
    """Match the year after a quarter, week or weekday of a month: "2024", "/24", "des Jahres 2024", "dieses Jahres"."""
    phrases = any_of(words().year_phrases)
    return (
        rf"(?:,?(?: des Jahres | im Jahre? | von | )|{GAP}/{GAP}|-)(?P<year>{YEAR})"
        rf"|(?: ['’]|/)(?P<short>\d\d)(?![\d.:/])|,? (?P<phrase>{phrases})(?!\w)"
    )


def month_name(joined: bool = False) -> str:
    """Match a month's name, or its abbreviation with or without a full stop; ``joined``: a digit may follow at once."""
    months = lexicon().months
    full = any_of(name for names in months.names for name in names)
    short = any_of(name for names in months.short for name in names)
    following = r"[^\W\d]" if joined else r"\w"
    return rf"(?:{full}|{short}\.?)(?!{following})"


def weekday_name() -> str:
    """Match a weekday's name in full."""
    return any_of(name for names in lexicon().weekdays.names for name in names)


def weekday_short() -> str:
    """Match a weekday's abbreviation, which needs its capital; two capitals do as well."""
    short = [name for names in lexicon().weekdays.short for name in names]
    return "(?-i:" + any_of([*short, *(name.upper() for name in short)], fold=False) + r")(?!\w)"


def number_word() -> str:
    """Match a number word from zero, or up to three digits."""
    return rf"(?:{any_of(words().numbers)}(?!\w)|\d{{1,3}}(?!\d|[.,:]\d))"


def number_of(text: str) -> int:
    """Read what ``number_word`` matched."""
    return int(text) if text.isdigit() else words().numbers[text.lower()]


def full_year(text: str) -> int:
    """Read a year of two or four digits; of two digits, up to 69 is of this century."""
    digits = text.lstrip("'’`´")
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def month_of(text: str) -> int:
    """Read a month's name or abbreviation."""
    return words().months[text.lower().rstrip(".")]


def weekday_of(text: str) -> int:
    """Read a weekday's name or abbreviation."""
    return words().weekdays[text.lower().rstrip(".")]
