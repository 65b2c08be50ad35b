"""Reports at random, as hostile as the schema allows: for what must hold of every record."""

from hypothesis import strategies as st

from extractor.edtf import EDTF_PATTERN, is_valid, precision
from extractor.records import (
    Event,
    Evidence,
    Mention,
    Organisation,
    Person,
    Place,
    Report,
    Source,
    Topic,
    When,
    Where,
)
from extractor.records import Warning as Caution

PIECES = (
    "<script>alert(1)</script>", "</script>", "<!--", "]]>", "&amp;", "&", "<", ">", '"', "'", "` onerror=x",
    "<img src=x onerror=alert(1)>",
    "=1+1", "+49", "-1", "@SUM(A1)", "\t=x", "'=x", "＝1", "; ", "\\", ",", "\r\n", "\n", "\r", "\u2028", "\u0085",
    "\x00", "\x07", "\x1b[31m", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\ufffe",
    "👩‍👩‍👧", "𝔄", "ä", "a\u0308",
    "javascript:alert(1)", "Bürgerdialog", "Templin", "2. Ortswerkstatt", " ", "x" * 300,
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), min_size=1, max_size=4).map("".join)
names = texts.map(lambda text: text[:1000]).filter(bool)
uris = st.one_of(
    texts,
    st.sampled_from(
        ["https://stadt.example/bericht?a=1&b=2", "https://größe.example/ä", "javascript:alert(1)", "//host/x"]
    ),
)
dates = st.one_of(
    st.dates().map(str),
    st.from_regex(EDTF_PATTERN, fullmatch=True).map(str.strip).filter(is_valid),
    st.sampled_from(["2025", "2025-07", "2025-23", "2025-34", "201X", "19XX", "XXXX-05-16", "2024-02-29", "2025-07~"]),
)
clocks = st.one_of(st.none(), st.times().map(lambda time: f"{time:%H:%M}"), st.just("24:00"))
zones = st.one_of(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "", "../etc/passwd", "Europe"]), texts
)


@st.composite
def whens(draw: st.DrawFn) -> When:
    start = draw(dates)
    return When(
        text=draw(texts),
        start=start,
        end=draw(st.one_of(st.none(), dates)),
        previous_start=draw(st.one_of(st.none(), dates)),
        start_time=draw(clocks),
        end_time=draw(clocks),
        timezone=draw(zones),
        precision=precision(start),
        approximate=draw(st.booleans()),
    )


def lists_of(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[list[object]]:
    return st.lists(strategy, max_size=3)


@st.composite
def mentions(draw: st.DrawFn, text: str, kind: type[Mention] = Mention) -> Mention:
    """A mention of ``text``: nested, crossing, empty ones too."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    fields = ["name", "when.start", "when", "where.city", "status", "topics", "no.such.field", "evidence"]
    extra = {"field": draw(st.one_of(st.sampled_from(fields), texts))} if kind is Evidence else {}
    return kind(start=start, end=end, quote=text[start:end], rule=draw(texts), **extra)


@st.composite
def events(draw: st.DrawFn, text: str, role: str) -> Event:
    optional = st.one_of(st.none(), names)
    where = st.builds(Where, city=optional, venue=optional, address=optional, online=st.booleans(), place=optional)
    return Event(
        id=draw(texts),
        role=role,
        name=draw(names),
        event_type=draw(st.one_of(names, st.sampled_from(["Fachkonferenz", "Konzert", "Ortswerkstatt"]))),
        series=draw(optional),
        ordinal=draw(st.one_of(st.none(), st.integers(1, 10**12))),
        when=draw(st.one_of(st.none(), whens())),
        where=draw(st.one_of(st.none(), where)),
        status=draw(st.sampled_from(["planned", "held", "cancelled", "postponed"])),
        organisers=draw(lists_of(names)),
        topics=draw(lists_of(names)),
        attendance=draw(st.one_of(st.none(), st.integers(0, 10**12))),
        evidence=draw(lists_of(mentions(text, Evidence))),
        confidence=draw(st.floats(0, 1)),
    )


@st.composite
def reports_with_texts(draw: st.DrawFn) -> tuple[Report, str]:
    """A report and the text that it quotes."""
    text = "".join(draw(st.lists(st.one_of(texts, st.sampled_from(["\n\n", "\n- ", "# "])), max_size=8)))
    optional = st.one_of(st.none(), names)
    quoted = lists_of(mentions(text))
    roles = st.lists(st.sampled_from(["organiser", "speaker", "mentioned"]), max_size=2)
    kinds = st.sampled_from(["municipality", "district", "state", "country", "region", "river", "locality", "venue"])
    span = st.one_of(st.none(), mentions(text).map(lambda m: {"start": m.start, "end": m.end, "quote": m.quote}))
    degrees = st.one_of(st.none(), st.floats(-90, 90))
    source = Source(
        uri=draw(uris),
        media_type=draw(texts),
        sha256="0" * 64,
        language=draw(st.one_of(st.sampled_from(["de", "und", "de-AT"]), texts)),
        title=draw(st.one_of(st.none(), texts)),
        published=draw(st.one_of(st.none(), dates)),
        characters=len(text),
    )
    report = Report(
        generator=draw(texts),
        id=draw(texts),
        source=source,
        main_event=draw(st.one_of(st.none(), events(text, "main"))),
        follow_ups=draw(lists_of(events(text, "follow_up"))),
        other_events=draw(lists_of(events(text, "other"))),
        organisations=draw(
            lists_of(st.builds(Organisation, name=names, acronym=optional, kind=optional, roles=roles, mentions=quoted))
        ),
        persons=draw(
            lists_of(
                st.builds(Person, name=names, title=optional, function=optional, organisation=optional, mentions=quoted)
            )
        ),
        places=draw(
            lists_of(
                st.builds(
                    Place,
                    name=names,
                    kind=kinds,
                    ags=optional,
                    state=optional,
                    country=optional,
                    latitude=degrees,
                    longitude=degrees,
                    mentions=quoted,
                )
            )
        ),
        topics=draw(lists_of(st.builds(Topic, name=names, concept=st.one_of(st.none(), uris), mentions=quoted))),
        warnings=draw(lists_of(st.builds(Caution, code=texts, message=texts, span=span))),
    )
    return report, text


reports = reports_with_texts().map(lambda pair: pair[0])
