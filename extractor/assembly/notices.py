"""Warnings: what a reader of the record should look at."""

from __future__ import annotations

from collections.abc import Iterator

from extractor import records
from extractor.assembly.candidates import municipality
from extractor.assembly.drafts import Draft
from extractor.assembly.roles import Cast
from extractor.assembly.stretches import Layout
from extractor.edtf import year_unspecified
from extractor.pipes.values import CONFIGURED, Found


def notices(layout: Layout, cast: Cast, language: str) -> list[records.Warning]:
    """All warnings of a report, those about the whole text first."""
    return [*_about_text(layout, cast, language), *_about_events(layout, cast)]


def _about_text(layout: Layout, cast: Cast, language: str) -> Iterator[records.Warning]:
    if not any(stretch.is_content for stretch in layout.stretches):
        yield records.Warning(code="only-boilerplate", message="the text holds nothing but page furniture")
    elif cast.main is None and not cast.others:
        yield records.Warning(code="no-event", message="no event was found in the text")
    if language not in ("de", "und"):
        yield records.Warning(code="not-german", message=f"the text seems to be in another language ({language})")


def _about_events(layout: Layout, cast: Cast) -> Iterator[records.Warning]:
    events = ([cast.main] if cast.main else []) + cast.follow_ups + cast.others
    for draft in events:
        yield from _about_dates(layout, draft)
        yield from _about_venue(layout, draft)
        for city in draft.cities[:1]:
            if city.value["alternatives"]:
                others = ", ".join(city.value["alternatives"])
                message = f"{city.value['name']} could also be {others}"
                yield records.Warning(code="ambiguous-place", message=message, span=_span(layout, city.value))
    if cast.main is not None:
        yield from _contradictions(layout, cast.main)


def _about_dates(layout: Layout, draft: Draft) -> Iterator[records.Warning]:
    for date in draft.dates[:1]:
        if date.value["weekday_conflict"]:
            message = f"the weekday does not fit {date.value['edtf_start']}"
            yield records.Warning(code="weekday-conflict", message=message, span=_span(layout, date.value))
        if year_unspecified(date.value["edtf_start"]):
            yield records.Warning(
                code="open-year", message="the text does not say which year", span=_span(layout, date.value)
            )


def _about_venue(layout: Layout, draft: Draft) -> Iterator[records.Warning]:
    """A venue of the user's whose town is none of those that the text names for the event."""
    towns = {municipality(city.value) for city in draft.cities}
    for venue in draft.venues[:1]:
        value = venue.value
        if value["rule"].endswith(CONFIGURED) and value["city"] and towns and value["city"] not in towns:
            message = f"the configuration has {value['name']} in {value['city']}, the text names {min(towns)}"
            yield records.Warning(code="venue-elsewhere", message=message, span=_span(layout, value))


def _contradictions(layout: Layout, main: Draft) -> Iterator[records.Warning]:
    """Full dates of the main event that differ from the chosen one and lie outside of its days."""
    if not main.dates:
        return
    start = main.start or ""
    end = main.end or start
    for date in main.dates[1:]:
        other = date.value["edtf_start"] or ""
        if date.value["precision"] == "day" and len(start) == len(other) and not start <= other <= end:
            message = f"the text gives {other} as well as {start}"
            yield records.Warning(code="contradictory-dates", message=message, span=_span(layout, date.value))
            return


def _span(layout: Layout, value: Found) -> records.Span:
    start, end = value["start"], value["end"]
    return records.Span(start=start, end=end, quote=layout.quote(start, end))
