"""From a configuration file to a ``Configuration``: read, checked by schema, checked for contradictions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from extractor.configuration.consistency import PlacedTopic, find_contradictions
from extractor.configuration.files import read_bytes
from extractor.configuration.models import Configuration, ConfigurationFile, Entry, KnownTopic
from extractor.configuration.positions import Positions
from extractor.configuration.problems import Problems, place
from extractor.configuration.vocabularies import read_vocabulary
from extractor.errors import BadConfiguration

MAX_FILE_BYTES = 4_000_000
"""The largest configuration file; long lists of topics belong into a vocabulary."""

_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def load(path: str | Path) -> Configuration:
    """Read a configuration and its vocabularies; raises ``BadConfiguration`` for the first fault."""
    problems = Problems()
    configuration = read_configuration(path, problems)
    problems.raise_first(str(path))
    if configuration is None:
        raise BadConfiguration("it cannot be read", source=str(path))
    return configuration


def read_configuration(path: str | Path, problems: Problems) -> Configuration | None:
    """The configuration in a file, as far as it can be read; faults and warnings are added to ``problems``.

    Raises ``MissingExtra`` where a vocabulary needs a library that is not installed.
    """
    name = str(path)
    text = _text(path, problems)
    parsed = _parsed(name, text, problems) if text is not None else None
    if parsed is None:
        return None
    data, positions = parsed
    try:
        file = ConfigurationFile.model_validate(data)
    except ValidationError as error:
        faults = [(positions.line(details["loc"]), _told(details)) for details in error.errors(include_url=False)]
        for line, told in sorted(faults):
            problems.error(place(name, line), told)
        return None
    topics: dict[KnownTopic, str | None] = {}  # what is the same throughout counts once, where it stands first
    for number, topic in enumerate(file.topics):
        topics.setdefault(topic, place(name, positions.line(("topics", number, "name"))))
    for number, vocabulary in enumerate(file.vocabularies):
        source = place(name, positions.line(("vocabularies", number, "file")))
        for topic in read_vocabulary(Path(name).parent, vocabulary, source, problems):
            topics.setdefault(topic, None)
    placed = [PlacedTopic(topic, line) for topic, line in topics.items()]
    kept = find_contradictions(file, placed, name, positions, problems)
    lists = {kind: getattr(file, kind) for kind in ("organisations", "venues", "event_types", "series", "persons")}
    return Configuration(path=name, **lists, topics=tuple(kept))


def _text(path: str | Path, problems: Problems) -> str | None:
    data = read_bytes(path, MAX_FILE_BYTES, str(path), problems)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.error(place(str(path), line), "it is not UTF-8, as TOML has to be")
        return None


def _parsed(name: str, text: str, problems: Problems) -> tuple[dict[str, Any], Positions] | None:
    try:
        return tomllib.loads(text), Positions(text)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        at = _AT_LINE.search(told)
        line = int(at[1]) if at and at[1] else text.count("\n") + 1
        problems.error(place(name, line), f"it is no TOML: {_AT_LINE.sub('', told)}")
    except RecursionError:
        problems.error(name, "it is nested too deeply")
    return None


def _told(details: ErrorDetails) -> str:
    """What is wrong with a key, in the words of somebody who has the file in front of him."""
    keys = [str(key) for key in details["loc"] if isinstance(key, str)]
    where = ".".join(keys)
    match details["type"]:
        case "extra_forbidden":
            return f"{where}: unknown key; known are {', '.join(_known(keys[:-1]))}"
        case "missing":
            return f"{where}: is missing"
        case "tuple_type":
            return f"{where}: should be a list, as in {_list_example(keys)}"
        case "model_type":
            return f"{where}: should be a table"
        case "string_pattern_mismatch" if keys[-1:] == ["concept"]:
            return f"{where}: should be an absolute URI, as https://example.org/topics/1"
        case "string_pattern_mismatch":
            return f"{where}: should be one line"
        case _:
            message = details["msg"].removeprefix("Value error, ")
            return f"{where}: {message[0].lower()}{message[1:]}"


def _list_example(keys: list[str]) -> str:
    return f"[[{keys[0]}]]" if len(keys) == 1 else f'{keys[-1]} = ["..."]'


def _known(keys: list[str]) -> list[str]:
    """The keys that the table at ``keys`` may have."""
    schema: type[Entry] = ConfigurationFile
    for key in keys:
        field = schema.model_fields.get(key)
        inner = next((arg for arg in get_args(field.annotation) if isinstance(arg, type)), None) if field else None
        if inner is None or not issubclass(inner, Entry):
            return []
        schema = inner
    return list(schema.model_fields)
