"""Packages that only some commands need: loaded when asked for, with a clear message when missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from extractor.errors import MissingExtra


def require(module: str, *, extra: str) -> ModuleType:
    """Import a module that comes with an extra of this package.

    Raises ``MissingExtra``, with the command that installs it, where it is not there.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != module.partition(".")[0]:
            raise
        raise MissingExtra(f"this needs {module.partition('.')[0]}: pip install 'extractor[{extra}]'") from None
