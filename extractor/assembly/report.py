"""Assembly: a processed ``Doc`` becomes a ``Report``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from typing import NamedTuple

from spacy.tokens import Doc

from extractor import records
from extractor.assembly.cards import card
from extractor.assembly.context import Context
from extractor.assembly.cues import Cues, load_cues
from extractor.assembly.details import complete_main
from extractor.assembly.drafts import Draft
from extractor.assembly.entities import (
    organisations_of,
    persons_of,
    places_of,
    topics_of,
    with_town,
    without_mere_rooms,
)
from extractor.assembly.home import acting_city, address_city, dateline_city, sender_city
from extractor.assembly.language import identify_language
from extractor.assembly.mentions import drafts_of
from extractor.assembly.merging import merge
from extractor.assembly.notices import notices
from extractor.assembly.roles import Cast, assign_roles
from extractor.assembly.serials import series_draft
from extractor.assembly.series import spread_series
from extractor.assembly.status import majority
from extractor.assembly.stretches import Layout, lay_out
from extractor.assembly.trace import Trace
from extractor.document import Document
from extractor.edtf import latest, specified_year
from extractor.records import SCHEMA_VERSION, Report, Source

GENERATOR = f"extractor {version('extractor')}"


class Assembly(NamedTuple):
    """A report, and what it was made of."""

    report: Report
    cast: Cast
    context: Context


def assemble(doc: Doc, document: Document, *, reference_date: str | None = None) -> Report:
    """The report of a document whose ``Doc`` has been through the pipes.

    ``reference_date`` is an ISO day; it decides between planned and held where the text does not.
    """
    return assembly_of(doc, document, reference_date).report


def assembly_of(doc: Doc, document: Document, reference_date: str | None, trace: Trace | None = None) -> Assembly:
    """The report with what it was made of; a ``trace`` gets the reasons for what was decided on the way."""
    cues = load_cues()
    layout = lay_out(doc, document)
    cast = assign_roles(_drafts(layout, cues), layout, cues, trace)
    complete_main(cast, layout, cues)
    spread_series(cast, cast.dropped, layout, cues)
    organisations = organisations_of(layout, cues)
    places, towns = places_of(layout)
    report_id = hashlib.sha256(f"{SCHEMA_VERSION}\n{document.text}".encode()).hexdigest()[:32]
    date_line = doc._.date_line if doc.has_extension("date_line") else None
    claimed = frozenset(s.index for draft in cast.follow_ups + cast.others for s in draft.stretches)
    free = (stretch for stretch in layout.stretches if stretch.index not in claimed)
    context = Context(
        layout=layout,
        cues=cues,
        report_id=report_id,
        reference=reference_date or date_line or document.source.published,
        country=_country(layout),
        organisers=tuple(o.name for o in organisations if {"organiser", "host"} & set(o.roles)),
        listed_places=towns,
        topics=_topics_by_stretch(layout),
        claimed=claimed,
        told_until=latest(cast.main.end or cast.main.start) if cast.main is not None and cast.main.start else None,
        told=majority(item.value for stretch in free for item in stretch.statuses),
        dateline_city=dateline_city(layout),
        address_city=address_city(layout),
        sender_city=sender_city(layout) or acting_city(layout),
        margin=cast.margin,
        events=len(cast.follow_ups) + len(cast.others) + (cast.main is not None),
        last_year=max(_years(layout), default=None),
    )
    language = identify_language(layout.reading.text)
    main = cast.main
    main_event = card(main, "main", context, None) if main is not None else None
    if main_event is not None:
        main_event, places = with_town(main_event, places, towns, layout)
    follow_ups = [card(draft, "follow_up", context, main) for draft in cast.follow_ups]
    other_events = [card(draft, "other", context, main) for draft in cast.others]
    report = Report(
        generator=GENERATOR,
        id=report_id,
        source=Source(
            uri=document.source.uri,
            media_type=document.source.media_type,
            sha256=document.source.sha256,
            language=language,
            title=document.source.title,
            published=document.source.published or date_line,
            characters=len(document.text),
        ),
        main_event=main_event,
        follow_ups=follow_ups,
        other_events=other_events,
        organisations=organisations,
        persons=persons_of(layout),
        places=without_mere_rooms(places, [*filter(None, [main_event]), *follow_ups, *other_events]),
        topics=topics_of(layout),
        warnings=[
            *(records.Warning(code=notice.code, message=notice.message) for notice in document.notices),
            *notices(layout, cast, language),
        ],
    )
    return Assembly(report, cast, context)


def _drafts(layout: Layout, cues: Cues) -> list[Draft]:
    """The events in the making; a series told as one comes first, in place of the head's mere date."""
    drafts = drafts_of(layout, cues)
    series = series_draft(drafts, layout, cues)
    if series is None:
        return merge(drafts, cues)
    return [series, *merge([draft for draft in drafts if not {"head", "bare"} <= draft.features], cues)]


def _topics_by_stretch(layout: Layout) -> dict[int, tuple[str, ...]]:
    return {
        stretch.index: tuple(topic.value["name"] for topic in stretch.topics)
        for stretch in layout.stretches
        if stretch.topics and stretch.is_content
    }


def _years(layout: Layout) -> Iterator[int]:
    years = (specified_year(date.value["edtf_start"]) for stretch in layout.stretches for date in stretch.dates)
    return (year for year in years if year is not None)


def _country(layout: Layout) -> str | None:
    """The country of most towns that the text names."""
    counts: dict[str, int] = {}
    for stretch in layout.stretches:
        for place in stretch.places:
            country = place.value["country"]
            if country and place.value["kind"] == "municipality":
                counts[country] = counts.get(country, 0) + 1
    return max(counts, key=lambda country: (counts[country], country == "DE")) if counts else None
