"""Names that stand twice in a configuration: within a kind a contradiction, between kinds worth a warning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.configuration.models import ConfigurationFile, KnownTopic
from extractor.configuration.positions import Positions
from extractor.configuration.problems import Problems, place

_GAP = re.compile(r"[\s\-‐‑–'’‚‘„“”\"»«›‹]+")
_KINDS = ("organisations", "venues", "event_types", "series", "persons")
_MEANS = {
    "organisations": "an organisation",
    "venues": "a venue",
    "event_types": "an event type",
    "series": "a series",
    "persons": "a person",
    "topics": "a topic",
}


class _Owner(NamedTuple):
    kind: str
    number: int
    name: str
    source: str


class PlacedTopic(NamedTuple):
    """A topic, and where it stands in the configuration file ("extractor.toml:12"); None for one of a vocabulary."""

    topic: KnownTopic
    line: str | None


def name_key(name: str) -> str:
    """What two names share that are one to a reader: "Runder Tisch" and "runder-tisch".

    Case, blanks, hyphens and quotation marks do not part names, but between figures: "Halle 1-2" is not "Halle 12".
    All else does: "C++" is not "C#", "Buße" not "Busse", "Müller" not "Mueller".
    """
    return _GAP.sub(lambda gap: " " if _parts_figures(gap) else "", name.lower())


def _parts_figures(gap: re.Match[str]) -> bool:
    before, behind = gap.string[: gap.start()], gap.string[gap.end() :]
    return before[-1:].isdigit() and behind[:1].isdigit()


def find_contradictions(
    file: ConfigurationFile, topics: Sequence[PlacedTopic], source: str, positions: Positions, problems: Problems
) -> list[KnownTopic]:
    """Report names with two meanings; the topics without labels that an earlier one has.

    ``topics`` are those of the file and of its vocabularies, no two of them the same throughout.
    """
    owners: dict[str, list[_Owner]] = {}
    for kind in _KINDS:
        for number, entry in enumerate(getattr(file, kind)):
            line = place(source, positions.line((kind, number, "name")))
            for name in entry.names:
                _claim(owners, _Owner(kind, number, name, line), problems)
    return _unambiguous(topics, owners, source, problems)


def _claim(owners: dict[str, list[_Owner]], owner: _Owner, problems: Problems) -> None:
    known = owners.setdefault(name_key(owner.name), [])
    same = next((other for other in known if other.kind == owner.kind), None)
    if same is None:
        for other in known:
            message = (
                f"{owner.name!r} is {_MEANS[owner.kind]} here, {_MEANS[other.kind]} at {other.source}; both are found"
            )
            problems.warn(owner.source, message)
        known.append(owner)
    elif same.number == owner.number:
        problems.warn(owner.source, f"{owner.name!r} stands twice in this entry")
    else:
        problems.error(owner.source, f"{owner.name!r} already names {_MEANS[owner.kind]} at {same.source}")


def _unambiguous(
    topics: Sequence[PlacedTopic], owners: dict[str, list[_Owner]], source: str, problems: Problems
) -> list[KnownTopic]:
    """Topics whose labels are theirs alone.

    A preferred label counts before alternatives, the first before later ones.
    """
    homes: dict[str, int] = {}
    for number, (topic, _) in enumerate(topics):
        homes.setdefault(name_key(topic.name), number)
    for number, (topic, _) in enumerate(topics):
        for alias in topic.aliases:
            homes.setdefault(name_key(alias), number)
    kept = []
    for number, (topic, line) in enumerate(topics):
        for label in topic.names:
            home = homes[name_key(label)]
            first, first_line = topics[home]
            if home != number and line is not None and first_line is not None:
                problems.error(line, f"{label!r} already names a topic at {first_line}")
            elif home != number:
                told = line or topic.concept or topic.name
                message = f"the label {label!r} of {told} already is one of {first.concept or first.name}"
                problems.warn(line or source, message)
            for other in owners.get(name_key(label), ()) if line is not None else ():
                message = f"{label!r} is a topic here, {_MEANS[other.kind]} at {other.source}; both are found"
                problems.warn(line or source, message)
        if homes[name_key(topic.name)] == number:
            aliases = tuple(alias for alias in topic.aliases if homes[name_key(alias)] == number)
            kept.append(topic if aliases == topic.aliases else topic.model_copy(update={"aliases": aliases}))
    return kept
