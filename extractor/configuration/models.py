"""What a user may tell of the world: the schema of the configuration file.

The file is TOML; ``schemas/config-1.0.schema.json`` is made from ``ConfigurationFile``. A configuration is plain,
immutable data, so it can be pickled into another process, or read there again from its ``path``.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from extractor.records import OrganisationKind

MAX_NAME = 200
"""Characters that a name may have."""
MAX_ENTRIES = 20_000
"""Entries that one list of the file may have."""


def _composed(name: str) -> str:
    """A name as readings have it: letters composed, blanks single."""
    if not any(map(str.isalnum, name)):
        raise ValueError("should have a letter or a figure")
    return unicodedata.normalize("NFC", " ".join(name.split()))


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME)]
"""What a record shows: a town, a title, an address."""
NameText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=2, max_length=MAX_NAME, pattern=r"^[^\x00-\x1f\x7f]*$"),
    AfterValidator(_composed),
]
"""What is looked for in texts: one line with a letter or figure in it, at least two characters."""
Uri = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"),
]
"""An absolute URI or IRI (RFC 3987), any scheme."""
Aliases = Annotated[tuple[NameText, ...], Field(max_length=200)]
Gender = Literal["m", "f", "n"]
VocabularyFormat = Literal["csv", "rdf-xml", "turtle", "json-ld"]
Find = Literal["everywhere", "topics"]


class Entry(BaseModel):
    """Base of everything in the file: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class KnownOrganisation(Entry):
    """An organisation: every name it has in texts, the one it has in records first."""

    name: NameText = Field(description="Name in records, nominative, without article.")
    acronym: NameText | None = Field(None, description="Acronym; found in texts, and given in records.")
    aliases: Aliases = Field((), description="Further names by which texts call it.")
    kind: OrganisationKind | None = Field(None, description="Kind in records; else told by the name.")

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called in texts."""
        return (self.name, *((self.acronym,) if self.acronym else ()), *self.aliases)


class KnownVenue(Entry):
    """A building or site where events take place."""

    name: NameText = Field(description="Name in records, nominative, without article.")
    aliases: Aliases = Field((), description="Further names by which texts call it.")
    city: Text | None = Field(None, description="Town of the venue: an event's where no town stands beside the venue.")
    address: Text | None = Field(None, description="Address, where the text gives none.")

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called in texts."""
        return (self.name, *self.aliases)


class KnownEventType(Entry):
    """A noun that names an event: "Transferwerkstatt"."""

    name: NameText = Field(description="The noun, singular nominative.")
    aliases: Aliases = Field((), description="Other nouns for the same, singular nominative.")
    plural: NameText | None = Field(None, description="Its plural; else the usual ones are found.")
    gender: Gender | None = Field(None, description="m, f or n; else told by the noun's ending.")
    type: NameText | None = Field(None, description="event_type in records; else the noun itself.")

    @property
    def names(self) -> tuple[str, ...]:
        """The nouns, singular."""
        return (self.name, *self.aliases)


class KnownSeries(Entry):
    """A series of events with a name of its own."""

    name: NameText = Field(description="Name in records, of the series and of its events.")
    aliases: Aliases = Field((), description="Further names by which texts call it.")
    event_type: NameText | None = Field(None, description="event_type of its events; else the last word of its name.")

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called in texts."""
        return (self.name, *self.aliases)


class KnownPerson(Entry):
    """A person who is named in texts."""

    name: NameText = Field(description="First name and surname, without title.")
    aliases: Aliases = Field((), description="Further names by which texts call the person.")
    title: Text | None = Field(None, description="Academic title, where the text gives none.")
    function: Text | None = Field(None, description="Office or profession, where the text gives none.")
    organisation: Text | None = Field(None, description="Organisation, where the text gives none.")

    @property
    def names(self) -> tuple[str, ...]:
        """All that the person is called in texts."""
        return (self.name, *self.aliases)


class KnownTopic(Entry):
    """A topic, given in the file or a concept of a vocabulary."""

    name: NameText = Field(description="Name in records: the preferred label.")
    aliases: Aliases = Field((), description="Other labels, synonyms.")
    concept: Uri | None = Field(None, description="URI of the concept, for topics[].concept.")
    find: Find = Field(
        "everywhere",
        description="everywhere: a label is a topic wherever it stands. topics: only where it is one without the file.",
    )

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called in texts."""
        return (self.name, *self.aliases)


class Vocabulary(Entry):
    """A file with topics: a table (CSV) or a thesaurus in SKOS."""

    file: Text = Field(description="Path, counted from the folder of the configuration file.")
    format: VocabularyFormat | None = Field(None, description="Else told by the suffix: .csv, .rdf, .ttl, .jsonld.")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = Field(
        "de", description="Language of the labels that are read, in SKOS."
    )
    find: Find = Field("everywhere", description="As for topics.")


class ConfigurationFile(Entry):
    """Names that the user knows, for extractor's --config."""

    organisations: tuple[KnownOrganisation, ...] = Field((), max_length=MAX_ENTRIES)
    venues: tuple[KnownVenue, ...] = Field((), max_length=MAX_ENTRIES)
    event_types: tuple[KnownEventType, ...] = Field((), max_length=MAX_ENTRIES)
    series: tuple[KnownSeries, ...] = Field((), max_length=MAX_ENTRIES)
    persons: tuple[KnownPerson, ...] = Field((), max_length=MAX_ENTRIES)
    topics: tuple[KnownTopic, ...] = Field((), max_length=MAX_ENTRIES)
    vocabularies: tuple[Vocabulary, ...] = Field((), max_length=50)


class Configuration(Entry):
    """What a configuration file and its vocabularies hold; ``Configuration.load`` reads them.

    It is plain data that can be pickled; ``path`` is the file that it was read from, to be read again elsewhere.
    """

    path: str | None = None
    organisations: tuple[KnownOrganisation, ...] = ()
    venues: tuple[KnownVenue, ...] = ()
    event_types: tuple[KnownEventType, ...] = ()
    series: tuple[KnownSeries, ...] = ()
    persons: tuple[KnownPerson, ...] = ()
    topics: tuple[KnownTopic, ...] = ()

    @classmethod
    def load(cls, path: str | Path) -> Configuration:
        """Read a configuration file and the vocabularies that it names.

        Raises ``BadConfiguration``, with file and line, for what cannot be used, and ``MissingExtra`` where a
        vocabulary in SKOS needs a library that is not installed.
        """
        from extractor.configuration.loading import load

        return load(path)
