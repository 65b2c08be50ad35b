"""The records that a command is given: read as they are asked for, faults told on standard error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractor.errors import ExtractorError
from extractor.terminal import printable, standard_error

if TYPE_CHECKING:
    from extractor.records import Report


class Records:
    """The reports in files; what is none is one line on standard error.

    ``read``, ``failed`` and ``skipped`` count them.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self.read = 0
        self.failed = 0
        self.skipped = 0

    def __iter__(self) -> Iterator[Report]:
        from extractor.record_files import read_reports

        for report in read_reports(self.paths, on_fault=self._fail, on_skip=self._skip):
            self.read += 1
            yield report

    def report(self) -> None:
        """Say how many records were left out."""
        if self.skipped:
            standard_error(f"note: left out: {self.skipped} error records or records that came twice")

    def _fail(self, error: ExtractorError) -> None:
        self.failed += 1
        standard_error(f"error: {printable(str(error))} [{error.code}]")

    def _skip(self, _: str) -> None:
        self.skipped += 1
