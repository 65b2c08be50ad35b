"""CSV as RFC 4180 has it: one event a row, with a data dictionary."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from extractor.edtf import earliest, latest
from extractor.linking.known_events import KnownEvent, known_events
from extractor.records import Place, Report, When, Where

Type = Literal["text", "list", "integer", "number", "boolean", "edtf", "date", "time", "uuid"]
_Value = str | int | float | bool | Sequence[str] | None

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"(\A|[;\r\n])(['\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*)([=+\-@\uff0b\uff0d\uff1d\uff20]?)")
"""Where a spreadsheet may see a cell begin, and the sign that would make it a formula.

Within a text too: Excel cuts at semicolons where commas are for decimals, and heeds no quotation marks then.
"""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type and meaning of its values, and how an event yields one."""

    name: str
    type: Type
    meaning: str
    value: Callable[[KnownEvent], _Value]


def _of_when(value: Callable[[When], _Value]) -> Callable[[KnownEvent], _Value]:
    return lambda known: None if known.event.when is None else value(known.event.when)


def _of_where(value: Callable[[Where], _Value]) -> Callable[[KnownEvent], _Value]:
    return lambda known: None if known.event.where is None else value(known.event.where)


def _of_place(value: Callable[[Place], _Value]) -> Callable[[KnownEvent], _Value]:
    def of_known(known: KnownEvent) -> _Value:
        place = known.source_of("where").place
        return None if place is None else value(place)

    return of_known


def _quote(known: KnownEvent) -> str | None:
    proofs = chain(known.evidence("when.start"), known.evidence("name"))
    return next((evidence.quote for evidence, _ in proofs), None)


def _day(day: object) -> str | None:
    return None if day is None else str(day)


COLUMNS: tuple[Column, ...] = (
    Column("uid", "uuid", "The event's UID, the same in every export.", lambda known: known.uid),
    Column("role", "text", "main, follow_up or other: how the report tells of it.", lambda known: known.event.role),
    Column("name", "text", "The event's name.", lambda known: known.event.name),
    Column("event_type", "text", "What it calls itself: Fachkonferenz.", lambda known: known.event.event_type),
    Column("series", "text", "The series it belongs to.", lambda known: known.event.series),
    Column("ordinal", "integer", "Its number in the series.", lambda known: known.event.ordinal),
    Column("status", "text", "planned, held, cancelled or postponed.", lambda known: known.event.status),
    Column("start", "edtf", "First day, or the month, season … that is known.", _of_when(lambda when: when.start)),
    Column("end", "edtf", "Last day, of an event of several.", _of_when(lambda when: when.end)),
    Column(
        "earliest", "date", "First day that start may mean; to sort by.", _of_when(lambda w: _day(earliest(w.start)))
    ),
    Column(
        "latest", "date", "Last day that end, or start, may mean.", _of_when(lambda w: _day(latest(w.end or w.start)))
    ),
    Column("start_time", "time", "Local time at which it begins.", _of_when(lambda when: when.start_time)),
    Column("end_time", "time", "Local time at which it ends; 24:00 is midnight.", _of_when(lambda when: when.end_time)),
    Column("timezone", "text", "IANA time zone of the local times.", _of_when(lambda when: when.timezone)),
    Column("precision", "text", "day, week, month, season, quarter …", _of_when(lambda when: when.precision)),
    Column(
        "approximate", "boolean", "Whether the date is an approximate one.", _of_when(lambda when: when.approximate)
    ),
    Column("previous_start", "edtf", "Old date of a postponed event.", _of_when(lambda when: when.previous_start)),
    Column("date_text", "text", "The words that give the date.", _of_when(lambda when: when.text)),
    Column("online", "boolean", "Whether it takes place online (too).", _of_where(lambda where: where.online)),
    Column("venue", "text", "The building, hall, square.", _of_where(lambda where: where.venue)),
    Column("address", "text", "The venue's address.", _of_where(lambda where: where.address)),
    Column("city", "text", "The town.", _of_where(lambda where: where.city)),
    Column("ags", "text", "The town's official key (AGS), leading zero included.", _of_place(lambda place: place.ags)),
    Column("state", "text", "The town's state.", _of_place(lambda place: place.state)),
    Column("country", "text", "The town's country, ISO 3166-1 alpha-2.", _of_place(lambda place: place.country)),
    Column("latitude", "number", "The town's latitude, degrees.", _of_place(lambda place: place.latitude)),
    Column("longitude", "number", "The town's longitude, degrees.", _of_place(lambda place: place.longitude)),
    Column("organisers", "list", "Who organises it.", lambda known: known.event.organisers),
    Column("topics", "list", "What it is about.", lambda known: known.event.topics),
    Column("attendance", "integer", "People who came or are expected.", lambda known: known.event.attendance),
    Column(
        "confidence",
        "number",
        "0 to 1: how probable it is that role and start are right.",
        lambda known: known.event.confidence,
    ),
    Column("quote", "text", "Words of the report that prove the date, else the name.", _quote),
    Column("source_uri", "text", "The report from which the name comes.", lambda known: known.sightings[0].source.uri),
    Column("source_title", "text", "That report's title.", lambda known: known.sightings[0].source.title),
    Column("published", "edtf", "When the latest report of it was published.", lambda known: known.published),
    Column("reports", "integer", "How many reports tell of it.", lambda known: len(known.sightings)),
    Column("follows", "list", "UIDs of the events that it follows.", lambda known: known.follows),
)
"""The columns in their order; new ones are added at the end."""


def to_csv(reports: Iterable[Report], *, byte_order_mark: bool = False) -> str:
    """The events of the reports as CSV, each once, by date, beneath a row with the names of the columns.

    Rows end with CRLF; quotation marks, commas and line breaks are quoted. Excel takes a file for
    UTF-8 only with a byte order mark. Text that a spreadsheet would take for a formula has an
    apostrophe put before it; control characters are replaced by U+FFFD. Equal reports give equal text.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in COLUMNS])
    for known in known_events(reports):
        writer.writerow([_cell(column, known) for column in COLUMNS])
    return (_BYTE_ORDER_MARK if byte_order_mark else "") + out.getvalue()


def _cell(column: Column, known: KnownEvent) -> str:
    value = column.value(known)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = value if isinstance(value, str) else "; ".join(_escaped(item) for item in value)
    text = _UNSEEN.sub("\ufffd", text)
    return _FORMULA.sub(_harmless, text)


def _harmless(match: re.Match[str]) -> str:
    begin, blank, sign = match.groups()
    return f"{begin}'{blank}{sign}" if sign else match[0]


def _escaped(item: str) -> str:
    """An entry of a list; a semicolon within it stands behind a backslash."""
    return item.replace("\\", "\\\\").replace(";", "\\;")
