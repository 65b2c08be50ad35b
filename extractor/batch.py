"""Many documents through one ``Extractor``: records to one side, errors to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor.errors import UsageError
from extractor.failures import error_record
from extractor.output import write_text
from extractor.readers import read_file
from extractor.records import ErrorRecord
from extractor.terminal import printable, standard_error
from extractor.validation import validated_json

if TYPE_CHECKING:
    from extractor.pipeline import Extractor

Advance = Callable[[], None]


class Batch:
    """Documents on their way through an ``Extractor``.

    Errors go to standard error, a line each, and as records to ``errors`` if that is given;
    ``failed`` counts them. ``texts`` is a folder that gets the text of each document, named by the
    ``id`` of its record.
    """

    def __init__(
        self,
        extractor: Extractor,
        sources: Sequence[str | Path],
        errors: BinaryIO | None = None,
        texts: Path | None = None,
    ) -> None:
        self.extractor = extractor
        self.sources = sources
        self.errors = errors
        self.texts = texts
        self.failed = 0

    def records(self, *, indent: int | None = None, bar: bool = False) -> Iterator[str]:
        """The reports as canonical JSON, both validators passed, in the order of the sources.

        ``bar`` shows progress on standard error.
        """
        with progress(len(self.sources)) if bar else nullcontext(lambda: None) as advance:
            for source in self.sources:
                text = self._record(source, indent)
                if text is not None:
                    yield text
                advance()

    def _record(self, source: str | Path, indent: int | None) -> str | None:
        """The record of one document, None if it failed."""
        try:
            document = read_file(source)
            report = self.extractor.extract_document(document)
            record = validated_json(report, indent=indent)
            if self.texts is not None:
                write_text(self.texts / f"{report.id}.txt", document.text)
        except UsageError:
            raise
        except Exception as error:
            self._fail(error_record(error, source=str(source)))
            return None
        return record

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
