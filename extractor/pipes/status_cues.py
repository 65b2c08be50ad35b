"""The cues for an event's status: the schema of ``statuses.toml`` and the index of its words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import Field

from extractor.lang.lexicon import Lexicon, load_lexicon

StatusName = Literal["planned", "held", "cancelled", "postponed"]
Group = Literal["past", "present", "state", "past_modal"]

_TRIGGER = re.compile(r"[^\W_]{2,}")


class Cue(Lexicon):
    """Common to all cues: the rule's name, and what voids it."""

    rule: str
    negated: StatusName | None = None
    unless_before: frozenset[str] = frozenset()
    unless_near: list[str] = Field(default_factory=list)


class Separable(Cue):
    """A verb with a particle that ends the clause."""

    particle: str
    present: list[str]
    past: list[str]
    joined_present: list[str]
    joined_past: list[str]
    present_status: StatusName = "planned"
    past_status: StatusName = "held"
    lenient: bool = False
    particle_before: frozenset[str] = frozenset()
    without_particle: frozenset[str] = frozenset()


class Nonfinite(Cue):
    """A participle or an infinitive, whose auxiliary decides."""

    words: list[str]
    auxiliaries: dict[Group, StatusName]
    alone: StatusName | None = None
    alone_after: frozenset[str] = frozenset()
    negated_words: frozenset[str] = frozenset()
    needs: str | None = None
    near: str | None = None


class Phrase(Cue):
    """Words that are a cue as they stand."""

    status: StatusName
    words: list[str]


class Pattern(Cue):
    """A regular expression, tried where the word ``trigger`` begins."""

    status: StatusName
    trigger: str
    pattern: str


class Conditions(Lexicon):
    """Words that make a condition, at the head of a clause or anywhere in a sentence, and what voids them.

    ``weather`` are those that do after "bei", one word between at most ("fällt bei starkem Regen aus").
    """

    first: frozenset[str]
    first_unless_followed_by: frozenset[str]
    anywhere: frozenset[str]
    weather: frozenset[str]
    unless_after: frozenset[str]


class Negation(Lexicon):
    """Words that negate, and what takes the negation back."""

    words: frozenset[str]
    void_after: frozenset[str]
    void_between: frozenset[str]
    conditions: Conditions


class StatusLexicon(Lexicon):
    """Schema of ``statuses.toml``."""

    auxiliaries: dict[Group, list[str]]
    negation: Negation
    separable: list[Separable]
    participle: list[Nonfinite]
    infinitive: list[Nonfinite]
    phrase: list[Phrase]
    pattern: list[Pattern]


@dataclass(frozen=True, slots=True)
class Finite:
    """A finite form of a separable verb, the particle to follow; or a joined form, complete."""

    cue: Separable
    status: StatusName
    joined: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a phrase: its words, and which of them it is looked up by."""

    cue: Phrase
    text: str
    trigger_offset: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern cue, compiled."""

    cue: Pattern
    expression: re.Pattern[str]


Entry = Finite | Nonfinite | Wording | Compiled


@dataclass(frozen=True, slots=True)
class CueIndex:
    """All cues by the word that triggers them, and the auxiliaries by their group."""

    entries: dict[str, tuple[Entry, ...]]
    auxiliaries: dict[str, Group]
    negation: Negation
    near: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def cue_index() -> CueIndex:
    """Load the cues and index them by word."""
    lexicon: StatusLexicon = load_lexicon("statuses", StatusLexicon)
    entries: dict[str, list[Entry]] = defaultdict(list)
    for verb in lexicon.separable:
        for words, status, joined in (
            (verb.present, verb.present_status, False),
            (verb.past, verb.past_status, False),
            (verb.joined_present, verb.present_status, True),
            (verb.joined_past, verb.past_status, True),
        ):
            for word in words:
                entries[word].append(Finite(verb, status, joined))
    for nonfinite in (*lexicon.participle, *lexicon.infinitive):
        for word in nonfinite.words:
            entries[word].append(nonfinite)
    for phrase in lexicon.phrase:
        for wording in phrase.words:
            trigger = max(reversed(list(_TRIGGER.finditer(wording))), key=lambda word: len(word[0]))
            entries[trigger[0]].append(Wording(phrase, wording, trigger.start()))
    for pattern in lexicon.pattern:
        entries[pattern.trigger].append(Compiled(pattern, re.compile(pattern.pattern, re.IGNORECASE)))
    return CueIndex(
        entries={word: tuple(found) for word, found in entries.items()},
        auxiliaries={word: group for group, words in lexicon.auxiliaries.items() for word in words},
        negation=lexicon.negation,
        near={cue.rule: re.compile(cue.near, re.IGNORECASE) for cue in lexicon.participle if cue.near},
    )
