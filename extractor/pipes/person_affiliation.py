"""Which organisation the words behind a person's name bind to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from extractor.pipes.names import is_place
from extractor.pipes.person_lexicon import cue_of
from extractor.pipes.values import Organisation

_AFFILIATION = re.compile(
    r"(?:,? ?\(|, | \| ?| – |,? (?:[A-ZÄÖÜ][\w-]{1,40} ){0,3}"
    r"(?:von der|von den|von|vom|beim|bei der|bei|an der|am|des|der|für die|für das|für den|im|in der|aus der|aus dem)"
    r" )"
)
_BRACKET = re.compile(r" \(([A-ZÄÖÜ][^\W\d_]{1,30}(?: [A-ZÄÖÜ][\w-]{1,30}){1,3})\)")
_FURTHEST_AFFILIATION = 80


def organisation_after(text: str, end: int, organisations: Sequence[Organisation]) -> str | None:
    """The organisation that a bracket, a comma or "von" binds to the name before it."""
    index = bisect_right(organisations, end, key=lambda found: found["start"] + 1)
    if index < len(organisations) and organisations[index]["start"] - end <= _FURTHEST_AFFILIATION:
        organisation = organisations[index]
        if _AFFILIATION.fullmatch(text, end, organisation["start"]):
            return organisation["name"]
    bracket = _BRACKET.match(text, end)
    if bracket is None or is_place(bracket[1]) or cue_of(bracket[1].split(" ")[0]) is not None:
        return None
    return bracket[1]
