"""Broken files by the hundred: one line for each, no traceback, and every good neighbour as if it were alone.

``EXTRACTOR_BROKEN_FILES=500`` breaks as many; by itself the test is quick.
"""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from damaged_files import damaged, mail, open_document, page, pdf, pdf_bomb, word, zip_bomb

FILES = int(os.environ.get("EXTRACTOR_BROKEN_FILES", "60"))
BOMBS = max(2, FILES // 50)
SUFFIXES = {".docx": word, ".odt": open_document, ".pdf": pdf, ".html": page, ".eml": mail}

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="needs FIFOs and limits of memory"),
    pytest.mark.timeout(300 + 3 * FILES),
]


def broken_files(folder: Path) -> set[str]:
    """Write broken files of all kinds; returns the names of those that no reader could read."""
    chance = random.Random(30)  # noqa: S311 -- the same damage in every run
    good = {suffix: make() for suffix, make in SUFFIXES.items()}
    hopeless: dict[str, bytes] = {}
    perhaps: dict[str, bytes] = {}
    for number in range(FILES - 2 * BOMBS - 1):
        suffix = chance.choice(list(SUFFIXES))
        name, data = f"{number:03}{suffix}", good[suffix]
        match number % 5:
            case 0:
                hopeless[name] = data[: chance.randrange(len(data))] if suffix in (".docx", ".odt") else b""
            case 1:
                hopeless[name] = chance.choice((b"", b" \r\n\t", b"\xef\xbb\xbf", bytes(3000)))
            case 2:  # a wrong suffix
                hopeless[name] = chance.choice((b"\x89PNG\r\n\x1a\n", b"\x7fELF", b"Rar!\x1a\x07")) + chance.randbytes(
                    900
                )
            case _:  # cut, bits flipped, pieces missing or repeated: some can still be read
                perhaps[name] = damaged(data, chance)
    for number in range(BOMBS):
        hopeless[f"bomb-{number}.pdf"] = pdf_bomb()
        hopeless[f"bomb-{number}.docx"] = zip_bomb()
    folder.mkdir()
    for name, data in (hopeless | perhaps).items():
        (folder / name).write_bytes(data)
    os.mkfifo(folder / "endless.txt")
    return {*hopeless, "endless.txt"}


def extract(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "extractor", "extract", *map(str, arguments), "--format", "jsonl"]
    return subprocess.run(command, capture_output=True)


def test_broken_files_cost_only_themselves(samples: list[Path], tmp_path: Path) -> None:
    broken, errors = tmp_path / "broken", tmp_path / "errors.jsonl"
    hopeless = broken_files(broken)
    neighbours = extract(*samples)
    limits = ("--jobs", 2, "--timeout", 20, "--memory", 150)
    done = extract(*samples[:7], broken, *samples[7:], "--errors", errors, *limits)
    assert done.returncode == 1
    failures = [json.loads(line) for line in errors.read_text("utf-8").splitlines()]
    records = {json.loads(line)["source"]["uri"]: line for line in done.stdout.splitlines()}
    assert [line for uri, line in records.items() if "broken" not in uri] == neighbours.stdout.splitlines()
    sources = [Path(failure["source"]).name for failure in failures]
    assert len(sources) == len(set(sources))
    assert hopeless <= set(sources)
    assert sorted([*sources, *(Path(uri).name for uri in records if "broken" in uri)]) == sorted(
        path.name for path in broken.iterdir()
    )
    assert {failure["code"] for failure in failures} <= {
        "damaged-document",
        "document-too-large",
        "empty-document",
        "encrypted-document",
        "not-text",
        "time-limit",
        "unknown-encoding",
        "unsupported-format",
        "worker-crashed",
    }
    assert b"Traceback" not in done.stderr
    assert f"{len(samples) + FILES} read, {len(records)} written, {len(failures)} failed".encode() in done.stderr
