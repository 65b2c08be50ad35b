"""The kinds of values that pipes find, and how each is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of one pipe are shown."""

    label: str
    style: str
    show: Callable[[Mapping[str, Any]], str]


def _date(value: Mapping[str, Any]) -> str:
    day = "/".join(filter(None, (value["edtf_start"], value["edtf_end"])))
    time = "–".join(filter(None, (value["start_time"], value["end_time"])))
    inferred = f"(from {value['inferred_from']})" if day and value["inferred_from"] else ""
    return " ".join(filter(None, (day, time, inferred))) or f"{value['type'].lower()} {value['value']}"


def _place(value: Mapping[str, Any]) -> str:
    details = ", ".join(filter(None, (value["kind"], value["state"], value["ags"])))
    return f"{value['name']} ({details})"


def _venue(value: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, ("online" if value["online"] else value["name"], value["address"], value["city"])))


def _organisation(value: Mapping[str, Any]) -> str:
    acronym = f" ({value['acronym']})" if value["acronym"] else ""
    return f"{value['name']}{acronym}, {value['kind']}"


def _person(value: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (value["name"], value["title"], value["function"], value["organisation"])))


def _event(value: Mapping[str, Any]) -> str:
    ordinal = f"{value['ordinal']}. " if value["ordinal"] else ""
    kind = "" if value["event_type"] == value["name"] else f" ({value['event_type']})"
    return f"{ordinal}{value['name']}{kind}{', generic' if value['generic'] else ''}"


KINDS: Mapping[str, Kind] = {
    "dates": Kind("date", "cyan", _date),
    "places": Kind("place", "green", _place),
    "venues": Kind("venue", "bright_green", _venue),
    "organisations": Kind("organisation", "yellow", _organisation),
    "persons": Kind("person", "magenta", _person),
    "events": Kind("event", "bold bright_blue", _event),
    "statuses": Kind("status", "red", lambda value: str(value["status"])),
    "attendances": Kind("attendance", "bright_cyan", lambda value: str(value["count"])),
    "topics": Kind("topic", "bright_magenta", lambda value: str(value["name"])),
}
"""The span groups in the order in which they are listed; later styles win where spans overlap."""
