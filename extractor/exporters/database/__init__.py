"""The database: reports in SQLite or PostgreSQL, for others to query.

``open_database`` gives an engine, ``load`` writes reports, ``upcoming`` asks what comes next.
Needs the extra ``database``; PostgreSQL the extra ``postgresql``.
"""

from extractor.extras import require

require("sqlalchemy", extra="database")
require("alembic", extra="database")

from extractor.exporters.database.connection import open_database  # noqa: E402
from extractor.exporters.database.loading import Loaded, load  # noqa: E402
from extractor.exporters.database.query import Upcoming, upcoming  # noqa: E402

__all__ = ["Loaded", "Upcoming", "load", "open_database", "upcoming"]
