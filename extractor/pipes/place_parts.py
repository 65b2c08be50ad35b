"""Places that no table has as such: parts of a town, quarters, landscapes called after a town."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractor.pipes.names import first_names, is_common_noun, is_known_noun
from extractor.pipes.place_acceptance import MIDDLE, head_of
from extractor.pipes.place_choice import postcode_points
from extractor.pipes.place_names import Words, place_words, places_lexicon
from extractor.pipes.place_positions import SURE, Context, Position
from extractor.pipes.words import occurrences
from extractor.resources.gazetteer import Entry, Gazetteer

_NEXT_WORD = re.compile(r" ([A-ZÄÖÜ]\w*)(?!-)")
_COMPASS = re.compile(r"(?:Nord|Süd|Ost|West|Nordost|Südost|Nordwest|Südwest|Mitte|Zentrum|\w{2,20}stadt)$")
_LONGEST_VILLAGE = 24
_SITE_BEFORE = re.compile(
    r"\b(?:am|im|zum|beim|vom|zur|ans|ins|(?:an|auf|in|um|über|durch|unter) de[rmn]"
    r"|(?:um|auf|an|in|durch|über|entlang) die) $",
    re.IGNORECASE,
)
_BEI = re.compile(r" (?:bei|nahe) (?=[A-ZÄÖÜ])")
_NAME_BEFORE = re.compile(r"\b(?:[Ii]n|[Nn]ach|[Aa]us|[Vv]on) (?P<name>[A-ZÄÖÜ][a-zäöüß]{3,20})$")
_AND_NAME = re.compile(r" und (?P<name>[A-ZÄÖÜ][a-zäöüß]{3,20})(?=[ .,;:)\n])")
_TOWN_NAME = r"(?P<name>[A-ZÄÖÜ][a-zäöüß]{3,20})(?![\w-])"
_IN_BRACKETS = re.compile(rf"\b(?:[Ii]n|[Nn]ach|[Aa]us|[Bb]ei) {_TOWN_NAME} \((?=[A-ZÄÖÜ])")
_NAME_ALONE = re.compile(rf"{_TOWN_NAME}(?! [A-ZÄÖÜ])")
_FOREIGN = re.compile(r"(?: aus dem|[Ii]m| ins| vom) (?P<adjective>[a-zäöüß]{4,24}en) (?=[A-ZÄÖÜ])")
_PAIRED = ("in ", "In ", "nach ", "Nach ", "aus ", "Aus ", "zwischen ")
_REACH = 32
_LINKS = ("ens", "en", "er", "es", "s", "n", "e")
_LOCALITY_KILOMETRES = 25.0
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A place made of what the text has: its name, where it ends, the town around it if known."""

    end: int
    name: str
    kind: Literal["municipality", "locality", "region"]
    rule: str
    entry: Entry | None = None


def cuts(word: str) -> Iterable[tuple[str, str]]:
    """The ways in which a compound may be a town and a part of it: before its first and its last hyphen."""
    (first, _, rest), (front, _, last) = word.partition("-"), word.rpartition("-")
    return ((first, rest),) if first == front else ((first, rest), (front, last))


def part_of_town(word: str, end: int, context: Context, gazetteer: Gazetteer, words: Words) -> Part | None:
    """Read a town and a part of it: "Bremen-Vegesack", "in Jena-Nord", "71083 Herrenberg-Kayh"."""
    if context.position is Position.NEVER:
        return None
    for first, second in cuts(word):
        towns = _municipalities(first, gazetteer)
        if not towns or not second[:1].isupper() or second in words.not_before:
            continue
        home = _of_postcode(towns, context.postcode) or _of_position(towns, first, second, context, gazetteer, words)
        if home is not None:
            return _part(word, second, end, home, gazetteer)
    return None


def _part(word: str, second: str, end: int, home: Entry, gazetteer: Gazetteer) -> Part:
    """Return the part as a locality of its town; outside Germany, where no key leads back to it, the town itself."""
    if home.country != "DE":
        return Part(end, home.name, "municipality", "compound", home)
    near = _near(second, home, gazetteer)
    where = next((part for part in near if part.code == home.code), near[0] if near else home)
    entry = Entry(word, "locality", "DE", home.code, 0, where.latitude, where.longitude, "")
    return Part(end, word, "locality", "compound", entry)


def _municipalities(name: str, gazetteer: Gazetteer) -> list[Entry]:
    """Towns that a name can mean, most populous first; none for a name in the genitive."""
    first = name.partition(" ")[0].rstrip(".")
    entries = gazetteer.named(name) if head_of(first) == first else ()
    return [entry for entry in entries if entry.kind == "municipality"]


def _near(name: str, home: Entry, gazetteer: Gazetteer) -> list[Entry]:
    """Places of a name around a town."""
    parts = gazetteer.named(name) if head_of(name) else ()
    return [part for part in parts if part.distance(home) <= _LOCALITY_KILOMETRES]


def _of_postcode(towns: Sequence[Entry], postcode: str) -> Entry | None:
    """The town that the postcode before it belongs to."""
    return next((town for town in towns if postcode_points(town, postcode) > 0), None)


def _of_position(
    towns: Sequence[Entry], first: str, second: str, context: Context, gazetteer: Gazetteer, words: Words
) -> Entry | None:
    """The German town of which the second word is a part: known near it, a side of it, or a name where a place stands.

    Small towns need a place's position and must be no word or first name themselves ("Moritz-Bastei").
    """
    home = next((town for town in towns if town.country == "DE"), None)
    if home is None:
        return None
    side, large = _COMPASS.match(second) is not None, home.population >= MIDDLE
    if large and (side or _near(second, home, gazetteer)):
        return home
    if context.position not in SURE or "-" in second or (is_common_noun(second) and not side):
        return None
    if large and context.position is Position.SURE:
        return home
    return None if first in words.common or first in words.doubtful or first in first_names() else home


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


@lru_cache(maxsize=16384)
def is_village(word: str) -> bool:
    """Whether a word that no table has can be a village's name by its end, and nothing else: "Geestenseth"."""
    if not _SHORTEST < len(word) <= _LONGEST_VILLAGE or not word[1:].islower() or is_known_noun(word):
        return False
    lower, ends = word.lower(), place_words().village_ends
    if not lower.endswith(ends) or is_common_noun(word) or word in first_names():
        return False
    tails = (lower[cut:] for cut in range(_SHORTEST - 1, len(lower) - _SHORTEST + 1))
    return not any(tail not in ends and is_known_noun(tail.capitalize()) for tail in tails)


def village(text: str, word: str, end: int, context: Context, words: Words) -> Part | None:
    """Read a village that no table has: "in Geestenseth", "Ortsbeirat Klein Gaglow"."""
    if word in words.village_fronts:
        following = _NEXT_WORD.match(text, end)
        if context.position is Position.NEVER or following is None or not is_village(following[1]):
            return None
        return Part(following.end(), f"{word} {following[1]}", "locality", "village")
    sure = context.position is Position.SURE or (context.position is Position.CUED and context.before in _TOWARDS)
    followed = text.startswith(" ", end) and text[end + 1 : end + 2].isupper()
    return Part(end, word, "locality", "village") if sure and not followed and is_village(word) else None


def neighbours(text: str, known: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """Names beside a place, which so may be places: "in Altzella bei Nossen", "aus Schlanders und Kortsch".

    So may the names of date lines ("Altzella (Sachsen). ...", "Altzella, 3. Mai"), those before a land in brackets ("in
    Lima (Peru)"), and those that other words tell: "eine Fahrt nach Cles", "im slowenischen Piran", "Orte wie Wittgau".

    ``known`` gives the end of each place by its start; the names come with their offsets.
    """
    for beside in _BEI.finditer(text):
        name = _NAME_BEFORE.search(text, max(0, beside.start() - _REACH), beside.start())
        if beside.end() in known and name:
            yield name.start("name"), name["name"]
    for opening in _DATELINE.finditer(text):
        if opening["date"] or opening.end() in known:
            yield opening.start("name"), opening["name"]
    for town in _IN_BRACKETS.finditer(text):
        if town.end() in known:
            yield town.start("name"), town["name"]
    yield from _told_towns(text)
    starts = {end: start for start, end in known.items()}
    for pair in _AND_NAME.finditer(text):
        start = starts.get(pair.start())
        if start is not None and text.endswith(_PAIRED, 0, start):
            yield pair.start("name"), pair["name"]


def _told_towns(text: str) -> Iterator[tuple[int, str]]:
    """Names that the words before them tell to be a town's, be it known or not."""
    lexicon = places_lexicon()
    travels, exemplified = tuple(lexicon.travels), tuple(lexicon.exemplified)
    behind = [
        at + len(" nach ") for at in occurrences(text, " nach ") if text[max(0, at - 12) : at].lower().endswith(travels)
    ]
    behind += [at + len(" wie ") for at in occurrences(text, " wie ") if text.endswith(exemplified, 0, at)]
    for foreign in _FOREIGN.finditer(text):
        if foreign["adjective"] in lexicon.before_towns:
            behind.append(foreign.end())
    for name in filter(None, (_NAME_ALONE.match(text, at) for at in behind)):
        if name["name"] not in place_words().common:
            yield name.start("name"), name["name"]


@lru_cache(maxsize=16384)
def may_be_village(word: str) -> bool:
    """Whether a word can be a village's name beside a town: neither noun nor first name."""
    return word not in first_names() and not is_known_noun(word) and not is_common_noun(word)


_DATELINE = re.compile(
    r"^(?P<name>[A-ZÄÖÜ][a-zäöüß]{3,25})"
    r"(?: \(|(?P<date>, (?:den |am )?\d{1,2}\. ?(?:[A-ZÄ][a-zäö]{2,8}|\d{1,2}\.) ?\d{4}))",
    re.MULTILINE,
)
_TOWARDS = frozenset(["nach", "bei", "nahe", "Nach", "Bei"])


@lru_cache(maxsize=16384)
def is_site(word: str) -> bool:
    """Whether a compound names a water, a height or a wood: a name before a noun for one ("Tiefwarensee")."""
    lower = word.lower()
    tail = next((end for end in place_words().site_ends if lower.endswith(end)), None)
    if tail is None or word in place_words().not_sites or is_known_noun(word) or not word.replace("-", "").isalpha():
        return False
    front = word[: -len(tail)].rstrip("-")
    if len(front) < _SHORTEST:
        return False
    stems = [front, *(front.removesuffix(link) for link in _LINKS)]
    return not any(is_known_noun(stem) or is_known_noun(f"{stem}e") for stem in stems if len(stem) > 1)


def site(text: str, word: str, start: int, end: int, context: Context) -> Part | None:
    """Read a water, a height or a wood: "am Tiefwarensee", "im Luisenhain"."""
    if context.position is Position.NEVER or not is_site(word) or _NEXT_WORD.match(text, end):
        return None
    before = _SITE_BEFORE.search(text, max(0, start - 14), start)
    return Part(end, word, "region", "site") if before else None
