"""Drafts: events in the making, each a mention or several with the spans that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from extractor.assembly.cues import load_cues
from extractor.assembly.stretches import Item, Stretch
from extractor.pipes.values import Attendance, EventMention, Place, Status, Timex, Venue

Feature = Literal[
    "head",  # stands in the head of the text: title, date line, place line
    "labelled",  # its date stands behind a label ("Wann:")
    "lead",  # stands in the first running text
    "row",  # a row of a table or an item of a list
    "outlook",  # announced as what comes next
    "past_edition",  # told as an earlier edition
    "told",  # a sentence in a past tense gives its date, and no noun for it
    "bare",  # a date and a place, no noun that names the event
    "elliptic",  # takes its noun from the mention before it
    "part",  # told as a part of the event: "after the service", "with a reception"
    "programme",  # an item of a programme, under the heading of its day
    "series",  # a kind in the plural whose dates the text gives one by one
    "several_towns",  # takes place in more than one town
]


MERE_TENSE = frozenset({"status.held.tense", "status.held.preterite", "status.planned.present"})
"""Status cues that are no more than the tense of a verb."""


@dataclass(slots=True, eq=False)
class Draft:
    """An event in the making. ``dates[0]`` is its date, ``previous`` the one it had before.

    ``closing`` is its last day where the text gives it apart from the first ("Schluss ist am ...").
    """

    stretches: list[Stretch]
    mentions: list[Item[EventMention]] = field(default_factory=list)
    dates: list[Item[Timex]] = field(default_factory=list)
    previous: Item[Timex] | None = None
    closing: Item[Timex] | None = None
    times: list[Item[Timex]] = field(default_factory=list)
    closing_times: list[Item[Timex]] = field(default_factory=list)
    venues: list[Item[Venue]] = field(default_factory=list)
    cities: list[Item[Place]] = field(default_factory=list)
    attendances: list[Item[Attendance]] = field(default_factory=list)
    statuses: list[Item[Status]] = field(default_factory=list)
    features: set[Feature] = field(default_factory=set)
    event_type: str | None = None
    ordinal: int | None = None
    entry_title: str | None = None
    title: str | None = field(default=None, init=False)
    """The first title among the mentions."""
    position: int = field(init=False)
    """Where the draft begins, in the reading."""
    _indices: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.position = min(stretch.start for stretch in self.stretches)
        self._indices = {stretch.index for stretch in self.stretches}

    @property
    def start(self) -> str | None:
        """EDTF start, or None where no date is linked."""
        return self.dates[0].value["edtf_start"] if self.dates else None

    @property
    def end(self) -> str | None:
        """EDTF end of an event of several days."""
        if self.closing is not None:
            return self.closing.value["edtf_end"] or self.closing.value["edtf_start"]
        return self.dates[0].value["edtf_end"] if self.dates else None

    @property
    def is_anaphoric(self) -> bool:
        """Whether the noun only takes up an event named elsewhere ("the next edition")."""
        return self.event_type is not None and self.event_type.casefold() in load_cues().anaphoric

    def goes_on_in(self, stretch: Stretch) -> bool:
        """Whether a stretch is the next in the paragraph whose sentence before told of the draft."""
        last = self.stretches[-1]
        return "head" not in self.features and last.index == stretch.index - 1 and last.block == stretch.block

    def add_stretch(self, stretch: Stretch) -> None:
        """Let the draft speak in one more stretch."""
        if stretch.index not in self._indices:
            self._indices.add(stretch.index)
            self.stretches.append(stretch)
            self.position = min(self.position, stretch.start)

    def add_mention(self, mention: Item[EventMention]) -> None:
        """Take a mention in; the first gives type and ordinal unless they are known."""
        self.mentions.append(mention)
        self.title = self.title or mention.value["title"]
        self.features.discard("bare")
        if self.event_type is None or self.is_anaphoric:
            self.event_type = mention.value["event_type"]
        self.ordinal = self.ordinal or mention.value["ordinal"]

    def absorb(self, other: Draft) -> None:
        """Take another draft of the same event in; what is here stays first."""
        for stretch in other.stretches:
            self.add_stretch(stretch)
        for mention in other.mentions:
            self.add_mention(mention)
        self.dates.extend(other.dates)
        self.previous = self.previous or other.previous
        self.closing = self.closing or other.closing
        self.times.extend(other.times)
        self.closing_times.extend(other.closing_times)
        self.venues.extend(other.venues)
        self.cities.extend(other.cities)
        self.attendances.extend(other.attendances)
        self.statuses.extend(other.statuses)
        self.features |= other.features - {"bare"} if self.mentions else other.features
        if self.event_type is None or self.is_anaphoric:
            self.event_type = other.event_type or self.event_type
        self.ordinal = self.ordinal or other.ordinal


def same_ordinal(one: int | None, other: int | None) -> bool:
    """Whether two events can be the same edition: one of them is not counted, or both have the same ordinal."""
    return one is None or other is None or one == other


def same_type(one: str | None, other: str | None) -> bool:
    """Whether two head nouns can name the same event: equal, or one the other's last part.

    "Werkstatt" may be a "Klimawerkstatt"; an unknown type fits all.
    """
    if one is None or other is None:
        return True
    a, b = one.casefold(), other.casefold()
    return a.endswith(b) or b.endswith(a) or not load_cues().anaphoric.isdisjoint((a, b))
