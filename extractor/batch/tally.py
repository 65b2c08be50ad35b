"""What became of the documents of a batch, in numbers."""

from __future__ import annotations

from collections import Counter
from time import monotonic
from typing import Any

from extractor.scaling.outcomes import Outcome


class Tally:
    """Counts outcomes.

    ``read`` are the documents taken up, ``written`` those with a record, ``warned`` those of them with a warning,
    ``failed`` those with an error record, ``resumed`` those whose record an interrupted run had made, ``skipped`` those
    that were found, but not wanted. ``errors`` and ``warnings`` count documents by code.
    """

    def __init__(self) -> None:
        self.read = self.written = self.failed = self.warned = self.resumed = self.skipped = 0
        self.errors: Counter[str] = Counter()
        self.warnings: Counter[str] = Counter()
        self._began = monotonic()

    def add(self, outcome: Outcome, *, resumed: bool = False) -> None:
        """Count one document."""
        self.read += 1
        self.resumed += resumed
        if outcome.code is not None:
            self.failed += 1
            self.errors[outcome.code] += 1
            return
        self.written += 1
        self.warned += bool(outcome.warnings)
        self.warnings.update(set(outcome.warnings))

    def lines(self) -> list[str]:
        """The summary for people: the numbers, then a line a code."""
        counts = ((self.read, "read"), (self.written, "written"), (self.failed, "failed"), (self.warned, "warned"))
        parts = [f"{number:,} {word}" for number, word in counts]
        for number, word in ((self.resumed, "resumed"), (self.skipped, "skipped")):
            if number:
                parts.append(f"{number:,} {word}")
        errors = [f"  error {code}: {number:,}" for code, number in _by_number(self.errors)]
        return [", ".join(parts), *errors, *(f"  warning {code}: {n:,}" for code, n in _by_number(self.warnings))]

    def report(self, *, total: int, interrupted: bool) -> dict[str, Any]:
        """The summary for programs; ``total`` is how many documents there are, ``seconds`` the time since the start."""
        return {
            "documents": total,
            "read": self.read,
            "written": self.written,
            "failed": self.failed,
            "warned": self.warned,
            "resumed": self.resumed,
            "skipped": self.skipped,
            "interrupted": interrupted,
            "errors": dict(_by_number(self.errors)),
            "warnings": dict(_by_number(self.warnings)),
            "seconds": round(monotonic() - self._began, 3),
        }


def _by_number(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first, equal ones by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
