"""From a noun phrase to a topic's name: nominative, unwrapped, without brackets; or no topic at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.event_heads import event_word
from extractor.pipes.inflection import adjective_ending, nominative
from extractor.pipes.names import first_names
from extractor.pipes.noun_phrases import Nucleus, Phrase, temporal_nouns, word_classes

_BRACKET = re.compile(r" ?\([^()\n]*\)")
_DIGITS = re.compile(r"[\d.,:/–-]+")
_STEM_WORDS = re.compile(r"\w{3,}")
ROOT_LENGTH = 6
_STEM_ENDING = re.compile(r"(?:innen|ern|en|er|es|em|e|n|s)$")
_LINKING_S = re.compile(r"(?<=ion|ung|eit|tät|aft|ehr|ing|tum)s$")
_JOINTS = frozenset({"und", "oder", "&"})
_COUNT = re.compile(r"\d[\d.,]* ")
_LIGHT_END = re.compile(r"(?<=[a-zäöüß]{5})(?:s(?=f|t|a))?(?:fragen|fragestellungen|themen|thematik|aspekte|belange)$")
_ADJECTIVE = re.compile(r"[a-zäöüß]{2}(?:bar|lich|ig|isch|sam|haft|los|ell|iv|iert)e[rs]?$")
_TORN = re.compile(r"- (?=[A-ZÄÖÜ])")
_SPACED = re.compile(r"\b\w \w \w\b")
_EVENT_ENDS = ("tage", "tagen", "wochen")
_SHORTEST_MODIFIER = 5
_MOST_WORDS, _MOST_LETTERS, _FEWEST_LETTERS = 9, 90, 3


class Cue(Lexicon):
    """A trigger word with its context; the keys are explained in ``topics.toml``."""

    id: str
    weight: int
    words: tuple[str, ...]
    ends: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    back: str = ""
    then: str = ""
    side: Literal["after", "between", "object", "particle"] = "after"


class _Fillers(Lexicon):
    adverbs: tuple[str, ...]
    wrappers: tuple[str, ...]


class _Links(Lexicon):
    telling: frozenset[str]
    events: frozenset[str]
    titles: frozenset[str]
    clauses: frozenset[str]


class _Lists(Lexicon):
    talks: frozenset[str]
    announce: str


class _Stop(Lexicon):
    sections: frozenset[str]
    labels: frozenset[str]
    generic: frozenset[str]
    generic_suffixes: tuple[str, ...]
    light: frozenset[str]
    titles: frozenset[str]
    people: frozenset[str]
    people_suffixes: tuple[str, ...]


class _Events(Lexicon):
    modifiers: frozenset[str]
    modifier_ends: tuple[str, ...]


class TopicLexicon(Lexicon):
    """Schema of ``topics.toml``."""

    cues: tuple[Cue, ...]
    fillers: _Fillers
    links: _Links
    lists: _Lists
    stop: _Stop
    events: _Events


@lru_cache(maxsize=1)
def topic_lexicon() -> TopicLexicon:
    """Cues, stop lists and event nouns."""
    return load_lexicon("topics", TopicLexicon)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible topic: ``text[start:end]``, and the weight of the cue that points at it (1 to 5).

    ``head_end`` is where its head noun ends.
    """

    rule: str
    weight: float
    start: int
    end: int
    head_end: int
    name: str

    def moved(self, offset: int) -> Candidate:
        """The same candidate ``offset`` characters further on."""
        return replace(self, start=self.start + offset, end=self.end + offset, head_end=self.head_end + offset)


def candidate(text: str, phrase: Phrase, rule: str, weight: float, *, oblique: bool = True) -> Candidate | None:
    """The topic that a phrase names, or None where it names none."""
    if phrase.anaphoric:
        return None
    if _is_light(text, phrase):
        inner = candidate(text, Phrase(phrase.nuclei[1:]), rule, weight)
        if inner is not None:
            return inner
    phrase = _without_tail(text, phrase)
    head = phrase.nuclei[0]
    if _COUNT.match(text, head.start) or not _is_matter(text, phrase):
        return None
    name = _name(text, phrase, oblique=oblique)
    if _SPACED.search(name) or name.count(" ") >= _MOST_WORDS or not _FEWEST_LETTERS <= len(name) <= _MOST_LETTERS:
        return None
    return Candidate(rule, weight, phrase.start, phrase.end, head.end, name)


def _is_light(text: str, phrase: Phrase) -> bool:
    """Whether the head only wraps the attribute behind it: "die Nutzung digitaler Zwillinge"."""
    if len(phrase.nuclei) < 2:
        return False
    head = phrase.nuclei[0]
    return text[head.noun : head.end] in topic_lexicon().stop.light


def _without_tail(text: str, phrase: Phrase) -> Phrase:
    """A phrase without attributes that say nothing or make it too long."""
    nuclei = phrase.nuclei
    generic = topic_lexicon().stop.generic
    for index, nucleus in enumerate(nuclei):
        if index and nucleus.link == "mit" and text[nucleus.noun : nucleus.end] in generic:
            nuclei = nuclei[:index]
            break
    while len(nuclei) > 1 and text.count(" ", nuclei[0].start, nuclei[-1].end) >= _MOST_WORDS - 1:
        nuclei = nuclei[:-1]
    return Phrase(nuclei)


def _is_matter(text: str, phrase: Phrase) -> bool:
    """Whether a head can be what an event is about: no generic word, person, office or time."""
    stop, head = topic_lexicon().stop, phrase.nuclei[0]
    words = text[head.noun : head.end].split(" ")
    if words[0] in temporal_nouns() or words[0] in stop.titles or _DIGITS.fullmatch(words[0]):
        return False
    if words[-1].lower().endswith(stop.people_suffixes) or (len(words) > 1 and words[0] in first_names()):
        return False
    if words[0] in stop.people:
        return len(phrase.nuclei) > 1 and phrase.nuclei[1].link in ("in", "im", "an", "auf", "mit", "ohne")
    if all(word in _JOINTS or _is_empty(word) for word in words):
        return any(_is_telling(text, attribute) for attribute in phrase.nuclei[1:])
    return True


def _is_empty(noun: str) -> bool:
    """Whether a noun, or an adjective in capitals before it, says nothing about the matter."""
    stop = topic_lexicon().stop
    if noun in stop.generic or noun.lower().endswith(stop.generic_suffixes):
        return True
    return is_event(noun) or adjective_ending(noun) is not None


def _is_telling(text: str, attribute: Nucleus) -> bool:
    """Whether an attribute tells what an empty head is about: "Konzept für den Bahnhof"."""
    lexicon = topic_lexicon()
    noun = text[attribute.noun : attribute.end].split(" ")[0]
    if _is_empty(noun) or noun in lexicon.stop.people or noun.lower().endswith(lexicon.stop.people_suffixes):
        return False
    return attribute.link in lexicon.links.telling


def is_event(noun: str) -> bool:
    """Whether a noun is a kind of event: "Fachtagung"."""
    return event_word(noun) is not None or noun.endswith(_EVENT_ENDS)


def event_modifier(noun: str) -> str | None:
    """What a compound says an event is about: "Radverkehrskongress" gives "Radverkehr"."""
    word = event_word(noun)
    if word is None or word.plural:
        return None
    stem = noun[: len(word.first)].rstrip("-")
    bare = _LINKING_S.sub("", stem)
    if len(bare) < _SHORTEST_MODIFIER or {stem.lower(), bare.lower()} & topic_lexicon().events.modifiers:
        return None
    if stem.lower().endswith(topic_lexicon().events.modifier_ends) or event_word(bare):
        return None
    return bare[0].upper() + (bare[1:].lower() if bare.isupper() else bare[1:])


def _name(text: str, phrase: Phrase, *, oblique: bool) -> str:
    """The phrase in the nominative, without article, brackets and capitals of a sentence's beginning."""
    head = phrase.nuclei[0]
    core = text[head.start : head.end]
    if oblique or head.article:
        core = nominative(core, head.article or None)
    first, _, rest = core.partition(" ")
    if rest and first[0].isupper() and rest[0].isalpha() and (adjective_ending(first) or _ADJECTIVE.search(first)):
        core = f"{first[0].lower()}{first[1:]} {rest}"
    core = _TORN.sub("-", _LIGHT_END.sub("", core, count=1))
    return core + _BRACKET.sub("", text[head.end : phrase.end])


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    return _STEM_ENDING.sub("", word) if len(word) > 4 else word


def stems(name: str) -> frozenset[str]:
    """Stems of a name's words, to tell near-duplicates."""
    classes = word_classes()
    return frozenset(_stem(word) for word in _STEM_WORDS.findall(name.casefold()) if word not in classes)


def near(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two names say the same: one's words are among the other's, or most words are shared."""
    if not a or not b:
        return a == b
    common = len(a & b)
    if common == min(len(a), len(b)) or 2 * common >= 0.67 * (len(a) + len(b)):
        return True
    return len(a) == len(b) == 1 and _shares_root(next(iter(a)), next(iter(b)))


def _shares_root(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= ROOT_LENGTH and long.startswith(short)
