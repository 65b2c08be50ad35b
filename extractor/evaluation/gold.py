"""Gold facts: what a careful reader says that a text tells, one JSON object a line.

A key that is missing was not annotated and is not scored; null says that the text does not tell. A
string may give alternatives, all of them right ("MIL|Ministerium für Infrastruktur"); a name that begins
with "?" and an event that is ``optional`` may be found or not.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import BadGold


class _Gold(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldEvent(_Gold):
    """An event's facts; a field that is not in ``model_fields_set`` was not annotated."""

    name: str | None = None
    event_type: str | None = None
    ordinal: int | None = None
    start: str | None = None
    end: str | None = None
    previous_start: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    city: str | None = None
    venue: str | None = None
    status: str | None = None
    attendance: int | str | None = None
    optional: bool = False


class GoldRecord(_Gold):
    """A text's facts; ``id`` is the name of its file without suffixes."""

    id: str
    main_event: GoldEvent | None = None
    follow_ups: list[GoldEvent] = []
    other_events: list[GoldEvent] = []
    organisations: list[str] = []
    persons: list[str] = []
    places: list[str] = []
    topics: list[str] = []

    @property
    def document(self) -> str:
        """The name under which a prediction is looked for."""
        return self.id.split(".")[0]


def read_gold(path: Path) -> list[GoldRecord]:
    """Read the gold facts of a JSONL file.

    Raises ``BadGold``, with file and line, for a file that cannot be read and for a line that is not gold.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BadGold(f"cannot be read: {reason}", source=str(path)) from error
    found: dict[str, GoldRecord] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _record(line, f"{path}:{number}")
        if record.document in found:
            raise BadGold(f"{record.document} stands twice", source=f"{path}:{number}")
        found[record.document] = record
    if not found:
        raise BadGold("there are no gold facts in it", source=str(path))
    return list(found.values())


def _record(line: str, source: str) -> GoldRecord:
    try:
        return GoldRecord.model_validate(json.loads(line))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise BadGold(f"{where}: {fault['msg']}" if where else "it should be a JSON object", source=source) from error
    except ValueError as error:
        raise BadGold(f"no JSON: {error}", source=source) from error
