"""A real Ray cluster of one node: on a free port of this machine, in a folder of its own, stopped with all it began."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

VARIABLES = {
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": token_hex(32),
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_worker_niceness": "0",
}
"""For all processes that use a cluster of the tests, this one too: Ray reads them once, when it is imported."""
os.environ.update(VARIABLES)
_START, _END = 300, 60


@contextmanager
def ray_folder() -> Iterator[Path]:
    """A folder for a cluster's files: its name is short, for the names of sockets are limited."""
    folder = Path(tempfile.mkdtemp(prefix="ray-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def ray_cluster(folder: Path, *, processors: int) -> Iterator[str]:
    """Start a cluster; its address is HOST:PORT."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("ray")), "start", "--head", "--block", "--disable-usage-stats"]
    command += ["--node-ip-address=127.0.0.1", f"--port={port}", f"--num-cpus={processors}", f"--temp-dir={folder}"]
    command += ["--object-store-memory=100000000", "--include-dashboard=false"]
    log = folder / "start.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        for _ in range(_START * 10):
            if b"Ray runtime started" in log.read_bytes():
                break
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_END)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def processes_of(folder: Path) -> list[str]:
    """The command lines of the processes that work for a cluster with its files in this folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            line = path.read_bytes()
            if os.fsencode(folder) in line:
                found.append(line.replace(b"\0", b" ").decode())
    return found
