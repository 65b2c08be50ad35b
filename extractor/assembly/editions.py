"""Editions: which drafts are earlier ones, and which is no later one though words of an outlook stand beside it."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.assembly.drafts import Draft


def mark_earlier(drafts: Iterable[Draft]) -> None:
    """Mark "the first" as an earlier edition behind a later one: "war der zweite; der erste war im Mai"."""
    last: dict[str, int] = {}
    for draft in sorted(drafts, key=lambda draft: draft.position):
        if draft.event_type is None or draft.ordinal is None:
            continue
        elliptic = draft.mentions and draft.mentions[0].value["rule"] == "event.ellipsis"
        if elliptic and draft.ordinal < last.get(draft.event_type, 0):
            draft.features.add("past_edition")
        last[draft.event_type] = draft.ordinal


def unmark_opening(drafts: list[Draft]) -> None:
    """Let the first day of a text that tells nothing past be no outlook: "Am 4. Mai trifft sich der Kreis wieder"."""
    dated = [draft for draft in drafts if draft.dates and "past_edition" not in draft.features]
    first = min(dated, key=lambda draft: draft.position, default=None)
    if (
        first is None
        or not {"lead", "outlook"} <= first.features
        or "bare" not in first.features
        or "head" in first.features
    ):
        return
    if not any(draft.attendances or "told" in draft.features or _is_held(draft) for draft in drafts):
        first.features.discard("outlook")


def _is_held(draft: Draft) -> bool:
    return any(status.value["status"] == "held" for status in draft.statuses)
