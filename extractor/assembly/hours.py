"""Hours: which clock times of a stretch are an event's own, and which say when it ends."""

from __future__ import annotations

from extractor.assembly.candidates import closing_dates
from extractor.assembly.cues import Cues
from extractor.assembly.stretches import Item, Stretch
from extractor.pipes.values import Timex

_REACH = 64
"""How many characters before a clock time say that something ends."""
_CLOSING_REACH = 6


def own_times(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """Clock times of a stretch that can be an event's own start and end."""
    last_days = closing_dates(stretch, cues)
    return [
        time
        for time in _clock_times(stretch)
        if time.value["rule"] != "time.dateline"
        and not cues.foreign_time.search(stretch.before(time, 40))
        and not _closes(time, last_days, stretch, cues)
    ]


def closing_times(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """Clock times of a stretch at which something ends ("Ende: 21 Uhr", "gegen 21 Uhr war Schluss")."""
    last_days = closing_dates(stretch, cues)
    return [time for time in _clock_times(stretch) if _closes(time, last_days, stretch, cues)]


def departure_times(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """Clock times of a stretch at which a trip sets off ("Abfahrt ist um 7.15 Uhr")."""
    return [time for time in _clock_times(stretch) if cues.departure.search(stretch.before(time, 60))]


def return_times(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """Clock times of a stretch at which a trip is back ("Rückkehr gegen 19 Uhr")."""
    return [
        time
        for time in _clock_times(stretch)
        if cues.return_trip.matches(stretch.before(time, 40), stretch.after(time, 40))
    ]


def _clock_times(stretch: Stretch) -> list[Item[Timex]]:
    return [time for time in stretch.dates if time.value["type"] == "TIME" and time.value["start_time"]]


def _closes(time: Item[Timex], last_days: list[Item[Timex]], stretch: Stretch, cues: Cues) -> bool:
    """Whether a clock time ends the event: a cue says so, or it stands behind the last day."""
    if time.value["end_time"]:
        return False
    before, after = stretch.before(time, _REACH), stretch.after(time, _REACH)
    if cues.foreign_end.search(before):
        return False
    if cues.closing.search(before) or cues.closed.matches("", after):
        return True
    if cues.told_until.search(stretch.text[: time.start - stretch.start]) and cues.until_told.search(after):
        return True
    return any(0 <= time.start - last.end <= _CLOSING_REACH for last in last_days)
