"""Venues that are no place: "online", a platform, a video conference."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.pipes.values import Venue
from extractor.pipes.venue_names import venues_lexicon

_CUE = re.compile(r"[OoDdVvN](?:nline|NLINE|igital|irtuell|etz\b)")
_AFTER = re.compile(r"(?P<hyphen>-?)(?P<blank> ?)(?P<word>[\w]{2,30})")
_TAKES_PLACE = re.compile(
    r"\s(?:statt|stattgefunden|stattfinden|abgehalten|durchgeführt|veranstaltet|zusammen|getagt|ausgerichtet|teil)\b"
)
_PLATFORM = re.compile(
    r"(?:[Pp]er|[Vv]ia|[Üü]ber|[Aa]uf|[Mm]it|[Ii]m|[Aa]ls|in|[Dd]urch) "
    r"(?:(?:einer|einem|eine|den|dem|das) )?(?:Microsoft |MS |Cisco |Google )?$"
)
_LABEL = re.compile(r"(?:Ort|Wo|Treffpunkt|Veranstaltungsort|Format)(?:[:?]| ist)? {0,2}$")
_NET = re.compile(r"(?:[Ii]ns|[Ii]m) $")
_MOVED = re.compile(r" (?:verlegt|verlagert|statt|stattgefunden|gestreamt|übertragen|ausweichen)")
_NO_EVENT = re.compile(
    r"(?:gibt(?:'s| es)|[Aa]nmeld\w*|[Tt]ickets?|Karten|Infos?|Informationen|Programm|Download|Formular|"
    r"bestell\w*|buch\w*|finden Sie|erhältlich|Angebote?|Bewerbung\w*|Anträge|Antrag|abstimm\w*|Umfrage|lesen)"
    r"(?: \w+){0,2} $"
)
_SET_OFF = re.compile(r"[,;.)|\n(]| \(| [|–-]|$")


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    lexicon = venues_lexicon()
    return (
        frozenset(lexicon.platforms.split()),
        frozenset(lexicon.online_formats.split()),
        tuple(lexicon.not_online.split()),
    )


def find_online(text: str) -> list[Venue]:
    """Return the mentions of an event held online, offsets into ``text``."""
    found = [
        _online(cue.start(), cue.end())
        for cue in _CUE.finditer(text)
        if _is_online(text, cue.start(), cue.end(), cue[0].lower())
    ]
    platforms, formats, _ = _lists()
    for name in re.finditer(
        r"(?:Zoom|Teams|Web|Big|GoTo|Jitsi|Skype|You|Twitch|Disc|Video|Live|Stream|Telefon|Online|BBB|edudip|Vimeo)[\w-]*",
        text,
    ):
        before = text[max(0, name.start() - 40) : name.start()]
        if name[0] in formats or (name[0] in platforms and _PLATFORM.search(before)):
            found.append(_online(name.start(), name.end()))
    return _distinct(found)


def _is_online(text: str, start: int, end: int, cue: str) -> bool:
    if start and (text[start - 1].isalnum() or text[start - 1] in "-/.@"):
        return False
    before = text[max(0, start - 30) : start]
    if cue == "netz":
        return _NET.search(before) is not None and _MOVED.match(text, end) is not None
    if cue in ("digital", "virtuell"):
        return _TAKES_PLACE.match(text, end) is not None or (
            bool(_LABEL.search(before)) and _SET_OFF.match(text, end) is not None
        )
    following = _AFTER.match(text, end)
    if _NO_EVENT.search(before):
        return False
    if following is None:
        return True
    return not following["word"].lower().startswith(_lists()[2]) and (
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
