"""Which names are one to a reader, and where it is told that two entries share one."""

from pathlib import Path

import pytest

from extractor.configuration.consistency import name_key
from extractor.configuration.loading import read_configuration
from extractor.configuration.problems import Problems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Runder Tisch", "runder-tisch"),
        ("Transfer-Werkstatt", "Transferwerkstatt"),
        ("Transfer\u2011Werkstatt", "transferwerkstatt"),
        ("Haus „Zur Linde“", "Haus Zur Linde"),
        ("Netz e. V.", "Netz e.V."),
        ("ÖPNV", "öpnv"),
        ("Halle 1 - 2", "Halle 1-2"),
    ],
)
def test_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Buße", "Busse"),
        ("C++", "C#"),
        ("Müller", "Mueller"),
        ("Haus A & B", "Haus AB"),
        ("Werk 3.1", "Werk 31"),
        ("Halle 1-2", "Halle 12"),
        ("Café", "Cafe"),
        ("100 %", "100"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_names_that_differ_in_a_symbol_can_stand_in_one_list(tmp_path: Path) -> None:
    path = tmp_path / "extractor.toml"
    path.write_text("".join(f"[[topics]]\nname = '{name}'\n" for name in ("C++", "C#", "Buße", "Busse")), "utf-8")
    problems = Problems()
    configuration = read_configuration(path, problems)
    assert (problems.errors, problems.warnings) == ([], [])
    assert configuration is not None
    assert [topic.name for topic in configuration.topics] == ["C++", "C#", "Buße", "Busse"]


def test_lines_are_right_behind_a_topic_that_stands_twice(tmp_path: Path) -> None:
    path = tmp_path / "extractor.toml"
    names = ("Wald", "Wald", "Moor", "Heide", "Moor-", "Kranwerk")
    text = "".join(f"[[topics]]\nname = '{name}'\n" for name in names)
    path.write_text(f"{text}[[venues]]\nname = 'Kranwerk'\n", "utf-8")
    problems = Problems()
    read_configuration(path, problems)
    assert problems.errors == [(f"{path}:10", f"'Moor-' already names a topic at {path}:6")]
    assert problems.warnings == [
        (f"{path}:12", f"'Kranwerk' is a topic here, a venue at {path}:14; both are found"),
    ]


def test_a_topic_behind_one_that_stands_twice_is_the_files_own(tmp_path: Path) -> None:
    """The last topic of the file was taken for one of a vocabulary, and its contradiction for a warning."""
    path = tmp_path / "extractor.toml"
    path.write_text("".join(f"[[topics]]\nname = '{name}'\n" for name in ("Wald", "Wald", "Moor", "moor")), "utf-8")
    (tmp_path / "themes.csv").write_text("label\nHeide\nWald\n", "utf-8")
    problems = Problems()
    path.write_text(path.read_text("utf-8") + "[[vocabularies]]\nfile = 'themes.csv'\n", "utf-8")
    read_configuration(path, problems)
    assert problems.errors == [(f"{path}:8", f"'moor' already names a topic at {path}:6")]
    assert problems.warnings == []
