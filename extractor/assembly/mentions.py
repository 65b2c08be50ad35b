"""From stretches to drafts: which lines speak of which event.

Title and date lines form one stretch, the head; a line that says when or where belongs to the event named last; the
events of a programme have the day under whose heading they stand. See ``proximity`` for what is in one stretch.
"""

from __future__ import annotations

import re

from extractor.assembly.candidates import event_dates
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, same_type
from extractor.assembly.entries import name_entry
from extractor.assembly.head import add_details, drafts_of_head
from extractor.assembly.hours import own_times
from extractor.assembly.proximity import drafts_of_stretch
from extractor.assembly.serials import counts_its_dates, days_lead, is_day_line, is_series_draft
from extractor.assembly.stretches import LABEL, ROW_KINDS, Item, Layout, Stretch
from extractor.document import BlockKind
from extractor.pipes.values import Timex

_DATE_LINE_REACH = 4
"""How many stretches behind an event noun its date line may stand."""
_LONGEST_LABEL = 44
_HOUR_LINE = re.compile(r"\W{0,3}(?:Beginn|Dauer|Ende|Sitzungsbeginn)[ |]{1,3}(?:um )?\d")
"""A line that gives the hours without a colon: "Beginn 18.05 Uhr / Ende 20.40 Uhr"."""
_LEAD = 900
"""How far into the text, in characters, its first sentences reach: who did what, when and where."""


def drafts_of(layout: Layout, cues: Cues) -> list[Draft]:
    """All drafts of a text, in text order, not yet merged."""
    drafts: list[Draft] = []
    end = _head_end(layout, cues)
    head = [stretch for stretch in layout.stretches[:end] if stretch.is_content]
    if head:
        drafts.extend(drafts_of_head(head, layout, cues))
    current: Draft | None = drafts[0] if drafts else None
    counted, leading = counts_its_dates(layout), days_lead(layout)
    opened: Draft | None = None
    series = _series_among(drafts) if counted else None
    lead, ahead = True, False
    day: list[Item[Timex]] = []
    days: list[Item[Timex]] = []
    for stretch in layout.stretches[end:]:
        if not stretch.is_content:
            continue
        fresh = drafts_of_stretch(stretch, cues) if stretch.events or stretch.dates else []
        if counted and series is None and lead and not any(draft.dates for draft in drafts):
            series = _series_among(fresh)
        if _is_day_heading(stretch):
            day = event_dates(stretch, cues)[:1]
            days.extend(day)
            continue
        if stretch.kind is BlockKind.HEADING:
            day = []
        if leading and fresh and is_day_line(stretch):
            opened = current = fresh[0]
        elif opened is not None and _take_day(opened, fresh, drafts):
            opened = None
        ahead = _looks_ahead(stretch, cues) or (ahead and stretch.kind in ROW_KINDS)
        _set_day(fresh, day)
        if _is_detail_line(stretch, cues) and current is not None and current not in fresh:
            of_title = days and drafts[0].mentions and "head" in drafts[0].features and _is_labelled(stretch, cues)
            told_last = drafts[-1] if drafts and drafts[-1].goes_on_in(stretch) else current
            fresh = _attach_line(drafts[0] if of_title else told_last, fresh, stretch, series, cues)
        for draft in fresh:
            name_entry(draft, stretch, layout.reading)
            if ahead:
                draft.features.add("outlook")
            if lead:
                draft.features.add("lead")
        drafts.extend(fresh)
        named = [draft for draft in fresh if draft.mentions]
        current = named[-1] if named else current
        lead = lead and stretch.start < _LEAD
    if days and drafts and "head" in drafts[0].features:
        _date_by_programme(drafts[0], days)
    return drafts


def _take_day(opened: Draft, fresh: list[Draft], drafts: list[Draft]) -> bool:
    """Give the mere day of a line above to the first event below it that has none, and its place among the drafts."""
    event = next((draft for draft in fresh if draft.mentions and not draft.dates), None)
    if event is None:
        return False
    event.dates.extend(opened.dates)
    event.features.add("row")
    del drafts[next(index for index in range(len(drafts) - 1, -1, -1) if drafts[index] is opened)]
    return True


def _series_among(drafts: list[Draft]) -> Draft | None:
    """The first event without a date of its own, made the series whose dates the text counts."""
    first = next((draft for draft in drafts if draft.mentions and not draft.dates), None)
    if first is not None:
        first.features.add("series")
    return first


def _head_end(layout: Layout, cues: Cues) -> int:
    """Where the head ends: before a line that dates what comes next ("Nächster Termin: 10. Mai")."""
    dated = False
    for stretch in layout.stretches[: layout.head]:
        if dated and stretch.dates and cues.outlook.search(stretch.text[:_LONGEST_LABEL]):
            return stretch.index
        dated = dated or bool(stretch.dates)
    return layout.head


def _date_by_programme(title: Draft, days: list[Item[Timex]]) -> None:
    """Let an event that only its title names take place on the days of its programme."""
    if title.mentions and not title.dates:
        title.dates.append(days[0])
        if days[-1].value["edtf_start"] != days[0].value["edtf_start"]:
            title.closing = days[-1]


def _looks_ahead(stretch: Stretch, cues: Cues) -> bool:
    """A line above a list that says it is of what comes next: "Was kommt als Nächstes?"."""
    if stretch.dates or stretch.events or stretch.kind in ROW_KINDS or len(stretch.text) > _LONGEST_LABEL:
        return False
    ends = stretch.kind is BlockKind.HEADING or stretch.text.rstrip().endswith(("?", ":"))
    return ends and cues.outlook.search(stretch.text) is not None


def _is_day_heading(stretch: Stretch) -> bool:
    """A heading that is little more than a day: "FREITAG", "Dienstag, 19.09. – alle zusammen"."""
    if stretch.kind is not BlockKind.HEADING or not stretch.dates or stretch.events:
        return False
    date = stretch.dates[0]
    return date.value["precision"] == "day" and date.start - stretch.start <= 2


def _set_day(drafts: list[Draft], day: list[Item[Timex]]) -> None:
    """Give the events of a programme the day under whose heading they stand."""
    for draft in drafts:
        if day and draft.mentions and not draft.dates and (draft.times or draft.venues or draft.cities):
            draft.dates.extend(day)
            draft.features.add("programme")


def _is_detail_line(stretch: Stretch, cues: Cues) -> bool:
    """A line of its own that says when or where: a date line, or one behind a label."""
    if _is_labelled(stretch, cues):
        return True
    other_label = LABEL.match(stretch.text)
    return stretch.short_line and stretch.kind not in ROW_KINDS and not stretch.events and not other_label


def _is_labelled(stretch: Stretch, cues: Cues) -> bool:
    """Whether a line begins with a label for the date or the place ("Wann:", "Treffpunkt:")."""
    text = stretch.text
    if ":" not in text[:_LONGEST_LABEL] and "?" not in text[:_LONGEST_LABEL] and not _HOUR_LINE.match(text):
        return False
    return bool(cues.date_label.match(text) or cues.place_label.match(text))


def _is_title_of(draft: Draft, stretch: Stretch) -> bool:
    """Whether only the title of the section names the draft in which a line of its own stands."""
    title = draft.stretches[-1]
    return title.kind is BlockKind.HEADING and title.section == stretch.section and not draft.dates


def _attach_line(current: Draft, fresh: list[Draft], stretch: Stretch, series: Draft | None, cues: Cues) -> list[Draft]:
    """Give a detail line to the event named last, unless it has a date of its own already."""
    labelled = _is_labelled(stretch, cues)
    distance = stretch.index - current.stretches[-1].index
    near = (
        labelled or distance <= (_DATE_LINE_REACH if fresh else 1) or (bool(fresh) and _is_title_of(current, stretch))
    )
    if fresh and "head" not in current.features and stretch.section != current.stretches[-1].section:
        return fresh
    if not near or any(draft.mentions for draft in fresh) or (fresh and current.dates):
        return fresh
    dated = bool(fresh) and not own_times(stretch, cues)
    is_series = dated and (
        is_series_draft(current, cues) or (series is not None and same_type(current.event_type, series.event_type))
    )
    if not labelled and ("outlook" in current.features or is_series):
        return fresh
    if fresh:
        for draft in fresh:
            current.absorb(draft)
    else:
        current.add_stretch(stretch)
        add_details(current, stretch, cues)
    if cues.date_label.match(stretch.text) and (fresh or current.times):
        current.features.add("labelled")
    return []
