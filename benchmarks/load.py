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
Wall time is what a user waits for, on a machine that others use too; processor time, PostgreSQL's server included,
is the fairer number. The best of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
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

NewDatabase = Callable[[], str]
Clock = Callable[[], float]


def make_records(count: int) -> list[Report]:
    """Records of varied samples."""
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.*")) if path.suffix in (".txt", ".md")]
    chance = random.Random(count)  # noqa: S311
    extractor = Extractor()
    records = (extractor.extract(varied(texts[number % len(texts)], chance)) for number in range(count))
    return [record.model_copy(update={"id": f"{record.id}{number}"}) for number, record in enumerate(records)]


def timed(work: Callable[[], object], server: Clock) -> Timing:
    """Wall and processor time of work, that of children and of a server included."""
    began, spent = time.perf_counter(), _processor_time() + server()
    work()
    wall = time.perf_counter() - began
    return wall, _processor_time() + server() - spent


def _processor_time() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + usage.ru_utime + usage.ru_stime


def server_time(folder: Path) -> float:
    """Processor time of a PostgreSQL server and its processes, from Linux's process table."""
    server = (folder / "data" / "postmaster.pid").read_text("utf-8").split()[0]
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text("utf-8").rpartition(")")
        except OSError:  # gone by now
            continue
        fields = rest.split()
        own = name.split()[0] == server
        if own or fields[1] == server:
            ticks += sum(map(int, fields[11:15] if own else fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


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


def measure(new_database: NewDatabase, records: list[Report], rounds: int, server: Clock) -> dict[str, Timing]:
    """The best times of each peer, in a database of one kind."""
    rows = Rows(map(Storable.of, records))
    others = [record.model_copy(update={"generator": "another"}) for record in records]
    times: dict[str, list[Timing]] = {}

    def measured(peer: str, work: Callable[[], object]) -> None:
        times.setdefault(peer, []).append(timed(work, server))

    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(record.to_json() + "\n" for record in records)
        file.flush()
        for _ in range(rounds):
            plain, loaded, by_command = empty_database(new_database), empty_database(new_database), new_database()
            measured("executemany", partial(executemany, plain, rows))
            measured("load", partial(load, records, loaded))
            expected = contents(loaded)
            measured("again", partial(load, records, loaded))
            assert contents(loaded) == expected, "loading twice changed the tables"
            measured("replace", partial(load, others, loaded))
            measured("command", partial(run_commands, by_command, file.name))
            assert contents(open_database(by_command)) == expected, "the command loaded something else"
        at_once = new_database()
        run_commands(at_once, file.name, file.name)
        assert contents(open_database(at_once)) == expected, "two loaders at once made other tables"
    return {peer: (min(wall for wall, _ in found), min(cpu for _, cpu in found)) for peer, found in times.items()}


def empty_database(new_database: NewDatabase) -> Engine:
    """A new database with empty tables."""
    engine = open_database(new_database())
    load([], engine)
    return engine


def run_commands(url: str, *paths: str) -> None:
    """Run ``extractor load`` for each file, all at once."""
    command = [sys.executable, "-m", "extractor", "load"]
    loaders = [subprocess.Popen([*command, path, "--db", url], stdout=subprocess.DEVNULL) for path in paths]
    for loader in loaders:
        assert loader.wait() == 0


def print_table(found: list[dict[str, Any]], records: int, rows: int) -> None:
    """The results for people; ``times`` is how many times as long as ``executemany``."""
    print(f"{records:,} records, {rows:,} rows")
    print(f"{'':<25} {'wall time':<43} {'processor time':<43}".rstrip())
    print(f"{'database':<12}{'peer':<13}", *(f"{name:>10}" for name in ("seconds", "records/s", "rows/s", "times") * 2))
    for row in found:
        plain = next(r for r in found if r["database"] == row["database"] and r["peer"] == "executemany")
        cells = []
        for clock in ("wall", "processor"):
            seconds = row[f"{clock}_seconds"]
            row[f"times_executemany_{clock}"] = seconds / plain[f"{clock}_seconds"]
            cells += [f"{seconds:.2f}", f"{records / seconds:,.0f}", f"{rows / seconds:,.0f}"]
            cells.append(f"{row[f'times_executemany_{clock}']:.2f}")
        print(f"{row['database']:<12}{row['peer']:<13}", *(f"{cell:>10}" for cell in cells))


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

    def run(kind: str, new_database: NewDatabase, server: Clock) -> None:
        for peer, (wall, processor) in measure(new_database, records, options.rounds, server).items():
            found.append(
                {
                    "database": kind,
                    "peer": peer,
                    "records_per_second": len(records) / wall,
                    "rows_per_second": number / wall,
                    "records_per_processor_second": len(records) / processor,
                    "wall_seconds": wall,
                    "processor_seconds": processor,
                }
            )

    with tempfile.TemporaryDirectory() as folder:
        run("sqlite", lambda: f"sqlite:///{folder}/{next(numbers)}.db", lambda: 0.0)
    programs = postgresql.binaries()
    if programs is not None:
        with postgresql.running(programs) as url:
            home = Path(url.partition("host=")[2])
            run("postgresql", lambda: postgresql.create_database(url, f"b{next(numbers)}"), lambda: server_time(home))
    print_table(found, len(records), number)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
