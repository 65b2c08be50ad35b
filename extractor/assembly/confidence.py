"""Confidence: how probable it is that an event is right, by what of the text speaks for it.

An event is right if a careful reader would give it the same role and the same start, see
:mod:`extractor.evaluation.reliability`. The model is a logistic regression over the named features below; its weights
are log-odds in ``lang/de/confidence.toml``, fitted by ``training/confidence/fit.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from extractor.assembly.context import Context, Role
from extractor.assembly.drafts import Draft
from extractor.edtf import specified_year
from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.records import Where


class Feature(NamedTuple):
    """What a feature means; ``sign`` is that of its weight: for an event (1), against it (-1), or either (0)."""

    sign: int
    meaning: str


FEATURES: Mapping[str, Feature] = {
    "role.follow_up": Feature(0, "it is a follow-up"),
    "role.other": Feature(0, "it is another event"),
    "text.no_main": Feature(0, "the text has no main event"),
    "one_of_many": Feature(-1, "it is the main event of a text that tells of many"),
    "date": Feature(1, "it has a date"),
    "date.day": Feature(1, "the date is a day"),
    "date.explicit": Feature(1, "no part of the date was inferred"),
    "date.beside": Feature(1, "date and noun stand side by side"),
    "date.rivals": Feature(-1, "the text gives it another date as well"),
    "date.several": Feature(-1, "it lasts several days, or is one of several dates"),
    "date.earlier": Feature(-1, "it is before the main event"),
    "date.remote": Feature(-1, "it is years before the latest year that the text names"),
    "place": Feature(1, "it has a town or a venue"),
    "time": Feature(1, "it has a time of its own"),
    "attendance": Feature(1, "it has a number of guests"),
    "ordinal": Feature(1, "it has a number in a series"),
    "announced": Feature(1, "the head, a label or an outlook names it"),
    "told": Feature(1, "words beside it say that it took or takes place"),
    "repeated": Feature(1, "several sentences speak of it"),
    "nameless": Feature(-1, "it has no noun of its own"),
    "clear": Feature(1, "it leads the other candidates for the main event by far"),
}
"""All features; each holds or does not."""
_BESIDE = 30
"""So many characters at most between a date and a noun that stand side by side."""
_CLEAR = 4.0
"""A lead over the runner-up, in the weights of :mod:`extractor.assembly.scoring`, that is clear."""
_REMOTE = 3
"""So many years before the latest one is remote."""
_MANY = 4


class ConfidenceWeights(Lexicon):
    """Schema of ``confidence.toml``: log-odds by feature; confidence stays between ``least`` and ``most``."""

    bias: float
    least: float
    most: float
    features: dict[str, float]


@lru_cache(maxsize=1)
def confidence_weights() -> ConfidenceWeights:
    """The fitted weights."""
    weights: ConfidenceWeights = load_lexicon("confidence", ConfidenceWeights)
    return weights


def confidence(features: Iterable[str]) -> float:
    """How probable it is that an event with these features is right, to two decimal places."""
    weights = confidence_weights()
    odds = weights.bias + math.fsum(weights.features.get(name, 0.0) for name in features)
    return round(min(weights.most, max(weights.least, 1 / (1 + math.exp(-odds)))), 2)


def features_of(draft: Draft, role: Role, where: Where | None, context: Context, main: Draft | None) -> tuple[str, ...]:
    """The features that hold for an event, in the order of ``FEATURES``."""
    holds = {
        f"role.{role}": True,
        "text.no_main": main is None and role != "main",
        "one_of_many": role == "main" and context.events >= _MANY,
        "place": where is not None,
        "time": bool(draft.times),
        "attendance": bool(draft.attendances),
        "ordinal": draft.ordinal is not None,
        "announced": not draft.features.isdisjoint({"head", "labelled", "outlook"}),
        "told": bool(draft.statuses),
        "repeated": len(draft.stretches) > 1,
        "nameless": not draft.mentions,
        "clear": role == "main" and (context.margin is None or context.margin >= _CLEAR),
    } | _of_date(draft, context, main)
    return tuple(name for name in FEATURES if holds.get(name))


def _of_date(draft: Draft, context: Context, main: Draft | None) -> dict[str, bool]:
    if not draft.dates:
        return {}
    date = draft.dates[0]
    start, end = date.value["edtf_start"] or "", draft.end
    gaps = (max(mention.start - date.end, date.start - mention.end) for mention in draft.mentions)
    known = main is not None and bool(main.start) and main is not draft
    main_start = (main.start or "") if main is not None else ""
    year = specified_year(start)
    return {
        "date": True,
        "date.day": date.value["precision"] == "day",
        "date.explicit": date.value["inferred_from"] is None,
        "date.beside": min(gaps, default=_BESIDE) < _BESIDE,
        "date.rivals": any(_rivals(start, other.value["edtf_start"] or "") for other in draft.dates[1:]),
        "date.several": end not in (None, start) or not draft.features.isdisjoint({"elliptic", "series"}),
        "date.earlier": known and start < main_start,
        "date.remote": year is not None and context.last_year is not None and year <= context.last_year - _REMOTE,
    }


def _rivals(start: str, other: str) -> bool:
    """Whether two dates cannot both be the event's: none is a part of the other."""
    return not other.startswith(start) and not start.startswith(other)
