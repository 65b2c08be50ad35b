"""``extractor view``: a record as a web page."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.commands.options import DEFAULT_MEMORY, DEFAULT_TIMEOUT, Memory, Timeout
from extractor.commands.records import Records
from extractor.errors import ExtractorError, UsageError
from extractor.scaling.limits import Limits
from extractor.terminal import printable, standard_error

if TYPE_CHECKING:
    from extractor.records import Report

_LONGEST_NAME = 64


def view(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="A file with records; - is standard input.")],
    text: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The text, where the file that the record names is gone or has changed."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write there, whole or not at all; into a folder a page for each record, ID.html."
        ),
    ] = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    memory: Memory = DEFAULT_MEMORY,
) -> None:
    """Show a record as a web page: the text with its spans, their values, rules and confidence."""
    with exit_codes():
        failed = _view(record, text, output, Limits(timeout or None, memory or None))
    if failed:
        raise typer.Exit(FAILED)


def _view(record: str, text: str | None, output: Path | None, limits: Limits) -> int:
    """Write the pages; the number of records that have none."""
    if record == text == "-":
        raise UsageError("record and text cannot both come from standard input")

    from extractor.exporters.page import text_of, to_html
    from extractor.output import opened
    from extractor.scaling.reading import read_within

    records = Records([record])
    reports = list(records)
    records.report()
    folder = output is not None and output.is_dir()
    if not reports and records.failed:
        return records.failed
    if not reports:
        raise UsageError("there is no record in it", source=record)
    if len(reports) > 1 and (not folder or text is not None):
        raise UsageError(
            f"there are {len(reports):,} records in it; name a folder with --output for a page each, without --text",
            source=record,
        )
    failed = records.failed
    for report in reports:
        try:
            page = to_html(report, text_of(report, text, read=lambda path: read_within(path, limits)))
        except ExtractorError as error:
            failed += 1
            standard_error(f"error: {printable(str(error))} [{error.code}]")
            continue
        with opened(output / _file_name(report) if output is not None and folder else output) as out:
            out.write(page.encode())
    return failed


def _file_name(report: Report) -> str:
    """The report's id; where that is no plain name, which records from elsewhere may bring, a digest of it."""
    plain = report.id.isascii() and report.id.isalnum() and len(report.id) <= _LONGEST_NAME
    return f"{report.id if plain else sha256(report.id.encode()).hexdigest()}.html"
