"""Expressions that count from the reference date or from a date named before, and holidays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractor.pipes.temporal.atoms import (
    AND,
    END,
    GAP,
    TO,
    any_of,
    compiled,
    month_name,
    month_of,
    number_of,
    number_word,
    weekday_name,
)
from extractor.pipes.temporal.days import year_part, years_of
from extractor.pipes.temporal.lexicon import lexicon, words
from extractor.pipes.temporal.meanings import (
    CalendarDate,
    Candidate,
    FeastDay,
    Fixed,
    Meaning,
    Period,
    Point,
    Shift,
    Span,
    WeekdayName,
)
from extractor.pipes.temporal.periods import season_name, season_of
from extractor.pipes.temporal.rules import NUMBER, Rule, next_word, trigger_words, word_before

_ABOUT = ("etwa", "rund", "ca.", "gut", "genau", "knapp", "fast", "circa", "ungefähr", "über", "exakt", "heute")
_SIGNS = {"past": -1, "present": 0, "future": 1}


def _daypart_suffix() -> str:
    parts = [word for group in lexicon().dayparts.values() for word in group]
    return rf"(?:[ -]?(?P<part>{any_of(parts)})(?!\w))?"


def _part_of(match: re.Match[str]) -> str | None:
    return words().dayparts.get(match["part"].lower()) if match["part"] else None


def _adverb(match: re.Match[str]) -> list[Candidate]:
    """Build "heute", "gestern Abend"; not "der Morgen", "Guten Morgen"."""
    word = match["word"]
    if word.lower() == "morgen":
        before = word_before(match.string, match.start())
        if before in (
            "guten",
            "der",
            "den",
            "am",
            "jeden",
            "von",
            "diesem",
            "einen",
            "ein",
            "frühen",
            "bis zum",
            "zum",
            "des",
        ):
            return []
        mid_sentence = (
            match.start() > 1
            and match.string[match.start() - 2] not in '.!?:\n„"»|'
            and match.string[match.start() - 1] != "\n"
        )
        if word[0].isupper() and mid_sentence:
            return []
    days = words().relative_days[word.lower()]
    if match["number"]:
        amount = 1 if match["number"].lower() in lexicon().numbers.articles else number_of(match["number"])
        days += amount * (7 if match["unit"].lower().startswith("w") else 1)
    return [Candidate(match.start(), match.end(), "date.relative.day", Shift(days, "D", daypart=_part_of(match)))]


def _weekday(match: re.Match[str]) -> list[Candidate]:
    """Build "am Mittwoch", "Freitagabend", "Freitag bis Sonntag"."""
    first = WeekdayName(words().weekdays[match["weekday"].lower()], daypart=_part_of(match))
    if match["last"]:
        last = WeekdayName(words().weekdays[match["last"].lower()])
        span = Span(first, last, (match.end("weekday"), match.start("last")))
        return [Candidate(match.start(), match.end(), "date.range.weekdays", span)]
    return [Candidate(match.start(), match.end(), "date.weekday", first)]


def _directed(match: re.Match[str]) -> list[Candidate]:
    """Build "vergangenen Dienstag", "nächstes Jahr", "im kommenden Herbst", "am folgenden Tag"."""
    direction = words().directions[match["adjective"].lower()]
    sign = _SIGNS.get(direction)
    meaning: Meaning | None
    if match["weekday"]:
        if sign is None:
            sign = 1 if direction == "after" else -1
        meaning = WeekdayName(words().weekdays[match["weekday"].lower()], sign, _part_of(match))
    elif match["month"]:
        meaning = CalendarDate(month=month_of(match["month"]), direction=sign)
    elif match["season"]:
        meaning = Period(season_of(match["season"]), direction=sign)
    elif match["feast"]:
        meaning = FeastDay(words().feasts[match["feast"].lower()], direction=sign)
    else:
        meaning = _shift(direction, match)
    if meaning is None:
        return []
    rule = "date.relative." + ("weekday" if match["weekday"] else "unit" if match["unit"] else "period")
    return [Candidate(match.start(), match.end(), rule, meaning)]


def _shift(direction: str, match: re.Match[str]) -> Point | None:
    unit = words().units[match["unit"].lower()]
    stem = match["adjective"].lower()
    if unit == "D" and stem.startswith(("heutig", "gestrig", "morgig")):
        return Shift(_SIGNS[direction], "D")
    if unit.startswith("T") or (unit == "D" and direction in ("past", "present")):
        return None
    amount = {"past": -1, "present": 0, "future": 1, "after": 1, "before": -1, "same": 0}[direction]
    anaphoric = direction in ("after", "before", "same") or unit == "D"
    return Shift(amount, unit, anaphoric)


def _ago(match: re.Match[str]) -> list[Candidate]:
    """Build "vor zwei Wochen", "in drei Jahren", "heute in acht Tagen", "drei Tage später"."""
    unit = words().units[match["unit"].lower()]
    if unit.startswith("T"):
        return []
    number = match["number"].lower()
    amount = 1 if number in lexicon().numbers.articles else number_of(number)
    if match["lead"]:
        sign, anaphoric = (-1 if match["lead"].lower() == "vor" else 1), False
        if sign == 1 and next_word(match.string, match.end()) in ("nach", "vor", "lang", "hintereinander", "alt"):
            return []
    else:
        if word_before(match.string, match.start()) in ("mindestens", "spätestens", "bis"):
            return []
        sign, anaphoric = (1 if match["side"].lower() in ("später", "spaeter", "danach", "darauf") else -1), True
    if unit == "D" and sign == 1 and not anaphoric and number.isdigit() and amount > 60:
        return []
    return [Candidate(match.start(), match.end(), "date.relative.shift", Shift(sign * amount, unit, anaphoric))]


def _anaphoric(match: re.Match[str]) -> list[Candidate]:
    """Build "am Vorabend", "im Vorjahr", "tags darauf"."""
    value = words().anaphoric[match["word"].lower()]
    daypart = "EV" if match["word"].lower().startswith("vorabend") else None
    return [
        Candidate(
            match.start(), match.end(), "date.relative.anaphoric", Shift(int(value[:-1]), value[-1], True, daypart)
        )
    ]


def _vague(match: re.Match[str]) -> list[Candidate]:
    value = words().vague[match[0].lower()]
    return [Candidate(match.start(), match.end(), "date.vague", Fixed("DATE", value))]


def _weekend(match: re.Match[str]) -> list[Candidate]:
    return [Candidate(match.start(), match.end(), "date.relative.weekend", Shift(0, "WE", by_tense=True))]


def _this_year(match: re.Match[str]) -> list[Candidate]:
    return [Candidate(match.start(), match.end(), "date.relative.year", Shift(0, "Y"))]


_FEAST_LEADS = frozenset(
    ["an", "zu", "am", "zum", "über", "vor", "nach", "bis", "ab", "seit", "um", "vom", "im", "mit", "jeden"]
)


def _feast(match: re.Match[str]) -> list[Candidate]:
    """Build a holiday; a name that churches bear needs a preposition or a year."""
    index = words().feasts[match["name"].lower()]
    year = int(match["year"]) if match["year"] else None
    years = years_of(match["phrase"]) if match["phrase"] else None
    if lexicon().feasts[index].cue and year is None and word_before(match.string, match.start()) not in _FEAST_LEADS:
        return []
    return [Candidate(match.start(), match.end(), "date.feast", FeastDay(index, year, years))]


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
    return first, first + timedelta(days=feast.days - 1)


def relative_rules() -> list[Rule]:
    """List the rules for relative expressions and holidays."""
    lex = lexicon()
    suffix = _daypart_suffix()
    weekdays = weekday_name()
    every_feast = [name for feast in lex.feasts for name in feast.names]
    feasts = any_of(every_feast)
    numbers = frozenset(words().numbers) | frozenset(lex.numbers.articles)
    adjectives = any_of(words().directions)
    units = any_of(words().units)
    number = rf"(?:{any_of(lex.numbers.articles)}(?!\w)|{number_word()})"
    vague = [phrase for phrases in lex.relative.vague.values() for phrase in phrases]
    parts = [word.lower() for group in lex.dayparts.values() for word in group]
    weekday_words = [name for names in lex.weekdays.names for name in names]
    year = year_part().replace(r"(?P<short>", "(?:")
    return [
        Rule(
            compiled(
                rf"(?P<adjective>{adjectives})[nrsme]? (?:(?P<weekday>{weekdays}){suffix}|(?P<month>{month_name()})|(?P<season>{season_name()})|(?P<feast>{feasts})|(?P<unit>{units})){END}"
            ),
            _directed,
            trigger_words(words().directions),
        ),
        Rule(
            compiled(
                rf"(?P<word>{any_of(lex.relative.days)})(?: in (?P<number>{number}) (?P<unit>wochen?|tagen))?{suffix}{END}"
            ),
            _adverb,
            trigger_words(lex.relative.days),
        ),
        Rule(
            compiled(
                rf"(?P<weekday>{weekdays})(?:(?:{TO}|{GAP}/{GAP}|{AND})(?P<last>{weekdays})(?![a-zäöü])|{suffix}){END}"
            ),
            _weekday,
            trigger_words([*weekday_words, *(w + part for w in weekday_words for part in parts)]),
        ),
        Rule(
            compiled(
                rf"(?P<lead>vor|in)(?: (?:{any_of(_ABOUT)}))? (?P<number>{number}) (?P<unit>{units}){END}(?P<side>)"
            ),
            _ago,
            trigger_words(["vor", "in"]),
            after=numbers | trigger_words(_ABOUT) | {"00"},
        ),
        Rule(
            compiled(
                rf"(?P<number>{number}) (?P<unit>{units}) (?P<side>später|spaeter|danach|darauf|zuvor|davor|vorher)(?P<lead>\b\B)?{END}"
            ),
            _ago,
            trigger_words([*lex.numbers.articles, *words().numbers]),
            NUMBER,
            frozenset(words().units),
        ),
        Rule(
            compiled(rf"(?P<word>{any_of(lex.relative.anaphoric)}){END}"),
            _anaphoric,
            trigger_words(lex.relative.anaphoric),
        ),
        Rule(compiled(rf"{any_of(vague)}{END}"), _vague, trigger_words(vague)),
        Rule(compiled(rf"Wochenende[ns]?{END}"), _weekend, trigger_words(["Wochenende"])),
        Rule(compiled(rf"{any_of(lex.relative.years)}{END}"), _this_year, trigger_words(lex.relative.years)),
        Rule(
            compiled(rf"(?P<name>{feasts})(?!\w)(?:{year})?{END}"),
            _feast,
            trigger_words(every_feast),
        ),
        Rule(
            compiled(rf"(?P<name>{feasts})(?!\w)(?:{year})?{END}"),
            _feast,
            digits=NUMBER,
            after=frozenset(name.split()[1].lower() for name in every_feast if name[0].isdigit()),
        ),
    ]
