"""Loose details: what the text tells of its main event away from the event's date.

Reports give the number of guests, the venue or the hours in a sentence of their own. Such a detail
is the main event's unless its stretch speaks of another event.
"""

from __future__ import annotations

import re

from extractor.assembly.candidates import event_dates, venues_of_events
from extractor.assembly.chronology import holds
from extractor.assembly.comparisons import compared_from
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft
from extractor.assembly.hours import closing_times, departure_times, own_times, return_times
from extractor.assembly.roles import Cast
from extractor.assembly.spans import close_span
from extractor.assembly.stretches import ROW_KINDS, Item, Layout, Stretch
from extractor.pipes.values import Attendance, Timex, Venue

_LABEL = re.compile(r"(?:Wo|Treffpunkt|Ort)\? ?")
_LEAD = 1200
"""How far into the text, in characters, a venue without a date is the main event's."""


def complete_main(cast: Cast, layout: Layout, cues: Cues) -> None:
    """Fill what the main event still lacks from stretches that no other event claims."""
    main = cast.main
    if main is None:
        return
    _continue_others(cast, layout, cues)
    main.attendances.extend(_compared(cast, layout))
    known = {id(count) for count in main.attendances}
    claimed = {stretch.index for draft in cast.follow_ups + cast.others for stretch in draft.stretches}
    for stretch in layout.stretches:
        if not stretch.is_content or stretch.index in claimed:
            continue
        opening = stretch.start <= _LEAD
        counts = [count for count in stretch.attendances if id(count) not in known]
        times = _overall_times(stretch, cues) if not main.times else []
        if not opening:
            times = [time for time in times if time.value["end_time"] and cues.told.search(stretch.text)]
        ends = closing_times(stretch, cues) if not main.closing_times else []
        venues = _venues(stretch, cues) if opening and not main.venues else []
        if (counts or times or ends or venues) and _speaks_of_main(stretch, cast, cues):
            main.attendances.extend(counts)
            main.times.extend(times[:1])
            main.closing_times.extend(ends[:1])
            main.venues.extend(venues[:1])
            main.add_stretch(stretch)
    if cues.trip.search(main.event_type or ""):
        _set_off(main, layout, frozenset(claimed), cues)
    close_span(main, layout, frozenset(claimed))
    if not main.dates or not (main.cities or main.venues):
        _complete_from_furniture(cast, layout, cues)


def _compared(cast: Cast, layout: Layout) -> list[Item[Attendance]]:
    """Numbers that the text only compares with another event's, and that no event has: they are the main event's."""
    drafts = [draft for draft in (cast.main, *cast.follow_ups, *cast.others) if draft is not None]
    taken = {id(count) for draft in drafts for count in draft.attendances}
    free = ((count, stretch) for stretch in layout.stretches for count in stretch.attendances if id(count) not in taken)
    return [count for count, stretch in free if stretch.is_content and compared_from(count, stretch) is not None]


def _set_off(main: Draft, layout: Layout, claimed: frozenset[int], cues: Cues) -> None:
    """Let a trip begin with its departure and end with its return, where it has no hours of its own."""
    if main.times:
        return
    free = [stretch for stretch in layout.stretches if stretch.is_content and stretch.index not in claimed]
    main.times.extend([time for stretch in free for time in departure_times(stretch, cues)][:1])
    if main.times and not main.closing_times:
        main.closing_times.extend([time for stretch in free for time in return_times(stretch, cues)][:1])


def _continue_others(cast: Cast, layout: Layout, cues: Cues) -> None:
    """A sentence that goes on with a pronoun or a label ("Treffpunkt: ...") is about the event of the one before."""
    for draft in cast.follow_ups + cast.others:
        following = max(stretch.index for stretch in draft.stretches) + 1
        if following < len(layout.stretches) and _LABEL.fullmatch(layout.stretches[following].text):
            following += 1
            labelled = True
        else:
            labelled = False
        if following >= len(layout.stretches):
            continue
        stretch = layout.stretches[following]
        same_block = stretch.block == layout.stretches[following - 1].block
        goes_on = labelled or cues.pronoun.match(stretch.text) or cues.place_label.match(stretch.text)
        if same_block and goes_on and not stretch.events:
            draft.add_stretch(stretch)
            draft.times.extend(own_times(stretch, cues))
            draft.venues.extend(venues_of_events(stretch, cues))


def _speaks_of_main(stretch: Stretch, cast: Cast, cues: Cues) -> bool:
    """No outlook, no earlier edition, no date of another day."""
    if cues.outlook.search(stretch.text) or cues.past_edition.search(stretch.text):
        return False
    own = cast.main.dates if cast.main else []
    return all(any(_is_same(date, day) for day in own) for date in event_dates(stretch, cues))


def _is_same(date: Item[Timex], own: Item[Timex]) -> bool:
    """Whether a date is the event's own, or the month or year in which that lies."""
    return date.value["edtf_start"] == own.value["edtf_start"] or holds(date.value, own.value)


def _overall_times(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """Spans of hours, or the hour at which it begins: another single hour is more often an item's."""
    times = own_times(stretch, cues)
    if stretch.kind in ROW_KINDS:
        return []
    if any(not event.value["generic"] for event in stretch.events) or not cues.opening.search(stretch.text):
        return [time for time in times if time.value["end_time"]]
    return times


def _venues(stretch: Stretch, cues: Cues) -> list[Item[Venue]]:
    if stretch.kind in ROW_KINDS:
        return []
    return [venue for venue in venues_of_events(stretch, cues) if not venue.value["online"]]


def _complete_from_furniture(cast: Cast, layout: Layout, cues: Cues) -> None:
    """Take the date or the place from a footer or a toolbar where it stands only there."""
    main = cast.main
    if main is None:
        return
    for stretch in layout.stretches:
        if stretch.is_content:
            continue
        if not main.dates:
            main.dates.extend(event_dates(stretch, cues)[:1])
        if not main.venues and not main.cities:
            main.venues.extend(stretch.venues[:1])
