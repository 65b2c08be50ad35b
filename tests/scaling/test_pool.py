"""The engine of one machine: real processes that hang, explode, crash and are killed."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from damaged_files import pdf_bomb

from extractor.configuration import Configuration
from extractor.errors import BadReferenceDate, UsageError
from extractor.scaling.handle import Handle, Task
from extractor.scaling.limits import Limits
from extractor.scaling.outcomes import Outcome, Settings
from extractor.scaling.pool import WINDOW, Pool
from extractor.scaling.worker import Worker

TEXT = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne“ statt.\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs FIFOs, signals and limits of memory")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A document that nobody writes: whoever opens it waits for ever."""
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    return path


def outcomes(pool: Pool, *documents: Path) -> list[Outcome]:
    return [outcome for _, outcome in pool.run(Task(str(document)) for document in documents)]


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to pass")


def waits_for_a_pipe(process: int) -> bool:
    """Whether a process sleeps until somebody opens the other end."""
    try:
        return "wait_for_partner" in Path(f"/proc/{process}/wchan").read_text()
    except OSError:
        return False


def test_processes_give_what_one_worker_gives_in_the_same_order(samples: list[Path]) -> None:
    settings = Settings()
    worker = Worker(settings)
    documents = [*samples, Path("missing.txt"), *samples]
    with Pool(settings, jobs=2) as pool:
        assert outcomes(pool, *documents) == [worker.run(str(document)) for document in documents]
        data = samples[0].read_bytes()
        ((_, given),) = pool.run([Task("given.txt", data)])
        assert given == worker.run("given.txt", data)
        ((_, known),) = pool.run([Task("given.txt", data, given.sha256)])
        assert known == Outcome("given.txt", given.sha256)


def test_without_order_each_comes_once(samples: list[Path]) -> None:
    with Pool(Settings(), jobs=2) as pool:
        found = dict(pool.run([Task(str(sample)) for sample in samples], ordered=False))
    assert [found[number].source for number in range(len(samples))] == [str(sample) for sample in samples]


def test_a_document_that_hangs_costs_only_itself(samples: list[Path], pipe: Path) -> None:
    with Pool(Settings(), limits=Limits(seconds=5)) as pool:
        first, hanging, last = outcomes(pool, samples[0], pipe, samples[1])
        assert (first.code, hanging.code, last.code) == (None, "time-limit", None)
        assert json.loads(hanging.error or "") == {
            "source": str(pipe),
            "code": "time-limit",
            "message": "it takes longer than 5 seconds",
        }


def test_a_document_that_takes_too_much_memory_costs_only_itself(samples: list[Path], tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_text("\n\n".join(f"{TEXT} Nummer {number}." for number in range(10_000)), "utf-8")
    with Pool(Settings(), limits=Limits(megabytes=30)) as pool:
        found = outcomes(pool, samples[0], large, samples[1])
    assert [outcome.code for outcome in found] == [None, "memory-limit", None]


def test_native_code_that_gives_up_costs_only_its_document(samples: list[Path], tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(pdf_bomb())
    with Pool(Settings(), limits=Limits(megabytes=150)) as pool:
        found = outcomes(pool, samples[0], bomb, samples[1])
    assert [outcome.code for outcome in found] == [None, "worker-crashed", None]


@pytest.mark.parametrize(("kills", "code"), [(1, None), (2, "worker-crashed")])
def test_a_killed_worker_is_replaced_and_its_document_tried_once_more(pipe: Path, kills: int, code: str | None) -> None:
    with Pool(Settings()) as pool, ThreadPoolExecutor() as thread:
        running = thread.submit(outcomes, pool, pipe)
        for _ in range(kills):
            wait_for(lambda: any(map(waits_for_a_pipe, pool.pids)))
            (reader,) = pool.pids
            os.kill(reader, signal.SIGKILL)
            wait_for(lambda reader=reader: reader not in pool.pids)  # type: ignore[misc]
        if code is None:
            pipe.write_text(TEXT, "utf-8")
        (outcome,) = running.result()
    assert outcome.code == code
    assert (outcome.record is None) == (code is not None)


@pytest.mark.parametrize(
    ("settings", "error"),
    [(Settings(ner="large"), UsageError), (Settings(reference_date="2025-02-30"), BadReferenceDate)],
)
def test_settings_that_cannot_be_used(settings: Settings, error: type[UsageError]) -> None:
    with Pool(settings, jobs=2) as pool, pytest.raises(error):
        list(pool.run([Task("a.txt", b"Text")]))


def test_a_text_that_cannot_be_written_ends_the_run(samples: list[Path], tmp_path: Path) -> None:
    with Pool(Settings(texts=str(tmp_path / "missing"))) as pool, pytest.raises(UsageError):
        outcomes(pool, samples[0])


def test_documents_are_taken_only_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Task]:
        nonlocal taken
        for number in count():
            taken += 1
            yield Task(f"{number}.txt", TEXT.encode())

    with Pool(Settings(), jobs=2) as pool:
        results = pool.run(endless())
        sources = [next(results)[1].source for _ in range(10)]
    assert sources == [f"{number}.txt" for number in range(10)]
    assert taken <= 10 + 2 * WINDOW


def test_configuration_reaches_the_workers() -> None:
    known = Configuration.model_validate({"organisations": [{"name": "Lernfuturisten", "kind": "initiative"}]})
    text = "Am 4. März 2025 luden die Lernfuturisten nach Templin zum Treffen ein.".encode()
    with Pool(Settings(configuration=known.model_dump_json())) as pool:
        ((_, outcome),) = pool.run([Task("a.txt", text)])
    assert outcome.record is not None
    assert [row["name"] for row in json.loads(outcome.record)["organisations"]] == ["Lernfuturisten"]


def test_a_worker_may_wait_for_its_first_document(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("extractor.scaling.handle.START_SECONDS", 0.0)
        handle = Handle(Settings(), Limits())
        handle.kill_if_overdue()
    handle.await_start()
    assert handle.ask(Task("a.txt", "Am 4. März 2025 fand ein Treffen statt.".encode())).record is not None
    handle.close()
