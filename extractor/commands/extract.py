"""``extractor extract``: documents in, records out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.commands.options import DEFAULT_MEMORY, DEFAULT_TIMEOUT, Config, Memory, Ner, ReferenceDate, Timeout
from extractor.pipes.ner import DEFAULT
from extractor.scaling.engines import EngineName


class Format(StrEnum):
    """How records are written."""

    JSON = "json"
    JSONL = "jsonl"


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, directories, globs, URLs of objects; - is standard input."),
    ],
    layout: Annotated[
        Format,
        typer.Option("--format", help="json: one object, or an array for several; jsonl: one a line, as they come."),
    ] = Format.JSON,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there, whole or not at all; else to standard output.")
    ] = None,
    reference_date: ReferenceDate = None,
    errors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a record a line for each document that failed.")
    ] = None,
    text_dir: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the text of each document there, as ID.txt: offsets count in it."),
    ] = None,
    ner: Ner = DEFAULT,
    config: Config = None,
    include: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="Only documents that match one of these patterns.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="No documents that match one of these patterns.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only files last changed on this day or at this time, or later.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the first N documents.")] = None,
    jobs: Annotated[int, typer.Option(min=0, metavar="N", help="Worker processes; 0 is one for each core.")] = 1,
    timeout: Timeout = DEFAULT_TIMEOUT,
    memory: Memory = DEFAULT_MEMORY,
    engine: Annotated[
        EngineName, typer.Option(help="Who runs the workers: this machine, or a Ray cluster, which --jobs is then for.")
    ] = EngineName.LOCAL,
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="The Ray cluster; without one, one is started for this run.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume/--no-resume", help="Go on where the same command was interrupted, or begin anew.")
    ] = True,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the summary there too, as a JSON object.")
    ] = None,
) -> None:
    """Extract the record of each document."""
    with exit_codes():
        from extractor.batch.extraction import Plan, execute
        from extractor.configuration import Configuration
        from extractor.readers.selection import Selection, moment
        from extractor.readers.sources import Sources
        from extractor.scaling.limits import Limits
        from extractor.scaling.outcomes import Settings

        configuration = Configuration.load(config).model_dump_json() if config is not None else None
        oldest = moment(since) if since is not None else None
        indent = 2 if layout is Format.JSON else None
        plan = Plan(
            sources=Sources(paths, selection=Selection(include or (), exclude or (), oldest), limit=limit),
            settings=Settings(
                reference_date, ner, configuration, indent, str(text_dir) if text_dir is not None else None
            ),
            jobs=jobs,
            limits=Limits(timeout or None, memory or None),
            output=output,
            array=layout is Format.JSON,
            errors=errors,
            report=report,
            resume=resume,
            engine=engine,
            address=address,
        )
        failed = execute(plan)
    if failed:
        raise typer.Exit(FAILED)
