"""The label scheme of GermEval 2014 (outer entities): four classes, their derivations and their parts of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

CLASSES = ("PER", "LOC", "ORG", "OTH")
TYPES = tuple(f"{kind}{suffix}" for suffix in ("", "DERIV", "PART") for kind in CLASSES)
LABELS = ("O", *(f"{prefix}-{kind}" for kind in TYPES for prefix in "BI"))
OPEN = "?"
"""Where a corpus does not say what a word is; no loss."""
IGNORED = -100
INDEX = {OPEN: IGNORED} | {label: index for index, label in enumerate(LABELS)}

Span = tuple[int, int, str]
"""First word, the word after the last, type."""


def to_bio(tags: Iterable[str]) -> list[str]:
    """BIO tags from BIOES or IOB tags; an I tag that continues nothing becomes a B tag."""
    result: list[str] = []
    previous = "O"
    for tag in tags:
        if tag != "O":
            prefix = {"S": "B", "E": "I"}.get(tag[0], tag[0])
            tag = f"{prefix}{tag[1:]}"
            if prefix == "I" and (previous == "O" or previous[2:] != tag[2:]):
                tag = f"B{tag[1:]}"
        result.append(tag)
        previous = tag
    return result


def spans(tags: Sequence[str]) -> set[Span]:
    """The entities of a sentence's BIO tags."""
    found: set[Span] = set()
    start: int | None = None
    for index, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I"):
            found.add((start, index, tags[start][2:]))
            start = None
        if tag.startswith("B"):
            start = index
    return found


def f1_scores(
    gold: Iterable[Sequence[str]], predicted: Iterable[Sequence[str]], types: Sequence[str] = CLASSES
) -> dict[str, float]:
    """Strict F1 (same words, same type) over all `types` ("all") and of each of them."""
    correct: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for gold_tags, predicted_tags in zip(gold, predicted, strict=True):
        gold_spans = {span for span in spans(gold_tags) if span[2] in types}
        predicted_spans = {span for span in spans(predicted_tags) if span[2] in types}
        for counter, found in (
            (correct, gold_spans & predicted_spans),
            (wanted, gold_spans),
            (given, predicted_spans),
        ):
            counter.update(kind for _, _, kind in found)
            counter.update("all" for _ in found)
    return {kind: 2 * correct[kind] / ((wanted[kind] + given[kind]) or 1) for kind in ("all", *types)}
