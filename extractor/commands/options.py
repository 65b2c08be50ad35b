"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

ReferenceDate = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Day (2025-03-04) from which relative dates count where a document states none. Never today by itself.",
    ),
]
