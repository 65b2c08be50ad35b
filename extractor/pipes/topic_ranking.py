"""Which nouns of a text are its topics: a linear model over named features.

The model weighs what :mod:`extractor.pipes.topic_features` sees and which cue or line announced the
noun; its weights are ``lang/de/topic_weights.toml``, fitted by ``training/topics/fit.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.inflection import nominative
from extractor.pipes.noun_phrases import Phrase, noun_phrase, opens_with_determiner
from extractor.pipes.topic_features import Noun, TextFeatures
from extractor.pipes.topic_lexicon import topic_lexicon
from extractor.pipes.topic_names import Candidate, candidate

SALIENT, _CUE = "topic.salient", "topic.cue."
"""The rule of nouns that nothing announces, and how the ids of cues begin."""
_JOINT = re.compile(
    r"(?:,|;)? ?(?:und |oder |sowie |& |aber |auch |über |um |zu |zum |zur |mit |für |von |an |auf )?"
    r"(?:um |zu |über |mit )?(?:de[rnms] |die |das |eine?[nrms]? )?"
)
_RECONSIDERED = frozenset(
    {"before.joint", "after.joint", "late", "early", "word.short", "sentence.other_event", "line.heading"}
)
"""Features that say something else of a noun that a rule announces: a member of an enumeration, a title's word."""
_MOST_WORDS, _LONGEST_PHRASE, _LONGEST_ADJECTIVE = 4, 160, 40


class TopicWeights(Lexicon):
    """Schema of ``topic_weights.toml``: log-odds by feature, and from which on a noun is a topic.

    ``least`` holds for nouns that nothing announces where few topics are known yet, ``least_sure`` where enough are.
    """

    bias: float
    least: float
    least_announced: float
    least_sure: float
    features: dict[str, float]


@lru_cache(maxsize=1)
def topic_weights() -> TopicWeights:
    """The fitted weights."""
    weights: TopicWeights = load_lexicon("topic_weights", TopicWeights)
    return weights


def announced_by(noun: Noun, candidates: Iterable[Candidate]) -> frozenset[str]:
    """The features of a noun that rules have announced as a topic's head."""
    features: set[str] = set()
    for found in candidates:
        features.add("announced")
        if found.rule.startswith(("topic.title", "topic.heading")) and "kin_twice" not in noun.features:
            features.add("title_alone")
        features.add(f"by.{'.'.join(found.rule.split('.')[1:3])}")
        features.update(f"weight.{least}" for least in (2, 3, 4, 5) if found.weight >= least)
    if features:
        features.update(f"announced.{feature}" for feature in _RECONSIDERED & noun.features)
    return frozenset(features)


def by_head(text: str, features: TextFeatures, candidates: Sequence[Candidate]) -> list[tuple[Noun, list[Candidate]]]:
    """The nouns of a text, each with the candidates that have it as head."""
    announced: dict[int, list[Candidate]] = {}
    heads: dict[int, Noun] = {noun.start: noun for noun in features.nouns()}
    for found in candidates:
        noun = features.head(found.start, found.head_end)
        if noun is not None:
            heads.setdefault(noun.start, noun)
            announced.setdefault(noun.start, []).append(found)
    return [(heads[start], announced.get(start, [])) for start in sorted(heads)]


def ranked(
    text: str, features: TextFeatures, candidates: Sequence[Candidate]
) -> tuple[list[Candidate], list[Candidate]]:
    """The announced candidates and the other nouns likely to be topics, likeliest first.

    The weight of each is its log-odds.
    """
    weights = topic_weights()
    announced, others = [], []
    for noun, announcing in by_head(text, features, candidates):
        odds = log_odds(weights.bias, weights.features, noun, announcing)
        if announcing:
            named = max(announcing, key=lambda found: found.weight)
            announced.append(named._replace(weight=odds))
        elif odds >= weights.least and (found := named_by(text, noun)):
            others.append(found._replace(weight=odds))
    announced = [found for found in _levelled(text, announced) if found.weight >= weights.least_announced]
    return sorted(announced, key=_likeliest), sorted(others, key=_likeliest)


def _levelled(text: str, announced: Sequence[Candidate]) -> list[Candidate]:
    """The same candidates, those of one enumeration behind a cue as likely as they are on average.

    So all of them are topics or none: "Themen waren A, B und C".
    """
    groups: list[list[Candidate]] = []
    for found in announced:
        last = groups[-1][-1] if groups else None
        if (
            last
            and last.rule == found.rule
            and found.rule.startswith(_CUE)
            and _JOINT.fullmatch(text, last.end, max(last.end, found.start))
        ):
            groups[-1].append(found)
        else:
            groups.append([found])
    return [
        found._replace(weight=sum(member.weight for member in group) / len(group))
        for group in groups
        for found in group
    ]


def _likeliest(found: Candidate) -> tuple[float, int]:
    return -found.weight, found.start


def log_odds(bias: float, weights: Mapping[str, float], noun: Noun, announcing: Sequence[Candidate]) -> float:
    """How likely a noun is a topic, as the logarithm of the odds."""
    seen = [*sorted(noun.features), *sorted(announced_by(noun, announcing))]
    return bias + sum(weights.get(feature, 0.0) for feature in seen)


def named_by(text: str, noun: Noun) -> Candidate | None:
    """The topic that a noun heads, with the adjectives before and the attributes behind it."""
    if "word.subject_of_event" in noun.features:
        return Candidate(f"{SALIENT}.subject", 0.0, noun.start, noun.end, noun.end, noun.name)
    for start in _starts(text, noun):
        phrase = noun_phrase(text, start, min(len(text), noun.start + _LONGEST_PHRASE))
        if phrase is None or not phrase.nuclei[0].noun <= noun.start < phrase.nuclei[0].end:
            continue
        close = takewhile(lambda nucleus: nucleus.link in topic_lexicon().ranking.attributes, phrase.nuclei[1:])
        named = candidate(text, Phrase((phrase.nuclei[0], *close)), SALIENT, 0.0)
        if named is not None and named.start <= noun.start < named.head_end and named.name.count(" ") < _MOST_WORDS:
            return named
        break
    name = nominative(text[noun.start : noun.end])
    return Candidate(SALIENT, 0.0, noun.start, noun.end, noun.end, name)


def _starts(text: str, noun: Noun) -> Iterator[int]:
    """Where a noun's phrase may begin: at the determiner or the adjective before it, else at the noun."""
    if "before.adjective" in noun.features:
        adjective = _word_before(text, noun.start)
        determiner = _word_before(text, adjective)
        if opens_with_determiner(text, determiner, adjective):
            yield determiner
        yield adjective
    yield noun.start


def _word_before(text: str, position: int) -> int:
    """Where the word before ``position`` begins."""
    first = max(0, position - _LONGEST_ADJECTIVE)
    return max(text.rfind(" ", first, max(first, position - 1)), text.rfind("\n", first, position)) + 1
