"""How well many processes do: documents a second, speed-up, what the engine costs, memory of each process.

    python benchmarks/scale.py [--documents 5000] [--rounds 3] [--workers 1 2] [--engines local ray] [--json FILE]
    python benchmarks/scale.py --memory 1000 20000

All runs get the same folder of documents, made from ``samples/`` as for ``speed.py``: none equals another, and no cache
answers for the work. They are ``extractor extract FOLDER --format jsonl --output FILE`` as its users run it, start-up,
journal and writing included, beside ``plain``: one process that has one ``Worker`` and writes what it returns, with no
engine at all. The output of all must be the same bytes. ``ray`` is the same command with ``--engine ray``: a cluster of
this machine, started and stopped within the run.

Speed-up needs time by the clock, so the machine should have nothing else to do; runs take turns, the best of several
rounds counts. Processor time (of all processes together) says what an engine costs, also on a busy machine. A worker's
memory is that of the process that extracts and, with Ray, of its actor; ``all`` adds up the peaks of all processes.

``--memory`` runs one worker over so many documents, for each number given, and shows the peak of each process.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from speed import SAMPLES, varied

ENGINES = {"local": ("--jobs",), "ray": ("--engine", "ray", "--jobs")}
"""Options that choose an engine; the number of its workers stands behind the last."""
_PLAIN = """
import sys
from pathlib import Path
from extractor.scaling.outcomes import Settings
from extractor.scaling.worker import Worker
worker = Worker(Settings())
with Path(sys.argv[2]).open("w", encoding="utf-8") as out:
    for path in sorted(Path(sys.argv[1]).rglob("*.txt")):
        out.write((worker.run(str(path)).record or "") + "\\n")
"""
_LOOK = 0.2
_TICKS = os.sysconf("SC_CLK_TCK")


def make_documents(folder: Path, count: int, characters: int | None = None) -> None:
    """Write documents like the samples, or like the first characters of them, in folders of 500."""
    samples = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.*")) if path.suffix in (".txt", ".md")]
    chance = random.Random(count)  # noqa: S311
    for number in range(count):
        path = folder / f"{number // 500:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(varied(samples[number % len(samples)][:characters], chance), "utf-8")


def command_of(engine: str, workers: int, folder: Path, output: Path) -> list[str]:
    """The command line of a run."""
    if engine == "plain":
        return [sys.executable, "-c", _PLAIN, str(folder), str(output)]
    extract = [sys.executable, "-m", "extractor", "extract", str(folder), "--format", "jsonl", "--output", str(output)]
    return [*extract, *ENGINES[engine], str(workers)]


def measure(engine: str, workers: int, folder: Path) -> dict[str, Any]:
    """Run one command: seconds by the clock and of processors, peak memory of its processes, its output."""
    with tempfile.TemporaryDirectory() as place:
        output = Path(place) / "records.jsonl"
        processes: dict[int, Process] = {}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        with subprocess.Popen(command_of(engine, workers, folder, output), stderr=subprocess.PIPE) as process:
            while process.poll() is None:
                processes |= processes_of(process.pid)
                time.sleep(_LOOK)
            seconds = time.monotonic() - began
            assert process.stderr is not None
            said = process.stderr.read().decode()
        assert process.returncode == 0, said
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        extracting = [each for each in processes.values() if each.extracts]
        workers_mb = [
            each.peak_mb + processes[each.parent].peak_mb * (each.parent != process.pid) for each in extracting
        ]
        main = processes[process.pid].peak_mb
        return {
            "engine": engine,
            "workers": workers,
            "seconds": seconds,
            "processor_seconds": max(used, sum(each.seconds for each in processes.values())),
            "main_mb": main,
            "worker_mb": max(workers_mb, default=main),
            "all_mb": sum(each.peak_mb for each in processes.values()),
            "output": output.read_bytes(),
        }


class Process(NamedTuple):
    """A process as it is seen: its peak of resident memory so far, in MB, and its processor time, in seconds."""

    parent: int
    peak_mb: float
    seconds: float
    extracts: bool


def processes_of(root: int) -> dict[int, Process]:
    """A process and all beneath it, by number."""
    seen: dict[int, Process] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            lines = dict(line.split(":\t", 1) for line in (place / "status").read_text().splitlines() if ":\t" in line)
            times = (place / "stat").read_text().rpartition(")")[2].split()[11:13]
            extracts = b"extractor.scaling.process" in (place / "cmdline").read_bytes()
        except OSError:
            continue
        peak, seconds = int(lines.get("VmHWM", "0 kB").split()[0]) / 1024, sum(map(int, times)) / _TICKS
        seen[int(place.name)] = Process(int(lines["PPid"]), peak, seconds, extracts)

    def beneath(process: int) -> bool:
        return process == root or (process in seen and beneath(seen[process].parent))

    return {number: process for number, process in seen.items() if beneath(number)}


def compare(documents: int, rounds: int, workers: Sequence[int], engines: Sequence[str]) -> list[dict[str, Any]]:
    """The best run of each engine with each number of workers; all outputs are equal."""
    plan = [("plain", 1), *((engine, number) for engine in engines for number in workers)]
    best: dict[tuple[str, int], dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "reports")
        make_documents(folder, documents)
        expected: bytes | None = None
        for _ in range(rounds):
            for key in plan:
                row = measure(*key, folder)
                expected = expected or row["output"]
                assert row.pop("output") == expected, "the engines do not write the same bytes"
                if key not in best or row["seconds"] < best[key]["seconds"]:
                    best[key] = row
    return [row | {"documents_per_second": documents / row["seconds"]} for row in best.values()]


def print_table(rows: list[dict[str, Any]]) -> None:
    """The results for people; speed-up and cost are those against the engine's run with one worker, and plain."""
    plain = rows[0]
    first = {row["engine"]: row for row in reversed(rows)}
    print(
        f"{'engine':<8}{'workers':>8}{'documents/s':>13}{'speed-up':>10}{'cost':>8}"
        f"{'main MB':>9}{'worker MB':>11}{'all MB':>8}"
    )
    for row in rows:
        speed_up = first[row["engine"]]["seconds"] / row["seconds"]
        cost = row["processor_seconds"] / plain["processor_seconds"]
        print(
            f"{row['engine']:<8}{row['workers']:>8}{row['documents_per_second']:>13.1f}{speed_up:>10.2f}{cost:>8.2f}"
            f"{row['main_mb']:>9.0f}{row['worker_mb']:>11.0f}{row['all_mb']:>8.0f}"
        )


def print_memory(counts: Sequence[int], characters: int | None) -> None:
    """Peak memory over growing numbers of documents."""
    print(f"{'documents':>10}{'main MB':>9}{'worker MB':>11}")
    for count in counts:
        with tempfile.TemporaryDirectory() as place:
            make_documents(Path(place, "reports"), count, characters)
            row = measure("local", 1, Path(place, "reports"))
        print(f"{count:>10,}{row['main_mb']:>9.1f}{row['worker_mb']:>11.1f}", flush=True)


def main() -> None:
    """Compare engines, or show the memory."""
    parser = argparse.ArgumentParser(description="How well many processes do.")
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engines", choices=ENGINES, nargs="+", default=list(ENGINES))
    parser.add_argument("--memory", type=int, nargs="+", metavar="N", help="peak memory over so many documents instead")
    parser.add_argument("--characters", type=int, help="with --memory: of each document, else as long as the samples")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the results there")
    options = parser.parse_args()
    if options.memory:
        print_memory(options.memory, options.characters)
        return
    rows = compare(options.documents, options.rounds, options.workers, options.engines)
    print_table(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
