"""What a run has done so far, in a database beside its output; a killed run is taken up from it.

Every outcome is a transaction of its own, so whatever moment the run dies at, the journal holds whole outcomes only. It
is keyed by document and the hash of its bytes, and begun anew where the fingerprint of program, resources and settings
is another. Results stand in it by their place among the documents, so they may come in any order. Nobody else may use
it meanwhile: the lock ends with the process.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from extractor.errors import OutputUnwritable, UsageError
from extractor.output import unwritable
from extractor.scaling.outcomes import Outcome

_TABLES = """
CREATE TABLE IF NOT EXISTS run (fingerprint TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outcome (
    source BLOB PRIMARY KEY, run INTEGER NOT NULL, place INTEGER NOT NULL, sha256 TEXT, id TEXT, warnings TEXT,
    code TEXT, record TEXT, error TEXT
);
CREATE INDEX IF NOT EXISTS outcome_place ON outcome (run, place);
"""


@contextmanager
def opened_journal(output: Path, fingerprint: str, *, anew: bool = False) -> Iterator[Journal]:
    """The journal of the run that writes ``output``: hidden, beside it; deleted when the block ends without an error.

    ``anew`` forgets what an earlier run has left. Raises ``UsageError`` where it cannot be kept, or where another run
    uses it, and ``OutputUnwritable`` where there is no room for it, be it later; then what it holds stays.
    """
    target = output.resolve()
    folder = target.with_name(f".{target.name}.resume")
    try:
        folder.mkdir(exist_ok=True)
        journal = _journal(folder, fingerprint, anew=anew)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise UsageError("another run is writing it", source=str(output)) from None
        raise _unkept(error, folder) from None
    except OSError as error:
        raise unwritable(error, str(output)) from None
    finished = False
    try:
        yield journal
        finished = True
    except sqlite3.Error as error:
        raise _unkept(error, folder) from None
    finally:
        done = finished
        with suppress(sqlite3.Error):
            done = done or journal.is_empty()
        journal.close()
        if done:
            shutil.rmtree(folder, ignore_errors=True)


def _unkept(error: sqlite3.Error, folder: Path) -> OutputUnwritable:
    message = (
        f"cannot write the journal of this run: {error}; make room there: the same command goes on from what is done"
    )
    return OutputUnwritable(message, source=str(folder))


def _journal(folder: Path, fingerprint: str, *, anew: bool) -> Journal:
    try:
        return Journal(folder, fingerprint, anew=anew)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # no database, or a broken one
        shutil.rmtree(folder)
        folder.mkdir()
        return Journal(folder, fingerprint, anew=anew)


class Journal:
    """The journal of one run; a folder, for it also holds the output while it is put together.

    ``taken_up`` says whether it holds outcomes of an earlier run, ``stale`` whether it was one of another fingerprint.
    """

    def __init__(self, folder: Path, fingerprint: str, *, anew: bool = False) -> None:
        self.folder = folder
        self._database = sqlite3.connect(folder / "journal.sqlite", timeout=1, isolation_level=None)
        try:
            self._prepare(fingerprint, anew)
        except BaseException:
            self._database.close()
            raise

    def _prepare(self, fingerprint: str, anew: bool) -> None:
        self._fingerprint = fingerprint
        for setting in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
            self._database.execute(f"PRAGMA {setting}")
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for statement in filter(str.strip, _TABLES.split(";")):
                self._database.execute(statement)
        last = self._one("SELECT fingerprint, number FROM run")
        self.stale = last is not None and last[0] != fingerprint
        self.run: int = last[1] + 1 if last else 1
        self.taken_up = not (self.stale or anew) and not self.is_empty()
        self._begun = False

    def _begin(self) -> None:
        """Make it that of this run: only now, for options that no worker accepts should cost no earlier outcome."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            if not self.taken_up:
                self._database.execute("DELETE FROM outcome")
            self._database.execute("DELETE FROM run")
            self._database.execute("INSERT INTO run VALUES (?, ?)", (self._fingerprint, self.run))
        self._begun = True

    def known(self, source: str) -> str | None:
        """The hash of the bytes of a document whose record is here; None for one that is to be extracted."""
        if not self.taken_up:
            return None
        row = self._one("SELECT sha256 FROM outcome WHERE source = ? AND record IS NOT NULL", (os.fsencode(source),))
        return row[0] if row else None

    def add(self, place: int, outcome: Outcome) -> Outcome:
        """Take down what became of a document; returns the outcome itself, or for a known document that held here."""
        if not self._begun:
            self._begin()
        source = os.fsencode(outcome.source)
        if outcome.record is None and outcome.error is None:
            self._database.execute("UPDATE outcome SET run = ?, place = ? WHERE source = ?", (self.run, place, source))
            row = self._one("SELECT id, warnings FROM outcome WHERE source = ?", (source,))
            return outcome._replace(id=row[0], warnings=tuple(json.loads(row[1])))
        _, sha256, record, id_, warnings, error, code = outcome
        row = (source, self.run, place, sha256, id_, json.dumps(warnings), code, record, error)
        self._database.execute("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return outcome

    def records(self) -> Iterator[str]:
        """The records of this run, in the order of the documents."""
        return self._column("record")

    def errors(self) -> Iterator[str]:
        """The error records of this run, in the order of the documents."""
        return self._column("error")

    def close(self) -> None:
        """Let go of the database, which stays."""
        self._database.close()

    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return self._one("SELECT 1 FROM outcome LIMIT 1") is None

    def _column(self, name: str) -> Iterator[str]:
        query = f"SELECT {name} FROM outcome WHERE run = ? AND {name} IS NOT NULL ORDER BY place"  # noqa: S608 -- ours
        for (value,) in self._database.execute(query, (self.run,)):
            yield value

    def _one(self, query: str, values: tuple[Any, ...] = ()) -> Any:
        return self._database.execute(query, values).fetchone()
