"""``extractor timex``: the temporal expressions of a text, as TimeML or as JSON Lines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.commands.options import DEFAULT_MEMORY, DEFAULT_TIMEOUT, Memory, ReferenceDate, Timeout
from extractor.errors import UsageError
from extractor.scaling.limits import Limits


def timex(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A file; - is standard input.")],
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="Read objects with id, text and reference_date, one a line; write their timexes."),
    ] = False,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there, whole or not at all; else to standard output.")
    ] = None,
    reference_date: ReferenceDate = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    memory: Memory = DEFAULT_MEMORY,
) -> None:
    """Tag the dates, times, durations and sets of a text with TIMEX3."""
    with exit_codes():
        if output is not None and path != "-" and output.resolve() == Path(path).resolve():
            raise UsageError("--output names the file that is to be read", source=str(output))
        limits = Limits(timeout or None, memory or None)
        failed = _lines(path, output, reference_date) if jsonl else _timeml(path, output, reference_date, limits)
    if failed:
        raise typer.Exit(FAILED)


def _timeml(path: str, output: Path | None, reference_date: str | None, limits: Limits) -> int:
    """Write one document; what is wrong with it is raised."""
    from extractor.edtf import calendar_day

    reference_date = calendar_day(reference_date)

    from extractor.exporters.timeml import timeml
    from extractor.output import opened
    from extractor.pipes.dates import tag_document
    from extractor.scaling.reading import read_within

    document = read_within(path, limits)
    tagged = tag_document(document, reference_date, split_ranges=True)
    creation_time = reference_date or tagged.date_line
    written = timeml(document.text, tagged.timexes, docid=document.source.uri, creation_time=creation_time)
    with opened(output) as out:
        out.write(written.encode())
        out.flush()
    return 0


def _lines(path: str, output: Path | None, reference_date: str | None) -> int:
    """Write a line for each line; the number of those that failed."""
    from extractor.output import Layout, opened, write_records
    from extractor.timex_lines import TimexLines

    lines = TimexLines(path, reference_date=reference_date)
    with opened(output) as out:
        write_records(lines.records(), out, Layout.LINES)
    return lines.failed
