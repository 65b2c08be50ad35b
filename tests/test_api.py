"""The public Python interface."""

import inspect
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

import extractor as package
from extractor import ErrorRecord, Event, Extractor, Report, extract
from extractor.errors import BadReferenceDate, EmptyDocument, ExtractorError, SourceNotFound

TEXT = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne“ statt."
RELATIVE = "Die Konferenz findet am kommenden Freitag in Leipzig statt. Alle sind eingeladen."


def start(report: Report) -> str | None:
    return report.main_event.when.start if report.main_event and report.main_event.when else None


def test_extract_gives_a_report() -> None:
    report = extract(TEXT)
    assert isinstance(report, Report)
    assert isinstance(report.main_event, Event)
    assert start(report) == "2025-03-04"
    assert report.main_event.where is not None
    assert report.main_event.where.city == "Templin"
    assert report.main_event.status == "held"


def test_extract_is_the_same_as_an_extractor(extractor: Extractor) -> None:
    assert extract(TEXT) == extractor.extract(TEXT)


@pytest.mark.parametrize("day", [date(2025, 3, 4), datetime(2025, 3, 4, 23, 59), "2025-03-04"])
def test_reference_date_is_a_day(extractor: Extractor, day: date | str) -> None:
    assert start(extractor.extract(RELATIVE, reference_date=day)) == "2025-03-07"


def test_reference_date_may_belong_to_the_extractor() -> None:
    own = Extractor(reference_date="2025-03-04")
    assert start(own.extract(RELATIVE)) == "2025-03-07"
    assert start(own.extract(RELATIVE, reference_date="2025-06-02")) == "2025-06-06"
    assert start(own.extract(RELATIVE)) == "2025-03-07"


def test_today_is_never_the_reference_date(extractor: Extractor) -> None:
    assert start(extractor.extract(RELATIVE)) is None
    assert start(extractor.extract(RELATIVE, reference_date="2025-03-04")) == "2025-03-07"
    assert start(extractor.extract(RELATIVE)) is None


@pytest.mark.parametrize("day", ["", "today", "2025", "2025-3-4", "20250304", "2025-W10-2", "2025-02-29", "04.03.2025"])
def test_reference_date_that_is_no_day(extractor: Extractor, day: str) -> None:
    with pytest.raises(BadReferenceDate):
        extractor.extract(TEXT, reference_date=day)
    with pytest.raises(BadReferenceDate):
        Extractor(reference_date=day)


@pytest.mark.parametrize("text", ["", " \n\t\u00a0", "\ufeff"])
def test_nothing_to_read_is_an_error(extractor: Extractor, text: str) -> None:
    with pytest.raises(EmptyDocument):
        extractor.extract(text)


def test_uri_names_the_text(extractor: Extractor) -> None:
    assert extractor.extract(TEXT, uri="https://example.org/bericht").source.uri == "https://example.org/bericht"


def test_extract_file(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "bericht.txt"
    path.write_text(TEXT, "utf-8")
    assert start(extractor.extract_file(path)) == "2025-03-04"
    assert extractor.extract_file(str(path)) == extractor.extract_file(path)
    with pytest.raises(SourceNotFound):
        extractor.extract_file(tmp_path / "missing.txt")


def test_extract_many_keeps_order_and_gives_errors_as_values(extractor: Extractor, tmp_path: Path) -> None:
    good, empty = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_text(TEXT, "utf-8")
    empty.write_text("", "utf-8")
    results = list(extractor.extract_many([good, empty, str(tmp_path / "missing.txt"), str(good)]))
    assert [type(result) for result in results] == [Report, ErrorRecord, ErrorRecord, Report]
    assert [result.code for result in results if isinstance(result, ErrorRecord)] == [
        "empty-document",
        "source-not-found",
    ]
    assert results[0] == results[3]


def test_extract_many_is_lazy(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    asked = 0

    def sources() -> Iterator[Path]:
        nonlocal asked
        while True:
            asked += 1
            yield path

    results = extractor.extract_many(sources())
    assert asked == 0
    assert isinstance(next(results), Report)
    assert isinstance(next(results), Report)
    assert asked == 2


def test_threads_take_turns(extractor: Extractor) -> None:
    texts = [TEXT.replace("4.", f"{day}.") for day in range(1, 29)]
    with ThreadPoolExecutor(4) as pool:
        found = [start(report) for report in pool.map(extractor.extract, texts)]
    assert found == [f"2025-03-{day:02}" for day in range(1, 29)]


def test_import_is_cheap_and_loads_on_demand() -> None:
    code = (
        "import sys, extractor\n"
        "print('spacy' in sys.modules, 'pydantic' in sys.modules)\n"
        "extractor.Report\n"
        "print('spacy' in sys.modules, 'pydantic' in sys.modules)\n"
        "extractor.Extractor\n"
        "print('spacy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False False", "False True", "True"]


def test_extracting_opens_no_connection() -> None:
    code = (
        "import socket\n"
        "def refuse(*arguments, **options): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
        f"from extractor import extract; extract({TEXT!r})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_public_names() -> None:
    assert set(package.__all__) <= set(dir(package))
    for name in package.__all__:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'missing'"):
        _ = package.missing  # type: ignore[attr-defined]


def test_public_names_are_documented() -> None:
    for value in (extract, Extractor, Report, Event, ErrorRecord, ExtractorError):
        assert inspect.getdoc(value)
    for name, method in inspect.getmembers(Extractor, inspect.isfunction):
        assert name.startswith("_") or inspect.getdoc(method), name


def test_package_is_typed() -> None:
    assert Path(inspect.getfile(package)).with_name("py.typed").is_file()
