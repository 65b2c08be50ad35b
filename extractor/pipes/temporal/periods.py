"""Weeks of the calendar, weekdays and weekends of a month, ends of years, months in digits."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import (
    DASH,
    END,
    GAP,
    TO,
    any_of,
    compiled,
    full_year,
    month_name,
    month_of,
    period_year,
    weekday_of,
    weekday_short,
)
from extractor.pipes.temporal.day_atoms import JOINTS, written_year, years_of
from extractor.pipes.temporal.lexicon import lexicon, words
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, NthWeekday, Shift, Span, Week
from extractor.pipes.temporal.quarters import small_number
from extractor.pipes.temporal.rules import DASHES, NUMBER, Rule, is_numbering, trigger_words, word_before

MONTHS_AWAY = {"past": -1, "present": 0, "future": 1, "second_last": -2, "second_next": 2}
"""Months from that of the reference date, by the direction of an adjective."""
_ISSUES = ("pressemitteilung", "pm", "mitteilung", "mitteilungsblatt")
_ENDS = ("ende", "anfang", "beginn", "mitte", "wechsel", "schluss", "endes")
_WEEKS = ("KW", "KWs", "Kalenderwoche", "Kalenderwochen")


def _week(match: re.Match[str]) -> list[Candidate]:
    """Build a calendar week, or a range of them."""
    number = small_number(match["number"])
    last = int(match["last"]) if match["last"] else None
    year = written_year(match)
    years = years_of(match["phrase"]) if match["phrase"] else None
    if last is not None and match["slash"] and last != number + 1:
        last, year = None, full_year(match["last"]) if len(match["last"]) == 2 else 0
    if year == 0 or not 1 <= number <= 53 or (last is not None and not number < last <= 53):
        return []
    if "plain" in match.re.groupindex and match["plain"] and year is None:
        return []
    if last is None:
        return [Candidate(match.start(), match.end(), "date.week", Week(number, year, years))]
    span = Span(Week(number, year, years), Week(last, year, years), (match.end("number"), match.start("last")))
    return [Candidate(match.start(), match.end(), "date.range.weeks", span)]


def _iso_week(match: re.Match[str]) -> list[Candidate]:
    return [Candidate(match.start(), match.end(), "date.week", Week(int(match["number"]), int(match["year"])))]


def _nth_weekday(match: re.Match[str]) -> list[Candidate]:
    """Build "erster Samstag im Mai 2025", "letztes Juniwochenende", "ersten Montag nächsten Monats"."""
    ordinal = match["ordinal"].lower()
    number = -1 if ordinal.startswith("letzt") else -2 if ordinal.startswith("vorletzt") else small_number(ordinal)
    if number > 5:
        return []
    name = (match["weekday"] or match["day"]).lower()
    weekday = None if name == "wochenende" else weekday_of(name)
    if match["adjective"]:
        months = MONTHS_AWAY.get(words().directions[match["adjective"].lower()])
        if months is None:
            return []
        point = NthWeekday(number, weekday, None, months=months)
    else:
        years = years_of(match["phrase"]) if match["phrase"] else None
        point = NthWeekday(number, weekday, month_of(match["month"] or match["compound"]), written_year(match), years)
    return [Candidate(match.start(), match.end(), "date.weekday.nth", point)]


def _end_of_unit(match: re.Match[str]) -> list[Candidate]:
    """Build "Jahresende", "Monatsanfang": the year or month that holds the reference date."""
    unit = match["unit"][0].upper().replace("J", "Y")
    if not match["year"] or unit != "Y":
        return [Candidate(match.start(), match.end("word"), "date.relative.unit", Shift(0, unit))]
    year = CalendarDate(int(match["year"]))
    if not match["next"]:
        return [Candidate(match.start(), match.end(), "date.year", year)]
    if (full_year(match["next"]) - int(match["year"])) % 100 != 1:
        return []
    span = Span(year, CalendarDate(int(match["year"]) + 1), (match.end("year"), match.start("next")))
    return [Candidate(match.start(), match.end(), "date.range.years", span)]


def _numeric_month(match: re.Match[str]) -> list[Candidate]:
    """Build "09/2024", "10/2025 bis 03/2026"; an issue or file number is none."""
    text, start = match.string, match.start()
    before = word_before(text, start)
    if (before != "stand" and is_numbering(text, start)) or before in _ISSUES:
        return []
    first = CalendarDate(int(match["year"]), int(match["month"]))
    if not match["last_year"]:
        return [Candidate(start, match.end(), "date.month.numeric", first)]
    last = CalendarDate(int(match["last_year"]), int(match["last_month"]))
    if (last.year, last.month) <= (first.year, first.month):
        return []
    span = Span(first, last, (match.end("year"), match.start("last_month")))
    return [Candidate(start, match.end(), "date.range.months", span)]


def period_rules() -> list[Rule]:
    """List the rules for weeks, for weekdays of a month and for ends of units."""
    weeks = rf"(?P<number>\d{{1,2}})(?:(?:{TO}|(?P<slash>/)| und |\+)(?:KW ?)?(?P<last>\d{{1,2}})(?!\d))?"
    name = r"(?:KWs?|Kalenderwochen?)"
    year = rf"(?:{period_year()})?"
    joints = trigger_words(JOINTS) | DASHES | frozenset("/&+,")
    ordinals = any_of(words().ordinals)
    before = weeks.replace(r"\d{1,2})(?:", r"\d{1,2})\.?(?:", 1)
    month = r"(?P<{0}month>1[0-2]|0[1-9]|[1-9](?=/))[/.](?P<{0}year>(?:19|20)\d\d)(?!\d|[/.,]\d| ?[€%])"
    units = ("Jahres", "Monats", "Quartals")
    return [
        Rule(compiled(rf"{name}\.? {{0,2}}{weeks}(?!\d|\.\d){year}{END}"), _week, trigger_words(_WEEKS)),
        Rule(
            compiled(rf"{before}\. ?(?:{name}|(?P<plain>Woche)(?= (?:des|\d))){year}{END}"),
            _week,
            digits=NUMBER,
            after=trigger_words(_WEEKS) | joints | {"woche"},
        ),
        Rule(
            compiled(rf"(?P<number>{ordinals})(?P<last>\b\B)?(?P<slash>\b\B)? Kalenderwoche{year}{END}"),
            _week,
            frozenset(words().ordinals),
            after=frozenset({"kalenderwoche"}),
        ),
        Rule(
            compiled(r"(?P<year>(?:19|20)\d\d)-W(?P<number>0[1-9]|[1-4]\d|5[0-3])(?![\w-])"),
            _iso_week,
            digits=frozenset({4}),
            after=DASHES,
        ),
        *_nth_weekday_rules(ordinals),
        Rule(
            compiled(
                rf"(?P<word>(?P<unit>{any_of(units)})(?:{any_of(_ENDS)})s?)"
                rf"(?: (?P<year>(?:19|20)\d\d)(?:/(?P<next>(?:20)?\d\d))?(?!\d|[.,]\d))?{END}"
            ),
            _end_of_unit,
            trigger_words([unit + part for unit in units for part in _ENDS]),
        ),
        Rule(
            compiled(month.format("") + rf"(?:(?:{TO}|{GAP}{DASH}{GAP}){month.format('last_')})?"),
            _numeric_month,
            digits=NUMBER,
            after=frozenset("/0"),
        ),
    ]


def _nth_weekday_rules(ordinals: str) -> list[Rule]:
    names = [name for group in lexicon().weekdays.names for name in group]
    long = any_of([*names, "Wochenende"])
    days = [*words().weekdays, "wochenende"]
    months = frozenset(words().months)
    followers = frozenset(days) | months | {month + day + end for month in months for day in days for end in ("", "s")}
    adjectives = any_of(words().directions)
    return [
        Rule(
            compiled(
                rf"(?P<ordinal>[1-5]\.|{ordinals}|(?:vor)?letzte[rnsm]?) "
                rf"(?:(?P<weekday>{long}|{weekday_short()}\.?) "
                rf"(?:(?:(?:im|des|in) )?(?:Monat |Monats )?(?P<month>{month_name()})"
                rf"|(?:des )?(?P<adjective>{adjectives}) Monats)"
                rf"|(?P<compound>{any_of(months)})-?(?P<day>{long})s?)"
                rf"(?:{period_year()})?{END}"
            ),
            _nth_weekday,
            trigger_words(
                [
                    *words().ordinals,
                    *(f"{last}{ending}" for last in ("letzte", "vorletzte") for ending in ("", "r", "n", "s", "m")),
                ]
            ),
            NUMBER,
            followers,
        )
    ]
