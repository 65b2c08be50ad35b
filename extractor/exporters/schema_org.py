"""Terms of the schema.org vocabulary for what the record says in German: ``lang/de/schema_org.toml``."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extractor.lang.lexicon import Lexicon, load_lexicon


class EventTerm(Lexicon):
    """Words for one type of event, the reason, and what is and what is not of the type."""

    type: str
    reason: str
    words: tuple[str, ...]
    endings: tuple[str, ...]
    examples: tuple[str, ...]
    others: tuple[str, ...]


class KindTerm(Lexicon):
    """The record's kinds of organisations or places that are of one type."""

    type: str
    reason: str
    kinds: tuple[str, ...]


class SchemaOrgTerms(Lexicon):
    """Schema of ``schema_org.toml``."""

    events: tuple[EventTerm, ...]
    organisations: tuple[KindTerm, ...]
    places: tuple[KindTerm, ...]


def terms() -> SchemaOrgTerms:
    """The table of terms."""
    return load_lexicon("schema_org", SchemaOrgTerms)


def type_of_event(event_type: str) -> str:
    """The subtype of Event that the longest fitting word or ending names, else ``Event``."""
    name = " ".join(event_type.casefold().split())
    tables = _tables()
    if name in tables.words:
        return tables.words[name]
    for length in range(min(len(name), tables.longest), 0, -1):
        found = tables.endings.get(name[-length:])
        if found is not None:
            return found
    return "Event"


def type_of_organisation(kind: str | None) -> str:
    """The subtype of Organization for a kind of the record, else ``Organization``."""
    return _tables().organisations.get(kind or "", "Organization")


def type_of_place(kind: str) -> str:
    """The subtype of Place for a kind of the record, else ``Place``."""
    return _tables().places.get(kind, "Place")


class _Tables(NamedTuple):
    words: dict[str, str]
    endings: dict[str, str]
    longest: int
    organisations: dict[str, str]
    places: dict[str, str]


@cache
def _tables() -> _Tables:
    table = terms()
    endings = {ending.casefold(): term.type for term in table.events for ending in term.endings}
    return _Tables(
        words={word.casefold(): term.type for term in table.events for word in term.words},
        endings=endings,
        longest=max(map(len, endings)),
        organisations={kind: term.type for term in table.organisations for kind in term.kinds},
        places={kind: term.type for term in table.places for kind in term.kinds},
    )
