"""The feed: valid as RFC 4287 says, read by an independent parser, the same from the same records."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from factories import make_event, make_report, make_when
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import PIECES, reports

from extractor import Report, to_atom
from extractor.errors import UsageError
from extractor.linking.identity import event_uid
from extractor.records import Where

INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T00:00:00Z")
ATOM = "{http://www.w3.org/2005/Atom}"


def entries_of(*told: Report, **options: Any) -> list[Any]:
    feed = feedparser.parse(to_atom(told, **options))
    assert not feed.bozo
    assert feed.version == "atom10"
    entries: list[Any] = feed.entries
    return entries


def faults(text: str) -> list[str]:
    """What RFC 4287 asks for and the feed does not have."""
    feed = ET.fromstring(text)  # noqa: S314 -- what we wrote
    found = []
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        found += [f"not one {name}" for name in ("id", "title", "updated") if len(element.findall(ATOM + name)) != 1]
        instants = [day.text or "" for name in ("updated", "published") for day in element.findall(ATOM + name)]
        found += [f"no instant: {text}" for text in instants if not INSTANT.fullmatch(text)]
        found += [f"a link to {link.get('href')!r}" for link in element.findall(f"{ATOM}link") if not link.get("href")]
        if not (element.findtext(f"{ATOM}id") or "").startswith(("urn:uuid:", "http://", "https://")):
            found.append("no IRI as id")
        if sum(link.get("rel") == "alternate" for link in element.findall(f"{ATOM}link")) > 1:
            found.append("two alternate links of one type")
    ids = [element.findtext(f"{ATOM}id") for element in feed.iter(f"{ATOM}entry")]
    if len(ids) != len(set(ids)):
        found.append("two entries with one id")
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        found.append("no author")
    for content in feed.iter(f"{ATOM}content"):
        if content.get("type") != "xhtml" or [child.tag for child in content] != ["{http://www.w3.org/1999/xhtml}div"]:
            found.append("XHTML that is not in one div")
    return found


def test_an_event_is_an_entry() -> None:
    event = make_event(
        "Ortswerkstatt Ortskerne",
        ordinal=2,
        when=make_when("2025-03-04", start_time="18:00", end_time="20:00"),
        where=Where(venue="Rathaus", city="Templin"),
        organisers=["Netzwerk Stadtmitte e. V."],
        topics=["Ortskerne"],
    )
    report = make_report(event, published="2025-02-01")
    (entry,) = entries_of(report)
    assert entry.id == f"urn:uuid:{event_uid(event, report)}"
    assert entry.title == "2. Ortswerkstatt Ortskerne, 4. März 2025, Templin"
    assert entry.updated == entry.published == "2025-02-01T00:00:00Z"
    assert entry.link == "https://stadt.example/bericht"
    assert entry.summary == "4. März 2025, 18:00–20:00 Uhr · Rathaus, Templin · Geplant"
    assert [tag.term for tag in entry.tags] == ["Ortskerne"]
    assert "Veranstalter: Netzwerk Stadtmitte e. V." in entry.content[0].value


@pytest.mark.parametrize(("status", "mark"), [("cancelled", "Abgesagt: "), ("postponed", "Verschoben: "), ("held", "")])
def test_the_title_says_what_changed(status: str, mark: str) -> None:
    (entry,) = entries_of(make_report(make_event("Bürgerdialog", start="2025-05-16", status=status)))
    assert entry.title == f"{mark}Bürgerdialog, 16. Mai 2025"


def test_an_event_told_of_again_is_the_same_entry_renewed() -> None:
    event = make_event("Bürgerdialog", ordinal=2, city="Torgau", start="2025-05-16")
    first = make_report(event, published="2025-03-01", uri="https://a.example/")
    second = make_report(
        event.model_copy(update={"status": "cancelled"}), published="2025-05-10", uri="https://b.example/"
    )
    (before,), (after,) = entries_of(first), entries_of(first, second)
    assert before.id == after.id
    assert (after.published, after.updated) == ("2025-03-01T00:00:00Z", "2025-05-10T00:00:00Z")
    assert [(link.rel, link.href) for link in after.links] == [
        ("alternate", "https://b.example/"),
        ("via", "https://a.example/"),
    ]
    assert to_atom([second, first]) == to_atom([first, second])


@pytest.mark.parametrize(
    ("status", "published", "updated"),
    [
        ("planned", None, "1970-01-01T00:00:00Z"),
        ("held", None, "2025-05-17T00:00:00Z"),
        ("planned", date(2025, 3, 4), "2025-03-04T00:00:00Z"),
        ("held", date(2025, 6, 1), "2025-06-01T00:00:00Z"),
    ],
)
def test_a_report_that_does_not_say_when_it_was_published(status: str, published: date | None, updated: str) -> None:
    event = make_event(when=make_when("2025-05-16", end="2025-05-17"), status=status)
    (entry,) = entries_of(make_report(event), published=published)
    assert entry.updated == updated
    assert "published" not in entry


def test_the_last_published_comes_first_and_events_in_passing_on_request() -> None:
    told = [
        make_report(make_event("Alt", start="2025-01-01"), published="2025-01-02"),
        make_report(
            make_event("Neu", start="2024-01-01"), [make_event("Folge")], [make_event("Anderes")], published="2025-02"
        ),
    ]
    titles = [entry.title.partition(",")[0] for entry in entries_of(*told)]
    assert sorted(titles[:2]) == ["Folge", "Neu"]
    assert titles[2:] == ["Alt"]
    assert len(entries_of(*told, other=True)) == 4


def test_the_feed_has_an_id_a_title_and_an_address() -> None:
    feed = feedparser.parse(to_atom([], title="Was ist los?", url="https://stadt.example/feed.atom")).feed
    assert (feed.title, feed.id) == ("Was ist los?", "https://stadt.example/feed.atom")
    assert [(link.rel, link.href) for link in feed.links] == [("self", "https://stadt.example/feed.atom")]
    assert feedparser.parse(to_atom([])).feed.id == feedparser.parse(to_atom([make_report(make_event())])).feed.id


@pytest.mark.parametrize(
    "url", ["stadt.example/feed", "ftp://stadt.example/", "https://", "https://a b/", "javascript:x"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        to_atom([], url=url)


def test_what_is_no_web_address_is_no_link() -> None:
    for uri in ("samples/x.txt", "javascript:alert(1)", "//host/share", "https://user:secret@host/"):
        (entry,) = entries_of(make_report(make_event(), uri=uri))
        assert "links" not in entry


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_names_stay_text(piece: str) -> None:
    name = f"Sitzung {piece} Ende"
    text = to_atom([make_report(make_event(name, topics=[name], organisers=[name]))], title=name)
    root = ET.fromstring(text)  # noqa: S314 -- what we wrote
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {
        *("feed", "id", "title", "updated", "author", "name", "generator", "entry", "link", "category", "summary"),
        *("content", "div", "p", "blockquote"),
    }
    assert not set("\u202e\u2066\x00\x1b") & set(text)


@settings(deadline=None, max_examples=30)
@given(st.lists(reports, max_size=2), st.one_of(st.none(), st.dates()))
def test_every_record_is_a_feed(told: list[Report], published: date | None) -> None:
    text = to_atom(told, published=published, other=True)
    text.encode()
    assert faults(text) == []
    assert to_atom(reversed(told), published=published, other=True) == text
