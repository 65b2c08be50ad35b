"""Sets told by how often in a period: "zweimal im Jahr", "pro Woche", "monatlich", "vierzehntägig"."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import END, any_of, compiled
from extractor.pipes.temporal.durations import ENDINGS, period_value
from extractor.pipes.temporal.lexicon import lexicon, words
from extractor.pipes.temporal.meanings import Candidate, Fixed
from extractor.pipes.temporal.rules import NUMBER, Rule, trigger_words

_TIMES = ("mal", "x", " x", " mal", "-mal")
_OFTEN = ("mehrmals", "mehrfach")


def set_of(match: re.Match[str], value: str, rule: str = "set.every", start: int | None = None) -> list[Candidate]:
    """Make the candidate of a set that covers a match, or what of it begins at ``start``."""
    return [Candidate(match.start() if start is None else start, match.end(), rule, Fixed("SET", value))]


def every(amount: str, unit: str) -> str:
    """Write how often: every fourteen days is every two weeks, every weekend has a name of its own."""
    if unit == "WE":
        return "XXXX-WXX-WE"
    if unit == "Q":
        return f"P{int(amount) * 3}M"
    if unit == "D" and amount == "14":
        return "P2W"
    return period_value(amount, unit)


def _often(match: re.Match[str]) -> list[Candidate]:
    """Build "zweimal im Jahr", "2x wöchentlich", "pro Woche"."""
    if match["adverb"]:
        return set_of(match, words().sets[match["adverb"].lower()], "set.often")
    return set_of(match, every("1", words().units[match["unit"].lower()]), "set.often")


def _adverb(match: re.Match[str]) -> list[Candidate]:
    return set_of(match, words().sets[match["word"].lower()], "set.adverb")


def _fortnightly(match: re.Match[str]) -> list[Candidate]:
    return set_of(match, "P2W", "set.adverb")


def frequency_rules() -> list[Rule]:
    """List the rules for frequencies."""
    units = any_of(words().units)
    counts = [*lexicon().numbers.words[2:13], "ein", "mehr"]
    adverbs = any_of(stem for group in lexicon().sets.values() for stem in group)
    each = rf"(?:(?:im|pro|in der|am|je|die) (?P<unit>{units})|(?P<adverb>{adverbs}))"
    times = any_of(_TIMES)
    return [
        Rule(
            compiled(rf"(?:(?:{any_of(counts)})mal|{any_of(_OFTEN)}) {each}{END}"),
            _often,
            trigger_words([*(count + "mal" for count in counts), *_OFTEN]),
        ),
        Rule(
            compiled(rf"\d{{1,2}}(?:{times}) {each}{END}"),
            _often,
            digits=NUMBER,
            after=frozenset({"x", "mal", "-"}),
        ),
        Rule(compiled(rf"(?:pro|je) (?P<unit>{units})(?P<adverb>\b\B)?{END}"), _often, frozenset({"pro", "je"})),
        Rule(
            compiled(rf"(?P<word>{adverbs})(?:(?<!\.)e[nrsm]?)?{END}"),
            _adverb,
            trigger_words(stem + ending for group in lexicon().sets.values() for stem in group for ending in ENDINGS),
        ),
        Rule(compiled(rf"vierzehnt(?:ä|ae|a)gig{END}"), _fortnightly, trigger_words(["vierzehntägig"])),
        Rule(
            compiled(rf"14-?t(?:ä|ae|a)g(?:ig|lich|l\.)(?!\w){END}"),
            _fortnightly,
            digits=NUMBER,
            after=trigger_words(["tägig", "täglich", "tägl"]) | {"-"},
        ),
        Rule(compiled(rf"14-t(?:ä|ae)gliche[nrsm]?{END}"), _fortnightly, digits=NUMBER, after=frozenset("-")),
    ]
