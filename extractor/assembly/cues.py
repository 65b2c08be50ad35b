"""The cues of ``lang/de/assembly.toml``, compiled."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.lang.lexicon import Lexicon, load_lexicon


class ContextPatterns(Lexicon):
    """Patterns on the words before and behind an expression."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Patterns(Lexicon):
    """Patterns anywhere in a stretch."""

    patterns: tuple[str, ...]


class Pattern(Lexicon):
    """One pattern."""

    pattern: str


class Before(Lexicon):
    """What precedes a clock time that is not the event's own, or the month of an issue."""

    before: str


class Denied(Lexicon):
    """What says that an event of a kind does not take place: before its noun, around it, at a heading's start."""

    before: str
    around: str
    heading: str


class DateRoles(Lexicon):
    """Dates of something other than an event."""

    deadline: ContextPatterns
    validity: ContextPatterns
    background: ContextPatterns
    opening_hours: ContextPatterns


class Nouns(Lexicon):
    """A list of nouns in lower case."""

    nouns: frozenset[str]


class AssemblyLexicon(Lexicon):
    """Schema of ``assembly.toml``."""

    anaphoric: Nouns
    date_roles: DateRoles
    previous_date: ContextPatterns
    new_date: ContextPatterns
    issue: Before
    outlook: Patterns
    outlook_unless_told: Pattern
    denied: Denied
    past_edition: Patterns
    past_edition_before: Pattern
    not_dated: Pattern
    earlier_time: Patterns
    chronicle: Pattern
    former_dates: Pattern
    date_labels: Pattern
    place_labels: Pattern
    organiser: ContextPatterns
    funder: ContextPatterns
    participant: ContextPatterns
    host: ContextPatterns
    speaker: ContextPatterns
    newsletter: Pattern
    project: Pattern
    same_place: Pattern
    same_time: Pattern
    closing: Pattern
    foreign_end: Pattern
    closed: ContextPatterns
    told_until: Pattern
    until_told: Pattern
    trip: Pattern
    departure: Pattern
    return_trip: ContextPatterns
    opening: Pattern
    series: Pattern
    programme_item: Pattern
    next_one: Pattern
    told: Pattern
    room: Pattern
    part: Pattern
    minutes: Pattern
    pronoun: Pattern
    own_time: Before
    other_use: ContextPatterns


_WORD = r"\w{0,40}"


class ContextCue:
    """Matches when the words before or behind an expression fit one of the patterns."""

    def __init__(self, context: ContextPatterns) -> None:
        self._before = _union(context.before)
        self._after = _union(context.after)

    def matches(self, before: str, after: str) -> bool:
        """Whether the words before (ending at the expression) or behind it fit."""
        return self.locate(before, after) is not None

    def locate(self, before: str, after: str) -> tuple[int, int] | None:
        """Where the words that fit stand: from the expression's start backwards (negative), or from its end on."""
        found = self._before.search(before) if self._before else None
        if found is not None:
            return found.start() - len(before), found.end() - len(before)
        found = self._after.search(after) if self._after else None
        return found.span() if found is not None else None


def _union(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    if not patterns:
        return None
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns).replace("{W}", _WORD))


class Cues:
    """All cues, compiled once."""

    def __init__(self, lexicon: AssemblyLexicon) -> None:
        roles = lexicon.date_roles
        self.no_event_date = {
            "deadline": ContextCue(roles.deadline),
            "validity": ContextCue(roles.validity),
            "background": ContextCue(roles.background),
            "opening_hours": ContextCue(roles.opening_hours),
        }
        self.previous_date = ContextCue(lexicon.previous_date)
        self.new_date = ContextCue(lexicon.new_date)
        self.organiser = ContextCue(lexicon.organiser)
        self.anaphoric = lexicon.anaphoric.nouns
        self.participant = ContextCue(lexicon.participant)
        self.funder = ContextCue(lexicon.funder)
        self.host = ContextCue(lexicon.host)
        self.speaker = ContextCue(lexicon.speaker)
        self.other_use = ContextCue(lexicon.other_use)
        self.issue = _pattern(lexicon.issue.before)
        self.outlook = _pattern(*lexicon.outlook.patterns)
        self.outlook_unless_told = _pattern(lexicon.outlook_unless_told.pattern)
        self.denied_before = _pattern(lexicon.denied.before)
        self.denied_around = _pattern(lexicon.denied.around)
        self.denied_heading = _pattern(lexicon.denied.heading)
        self.past_edition = _pattern(*lexicon.past_edition.patterns)
        self.past_edition_before = _pattern(lexicon.past_edition_before.pattern)
        self.not_dated = _pattern(lexicon.not_dated.pattern)
        self.earlier_time = _pattern(*lexicon.earlier_time.patterns)
        self.chronicle = _pattern(lexicon.chronicle.pattern)
        self.former_dates = _pattern(lexicon.former_dates.pattern)
        self.date_label = _pattern(lexicon.date_labels.pattern)
        self.place_label = _pattern(lexicon.place_labels.pattern)
        self.newsletter = _pattern(lexicon.newsletter.pattern)
        self.project = _pattern(lexicon.project.pattern)
        self.same_place = _pattern(lexicon.same_place.pattern)
        self.same_time = _pattern(lexicon.same_time.pattern)
        self.closing = _pattern(lexicon.closing.pattern)
        self.foreign_end = _pattern(lexicon.foreign_end.pattern)
        self.closed = ContextCue(lexicon.closed)
        self.told_until = _pattern(lexicon.told_until.pattern)
        self.until_told = _pattern(lexicon.until_told.pattern)
        self.trip = _pattern(lexicon.trip.pattern)
        self.departure = _pattern(lexicon.departure.pattern)
        self.return_trip = ContextCue(lexicon.return_trip)
        self.opening = _pattern(lexicon.opening.pattern)
        self.series = _pattern(lexicon.series.pattern)
        self.programme_item = _pattern(lexicon.programme_item.pattern)
        self.next_one = _pattern(lexicon.next_one.pattern)
        self.told = _pattern(lexicon.told.pattern)
        self.room = _pattern(lexicon.room.pattern)
        self.part = _pattern(lexicon.part.pattern)
        self.minutes = _pattern(lexicon.minutes.pattern)
        self.pronoun = _pattern(lexicon.pronoun.pattern)
        self.foreign_time = _pattern(lexicon.own_time.before)

    def is_series(self, event_type: str | None) -> bool:
        """Whether a head noun names a series ("Vortragsreihe")."""
        return event_type is not None and bool(self.series.search(event_type))


def _pattern(*patterns: str) -> re.Pattern[str]:
    union = _union(patterns)
    assert union is not None  # noqa: S101 - the callers pass at least one pattern
    return union


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """The German cues."""
    return Cues(load_lexicon("assembly", AssemblyLexicon))
