"""Places that no table has as such: parts of a town, quarters, landscapes called after a town."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extractor.pipes.place_acceptance import head_of, large_town
from extractor.pipes.place_names import Words
from extractor.pipes.place_positions import Context, Position
from extractor.resources.gazetteer import Entry, Gazetteer

_NEXT_WORD = re.compile(r" ([A-ZÄÖÜ]\w*)(?!-)")
_COMPASS = re.compile(r"(?:Nord|Süd|Ost|West|Nordost|Südost|Nordwest|Südwest|Mitte|Zentrum|\w{2,20}stadt)$")
_LOCALITY_KILOMETRES = 25.0
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A place made of what the text has: its name, where it ends, the town around it if known."""

    end: int
    name: str
    kind: Literal["locality", "region"]
    rule: str
    entry: Entry | None = None


def part_of_town(word: str, end: int, context: Context, gazetteer: Gazetteer, words: Words) -> Part | None:
    """Read a town and a part of it: "Bremen-Vegesack", "Kassel-Wilhelmshöhe", "in Jena-Nord"."""
    first, _, second = word.partition("-")
    town = large_town(gazetteer, first)
    if town is None or not second[:1].isupper() or second in words.not_before or context.position is Position.NEVER:
        return None
    home = town.entries[0]
    parts = gazetteer.named(second) if head_of(second) else ()
    near = [part for part in parts if part.distance(home) <= _LOCALITY_KILOMETRES]
    if not near and not _COMPASS.match(second) and (context.position is not Position.SURE or "-" in second):
        return None
    where = next((part for part in near if part.code == home.code), near[0] if near else home)
    entry = Entry(word, "locality", "DE", home.code, 0, where.latitude, where.longitude, "")
    return Part(end, word, "locality", "compound", entry)


def quarter(word: str, end: int, before: str, context: Context, words: Words) -> Part | None:
    """Read a part of a town that is named as one: "im Stadtteil Amselgrund", "in der Nordstadt"."""
    if context.position is Position.NEVER or len(word) < _SHORTEST:
        return None
    if word in words.quarters:
        return Part(end, word, "locality", "quarter")
    return Part(end, word, "locality", "locality") if before in words.locality_titles else None


def landscape(text: str, word: str, start: int, end: int, words: Words) -> Part | None:
    """Read a landscape called after a town: "Barnimer Heide", "im Kieler Umland"."""
    following = _NEXT_WORD.match(text, end) if len(word) > _SHORTEST else None
    if following is None or text[start - 1 : start] == "-":
        return None
    noun = following[1] if following[1] in words.landscapes else following[1].removesuffix("s")
    return Part(following.end(), f"{word} {noun}", "region", "landscape") if noun in words.landscapes else None
