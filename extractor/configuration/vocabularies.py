"""Topics from files: a table with labels, alternatives and concepts (CSV), or a thesaurus (SKOS)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from extractor.configuration.files import read_bytes
from extractor.configuration.models import KnownTopic, Vocabulary, VocabularyFormat
from extractor.configuration.problems import Problems, place

MAX_VOCABULARY_BYTES = 20_000_000
"""The largest vocabulary."""
MAX_CONCEPTS = 50_000
"""The most topics that one vocabulary may have."""
COLUMNS = ("label", "alternatives", "concept")
"""The columns of a table: the first must be there; alternatives are parted by "|"."""

_FORMATS: dict[str, VocabularyFormat] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".rdf": "rdf-xml",
    ".xml": "rdf-xml",
    ".ttl": "turtle",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}


def read_vocabulary(folder: Path, vocabulary: Vocabulary, source: str, problems: Problems) -> list[KnownTopic]:
    """The topics of a vocabulary; ``source`` is the line that names it, ``folder`` that of the configuration.

    Raises ``MissingExtra`` where it is in SKOS and rdflib is not installed.
    """
    path = folder / vocabulary.file
    kind = vocabulary.format or _FORMATS.get(path.suffix.lower())
    if kind is None:
        problems.error(source, f"vocabularies.format: is missing, and {path.suffix or 'no suffix'} does not tell it")
        return []
    data = read_bytes(path, MAX_VOCABULARY_BYTES, source, problems)
    if data is None:
        return []
    if kind == "csv":
        topics = list(_of_table(data, str(path), vocabulary, problems))
    else:
        from extractor.configuration.skos import topics_of_thesaurus

        topics = topics_of_thesaurus(data, path, kind, vocabulary, problems)
    if len(topics) > MAX_CONCEPTS:
        problems.error(str(path), f"it has more than {MAX_CONCEPTS:,} topics")
        return []
    return topics


def _of_table(data: bytes, name: str, vocabulary: Vocabulary, problems: Problems) -> Iterator[KnownTopic]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.error(place(name, data.count(b"\n", 0, error.start) + 1), "it is not UTF-8")
        return
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns = [column.strip() for column in rows.fieldnames or ()]
    unknown = [column for column in columns if column not in COLUMNS]
    if "label" not in columns or unknown or len(set(columns)) < len(columns):
        told = f"has {', '.join(columns)}" if header.strip() else "is empty"
        problems.error(place(name, 1), f"the first line should name the columns {', '.join(COLUMNS)}; it {told}")
        return
    rows.fieldnames = columns
    yield from _of_rows(rows, name, vocabulary, problems)


def _of_rows(rows: csv.DictReader[str], name: str, vocabulary: Vocabulary, problems: Problems) -> Iterator[KnownTopic]:
    while True:
        begin = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            problems.error(place(name, begin), f"it is no CSV: {error}")
            return
        if row is None:
            return
        line = place(name, rows.line_num)
        if None in row or None in row.values():
            problems.error(line, f"the row should have {len(rows.fieldnames or ())} fields, as the first line has")
            continue
        alternatives = tuple(label for label in row.get("alternatives", "").split("|") if label.strip())
        concept = row.get("concept", "").strip() or None
        try:
            yield KnownTopic(name=row["label"], aliases=alternatives, concept=concept, find=vocabulary.find)
        except ValidationError as error:
            problems.error(line, _told(error))


def _told(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    column = {"name": "label", "aliases": "alternatives"}.get(str(first["loc"][0]), str(first["loc"][0]))
    if first["type"] == "string_pattern_mismatch":
        return f"{column}: should be {'an absolute URI' if column == 'concept' else 'one line'}"
    message = first["msg"].removeprefix("Value error, ")
    return f"{column}: {message[0].lower()}{message[1:]}"
