"""Trace: what assembly decided and why, noted while it decides, where somebody asks for it.

What can be told afterwards from the finished events (which date is a deadline, which words give a value) is not noted
here; :mod:`extractor.assembly.explanation` derives it with the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from extractor.assembly.drafts import Draft
from extractor.assembly.scoring import THRESHOLD
from extractor.assembly.stretches import Item
from extractor.pipes.values import EventMention, Timex

MOST_CANDIDATES = 5
"""So many of the best candidates for the main event are kept."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event as it stood when the main event was chosen, with the weights that held for it.

    ``weights`` are those of the event alone, ``standing`` those that it has beside the other candidates.
    """

    draft: Draft
    mention: Item[EventMention] | None
    date: Item[Timex] | None
    weights: Mapping[str, float]
    standing: Mapping[str, float]

    @property
    def alone(self) -> float:
        """The sum that is compared with the least score."""
        return sum(self.weights.values())

    @property
    def score(self) -> float:
        """The sum by which the candidates are ranked."""
        return self.alone + sum(self.standing.values())


@dataclass(slots=True)
class Trace:
    """The candidates for the main event, best first; why one is it, or none; why each other event has its role.

    ``least`` is what the main event of this text must score alone.

    ``reasons`` are ids of rules (``role.outlook``) by ``id`` of the draft; ``drafts`` keeps these alive.
    """

    candidates: list[Candidate] = field(default_factory=list)
    choice: str = "choice.none"
    least: float = THRESHOLD
    reasons: dict[int, str] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)

    def rank(self, drafts: Iterable[tuple[Draft, Mapping[str, float], Mapping[str, float]]]) -> None:
        """Note the candidates, best first, with the weights that hold for each alone, and beside the others."""
        self.candidates = [
            Candidate(draft, next(iter(draft.mentions), None), next(iter(draft.dates), None), weights, standing)
            for draft, weights, standing in drafts
        ]

    def note(self, draft: Draft, reason: str) -> None:
        """Note why an event has its role, or why it is none."""
        self.reasons[id(draft)] = reason
        self.drafts.append(draft)
