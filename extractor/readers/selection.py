"""Which of the documents that are found are wanted: by name, by folder, by the time of their last change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from fnmatch import fnmatchcase
from pathlib import Path

from extractor.edtf import parse_day
from extractor.errors import UsageError
from extractor.readers.object_store import changed, is_url


@dataclass(frozen=True, slots=True)
class Selection:
    """Patterns that a document's path must match, or must not, and the oldest last change, in seconds of the epoch.

    A pattern without a slash is matched against the name of the file and of each folder above it; one with a slash
    against the path from its beginning, as far as the file or one of these folders. ``*`` and ``?`` stand for anything
    but a slash, ``[...]`` for one of these characters, ``**`` for any folders. Capitals count.
    """

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    since: float | None = None

    def takes(self, path: str, beneath: str) -> bool:
        """Whether a file is wanted; ``beneath`` is its path in the folder that was named, or as it was named."""
        parts = beneath.split("/")
        if self.include and not _matches(self.include, parts):
            return False
        if self.exclude and _matches(self.exclude, parts):
            return False
        return self.since is None or _changed_since(path, self.since)


def moment(text: str) -> float:
    """Seconds of the epoch: of a day's (2025-03-04) beginning, or a time (2025-03-04T12:00), here or with an offset.

    Raises ``UsageError`` for anything else.
    """
    try:
        found = datetime.fromisoformat(text) if "T" in text else datetime.combine(parse_day(text), time())
    except ValueError:
        message = f"{text!r} is no day or time; write 2025-03-04 or 2025-03-04T12:00"
        raise UsageError(message, source="--since") from None
    try:
        return found.timestamp()
    except (ValueError, OverflowError):  # at the ends of the calendar the zone may lead out of it
        return found.replace(tzinfo=UTC).timestamp()


def _changed_since(path: str, oldest: float) -> bool:
    """Whether a file was changed since; one that cannot be looked at is wanted, and fails when it is read."""
    if is_url(path):
        moment = changed(path)
        return moment is None or moment >= oldest
    try:
        return Path(path).stat().st_mtime >= oldest
    except OSError:
        return True


def _matches(patterns: Iterable[str], parts: Sequence[str]) -> bool:
    """Whether a pattern fits a path, or a folder on its way."""
    for pattern in patterns:
        steps = pattern.removeprefix("./").rstrip("/").split("/")
        if _fits(steps, parts) if len(steps) > 1 else any(fnmatchcase(part, steps[0]) for part in parts):
            return True
    return False


def _fits(steps: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether the beginning of a path goes these steps."""
    if not steps:
        return True
    if steps[0] == "**":
        return any(_fits(steps[1:], parts[skipped:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], steps[0]) and _fits(steps[1:], parts[1:])
