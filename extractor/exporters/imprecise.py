"""What calendars do with dates that are no days."""

from __future__ import annotations

from enum import StrEnum


class Imprecise(StrEnum):
    """What becomes of events whose day is not known."""

    SPAN = "span"
    SKIP = "skip"
