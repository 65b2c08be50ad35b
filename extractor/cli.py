"""The command line: one Typer app; each command is a module of ``extractor.commands``."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import typer

from extractor.commands.exits import INTERRUPTED
from extractor.commands.explain import explain
from extractor.commands.extract import extract
from extractor.commands.schema import schema
from extractor.terminal import tolerate_encodings

app = typer.Typer(
    help="Turn German event reports into validated records.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (extract, explain, schema):
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"extractor {version('extractor')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    tolerate_encodings()
    if os.environ.get("EXTRACTOR_DEBUG"):
        logging.basicConfig(level=logging.DEBUG)
    try:
        app(prog_name="extractor")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
