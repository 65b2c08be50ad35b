"""First names that share the surname of the person behind them: "Maren und Tjark Böning"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.pipes.names import first_names
from extractor.pipes.values import Person

_BEFORE = re.compile(
    r"(?:^|[^\w ] ?|(?<![A-ZÄÖÜ])\b[a-zäöüß]+ |[.!?:„\"»] |\n)(?P<given>[^\W\d_][\w’-]{1,24}) (?:und|&) $"
)
_REACH = 40


def sharing_surname(text: str, found: Sequence[Person]) -> Iterator[Person]:
    """Persons of whom only the first name stands before "und" and a full name; not "Peter Klaus und Eva Roth"."""
    for person in found:
        if " " not in person["name"]:
            continue
        match = _BEFORE.search(text, max(0, person["start"] - _REACH), person["start"])
        if match and first_names().get(match["given"]):
            start, end = match.span("given")
            name = f"{match['given']} {person['name'].rpartition(' ')[2]}"
            yield {**person, "start": start, "end": end, "name": name, "rule": "person.shared_surname", "title": None}
