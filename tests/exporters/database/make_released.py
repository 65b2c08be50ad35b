"""Write what the newest version's tables hold: ``python tests/exporters/database/make_released.py``.

Once for each migration, before it is released; what is released is never written again.
"""

import json
from datetime import date
from pathlib import Path

from sqlalchemy import select

from extractor import Report
from extractor.exporters.database import load, open_database
from extractor.exporters.database.schema import REVISION, metadata

SAMPLES = Path(__file__).parents[3] / "samples"
NAMES = ("drachenboot-waren-abgesagt", "streuobsttag-herrenberg")


def main() -> None:
    """Load some samples and write the rows as JSON."""
    engine = open_database("sqlite://")
    load([Report.model_validate_json((SAMPLES / f"{name}.json").read_bytes()) for name in NAMES], engine)
    with engine.connect() as connection:
        tables = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }
    path = Path(__file__).parent / "released" / f"{REVISION}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(tables, ensure_ascii=False, indent=1, default=date.isoformat) + "\n", "utf-8")


if __name__ == "__main__":
    main()
