"""What goes into a worker and what comes out: plain strings and numbers.

So they cross a pipe as JSON, or a cluster as columns of a table, and every engine writes the same bytes. Nothing here
loads spaCy: who only hands documents out stays light.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extractor.failures import error_record
from extractor.pipes.ner import DEFAULT
from extractor.validation import validated_json


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are extracted.

    ``reference_date`` (as 2025-03-04) and ``ner`` are those of ``Extractor``; ``configuration`` is its
    ``Configuration`` as JSON, so that no other machine needs the file. ``indent`` is that of the records' JSON, None
    for one line. ``texts`` is a folder, there already, that gets the text of each document, named by the ``id`` of its
    record.
    """

    reference_date: str | None = None
    ner: str = DEFAULT
    configuration: str | None = None
    indent: int | None = None
    texts: str | None = None


class Outcome(NamedTuple):
    """What became of one document: a record or an error record, each as canonical JSON without a line end.

    ``sha256`` is the hex digest of its bytes, None if they could not be read. ``id`` and ``warnings`` (their codes, in
    the record's order) come from the record, ``code`` from the error record. An outcome with neither record is that of
    a document whose bytes are known.
    """

    source: str
    sha256: str | None = None
    record: str | None = None
    id: str | None = None
    warnings: tuple[str, ...] = ()
    error: str | None = None
    code: str | None = None


def failure(source: str, error: Exception, digest: str | None = None) -> Outcome:
    """The outcome of a document that failed."""
    record = error_record(error, source=source)
    return Outcome(source, digest, error=validated_json(record), code=record.code)
