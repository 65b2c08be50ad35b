"""Where a mention of an event stands: at the start of a line, announced, opening a sentence, in capitals."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.pipes.event_heads import lexicon
from extractor.pipes.event_modifiers import Modifiers
from extractor.pipes.event_titles import Setting

_OPENING_DETERMINER = re.compile(r"(?:\n|[.!?:][“”\"«»]? )[A-ZÄÖÜ]\w{2,6} $")
_ANNOUNCEMENT_REACH = 60


def setting_of(text: str, noun: int, modifiers: Modifiers) -> Setting:
    """Where the mention around the noun at ``noun`` stands, as its title depends on it."""
    start = modifiers.start
    announced = modifiers.first or _is_announced(text, start)
    cell = text[max(start - 2, 0) : start] in ("| ", "> ", "\t") or text[start - 1 : start] in ("|", "\t")
    named = modifiers.oblique or (modifiers.determiner == "definite" and _opens_sentence(text, start))
    return Setting(at_line_start=announced or cell, definite=named, shouted=is_shouted(text, noun))


def is_shouted(text: str, noun: int) -> bool:
    """Whether the noun is written in capitals."""
    return text[noun : noun + 6].isupper()


@lru_cache(maxsize=1)
def _announced() -> re.Pattern[str]:
    """What announces an event between the start of a line or cell and the event."""
    return re.compile(
        rf"\W{{0,4}}(?:{'|'.join(lexicon().context.announcing)})"
        r"(?:[:–-]| zum| zur| zu| auf| vom| von| der| des| den| die| über| ueber){0,3}(?: \d{1,3}\.| [IVX]{1,4}\.)? ?",
        re.IGNORECASE,
    )


def _is_announced(text: str, start: int) -> bool:
    """Whether only an announcement ("Einladung zum ...") stands between the line's or cell's start and ``start``."""
    left = max(start - _ANNOUNCEMENT_REACH, 0)
    opening = max(text.rfind("\n", left, start), text.rfind("|", left, start))
    if opening < 0 and left > 0:
        return False
    return _announced().fullmatch(text, opening + 1, start) is not None


def _opens_sentence(text: str, start: int) -> bool:
    """Whether a single capitalised determiner stands between the sentence's start and ``start``."""
    left = max(start - 12, 0)
    return _OPENING_DETERMINER.search(text, left, start) is not None or (left == 0 and text[:start].count(" ") <= 1)
