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
