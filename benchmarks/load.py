"""How fast records go into a database: ``load`` beside a plain ``executemany`` of the same rows, in one run.

    python benchmarks/load.py [--reports N] [--rounds N] [--json FILE]

The records are those of the texts of ``samples/``, varied as in ``speed.py`` until there are enough, each
with an id of its own. Peers, each into new tables of the same schema, with keys and indexes:

- ``load``: reports to rows, JSON and all, in transactions of 500.
- ``executemany``: the finished rows, a ``executemany`` of the driver for each table, one transaction. Foreign
  keys are checked as when loading.
- ``again``: ``load`` of the same records, which are all there.
- ``replace``: ``load`` of other records of the same reports.
- ``command``: ``extractor load`` of a JSON Lines file, in a process of its own, start and validation included.

After each ``load`` the tables are compared: twice, and by two programs at once, they must be the same.
PostgreSQL is the newest on the machine, started for the benchmark with its default settings but ``fsync=off``.
Wall time is what a user waits for; processor time is the client's, without PostgreSQL's server. The best of the
rounds counts.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from speed import SAMPLES, varied
from sqlalchemy import Engine

from extractor import Extractor, Report
from extractor.exporters.database import load, open_database
from extractor.exporters.database.rows import Rows
from extractor.exporters.database.schema import metadata
from extractor.exporters.database.storable import Storable

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import postgresql
from databases import contents

Timing = tuple[float, float]
"""Wall and processor time, in seconds."""


def make_records(count: int) -> list[Report]:
    """Records of varied samples."""
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.*")) if path.suffix in (".txt", ".md")]
    chance = random.Random(count)  # noqa: S311
    extractor = Extractor()
    records = (extractor.extract(varied(texts[number % len(texts)], chance)) for number in range(count))
    return [record.model_copy(update={"id": f"{record.id}{number}"}) for number, record in enumerate(records)]


def timed(work: Callable[[], object]) -> Timing:
    """Wall and processor time of work, children included."""
    began, spent = time.perf_counter(), _processor_time()
    work()
    return time.perf_counter() - began, _processor_time() - spent


def _processor_time() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + usage.ru_utime + usage.ru_stime


def executemany(engine: Engine, rows: Rows) -> None:
    """What a user would write who has the rows."""
    mark = "?" if engine.dialect.name == "sqlite" else "%s"
    connection: Any = engine.raw_connection()
    cursor = connection.cursor()
    if mark == "?":
        cursor.execute("PRAGMA foreign_keys = ON")
    for table in metadata.sorted_tables:
        values = rows.of(table)
        if values:
            cursor.executemany(f"INSERT INTO {table.name} VALUES ({', '.join([mark] * len(table.columns))})", values)  # noqa: S608
    connection.commit()
    connection.close()


def measure(new_database: Callable[[], str], records: list[Report], rounds: int) -> dict[str, Timing]:
    """The best times of each peer, in a database of one kind."""
    rows = Rows(map(Storable.of, records))
    others = [record.model_copy(update={"generator": "another"}) for record in records]
    times: dict[str, list[Timing]] = {}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(record.to_json() + "\n" for record in records)
        file.flush()
        for _ in range(rounds):
            plain, loaded = empty_database(new_database), empty_database(new_database)
            times.setdefault("executemany", []).append(timed(lambda plain=plain: executemany(plain, rows)))  # type: ignore[misc]
            times.setdefault("load", []).append(timed(lambda loaded=loaded: load(records, loaded)))  # type: ignore[misc]
            expected = contents(loaded)
            times.setdefault("again", []).append(timed(lambda loaded=loaded: load(records, loaded)))  # type: ignore[misc]
            assert contents(loaded) == expected, "loading twice changed the tables"
            times.setdefault("replace", []).append(timed(lambda loaded=loaded: load(others, loaded)))  # type: ignore[misc]
            url = new_database()
            times.setdefault("command", []).append(timed(lambda url=url: wait(command(url, file.name))))  # type: ignore[misc]
            assert contents(open_database(url)) == expected, "the command loaded something else"
        at_once = new_database()
        wait(command(at_once, file.name), command(at_once, file.name))
        assert contents(open_database(at_once)) == expected, "two loaders at once made other tables"
    return {peer: min(found) for peer, found in times.items()}


def empty_database(new_database: Callable[[], str]) -> Engine:
    """A new database with empty tables."""
    engine = open_database(new_database())
    load([], engine)
    return engine


def command(url: str, path: str) -> subprocess.Popen[bytes]:
    """Start ``extractor load``."""
    return subprocess.Popen([sys.executable, "-m", "extractor", "load", path, "--db", url], stdout=subprocess.DEVNULL)


def wait(*loaders: subprocess.Popen[bytes]) -> None:
    """Wait for loaders, which must not fail."""
    for loader in loaders:
        assert loader.wait() == 0


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description="How fast records go into a database, and beside what.")
    parser.add_argument("--reports", type=int, default=1000, help="how many records")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the results there")
    options = parser.parse_args()
    records = make_records(options.reports)
    rows = Rows(map(Storable.of, records))
    number = sum(len(rows.of(table)) for table in metadata.sorted_tables)
    found: list[dict[str, Any]] = []
    numbers = iter(range(10_000))

    def run(kind: str, new_database: Callable[[], str]) -> None:
        for peer, (wall, processor) in measure(new_database, records, options.rounds).items():
            found.append(
                {
                    "database": kind,
                    "peer": peer,
                    "records_per_second": len(records) / wall,
                    "rows_per_second": number / wall,
                    "wall_seconds": wall,
                    "processor_seconds": processor,
                }
            )

    with tempfile.TemporaryDirectory() as folder:
        run("sqlite", lambda: f"sqlite:///{folder}/{next(numbers)}.db")
    programs = postgresql.binaries()
    if programs is not None:
        with postgresql.running(programs) as url:
            run("postgresql", lambda: postgresql.create_database(url, f"b{next(numbers)}"))
    print(f"{len(records):,} records, {number:,} rows")
    print(f"{'database':<11} {'peer':<12} {'records/s':>10} {'rows/s':>10} {'wall s':>8} {'CPU s':>8} {'times':>6}")
    for row in found:
        plain = next(r for r in found if r["database"] == row["database"] and r["peer"] == "executemany")
        row["times_executemany"] = row["wall_seconds"] / plain["wall_seconds"]
        print(
            f"{row['database']:<11} {row['peer']:<12}"
            f" {row['records_per_second']:>10,.0f} {row['rows_per_second']:>10,.0f}"
            f" {row['wall_seconds']:>8.2f} {row['processor_seconds']:>8.2f} {row['times_executemany']:>6.2f}"
        )
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
