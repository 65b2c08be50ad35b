"""Venues that are no place: "online", a platform, a video conference."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.pipes.values import Venue
from extractor.pipes.venue_names import venues_lexicon

_CUE = re.compile(r"[OoDdVvN](?:nline|NLINE|igital|irtuell|etz\b)")
_AFTER = re.compile(r"(?P<hyphen>-?)(?P<blank> ?)(?P<word>[\w]{2,30})")
_PLATFORM = re.compile(
    r"(?:[Pp]er|[Vv]ia|[Üü]ber|[Aa]uf|[Mm]it|[Ii]m|[Aa]ls|in|[Dd]urch) "
    r"(?:(?:einer|einem|eine|den|dem|das) )?(?:Microsoft |MS |Cisco |Google )?$"
)
_NET = re.compile(r"(?:[Ii]ns|[Ii]m) $")
_SET_OFF = re.compile(r"[,;.)|\n(]| \(| [|–-]|$")


class _Words(NamedTuple):
    """What the lexicon says of online events, in the form that is asked."""

    platforms: frozenset[str]
    formats: frozenset[str]
    not_online: tuple[str, ...]
    begin: re.Pattern[str]
    takes_place: re.Pattern[str]
    moved: re.Pattern[str]
    label: re.Pattern[str]
    no_event: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    lexicon = venues_lexicon()
    return _Words(
        platforms=frozenset(lexicon.platforms.split()),
        formats=frozenset(lexicon.online_formats.split()),
        not_online=tuple(lexicon.not_online.split()),
        begin=re.compile(rf"(?:{lexicon.online_beginnings.replace(' ', '|')})[\w-]*"),
        takes_place=re.compile(rf"\s(?:{lexicon.held_online.replace(' ', '|')})\b"),
        moved=re.compile(rf" (?:{lexicon.moved_online.replace(' ', '|')})"),
        label=re.compile(rf"(?:{lexicon.online_labels.replace(' ', '|')})(?:[:?]| ist)? {{0,2}}$"),
        no_event=re.compile(rf"(?:{'|'.join(lexicon.no_online_event)})(?: \w+){{0,2}} $"),
    )


def find_online(text: str) -> list[Venue]:
    """Return the mentions of an event held online, offsets into ``text``."""
    found = [
        _online(cue.start(), cue.end())
        for cue in _CUE.finditer(text)
        if _is_online(text, cue.start(), cue.end(), cue[0].lower())
    ]
    words = _words()
    for name in words.begin.finditer(text):
        before = text[max(0, name.start() - 40) : name.start()]
        if name[0] in words.formats or (name[0] in words.platforms and _PLATFORM.search(before)):
            found.append(_online(name.start(), name.end()))
    return _distinct(found)


def _is_online(text: str, start: int, end: int, cue: str) -> bool:
    if start and (text[start - 1].isalnum() or text[start - 1] in "-/.@"):
        return False
    before = text[max(0, start - 30) : start]
    if cue == "netz":
        return _NET.search(before) is not None and _words().moved.match(text, end) is not None
    if cue in ("digital", "virtuell"):
        return _words().takes_place.match(text, end) is not None or (
            bool(_words().label.search(before)) and _SET_OFF.match(text, end) is not None
        )
    following = _AFTER.match(text, end)
    if _words().no_event.search(before):
        return False
    if following is None:
        return True
    return not following["word"].lower().startswith(_words().not_online) and (
        following["hyphen"] != "" or following["blank"] != ""
    )


def _online(start: int, end: int) -> Venue:
    return Venue(start=start, end=end, rule="venue.online", name="online", city=None, address=None, online=True)


def _distinct(found: list[Venue]) -> list[Venue]:
    """In text order, without those that overlap an earlier one."""
    kept: list[Venue] = []
    for venue in sorted(found, key=lambda venue: venue["start"]):
        if not kept or venue["start"] >= kept[-1]["end"]:
            kept.append(venue)
    return kept
