"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from extractor.edtf import parse_day
from extractor.errors import UsageError

ReferenceDate = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Day (2025-03-04) from which relative dates count where a document states none. Never today by itself.",
    ),
]

DEFAULT_DATABASE = "sqlite:///extractor.db"

Database = Annotated[
    str,
    typer.Option(
        "--db",
        metavar="URL",
        envvar="EXTRACTOR_DB",
        show_envvar=False,
        help="sqlite:///FILE or postgresql://USER@HOST/DATABASE; EXTRACTOR_DB may hold it, passwords and all.",
    ),
]

Ner = Annotated[
    str,
    typer.Option(
        "--ner",
        metavar="small|full|none|spacy:NAME",
        help="Model that finds names which rules cannot see: one of ours, none, or an installed spaCy model.",
    ),
]

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Names that you know (TOML): organisations, venues, event types, series, persons, topics.",
    ),
]

Timeout = Annotated[
    float,
    typer.Option("--timeout", min=0, max=1e6, metavar="SECONDS", help="Time that a document may take; 0 is no limit."),
]
DEFAULT_TIMEOUT = 120.0

Memory = Annotated[
    int,
    typer.Option(
        "--memory", min=0, max=1_000_000, metavar="MB", help="Memory that a document may take; 0 is no limit."
    ),
]
DEFAULT_MEMORY = 1024


def calendar_day(text: str | None, option: str) -> date | None:
    """The day that an option names, as 2025-03-04; raises ``UsageError`` for anything else."""
    try:
        return parse_day(text) if text is not None else None
    except ValueError as error:
        raise UsageError(str(error), source=option) from None
