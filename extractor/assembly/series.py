"""A series told as one: the main event runs from its first date to its last, each date is an event.

"Die Vortragsreihe im Wintersemester", then a list of evenings; "vier Konzerte" with a date each.
"""

from __future__ import annotations

from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, same_type
from extractor.assembly.entries import entry_title, is_entry
from extractor.assembly.roles import Cast
from extractor.assembly.serials import may_be_member
from extractor.assembly.stretches import Layout

_LEAST_DATES, _LEAST_COUNTED = 3, 2
_DAYLIKE = ("day", "month")


def spread_series(cast: Cast, bare: list[Draft], layout: Layout, cues: Cues) -> None:
    """Where the main event is a series, make its dates events and let it span them.

    ``bare`` are the drafts with a date but no event noun, which count here as dates of the series.
    """
    main = cast.main
    counted = main is not None and "series" in main.features
    if main is None or not (counted or cues.is_series(main.event_type)) or _has_own_day(main):
        return
    barred = {"past_edition"} if counted else {"past_edition", "outlook"}
    told = [draft for draft in cast.others + cast.follow_ups if draft.dates and not barred & draft.features]
    named = [draft for draft in told if not _is_mere_entry(draft)]
    dated = [draft for draft in bare if draft.dates and not barred & draft.features]
    if counted:
        blocks = {d.stretches[0].block for d in dated if d.dates[0].value["precision"] == "day"}
        named = [d for d in named if may_be_member(d, main.event_type, layout) or d.stretches[0].block in blocks]
    dated += [draft for draft in told if _is_mere_entry(draft)]
    lines = [draft for draft in dated if draft.stretches[0].short_line or "row" in draft.features]
    loose = [draft for draft in dated if draft.venues or draft.times or (draft in lines and len(lines) >= _LEAST_DATES)]
    if counted:
        loose = [draft for draft in dated if draft.dates[0].value["precision"] == "day"]
    elif len(loose) >= _LEAST_DATES:
        rows = {draft.stretches[0].index for draft in loose}
        named = [draft for draft in named if same_type(draft.event_type, main.event_type) or _is_among(draft, rows)]
        loose = [draft for draft in loose if draft.dates[0].value["precision"] == "day"]
    listed = named + loose
    members = sorted((draft for draft in listed if _is_daylike(draft)), key=lambda draft: draft.start or "")
    if len(members) < (_LEAST_COUNTED if counted else _LEAST_DATES):
        return
    for draft in loose:
        _name_member(draft, main, layout, cues)
    _span(main, members)
    if len({city.value["name"] for draft in members for city in draft.cities[:1]}) > 1 and not _has_own_place(main):
        main.cities, main.venues = [], []
        main.features.add("several_towns")
    cast.follow_ups = [draft for draft in cast.follow_ups if draft not in members]
    cast.others = sorted([*(d for d in cast.others if d not in members), *members], key=lambda draft: draft.position)


def _is_among(draft: Draft, rows: set[int]) -> bool:
    """Whether an event stands in a line of the list whose other lines have the indices."""
    index = draft.stretches[0].index
    return is_entry(draft, draft.stretches[0]) and bool({index - 1, index + 1} & rows)


def _is_mere_entry(draft: Draft) -> bool:
    """Whether only its place in a list makes the draft an event."""
    return all(mention.value["rule"] == "event.entry" for mention in draft.mentions)


def _is_daylike(draft: Draft) -> bool:
    return draft.dates[0].value["precision"] in _DAYLIKE


def _has_own_day(main: Draft) -> bool:
    """Whether the head gives one day and hour: then the text is about one date of the series."""
    return (
        "head" in main.features and bool(main.times) and bool(main.dates) and main.dates[0].value["precision"] == "day"
    )


def _has_own_place(main: Draft) -> bool:
    """Whether the head names the place of the whole series."""
    return bool(main.venues) and "head" in main.features


def _span(main: Draft, members: list[Draft]) -> None:
    first, last = members[0], max(members, key=lambda draft: draft.end or draft.start or "")
    main.dates = [first.dates[0], *main.dates]
    if (last.end or last.start) != first.start:
        main.closing = last.closing or last.dates[0]


def _name_member(draft: Draft, main: Draft, layout: Layout, cues: Cues) -> None:
    """An evening of a series has its kind from the series, its name from the line behind its date."""
    kind = cues.series.sub("", main.event_type or "") or "Termin"
    kind = kind.removesuffix("s") if kind.endswith(("gs", "chs")) else kind
    draft.event_type = kind[:1].upper() + kind[1:]
    draft.features.discard("bare")
    draft.features.add("elliptic")
    draft.mentions = []
    draft.entry_title = entry_title(draft, draft.stretches[0]) if not draft.venues else None
    following = draft.stretches[0].index + 1
    if draft.entry_title is None and draft.stretches[0].short_line and following < len(layout.stretches):
        line = layout.stretches[following]
        if line.short_line and not line.dates and not line.events:
            draft.entry_title = line.text.strip(' .–-„“”»«"')
            draft.add_stretch(line)
    if not draft.venues and not draft.cities:
        draft.venues = list(main.venues)
    if not draft.cities:
        draft.cities = list(main.cities)
    if not draft.times:
        draft.times, draft.closing_times = list(main.times), list(main.closing_times)
