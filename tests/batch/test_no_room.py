"""A disk that fills up, files that may not grow, processes that cannot be started: told as such, and nothing lost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="needs tmpfs and limits of processes"),
    pytest.mark.timeout(600),
]

TEXT = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne“ statt. Die 3. folgt im Oktober 2025.\n"
LIMITED = "import resource; resource.setrlimit(resource.{}, ({}, {})); from extractor.cli import main; main()"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip("only root may mount a file system")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"{TEXT}\nNummer {number}.\n", "utf-8")
    return folder


def run(*arguments: object, limit: tuple[str, int] | None = None) -> tuple[int, str]:
    """Exit code and what is said on standard error; ``limit`` is one of ``setrlimit``."""
    start = ["-m", "extractor"] if limit is None else ["-c", LIMITED.format(limit[0], limit[1], limit[1])]
    command = [sys.executable, *start, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def whole(reports: Path, tmp_path: Path) -> bytes:
    """What an undisturbed run writes."""
    output = tmp_path / "whole.jsonl"
    assert run("extract", reports, "--format", "jsonl", "--output", output)[0] == 0
    return output.read_bytes()


def test_a_run_goes_on_when_its_full_disk_has_room_again(reports: Path, tmp_path: Path, disk: Path) -> None:
    output, summary = disk / "records.jsonl", tmp_path / "summary.json"
    command = ("extract", reports, "--format", "jsonl", "--output", output, "--report", summary)
    (disk / "other").write_bytes(bytes(80_000))
    code, said = run(*command)
    assert code == 2
    journal = disk / ".records.jsonl.resume"
    assert said.startswith(f"error: {journal}: cannot write the journal of this run: ")
    assert said.endswith("the same command goes on from what is done [output-unwritable]\n")
    assert not output.exists()
    (disk / "other").unlink()
    subprocess.run(["mount", "-o", "remount,size=4m", disk], check=True)
    assert run(*command)[0] == 0
    assert output.read_bytes() == whole(reports, tmp_path)
    assert 0 < json.loads(summary.read_text("utf-8"))["resumed"] < 60
    assert not journal.exists()


@pytest.mark.parametrize("option", ["--output", "--errors", "--report", "--text-dir"])
def test_output_without_room_names_its_path(option: str, reports: Path, disk: Path) -> None:
    target = disk / "target"
    if option == "--text-dir":
        target.mkdir()
    (disk / "other").write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize))
    (reports / "empty.txt").write_text("", "utf-8")
    documents = [reports / "00.txt"] if option == "--output" else [reports / "00.txt", reports / "empty.txt"]
    code, said = run("extract", *documents, option, target)
    assert code == 2
    *_, last = said.splitlines()
    assert last.startswith(f"error: {target}")
    assert last.endswith("[output-unwritable]")
    assert ": cannot write: No space left on device; make room" in last
    assert {path.name for path in disk.iterdir()} <= {"other", "target"}
    assert option == "--text-dir" or not target.exists()


def test_files_that_may_not_grow(reports: Path, tmp_path: Path) -> None:
    """SQLite and Python tell it in other words; the path and the way out are told by both."""
    output = tmp_path / "records.jsonl"
    command = ("extract", reports, "--format", "jsonl", "--output", output)
    code, said = run(*command, limit=("RLIMIT_FSIZE", 60_000))
    assert code == 2
    assert said.startswith(f"error: {tmp_path / '.records.jsonl.resume'}: cannot write the journal of this run: ")
    assert run(*command)[0] == 0
    assert output.read_bytes() == whole(reports, tmp_path)
    code, said = run("extract", reports / "00.txt", "--output", tmp_path / "one", limit=("RLIMIT_FSIZE", 1000))
    assert code == 2
    assert said.startswith(f"error: {tmp_path / 'one'}: cannot write: File too large; ")
    assert not (tmp_path / "one").exists()


def test_standard_output_without_room(reports: Path) -> None:
    command = [sys.executable, "-m", "extractor", "extract", str(reports / "00.txt")]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("error: standard output: cannot write: No space left on device; make room")


def test_a_worker_that_the_system_does_not_start(reports: Path) -> None:
    code, said = run("extract", reports / "00.txt", limit=("RLIMIT_NOFILE", 6))
    assert code == 1
    assert said.startswith("error: a worker process cannot be started: Too many open files; ")
    assert said.endswith("[worker-unavailable]\n")
