"""``extractor explain``: what was found in a document, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from extractor.commands.exits import exit_codes
from extractor.commands.options import DEFAULT_MEMORY, DEFAULT_TIMEOUT, Config, Memory, Ner, ReferenceDate, Timeout
from extractor.pipes.ner import DEFAULT


class Format(StrEnum):
    """How reasons are shown."""

    TEXT = "text"
    JSON = "json"


def explain(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file; - is standard input.")],
    reference_date: ReferenceDate = None,
    ner: Ner = DEFAULT,
    config: Config = None,
    layout: Annotated[
        Format, typer.Option("--format", help="text: for reading; json: the reasons as one object, without the text.")
    ] = Format.TEXT,
    timeout: Timeout = DEFAULT_TIMEOUT,
    memory: Memory = DEFAULT_MEMORY,
) -> None:
    """Show a document in the terminal: what was found, by which rule, why, and what was discarded."""
    with exit_codes():
        from extractor.edtf import calendar_day
        from extractor.pipeline import Extractor
        from extractor.scaling.limits import Limits
        from extractor.scaling.reading import read_within

        calendar_day(reference_date)
        document = read_within(path, Limits(timeout or None, memory or None))

        from extractor.assembly import explain as explained

        extractor = Extractor(reference_date=reference_date, ner=ner, config=config)
        doc = extractor.annotate(document)
        report, explanation = explained(doc, document, reference_date=extractor.reference_date)
        if layout is Format.JSON:
            from extractor.validation import validated_json

            typer.echo(validated_json(explanation, indent=2))
        else:
            from extractor import explain as view
            from extractor.console import make_console

            view.explain(doc, report, explanation, make_console())
