"""Duckling in its Python binding: the dimensions time and duration, German, the reference date at noon.

Of the values that it offers the first counts. A weekday after "jeden" stays a date, for Duckling has no sets.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from duckling import (
    Context,
    default_locale_lang,
    load_time_zones,
    parse,
    parse_dimensions,
    parse_lang,
    parse_locale,
    parse_ref_time,
)
from harness import Answer, Timex, run
from mapping import at_noon, ends, expression, last_of, period, point

_UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y",
}  # fmt: skip

zones = load_time_zones("/usr/share/zoneinfo")
locale = parse_locale("DE_DE", default_locale_lang(parse_lang("DE")))
dimensions = parse_dimensions(["time", "duration"])


def tag(text: str, day: date) -> Any:
    """Parse the whole text."""
    time = parse_ref_time(zones, "Europe/Berlin", int(at_noon(day).timestamp()))
    return parse(text, Context(time, locale), dimensions, False)


def read(found: Any, text: str, day: date) -> Answer:  # noqa: ARG001
    """Values by their grain, intervals by their name or their ends."""
    timexes: list[Timex] = []
    for row in found:
        start, end, value = row["start"], row["end"], row["value"]
        if row["dim"] == "duration":
            unit = _UNITS[value["unit"]]
            amount = f"PT{value['value']}{unit[1]}" if unit[0] == "T" else f"P{value['value']}{unit}"
            timexes.append(expression(text, start, end, "DURATION", amount))
        elif value["type"] == "value":
            timexes.append(expression(text, start, end, *point(moment(value), value["grain"])))
        else:
            timexes += interval(text, start, end, value)
    return Answer(text, timexes)


def interval(text: str, start: int, end: int, value: dict[str, Any]) -> list[Timex]:
    """The expressions of an interval, which may be open at one side."""
    first, after = value.get("from"), value.get("to")
    if first and after:
        named = period(moment(first), moment(after))
        if named:
            return [expression(text, start, end, *named)]
        last = point(last_of(moment(after), after["grain"]), after["grain"])
        return ends(text, start, end, point(moment(first), first["grain"]), last)
    only = first or after
    return [expression(text, start, end, *point(moment(only), only["grain"]))] if only else []


def moment(value: dict[str, Any]) -> datetime:
    """The local time that Duckling writes with its offset."""
    return datetime.fromisoformat(value["value"]).replace(tzinfo=None)


run(tag, read)
