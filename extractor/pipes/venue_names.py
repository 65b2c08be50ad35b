"""What a venue is called: its head nouns, its nominative, the town in its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.inflection import gender_of, nominative
from extractor.pipes.names import is_common_noun
from extractor.pipes.organisation_lexicon import trigger_of
from extractor.pipes.place_acceptance import head_of
from extractor.pipes.values import Place
from extractor.resources.gazetteer import load_gazetteer

_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
_STRONG = {"m": "er", "f": "e", "n": "es"}
_LONG_NAME, _SHORT_HEAD = 6, 4
_BESIDE = ("am", "an der", "zum", "zur", "beim", "im")


class VenuesLexicon(Lexicon):
    """Schema of ``venues.toml``; word lists are strings split at blanks."""

    heads: str
    needs_name: str
    not_venues: str
    rooms: str
    labels: str
    unsure_labels: str
    not_labelled: str
    small_words: str
    contractions: str
    prepositions: str
    articles: str
    weak_contractions: str
    not_in_name: str
    times: str
    not_attributes: str
    address_ends: str
    online_formats: str
    platforms: str
    not_online: str
    takes_name: str
    takes_inn_name: str
    takes_number: str
    takes_for: str
    bodies: str
    no_streets: str
    streets: str
    rooms_with_number: str
    predicates: str
    predicate_verbs: str
    filling_verbs: str
    visiting_verbs: str
    idioms: str
    travels: str
    mere_rooms: str
    lasting_adjectives: str
    telling: str
    name_adjectives: str
    inns: str
    unsure_inns: str
    no_name_ends: str
    square_ends: str
    house_ends: str
    host_ends: str
    label_nouns: str
    bare_labels: str
    saints: str
    learned_bodies: str
    affiliations: str
    affiliation_stems: str
    unusable_verbs: str
    unusable: tuple[str, ...]
    opening_verbs: str
    doors: str
    town_kinds: str
    more_months: str
    bodies_behind_hyphen: str
    joined: str
    title_adjectives: str
    room_adjectives: str
    no_room_numbers: str
    masculine_ends: str
    plural_ends: str
    time_ends: str
    paired_heads: str
    legal_forms: str
    notes: tuple[str, ...]
    inviting: str
    contact: tuple[str, ...]
    online_beginnings: str
    held_online: str
    moved_online: str
    online_labels: str
    no_online_event: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VenueWords:
    """The lexicon in the form that the pipe asks it."""

    heads: tuple[str, ...]
    whole_heads: frozenset[str]
    needs_name: frozenset[str]
    not_venues: frozenset[str]
    rooms: tuple[str, ...]
    labels: frozenset[str]
    not_in_name: frozenset[str]
    joined: frozenset[str]
    small: frozenset[str]
    times: frozenset[str]
    not_attributes: frozenset[str]
    no_streets: frozenset[str]
    takes_name: tuple[str, ...]
    takes_inn_name: tuple[str, ...]
    takes_number: tuple[str, ...]
    takes_for: tuple[str, ...]
    bodies: tuple[str, ...]
    streets: tuple[str, ...]
    address_ends: tuple[str, ...]
    bodies_behind_hyphen: frozenset[str]
    square_ends: tuple[str, ...]
    house_ends: tuple[str, ...]
    host_ends: tuple[str, ...]
    label_nouns: frozenset[str]
    saints: tuple[str, ...]
    learned_bodies: tuple[str, ...]
    masculine_ends: tuple[str, ...]
    plural_ends: tuple[str, ...]
    time_ends: tuple[str, ...]
    paired_heads: tuple[str, ...]
    legal_forms: tuple[str, ...]
    mere_rooms: tuple[str, ...]


@lru_cache(maxsize=1)
def venues_lexicon() -> VenuesLexicon:
    """Load the lexicon once."""
    return load_lexicon("venues", VenuesLexicon)


@lru_cache(maxsize=1)
def venue_words() -> VenueWords:
    """Load the lexicon's sets once."""
    lexicon = venues_lexicon()
    return VenueWords(
        heads=tuple(lexicon.heads.split()),
        whole_heads=frozenset(lexicon.heads.split()) | frozenset(lexicon.needs_name.split()),
        needs_name=frozenset(lexicon.needs_name.split()),
        not_venues=frozenset(lexicon.not_venues.split()),
        rooms=tuple(lexicon.rooms.split()),
        labels=frozenset(lexicon.labels.split()),
        not_in_name=frozenset(lexicon.not_in_name.split()),
        joined=frozenset(lexicon.joined.split()),
        small=frozenset(lexicon.small_words.split()),
        times=frozenset(lexicon.times.split()),
        not_attributes=frozenset(lexicon.not_attributes.split()),
        no_streets=frozenset(lexicon.no_streets.split()) | frozenset(lexicon.rooms_with_number.split()),
        takes_name=tuple(lexicon.takes_name.split()),
        takes_inn_name=tuple(lexicon.takes_inn_name.split()),
        takes_number=tuple(lexicon.takes_number.split()),
        takes_for=tuple(lexicon.takes_for.split()),
        bodies=tuple(lexicon.bodies.split()),
        streets=tuple(lexicon.streets.split()),
        address_ends=tuple(lexicon.address_ends.split()),
        bodies_behind_hyphen=frozenset(lexicon.bodies_behind_hyphen.split()),
        square_ends=tuple(lexicon.square_ends.split()),
        house_ends=tuple(lexicon.house_ends.split()),
        host_ends=tuple(lexicon.host_ends.split()),
        label_nouns=frozenset(lexicon.label_nouns.split()),
        saints=tuple(lexicon.saints.split()),
        learned_bodies=tuple(lexicon.learned_bodies.split()),
        masculine_ends=tuple(lexicon.masculine_ends.split()),
        plural_ends=tuple(lexicon.plural_ends.split()),
        time_ends=tuple(lexicon.time_ends.split()),
        paired_heads=tuple(lexicon.paired_heads.split()),
        legal_forms=tuple(lexicon.legal_forms.split()),
        mere_rooms=tuple(lexicon.mere_rooms.split()),
    )


@lru_cache(maxsize=65536)
def is_head(word: str) -> bool:
    """Say whether a capitalised word can be a venue's head noun."""
    words, lower = venue_words(), word.lower()
    if word in words.not_venues or word.title() in words.not_venues:
        return False
    inner = _CAMEL.split(word)[-1].lower()
    if lower in words.whole_heads or (len(inner) > _SHORT_HEAD and inner in words.whole_heads):
        return True
    first, hyphen, last = word.rpartition("-")
    if (
        hyphen
        and last.lower() in words.whole_heads - words.bodies_behind_hyphen
        and not all(map(_is_common, first.split("-")))
    ):
        return head_of(word) is None
    return lower.endswith(words.heads) and head_of(word) is None


@lru_cache(maxsize=4096)
def is_mere_room(name: str) -> bool:
    """Whether a venue's name is but a noun for a room, as texts tell of many: "Klassenzimmer", not "Alte Turnhalle"."""
    return " " not in name and "-" not in name and name.lower() in venue_words().mere_rooms


@lru_cache(maxsize=65536)
def may_be_house_name(word: str) -> bool:
    """Whether a village's name may be a house's as well: "Lindenhof"."""
    words = venue_words()
    return word.lower().endswith(words.house_ends) and word not in words.not_venues and head_of(word) is not None


def _is_common(part: str) -> bool:
    """Whether a part of a hyphenated word is no name: "Diskussions-Forum", "IT-Zentrum", but not "Kleist-Forum"."""
    acronym = part.isupper() and trigger_of(part) is None
    return acronym or is_common_noun(part) or is_common_noun(part.removesuffix("s"))


def to_nominative(name: str, article: str | None) -> str:
    """Bring a venue's name to the nominative: "Alten Feuerwache" after "der" is "Alte Feuerwache"."""
    first, _, rest = name.partition(" ")
    if first.endswith("er") and head_of(first[:-2]) is not None:
        return name
    changed = nominative(name, article)
    gender = gender_of(rest.partition(" ")[0]) if changed == name and first.endswith("schen") else None
    return f"{first[:-2]}{_STRONG[gender]} {rest}" if gender and article else changed


def town_of(place: Place) -> str:
    """The municipality of a place: its own name, or that of the municipality it lies in."""
    home = load_gazetteer().by_ags(place["ags"]) if place["kind"] == "locality" and place["ags"] else None
    return home.name if home else place["name"]


def town_in_name(name: str) -> str | None:
    """The town that a venue's name ends with or its first word is made of, if all so called are municipalities."""
    first, blank, rest = name.partition(" ")
    adjective = first.removesuffix("er") if blank and first.endswith("er") else ""
    before, _, last = rest.rpartition(" ")
    for word in ("" if before.endswith(_BESIDE) else last, adjective):
        entries = load_gazetteer().named(word) if len(word) >= _LONG_NAME else ()
        names = {entry.name for entry in entries}
        if len(names) == 1 and all(entry.kind == "municipality" for entry in entries):
            return entries[0].name
    return None
