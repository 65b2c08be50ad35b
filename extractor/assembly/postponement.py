"""Postponed events: telling the old date from the new one, wherever the two stand."""

from __future__ import annotations

from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, same_type
from extractor.assembly.stretches import Item
from extractor.edtf import in_year, is_valid, parse, specified_year, without_year, year_unspecified
from extractor.pipes.values import Timex


def settle_previous(draft: Draft, cues: Cues) -> None:
    """Of the two dates of a postponed event, tell the old one from the new one."""
    if len(draft.dates) < 2 or not any(status.value["status"] == "postponed" for status in draft.statuses):
        return
    stretch_of = {id(date): stretch for stretch in draft.stretches for date in stretch.dates}

    def cue(date: Item[Timex], new: bool) -> bool:
        stretch = stretch_of[id(date)]
        context = cues.new_date if new else cues.previous_date
        return context.matches(stretch.before(date), stretch.after(date))

    old = next((date for date in draft.dates if cue(date, new=False)), None)
    if old is None:
        old = min(draft.dates, key=lambda date: date.value["edtf_start"] or "")
    rest = [date for date in draft.dates if date is not old]
    rest.sort(key=lambda date: not cue(date, new=True))
    draft.previous, draft.dates = _with_year(old, rest[0]), rest


def _with_year(old: Item[Timex], new: Item[Timex]) -> Item[Timex]:
    """The old date in the year of the new one, or the year before, if it has none of its own."""
    start, later = old.value["edtf_start"], new.value["edtf_start"]
    if start is None or later is None or not year_unspecified(start) or parse(start).month is None:
        return old
    year = specified_year(later)
    if year is None:
        return old
    completed = in_year(start, year - (without_year(start) > without_year(later)))
    if not is_valid(completed):  # 29 February
        return old
    value = old.value.copy()
    value["edtf_start"], value["inferred_from"] = completed, "context"
    return Item(value, old.start, old.end)


def settle_new_dates(drafts: list[Draft], cues: Cues) -> list[Draft]:
    """Give "Neuer Termin ist der 3. Mai" to the event named before; what it had is its previous date."""
    kept: list[Draft] = []
    owner: Draft | None = None
    for draft in drafts:
        if owner is None or not (draft.is_anaphoric and draft.dates and _is_new_date(draft, cues)):
            kept.append(draft)
            owner = draft if draft.mentions and not draft.is_anaphoric else owner
            continue
        if owner.dates and owner.previous is None:
            owner.previous, owner.dates = owner.dates[0], []
            owner.times, owner.venues, owner.cities = [], [], []
        owner.dates, draft.dates = [*draft.dates, *owner.dates], []
        owner.absorb(draft)
    return kept


def _is_new_date(draft: Draft, cues: Cues) -> bool:
    stretch = draft.stretches[0]
    if draft.dates[0].value["precision"] == "year":  # "Einen Ersatztermin wird es in diesem Jahr nicht geben"
        return False
    return cues.new_date.matches(stretch.before(draft.dates[0]), "")


def settle_postponement(main: Draft, rest: list[Draft]) -> list[Draft]:
    """Bind the old and the new date of a postponed event that stand in two sentences."""
    if main.previous is not None or not main.dates:
        return rest
    for draft in rest:
        postponed = any(status.value["status"] == "postponed" for status in main.statuses + draft.statuses)
        same = same_type(draft.event_type, main.event_type) and draft.ordinal in (None, main.ordinal or draft.ordinal)
        if not (postponed and same and draft.dates) or {"past_edition", "row"} & draft.features:
            continue
        if draft.dates[0].value["precision"] != "day":
            continue
        old, new = sorted([main.dates[0], draft.dates[0]], key=lambda date: date.value["edtf_start"] or "")
        outdated = main if main.dates[0] is old else draft
        outdated.times, outdated.venues, outdated.cities = [], [], outdated.cities if outdated is main else []
        draft.dates = []
        main.absorb(draft)
        main.dates = [new, *(date for date in main.dates if date is not new and date is not old)]
        main.previous = old
        return [other for other in rest if other is not draft]
    return rest
