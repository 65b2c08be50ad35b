"""When "heute" means these times and not the day: "bis heute", "1950 gegründet, zählt der Verein heute ..."."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.pipes.temporal.atoms import any_of
from extractor.pipes.temporal.context import Context
from extractor.pipes.temporal.lexicon import lexicon
from extractor.pipes.temporal.meanings import Candidate
from extractor.pipes.temporal.rules import word_before

_OLD = 2
"""Years that lie between the past of a contrast and today, at least."""
_FROM_TODAY = re.compile(r",? (?:an|ab|bis|auf)\b")
_COMPARED = re.compile(r" wie damals\b")


def is_nowadays(context: Context, candidate: Candidate) -> bool:
    """Tell whether "heute" names the present time: TIMEX3's PRESENT_REF.

    It does after "bis", "von" and "damals wie", and as the adverb of a state that is set against a year
    long gone in the same sentence.
    """
    text, start, end = context.text, candidate.start, candidate.end
    if text[start:end].lower() != "heute":
        return False
    before = word_before(text, start)
    if before == "bis" or (before == "von" and not _FROM_TODAY.match(text, end)):
        return True
    if text[:start].endswith("damals wie ") or _COMPARED.match(text, end):
        return True
    low, high = context.tense.sentence(start, end)
    return _state().search(text, low, high) is not None and context.tells_of_old(low, start, _OLD)


@lru_cache(maxsize=1)
def _state() -> re.Pattern[str]:
    verbs = any_of(lexicon().relative.states)
    return re.compile(
        rf"\b(?:{verbs})\b[^,.;:\n]{{0,40}} heute\b"
        rf"|\b[Hh]eute (?:(?:noch|auch|nur noch|immer noch|wieder) )?(?:{verbs})\b"
    )
