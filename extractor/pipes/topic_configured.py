"""Topics of the user's configuration: labels in the text, and the concepts that they stand for."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from extractor.pipes.configured import Stretches
from extractor.pipes.topic_names import Candidate
from extractor.pipes.values import CONFIGURED, Configured

RULE = f"topic{CONFIGURED}"


def is_configured(topic: Candidate) -> bool:
    """Whether a topic is one of the user's."""
    return topic.rule == RULE


def configured_topics(own: Sequence[Configured], names: Sequence[tuple[int, int]]) -> list[Candidate]:
    """The labels that are topics wherever they stand but in longer names, the topics named most often first."""
    wanted = [name for name in own if name["details"]["find"] == "everywhere" and not _in_longer_name(name, names)]
    counts = Counter(name["name"] for name in wanted)
    wanted.sort(key=lambda name: (-counts[name["name"]], name["start"]))
    return [_candidate(name) for name in wanted]


def _candidate(name: Configured) -> Candidate:
    start, end = name["start"], name["end"]
    return Candidate(RULE, 0.0, start, end, end, name["name"], name["details"]["concept"])


def _in_longer_name(name: Configured, names: Sequence[tuple[int, int]]) -> bool:
    following = bisect_right(names, (name["start"], sys.maxsize))
    return any(
        start <= name["start"] and name["end"] <= end and end - start > name["end"] - name["start"]
        for start, end in names[max(0, following - 3) : following]
    )


def outside(found: Sequence[Candidate], given: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that share nothing with the user's topics."""
    if not given:
        return list(found)
    own = Stretches({"start": topic.start, "end": topic.end, "rule": topic.rule} for topic in given)
    return [topic for topic in found if not own.touch(topic.start, topic.end)]


def with_concepts(found: Sequence[Candidate], own: Sequence[Configured]) -> list[Candidate]:
    """The topics, those that rules found under a label of the user's with name and concept from there."""
    labels = {(name["start"], name["end"]): name for name in own if name["details"]["find"] == "topics"}
    if not labels:
        return list(found)
    named = {topic.name: _candidate(label) for topic in found if (label := labels.get((topic.start, topic.end)))}
    return [
        topic._replace(rule=RULE, name=known.name, concept=known.concept) if (known := named.get(topic.name)) else topic
        for topic in found
    ]
