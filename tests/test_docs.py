"""The examples of README.md and docs/ run, and say what comes out.

A ``python`` block is executed; the blocks of one page share their names. In a ``console`` block
each line that begins with ``$ `` is run in a copy of ``samples/``'s folder; the lines beneath it
are what it prints, where ``...`` stands for anything. Other blocks are not looked at.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import ray_cluster  # noqa: F401 -- says how Ray is to run in examples
from radicale_server import for_examples

REPOSITORY = Path(__file__).parents[1]
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
_MATCHING = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(page: Path, language: str) -> list[str]:
    return [match[2] for match in _BLOCK.finditer(page.read_text("utf-8")) if match[1] == language]


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output beneath it."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].strip(), ""))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def run(command: str) -> str:
    """What a command prints, errors included; a command that prints errors may fail, no other."""
    binaries = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80"}
    done = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True, encoding="utf-8")  # noqa: S602
    assert done.returncode == 0 or done.stderr, command
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def caldav(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What the guide to CalDAV has its readers set, for a server that runs while the tests do."""
    with for_examples(tmp_path_factory.mktemp("radicale")) as variables:
        yield variables


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caldav: dict[str, str]) -> Path:
    """A folder with a copy of the samples, in which examples may write."""
    for name, value in caldav.items():
        monkeypatch.setenv(name, value)
    shutil.copytree(REPOSITORY / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_blocks_run(page: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), names)  # noqa: S102


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_console_blocks_run(page: Path) -> None:
    for block in blocks(page, "console"):
        for command, expected in commands(block):
            shown = run(command)
            assert "Traceback" not in shown
            assert "[internal-error]" not in shown
            assert doctest.OutputChecker().check_output(expected, shown, _MATCHING), f"{command}\n{shown}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_dependency_is_used_and_explained() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    page = (REPOSITORY / "docs" / "dependencies.md").read_text("utf-8")
    code = "".join(path.read_text("utf-8") for path in (REPOSITORY / "extractor").rglob("*.py"))
    for dependency in project["dependencies"]:
        name = re.match(r"[\w-]+", dependency)[0]  # type: ignore[index]
        assert f"| {name} |" in page
        assert re.search(rf"^\s*(import|from) {name.replace('-', '_')}\b", code, re.MULTILINE), name
    explained = re.findall(r"^\| ([\w-]+) \|", page, re.MULTILINE)
    assert len(explained) == len(project["dependencies"]) + 1, "a package that is no longer needed, or the table's head"
