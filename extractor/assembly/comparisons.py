"""Numbers of guests that the text compares with another event's: "54 kamen, deutlich mehr als im November 2023"."""

from __future__ import annotations

import re

from extractor.assembly.drafts import Draft
from extractor.assembly.stretches import Item, Stretch
from extractor.pipes.values import Attendance

_COMPARED = re.compile(
    r"\b(?:mehr|weniger|voller|(?:so|ebenso|genauso|ähnlich|doppelt so|fast so|nahezu so) viele)"
    r"(?: [a-zäöü]{2,12}){0,2}? (?:als|wie)\b"
)


def compared_from(count: Item[Attendance], stretch: Stretch) -> int | None:
    """Where, behind a number, the comparison with another event begins; None where there is none."""
    cue = _COMPARED.search(stretch.text, count.end - stretch.start)
    return stretch.start + cue.start() if cue else None


def is_only_compared(draft: Draft, count: Item[Attendance], stretch: Stretch) -> bool:
    """Whether an event of the stretch is one with which a number is compared, and not the one that it is of."""
    begin = compared_from(count, stretch)
    starts = [mention.start for mention in draft.mentions[:1]] + [date.start for date in draft.dates[:1]]
    return begin is not None and all(start > begin for start in starts)
