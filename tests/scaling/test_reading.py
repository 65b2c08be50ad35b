"""One document, read within limits: the same as without, and bounded where a reader hangs or explodes."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from damaged_files import mail, open_document, page, pdf, pdf_bomb, word, zip_bomb

from extractor.errors import DamagedDocument, SourceNotFound, TimeLimit, UnsupportedFormat, WorkerCrashed
from extractor.readers import is_plain, read_file
from extractor.scaling.limits import Limits
from extractor.scaling.reading import read_within

FORMATS = {"a.docx": word, "a.odt": open_document, "a.pdf": pdf, "a.html": page, "a.eml": mail}
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs limits of memory")


@pytest.mark.parametrize("name", FORMATS)
def test_the_document_is_that_of_the_reader(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FORMATS[name]())
    assert not is_plain(path.read_bytes(), name)
    assert read_within(path, Limits()) == read_file(path)


def test_plain_text_needs_no_process(samples: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/none/such")
    for sample in samples:
        assert read_within(sample, Limits()) == read_file(sample)


def test_what_is_wrong_with_a_document_is_told_as_by_the_reader(tmp_path: Path) -> None:
    bomb, archive = tmp_path / "bomb.docx", tmp_path / "archive.txt"
    bomb.write_bytes(zip_bomb())
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a", "b")
    with pytest.raises(DamagedDocument, match="unpacks to more than") as caught:
        read_within(bomb, Limits())
    assert caught.value.source == str(bomb)
    with pytest.raises(UnsupportedFormat):
        read_within(archive, Limits())
    with pytest.raises(SourceNotFound):
        read_within(tmp_path / "missing.pdf", Limits())


@linux_only
@pytest.mark.parametrize(
    ("limits", "error"), [(Limits(seconds=None, megabytes=150), WorkerCrashed), (Limits(seconds=0.01), TimeLimit)]
)
def test_a_bomb_is_bounded(limits: Limits, error: type[Exception], tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(pdf_bomb())
    with pytest.raises(error):
        read_within(bomb, limits)


@linux_only
@pytest.mark.parametrize("command", ["explain", "timex", "view", "evaluate"])
def test_commands_survive_a_bomb(command: str, tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(pdf_bomb())
    (tmp_path / "gold.jsonl").write_text('{"id": "bomb", "places": []}\n', "utf-8")
    (tmp_path / "record.json").write_bytes(record_of(tmp_path))
    arguments = {"evaluate": ["."], "view": ["record.json", "--text", "bomb.pdf"]}.get(command, ["bomb.pdf"])
    done = subprocess.run(
        [sys.executable, "-m", "extractor", command, *arguments, "--memory", "150", "--timeout", "60"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: bomb.pdf: the process that reads it dies")
    assert done.stderr.endswith("[worker-crashed]\n")


def record_of(folder: Path) -> bytes:
    text = folder / "text.md"
    text.write_text("Am 4. März 2025 fand in Templin die 2. Ortswerkstatt statt.\n", "utf-8")
    command = [sys.executable, "-m", "extractor", "extract", os.fspath(text)]
    record = subprocess.run(command, capture_output=True, check=True).stdout
    text.unlink()
    return record
