"""Which town is meant: "Halle" beside 06110, beside Merseburg, or on its own.

Every candidate gets points for what the text says about it; the most points win, and candidates
within a point of the winner are named as alternatives. The points are ordered so that an explicit
statement (full name elsewhere, postcode) outweighs neighbourhood, and neighbourhood size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.resources.gazetteer import Entry

_FULL_NAME, _SAME_POSTCODE, _SAME_REGION, _STATE, _DISTRICT = 12.0, 8.0, 5.0, 1.0, 2.5
_NEAR, _NEARBY = (25.0, 1.5), (80.0, 0.7)
_LOCALITY, _HOME_NAMED, _ABROAD, _REGION_NAME = -1.0, 3.0, -1.0, 2.5
_CLOSE = 1.0
_MOST_ANCHORS = 60


@dataclass(slots=True)
class Evidence:
    """What a text says of its places: towns named without doubt, states and districts."""

    anchors: list[Entry] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """Take in a place that is named without doubt."""
        if entry.kind in ("state", "district", "region"):
            self.codes.add(entry.country + entry.code)
        elif entry not in self.anchors and len(self.anchors) < _MOST_ANCHORS:
            self.anchors.append(entry)
        self.countries.add(entry.country)


def choose(candidates: Sequence[Entry], postcode: str, evidence: Evidence) -> tuple[Entry, list[Entry]]:
    """The candidate meant, and those that came close."""
    if len(candidates) == 1:
        return candidates[0], []
    scored = sorted(
        ((_points(entry, evidence, postcode), entry) for entry in candidates),
        key=lambda pair: (-pair[0], pair[1].name, pair[1].code),
    )
    best, winner = scored[0]
    close = [entry for points, entry in scored[1:] if best - points <= _CLOSE and not _same(entry, winner)]
    return winner, close


def _same(a: Entry, b: Entry) -> bool:
    return a.name == b.name and a.country == b.country and (a.code[:5] == b.code[:5] or "state" in (a.kind, b.kind))


def _points(entry: Entry, evidence: Evidence, postcode: str) -> float:
    points = math.log10(entry.population + 10)
    if entry.kind in ("state", "region"):
        points = 5.0 + (_REGION_NAME if len(entry.code) < 3 and entry.code not in ("02", "04", "11") else -3.0)
    if any(anchor is entry for anchor in evidence.anchors):
        points += _FULL_NAME
    points += postcode_points(entry, postcode)
    points += _STATE if entry.country + entry.code[:2] in evidence.codes else 0.0
    points += _DISTRICT if entry.country + entry.code[:5] in evidence.codes else 0.0
    if entry.country != "DE" and entry.country not in evidence.countries:
        points += _ABROAD
    if entry.kind == "locality":
        home = any(anchor.code == entry.code for anchor in evidence.anchors if anchor.kind == "municipality")
        points += _LOCALITY + (_HOME_NAMED if home else 0.0)
    return points + _neighbourhood(entry, evidence.anchors)


def postcode_points(entry: Entry, postcode: str) -> float:
    """German postcodes share their first digits with the town's main one."""
    if not postcode or entry.kind == "state":
        return 0.0
    if len(postcode) == 4:
        return _SAME_REGION if entry.country in ("AT", "CH", "LU", "LI") else 0.0
    if entry.country == "DE" and entry.postcode:
        return (
            _SAME_POSTCODE
            if entry.postcode[:3] == postcode[:3]
            else _SAME_REGION * (entry.postcode[:2] == postcode[:2])
        )
    return 0.0


def _neighbourhood(entry: Entry, anchors: Sequence[Entry]) -> float:
    nearest = min((entry.distance(anchor) for anchor in anchors if anchor is not entry), default=math.inf)
    for kilometres, points in (_NEAR, _NEARBY):
        if nearest <= kilometres:
            return points
    return 0.0
