"""Write the table dictionary of docs/database.md anew: ``python tests/update_database_docs.py``."""

from pathlib import Path

from sqlalchemy.dialects import postgresql

from extractor.exporters.database.schema import metadata

PAGE = Path(__file__).parents[1] / "docs" / "database.md"
BEGIN, END = "<!-- tables -->\n", "<!-- end of tables -->\n"


def dictionary() -> str:
    """The tables and columns, from the metadata."""
    lines = [""]
    for table in sorted(metadata.tables.values(), key=lambda table: table.name):
        lines += [f"### `{table.name}`", "", str(table.comment), "", "| Column | Type | Meaning |", "|---|---|---|"]
        for column in table.columns:
            kind = column.type.compile(postgresql.dialect()).lower()
            marks = ["key"] if column.primary_key else ["not null"] if not column.nullable else []
            marks += [f"→ `{key.target_fullname}`" for key in column.foreign_keys]
            lines.append(f"| `{column.name}` | {', '.join([kind, *marks])} | {column.comment} |")
        lines.append("")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Update the page."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + dictionary() + END + rest.partition(END)[2], "utf-8")


if __name__ == "__main__":
    main()
