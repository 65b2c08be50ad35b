"""Parts of periods: "Anfang der 80er", "zweite Hälfte des Jahres 2024", "erste Juliwoche".

A part keeps the value of its period, for the calendar has none of its own for it; only the halves of a year do.
"""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import END, GAP, TO, YEAR, any_of, compiled, month_of, number_word
from extractor.pipes.temporal.day_atoms import years_of
from extractor.pipes.temporal.lexicon import lexicon, words
from extractor.pipes.temporal.meanings import (
    CalendarDate,
    Candidate,
    Decade,
    FeastDay,
    Meaning,
    Period,
    Shift,
    Span,
    Week,
    YearShift,
)
from extractor.pipes.temporal.rules import NUMBER, Rule, trigger_words, with_article

PARTS = ("Anfang", "Mitte", "Ende", "Beginn", "Schluss")
LAST = ("letzte", "letzten", "letzter", "letztes")
_FRACTIONS = ("Hälfte", "Drittel", "Viertel", "Woche", "Wochen", "Tage", "Tagen")
_UNITS = ("Woche", "Monats", "Quartals", "Jahres", "Jahrzehnts", "Jahrhunderts")
_STAGES = ("frühen", "späten", "ausgehenden", "beginnenden", "mittleren")
_PERIODS = (CalendarDate, Period, Week, Decade, FeastDay, Shift)


class _Parts:
    """The rule for parts of periods, which other rules read."""

    def __init__(self, inner: list[Rule]) -> None:
        self.inner = inner
        self.unit = compiled(rf"(?P<unit>{any_of(_UNITS)}){END}")
        self.year = compiled(rf"(?P<year>{YEAR}){END}")

    def build(self, match: re.Match[str]) -> list[Candidate]:
        """Build what follows "Anfang", "Ende der", "zweite Hälfte des", "im Laufe des", "in den späten"."""
        groups = match.groupdict()
        if groups.get("course"):
            start = match.end("course") + 1
        elif groups.get("number"):
            start = with_article(match.string, match.start())
        else:
            start = match.start()
        found = self._period(match, start) or self._unit(match, start)
        if len(found) != 1:
            return []
        meaning: Meaning | None = found[0].meaning
        if groups.get("course") and found[0].rule:
            start = found[0].start
        if groups.get("number"):
            meaning = _fraction(match, meaning)
        elif groups.get("stage") and not isinstance(meaning, Decade):
            return []
        if not isinstance(meaning, (*_PERIODS, Span)) or (isinstance(meaning, CalendarDate) and meaning.day):
            return []
        return [Candidate(start, found[0].end, "date.part", meaning, found[0].approximate)]

    def _unit(self, match: re.Match[str], start: int) -> list[Candidate]:
        """Read the bare unit of "Ende des Monats": the one that holds the reference date."""
        unit = self.unit.match(match.string, match.end()) if match[0][-4:] in ("des ", "der ") else None
        return [Candidate(start, unit.end(), "", Shift(0, words().units[unit["unit"].lower()]))] if unit else []

    def _period(self, match: re.Match[str], start: int) -> list[Candidate]:
        """Read the period that follows, with the first rule that can."""
        year = self.year.match(match.string, match.end()) if "number" in match.re.groupindex else None
        if year is not None:
            return [Candidate(start, year.end(), "", CalendarDate(int(year["year"])))]
        for rule in self.inner:
            period = rule.pattern.match(match.string, match.end())
            found = rule.build(period) if period is not None else []
            if found:
                return found[:2] if found[0].start <= match.end() else []
        return []


def _fraction(match: re.Match[str], meaning: Meaning | None) -> Meaning | None:
    """Give the half of a year as such; weeks and days are told of months and years only."""
    fraction = match["fraction"].lower()
    if fraction in ("hälfte", "haelfte", "halfte"):
        half = 41 if match["number"].lower().startswith(("zweit", "2", "letzt")) else 40
        if isinstance(meaning, CalendarDate) and not meaning.month:
            return Period(half, meaning.year, meaning.years)
        if isinstance(meaning, Shift) and meaning.unit == "Y":
            return Period(half, years=YearShift(meaning.amount, meaning.anaphoric))
        return meaning
    of_month = isinstance(meaning, CalendarDate) or (isinstance(meaning, Shift) and meaning.unit in ("M", "Y"))
    return meaning if of_month or fraction in ("drittel", "viertel") else None


def _of_month(match: re.Match[str]) -> list[Candidate]:
    """Build "zweite Julihälfte", "erste Juliwoche", "in den letzten Maitagen", "erste Monatshälfte"."""
    start = with_article(match.string, match.start())
    if match["month"] is None:
        return [Candidate(start, match.end(), "date.part", Shift(0, "M"))]
    year = int(match["year"]) if match["year"] else None
    years = years_of(match["phrase"]) if match["phrase"] else None
    point = CalendarDate(year, month_of(match["month"]), years=years)
    return [Candidate(start, match.end(), "date.part", point)]


def part_rules(inner: list[Rule]) -> list[Rule]:
    """List the rules for parts of the periods that ``inner`` rules read."""
    parts = _Parts(inner)
    names, fractions = any_of(PARTS), any_of(_FRACTIONS)
    number = rf"(?P<number>{any_of([*words().ordinals, *LAST])}|[1-5]\.)(?: (?:beiden|{number_word()}))?"
    lead = rf"(?:{names})(?:(?:{TO}|{GAP}/{GAP})(?:{names}))? (?:(?:des|der) (?:Monats )?)?"
    fraction = rf"{number} (?P<fraction>{fractions})(?: (?:des|der|im|von|vom))? (?:Monats )?"
    compound = any_of([*_FRACTIONS])
    of_month = (
        rf"{number} (?:(?P<month>{any_of(words().months)})|Monats)-?(?:{compound})"
        rf"(?:,?{GAP}(?P<year>{YEAR})|,? (?P<phrase>{any_of(words().year_phrases)})(?!\w))?{END}"
    )
    ordinals = frozenset((*words().ordinals, *LAST))
    followers = trigger_words(_FRACTIONS) | {"beiden", "0", "00"} | frozenset(words().numbers)
    compounds = trigger_words(
        month + part.lower() for month in (*words().months, "monats") for part in _FRACTIONS if len(month) > 2
    ) | frozenset(words().months)
    return [
        Rule(compiled(of_month), _of_month, ordinals, NUMBER, compounds | {"beiden"} | frozenset(words().numbers)),
        Rule(compiled(fraction), parts.build, ordinals, NUMBER, followers),
        Rule(compiled(lead), parts.build, trigger_words(PARTS)),
        Rule(
            compiled(r"(?P<course>(?:Ver)?Laufe?) (?:des|der) "),
            parts.build,
            trigger_words(["Lauf", "Laufe", "Verlauf", "Verlaufe"]),
            after=frozenset({"des", "der"}),
        ),
        Rule(
            compiled(rf"(?P<stage>{any_of(_STAGES)}) "),
            parts.build,
            trigger_words(_STAGES),
            after=frozenset({"0", "00", "er"}) | frozenset(words().ordinals) | trigger_words(_decade_words()),
        ),
    ]


def _decade_words() -> list[str]:
    return [stem + ending for stem in lexicon().numbers.decades for ending in ("er", "ern", "erjahre", "erjahren")]
