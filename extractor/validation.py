"""The second validator: JSON Schema, generated from the record models; and the schema of the configuration file.

The files in ``schemas/`` are what ``schema_text`` returns; a test holds the two together, so that
the contract never changes unseen. An installed package needs no files: it generates the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from extractor.configuration.models import ConfigurationFile
from extractor.edtf import is_valid
from extractor.errors import InvalidRecord
from extractor.explanations import Explanation
from extractor.records import SCHEMA_VERSION, ErrorRecord, Report

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

    _Rule = Callable[[Any, Any, Any, "Schema"], Iterable[ValidationError] | None]

SchemaName = Literal["report", "error", "explanation", "config"]
Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL = {"type": "null"}
_TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}
_MODELS: Mapping[SchemaName, type[BaseModel]] = {
    "report": Report,
    "error": ErrorRecord,
    "explanation": Explanation,
    "config": ConfigurationFile,
}


def schema_file_name(record: SchemaName) -> str:
    """Name of the record's file in ``schemas/``."""
    return f"{record}-{SCHEMA_VERSION}.schema.json"


@cache
def record_schema(record: SchemaName) -> Schema:
    """JSON Schema (draft 2020-12) of a record as it is written, of the configuration file as it is read."""
    schema = _MODELS[record].model_json_schema(mode="validation" if record == "config" else "serialization")
    return {"$schema": _DIALECT, "$id": schema_file_name(record), **schema}


def schema_text(record: SchemaName) -> str:
    """The schema as it stands in ``schemas/``: indented, with a newline at its end."""
    return json.dumps(record_schema(record), ensure_ascii=False, indent=2) + "\n"


def validated_json(record: Report | ErrorRecord | Explanation, *, indent: int | None = None) -> str:
    """The record as canonical JSON, after its schema said yes.

    Raises ``InvalidRecord`` for a record that its schema rejects.
    """
    text = record.to_json(indent=indent)
    name = next(name for name, model in _MODELS.items() if isinstance(record, model))
    check(json.loads(text), name, source=_source(record))
    return text


def _source(record: Report | ErrorRecord | Explanation) -> str | None:
    """Where a record comes from, for the error message."""
    if isinstance(record, Explanation):
        return None
    return record.source.uri if isinstance(record, Report) else record.source


def check(value: Any, record: SchemaName, *, source: str | None = None) -> None:
    """Raise ``InvalidRecord`` where a JSON value is not a valid record."""
    for fault in _validator(record).iter_errors(value):
        from jsonschema.exceptions import best_match

        cause = best_match([fault]) or fault
        raise InvalidRecord(f"{cause.json_path}: {cause.message[:300]}", source=source)


@cache
def _validator(record: SchemaName) -> Validator:
    """The validator of jsonschema, formats checked, made several times as fast.

    Most of its time goes into a new validator object for each value, which is needed to resolve
    references; so references are put in place once, and one object serves all values. The rules
    below answer the frequent cases themselves and leave the others to the rule that they replace.
    """
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import extend

    schema = record_schema(record)
    Draft202012Validator.check_schema(schema)
    formats = FormatChecker()
    formats.checks("edtf")(lambda value: not isinstance(value, str) or is_valid(value))
    rules = {"type": _type, "properties": _properties, "items": _items, "anyOf": _any_of}
    fast: type[Validator] = extend(Draft202012Validator, rules)  # type: ignore[no-untyped-call]
    return fast(_inlined(schema, schema.get("$defs", {})), format_checker=formats)


def _inlined(schema: Any, definitions: Mapping[str, Schema]) -> Any:
    """The schema with every ``$ref`` replaced by what it stands for; the models are not recursive."""
    if isinstance(schema, list):
        return [_inlined(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inlined = {key: _inlined(item, definitions) for key, item in schema.items() if key not in ("$ref", "$defs")}
    if "$ref" in schema:
        return _inlined(definitions[schema["$ref"].rpartition("/")[2]], definitions) | inlined
    return inlined


def _faults(validator: Any, value: Any, schema: Schema, step: str | int) -> Iterator[ValidationError]:
    """What is wrong with one value inside another, reached by ``step``."""
    for keyword, argument in schema.items():
        rule = validator.VALIDATORS.get(keyword)
        if rule is not None:
            for fault in rule(validator, argument, value, schema) or ():
                fault.path.appendleft(step)
                yield fault


def _properties(validator: Any, properties: Schema, value: Any, _: Schema) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        for name, schema in properties.items():
            if name in value:
                yield from _faults(validator, value[name], schema, name)


def _items(validator: Any, schema: Schema, value: Any, _: Schema) -> Iterator[ValidationError]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(validator, item, schema, index)


def _any_of(validator: Any, choices: list[Schema], value: Any, schema: Schema) -> Iterable[ValidationError]:
    if value is None and _NULL in choices:
        return ()
    if any(next(_faults(validator, value, choice, 0), None) is None for choice in choices):
        return ()
    return _stock_rule("anyOf")(validator, choices, value, schema) or ()


def _type(validator: Any, name: str, value: Any, schema: Schema) -> Iterable[ValidationError]:
    if type(value) is _TYPES.get(name):
        return ()
    return _stock_rule("type")(validator, name, value, schema) or ()


def _stock_rule(keyword: str) -> _Rule:
    from jsonschema import Draft202012Validator

    rule: _Rule = Draft202012Validator.VALIDATORS[keyword]
    return rule
