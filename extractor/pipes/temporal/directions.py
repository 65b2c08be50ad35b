"""What adjectives of time tell ("vergangen", "nächst", "folgend"), and the part of the day after a day."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import any_of
from extractor.pipes.temporal.lexicon import lexicon, words

SIGNS = {"past": -1, "present": 0, "future": 1, "second_last": -2, "second_next": 2}
"""Steps from the reference date, by an adjective's direction."""
AMOUNTS = SIGNS | {"after": 1, "before": -1, "same": 0}
"""The same with the directions that count from the day named last."""
_AT = r"(?: (?:am|in der|in den)(?: (?:frühen|späten|fruehen|spaeten))? |[ -])"
"""Between a day and its part: "heute am späten Abend"."""


def daypart_suffix() -> str:
    """Match the part of the day after a day: "gestern [Abend]", "Dienstag[vormittag]"."""
    parts = [word for group in lexicon().dayparts.values() for word in group]
    return rf"(?:{_AT}?(?P<part>{any_of(parts)})(?!\w))?"


def part_of(match: re.Match[str]) -> str | None:
    """Give the TIMEX3 code of what ``daypart_suffix`` matched."""
    return words().dayparts.get(match["part"].lower()) if match["part"] else None
