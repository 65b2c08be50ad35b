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

Ner = Annotated[
    str,
    typer.Option(
        "--ner",
        metavar="small|full|none|spacy:NAME",
        help="Model that finds names which rules cannot see: one of ours, none, or an installed spaCy model.",
    ),
]
