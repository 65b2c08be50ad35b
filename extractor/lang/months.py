"""The names of the months."""

from __future__ import annotations

from functools import cache

from extractor.lang.lexicon import Lexicon, load_lexicon


class _Months(Lexicon):
    names: tuple[str, ...]


@cache
def month_names(language: str = "de") -> tuple[str, ...]:
    """The twelve months of ``lang/<language>/months.toml``, January first."""
    months: _Months = load_lexicon("months", _Months, language)
    return months.names
