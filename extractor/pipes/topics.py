"""What an event is about, as the text itself says it: short noun phrases."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from extractor.document import BlockKind
from extractor.pipes.configured import configured_names, of_kind
from extractor.pipes.reading import blocks_of, reading_of, register, set_spans, values_of
from extractor.pipes.topic_configured import configured_topics, is_configured, outside, with_concepts
from extractor.pipes.topic_context import OtherEvents
from extractor.pipes.topic_cues import cued, enumerated
from extractor.pipes.topic_features import TextFeatures
from extractor.pipes.topic_lexicon import topic_lexicon
from extractor.pipes.topic_likeness import ROOT_LENGTH, near, stems
from extractor.pipes.topic_lines import from_lines
from extractor.pipes.topic_named import named_in
from extractor.pipes.topic_names import Candidate
from extractor.pipes.topic_ranking import SALIENT, ranked, topic_weights
from extractor.pipes.topic_titles import mottos, quoted_titles
from extractor.pipes.values import Configured, Topic

KEY = "topics"
_LIMIT, _LIMIT_CHARACTERS = 8, 20_000
_SHORT, _TELLING = 400, 14
_ENOUGH, _ENOUGH_IF_SURE = 0.375, 0.75
"""Which share of the most topics nouns that nothing announces may fill up to, and those that are likely topics."""
_NAME_LINKS = frozenset({"des", "der", "von", "vom", "bei", "beim"})
_NAME_KEYS = ("persons", "places", "venues")


def find_topics(
    text: str,
    kinds: Sequence[BlockKind],
    names: Sequence[tuple[int, int]] = (),
    bodies: Sequence[tuple[int, int]] = (),
    limit: int = _LIMIT,
    own: Sequence[Configured] = (),
) -> list[Candidate]:
    """The topics of a reading in text order, at most ``limit`` of them for each 20,000 characters.

    ``kinds`` holds the kind of each line. ``names`` are the stretches of the reading that name a person,
    a place or an organisation, which alone are no topics; ``bodies`` are those of organisations alone.
    Where a text has more topics, those with the strongest cues stay, then the earlier ones. A topic named
    again yields one more candidate of its name. A text long enough to show what it is about is ranked as a
    whole: a noun may be a topic without a cue, and what a cue announces may be none. Topics of the user's, ``own``,
    come first.
    """
    most = limit * max(1, -(-len(text) // _LIMIT_CHARACTERS))
    candidates, features = candidates_of(text, kinds, names, bodies)
    given = configured_topics(own, names)
    if len(text) > _SHORT:
        announced, others = (outside(found, given) for found in ranked(text, features, candidates))
        chosen = _chosen([*given, *announced, *others], most)
    else:
        candidates.sort(key=lambda found: (-found.weight, found.start, found.end))
        chosen = _chosen([*given, *outside(candidates, given)], most)
    return sorted(with_concepts(chosen, own), key=lambda found: (found.start, -found.end))


def candidates_of(
    text: str, kinds: Sequence[BlockKind], names: Sequence[tuple[int, int]], bodies: Sequence[tuple[int, int]]
) -> tuple[list[Candidate], TextFeatures]:
    """What cues and lines announce as topics in a reading, and the features of its nouns."""
    others = OtherEvents(text)
    candidates = [
        *cued(text, others),
        *quoted_titles(text, others),
        *mottos(text, others),
        *enumerated(text, others),
        *from_lines(text, kinds),
    ]
    named = named_in(text, names)
    if names:
        candidates = [
            _without_body(text, found, bodies) for found in candidates if not _is_name(text, found, names, named.words)
        ]
    return candidates, TextFeatures(text, kinds, named, others)


def _chosen(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """The first ``most`` different topics, and further mentions of them that do not overlap."""
    known: dict[str, list[tuple[frozenset[str], Candidate]]] = {}
    taken: set[int] = set()
    result: list[Candidate] = []
    number = 0
    for found in candidates:
        salient = found.rule.startswith(SALIENT)
        if salient and found.start in taken:
            continue
        words = stems(found.name)
        keys = sorted({word[:ROOT_LENGTH] for word in words})
        same = next(
            (other for key in keys for stored, other in known.get(key, ()) if _is_same(words, stored, found, other)),
            None,
        )
        if same is None and number < _room(found, most):
            number += 1
            for key in keys:
                known.setdefault(key, []).append((words, found))
            result.append(found)
        elif same is not None and taken.isdisjoint((found.start, found.end - 1)):
            result.append(found._replace(name=same.name, concept=same.concept))
        else:
            continue
        taken.update(range(found.start, found.end))
    return result


def _room(found: Candidate, most: int) -> int:
    """How many topics may be known before a candidate is one more: fewer for nouns that nothing announces."""
    if not found.rule.startswith(SALIENT):
        return most
    return round(most * (_ENOUGH if found.weight < topic_weights().least_sure else _ENOUGH_IF_SURE))


def _is_same(words: frozenset[str], stored: frozenset[str], found: Candidate, other: Candidate) -> bool:
    """Whether two candidates say the same; a topic of the user's is no other than its name says."""
    if not (near(words, stored) or _same_head(found, other) or _same_but_praised(found, other)):
        return False
    if is_configured(found) or is_configured(other):
        return found.name == other.name or (words == stored and not (is_configured(found) and is_configured(other)))
    return True


def _same_head(one: Candidate, other: Candidate) -> bool:
    """Whether two topics begin with the same telling noun: "Digitalisierung der Ämter", "Digitalisierung im Alltag"."""
    first = one.name.split(" ", 1)[0]
    return len(first) >= _TELLING and other.name.startswith(f"{first} ")


def _same_but_praised(one: Candidate, other: Candidate) -> bool:
    """Whether two topics differ in an adjective that only praises: "moderne Verwaltung", "bürgernahe Verwaltung"."""
    words = one.name.split(" "), other.name.split(" ")
    if any(len(name) != 2 for name in words) or words[0][1] != words[1][1]:
        return False
    return any(name[0].lower().startswith(topic_lexicon().stop.praising) for name in words)


def _is_name(text: str, found: Candidate, names: Sequence[tuple[int, int]], words: Collection[str]) -> bool:
    """Whether the head of a candidate, its whole or its first words, is a name or the only word of one."""
    if found.name in words or (found.rule.endswith(".compound") and text[found.start : found.end] in words):
        return True
    following = bisect_right(names, (found.start, sys.maxsize))
    return any(
        start <= found.start and found.head_end <= end for start, end in names[max(0, following - 3) : following]
    )


def _without_body(text: str, found: Candidate, bodies: Sequence[tuple[int, int]]) -> Candidate:
    """A topic without an organisation in the genitive or behind "von" or "bei": "Tombola des Turnvereins Ohm"."""
    position = bisect_right(bodies, (found.head_end, sys.maxsize))
    if position == len(bodies) or bodies[position][1] < found.end or found.end == found.head_end:
        return found
    link = text[found.head_end : bodies[position][0]].strip()
    attributes = text[found.head_end : found.end]
    if link not in _NAME_LINKS or not found.name.endswith(attributes):
        return found
    return found._replace(end=found.head_end, name=found.name.removesuffix(attributes))


@Language.factory("german_topics")
def make_german_topics(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component that finds topics and stores them under ``doc.spans["topics"]``.

    Where the components for persons, places, venues and organisations ran before it, what they
    found is no topic by itself.
    """
    topic_lexicon()
    register(KEY)
    return _component


def _component(doc: Doc) -> Doc:
    reading = reading_of(doc)
    values: list[Topic] = []
    own = of_kind(configured_names(doc, reading), "topic")
    for found in find_topics(*reading_with_names(doc), own=own):
        start, end = reading.source(found.start, found.end)
        value = Topic(start=start, end=end, rule=found.rule, name=found.name)
        if found.concept is not None:
            value["concept"] = found.concept
        values.append(value)
    set_spans(doc, KEY, values)
    return doc


def reading_with_names(doc: Doc) -> tuple[str, list[BlockKind], list[tuple[int, int]], list[tuple[int, int]]]:
    """A document's reading, the kinds of its lines, and where names and organisations stand in it."""
    reading = reading_of(doc)
    kinds: list[BlockKind] = [block.kind for block in blocks_of(doc) if block.kind is not BlockKind.REPEAT]
    bodies = sorted(reading.span(value["start"], value["end"]) for value in values_of(doc, "organisations"))
    others = [reading.span(value["start"], value["end"]) for key in _NAME_KEYS for value in values_of(doc, key)]
    events = of_kind(configured_names(doc, reading), "event_type", "series")
    others += [(name["start"], name["end"]) for name in events]
    return reading.text, kinds, sorted([*bodies, *others]), bodies
