"""``extractor export``: records as a table, as linked data, as a feed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.commands.options import calendar_day
from extractor.commands.records import Records
from extractor.errors import UsageError


class Target(StrEnum):
    """What records are turned into."""

    CSV = "csv"
    JSONLD = "jsonld"
    ATOM = "atom"


def export(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="RECORDS...", help="Files of records, folders of such files; - is standard input."),
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
    other: Annotated[
        bool,
        typer.Option("--other", help="atom: also the other events, not only main ones and follow-ups."),
    ] = False,
) -> None:
    """Write the events of records, each once, as CSV, JSON-LD or Atom feed."""
    with exit_codes():
        for options, of in (((bom,), Target.CSV), ((title, url, published, other), Target.ATOM)):
            if any(options) and target is not of:
                raise UsageError(f"an option that is only for --to {of}, not for --to {target}; see --help")
        if output is not None and any(output.resolve() == Path(path).resolve() for path in paths):
            raise UsageError("--output names a file that is to be read", source=str(output))
        day = calendar_day(published, "--published")
        reports = Records(paths)

        from extractor.exporters.atom import to_atom
        from extractor.exporters.csv_table import to_csv
        from extractor.exporters.jsonld import to_jsonld
        from extractor.output import opened

        match target:
            case Target.CSV:
                text = to_csv(reports, byte_order_mark=bom)
            case Target.JSONLD:
                text = to_jsonld(reports)
            case Target.ATOM:
                text = to_atom(reports, title=title, url=url, published=day, other=other)
        reports.report()
        if reports.read or not reports.failed:
            with opened(output) as out:
                out.write(text.encode())
    if reports.failed:
        raise typer.Exit(FAILED)
