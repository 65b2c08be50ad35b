"""What a database holds, as values."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, delete, select

from extractor.exporters.database.schema import metadata

Tables = dict[str, list[tuple[Any, ...]]]


def contents(engine: Engine) -> Tables:
    """All rows of all tables, sorted; equal for equal databases of whatever kind."""
    with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }


def clear(engine: Engine) -> None:
    """Empty the tables."""
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
