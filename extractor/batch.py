"""Many documents through one ``Extractor``: records to one side, errors to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor.pipeline import error_record
from extractor.records import ErrorRecord, Report
from extractor.terminal import printable, standard_error
from extractor.validation import validated_json

if TYPE_CHECKING:
    from extractor.pipeline import Extractor

Advance = Callable[[], None]


class Batch:
    """Documents on their way through an ``Extractor``.

    Errors go to standard error, a line each, and as records to ``errors`` if that is given;
    ``failed`` counts them.
    """

    def __init__(self, extractor: Extractor, sources: Sequence[str | Path], errors: BinaryIO | None = None) -> None:
        self.extractor = extractor
        self.sources = sources
        self.errors = errors
        self.failed = 0

    def records(self, *, indent: int | None = None, bar: bool = False) -> Iterator[str]:
        """The reports as canonical JSON, both validators passed, in the order of the sources.

        ``bar`` shows progress on standard error.
        """
        with progress(len(self.sources)) if bar else nullcontext(lambda: None) as advance:
            for result in self.extractor.extract_many(self.sources):
                if isinstance(result, ErrorRecord):
                    self._fail(result)
                else:
                    text = self._validated(result, indent)
                    if text is not None:
                        yield text
                advance()

    def _validated(self, report: Report, indent: int | None) -> str | None:
        try:
            return validated_json(report, indent=indent)
        except Exception as error:
            self._fail(error_record(error, source=report.source.uri))
            return None

    def _fail(self, record: ErrorRecord) -> None:
        self.failed += 1
        standard_error(f"error: {printable(record.source)}: {printable(record.message)} [{record.code}]")
        if self.errors is not None:
            self.errors.write(validated_json(record).encode() + b"\n")
            self.errors.flush()


@contextmanager
def progress(total: int) -> Iterator[Advance]:
    """A progress bar on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as shown:
        task = shown.add_task("extracting", total=total)
        yield lambda: shown.advance(task)
