"""``extractor config``: the configuration file, checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.exits import USAGE, exit_codes
from extractor.terminal import printable, standard_error

if TYPE_CHECKING:
    from extractor.configuration import Configuration

config = typer.Typer(help="Check a configuration file.", no_args_is_help=True)


@config.callback()
def _options() -> None:
    """Check the file that --config names."""


@config.command()
def check(path: Annotated[Path, typer.Argument(metavar="FILE", help="The configuration file, TOML.")]) -> None:
    """Tell what a configuration file holds, and all that is wrong with it, with file and line."""
    with exit_codes():
        from extractor.configuration.loading import read_configuration
        from extractor.configuration.problems import Problems
        from extractor.errors import BadConfiguration
        from extractor.pipes.configured_hints import add_hints

        problems = Problems()
        configuration = read_configuration(path, problems)
        if configuration is not None:
            add_hints(configuration, path, problems)
        for warning in problems.warnings:
            standard_error(f"warning: {printable(f'{warning.source}: {warning.message}')}")
        for error in problems.errors:
            standard_error(f"error: {printable(f'{error.source}: {error.message}')} [{BadConfiguration.code}]")
        if problems.errors or configuration is None:
            raise typer.Exit(USAGE)
        for line in _told(configuration):
            typer.echo(printable(line))


def _told(configuration: Configuration) -> list[str]:
    """What a configuration holds: kinds, entries, names."""
    lines = []
    for kind in ("organisations", "venues", "event_types", "series", "persons", "topics"):
        entries = getattr(configuration, kind)
        names = sum(len(entry.names) for entry in entries)
        lines.append(f"{kind:<13} {len(entries):>6}   names {names:>6}")
    concepts = sum(topic.concept is not None for topic in configuration.topics)
    lines[-1] += f"   with a concept {concepts}"
    return lines
