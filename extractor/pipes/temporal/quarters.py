"""Quarters and half-years: "3. Quartal 2024", "Q3/24", "H1 2025", "zweite Jahreshälfte", "1. Schulhalbjahr 2024/25"."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import AND, END, GAP, ROMAN, TO, any_of, compiled, full_year, period_year
from extractor.pipes.temporal.day_atoms import JOINTS, written_year, years_of
from extractor.pipes.temporal.lexicon import words
from extractor.pipes.temporal.meanings import Candidate, Period, Span
from extractor.pipes.temporal.rules import DASHES, NUMBER, Rule, trigger_words, with_article

_KINDS = {
    "quartal": (33, 4),
    "vierteljahr": (33, 4),
    "halbjahr": (40, 2),
    "halbj": (40, 2),
    "hj": (40, 2),
    "schulhalbjahr": (40, 2),
    "jahreshälfte": (40, 2),
    "jahreshaelfte": (40, 2),
}
"""EDTF code of the first one, and how many a year has."""


def small_number(text: str) -> int:
    """Read "3.", "III." or "dritten"."""
    text = text.rstrip(".")
    if text.isdigit():
        return int(text)
    return ROMAN.get(text.upper()) or words().ordinals[text.lower()]


def _named(match: re.Match[str]) -> list[Candidate]:
    """Build a quarter or half-year, or a range of two."""
    kind, number = match["kind"].lower(), small_number(match["number"])
    code, count = _KINDS[kind]
    if not 1 <= number <= count:
        return []
    if match["next"]:
        return _school_half(match, number)
    first = small_number(match["first"]) if match["first"] else None
    start = with_article(match.string, match.start()) if kind.startswith("jahresh") else match.start()
    return _built(match, start, code - 1, first, number)


def _school_half(match: re.Match[str], number: int) -> list[Candidate]:
    """Build "2. Schulhalbjahr 2024/25": the first one is a year's second half, the second one the next one's first."""
    year = int(match["spanning"])
    if (full_year(match["next"]) - year) % 100 != 1 or not match["kind"].lower().endswith("halbjahr"):
        return []
    point = Period(41, year) if number == 1 else Period(40, year + 1)
    return [Candidate(match.start(), match.end(), "date.school", point, True)]


def _short(match: re.Match[str]) -> list[Candidate]:
    """Build "Q3 2024", "Q1–Q2 2025", "H1/2025", "2024-Q3"; a half-year needs its year."""
    number, quarter = int(match["number"]), match["letter"] == "Q"
    if not quarter and (number > 2 or not (match["year"] or match["before"])):
        return []
    return _built(match, match.start(), 32 if quarter else 39, int(match["first"]) if match["first"] else None, number)


def _built(match: re.Match[str], start: int, code: int, first: int | None, number: int) -> list[Candidate]:
    before = match.groupdict().get("before")
    year = int(before) if before else written_year(match)
    last = Period(code + number, year, years_of(match["phrase"]) if match["phrase"] else None)
    rule = "date.quarter" if code < 39 else "date.half"
    if first is None:
        return [Candidate(start, match.end(), rule, last)]
    span = Span(last._replace(code=code + first), last, (match.end("first"), match.start("number")))
    return [Candidate(start, match.end(), rule, span)] if first < number else []


def quarter_rules() -> list[Rule]:
    """List the rules for quarters and half-years."""
    number = rf"(?:[1-4]\.|(?-i:I{{1,3}}|IV)\.|(?:{any_of(words().ordinals)})(?= ))"
    first = rf"(?:(?P<first>[1-4]\.?|{number})(?:{TO}|{GAP}/{GAP}|{AND}))?"
    spanning = r"(?: (?P<spanning>(?:19|20)\d\d)[/–-](?P<next>(?:20)?\d\d)(?!\d))"
    named = (
        rf"{first}(?P<number>{number}) ?(?P<kind>{any_of(_KINDS)})(?:es|e?s|\.)?(?:{spanning}|{period_year()})?{END}"
    )
    short = (
        rf"(?:(?P<before>(?:19|20)\d\d)[-/])?(?:Q(?P<first>[1-4])(?:{TO}|{GAP}/{GAP}))?"
        rf"(?-i:(?P<letter>[QH])) ?(?P<number>[1-4])(?!\d|,\d)(?:-(?=(?:19|20)\d\d)|(?=[ ,/(]|$|\W))"
        rf"(?:{period_year()})?{END}"
    )
    joints = trigger_words(JOINTS) | DASHES | frozenset("/&+,")
    return [
        Rule(
            compiled(named),
            _named,
            trigger_words([*words().ordinals, "I", "II", "III", "IV"]),
            NUMBER,
            frozenset(_KINDS) | frozenset(kind + "s" for kind in _KINDS) | frozenset({"halbjahres"}) | joints,
        ),
        Rule(compiled(short), _short, frozenset({"q", "h"}), frozenset({4}), frozenset({"-", "/", "0", "00"})),
    ]
