"""Reports at random, for properties of what reads records."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from extractor import edtf, records
from extractor.records import (
    Event,
    Evidence,
    Mention,
    Organisation,
    Person,
    Place,
    Report,
    Source,
    Span,
    Topic,
    When,
    Where,
)

characters = st.characters(codec="utf-8") | st.sampled_from("\0\x1b\u202e'\";%\\{}äßé🎻")
texts = st.text(characters, max_size=12)
names = st.sampled_from(["Bürgerdialog", "Werkstatt", "Templin", "Gera", "Mu\u0308ritz", "x'); DROP TABLE reports; --"])
names |= st.text(characters, min_size=1, max_size=8)
dates = st.sampled_from(
    [
        "2025-03-04",
        "2025-07",
        "2026-21",
        "2025",
        "XXXX-05-16",
        "198X",
        "0000",
        "9999-12-31",
        "2024-02-29",
        "2025-12-31?",
    ]
)
offsets = st.integers(0, 2**63 - 1)
few = 2


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


mentions = st.builds(Mention, start=offsets, end=offsets, quote=texts, rule=texts)
whens = st.builds(
    lambda **fields: When(precision=edtf.precision(fields["start"]), **fields),
    text=texts,
    start=dates,
    end=maybe(dates),
    previous_start=maybe(dates),
    start_time=maybe(st.sampled_from(["00:00", "18:30", "24:00"])),
    end_time=maybe(st.sampled_from(["19:00", "24:00"])),
    timezone=st.sampled_from(["Europe/Berlin", "Europe/Vienna"]),
    approximate=st.booleans(),
    inferred_from=maybe(texts),
)
wheres = st.builds(
    Where,
    city=maybe(names),
    venue=maybe(names),
    address=maybe(names),
    online=st.booleans(),
    place=maybe(names),
)


def events(role: str) -> st.SearchStrategy[Event]:
    return st.builds(
        Event,
        id=texts,
        role=st.just(role),
        name=names,
        event_type=names,
        series=maybe(names),
        ordinal=maybe(st.integers(1, 3) | st.just(2**63 - 1)),
        when=maybe(whens),
        where=maybe(wheres),
        status=st.sampled_from(["planned", "held", "cancelled", "postponed"]),
        organisers=st.lists(names, max_size=few),
        topics=st.lists(names, max_size=few),
        attendance=maybe(st.integers(0, 2**63 - 1)),
        evidence=st.lists(
            st.builds(Evidence, field=texts, start=offsets, end=offsets, quote=texts, rule=texts), max_size=few
        ),
        confidence=st.floats(0, 1),
    )


reports = st.builds(
    Report,
    generator=texts,
    id=st.sampled_from(["1a", "2b", "3c", "4d"]),
    source=st.builds(
        Source,
        uri=texts,
        media_type=texts,
        sha256=st.just("0" * 64),
        language=texts,
        title=maybe(texts),
        published=maybe(dates),
        characters=offsets,
    ),
    main_event=maybe(events("main")),
    follow_ups=st.lists(events("follow_up"), max_size=few),
    other_events=st.lists(events("other"), max_size=few),
    organisations=st.lists(
        st.builds(
            Organisation,
            name=names,
            acronym=maybe(names),
            kind=maybe(texts),
            roles=st.lists(st.sampled_from(["organiser", "host", "mentioned"]), max_size=few),
            mentions=st.lists(mentions, max_size=few),
        ),
        max_size=few,
    ),
    persons=st.lists(
        st.builds(
            Person,
            name=names,
            title=maybe(names),
            function=maybe(names),
            organisation=maybe(names),
            mentions=st.lists(mentions, max_size=few),
        ),
        max_size=few,
    ),
    places=st.lists(
        st.builds(
            Place,
            name=names,
            kind=st.sampled_from(["municipality", "venue"]),
            ags=maybe(texts),
            state=maybe(texts),
            country=maybe(texts),
            latitude=maybe(st.floats(-90, 90)),
            longitude=maybe(st.floats(-180, 180)),
            mentions=st.lists(mentions, max_size=few),
        ),
        max_size=few,
    ),
    topics=st.lists(
        st.builds(Topic, name=names, concept=maybe(texts), mentions=st.lists(mentions, max_size=few)), max_size=few
    ),
    warnings=st.lists(
        st.builds(
            records.Warning,
            code=texts,
            message=texts,
            span=maybe(st.builds(Span, start=offsets, end=offsets, quote=texts)),
        ),
        max_size=few,
    ),
)
