"""``extractor query``: what comes next, from a database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.exits import exit_codes
from extractor.commands.options import DEFAULT_DATABASE, Database, calendar_day
from extractor.terminal import printable

if TYPE_CHECKING:
    from extractor.exporters.database import Upcoming


class Layout(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"


def query(
    database: Database = DEFAULT_DATABASE,
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="Events from this day (2025-03-04) on; by default from today on."),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only in this town or state, or by a municipality's official key."),
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="The first N only.")] = None,
    layout: Annotated[
        Layout, typer.Option("--format", help="table: for reading; json: an object a line, for programs.")
    ] = Layout.TABLE,
) -> None:
    """Print the events that are to come, the next one first."""
    with exit_codes():
        day = calendar_day(since, "--from") or date.today()

        from extractor.exporters.database import open_database, upcoming

        engine = open_database(database)
        try:
            found = upcoming(engine, day, place=place, limit=limit)
            if layout is Layout.JSON:
                _print_json(found)
            else:
                _print_table(found, day)
        finally:
            engine.dispose()


def _print_json(found: Iterable[Upcoming]) -> None:
    from dataclasses import asdict

    for event in found:
        typer.echo(json.dumps(asdict(event)))


def _print_table(found: Iterable[Upcoming], day: date) -> None:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    from extractor.console import make_console

    table = Table("When", "Event", "Where", "Status", box=SIMPLE, show_edge=False, pad_edge=False)
    for event in found:
        cells = (_when(event), _title(event), _where(event), event.status)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    if table.row_count:
        make_console().print(table)
    else:
        typer.echo(f"no events from {day} on")


def _when(event: Upcoming) -> str:
    days = "/".join(_day(edtf) for edtf in (event.start, event.end) if edtf is not None)
    times = "–".join(filter(None, (event.start_time, event.end_time)))
    return f"{days} {times}".rstrip()


def _day(edtf: str) -> str:
    """A day, month or year as it is; in words what people cannot read: 2025-23 is autumn."""
    from extractor.exporters.ical_dates import edtf_in_words
    from extractor.exporters.ical_words import calendar_words
    from extractor.exporters.iso_dates import iso_date

    return iso_date(edtf) or edtf_in_words(edtf, calendar_words().dates)


def _title(event: Upcoming) -> str:
    return f"{event.ordinal}. {event.name}" if event.ordinal is not None else event.name


def _where(event: Upcoming) -> str:
    place = ", ".join(filter(None, (event.venue, event.city)))
    return place or ("online" if event.online else "")
