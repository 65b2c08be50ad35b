"""Decades and centuries: "1980er Jahre", "Ende der Neunziger", "19. Jahrhundert", "XIX. Jh."."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import END, ROMAN, any_of, compiled
from extractor.pipes.temporal.lexicon import lexicon, spellings, words
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Decade
from extractor.pipes.temporal.quarters import small_number
from extractor.pipes.temporal.rules import NUMBER, Rule, next_word, trigger_words, word_before

_LEADS = frozenset(
    {"der", "den", "die", "in", "seit", "späten", "frühen", "ausgehenden", "mittleren", "goldenen", "wilden"}
)
_CENTURIES = ("Jahrhundert", "Jahrhunderts", "Jh", "Jhdt", "Jhd")
_NEUTER = ("ten", "te", "tes")


def _decade(match: re.Match[str]) -> list[Candidate]:
    """Build "1980er", "80er-Jahre", "in den Neunzigern"; what names no years needs an article and no noun after it."""
    text, four = match["decade"].lower(), len(match["decade"]) == 4 and match["decade"].isdigit()
    bare = match["years"] is None and not four
    if bare and (
        word_before(match.string, match.start()) not in _LEADS or next_word(match.string, match.end())[:1].isupper()
    ):
        return []
    if text.isdigit():
        digits = text[:-1] if four else ("20" if text[0] in "01" else "19") + text[0]
    elif text == "null":
        digits = "200"
    else:
        stems = lexicon().numbers.decades
        digits = "19" + next(stems[key] for key in stems if text in map(str.lower, spellings(key)))
    return [Candidate(match.start(), match.end(), "date.decade", Decade(digits))]


def _century(match: re.Match[str]) -> list[Candidate]:
    text = match["number"]
    number = _roman(text.rstrip(".")) if text[0] in "XVI" else small_number(text)
    if not 1 <= number <= 21:
        return []
    return [Candidate(match.start(), match.end(), "date.century", Decade(f"{number - 1:02d}"))]


def _roman(text: str) -> int:
    """Read a Roman number below forty."""
    rest = text.lstrip("X") if len(text) - len(text.lstrip("X")) < 2 else text[1:]
    tens = len(text) - len(rest)
    return 10 * tens + ROMAN.get(rest, 0)


def _millennium(match: re.Match[str]) -> list[Candidate]:
    return [Candidate(match.start(), match.end(), "date.year", CalendarDate(2000), True)]


def decade_rules() -> list[Rule]:
    """List the rules for decades and centuries."""
    stems = [*lexicon().numbers.decades, "null"]
    years = r"(?P<years>[- ]?Jahren?)"
    of_century = r"(?: des (?:vergangenen|vorigen|letzten|20\.) Jahrhunderts)?"
    century = rf"(?:{any_of(_CENTURIES)})(?!\w)(?:(?<=jh|hd|dt)\.)?"
    romans = ("XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XV", "XIV", "XIII", "XII")
    return [
        Rule(
            compiled(rf"(?P<decade>(?:1[5-9]|20)\d0|[1-9]0)ern?(?:{years}{of_century})?{END}"),
            _decade,
            digits=frozenset({2, 4}),
            after=frozenset({"er", "ern", "erjahre", "erjahren"}),
        ),
        Rule(
            compiled(rf"(?P<decade>{any_of(stems)})ern?{years}?{END}"),
            _decade,
            trigger_words([f"{stem}er{rest}" for stem in stems for rest in ("", "n", "jahre", "jahren")]),
        ),
        Rule(compiled(rf"Jahrtausendwende{END}"), _millennium, frozenset({"jahrtausendwende"})),
        Rule(
            compiled(rf"(?P<number>(?:2[01]|1\d|\d)\.|{any_of(words().ordinals)}(?= )) ?{century}"),
            _century,
            frozenset(words().ordinals),
            NUMBER,
            trigger_words(_CENTURIES),
        ),
        Rule(
            compiled(rf"(?P<number>(?-i:X{{0,2}}(?:IX|IV|VI{{0,3}}|I{{0,3}})))\. ?{century}"),
            _century,
            trigger_words(romans),
            after=trigger_words(_CENTURIES),
        ),
    ]
