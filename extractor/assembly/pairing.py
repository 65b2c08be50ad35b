"""Pairing: undated events and the mere dates beside them.

"Bürgerwerkstatt im Malzhaus. Am 3. Mai kamen dort 40 Gäste zusammen": noun and date stand in two sentences.
"""

from __future__ import annotations

from bisect import bisect_left

from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, Feature, same_ordinal, same_type
from extractor.assembly.serials import is_series_draft
from extractor.document import BlockKind

REACH = 16
_PAIR_REACH = 6
_LEAD_REACH = 400
"""How far behind the opening's date, in characters, an event of the head's type may still be the head's."""
APART: frozenset[Feature] = frozenset({"outlook", "past_edition", "row"})


def pair_opening(drafts: list[Draft], bare: list[Draft], cues: Cues) -> list[Draft]:
    """Pair undated events of the opening with its bare dates before a later event of their type takes them.

    Returns the bare drafts that are left.
    """
    free = [draft for draft in bare if not draft.features & APART and is_precise(draft)]
    named = [draft for draft in drafts if draft.mentions]
    for draft in named:
        if draft.dates or draft.features & APART or not _is_salient(draft, named[0]) or is_series_draft(draft, cues):
            continue
        opening = next((other for other in _around(draft, free) if _is_beside(other, draft)), None)
        if opening is None or any(_is_rival(other, draft, opening) for other in named):
            continue
        draft.dates, opening.dates = [*opening.dates, *draft.dates], []
        draft.absorb(opening)
        free.remove(opening)
        bare = [other for other in bare if other is not opening]
    return bare


def _around(draft: Draft, free: list[Draft]) -> list[Draft]:
    """The free drafts, in text order, that stand near a draft or, for the head's, open the text."""
    if "head" in draft.features:
        return free[:REACH]
    index = draft.stretches[0].index
    first = bisect_left(free, index - _PAIR_REACH, key=lambda other: other.stretches[0].index)
    return free[first : first + REACH]


def _is_beside(bare: Draft, draft: Draft) -> bool:
    """Whether a bare date can be the date of an undated event: in the opening, or below its title."""
    if _contradict(draft, bare):
        return False
    distance = min(abs(bare.stretches[0].index - stretch.index) for stretch in draft.stretches)
    if is_title(draft):
        return distance <= _PAIR_REACH and bare.stretches[0].section == draft.stretches[0].section
    return "lead" in bare.features and ("head" in draft.features or distance <= _PAIR_REACH)


def _contradict(draft: Draft, bare: Draft) -> bool:
    """Whether both have a venue or a time, or one is called off and the other is not, or told as past."""
    if (draft.venues and bare.venues) or (draft.times and bare.times):
        return True
    if _is_called_off(draft):
        return "told" in bare.features
    return _is_called_off(bare) and "head" not in draft.features


def _is_called_off(draft: Draft) -> bool:
    return any(status.value["status"] == "cancelled" for status in draft.statuses)


def is_title(draft: Draft) -> bool:
    """Whether a draft is named in the title of a section."""
    return "head" not in draft.features and draft.stretches[0].kind is BlockKind.HEADING


def _is_rival(other: Draft, draft: Draft, opening: Draft) -> bool:
    """Whether an event of the same type has a precise date of its own in the opening, or the bare date itself."""
    if not is_precise(other) or _is_former(other, opening) or not same_ordinal(other.ordinal, draft.ordinal):
        return False
    opens = "lead" in other.features and not other.features & APART and other.position < opening.position
    if "head" in draft.features and opens:
        return True
    reach = 0 if draft.is_anaphoric else _LEAD_REACH
    early = other.position <= opening.position + reach and "outlook" not in other.features
    return (early and same_type(other.event_type, draft.event_type)) or (
        other.start == opening.start and other.position <= opening.position
    )


def _is_former(other: Draft, opening: Draft) -> bool:
    """Whether an event told behind the opening's date as one of its kind ("der erste war im Juni") was before it."""
    elliptic = all(mention.value["rule"] == "event.ellipsis" for mention in other.mentions)
    return elliptic and other.position >= opening.position and (other.start or "") < (opening.start or "")


def pair(named: list[Draft], bare: list[Draft]) -> list[Draft]:
    """Join an undated event of the opening with the bare date that stands next to it.

    "Bürgerwerkstatt im Malzhaus. Am 3. Mai kamen dort 40 Gäste zusammen": noun and date stand in
    two sentences. Returns the bare drafts that are left.
    """
    free = [draft for draft in bare if not draft.features & APART and is_precise(draft)]
    known = {draft.start: draft.position for draft in reversed(named) if is_precise(draft)}
    paired: list[Draft] = []
    for draft in named:
        if is_precise(draft) or draft.features & APART or not _is_salient(draft, named[0]):
            continue
        near = [
            (min(abs(other.stretches[0].index - stretch.index) for stretch in draft.stretches), other)
            for other in free[:REACH]
            if other not in paired
            and (not draft.dates or (other.start or "").startswith(draft.start or ""))
            and not _contradict(draft, other)
            and known.get(other.start, other.position) >= other.position
        ]
        distance, nearest = min(near, key=lambda row: row[0], default=(_PAIR_REACH + 1, None))
        if nearest is not None and distance <= _PAIR_REACH:
            draft.dates = nearest.dates + draft.dates
            nearest.dates = []
            draft.absorb(nearest)
            paired.append(nearest)
    return [draft for draft in bare if draft not in paired]


def _is_salient(draft: Draft, first: Draft) -> bool:
    """Whether a draft of the opening is told as an event rather than mentioned in passing."""
    if is_title(draft):
        return True
    if not draft.features & {"head", "lead"}:
        return False
    told = draft.title or draft.ordinal or draft.attendances or draft.statuses or len(draft.mentions) > 1
    return bool(told) or draft is first or "head" in draft.features


def is_precise(draft: Draft) -> bool:
    """Whether the text gives an event's day, week or month."""
    return bool(draft.dates) and draft.dates[0].value["precision"] in ("day", "week", "month")
