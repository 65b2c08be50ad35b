"""The command line: one Typer app; each command is a module of ``extractor.commands``."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import typer

from extractor.commands.calendar import calendar
from extractor.commands.config import config
from extractor.commands.evaluate import evaluate
from extractor.commands.exits import INTERRUPTED
from extractor.commands.explain import explain
from extractor.commands.export import export
from extractor.commands.extract import extract
from extractor.commands.load import load
from extractor.commands.query import query
from extractor.commands.schema import schema
from extractor.commands.timex import timex
from extractor.commands.view import view
from extractor.terminal import tolerate_encodings

app = typer.Typer(
    help="Turn German event reports into validated records.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (extract, explain, evaluate, timex, calendar, export, view, load, query, schema):
    app.command()(command)


app.add_typer(config, name="config")


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
