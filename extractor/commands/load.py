"""``extractor load``: records into a database."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.commands.options import DEFAULT_DATABASE, Database
from extractor.commands.records import Records
from extractor.terminal import printable, standard_error


def load(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="RECORDS...", help="Files of records, folders of such files; - is standard input."),
    ],
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Load records into a database; loading again changes nothing, better records replace the old ones."""
    with exit_codes():
        from extractor.errors import ExtractorError
        from extractor.exporters.database import Loaded, load, open_database

        refused = 0

        def refuse(error: ExtractorError) -> None:
            nonlocal refused
            refused += 1
            standard_error(f"error: {printable(str(error))} [{error.code}]")

        engine = open_database(database)
        records = Records(paths)
        reports = iter(records)
        first = next(reports, None)
        if first is None:
            loaded = Loaded()  # and no database is made
        else:
            try:
                loaded = load(chain([first], reports), engine, on_fault=refuse)
            finally:
                engine.dispose()
        records.report()
        typer.echo(f"{loaded.new} new, {loaded.replaced} replaced, {loaded.unchanged} unchanged")
    if refused or records.failed:
        raise typer.Exit(FAILED)
