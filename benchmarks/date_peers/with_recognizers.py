"""Recognizers-Text (ms-recognizers-text-date-time): its German date-time model.

It gives TIMEX expressions, with X for what it leaves open, and the resolved values before and after the reference
date; of these the nearest to it counts. Where its own value has a definite form ("2024-FA", "2025-W25",
"2025-06-10TEV") that is taken. A clock time gets the reference date.
"""

from __future__ import annotations

import contextlib
import re
from datetime import date, datetime
from typing import Any

from harness import Answer, Timex, run
from mapping import ends, expression, period, point, sentences
from ms_recognizers_date_time.date_time.date_time_recognizer import DateTimeRecognizer

_PART = re.compile(r"T(MO|MI|AF|EV|NI)$")

model = DateTimeRecognizer("de-de").get_datetime_model("de-de", False)


def tag(text: str, day: date) -> Any:
    """Parse a sentence at a time: at the first error within, it says nothing of what follows."""
    reference = datetime(day.year, day.month, day.day)
    return [(start, model.parse(sentence, reference)) for start, sentence in sentences(text)]


def read(found: Any, text: str, day: date) -> Answer:
    """The nearest value of each result; its last offset is inclusive."""
    timexes: list[Timex] = []
    for start, results in found:
        for result in results:
            values = [value for value in (result.resolution or {}).get("values") or [] if value]
            if values:
                value = min(values, key=lambda value: distance(value, day))
                timexes += expressions(text, start + result.start, start + result.end + 1, value, day)
    return Answer(text, timexes)


def distance(value: dict[str, str], day: date) -> int:
    """Days between a value and the reference date."""
    moment = moment_of(value.get("value") or value.get("start"))
    return abs((moment.date() - day).days) if moment else 0


def moment_of(text: str | None) -> datetime | None:
    """A date or time as the recognizers write it."""
    with contextlib.suppress(ValueError, TypeError):
        return datetime.fromisoformat(text or "")
    return None


def expressions(text: str, start: int, end: int, value: dict[str, str], day: date) -> list[Timex]:
    """The expressions of one value."""
    timex, kind = value.get("timex", ""), value["type"]
    first, after = moment_of(value.get("start")), moment_of(value.get("end"))
    moment = moment_of(value.get("value"))
    part = _PART.search(timex)
    if kind == "duration":
        return [expression(text, start, end, "DURATION", timex)]
    if kind == "set":
        return [expression(text, start, end, "SET", timex)]
    if kind == "time":
        return [expression(text, start, end, "TIME", f"{day.isoformat()}{timex}")]
    if part:
        known = first.date().isoformat() if first else day.isoformat()
        return [expression(text, start, end, "TIME", f"{known}T{part[1]}")]
    if moment:
        return [expression(text, start, end, *point(moment, "minute" if kind == "datetime" else "day"))]
    if timex.startswith("("):
        sides = timex.strip("()").split(",")[:2]
        grain = "minute" if "time" in kind else "day"
        resolved = [
            point(known, grain)
            if known
            else ("TIME", f"{day.isoformat()}{side}")
            if side[:1] == "T"
            else ("DATE", side)
            for known, side in zip((first, after), sides, strict=False)
        ]
        return ends(text, start, end, resolved[0], resolved[-1])
    named = period(first, after) if first and after and "X" in timex else None
    return [expression(text, start, end, *(named or ("TIME" if "T" in timex else "DATE", timex)))]


run(tag, read)
