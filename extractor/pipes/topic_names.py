"""From a noun phrase to a topic's name: nominative, unwrapped, without brackets; or no topic at all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.pipes.event_heads import event_word
from extractor.pipes.inflection import adjective_ending, nominative
from extractor.pipes.names import first_names
from extractor.pipes.noun_phrase_words import temporal_nouns
from extractor.pipes.noun_phrases import Nucleus, Phrase
from extractor.pipes.topic_lexicon import topic_lexicon
from extractor.pipes.verdicts import Verdicts

_BRACKET = re.compile(r" ?\([^()\n]*\)")
_DIGITS = re.compile(r"[\d.,:/–-]+")
_LINKING_S = re.compile(r"(?<=ion|ung|eit|tät|aft|ehr|ing|tum)s$")
_JOINTS = frozenset({"und", "oder", "&"})
_COUNT = re.compile(r"\d[\d.,]* ")
_ADJECTIVE = re.compile(r"[a-zäöüß]{2}(?:bar|lich|ig|isch|sam|haft|los|ell|iv|iert)e[rs]?$")
_TORN = re.compile(r"- (?=[A-ZÄÖÜ])")
_SPACED = re.compile(r" \w (?<=\b\w \w )\w\b")
_SHORTEST_MODIFIER = 5
_MOST_WORDS, _MOST_LETTERS, _FEWEST_LETTERS = 9, 90, 3


class Candidate(NamedTuple):
    """A possible topic: ``text[start:end]``, and the weight of the cue that points at it (1 to 5).

    ``head_end`` is where its head noun ends, ``concept`` its URI in the user's vocabulary.
    """

    rule: str
    weight: float
    start: int
    end: int
    head_end: int
    name: str
    concept: str | None = None

    def moved(self, offset: int) -> Candidate:
        """The same candidate ``offset`` characters further on."""
        return self._replace(start=self.start + offset, end=self.end + offset, head_end=self.head_end + offset)


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
    if text.endswith(("innen und ", "innen oder "), 0, phrase.start):
        return None
    name = _name(text, phrase, oblique=oblique)
    if name[-1].isdigit() and _address().search(name):
        return None
    if name.count(" ") >= _MOST_WORDS or not _FEWEST_LETTERS <= len(name) <= _MOST_LETTERS or _SPACED.search(name):
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
    if len(nuclei) == 1:
        return phrase
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
    head = phrase.nuclei[0]
    words = text[head.noun : head.end].split(" ")
    if _verdicts()[words[0]].opens_other or _verdicts()[words[-1]].people:
        return False
    if len(words) > 1 and (words[0] in first_names() or any(map(str.isdigit, words[:-1]))):
        return False
    if any(first_names().get(word) for word in words[1:]):
        return False
    if _is_group(words[0]):
        return len(phrase.nuclei) > 1 and phrase.nuclei[1].link in ("in", "im", "an", "auf", "mit", "ohne")
    front = words[:-1]
    if _verdicts()[words[-1]].empty and all(
        word in _JOINTS or _verdicts()[word].empty or word.endswith("er") for word in front
    ):
        return any(_is_telling(text, attribute) for attribute in phrase.nuclei[1:])
    return True


def is_matter(noun: str) -> bool:
    """Whether a noun by itself can be what an event is about."""
    verdict = _verdicts()[noun]
    return not (verdict.opens_other or verdict.people or verdict.empty or _is_group(noun))


def _is_group(noun: str) -> bool:
    """Whether a noun names people or bodies as such, be it in the dative: "Gäste", "Gästen"."""
    return not topic_lexicon().stop.people.isdisjoint((noun, noun.removesuffix("n")))


class _Noun(NamedTuple):
    """What a noun, or an adjective in capitals before it, tells by itself.

    ``opens_other`` says that a phrase that begins with it is a time, an office or a number, ``people``
    that one that ends with it is a person or body, ``empty`` that it says nothing about the matter.
    """

    opens_other: bool
    people: bool
    empty: bool


@lru_cache(maxsize=1)
def _verdicts() -> Verdicts[_Noun]:
    return Verdicts(_judge)


def _judge(noun: str) -> _Noun:
    stop, lower = topic_lexicon().stop, noun.lower()
    generic = noun in stop.generic or lower.endswith(stop.generic_suffixes)
    return _Noun(
        opens_other=noun in temporal_nouns() or noun in stop.titles or _DIGITS.fullmatch(noun) is not None,
        people=lower.endswith(stop.people_suffixes),
        empty=generic or (is_event(noun) and not is_programme(noun)) or is_adjective(noun) or noun.isdigit(),
    )


def is_adjective(word: str) -> bool:
    """Whether a capitalised word looks like an inflected adjective, as nouns in -schaften do not."""
    return adjective_ending(word) is not None and not word.endswith("schaften")


def _is_telling(text: str, attribute: Nucleus) -> bool:
    """Whether an attribute tells what an empty head is about: "Konzept für den Bahnhof"."""
    lexicon = topic_lexicon()
    noun = text[attribute.noun : attribute.end].split(" ")[0]
    if _verdicts()[noun].empty or noun in lexicon.stop.people or _verdicts()[noun].people:
        return False
    return attribute.link in lexicon.links.telling


def is_event(noun: str) -> bool:
    """Whether a noun is a kind of event: "Fachtagung"."""
    return event_word(noun) is not None or noun.endswith(topic_lexicon().events.ends)


def is_programme(noun: str) -> bool:
    """Whether a noun is a compound for a part of a programme that may be a topic of its own: "Nachtwanderung"."""
    word = event_word(noun)
    return word is not None and bool(word.first) and word.lemma in topic_lexicon().events.programme


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


@lru_cache(maxsize=1)
def _light_end() -> re.Pattern[str]:
    """The end of a compound that only wraps the matter: "Verkehrsfragen" is "Verkehr"."""
    return re.compile(rf"(?<=[a-zäöüß]{{5}})(?:s(?=f|t|a))?(?:{'|'.join(topic_lexicon().stop.light_ends)})$")


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    """A street with its number."""
    streets = (f"[{street[0].upper()}{street[0]}]{street[1:]}" for street in topic_lexicon().stop.streets)
    return re.compile(rf"(?:{'|'.join(streets)}) \d+$")


def _name(text: str, phrase: Phrase, *, oblique: bool) -> str:
    """The phrase in the nominative, without article, brackets and capitals of a sentence's beginning."""
    head = phrase.nuclei[0]
    core = text[head.start : head.end]
    if oblique or head.article:
        core = nominative(core, head.article or None)
    first, _, rest = core.partition(" ")
    if rest and first[0].isupper() and rest[0].isalpha() and (adjective_ending(first) or _ADJECTIVE.search(first)):
        core = f"{first[0].lower()}{first[1:]} {rest}"
    if core.endswith(topic_lexicon().stop.light_ends) and not core[0].islower():
        core = _light_end().sub("", core, count=1)
    if "- " in core:
        core = _TORN.sub("-", core)
    attributes = text[head.end : phrase.end]
    return core + (_BRACKET.sub("", attributes) if "(" in attributes else attributes)
