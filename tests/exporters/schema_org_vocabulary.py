"""The vocabulary of schema.org as data, and what of a graph it does not know."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from schema_org.registry import CLASS_METADATA, ENUM_MEMBER_METADATA, PROPERTY_BY_SCHEMA, ancestry

_REDUCED = re.compile(r"\d{4}(-\d{2})?")
_MEMBERS = {member.name: set(member.types) for member in ENUM_MEMBER_METADATA.values()}


def types_of(name: str) -> set[str]:
    """A type and all above it."""
    return {name, *ancestry(name)}


def faults(graph: list[dict[str, Any]]) -> Iterator[str]:
    """Types, properties, domains and ranges that are not in the vocabulary."""
    types = {node["@id"]: node["@type"] for node in graph}
    for node in graph:
        yield from _faults_of(node, types)


def _faults_of(node: dict[str, Any], types: dict[str, str]) -> Iterator[str]:
    kind = node["@type"]
    if kind not in CLASS_METADATA or CLASS_METADATA[kind].superseded_by:
        yield f"no type: {kind}"
        return
    for name, values in node.items():
        if name.startswith("@"):
            continue
        known = PROPERTY_BY_SCHEMA.get(name)
        if known is None or known.superseded_by or not types_of(kind) & set(known.domains):
            yield f"no property of {kind}: {name}"
            continue
        for value in values if isinstance(values, list) else [values]:
            if not _in_range(value, set(known.ranges), types):
                yield f"not in the range of {name}, {known.ranges}: {value!r}"
            if isinstance(value, dict) and "@type" in value:
                yield from _faults_of(value, types)


def _in_range(value: Any, ranges: set[str], types: dict[str, str]) -> bool:
    if isinstance(value, dict):
        kind = value.get("@type") or types.get(value["@id"])
        return kind is not None and bool(types_of(kind) & ranges)
    if isinstance(value, float | int):
        return "Number" in ranges
    if value.startswith("https://schema.org/"):
        return bool(_MEMBERS.get(value.removeprefix("https://schema.org/"), set()) & ranges)
    if "DateTime" in ranges and "T" in value:
        datetime.fromisoformat(value)
        return True
    if "Date" in ranges:
        return bool(_REDUCED.fullmatch(value)) or bool(date.fromisoformat(value))
    return bool(ranges & {"Text", "URL"}) and isinstance(value, str)


def context() -> dict[str, Any]:
    """A JSON-LD context as schema.org publishes it: the vocabulary, dates and addresses typed."""
    terms: dict[str, Any] = {"@vocab": "http://schema.org/", "schema": "http://schema.org/"}
    for name, known in PROPERTY_BY_SCHEMA.items():
        ranges = set(known.ranges)
        if ranges == {"URL"}:
            terms[name] = {"@id": f"schema:{name}", "@type": "@id"}
        elif ranges and ranges <= {"Date", "DateTime"}:
            terms[name] = {"@id": f"schema:{name}", "@type": "schema:Date"}
    return {"@context": terms}
