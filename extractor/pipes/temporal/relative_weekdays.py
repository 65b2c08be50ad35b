"""Weekdays that count from the reference date or from a day named before: "Freitagabend", "Samstag in acht Tagen"."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import AND, END, GAP, TO, any_of, compiled, number_of, number_word, weekday_name
from extractor.pipes.temporal.directions import AMOUNTS, SIGNS, daypart_suffix, part_of
from extractor.pipes.temporal.lexicon import lexicon, word_sets, words
from extractor.pipes.temporal.meanings import Candidate, Span, WeekdayName
from extractor.pipes.temporal.rules import Rule, trigger_words, word_before

_WEEKS_OF_DAYS = {7: 1, 8: 1, 14: 2, 15: 2}
"""Weeks that are told in days: "Samstag in acht Tagen" is a week after the one to come."""


def _weekday(match: re.Match[str]) -> list[Candidate]:
    """Build "am Mittwoch", "Freitagabend", "Freitag bis Sonntag"."""
    if word_before(match.string, match.start()) in word_sets().no_weekdays:
        return []
    first = WeekdayName(words().weekdays[match["weekday"].lower()], daypart=part_of(match))
    if match["part"] and match["part"][-1] == "s" and match.end("weekday") == match.start("part"):
        return []
    if match["last"]:
        last = WeekdayName(words().weekdays[match["last"].lower()])
        if match["and"] and (last.weekday - first.weekday) % 7 != 1:
            return [
                Candidate(match.start(), match.end("weekday"), "date.weekday", first),
                Candidate(match.start("last"), match.end(), "date.weekday", last),
            ]
        span = Span(first, last, (match.end("weekday"), match.start("last")))
        return [Candidate(match.start(), match.end(), "date.range.weekdays", span)]
    return [Candidate(match.start(), match.end(), "date.weekday", first)]


def _weekday_of_week(match: re.Match[str]) -> list[Candidate]:
    """Build "Freitag nächster Woche", "nächste Woche Freitag", "Samstag darauf"."""
    weekday, part = words().weekdays[match["weekday"].lower()], part_of(match)
    side = match["side"]
    if side:
        sign = 1 if side.lower() in ("darauf", "danach") else -1
        point = WeekdayName(weekday, sign, part, anaphoric=True)
    elif match["adjective"]:
        direction = words().directions[match["adjective"].lower()]
        point = WeekdayName(weekday, None, part, AMOUNTS[direction], direction not in SIGNS)
    else:
        point = WeekdayName(weekday, None, part, -1 if match["week"].lower().startswith("vor") else 1, True)
    return [Candidate(match.start(), match.end(), "date.relative.weekday", point)]


def _night(match: re.Match[str]) -> list[Candidate]:
    """Build "Nacht zum Montag", "Nacht von Samstag auf Sonntag"."""
    weekday = WeekdayName(words().weekdays[match["weekday"].lower()], daypart="NI")
    return [Candidate(match.start(), match.end(), "date.weekday", weekday)]


def _weekday_in_weeks(match: re.Match[str]) -> list[Candidate]:
    """Build "Samstag in einer Woche", "Montag in 14 Tagen": so many weeks after the one to come."""
    number = match["number"].lower()
    amount = 1 if number in lexicon().numbers.articles else number_of(number)
    if match["days"]:
        amount = _WEEKS_OF_DAYS.get(amount, 0)
        if not amount:
            return []
    point = WeekdayName(words().weekdays[match["weekday"].lower()], 1 + amount)
    return [Candidate(match.start(), match.end(), "date.relative.weekday", point)]


def weekday_rules() -> list[Rule]:
    """List the rules for weekdays."""
    lex, suffix, weekdays = lexicon(), daypart_suffix(), weekday_name()
    adjectives, directions = any_of(words().directions), frozenset(words().directions)
    number = rf"(?:{any_of(lex.numbers.articles)}(?!\w)|{number_word()})"
    parts = [word.lower() for group in lex.dayparts.values() for word in group]
    weekday_words = [name for names in lex.weekdays.names for name in names]
    no_day = rf"(?!,? {{0,2}}(?:(?:den|dem|der) )?\d){END}"
    return [
        Rule(
            compiled(rf"(?P<weekday>{weekdays}) in (?P<number>{number}) (?:Wochen?|(?P<days>Tagen)){no_day}"),
            _weekday_in_weeks,
            trigger_words(weekday_words),
            after=frozenset({"in"}),
        ),
        Rule(
            compiled(
                rf"(?P<adjective>{adjectives}) (?P<week>Woche),?(?: am| den)? (?P<weekday>{weekdays}){suffix}"
                rf"(?P<side>\b\B)?{no_day}"
            ),
            _weekday_of_week,
            trigger_words(words().directions),
            after=frozenset({"woche"}),
        ),
        Rule(
            compiled(
                rf"(?P<weekday>{weekdays}){suffix} (?:(?:(?:in )?(?:der ?|die )?(?P<adjective>{adjectives}) Woche"
                rf"|(?:in )?der (?P<week>Vorwoche|Folgewoche))|(?P<side>darauf|danach|zuvor|davor)){no_day}"
            ),
            _weekday_of_week,
            trigger_words([*weekday_words, *(w + part for w in weekday_words for part in parts)]),
            after=directions | {"in", "der", "derselben", "die", "darauf", "danach", "zuvor", "davor", *parts},
        ),
        Rule(
            compiled(
                rf"(?P<weekday>{weekdays})(?:(?:{TO}|{GAP}/{GAP}|(?P<and>{AND}))(?P<last>{weekdays})(?![a-zäöü])|{suffix}){END}"
            ),
            _weekday,
            trigger_words([*weekday_words, *(w + part for w in weekday_words for part in parts)]),
        ),
        Rule(
            compiled(rf"Nacht (?:vo[nm] {weekdays} )?(?:zum|zu|auf)(?: den)? (?P<weekday>{weekdays}){END}"),
            _night,
            frozenset({"nacht"}),
            after=frozenset({"zum", "zu", "auf", "von", "vom"}),
        ),
    ]
