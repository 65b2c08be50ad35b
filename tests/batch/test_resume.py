"""A run that is killed is taken up by the same command: nothing lost, nothing twice, the same bytes.

``EXTRACTOR_KILLS=200`` kills as often; by itself the test is quick.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor.batch.journal import opened_journal
from extractor.errors import UsageError
from extractor.output import remove_remains
from extractor.scaling.outcomes import Outcome

KILLS = int(os.environ.get("EXTRACTOR_KILLS", "10"))
IN_ONE_RUN = 5
"""Kills before a run is left in peace."""

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
    pytest.mark.timeout(600 + 60 * KILLS),
]


class Run(NamedTuple):
    """A command and the files that it writes."""

    command: list[str]
    output: Path
    errors: Path
    texts: Path

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)

    def finish(self) -> tuple[int, bytes]:
        """Leave it in peace: its exit code and what it says."""
        with self.start() as process:
            assert process.stderr is not None
            return process.wait(), process.stderr.read()

    def results(self) -> dict[str, bytes]:
        files = [self.output, self.errors, *sorted(self.texts.iterdir())]
        return {file.name: file.read_bytes() for file in files}

    @property
    def journal(self) -> Path:
        return self.output.with_name(f".{self.output.name}.resume")


def run_of(folder: Path, place: Path, *options: str) -> Run:
    place.mkdir(exist_ok=True)
    output, errors, texts = place / "records.jsonl", place / "errors.jsonl", place / "texts"
    texts.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "extractor", "extract", str(folder), "--format", "jsonl", "--output", str(output)]
    return Run([*command, "--errors", str(errors), "--text-dir", str(texts), *options], output, errors, texts)


@pytest.fixture
def reports(samples: list[Path], tmp_path: Path) -> Path:
    """A folder of 72 reports, in folders, a few of them empty."""
    folder = tmp_path / "reports"
    for number in range(72):
        path = folder / str(number % 3) / f"{number:03}{samples[number % len(samples)].suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = samples[number % len(samples)].read_text("utf-8")
        path.write_text(f"{text}\n\nNummer {number}.\n" if number % 24 else "", "utf-8")
    return folder


def kill(process: subprocess.Popen[bytes], *, all_of_it: bool) -> None:
    """Kill the command, and with it its workers or not."""
    if all_of_it:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.send_signal(signal.SIGKILL)


def wait_for_end(processes: set[int]) -> None:
    for _ in range(6000):
        if not any(Path(f"/proc/{process}").exists() for process in processes):
            return
        time.sleep(0.01)
    raise AssertionError("workers outlive the command that they worked for")


def children(process: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if stat.read_text().rpartition(")")[2].split()[1] == str(process):
                yield int(stat.parent.name)
        except OSError:
            continue


def wait_for_a_moment(run: Run, process: subprocess.Popen[bytes], chance: random.Random, lasted: float) -> None:
    """Wait for some time, or until some more documents are done, whatever the machine does beside."""
    if chance.random() < 0.25:
        time.sleep(chance.uniform(0, lasted))
        return
    done = len(list(run.texts.glob("*.txt")))
    target = done + chance.randrange(max(1, 71 - done))
    while process.poll() is None and len(list(run.texts.glob("*.txt"))) < target:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.03))


def kill_once(run: Run, chance: random.Random, lasted: float) -> bool:
    """Start a run and kill it at a random moment; whether it still ran then."""
    with run.start() as process:
        wait_for_a_moment(run, process, chance, lasted)
        workers = set(children(process.pid))
        runs = process.poll() is None
        kill(process, all_of_it=chance.random() < 0.5)
    wait_for_end(workers)
    return runs


def test_killed_at_random_moments(reports: Path, tmp_path: Path) -> None:
    undisturbed = run_of(reports, tmp_path / "undisturbed", "--jobs", "2")
    began = time.monotonic()
    code, said = undisturbed.finish()
    lasted = time.monotonic() - began
    assert code == 1
    assert b"72 read, 69 written, 3 failed" in said
    expected = undisturbed.results()
    assert len(expected["records.jsonl"].splitlines()) == 69
    assert len(expected["errors.jsonl"].splitlines()) == 3
    chance = random.Random(7)  # noqa: S311 -- the same choices in every run
    kills = resumed = 0
    while kills < KILLS:
        run = run_of(reports, tmp_path / f"killed-{kills}", "--jobs", str(chance.choice((1, 2))))
        for _ in range(IN_ONE_RUN):
            kills += kill_once(run, chance, lasted)
            if run.output.exists():
                assert run.output.read_bytes() == expected["records.jsonl"]
        code, said = run.finish()
        resumed += b" resumed" in said
        assert code == 1
        assert run.results() == expected
        assert {path.name for path in run.output.parent.iterdir()} == {"records.jsonl", "errors.jsonl", "texts"}
    assert resumed


def interrupt_after(run: Run, errors: int) -> tuple[int, bytes]:
    """Interrupt a run as Ctrl-C does, all its processes at once, when it has told of some errors."""
    with run.start() as process:
        assert process.stderr is not None
        for _ in range(errors):
            process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        return process.wait(60), process.stderr.read()


def test_ctrl_c_says_how_to_go_on_and_what_failed_is_tried_again(reports: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.json"
    run = run_of(reports, tmp_path / "run", "--report", str(summary))
    code, said = interrupt_after(run, 2)
    assert code == 130
    assert said.startswith(b"interrupted: ")
    assert said.endswith(b" of 72 read; the same command goes on from there\n")
    assert json.loads(summary.read_text("utf-8"))["interrupted"] is True
    assert run.journal.exists()
    assert not run.output.exists()
    empty = next(path for path in sorted(reports.rglob("*.*")) if not path.stat().st_size)
    empty.write_text("Am 4. März 2025 fand in Templin die 2. Ortswerkstatt statt.\n", "utf-8")
    code, _ = run.finish()
    numbers = json.loads(summary.read_text("utf-8"))
    assert (code, numbers["written"], numbers["failed"]) == (1, 70, 2)
    assert 6 <= numbers["resumed"] < 70
    assert not run.journal.exists()


def test_what_has_changed_is_read_again_and_what_has_gone_is_gone(reports: Path, tmp_path: Path) -> None:
    run = run_of(reports, tmp_path / "run")
    interrupt_after(run, 2)
    first, second, *_ = sorted((reports / "0").iterdir())[1:]
    first.write_text("Am 5. Mai 2025 fand in Guben das 3. Erntefest statt.\n", "utf-8")
    second.unlink()
    (reports / "0" / "000a.txt").write_text("Am 6. Mai 2025 fand in Guben das 4. Erntefest statt.\n", "utf-8")
    run.finish()
    fresh = run_of(reports, tmp_path / "fresh")
    fresh.finish()
    assert run.output.read_bytes() == fresh.output.read_bytes()
    assert run.errors.read_bytes() == fresh.errors.read_bytes()


@pytest.mark.parametrize("options", [["--reference-date", "2025-03-04"], ["--no-resume"]])
def test_other_options_begin_anew(reports: Path, tmp_path: Path, options: list[str]) -> None:
    summary = tmp_path / "summary.json"
    run = run_of(reports, tmp_path / "run")
    interrupt_after(run, 2)
    run_of(reports, tmp_path / "run", "--report", str(summary), *options).finish()
    assert json.loads(summary.read_text("utf-8"))["resumed"] == 0


def test_a_broken_journal_begins_anew(reports: Path, tmp_path: Path) -> None:
    run = run_of(reports, tmp_path / "run", "--limit", "3")
    run.journal.mkdir()
    (run.journal / "journal.sqlite").write_bytes(b"no database" * 1000)
    assert run.finish()[0] == 1
    assert len(run.output.read_bytes().splitlines()) == 2


def test_two_runs_cannot_write_the_same_output(reports: Path, tmp_path: Path) -> None:
    os.mkfifo(reports / "0" / "001.txt")  # whoever reads it waits for ever
    run = run_of(reports, tmp_path / "run")
    with run.start() as first:
        assert first.stderr is not None
        assert b"[empty-document]" in first.stderr.readline()
        code, said = run.finish()
        assert code == 2
        assert said.endswith(b"records.jsonl: another run is writing it [usage]\n")
        kill(first, all_of_it=True)


def test_options_that_no_worker_accepts_cost_no_earlier_outcome(tmp_path: Path) -> None:
    output = tmp_path / "records.jsonl"
    with suppress(KeyboardInterrupt), opened_journal(output, "one") as journal:
        journal.add(0, Outcome("a.txt", "digest", record="{}", id="id"))
        raise KeyboardInterrupt
    with suppress(UsageError), opened_journal(output, "another") as journal:
        assert journal.stale
        assert journal.known("a.txt") is None
        raise UsageError("no such model")
    with opened_journal(output, "one") as journal:
        assert journal.known("a.txt") == "digest"
        journal.add(0, Outcome("a.txt", "digest"))
        assert list(journal.records()) == ["{}"]


def test_remains_of_killed_writers_go_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    for writer in (process.pid, os.getpid()):
        (tmp_path / f".a.txt.{writer}.x1y2.part").write_text("half", "utf-8")
    (tmp_path / ".b.txt.part").write_text("somebody's", "utf-8")
    remove_remains(tmp_path, "c.txt")
    assert len(list(tmp_path.iterdir())) == 3
    remove_remains(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {f".a.txt.{os.getpid()}.x1y2.part", ".b.txt.part"}
