"""``extractor schema``: the JSON Schema of a record, or of the configuration file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from extractor.commands.exits import exit_codes


class Record(StrEnum):
    """What has a schema."""

    REPORT = "report"
    ERROR = "error"
    EXPLANATION = "explanation"
    CONFIG = "config"


def schema(
    record: Annotated[Record, typer.Option(help="Which record; config: the configuration file.")] = Record.REPORT,
) -> None:
    """Print the JSON Schema of a record, or of the configuration file."""
    with exit_codes():
        from extractor.validation import schema_text

        typer.echo(schema_text(record.value), nl=False)
