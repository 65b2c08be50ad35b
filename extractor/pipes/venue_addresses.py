"""What stands around a venue's name and says where it is: its address, its postcode, the town."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractor.pipes.values import Place
from extractor.pipes.venue_names import town_in_name, town_of, venue_words
from extractor.pipes.venue_phrases import Phrase
from extractor.pipes.venue_positions import venue_positions

_TOWN_BEFORE = re.compile(
    r"(?:,? (?:im|ins|in der|in die|in den|auf dem|auf der|am|an der) (?:[a-zäöüß]{3,20} )?| \(|, |: )$"
)
_ADDRESS = re.compile(
    r"(?:,| \(| [|·–-])? ?(?P<street>(?:(?:An|Am|Auf|Im|In|Zum|Zur|Hinter|Vor|Unter)(?: de[rmn])? )?"
    r"[A-ZÄÖÜ][\w.’-]{1,40}"
    r"(?:[ -][A-ZÄÖÜ][\w.’-]{1,30}){0,3} ?\d{1,4} ?[a-z]?(?: ?[-–/+] ?\d{1,4}[a-z]?)?)(?![\w.:]| ?Uhr|\d)"
)
_POSTCODE = re.compile(
    r"(?:,| [|·–-]|\n)? ?(?:[^,|\n]{2,40}, ?){0,2}(?:[A-Z]{1,2}-)?(?P<code>\d{5}|\d{4}) (?=[A-ZÄÖÜ])"
)
_UNPLACED = ("place.village", "place.locality", "place.quarter")
"""Rules of places of which nothing says in which municipality they lie: the text may."""
_BESIDE = (" am ", " an der ", " zum ", " zur ", " beim ", " im ")
"""Before a place within a phrase that is a street, a hill or a water: "Gemeindehaus am Spiegelberg"."""
_REACH = 40


class PlacedText:
    """A reading's text with its places, which are found by where they begin and where they end."""

    def __init__(self, text: str, places: Sequence[Place]) -> None:
        self.text = text
        self.by_start = {place["start"]: place for place in places}
        self.by_end = {place["end"]: place for place in places}
        self.ends = {place["start"]: place["end"] for place in places}
        self._starts = sorted(self.by_start)

    def between(self, start: int, end: int) -> list[Place]:
        """The places that begin in ``[start, end)``, in text order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [self.by_start[at] for at in self._starts[first:last]]


def address_at(text: str, position: int) -> re.Match[str] | None:
    """The address right behind a position; its group ``street`` has the house number too."""
    address = _ADDRESS.match(text, position)
    first = address["street"].partition(" ")[0].rstrip(".") if address else ""
    return None if first in venue_words().times or first in venue_words().no_streets else address


def is_located(text: str, position: int) -> bool:
    """Whether a room, an address or a postcode stands right behind a position."""
    if venue_positions().room.match(text, position):
        return True
    return address_at(text, position) is not None or _POSTCODE.match(text, position) is not None


def town_around(placed: PlacedText, phrase: Phrase, behind: int) -> tuple[str | None, str | None]:
    """The town that a phrase, its address or the words around it name; postcode and town as written.

    ``behind`` is where what belongs to the phrase ends: its address, or its room.
    """
    text = placed.text
    postcode = _POSTCODE.match(text, behind)
    if postcode:
        place = placed.by_start.get(postcode.end())
        if place:
            return town_of(place), text[postcode.start("code") : place["end"]]
    for place in placed.between(behind, behind + _REACH):
        if _may_be_town(place) and venue_positions().town_after.fullmatch(text, behind, place["start"]):
            return (_outer(placed, place) if place["rule"] not in _UNPLACED else None), None
    for place in placed.between(phrase.start, phrase.end):
        beside = text.endswith(_BESIDE, phrase.start, place["start"])
        if _may_be_town(place) and place["rule"] not in _UNPLACED and not beside:
            return town_of(place), None
    left = text[max(0, phrase.start - _REACH) : phrase.start]
    gap = _TOWN_BEFORE.search(left)
    place = placed.by_end.get(phrase.start - len(left) + gap.start()) if gap else None
    if place is None:
        return town_in_name(phrase.name), None
    named = _may_be_town(place) and place["rule"] not in ("place.part", *_UNPLACED)
    return (town_of(place) if named else None), None


def _may_be_town(place: Place) -> bool:
    return place["kind"] in ("municipality", "locality")


def _outer(placed: PlacedText, place: Place) -> str:
    """The municipality in brackets behind a place ("Hooksiel (Gemeinde Wangerland)"), else the place's own."""
    for other in placed.between(place["end"] + 1, place["end"] + 14):
        if other["kind"] == "municipality" and placed.text.startswith(" (", place["end"]):
            return town_of(other)
    return town_of(place)
