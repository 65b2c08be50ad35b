"""The contract: what a report yields. ``schemas/`` is generated from these models.

Field names follow schema.org/Event and RFC 5545 where they have a word for it. All offsets are
half-open code-point offsets into the text as the reader returned it. Dates are EDTF (ISO 8601-2,
levels 0 and 1, seasons and quarters of level 2), times are local, ``HH:MM``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from extractor.edtf import EDTF_PATTERN, parse

SCHEMA_VERSION: Final = "1.0"


def _existing(text: str) -> str:
    """The EDTF date, if the calendar has it."""
    parse(text)
    return text


Edtf = Annotated[
    str,
    StringConstraints(pattern=EDTF_PATTERN),
    AfterValidator(_existing),
    Field(json_schema_extra={"format": "edtf"}),
]
LocalTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-4]):[0-5][0-9]$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Offset = Annotated[int, Field(ge=0)]


class Record(BaseModel):
    """Base of all records: unknown fields are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


Counted = Annotated[int | None, Field(ge=1, exclude_if=lambda value: value is None)]
"""A number from 1 on; a record leaves the field out where there is none."""


class Mention(Record):
    """A place in the text that says something: ``text[start:end] == quote``."""

    start: Offset
    end: Offset
    quote: str
    rule: str = Field(description="Id of the rule or model that found it.")
    page: Counted = Field(None, description="Page of the source on which it stands, if the format has pages.")
    paragraph: Counted = Field(
        None, description="Paragraph in which it stands, counted on the page or in the document, if the format has any."
    )


class Evidence(Mention):
    """A mention that proves one field of an event, such as ``when.start``."""

    field: str


class Source(Record):
    """The document that the report was read from."""

    uri: str
    media_type: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    language: str = Field(description="BCP 47 tag of the text's language, or 'und'.")
    title: str | None = None
    published: Edtf | None = None
    characters: int = Field(ge=0, description="Length of the text in code points.")


class When(Record):
    """When an event takes place. What the text does not give stays open: July 2025 is ``2025-07``."""

    text: str = Field(description="The words of the text that give the date.")
    start: Edtf
    end: Edtf | None = None
    previous_start: Edtf | None = Field(None, description="Old date of a postponed event.")
    start_time: LocalTime | None = None
    end_time: LocalTime | None = None
    timezone: str = Field("Europe/Berlin", description="IANA time zone of the local times.")
    precision: Literal["day", "week", "month", "season", "quarter", "half", "year", "decade", "century"]
    approximate: bool = False
    inferred_from: str | None = Field(None, description="Where a part came from that the words leave out.")


class Where(Record):
    """Where an event takes place."""

    city: Name | None = None
    venue: Name | None = None
    address: Name | None = None
    online: bool = False
    place: str | None = Field(None, description="Name of the city's entry in the report's ``places``.")


class Event(Record):
    """One event, with the words that prove its values."""

    id: str
    role: Literal["main", "follow_up", "other"]
    name: Name
    event_type: Name
    series: Name | None = None
    ordinal: int | None = Field(None, ge=1)
    when: When | None = None
    where: Where | None = None
    status: Literal["planned", "held", "cancelled", "postponed"]
    organisers: list[Name] = []
    topics: list[Name] = []
    attendance: int | None = Field(None, ge=0)
    evidence: list[Evidence] = []
    confidence: float = Field(ge=0, le=1)


OrganisationKind = Literal[
    "authority",
    "municipality",
    "company",
    "association",
    "university",
    "initiative",
    "school",
    "church",
    "media",
    "other",
]
"""The kinds that the rules tell apart; a record of another version may have others."""


class Organisation(Record):
    """An organisation that the text names."""

    name: Name
    acronym: Name | None = None
    kind: str | None = None
    roles: list[Literal["organiser", "host", "speaker", "participant", "funder", "mentioned"]]
    mentions: list[Mention]


class Person(Record):
    """A person whom the text names; ``name`` is without title and office."""

    name: Name
    title: Name | None = None
    function: Name | None = None
    organisation: Name | None = None
    mentions: list[Mention]


class Place(Record):
    """A named place; ``ags`` is the official key of German municipalities and districts."""

    name: Name
    kind: Literal["municipality", "district", "state", "country", "region", "river", "locality", "venue"]
    ags: str | None = None
    state: str | None = None
    country: str | None = Field(None, description="ISO 3166-1 alpha-2 code.")
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    mentions: list[Mention]


class Topic(Record):
    """What an event was about, as the text says it."""

    name: Name
    concept: str | None = Field(None, description="URI of the concept in a chosen vocabulary.")
    mentions: list[Mention]


class Span(Record):
    """A stretch of the text: ``text[start:end] == quote``."""

    start: Offset
    end: Offset
    quote: str


class Warning(Record):
    """Something a reader should look at."""

    code: str
    message: str
    span: Span | None = None


class Report(Record):
    """The record of one report."""

    schema_version: Literal["1.0"] = "1.0"
    generator: str
    id: str
    source: Source
    main_event: Event | None = None
    follow_ups: list[Event] = []
    other_events: list[Event] = []
    organisations: list[Organisation] = []
    persons: list[Person] = []
    places: list[Place] = []
    topics: list[Topic] = []
    warnings: list[Warning] = []

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as canonical JSON: fields in contract order, NFC, equal bytes for equal records.

        Quotes are left as they stand in the text, so that they equal it at their offsets.
        """
        return canonical_json(self.model_dump(mode="json"), indent)


class ErrorRecord(Record):
    """What a batch yields for a document that could not be read."""

    source: str
    code: str
    message: str

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as one canonical JSON object."""
        return canonical_json(self.model_dump(mode="json"), indent)


_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that end a line for some readers of JSON lines, or steer a terminal; JSON lets them stand."""


def canonical_json(value: Any, indent: int | None) -> str:
    """JSON with letters composed (NFC), but for quotes; what could end a line or steer a terminal is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    if not unicodedata.is_normalized("NFC", text):
        text = json.dumps(_composed(value), ensure_ascii=False, indent=indent, allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _composed(value: Any, key: str = "") -> Any:
    """Strings in NFC, but for those that quote the source."""
    if isinstance(value, dict):
        return {name: _composed(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_composed(item, key) for item in value]
    if isinstance(value, str) and key not in ("quote", "text", "uri"):
        return unicodedata.normalize("NFC", value)
    return value
