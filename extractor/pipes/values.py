"""What each pipe finds, as plain data.

A pipe adds spans to ``doc.spans[KEY]`` and sets one extension on each span, ``span._.KEY``, whose
value is one of the dictionaries below. They hold only JSON types, so a ``Doc`` still goes through
``Doc.to_bytes`` and ``nlp.pipe(n_process=2)``.

``start`` and ``end`` are half-open code-point offsets into ``doc.text`` and exact, whereas the
span itself covers whole tokens.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from extractor.records import OrganisationKind as OrganisationKind

TimexMod = Literal["START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"]
DatePart = Literal["year", "half", "quarter", "season", "month", "week", "day"]


class Found(TypedDict):
    """Common to all: where it stands and which rule found it."""

    start: int
    end: int
    rule: str


class FoundName(Found):
    """A name; ``score`` stands only where a statistical model found it: how sure it is, 0 to 1."""

    score: NotRequired[float | None]


class Entity(FoundName):
    """A named entity that a statistical model found, ``doc.spans["entities"]``.

    ``label`` is PER, LOC, ORG or OTH, or one of them with DERIV ("Berliner") or PART ("EU-weit"). ``score`` is how
    probable the model holds its least certain word, None for a model that gives no scores.
    """

    label: str


ConfiguredKind = Literal["organisation", "venue", "event_type", "series", "person", "topic"]


CONFIGURED = ".configured"
"""Ends the id of a rule that goes back to the user's configuration, but for how an event's title was given."""


class Configured(Found):
    """A name of the user's configuration, ``doc.spans["configured"]``, for the pipe of its kind to take up.

    ``name`` is the one for records; ``plural`` is true for an event noun in the plural. ``details`` are what the
    configuration says besides: ``acronym`` and ``kind`` of an organisation, ``city`` and ``address`` of a venue,
    ``type`` and ``gender`` of an event noun or a series, ``title``, ``function`` and ``organisation`` of a person,
    ``concept`` and ``find`` of a topic.
    """

    kind: ConfiguredKind
    name: str
    plural: bool
    details: dict[str, str | None]


class Timex(Found):
    """A temporal expression, ``doc.spans["dates"]``.

    ``type`` and ``value`` follow TIMEX3 (TimeML 1.2.1), and so do ``mod`` ("Anfang Juni" is START, "etwa drei
    Wochen" APPROX), ``quant`` (EVERY for "jeden Dienstag") and ``freq`` (2X for "zweimal im Jahr"). The value of a
    range is an interval of ISO 8601, two values with a slash.

    ``edtf_start`` and ``edtf_end`` are ISO 8601-2 dates of level 0 or 1 (``XXXX-05-16`` where no year is known):
    what a date, or the day of "gestern Abend", covers; ``edtf_end`` where the expression spans several days. Times
    are local, ``HH:MM``. A date and the clock time that belongs to it ("am 4. März, 18 Uhr") are two timexes.

    ``precision`` is the grain: the smallest unit that is known, "none" for durations, sets and vague references
    ("damals"). ``approximate`` says that the words make it only about right. ``inferred`` lists the parts of the
    value that the words leave out, ``inferred_from`` says where they come from: the date line of the text, the
    reference date, other dates of the text (``context``), or the weekday, to which only one year fits.
    ``weekday_conflict`` is true where the weekday that the text names is not that of the date.
    """

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: TimexMod | None
    quant: Literal["EVERY"] | None
    freq: str | None
    edtf_start: str | None
    edtf_end: str | None
    start_time: str | None
    end_time: str | None
    precision: Literal["day", "week", "month", "season", "quarter", "half", "year", "decade", "century", "time", "none"]
    approximate: bool
    weekday_conflict: bool
    inferred: list[DatePart]
    inferred_from: Literal["date_line", "reference_date", "context", "weekday"] | None


class Place(FoundName):
    """A named place, ``doc.spans["places"]``; ``name`` is the official spelling, nominative.

    ``alternatives`` names the other readings when the choice between towns was close.
    """

    name: str
    kind: Literal["municipality", "district", "state", "country", "region", "river", "locality"]
    ags: str | None
    state: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    alternatives: list[str]


class Venue(Found):
    """A building or site, ``doc.spans["venues"]``; ``name`` nominative, without article.

    ``city`` is a town that the venue's own phrase or address names; ``online`` is true for a
    platform or "online".
    """

    name: str
    city: str | None
    address: str | None
    online: bool


class Organisation(FoundName):
    """An organisation, ``doc.spans["organisations"]``; ``name`` nominative, long form."""

    name: str
    acronym: str | None
    kind: OrganisationKind


class Person(FoundName):
    """A person, ``doc.spans["persons"]``; ``name`` without title or office."""

    name: str
    title: str | None
    function: str | None
    organisation: str | None


class EventMention(Found):
    """A noun phrase that names an event, ``doc.spans["events"]``.

    ``name`` is the title without quotation marks, ordinal, date and place; ``event_type`` its
    head noun, singular nominative. ``generic`` is true for a plural or an indefinite kind
    ("thematische Transferwerkstätten"), which names no single event. ``series`` is the name of a series that the
    user's configuration tells, and stands only there.
    """

    name: str
    event_type: str
    ordinal: int | None
    title: str | None
    generic: bool
    series: NotRequired[str]


class Status(Found):
    """A cue for an event's status, ``doc.spans["statuses"]``."""

    status: Literal["planned", "held", "cancelled", "postponed"]


class Attendance(Found):
    """A number of people who came or are expected, ``doc.spans["attendances"]``."""

    count: int


class Topic(Found):
    """A noun phrase the text names as topic, ``doc.spans["topics"]``: nominative, no article.

    ``concept`` is the URI of the concept in the user's vocabulary, and stands only where that has it.
    """

    name: str
    concept: NotRequired[str | None]
