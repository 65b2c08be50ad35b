"""German event reports in, validated records out; every value points at the text that proves it.

>>> from extractor import extract
>>> report = extract("Am 4. März 2025 fand in Templin die 2. Ortswerkstatt statt.")
>>> report.main_event.when.start
'2025-03-04'

``extract``, ``Extractor``, ``Report``, ``Event`` and ``ErrorRecord`` are the public interface. They
are loaded when first used, so that ``import extractor`` is cheap. So are ``load``, ``open_database``
and ``upcoming``, for databases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.errors import ExtractorError
    from extractor.exporters.database import load, open_database, upcoming
    from extractor.pipeline import Extractor, extract
    from extractor.records import ErrorRecord, Event, Report

__all__ = [
    "ErrorRecord",
    "Event",
    "Extractor",
    "ExtractorError",
    "Report",
    "__version__",
    "extract",
    "load",
    "open_database",
    "upcoming",
]

_HOMES = {
    "ErrorRecord": "extractor.records",
    "Event": "extractor.records",
    "Extractor": "extractor.pipeline",
    "ExtractorError": "extractor.errors",
    "Report": "extractor.records",
    "extract": "extractor.pipeline",
    "load": "extractor.exporters.database",
    "open_database": "extractor.exporters.database",
    "upcoming": "extractor.exporters.database",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module on first use."""
    if name == "__version__":
        from importlib.metadata import version

        return version("extractor")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
