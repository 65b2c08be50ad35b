"""The words of feed entries: title, date, place and status of an event, from ``lang/de/feed.toml``."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.exporters.ical_dates import edtf_in_words, in_words
from extractor.exporters.ical_words import calendar_words, place_in_words
from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.records import Event, When


class FeedWords(Lexicon):
    """Schema of ``lang/de/feed.toml``."""

    title: str
    time: str
    topics: str
    status: dict[str, str]


def feed_words() -> FeedWords:
    """The words."""
    return load_lexicon("feed", FeedWords)


def title(event: Event) -> str:
    """What takes place when and where, in a line: "2. Ortswerkstatt Ortskerne, 4. März 2025, Templin"."""
    words = calendar_words()
    name = event.name
    if event.ordinal is not None:
        name = words.titles.numbered.format(ordinal=event.ordinal, name=name)
    when = in_words(event.when, words.dates) if event.when is not None else None
    city = event.where.city if event.where is not None else None
    shown = ", ".join(part for part in (name, when, city) if part)
    match event.status:
        case "cancelled":
            return words.titles.cancelled.format(title=shown)
        case "postponed":
            return words.titles.postponed.format(title=shown)
        case _:
            return shown


def facts(event: Event) -> Iterator[str]:
    """Date, place and status, each in a few words."""
    words = calendar_words()
    if event.when is not None:
        yield _when(event.when)
        if event.when.previous_start is not None:
            yield words.lines.postponed_from.format(date=edtf_in_words(event.when.previous_start, words.dates))
    if event.where is not None:
        named = place_in_words(event.where)
        if named:
            yield named
    yield feed_words().status[event.status]


def details(event: Event) -> Iterator[str]:
    """Who organises it, what it is about."""
    if event.organisers:
        yield calendar_words().lines.organisers.format(names=", ".join(event.organisers))
    if event.topics:
        yield feed_words().topics.format(names=", ".join(event.topics))


def _when(when: When) -> str:
    day = in_words(when, calendar_words().dates)
    times = "–".join(clock for clock in (when.start_time, when.end_time) if clock is not None)
    return feed_words().time.format(date=day, times=times) if times else day
