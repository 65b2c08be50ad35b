"""Expressions that count from the reference date or from a date named before; weekdays have a module of their own."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import (
    END,
    any_of,
    compiled,
    month_name,
    month_of,
    number_of,
    number_word,
    weekday_name,
)
from extractor.pipes.temporal.directions import AMOUNTS, SIGNS, daypart_suffix, part_of
from extractor.pipes.temporal.lexicon import lexicon, word_sets, words
from extractor.pipes.temporal.meanings import (
    CalendarDate,
    Candidate,
    FeastDay,
    Fixed,
    Meaning,
    Period,
    Point,
    Shift,
    WeekdayName,
)
from extractor.pipes.temporal.months import season_name, season_of
from extractor.pipes.temporal.relative_weekdays import weekday_rules
from extractor.pipes.temporal.rules import NUMBER, Rule, next_word, trigger_words, with_article, word_before

_ABOUT = ("etwa", "rund", "ca.", "gut", "genau", "knapp", "fast", "circa", "ungefähr", "über", "exakt", "heute")
_DAY_STEMS = ("heutig", "gestrig", "morgig")
_SCHOOL_YEARS = (
    "Schuljahr",
    "Schuljahres",
    "Schuljahrs",
    "Kindergartenjahr",
    "Kindergartenjahres",
    "Kitajahr",
    "Kitajahres",
)
_COUNTED = ("Tag", "Tags", "Woche", "Wochenende", "Monat", "Jahr", "Jahre", "Jahrzehnt")


def _adverb(match: re.Match[str]) -> list[Candidate]:
    """Build "heute", "gestern Abend"; not "der Morgen", "Guten Morgen"."""
    word = match["word"]
    if word.lower() == "morgen":
        before = word_before(match.string, match.start())
        if before in word_sets().mornings:
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
        amount *= -1 if match["lead"].lower() == "vor" else 1
        unit = words().units[match["unit"].lower()]
        if unit not in ("D", "W"):
            shift = Shift(amount, unit, daypart=part_of(match), to_day=True)
            return [Candidate(match.start(), match.end(), "date.relative.day", shift)] if not days else []
        days += amount * (7 if unit == "W" else 1)
    return [Candidate(match.start(), match.end(), "date.relative.day", Shift(days, "D", daypart=part_of(match)))]


def _directed(match: re.Match[str]) -> list[Candidate]:
    """Build "vergangenen Dienstag", "nächstes Jahr", "im kommenden Herbst", "am folgenden Tag"."""
    direction = words().directions[match["adjective"].lower()]
    sign = SIGNS.get(direction)
    meaning: Meaning | None
    if match["weekday"]:
        weekday, anaphoric = words().weekdays[match["weekday"].lower()], sign is None
        if sign is None:
            sign = 1 if direction == "after" else -1
        meaning = WeekdayName(weekday, sign, part_of(match), anaphoric=anaphoric)
    elif match["daypart"]:
        meaning = _daypart_of_day(direction, match["adjective"].lower(), words().dayparts[match["daypart"].lower()])
    elif abs(sign or 0) > 1 and not match["unit"]:
        return []
    elif match["month"]:
        meaning = CalendarDate(month=month_of(match["month"]), direction=sign)
    elif match["season"]:
        meaning = Period(season_of(match["season"]), direction=sign)
    elif match["school_year"]:
        meaning = Shift(AMOUNTS[direction], "SY", sign is None)
    elif match["feast"]:
        meaning = FeastDay(words().feasts[match["feast"].lower()], direction=sign)
    else:
        meaning = _shift(direction, match)
    if meaning is None:
        return []
    rule = "date.relative." + (
        "weekday" if match["weekday"] else "unit" if match["unit"] else "daypart" if match["daypart"] else "period"
    )
    start = with_article(match.string, match.start()) if match["unit"] else match.start()
    return [Candidate(start, match.end(), rule, meaning)]


def _shift(direction: str, match: re.Match[str]) -> Point | None:
    unit = words().units[match["unit"].lower()]
    stem = match["adjective"].lower()
    if unit == "D" and stem.startswith(_DAY_STEMS):
        return Shift(SIGNS[direction], "D")
    if unit.startswith("T") or (unit == "D" and direction in ("past", "present", "second_last", "second_next")):
        return None
    anaphoric = direction in ("after", "before", "same") or unit == "D"
    return Shift(AMOUNTS[direction], unit, anaphoric)


def _daypart_of_day(direction: str, adjective: str, daypart: str) -> Shift | None:
    """Build "am nächsten Morgen", "letzte Nacht": the night of a day is that which follows it."""
    if adjective.startswith(_DAY_STEMS):
        return Shift(SIGNS[direction], "D", daypart=daypart)
    if direction in ("second_last", "second_next"):
        return None
    if direction == "past":
        return Shift(-1, "D", daypart=daypart)
    if daypart == "NI" and direction in ("future", "after"):
        return Shift(0, "D", direction == "after", daypart)
    return Shift(AMOUNTS[direction], "D", anaphoric=True, daypart=daypart)


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
    shift = Shift(sign * amount, unit, anaphoric, lasting=match.start("number") if sign > 0 and match["lead"] else None)
    return [Candidate(match.start(), match.end(), "date.relative.shift", shift)]


_IN_TIME = re.compile(r"\b(?:am|im|vom|zum|seit|bis|(?:an|in|seit) de[rm]|de[sn]) $", re.IGNORECASE)
_GENITIVE = ("des", "der", "von", "vom", "zum", "zur")
_DATED = re.compile(r"[ ,(:]{1,3}(?:vom |am |den |des |de[rn] )?\d{1,2}\.")
_SIDES = {"darauf": 1, "danach": 1, "drauf": 1, "zuvor": -1, "davor": -1, "vorher": -1}


def _unit_beside(match: re.Match[str]) -> list[Candidate]:
    """Build "am Tag darauf", "im Jahr zuvor", "am Abend davor"; "der Morgen danach" is a phrase of its own."""
    if not _IN_TIME.search(match.string[max(match.start() - 10, 0) : match.start()]):
        return []
    sign = _SIDES[match["side"].lower()]
    if match["daypart"]:
        shift = Shift(sign, "D", True, words().dayparts[match["daypart"].lower()])
    else:
        shift = Shift(sign, words().units[match["unit"].lower()], True)
    start = with_article(match.string, match.start())
    return [Candidate(start, match.end(), "date.relative.anaphoric", shift)]


def _anaphoric(match: re.Match[str]) -> list[Candidate]:
    """Build "am Vorabend", "im Vorjahr", "tags darauf"; "am Vorabend des Festes" counts from what it names."""
    value = words().anaphoric[match["word"].lower()]
    if value[-1] == "D" and next_word(match.string, match.end()) in _GENITIVE:
        return []
    daypart = "EV" if match["word"].lower().startswith("vorabend") else None
    return [
        Candidate(
            match.start(), match.end(), "date.relative.anaphoric", Shift(int(value[:-1]), value[-1], True, daypart)
        )
    ]


def _vague(match: re.Match[str]) -> list[Candidate]:
    """Build "damals", "ehemalige"; "die Ehemaligen" are people."""
    value = words().vague[match[0].lower()]
    if match[0].startswith("Ehemalig"):
        return []
    return [Candidate(match.start(), match.end(), "date.vague", Fixed("DATE", value))]


def _weekend(match: re.Match[str]) -> list[Candidate]:
    """Build "Wochenende", "Wochenende der kommenden Woche"; dates after it ("Wochenende, 5./6. Juli") tell more."""
    if match["adjective"]:
        direction = words().directions[match["adjective"].lower()]
        weekend = Shift(AMOUNTS[direction], "WE", direction not in SIGNS, of_week=True)
        return [Candidate(match.start(), match.end(), "date.relative.weekend", weekend)]
    if _DATED.match(match.string, match.end()):
        return []
    return [Candidate(match.start(), match.end(), "date.relative.weekend", Shift(0, "WE", by_tense=True))]


def _this_year(match: re.Match[str]) -> list[Candidate]:
    return [Candidate(match.start(), match.end(), "date.relative.year", Shift(0, "Y"))]


def _directed_rule(suffix: str, weekdays: str, feasts: str) -> Rule:
    adjectives, units = any_of(words().directions), any_of(words().units)
    nouns = any_of(word for group in lexicon().dayparts.values() for word in group if word[0].isupper())
    return Rule(
        compiled(
            rf"(?P<adjective>{adjectives}) (?:(?P<weekday>{weekdays}){suffix}|(?P<month>{month_name()})"
            rf"|(?P<season>{season_name()})|(?P<feast>{feasts})|(?P<unit>{units})|(?P<daypart>{nouns})"
            rf"|(?P<school_year>{any_of(_SCHOOL_YEARS)})){END}"
        ),
        _directed,
        trigger_words(words().directions),
    )


def unit_rules() -> list[Rule]:
    """List the rules for years, months and weeks that an adjective tells: "nächsten Jahres"."""
    feasts = any_of(name for feast in lexicon().feasts for name in feast.names)
    return [_directed_rule(daypart_suffix(), weekday_name(), feasts)]


def relative_rules() -> list[Rule]:
    """List the rules for relative expressions and holidays."""
    lex = lexicon()
    suffix = daypart_suffix()
    weekdays = weekday_name()
    feasts = any_of(name for feast in lex.feasts for name in feast.names)
    numbers = frozenset(words().numbers) | frozenset(lex.numbers.articles)
    adjectives = any_of(words().directions)
    units = any_of(words().units)
    calendar_units = any_of(word for word, unit in words().units.items() if unit in ("D", "W", "M", "Y"))
    number = rf"(?:{any_of(lex.numbers.articles)}(?!\w)|{number_word()})"
    vague = [phrase for phrases in lex.relative.vague.values() for phrase in phrases]
    phrases = [phrase for phrase in vague if " " in phrase]
    nouns = any_of(word for group in lex.dayparts.values() for word in group if word[0].isupper())
    return [
        *weekday_rules(),
        _directed_rule(suffix, weekdays, feasts),
        Rule(
            compiled(
                rf"(?P<word>{any_of(lex.relative.days)})"
                rf"(?: (?P<lead>in|vor)(?: (?:{any_of(_ABOUT)}))? (?P<number>{number}) (?P<unit>{calendar_units}))?"
                rf"{suffix}{END}"
            ),
            _adverb,
            trigger_words(lex.relative.days),
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
                rf"(?P<number>{number}) (?P<unit>{units}) "
                rf"(?P<side>später|spaeter|danach|darauf|zuvor|davor|vorher)(?P<lead>\b\B)?{END}"
            ),
            _ago,
            trigger_words([*lex.numbers.articles, *words().numbers]),
            NUMBER,
            frozenset(words().units),
        ),
        Rule(
            compiled(rf"(?:(?P<unit>{any_of(_COUNTED)})|(?P<daypart>{nouns})) (?P<side>{any_of(_SIDES)}){END}"),
            _unit_beside,
            trigger_words(
                [*_COUNTED, *(word for group in lex.dayparts.values() for word in group if word[0].isupper())]
            ),
            after=frozenset(_SIDES),
        ),
        Rule(
            compiled(rf"(?P<word>{any_of(lex.relative.anaphoric)}){END}"),
            _anaphoric,
            trigger_words(lex.relative.anaphoric),
        ),
        Rule(compiled(rf"{any_of(vague)}{END}"), _vague, trigger_words(word for word in vague if " " not in word)),
        Rule(
            compiled(rf"{any_of(phrases)}{END}"),
            _vague,
            trigger_words(phrases),
            after=trigger_words(phrase.split()[1] for phrase in phrases),
        ),
        Rule(
            compiled(rf"Wochenende[ns]?(?: (?:in )?(?:der )?(?P<adjective>{adjectives}) Woche)?{END}"),
            _weekend,
            trigger_words(["Wochenende", "Wochenenden", "Wochenendes"]),
        ),
        Rule(compiled(rf"{any_of(lex.relative.years)}{END}"), _this_year, trigger_words(lex.relative.years)),
    ]
