"""Periods of the calendar: quarters, half-years, weeks, decades, centuries, weekdays of a month."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import (
    AND,
    END,
    GAP,
    ROMAN,
    TO,
    YEAR,
    any_of,
    compiled,
    month_name,
    month_of,
)
from extractor.pipes.temporal.days import JOINTS, years_of
from extractor.pipes.temporal.lexicon import lexicon, spellings, words
from extractor.pipes.temporal.meanings import (
    CalendarDate,
    Candidate,
    Decade,
    NthWeekday,
    Period,
    Shift,
    Span,
    Week,
)
from extractor.pipes.temporal.rules import DASHES, NUMBER, Rule, is_numbering, trigger_words, word_before

_GROUPINGS = {
    "quartal": (33, 4),
    "vierteljahr": (33, 4),
    "halbjahr": (40, 2),
    "jahreshälfte": (40, 2),
    "jahreshaelfte": (40, 2),
}


def _grouping(match: re.Match[str]) -> list[Candidate]:
    """Build a quarter or half-year, or a range of two."""
    first_code, count = _GROUPINGS[(match["kind"] or "quartal").lower()]
    number = _small_number(match["number"])
    year = int(match["year"]) if match["year"] else None
    years = years_of(match["phrase"]) if match["phrase"] else None
    if not 1 <= number <= count:
        return []
    last = Period(first_code + number - 1, year, years)
    first_number = _small_number(match["first"]) if match["first"] else None
    rule = "date.quarter" if count == 4 else "date.half"
    if first_number is None:
        return [Candidate(match.start(), match.end(), rule, last)]
    first = Period(first_code + first_number - 1, year, years)
    return [Candidate(match.start(), match.end(), rule, Span(first, last, (match.end("first"), match.start("number"))))]


def _small_number(text: str) -> int:
    text = text.rstrip(".")
    if text.isdigit():
        return int(text)
    return ROMAN.get(text.upper()) or words().ordinals[text.lower()]


def _week(match: re.Match[str]) -> list[Candidate]:
    """Build a calendar week, or a range of them."""
    number = int(match["number"])
    last = int(match["last"]) if match["last"] else None
    year = int(match["year"]) if match["year"] else None
    years = years_of(match["phrase"]) if match["phrase"] else None
    if not 1 <= number <= 53 or (last is not None and not number < last <= 53):
        return []
    if last is None:
        return [Candidate(match.start(), match.end(), "date.week", Week(number, year, years))]
    span = Span(Week(number, year, years), Week(last, year, years), (match.end("number"), match.start("last")))
    return [Candidate(match.start(), match.end(), "date.range.weeks", span)]


def _decade(match: re.Match[str]) -> list[Candidate]:
    text = match["decade"].lower()
    if text.isdigit():
        digits = text[:-1] if len(text) == 4 else ("20" if text[0] in "012" and text != "20" else "19") + text[0]
    else:
        stem = next(key for key in lexicon().numbers.decades if any(text == s.lower() for s in spellings(key)))
        digits = "19" + lexicon().numbers.decades[stem]
    return [Candidate(match.start(), match.end(), "date.decade", Decade(digits))]


def _century(match: re.Match[str]) -> list[Candidate]:
    return [Candidate(match.start(), match.end(), "date.century", Decade(f"{int(match['number']) - 1:02d}"))]


def _nth_weekday(match: re.Match[str]) -> list[Candidate]:
    """Build "erster Samstag im Mai 2025", "letztes Juniwochenende", "zweiter Julisonntag"."""
    ordinal = match["ordinal"].lower()
    number = -1 if ordinal.startswith("letzt") else _small_number(ordinal)
    year = int(match["year"]) if match["year"] else None
    if number > 5:
        return []
    weekday = words().weekdays.get((match["weekday"] or match["day"]).lower())
    point = NthWeekday(number, weekday, month_of(match["month"] or match["compound"]), year)
    return [Candidate(match.start(), match.end(), "date.weekday.nth", point)]


def _end_of_unit(match: re.Match[str]) -> list[Candidate]:
    """Build "Jahresende", "Monatsanfang": the year or month that holds the reference date."""
    unit = "Y" if match["unit"].lower().startswith("jahr") else "M"
    if match["year"] and unit == "Y":
        return [Candidate(match.start(), match.end(), "date.year", CalendarDate(int(match["year"])))]
    end = match.end("word")
    return [Candidate(match.start(), end, "date.relative.unit", Shift(0, unit))]


def period_rules() -> list[Rule]:
    """List the rules for periods."""
    lex = lexicon()
    ordinals = any_of(words().ordinals)
    number = rf"(?:[1-4]\.|(?-i:I{{1,3}}|IV)\.|(?:{ordinals})(?= ))"
    year = (
        rf"(?:,?(?: des Jahres | im Jahr | von | |/)(?P<year>{YEAR})"
        rf"|,? (?P<phrase>{any_of(lex.year_phrases)})(?!\w))?"
    )
    kind = any_of(_GROUPINGS)
    first = rf"(?:(?P<first>[1-4]\.?|{number})(?:{TO}|{GAP}/{GAP}|{AND}))?"
    grouping = rf"{first}(?P<number>{number}) ?(?P<kind>{kind})(?:es|e?s)?{year}{END}"
    short_quarter = rf"(?:(?P<first>\b)\B)?(?-i:Q)(?P<number>[1-4])(?P<kind>\b\B)?{year}{END}"
    weeks = rf"(?P<number>\d{{1,2}})(?:(?:{TO}|/| und |\+)(?P<last>\d{{1,2}})(?!\d))?"
    week_name = r"(?:KWs?|Kalenderwochen?)"
    units = any_of(("Jahres", "Monats"))
    joints = trigger_words(JOINTS) | DASHES | frozenset("/&+,")
    days = [*words().weekdays, "wochenende"]
    weekdays = frozenset(days) | {month + day + end for month in words().months for day in days for end in ("", "s")}
    return [
        Rule(
            compiled(grouping),
            _grouping,
            trigger_words([*words().ordinals, "I", "II", "III", "IV"]),
            NUMBER,
            frozenset(_GROUPINGS) | joints,
        ),
        Rule(compiled(short_quarter), _grouping, frozenset({"q"})),
        Rule(
            compiled(rf"{week_name}\.? {{0,2}}{weeks}(?!\d|\.\d){year}{END}"),
            _week,
            trigger_words(["KW", "KWs", "Kalenderwoche", "Kalenderwochen"]),
        ),
        Rule(
            compiled(weeks.replace(r"\d{1,2})(?:", r"\d{1,2})\.?(?:", 1) + rf"\. ?{week_name}{year}{END}"),
            _week,
            digits=NUMBER,
            after=frozenset({"kw", "kws", "kalenderwoche", "kalenderwochen"}) | joints,
        ),
        Rule(
            compiled(rf"(?P<decade>(?:1[5-9]|20)\d0)er(?:[- ]?Jahren?)?{END}"),
            _decade,
            digits=frozenset({4}),
            after=frozenset({"er"}),
        ),
        Rule(compiled(rf"(?P<decade>\d0)er[- ]?Jahren?{END}"), _decade, digits=NUMBER, after=frozenset({"er"})),
        Rule(
            compiled(rf"(?P<decade>{any_of(lex.numbers.decades)})er(?:[- ]?Jahren?){END}"),
            _decade,
            trigger_words([f"{stem}er{rest}" for stem in lex.numbers.decades for rest in ("", "jahre", "jahren")]),
        ),
        Rule(
            compiled(r"(?P<number>2[01]|1\d|\d)\. ?(?:Jahrhunderts?|Jh(?:dt)?\b\.?|Jhd\b\.?)(?!\w)"),
            _century,
            digits=NUMBER,
            after=frozenset({"jahrhundert", "jahrhunderts", "jh", "jhdt", "jhd"}),
        ),
        Rule(
            compiled(
                rf"(?P<ordinal>[1-5]\.|{ordinals}|letzte[rnsm]?) "
                rf"(?:(?P<weekday>{_weekday_or_weekend()}) (?:im|des|in) (?:Monat )?(?P<month>{month_name()})"
                rf"|(?P<compound>{any_of(words().months)})-?(?P<day>{_weekday_or_weekend()})s?)"
                rf"(?:,? (?P<year>{YEAR}))?{END}"
            ),
            _nth_weekday,
            trigger_words([*words().ordinals, *(f"letzte{ending}" for ending in ("", "r", "n", "s", "m"))]),
            NUMBER,
            weekdays,
        ),
        Rule(
            compiled(
                rf"(?P<word>(?P<unit>{units})(?:ende|anfang|beginn|mitte|wechsel|schluss)s?)"
                rf"(?: (?P<year>{YEAR}))?{END}"
            ),
            _end_of_unit,
            trigger_words(
                [
                    unit + part
                    for unit in ("Jahres", "Monats")
                    for part in ("ende", "anfang", "beginn", "mitte", "wechsel", "schluss", "endes")
                ]
            ),
        ),
        Rule(
            compiled(r"(?P<month>1[0-2]|0[1-9]|[1-9](?=/))[/.](?P<year>(?:19|20)\d\d)(?!\d|[/.,]\d| ?[€%])"),
            _numeric_month,
            digits=NUMBER,
            after=frozenset("/0"),
        ),
    ]


def _weekday_or_weekend() -> str:
    names = [name for group in lexicon().weekdays.names for name in group]
    return any_of([*names, "Wochenende"])


def _numeric_month(match: re.Match[str]) -> list[Candidate]:
    """Build "09/2024"; an issue or file number is none."""
    text, start = match.string, match.start()
    if is_numbering(text, start) or word_before(text, start) in (
        "pressemitteilung",
        "pm",
        "mitteilung",
        "mitteilungsblatt",
    ):
        return []
    point = CalendarDate(int(match["year"]), int(match["month"]))
    return [Candidate(start, match.end(), "date.month.numeric", point)]
