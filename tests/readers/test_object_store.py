"""Documents named by URL, in fsspec's store in memory and in its file system."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import MissingExtra, NoDocuments, SourceError, SourceNotFound
from extractor.readers import Sources
from extractor.readers.object_store import changed, find_objects, is_url, read_object
from extractor.readers.selection import Selection

fsspec = pytest.importorskip("fsspec", reason="the extra ray is not installed")


@pytest.fixture
def store() -> Iterator[Any]:
    """What is in memory, emptied afterwards."""
    store = fsspec.filesystem("memory")
    for name in ("b.txt", "a.md", "c.png", "sub/d.txt", ".hidden/e.txt"):
        store.pipe(f"/reports/{name}", b"Ein Fest.")
    yield store
    store.rm("/", recursive=True)


@pytest.mark.parametrize("name", ["s3://bucket/a.txt", "file:///tmp/a.txt", "memory://a", "GS://b/c"])
def test_what_a_url_is(name: str) -> None:
    assert is_url(name)


@pytest.mark.parametrize(
    "name", ["a.txt", "-", "C:\\a.txt", "c://a", "https://example.org/a", "HTTP://a", "//a", "a/b://c"]
)
def test_what_no_url_is(name: str) -> None:
    assert not is_url(name)


@pytest.mark.usefixtures("store")
def test_a_folder_stands_for_what_a_reader_knows_in_and_below_it() -> None:
    expected = ["memory:///reports/a.md", "memory:///reports/b.txt", "memory:///reports/sub/d.txt"]
    assert list(find_objects("memory://reports")) == expected
    assert list(Sources(["memory://reports/"])) == expected


@pytest.mark.usefixtures("store")
def test_patterns_and_single_objects() -> None:
    assert list(find_objects("memory://reports/*.txt")) == ["memory:///reports/b.txt"]
    assert list(find_objects("memory://reports/c.png")) == ["memory:///reports/c.png"]
    with pytest.raises(NoDocuments):
        list(find_objects("memory://reports/*.eml"))


@pytest.mark.usefixtures("store")
def test_bytes_and_their_absence() -> None:
    assert read_object("memory://reports/a.md") == b"Ein Fest."
    with pytest.raises(SourceNotFound):
        read_object("memory://reports/missing.txt")


def test_a_store_that_does_not_answer_is_an_error_of_its_documents() -> None:
    (url,) = find_objects("nostore://reports/")
    assert url == "nostore://reports/"
    with pytest.raises(SourceError):
        read_object(url)


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "s3fs", None)
    with pytest.raises(MissingExtra, match="s3fs"):
        list(find_objects("s3://bucket/reports/"))


def test_objects_are_selected_by_name_and_by_change(store: Any, tmp_path: Path) -> None:
    moment = changed("memory://reports/a.md")
    assert moment is not None
    assert moment == store.modified("/reports/a.md").timestamp()
    assert list(Sources(["memory://reports"], selection=Selection(since=moment + 60))) == []
    assert len(list(Sources(["memory://reports"], selection=Selection(exclude=["sub"], since=moment - 60)))) == 2
    assert changed((tmp_path / "missing.txt").as_uri()) is None


def test_patterns_hold_within_the_folder(tmp_path: Path) -> None:
    for name in ("2024/jan/a.txt", "2024/feb/b.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Text", "utf-8")
    folder = (tmp_path / "2024").as_uri()
    for named in (folder, f"{folder}/"):
        found = list(Sources([named], selection=Selection(include=["jan/*.txt"], exclude=[tmp_path.name])))
        assert found == [f"{folder}/jan/a.txt"]


def test_chains_that_lead_into_the_web_are_no_objects() -> None:
    assert not is_url("zip://a.txt::https://example.org/x.zip")
    assert is_url("s3://bucket/a.txt")
