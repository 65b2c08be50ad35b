"""Merging: drafts that speak of the same event become one.

Two dated drafts are one event when date, type, ordinal and town do not contradict each other. An
undated mention belongs to the dated event of its type (and ordinal), the nearest before it first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from extractor.assembly.chronology import covers
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, Feature, same_type
from extractor.assembly.editions import mark_earlier, unmark_opening
from extractor.assembly.following import pair_following
from extractor.assembly.postponement import settle_new_dates
from extractor.assembly.stretches import Item
from extractor.document import BlockKind
from extractor.pipes.values import Timex

_REACH = 16
_PAIR_REACH = 6
_LEAD_REACH = 400
"""How far behind the opening's date, in characters, an event of the head's type may still be the head's."""
_ANY_TYPE = "*"
_ANAPHORIC_TYPE = "*anaphoric"
_APART: frozenset[Feature] = frozenset({"outlook", "past_edition", "row"})


def merge(drafts: Iterable[Draft], cues: Cues) -> list[Draft]:
    """One draft an event, in text order; undated mentions that fit no event stay as they are."""
    ordered = list(drafts)
    mark_earlier(ordered)
    unmark_opening(ordered)
    bare = [draft for draft in ordered if _is_bare(draft)]
    ordered = _name_head(settle_new_dates(ordered, cues))
    vague = _set_aside_vague(draft for draft in ordered if not cues.is_series(draft.event_type))
    bare = pair_following([draft for draft in ordered if not _is_bare(draft)], bare)
    bare = _pair_opening(ordered, bare, cues)
    dated = _merge_dated([draft for draft in ordered if draft.dates and not _is_bare(draft)], [])
    named = dated + _merge_undated([draft for draft in ordered if not draft.dates and not _is_bare(draft)], dated)
    for draft in named:
        draft.dates = draft.dates or vague.get(id(draft), [])
    named.sort(key=lambda draft: draft.position)
    bare = _pair([draft for draft in named if not cues.is_series(draft.event_type)], bare)
    return sorted(_merge_dated(bare, named), key=lambda draft: draft.position)


def _is_bare(draft: Draft) -> bool:
    return "bare" in draft.features and "head" not in draft.features


def _name_head(drafts: list[Draft]) -> list[Draft]:
    """Give a head with a date but no event noun ("Drei Abende im November") the first event of the opening."""
    head = next((draft for draft in drafts if "head" in draft.features and _is_unnamed(draft)), None)
    if head is None:
        return drafts
    opening = [draft for draft in drafts if "lead" in draft.features and draft.mentions]
    if not opening or opening[0].features & _APART or _is_title(opening[0]):
        return drafts
    first = opening[0]
    if head.mentions and (not first.dates or _is_unnamed(first)):
        return drafts
    if first.dates and not (covers(head.start or "", first.start or "") or head.start == first.start):
        return drafts
    head.dates, first.dates = [*first.dates, *head.dates], []
    if not same_type(head.event_type, first.event_type):
        head.mentions, head.event_type, head.title = [], None, None
    head.absorb(first)
    return [draft for draft in drafts if draft is not first]


def _is_unnamed(draft: Draft) -> bool:
    """Whether a head has no event noun but one that only its line makes an event ("Besuch aus Bordeaux")."""
    return all(mention.value["rule"].startswith("event.heading") for mention in draft.mentions)


def _set_aside_vague(drafts: Iterable[Draft]) -> dict[int, list[Item[Timex]]]:
    """Take the dates of a head that gives only a season or a year: the text may tell the day."""
    vague = {}
    for draft in drafts:
        if "head" in draft.features and draft.mentions and draft.dates and not _is_precise(draft):
            vague[id(draft)] = draft.dates
            draft.dates = []
    return vague


def _pair_opening(drafts: list[Draft], bare: list[Draft], cues: Cues) -> list[Draft]:
    """Pair undated events of the opening with its bare dates before a later event of their type takes them.

    Returns the bare drafts that are left.
    """
    free = [draft for draft in bare if not draft.features & _APART and _is_precise(draft)]
    named = [draft for draft in drafts if draft.mentions]
    for draft in named:
        if (
            draft.dates
            or draft.features & _APART
            or not _is_salient(draft, named[0])
            or cues.is_series(draft.event_type)
        ):
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
        return free[:_REACH]
    index = draft.stretches[0].index
    first = bisect_left(free, index - _PAIR_REACH, key=lambda other: other.stretches[0].index)
    return free[first : first + _REACH]


def _is_beside(bare: Draft, draft: Draft) -> bool:
    """Whether a bare date can be the date of an undated event: in the opening, or below its title."""
    if _contradict(draft, bare):
        return False
    distance = min(abs(bare.stretches[0].index - stretch.index) for stretch in draft.stretches)
    if _is_title(draft):
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


def _is_title(draft: Draft) -> bool:
    """Whether a draft is named in the title of a section."""
    return "head" not in draft.features and draft.stretches[0].kind is BlockKind.HEADING


def _is_rival(other: Draft, draft: Draft, opening: Draft) -> bool:
    """Whether an event of the same type has a precise date of its own in the opening, or the bare date itself."""
    if not _is_precise(other) or not _agree(other.ordinal, draft.ordinal):
        return False
    reach = 0 if draft.is_anaphoric else _LEAD_REACH
    early = other.position <= opening.position + reach and "outlook" not in other.features
    return (early and same_type(other.event_type, draft.event_type)) or (
        other.start == opening.start and other.position <= opening.position
    )


def _pair(named: list[Draft], bare: list[Draft]) -> list[Draft]:
    """Join an undated event of the opening with the bare date that stands next to it.

    "Bürgerwerkstatt im Malzhaus. Am 3. Mai kamen dort 40 Gäste zusammen": noun and date stand in
    two sentences. Returns the bare drafts that are left.
    """
    free = [draft for draft in bare if not draft.features & _APART and _is_precise(draft)]
    known = {draft.start: draft.position for draft in reversed(named) if _is_precise(draft)}
    paired: list[Draft] = []
    for draft in named:
        if _is_precise(draft) or draft.features & _APART or not _is_salient(draft, named[0]):
            continue
        near = [
            (min(abs(other.stretches[0].index - stretch.index) for stretch in draft.stretches), other)
            for other in free[:_REACH]
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


def _merge_dated(drafts: list[Draft], merged: list[Draft]) -> list[Draft]:
    """Merge dated drafts with each other and with what is merged already."""
    merged = list(merged)
    by_date: dict[str, list[Draft]] = defaultdict(list)
    for draft in merged:
        for key in _date_keys(draft):
            by_date[key].append(draft)
    for draft in drafts:
        near = (other for key in _date_keys(draft) for other in _within_reach(by_date[key]))
        match = next((other for other in near if _one_event(other, draft)), None)
        if match is None:
            merged.append(draft)
            for key in _date_keys(draft):
                by_date[key].append(draft)
        else:
            match.absorb(draft)
    return merged


def _is_salient(draft: Draft, first: Draft) -> bool:
    """Whether a draft of the opening is told as an event rather than mentioned in passing."""
    if _is_title(draft):
        return True
    if not draft.features & {"head", "lead"}:
        return False
    told = draft.title or draft.ordinal or draft.attendances or draft.statuses or len(draft.mentions) > 1
    return bool(told) or draft is first or "head" in draft.features


def _is_precise(draft: Draft) -> bool:
    return bool(draft.dates) and draft.dates[0].value["precision"] in ("day", "week", "month")


def _within_reach(drafts: list[Draft]) -> list[Draft]:
    """The first drafts and the last ones: what a mention can mean, and a bound on the work."""
    return drafts if len(drafts) <= 2 * _REACH else drafts[:_REACH] + drafts[-_REACH:]


def _date_keys(draft: Draft) -> list[str]:
    """Under which dates a draft is found: its start, and a postponed event's old one."""
    keys = [draft.start] if draft.start else []
    if draft.previous is not None and draft.previous.value["edtf_start"]:
        keys.append(draft.previous.value["edtf_start"])
    return [key for key in keys if key]


def _one_event(one: Draft, other: Draft) -> bool:
    if not same_type(one.event_type, other.event_type) or not _agree(one.ordinal, other.ordinal):
        return False
    if one.title and other.title and one.title.casefold() != other.title.casefold():
        return False
    if one.end and other.end and one.end != other.end:
        return False
    cities = [{city.value["name"] for city in draft.cities} for draft in (one, other)]
    rows = "row" in one.features and "row" in other.features
    return not rows or not all(cities) or bool(cities[0] & cities[1])


def _agree(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def _merge_undated(drafts: list[Draft], dated: list[Draft]) -> list[Draft]:
    """Undated mentions join an event of their type; what finds none is merged among itself."""
    by_type: dict[str, list[Draft]] = defaultdict(list)
    for event in dated:
        by_type[_type_key(event)].append(event)
        by_type[_ANY_TYPE].append(event)
    rest: list[Draft] = []
    for draft in drafts:
        keys = [_ANY_TYPE] if draft.is_anaphoric else [_type_key(draft), _ANAPHORIC_TYPE]
        candidates = [event for key in keys for event in _within_reach(by_type[key]) if _may_be(event, draft)]
        candidates = [event for event in candidates if not event.is_anaphoric or _is_near(event, draft)]
        if candidates:
            before = [event for event in candidates if event.position <= draft.position]
            _join(_preferred(before) if before else candidates[0], draft)
            continue
        rest.append(draft)
        by_type[_type_key(draft)].append(draft)
        by_type[_ANY_TYPE].append(draft)
    return rest


def _is_near(event: Draft, mention: Draft) -> bool:
    """Whether an anaphoric event ("the eighth edition") can take up the mention: it stands right behind it."""
    distance = event.stretches[0].index - mention.stretches[-1].index
    return "head" in mention.features or 0 <= distance <= 3


def _join(event: Draft, mention: Draft) -> None:
    """Take an undated mention into an event; what comes next has only the place that it is given."""
    if "outlook" in event.features:
        mention.cities, mention.venues, mention.times = [], [], []
    event.absorb(mention)


def _type_key(draft: Draft) -> str:
    """Key under which types that can name the same event meet: their last five letters."""
    if draft.is_anaphoric:
        return _ANAPHORIC_TYPE
    return draft.event_type.casefold()[-5:] if draft.event_type else ""


def _may_be(event: Draft, mention: Draft) -> bool:
    """Whether an undated mention can mean the event."""
    if not same_type(event.event_type, mention.event_type):
        return False
    same_ordinal = mention.ordinal is not None and mention.ordinal == event.ordinal
    if ("outlook" in mention.features) != ("outlook" in event.features):
        return same_ordinal
    if mention.ordinal is not None and not same_ordinal:
        return event.ordinal is None and not ({"outlook", "past_edition"} & mention.features)
    if mention.title and event.title and mention.title.casefold() != event.title.casefold():
        return False
    return ("past_edition" in event.features) == ("past_edition" in mention.features)


def _preferred(candidates: list[Draft]) -> Draft:
    """The head's event before others, else the one named last."""
    head = next((draft for draft in candidates if "head" in draft.features), None)
    return head or candidates[-1]
