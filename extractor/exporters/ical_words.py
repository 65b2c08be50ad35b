"""The words of calendar entries: titles, descriptions, places, from ``lang/de/calendar.toml``."""

from __future__ import annotations

import re
from functools import cache

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.records import Where


class DateWords(Lexicon):
    """How dates are written."""

    season_names: tuple[str, ...]
    day: str
    month: str
    season: str
    winter: str
    quarter: str
    half: str
    year: str
    decade: str
    century: str
    range: str
    approximate: str


class TitleWords(Lexicon):
    """How titles are made."""

    numbered: str
    cancelled: str
    postponed: str
    imprecise: str


class LineWords(Lexicon):
    """How the lines of a description are made."""

    cancelled: str
    postponed: str
    postponed_from: str
    imprecise: str
    organisers: str
    quotes: str
    quote: str
    source: str
    online: str


class CalendarWords(Lexicon):
    """Schema of ``lang/de/calendar.toml``."""

    dates: DateWords
    titles: TitleWords
    lines: LineWords


@cache
def calendar_words() -> CalendarWords:
    """The words, loaded once."""
    loaded: CalendarWords = load_lexicon("calendar", CalendarWords)
    return loaded


def place_in_words(where: Where) -> str:
    """Venue, address, town and "online" as people write them, none that another one says already; may be empty."""
    parts = [line(part) for part in (where.venue, where.address, where.city) if part is not None]
    if where.online:
        parts.append(calendar_words().lines.online)
    said: list[str] = []
    for part in parts:
        words = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")  # Aue is not said by "Auenhalle"
        if not any(words.search(earlier) for earlier in said):
            said.append(part)
    return ", ".join(said)


_LINE_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSAFE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\ud800-\udfff]")


def safe(text: str) -> str:
    """A text as calendars can hold it.

    Line breaks of all kinds are line feeds; control characters and marks that turn the direction
    of writing are gone. A backslash before N gets a blank behind it: libraries read and write the
    two as a line break.
    """
    return _UNSAFE.sub("", _LINE_BREAKS.sub("\n", text)).replace("\\N", "\\ N")


def line(text: str, limit: int = 300) -> str:
    """A safe text on one line, cut at ``limit`` characters."""
    joined = " ".join(safe(text).split())
    return joined if len(joined) <= limit else joined[: limit - 1].rstrip() + "…"
