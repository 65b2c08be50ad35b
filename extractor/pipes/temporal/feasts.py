"""Holidays and church feasts: their names, and the days they fall on."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractor.pipes.temporal.atoms import END, any_of, compiled, weekday_name, weekday_of
from extractor.pipes.temporal.day_atoms import year_part, years_of
from extractor.pipes.temporal.lexicon import lexicon, word_sets, words
from extractor.pipes.temporal.meanings import BesideFeast, Candidate, FeastDay
from extractor.pipes.temporal.quarters import small_number
from extractor.pipes.temporal.rules import NUMBER, Rule, trigger_words, word_before

_UNSPACED = re.compile(r"^(\d)\.(?! )")


def _feast(match: re.Match[str]) -> list[Candidate]:
    """Build a holiday; a name that churches bear needs a preposition or a year."""
    index = words().feasts[_UNSPACED.sub(r"\1. ", match["name"].lower())]
    year = int(match["year"]) if match["year"] else None
    years = years_of(match["phrase"]) if match["phrase"] else None
    if match["name"].lower().startswith("zwischen") and (
        year is not None or match.string[match.end() : match.end() + 2].strip().isdigit()
    ):
        return []
    if (
        lexicon().feasts[index].cue
        and year is None
        and word_before(match.string, match.start()) not in word_sets().feast_leads
    ):
        return []
    return [Candidate(match.start(), match.end(), "date.feast", FeastDay(index, year, years))]


def _beside(match: re.Match[str]) -> list[Candidate]:
    """Build "Donnerstag vor Pfingsten", "2. Sonntag nach Trinitatis", "Tag vor Heiligabend"."""
    index = words().feasts[_UNSPACED.sub(r"\1. ", match["name"].lower())]
    year = int(match["year"]) if match["year"] else None
    years = years_of(match["phrase"]) if match["phrase"] else None
    number = small_number(match["ordinal"]) if match["ordinal"] else 1
    weekday = weekday_of(match["weekday"]) if match["weekday"] else None
    point = BesideFeast(number if match["side"].lower() == "nach" else -number, weekday, FeastDay(index, year, years))
    return [Candidate(match.start(), match.end(), "date.feast.beside", point)]


def easter(year: int) -> date:
    """Give Easter Sunday (Gregorian), by the anonymous algorithm in Meeus, Astronomical Algorithms, ch. 8."""
    century, rest = divmod(year, 100)
    leap, remainder = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * remainder + 2 * (rest // 4) - moon - rest % 4) % 7
    correction = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def feast_days(index: int, year: int) -> tuple[date, date]:
    """Give the first and last day of a holiday in a year."""
    feast = lexicon().feasts[index]
    if feast.easter is not None:
        first = easter(year) + timedelta(days=feast.easter)
    elif feast.fixed is not None:
        first = date(year, *feast.fixed)
    elif feast.nth is not None:
        month, weekday, number = feast.nth
        start = date(year, month, 1)
        first = start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (number - 1))
    else:
        christmas_eve = date(year, 12, 24)
        first = christmas_eve - timedelta(days=(christmas_eve.weekday() + 1) % 7 + 21 - (feast.advent or 0))
    if feast.until is not None:
        return first, date(year, *feast.until)
    return first, first + timedelta(days=feast.days - 1)


def feast_rules() -> list[Rule]:
    """List the rules for holidays."""
    names = [name for feast in lexicon().feasts for name in feast.names]
    year = year_part().replace(r"(?P<short>", "(?:")
    spaced = [*names, *(name.replace(". ", ".") for name in names if name[0].isdigit())]
    pattern = compiled(rf"(?P<name>{any_of(spaced)})(?!\w)(?:{year})?{END}")
    numbered = frozenset(re.split(r"[ -]", name)[1].lower() for name in names if name[0].isdigit())
    ordinals = any_of(words().ordinals)
    weekdays = [name for group in lexicon().weekdays.names for name in group]
    beside = compiled(
        rf"(?:(?P<ordinal>(?:2[0-4]|1?\d)\.|{ordinals}) )?(?:(?P<weekday>{weekday_name()})|(?<=am )Tag) "
        rf"(?P<side>vor|nach) (?:dem |der )?(?P<name>{any_of(spaced)})(?!\w)(?:{year})?{END}"
    )
    counted = frozenset(name.lower() for name in weekdays)
    return [
        Rule(beside, _beside, counted | {"tag"}, after=frozenset({"vor", "nach"})),
        Rule(beside, _beside, frozenset(words().ordinals), NUMBER, counted),
        Rule(pattern, _feast, trigger_words(names)),
        Rule(pattern, _feast, digits=NUMBER, after=numbered),
    ]
