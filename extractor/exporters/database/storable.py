"""What a database can hold of a record.

The record's JSON keeps every character. Columns have letters composed, as in that JSON; U+0000,
which PostgreSQL refuses, becomes ``␀`` and a lone surrogate, which no encoding has, ``\ufffd``:
in both databases alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractor.errors import BadRecord
from extractor.linking.identity import events_of
from extractor.records import Report

LARGEST_INTEGER = 2**63 - 1

_REPORT_ID = re.compile(r"[\x21-\x7e]{1,200}")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Storable:
    """A report that a database can hold, and its canonical JSON."""

    report: Report
    record: str

    @classmethod
    def of(cls, report: Report) -> Storable:
        """Raises ``BadRecord`` for an id that cannot be a key, and for numbers beyond 64 bits."""
        if not _REPORT_ID.fullmatch(report.id):
            raise BadRecord("the report's id is to be 1 to 200 visible ASCII characters", source=report.source.uri)
        if max(_numbers(report)) > LARGEST_INTEGER:
            raise BadRecord("a number of more than 64 bits fits into no database", source=report.source.uri)
        return cls(report, report.to_json().encode(errors="backslashreplace").decode())

    def in_columns(self) -> Report:
        """The report without characters that columns cannot hold."""
        if "\\u0000" not in self.record and "\\ud" not in self.record:
            return self.report
        return Report.model_validate(_replaced(self.report.model_dump(mode="json")))


def _numbers(report: Report) -> Iterator[int]:
    """The numbers of a report that have no upper bound."""
    yield report.source.characters
    for event in events_of(report):
        yield event.ordinal or 0
        yield event.attendance or 0
        for evidence in event.evidence:
            yield max(evidence.start, evidence.end)
    for entities in (report.organisations, report.persons, report.places, report.topics):
        for entity in entities:
            for mention in entity.mentions:
                yield max(mention.start, mention.end)
    for warning in report.warnings:
        if warning.span is not None:
            yield max(warning.span.start, warning.span.end)


def _replaced(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item) for item in value]
    return _UNSTORABLE.sub(_replacement, value) if isinstance(value, str) else value


def _replacement(match: re.Match[str]) -> str:
    return "\u2400" if match.group() == "\0" else "\ufffd"
