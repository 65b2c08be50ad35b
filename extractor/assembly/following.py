"""A day in one sentence, the event's noun and hour in the next: "Am 3. Mai am Stand. Bienenschau ab 14 Uhr"."""

from __future__ import annotations

from extractor.assembly.drafts import Draft, Feature

_APART: frozenset[Feature] = frozenset({"past_edition", "row", "head", "programme"})


def pair_following(named: list[Draft], bare: list[Draft]) -> list[Draft]:
    """Give an undated event with an hour the day of the sentence before; returns the bare drafts that are left."""
    last = {draft.stretches[-1].index: draft for draft in bare if _is_mere_day(draft)}
    paired: list[Draft] = []
    for draft in named:
        day = last.get(draft.stretches[0].index - 1)
        if day is None or day in paired or draft.dates or not draft.times or draft.features & _APART:
            continue
        if day.stretches[-1].block != draft.stretches[0].block or (day.venues and draft.venues):
            continue
        draft.dates, day.dates = day.dates, []
        draft.absorb(day)
        paired.append(day)
    return [draft for draft in bare if draft not in paired]


def _is_mere_day(draft: Draft) -> bool:
    """Whether a draft is a day without an hour."""
    if draft.features & _APART or draft.times or not draft.dates:
        return False
    return draft.dates[0].value["precision"] == "day"
