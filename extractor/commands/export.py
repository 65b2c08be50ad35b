"""``extractor export``: records as a table, as linked data, as a feed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.errors import ExtractorError, UsageError

if TYPE_CHECKING:
    from extractor.records import Report


class Target(StrEnum):
    """What records are turned into."""

    CSV = "csv"
    JSONLD = "jsonld"
    ATOM = "atom"


def export(
    records: Annotated[
        list[str], typer.Argument(metavar="RECORDS...", help="Files or folders with records; - is standard input.")
    ],
    target: Annotated[
        Target, typer.Option("--to", help="csv: an event a row; jsonld: schema.org; atom: a feed of events.")
    ],
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there, whole or not at all; else to standard output.")
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="csv: begin with a byte order mark, without which Excel reads no UTF-8.")
    ] = False,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="atom: title of the feed.")] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="atom: address at which the feed will stand.")] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="atom: day (2025-03-04) that counts for reports that state none."),
    ] = None,
    others: Annotated[bool, typer.Option("--others", help="atom: events that are mentioned in passing, too.")] = False,
) -> None:
    """Write the events of records, each once, as CSV, JSON-LD or Atom feed."""
    with exit_codes():
        for options, of in (((bom,), Target.CSV), ((title, url, published, others), Target.ATOM)):
            if any(options) and target is not of:
                raise UsageError(f"an option that is only for --to {of}, not for --to {target}; see --help")
        if output is not None and any(output.resolve() == Path(record).resolve() for record in records):
            raise UsageError("--output names a file that is to be read", source=str(output))
        day = _day(published)
        reports, faults = _reports(records)

        from extractor.exporters.atom import to_atom
        from extractor.exporters.csv_table import to_csv
        from extractor.exporters.jsonld import jsonld_text
        from extractor.output import opened

        match target:
            case Target.CSV:
                text = to_csv(reports, byte_order_mark=bom)
            case Target.JSONLD:
                text = jsonld_text(reports)
            case Target.ATOM:
                text = to_atom(reports, title=title, url=url, published=day, others=others)
        with opened(output) as out:
            out.write(text.encode())
    if faults:
        raise typer.Exit(FAILED)


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text) if text is not None else None
    except ValueError:
        day = None
    if text is not None and (day is None or day.isoformat() != text):
        raise UsageError(f"--published: {text!r} is no calendar day; write it as 2025-03-04")
    return day


def _reports(records: list[str]) -> tuple[list[Report], int]:
    """The valid records, and how many are not; each of those is one line on standard error."""
    from extractor.record_files import read_reports
    from extractor.terminal import printable, standard_error

    faults = 0

    def tell(fault: ExtractorError) -> None:
        nonlocal faults
        faults += 1
        standard_error(f"error: {printable(str(fault))} [{fault.code}]")

    reports = list(
        read_reports(records, on_fault=tell, on_skip=lambda text: standard_error(f"skipped: {printable(text)}"))
    )
    if faults and not reports:
        raise typer.Exit(FAILED)
    return reports, faults
