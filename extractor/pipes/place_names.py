"""The word lists of the places pipe: what the table does not hold, and what speaks for a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractor.lang.lexicon import Lexicon, load_lexicon

_ADJECTIVE = re.compile(
    r"(\w*(?:isch|[Kk]lein|[Gg]roß|[Hh]oh|[Aa]lt|[Nn]eu|[Oo]ber|[Uu]nter|[Nn]ieder|[Ss]chwarz|[Ww]eiß|[Gg]olden|[Vv]ereinigt|[Nn]ah))e[rsnm]?"
)
NamedKind = Literal["country", "region", "river"]


class PlacesLexicon(Lexicon):
    """Schema of ``places.toml``; long word lists are strings split at blanks (``_`` for one in a name)."""

    common_words: str
    doubtful: str
    mass_words: frozenset[str]
    sure_prepositions: frozenset[str]
    prepositions: frozenset[str]
    titles: str
    locality_titles: frozenset[str]
    person_titles: frozenset[str]
    bearer_ends: str
    not_before: list[str]
    articled: frozenset[str]
    landscapes: frozenset[str]
    saying: frozenset[str]
    quarters: frozenset[str]
    church_forms: tuple[str, ...]
    parishes: tuple[str, ...]
    before_towns: frozenset[str]
    travels: list[str]
    exemplified: frozenset[str]
    village_ends: str
    village_fronts: frozenset[str]
    site_ends: list[str]
    not_sites: frozenset[str]
    masculine_rivers: frozenset[str]
    doubtful_rivers: frozenset[str]
    rivers: str
    regions: str
    countries: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Named:
    """A country, region or river by one of its spellings; ``rest`` is what follows the first word."""

    rest: str
    name: str
    kind: NamedKind
    country: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon in the form that the pipe asks it."""

    common: frozenset[str]
    doubtful: frozenset[str]
    mass_words: frozenset[str]
    sure_prepositions: frozenset[str]
    prepositions: frozenset[str]
    titles: frozenset[str]
    locality_titles: frozenset[str]
    person_titles: frozenset[str]
    bearer_ends: tuple[str, ...]
    not_before: tuple[str, ...]
    articled: frozenset[str]
    landscapes: frozenset[str]
    saying: frozenset[str]
    quarters: frozenset[str]
    village_ends: tuple[str, ...]
    village_fronts: frozenset[str]
    site_ends: tuple[str, ...]
    not_sites: frozenset[str]
    masculine_rivers: frozenset[str]
    doubtful_rivers: frozenset[str]
    named: dict[str, tuple[Named, ...]]


@lru_cache(maxsize=1)
def places_lexicon() -> PlacesLexicon:
    """The lexicon as it is written, loaded once."""
    return load_lexicon("places", PlacesLexicon)


@lru_cache(maxsize=1)
def place_words() -> Words:
    """The lexicon, loaded once."""
    lexicon = places_lexicon()
    return Words(
        common=frozenset(lexicon.common_words.split()),
        doubtful=frozenset(lexicon.doubtful.split()),
        mass_words=lexicon.mass_words,
        sure_prepositions=lexicon.sure_prepositions,
        prepositions=lexicon.prepositions | lexicon.sure_prepositions,
        titles=frozenset(lexicon.titles.split()) | lexicon.locality_titles,
        locality_titles=lexicon.locality_titles,
        person_titles=lexicon.person_titles,
        bearer_ends=tuple(lexicon.bearer_ends.split()),
        not_before=tuple(lexicon.not_before),
        articled=lexicon.articled,
        landscapes=lexicon.landscapes,
        saying=lexicon.saying,
        quarters=lexicon.quarters,
        village_ends=tuple(lexicon.village_ends.split()),
        village_fronts=lexicon.village_fronts,
        site_ends=tuple(lexicon.site_ends),
        not_sites=lexicon.not_sites,
        masculine_rivers=lexicon.masculine_rivers,
        doubtful_rivers=lexicon.doubtful_rivers,
        named=_named(lexicon),
    )


def _named(lexicon: PlacesLexicon) -> dict[str, tuple[Named, ...]]:
    """Countries, regions and rivers by first word, longest first, with their inflected forms."""
    found: dict[str, list[Named]] = {}

    def add(name: str, spelling: str, kind: NamedKind, country: str | None = None) -> None:
        head, blank, rest = spelling.partition(" ")
        for form in _adjective_forms(head) if blank else (head, f"{head}s"):
            found.setdefault(form, []).append(Named(blank + rest, name, kind, country))

    for country, names in lexicon.countries.items():
        for name in names:
            add(names[0], name, "country", country)
    for name in lexicon.rivers.split():
        add(name.replace("_", " "), name.replace("_", " "), "river")
    for name in lexicon.regions.replace("\n", "").split(","):
        add(name, name, "region")
    return {head: tuple(sorted(entries, key=lambda named: -len(named.rest))) for head, entries in found.items()}


def _adjective_forms(word: str) -> tuple[str, ...]:
    """Return "Schwäbische", "Kleiner" with each ending that an adjective before a noun has."""
    adjective = _ADJECTIVE.fullmatch(word)
    return tuple(adjective[1] + ending for ending in ("e", "er", "es", "en", "em")) if adjective else (word,)
