"""Which of the documents that are found are wanted."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractor.errors import UsageError
from extractor.readers import Sources
from extractor.readers.selection import Selection, moment

NAMES = ("a.txt", "b.md", "2024/a.txt", "2024/draft-b.txt", "2025/old/a.txt", "2025/c.txt")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Ein Fest.", "utf-8")
    return tmp_path / "docs"


@pytest.mark.parametrize(
    ("include", "exclude", "left"),
    [
        (["*.md"], [], ["b.md"]),
        (["a.*"], ["2024"], ["2025/old/a.txt", "a.txt"]),
        (["2024/"], [], ["2024/a.txt", "2024/draft-b.txt"]),
        (["2025/*.txt"], [], ["2025/c.txt"]),
        (["2025/**"], [], ["2025/c.txt", "2025/old/a.txt"]),
        (["**/a.txt"], [], ["2024/a.txt", "2025/old/a.txt", "a.txt"]),
        (["./2025/**/a.txt"], [], ["2025/old/a.txt"]),
        ([], ["draft-*", "old", "*.md"], ["2024/a.txt", "2025/c.txt", "a.txt"]),
        (["20[0-9][!5]/*"], ["*/a.txt"], ["2024/draft-b.txt"]),
        (["A.TXT"], [], []),
        ([], ["*"], []),
    ],
)
def test_patterns(include: list[str], exclude: list[str], left: list[str]) -> None:
    sources = Sources(["docs"], selection=Selection(include, exclude))
    assert sorted(sources) == [f"docs/{name}" for name in left]
    assert sources.skipped == len(NAMES) - len(left)


def test_patterns_hold_for_files_and_globs_too() -> None:
    selection = Selection(exclude=["draft-*"])
    assert list(Sources(["docs/2024/draft-b.txt", "docs/2024/*.txt"], selection=selection)) == ["docs/2024/a.txt"]
    assert list(Sources(["docs/a.txt", "-"], selection=Selection(include=["*.md"]))) == ["-"]


def test_since_compares_the_last_change(folder: Path) -> None:
    for number, name in enumerate(NAMES):
        os.utime(folder / name, (0, 1_700_000_000 + number))
    selection = Selection(since=1_700_000_003)
    assert list(Sources(["docs"], selection=selection)) == [
        "docs/2024/draft-b.txt",
        "docs/2025/c.txt",
        "docs/2025/old/a.txt",
    ]
    assert list(Sources(["missing.txt"], selection=selection)) == ["missing.txt"]


def test_moments() -> None:
    assert moment("2025-03-04T12:00+00:00") == datetime(2025, 3, 4, 12, tzinfo=UTC).timestamp()
    assert moment("2025-03-04") == datetime(2025, 3, 4).timestamp()


@pytest.mark.skipif(sys.platform == "win32", reason="needs tzset")
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC"])
@pytest.mark.parametrize("text", ["0001-01-01", "0001-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59"])
def test_moments_at_the_ends_of_the_calendar(text: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert abs(moment(text) - datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) <= 86_400
        assert list(Sources(["docs/a.txt"], selection=Selection(since=moment(text)))) == (
            ["docs/a.txt"] if text.startswith("0001") else []
        )
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("text", ["gestern", "2025-02-30", "4.3.2025", "20250304", "2025-W10-2", "2025-03-04\n", ""])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(UsageError, match="is no day or time"):
        moment(text)


def test_the_limit_counts_what_is_wanted() -> None:
    sources = Sources(["docs"], selection=Selection(["a.txt"]), limit=2)
    assert list(sources) == list(sources) == ["docs/a.txt", "docs/2024/a.txt"]
