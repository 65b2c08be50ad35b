"""Which documents arguments name."""

from pathlib import Path

import pytest

from extractor.errors import NoDocuments, SourceUnreadable
from extractor.readers import Sources, read_file

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "c.png", ".hidden.txt", "sub/d.txt", ".git/e.txt", "sub/deep/f.TXT", "g.log"):
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Ein Fest.", "utf-8")


def test_a_folder_stands_for_what_is_in_and_below_it() -> None:
    assert list(Sources(["docs"])) == ["docs/a.md", "docs/b.txt", "docs/sub/d.txt", "docs/sub/deep/f.TXT"]


def test_files_of_any_suffix_are_taken_as_given() -> None:
    assert list(Sources(["docs/g.log", "-", "docs/.hidden.txt"])) == ["docs/g.log", "-", "docs/.hidden.txt"]


def test_patterns_that_the_shell_left_alone() -> None:
    assert list(Sources(["docs/*.txt"])) == ["docs/b.txt"]
    assert list(Sources(["docs/**/*.[tT][xX][tT]"])) == ["docs/b.txt", "docs/sub/d.txt", "docs/sub/deep/f.TXT"]
    assert list(Sources(["docs/s*"])) == ["docs/sub/d.txt", "docs/sub/deep/f.TXT"]


def test_names_that_look_like_patterns() -> None:
    Path("docs/[1].txt").write_text("Ein Fest.", "utf-8")
    assert list(Sources(["docs/[1].txt"])) == ["docs/[1].txt"]


def test_each_document_comes_once() -> None:
    assert list(Sources(["docs/b.txt", "docs", "docs/b.txt"]))[:2] == ["docs/b.txt", "docs/a.md"]
    assert len(list(Sources(["docs", "docs"]))) == 4


def test_missing_files_do_not_end_the_run() -> None:
    assert list(Sources(["missing.txt", "docs/b.txt"])) == ["missing.txt", "docs/b.txt"]


@pytest.mark.parametrize("argument", ["docs/.git/none", "*.xyz", "empty"])
def test_nothing_to_read(argument: str) -> None:
    Path("empty").mkdir()
    if argument.startswith("docs"):
        Path(argument).mkdir()
    with pytest.raises(NoDocuments) as caught:
        list(Sources([argument]))
    assert caught.value.source == argument


def test_a_name_that_is_too_long_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ein Fest.", "utf-8")
    long, pattern, good = "x" * 5000, "[x]" + "y" * 5000, str(tmp_path / "a.txt")
    sources = Sources([long, good, pattern])
    assert list(sources) == [long, good, pattern]
    assert not sources.open_ended
    with pytest.raises(SourceUnreadable, match="too long"):
        read_file(long)
