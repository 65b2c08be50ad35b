"""A batch: documents through an engine, records to one side, errors to the other, numbers kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from extractor.batch.journal import Journal
from extractor.batch.tally import Tally
from extractor.readers import MAX_FILE
from extractor.readers.streams import STANDARD_INPUT, read_most, standard_input
from extractor.scaling.engines import Engine
from extractor.scaling.handle import Task
from extractor.scaling.outcomes import Outcome
from extractor.terminal import printable, standard_error

Advance = Callable[[int], None]
"""Called after each document with the number of those that failed so far."""


class Batch:
    """Documents on their way through a pool.

    Errors go to standard error, a line each; ``tally`` counts; ``advance`` is called after each document.
    """

    def __init__(self, pool: Engine, sources: Iterable[str], tally: Tally, advance: Advance) -> None:
        self.pool = pool
        self.sources = sources
        self.tally = tally
        self.advance = advance

    def stream(self, errors: BinaryIO | None) -> Iterator[str]:
        """The records in the order of the documents, as they come; error records go to ``errors``."""
        for _, outcome in self.pool.run(map(_task, self.sources)):
            if outcome.error is not None and errors is not None:
                errors.write(outcome.error.encode() + b"\n")
                errors.flush()
            self._count(outcome)
            if outcome.record is not None:
                yield outcome.record

    def complete(self, journal: Journal) -> None:
        """Bring a journal to the end: all outcomes stand in it then."""
        tasks = (_task(source, journal.known(source)) for source in self.sources)
        for place, outcome in self.pool.run(tasks, ordered=False):
            resumed = outcome.record is None and outcome.error is None
            self._count(journal.add(place, outcome), resumed=resumed)

    def _count(self, outcome: Outcome, *, resumed: bool = False) -> None:
        self.tally.add(outcome, resumed=resumed)
        if outcome.error is not None:
            _tell(outcome)
        self.advance(self.tally.failed)


def _task(source: str, known: str | None = None) -> Task:
    """The document as a task: workers open files themselves, standard input is read here."""
    return Task(source, read_most(standard_input(), MAX_FILE + 1) if source == STANDARD_INPUT else None, known)


def _tell(outcome: Outcome) -> None:
    from extractor.records import ErrorRecord

    record = ErrorRecord.model_validate_json(outcome.error or "")
    standard_error(f"error: {printable(record.source)}: {printable(record.message)} [{record.code}]")
