"""Merging: drafts that speak of the same event become one.

Two dated drafts are one event when date, type, ordinal and town do not contradict each other. An
undated mention belongs to the dated event of its type (and ordinal), the nearest before it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from extractor.assembly.chronology import covers
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, same_ordinal, same_type
from extractor.assembly.editions import mark_earlier, unmark_opening
from extractor.assembly.following import pair_following
from extractor.assembly.pairing import APART, REACH, is_precise, is_title, pair, pair_opening
from extractor.assembly.postponement import settle_new_dates
from extractor.assembly.serials import is_series_draft
from extractor.assembly.stretches import Item
from extractor.pipes.values import Timex

_NEAR, _COMPOUND_REACH = 3, 8
"""How many stretches behind a mention an event takes it up, and one that repeats the end of its noun."""
_ANY_TYPE = "*"
_ANAPHORIC_TYPE = "*anaphoric"


def merge(drafts: Iterable[Draft], cues: Cues) -> list[Draft]:
    """One draft an event, in text order; undated mentions that fit no event stay as they are."""
    ordered = list(drafts)
    mark_earlier(ordered)
    unmark_opening(ordered)
    bare = [draft for draft in ordered if _is_bare(draft)]
    ordered = _name_head(settle_new_dates(ordered, cues))
    vague = _set_aside_vague(draft for draft in ordered if not is_series_draft(draft, cues))
    bare = pair_following([draft for draft in ordered if not _is_bare(draft)], bare)
    bare = pair_opening(ordered, bare, cues)
    dated = _merge_dated([draft for draft in ordered if draft.dates and not _is_bare(draft)], [])
    named = dated + _merge_undated([draft for draft in ordered if not draft.dates and not _is_bare(draft)], dated)
    for draft in named:
        draft.dates = draft.dates or vague.get(id(draft), [])
    named.sort(key=lambda draft: draft.position)
    bare = pair([draft for draft in named if not is_series_draft(draft, cues)], bare)
    return sorted(_merge_dated(bare, named), key=lambda draft: draft.position)


def _is_bare(draft: Draft) -> bool:
    return "bare" in draft.features and "head" not in draft.features


def _name_head(drafts: list[Draft]) -> list[Draft]:
    """Give a head with a date but no event noun ("Drei Abende im November") the first event of the opening."""
    head = next((draft for draft in drafts if "head" in draft.features and _is_unnamed(draft)), None)
    if head is None:
        return drafts
    opening = [draft for draft in drafts if "lead" in draft.features and draft.mentions]
    if not opening or opening[0].features & APART or is_title(opening[0]):
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
        if "head" in draft.features and draft.mentions and draft.dates and not is_precise(draft):
            vague[id(draft)] = draft.dates
            draft.dates = []
    return vague


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


def _within_reach(drafts: list[Draft]) -> list[Draft]:
    """The first drafts and the last ones: what a mention can mean, and a bound on the work."""
    return drafts if len(drafts) <= 2 * REACH else drafts[:REACH] + drafts[-REACH:]


def _date_keys(draft: Draft) -> list[str]:
    """Under which dates a draft is found: its start, and a postponed event's old one."""
    keys = [draft.start] if draft.start else []
    if draft.previous is not None and draft.previous.value["edtf_start"]:
        keys.append(draft.previous.value["edtf_start"])
    return [key for key in keys if key]


def _one_event(one: Draft, other: Draft) -> bool:
    if not same_type(one.event_type, other.event_type) or not same_ordinal(one.ordinal, other.ordinal):
        return False
    if one.title and other.title and one.title.casefold() != other.title.casefold():
        return False
    if one.end and other.end and one.end != other.end:
        return False
    cities = [{city.value["name"] for city in draft.cities} for draft in (one, other)]
    rows = "row" in one.features and "row" in other.features
    return not rows or not all(cities) or bool(cities[0] & cities[1])


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
    reach = _COMPOUND_REACH if _is_end_of(event.event_type, mention.event_type) else _NEAR
    return "head" in mention.features or 0 <= distance <= reach


def _is_end_of(noun: str | None, compound: str | None) -> bool:
    """Whether a noun takes up a compound that ends like it: "das Treffen" after "beim Netzwerktreffen"."""
    return bool(noun and compound) and str(compound).endswith(str(noun).lower())


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
