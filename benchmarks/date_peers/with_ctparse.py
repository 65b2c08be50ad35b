"""ctparse, a sentence at a time: it is made for phrases and gives many readings of the whole phrase.

Of the readings of a sentence the longest are taken first, then the best by its own score, as long as they do not
overlap. It sees the text with marks and blanks folded; the way back is kept here. A sentence gets a second.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import regex
from ctparse.ctparse import ctparse_gen
from ctparse.types import Duration, Interval, Time
from harness import Answer, Timex, run
from mapping import at_noon, ends, expression, sentences

_FOLDED = regex.compile(
    r"(?P<blank>[,;\pZ\pC\p{Ps}\p{Pe}]+)|(?P<dash>(?:\p{Pd}|[\u2010-\u2015]|\u2043)+)", regex.VERSION1
)
_PARTS = {
    "morning": "MO", "forenoon": "MO", "noon": "MI", "afternoon": "AF", "evening": "EV", "night": "NI",
}  # fmt: skip
_UNITS = {"minutes": "TM", "hours": "TH", "days": "D", "nights": "D", "weeks": "W", "months": "M"}

logging.disable(logging.CRITICAL)


def folded(text: str) -> tuple[str, list[int]]:
    """The text as ctparse folds it, and the offset of each of its characters."""
    pieces: list[str] = []
    offsets: list[int] = []
    cursor = 0
    for match in _FOLDED.finditer(text):
        pieces += [text[cursor : match.start()], " " if match["blank"] else "-"]
        offsets += [*range(cursor, match.start()), match.start()]
        cursor = match.end()
    pieces.append(text[cursor:])
    offsets += range(cursor, len(text) + 1)
    written = "".join(pieces)
    blank = len(written) - len(written.lstrip())
    return written.strip(), offsets[blank:]


def tag(text: str, day: date) -> list[tuple[int, list[int], list[Any]]]:
    """The readings of each sentence, with its offset and those of its folded characters."""
    found = []
    for start, sentence in sentences(text):
        phrase, offsets = folded(sentence)
        readings = [reading for reading in ctparse_gen(phrase, at_noon(day), timeout=1.0) if reading] if phrase else []
        found.append((start, offsets, readings))
    return found


def value_of(time: Time) -> tuple[str, str]:
    """Type and value; what ctparse leaves open is X."""
    year = f"{time.year:04d}" if time.year else "XXXX"
    day = year
    if time.month:
        day += f"-{time.month:02d}" + (f"-{time.day:02d}" if time.day else "")
    elif time.day:
        day += f"-XX-{time.day:02d}"
    elif time.DOW is not None and not time.year:
        day = f"XXXX-WXX-{time.DOW + 1}"
    if time.hour is not None:
        return "TIME", f"{'' if day == 'XXXX' else day}T{time.hour:02d}:{time.minute or 0:02d}"
    if time.POD:
        return "TIME", f"{day}T" + next((code for part, code in _PARTS.items() if part in time.POD), "MO")
    return "DATE", day


def read(found: list[tuple[int, list[int], list[Any]]], text: str, day: date) -> Answer:  # noqa: ARG001
    """Of the readings those that fit beside each other."""
    timexes: list[Timex] = []
    for base, offsets, readings in found:
        taken: list[tuple[int, int]] = []
        for reading in sorted(readings, key=lambda one: (-len(one.resolution), -one.score)):
            resolution = reading.resolution
            begin, finish = resolution.mstart, resolution.mend
            if begin >= finish or any(begin < other[1] and other[0] < finish for other in taken):
                continue
            taken.append((begin, finish))
            start, end = base + offsets[begin], base + offsets[finish - 1] + 1
            if isinstance(resolution, Duration):
                unit = _UNITS[resolution.unit.value]
                value = f"PT{resolution.value}{unit[1]}" if unit[0] == "T" else f"P{resolution.value}{unit}"
                timexes.append(expression(text, start, end, "DURATION", value))
            elif isinstance(resolution, Interval):
                sides = [value_of(side) for side in (resolution.t_from, resolution.t_to) if side is not None]
                timexes += ends(text, start, end, sides[0], sides[-1])
            else:
                timexes.append(expression(text, start, end, *value_of(resolution)))
    return Answer(text, timexes)


run(tag, read)
