"""``extractor explain``: what was found in a document, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.commands.exits import exit_codes
from extractor.commands.options import Config, Ner, ReferenceDate
from extractor.pipes.ner import DEFAULT


def explain(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file; - is standard input.")],
    reference_date: ReferenceDate = None,
    ner: Ner = DEFAULT,
    config: Config = None,
) -> None:
    """Show a document in the terminal: what was found, where, and by which rule."""
    with exit_codes():
        from extractor.edtf import calendar_day
        from extractor.pipeline import Extractor
        from extractor.readers import read_file

        calendar_day(reference_date)
        document = read_file(path)

        from extractor import explain as view
        from extractor.assembly import assemble
        from extractor.console import make_console

        extractor = Extractor(reference_date=reference_date, ner=ner, config=config)
        doc = extractor.annotate(document)
        report = assemble(doc, document, reference_date=extractor.reference_date)
        view.explain(doc, report, make_console())
