"""Ray as the engine: on real clusters, the bytes that one machine yields, whatever the documents are."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from ray_cluster import processes_of, ray_cluster, ray_folder

from extractor import ErrorRecord, Extractor, Report
from extractor.errors import UsageError
from extractor.scaling import ray_pool
from extractor.scaling.handle import Task
from extractor.scaling.limits import Limits
from extractor.scaling.ray import extract_dataset
from extractor.scaling.ray_pool import Reading, to_block
from extractor.validation import validated_json

if find_spec("ray") is None:
    pytest.skip("the extra ray is not installed", allow_module_level=True)

pytestmark = pytest.mark.timeout(600)

TEXT = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne“ statt."
BROKEN = {
    "empty.txt": b"",
    "white.txt": b" \n\t\n",
    "zeros.txt": bytes(4000),
    "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8,
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    "cut.docx": b"PK\x03\x04\x14\x00\x06\x00" + bytes(60),
    "odd\nname.txt": b"\xff\xfe\x00\xd8",
    "large.txt": b"Am 4. Mai fand die Konferenz statt.\n" * 600_000,
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A cluster with three processors, which all tests of this module share."""
    with ray_folder() as folder, ray_cluster(folder, processors=3) as address:
        yield address


@pytest.fixture(scope="module")
def data(address: str) -> Iterator[Any]:
    """``ray.data`` in this process, connected to the cluster."""
    import ray
    import ray.data

    ray.init(address, logging_level="ERROR", log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray.data
    ray.shutdown()


@pytest.fixture
def folder(tmp_path: Path, samples: list[Path]) -> Path:
    """The samples, and between them what is broken."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in samples:
        shutil.copy(path, folder)
    for name, content in BROKEN.items():
        (folder / name).write_bytes(content)
    return folder


def run(*arguments: str, cwd: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "extractor", "extract", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={name: value for name, value in (os.environ | environment).items() if value},
        timeout=550,
    )


def local(extractor: Extractor, paths: list[Path]) -> tuple[list[str], list[str]]:
    """The records and the error records of files, without any engine, sorted."""
    results = list(extractor.extract_many(paths))
    records = sorted(validated_json(each) for each in results if isinstance(each, Report))
    return records, sorted(validated_json(each) for each in results if isinstance(each, ErrorRecord))


# --- the command ---------------------------------------------------------------------------------


def test_the_command_writes_on_a_cluster_what_it_writes_here(address: str, folder: Path) -> None:
    shutil.copytree(folder, folder.parent / "store")
    url = (folder.parent / "store").as_uri()
    arguments = ["reports", "missing.txt", url, f"{url}/missing.txt", "--format", "jsonl"]
    outputs = []
    for name, engine in {"here": [], "there": ["--engine", "ray", "--address", address, "--jobs", "2"]}.items():
        files = [f"--{kind}={name}-{kind}" for kind in ("output", "errors", "report")]
        done = run(*arguments, *files, *engine, cwd=folder.parent)
        assert done.returncode == 1
        report = json.loads((folder.parent / f"{name}-report").read_bytes())
        del report["seconds"]
        outputs.append(
            ((folder.parent / f"{name}-output").read_bytes(), report, done.stdout, sorted(done.stderr.splitlines()))
        )
        outputs.append((folder.parent / f"{name}-errors").read_bytes())
    assert outputs[:2] == outputs[2:]
    assert outputs[0][1]["failed"] == 2 * len(BROKEN) + 2
    assert outputs[0][1]["written"] == 2 * len(list(folder.iterdir())) - 2 * len(BROKEN)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_without_an_address_a_cluster_is_started_and_stopped(tmp_path: Path) -> None:
    with ray_folder() as temporary:
        environment = {"RAY_TMPDIR": str(temporary), "HOME": str(tmp_path), "RAY_AUTH_MODE": "", "RAY_AUTH_TOKEN": ""}
        done = run("-", "--engine", "ray", cwd=tmp_path, stdin=TEXT.encode(), **environment)
        assert (done.returncode, done.stderr) == (0, b"")
        assert json.loads(done.stdout)["main_event"]["where"]["city"] == "Templin"
        assert list(temporary.iterdir()), "the cluster's files lie elsewhere"
        assert processes_of(temporary) == []
    assert list(tmp_path.iterdir()) == [], "something was left in the home folder"


def test_settings_that_cannot_be_used_end_the_command(address: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = run("a.txt", "--engine", "ray", "--address", address, "--ner", "spacy:nix", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.endswith(b"[model-not-found]\n")
    assert len(done.stderr.splitlines()) == 1


def test_an_address_needs_the_engine(tmp_path: Path) -> None:
    done = run("a.txt", "--address", "127.0.0.1:1", cwd=tmp_path)
    assert done.returncode == 2
    assert b"--engine ray" in done.stderr


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = run("a.txt", "--engine", "ray", "--address", "nobody", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: nobody: no Ray cluster answers")
    assert done.stderr.endswith(b"[server-error]\n")


@pytest.mark.parametrize("package", ["ray", "pyarrow"])
def test_a_missing_package_is_told(package: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "sitecustomize.py").write_text(f"import sys; sys.modules[{package!r}] = None\n", "utf-8")
    done = run("a.txt", "--engine", "ray", cwd=tmp_path, PYTHONPATH=str(tmp_path / "hidden"))
    assert done.returncode == 2
    assert done.stderr == f"error: this needs {package}: pip install 'extractor[ray]' [missing-extra]\n".encode()


def test_files_are_read_here_and_not_waited_for_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    os.mkfifo(tmp_path / "endless.txt")
    names = ["a.txt", "endless.txt", "missing.txt", "s3://bucket/a.txt"]
    rows = [
        row
        for table in Reading(tmp_path, seconds=2)(to_block([Task(name) for name in names]))
        for row in table.to_pylist()
    ]
    assert [row["path"].decode() for row in rows] == names
    assert [row["bytes"] for row in rows] == [TEXT.encode(), None, None, None]
    codes = [json.loads(row["error"])["code"] if row["error"] else None for row in rows]
    assert codes == [None, "time-limit", "source-not-found", None]


def test_tasks_are_taken_in_stretches_that_fit_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_pool, "MOST_TASKS", 3)
    monkeypatch.setattr(ray_pool, "MOST_BYTES", 100)
    tasks = [Task("a"), Task("b"), Task("c"), Task("d", bytes(200)), Task("e")]
    assert list(ray_pool.stretches(iter(tasks))) == [tasks[:3], tasks[3:4], tasks[4:]]


# --- the dataset ---------------------------------------------------------------------------------


def test_files_become_the_records_that_they_are_here(data: Any, folder: Path, extractor: Extractor) -> None:
    files = data.read_binary_files(str(folder), include_paths=True)
    rows = extract_dataset(files, workers=2).take_all()
    assert {name for row in rows for name in row} == {"id", "source", "sha256", "record", "warnings", "error", "code"}
    records, errors = local(extractor, sorted(folder.iterdir()))
    assert sorted(row["record"] for row in rows if row["record"]) == records
    assert sorted(row["error"] for row in rows if row["error"]) == errors
    for row in rows:
        assert (row["record"] is None) != (row["error"] is None)
        if row["record"]:
            record = json.loads(row["record"])
            assert (row["id"], row["source"]) == (record["id"], record["source"]["uri"])
            assert row["warnings"] == [warning["code"] for warning in record["warnings"]]
        else:
            assert (row["id"], row["code"]) == (None, json.loads(row["error"])["code"])


def test_a_document_that_takes_too_long_costs_only_itself(data: Any) -> None:
    texts = [TEXT, "Am 4. Mai fand in Templin die 2. Ortswerkstatt statt. " * 90_000, None, TEXT]
    rows = data.from_items([{"id": f"text:{number}", "text": text} for number, text in enumerate(texts)])
    found = extract_dataset(rows, workers=(1, 2), limits=Limits(seconds=4)).take_all()
    codes = {row["source"]: row["code"] for row in found}
    assert codes == {"text:0": None, "text:1": "time-limit", "text:2": "bad-line", "text:3": None}


def test_nothing_runs_before_rows_are_asked_for(data: Any, tmp_path: Path) -> None:
    paths = data.from_items([{"path": str(tmp_path / "later.txt")}])
    records = extract_dataset(paths, workers=1, reference_date="2025-03-04")
    (tmp_path / "later.txt").write_text(TEXT, "utf-8")
    (row,) = records.take_all()
    assert json.loads(row["record"])["main_event"]["when"]["start"] == "2025-03-04"


def test_other_columns_are_refused(data: Any) -> None:
    with pytest.raises(Exception, match=r"needs the column path.*it has url"):
        extract_dataset(data.from_items([{"url": "a"}]), workers=1).take_all()


def test_a_day_that_is_none_is_refused_at_once(data: Any) -> None:
    with pytest.raises(UsageError, match="calendar day"):
        extract_dataset(data.from_items([{"path": "a"}]), reference_date="31.2.2025")
