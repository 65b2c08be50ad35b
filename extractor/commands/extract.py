"""``extractor extract``: documents in, records out."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.commands.options import Config, Ner, ReferenceDate
from extractor.errors import NoDocuments, UsageError
from extractor.pipes.ner import DEFAULT


class Format(StrEnum):
    """How records are written."""

    JSON = "json"
    JSONL = "jsonl"


def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, directories, globs; - is standard input.")
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
) -> None:
    """Extract the record of each document."""
    with exit_codes():
        failed = _extract(paths, layout, output, reference_date, errors, text_dir, ner, config)
    if failed:
        raise typer.Exit(FAILED)


def _extract(
    paths: list[str],
    layout: Format,
    output: Path | None,
    reference_date: str | None,
    errors: Path | None,
    texts: Path | None,
    ner: str,
    config: Path | None,
) -> int:
    """The number of documents that failed."""
    from extractor.output import Layout, make_folder, opened, write_records

    if output is not None and errors is not None and output.resolve() == errors.resolve():
        raise UsageError("--output and --errors name the same file")
    sources = _sources(paths)
    if output is not None and any(output.resolve() == Path(source).resolve() for source in sources if source != "-"):
        raise UsageError("--output names a document that is to be read", source=str(output))
    several = len(sources) > 1 or any(path != "-" and Path(path).is_dir() for path in paths)

    from extractor.batch import Batch
    from extractor.pipeline import Extractor

    with ExitStack() as stack:
        sink = stack.enter_context(opened(errors)) if errors is not None else None
        if texts is not None:
            make_folder(texts)
        batch = Batch(Extractor(reference_date=reference_date, ner=ner, config=config), sources, sink, texts)
        bar = len(sources) > 1 and sys.stderr.isatty() and not (output is None and sys.stdout.isatty())
        records = batch.records(indent=2 if layout is Format.JSON else None, bar=bar)
        if layout is Format.JSON and not several:
            for record in records:
                with opened(output) as out:
                    write_records([record], out, Layout.OBJECT)
        else:
            with opened(output) as out:
                write_records(records, out, Layout.ARRAY if layout is Format.JSON else Layout.LINES)
    return batch.failed


def _sources(paths: list[str]) -> list[str]:
    """The documents that the arguments name, each once.

    A folder or pattern without any stays among them, to fail when it is read; ``NoDocuments`` is
    raised where there is nothing else.
    """
    from extractor.readers import find_sources

    found: dict[str, None] = {}
    barren: list[NoDocuments] = []
    for path in paths:
        try:
            found |= dict.fromkeys(find_sources([path]))
        except NoDocuments as error:
            barren.append(error)
            found[path] = None
    if len(barren) == len(found):
        raise barren[0]
    return list(found)
