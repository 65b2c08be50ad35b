"""The samples as pieces to write files from, and records made comparable."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extractor import Extractor
from extractor.document import BlockKind
from extractor.readers import read_file

REPOSITORY = Path(__file__).parents[2]
_OF_THE_SOURCE = ("id", "uri", "media_type", "sha256", "characters", "page", "paragraph")
_HYPHENATION = re.compile(r"(?<=[a-zäöüß])[-\u2010\xad][^\S\n]*\n\s*(?=[a-zäöüß])|\xad")
_COMPOUND = re.compile(r"(?<=-)\s*\n\s*")
_WHITE = re.compile(r"\s*\|\s*|\s+")


class Piece(NamedTuple):
    """A block of a sample: what it is, its text with single blanks, the empty lines above it."""

    kind: str
    text: str
    apart: bool


def pieces_of(path: Path) -> list[Piece]:
    """The blocks of a sample, line wraps joined."""
    document = read_file(path)
    pieces, end = [], 0
    for block in document.blocks:
        text = document.text[block.start : block.end]
        cells = block.kind is BlockKind.TABLE_ROW
        text = re.sub(r"\s*\|\s*|\s{2,}|\t", " | ", text) if cells else " ".join(text.split())
        pieces.append(Piece(block.kind.value, text.strip(" |"), document.text[end : block.start].count("\n") > 1))
        end = block.end
    return pieces


def comparable(value: Any, key: str = "") -> Any:
    """A record without what differs for good reason: offsets, the source's own data, white space in quotes."""
    if isinstance(value, dict):
        return {
            name: comparable(item, name)
            for name, item in value.items()
            if name not in _OF_THE_SOURCE and not (name in ("start", "end") and isinstance(item, int))
        }
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, str) and key in ("quote", "text"):
        return _WHITE.sub(" ", _COMPOUND.sub("", _HYPHENATION.sub("", value))).strip()
    return value


@pytest.fixture(scope="session")
def same_record(extractor: Extractor) -> Callable[[Path, Path], None]:
    """Asserts that two files yield the same record in all fields but offsets, and that every quote is in the text.

    ``stated`` are fields of the source that the format of the second states itself.
    """

    def check(expected: Path, actual: Path, stated: tuple[str, ...] = ()) -> None:
        document = read_file(actual)
        report = extractor.extract_document(document)
        records = [each.model_dump(mode="json") for each in (report, extractor.extract_file(expected))]
        for record in records:
            for name in stated:
                del record["source"][name]
        assert comparable(records[0]) == comparable(records[1])
        for event in (report.main_event, *report.follow_ups, *report.other_events):
            for evidence in event.evidence if event else ():
                assert document.text[evidence.start : evidence.end] == evidence.quote

    return check


@pytest.fixture(scope="session")
def sample() -> Callable[[str], Path]:
    """The path of a sample by its name."""
    return lambda name: next(path for path in (REPOSITORY / "samples").glob(f"{name}.*") if path.suffix != ".json")


@pytest.fixture(scope="session")
def pieces(sample: Callable[[str], Path]) -> Callable[[str], list[Piece]]:
    """The blocks of a sample by its name."""
    return lambda name: pieces_of(sample(name))


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Path], str, Path], None]:
    """Converts files with LibreOffice into a folder, all of them at once."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("libreoffice")

    def run(files: list[Path], form: str, folder: Path) -> None:
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", form]
        subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=110)

    return run
