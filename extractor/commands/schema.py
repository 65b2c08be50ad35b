"""``extractor schema``: the JSON Schema of a record."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from extractor.commands.exits import exit_codes


class Record(StrEnum):
    """The records that have a schema."""

    REPORT = "report"
    ERROR = "error"
    EXPLANATION = "explanation"


def schema(
    record: Annotated[Record, typer.Option(help="Which record.")] = Record.REPORT,
) -> None:
    """Print the JSON Schema of a record."""
    with exit_codes():
        from extractor.validation import schema_text

        typer.echo(schema_text(record.value), nl=False)
