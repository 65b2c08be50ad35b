"""German event reports in, validated records out; every value points at the text that proves it.

>>> from extractor import extract
>>> report = extract("Am 4. März 2025 fand in Templin die 2. Ortswerkstatt statt.")
>>> report.main_event.when.start
'2025-03-04'

``extract``, ``Extractor``, ``Configuration``, ``Report``, ``Event`` and ``ErrorRecord`` are the public interface; so
are ``read_reports`` and the exporters: ``to_ical``, ``to_caldav``, ``to_csv``, ``to_jsonld``, ``to_atom``,
``to_html``, and ``load``, ``open_database``, ``upcoming`` for databases. They are loaded when first
used, so that ``import extractor`` is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.configuration import Configuration
    from extractor.errors import ExtractorError
    from extractor.exporters.atom import to_atom
    from extractor.exporters.caldav import to_caldav
    from extractor.exporters.csv_table import to_csv
    from extractor.exporters.database import load, open_database, upcoming
    from extractor.exporters.ical import to_ical
    from extractor.exporters.jsonld import to_jsonld
    from extractor.exporters.page import to_html
    from extractor.pipeline import Extractor, extract
    from extractor.record_files import read_reports
    from extractor.records import ErrorRecord, Event, Report

__all__ = [
    "Configuration",
    "ErrorRecord",
    "Event",
    "Extractor",
    "ExtractorError",
    "Report",
    "__version__",
    "extract",
    "load",
    "open_database",
    "read_reports",
    "to_atom",
    "to_caldav",
    "to_csv",
    "to_html",
    "to_ical",
    "to_jsonld",
    "upcoming",
]

_HOMES = {
    "Configuration": "extractor.configuration",
    "ErrorRecord": "extractor.records",
    "Event": "extractor.records",
    "Extractor": "extractor.pipeline",
    "ExtractorError": "extractor.errors",
    "Report": "extractor.records",
    "extract": "extractor.pipeline",
    "read_reports": "extractor.record_files",
    "to_atom": "extractor.exporters.atom",
    "to_caldav": "extractor.exporters.caldav",
    "to_csv": "extractor.exporters.csv_table",
    "to_html": "extractor.exporters.page",
    "to_ical": "extractor.exporters.ical",
    "to_jsonld": "extractor.exporters.jsonld",
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
