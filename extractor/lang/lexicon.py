"""Lexicons: word lists and cue lists as TOML, checked against a schema when they are loaded."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar, cast

from pydantic import BaseModel, ConfigDict


class Lexicon(BaseModel):
    """Base of all lexicon schemas: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


L = TypeVar("L", bound=Lexicon)


def load_lexicon(name: str, schema: type[L], language: str = "de") -> L:
    """Read ``lang/<language>/<name>.toml`` and check it.

    Raises ``pydantic.ValidationError`` for a lexicon that does not fit its schema.
    """
    return cast("L", _load(name, schema, language))


@cache
def _load(name: str, schema: type[Lexicon], language: str) -> Lexicon:
    text = files("extractor.lang").joinpath(language, f"{name}.toml").read_text("utf-8")
    return schema.model_validate(tomllib.loads(text))
