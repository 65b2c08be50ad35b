"""Confidence: how much of what usually stands around an event supports a card.

The weights are set by hand and not fitted to data: read the sum as a rank, not as a probability.
"""

from __future__ import annotations

from extractor.assembly.drafts import Draft
from extractor.records import Where

BASE = 0.35
WEIGHTS: dict[str, float] = {
    "date": 0.2,  # an event with a date is seldom a mere kind
    "day": 0.1,  # a full day leaves the least room for error
    "explicit": 0.05,  # nothing of the date was inferred
    "place": 0.1,  # a town or venue stands with it
    "announced": 0.1,  # the head, a label or an outlook names it
    "repeated": 0.05,  # more than one sentence speaks of it
    "nameless": -0.15,  # a date without a noun of its own
}
LEAST, MOST = 0.05, 0.95


def confidence(draft: Draft, where: Where | None) -> float:
    """The sum of the weights that hold, between ``LEAST`` and ``MOST``."""
    date = draft.dates[0].value if draft.dates else None
    holds = {
        "date": date is not None,
        "day": date is not None and date["precision"] == "day",
        "explicit": date is not None and date["inferred_from"] is None,
        "place": where is not None,
        "announced": not draft.features.isdisjoint({"head", "labelled", "outlook"}),
        "repeated": len(draft.stretches) > 1,
        "nameless": not draft.features.isdisjoint({"bare", "elliptic"}),
    }
    total = BASE + sum(WEIGHTS[name] for name, held in holds.items() if held)
    return round(min(MOST, max(LEAST, total)), 2)
