"""Sets told by their rhythm: "im Stundentakt", "im Zwei-Wochen-Rhythmus"."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import END, any_of, compiled
from extractor.pipes.temporal.durations import amount_of
from extractor.pipes.temporal.frequencies import every
from extractor.pipes.temporal.lexicon import lexicon
from extractor.pipes.temporal.meanings import Candidate, Fixed
from extractor.pipes.temporal.rules import NUMBER, Rule, trigger_words

_RHYTHM_UNITS = {
    "minuten": "TM", "stunden": "TH", "tage": "D", "tages": "D", "wochen": "W", "monats": "M", "jahres": "Y",
    "jahre": "Y",
}  # fmt: skip
_RHYTHMS = ("Takt", "Rhythmus", "Turnus")


def _rhythm(match: re.Match[str]) -> list[Candidate]:
    """Build "Stundentakt", "20-Minuten-Takt", "Zwei-Wochen-Rhythmus", "Zweijahresrhythmus"."""
    number = (match["number"] or "ein").rstrip("-").lower()
    unit = _RHYTHM_UNITS[match["unit"].lower()]
    if number == "viertel":
        return _set(match, "PT15M" if unit == "TH" else "P3M") if unit in ("TH", "Y") else []
    amount = {"ein": "1", "halb": "0.5"}.get(number) or amount_of(number)
    return _set(match, every(amount, unit))


def _set(match: re.Match[str], value: str) -> list[Candidate]:
    return [Candidate(match.start(), match.end(), "set.rhythm", Fixed("SET", value))]


def rhythm_rules() -> list[Rule]:
    """List the rules for rhythms."""
    counted = [*lexicon().numbers.words[2:], "dreißig", "halb", "viertel"]
    rhythm_numbers, rhythm_units, rhythms = any_of(counted), any_of(_RHYTHM_UNITS), any_of(_RHYTHMS)
    return [
        Rule(
            compiled(rf"(?P<number>(?:{rhythm_numbers})-?)?(?P<unit>{rhythm_units})-?(?:{rhythms})(?:e?s)?{END}"),
            _rhythm,
            trigger_words(
                number + unit + noun.lower() for number in ("", *counted) for unit in _RHYTHM_UNITS for noun in _RHYTHMS
            ),
        ),
        Rule(
            compiled(
                rf"(?P<number>(?:\d{{1,2}}|{rhythm_numbers})-)(?P<unit>{rhythm_units})-(?:{rhythms})(?:e?s)?{END}"
            ),
            _rhythm,
            trigger_words(counted),
            NUMBER,
            frozenset("-"),
        ),
    ]
