"""The values of an event by the dotted names that its evidence uses: ``when.start``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.records import Event


def event_fields(event: Event) -> Iterator[tuple[str, str]]:
    """The event's values that are set, each with its name; a list's entries are joined by ``"; "``."""
    values = event.model_dump(mode="json", exclude={"id", "role", "evidence", "confidence"}, exclude_defaults=True)
    for field, value in values.items():
        if isinstance(value, dict):
            yield from ((f"{field}.{name}", str(item)) for name, item in value.items())
        else:
            yield field, _shown(value)


def field_value(event: Event, field: str) -> str:
    """The value with a dotted name; empty where the event has none."""
    value: Any = event
    for name in field.split("."):
        value = getattr(value, name, None)
    return "" if value is None else _shown(value)


def _shown(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
