"""A PostgreSQL server of our own, for tests and benchmarks, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, the newest version's; None where there is none."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=None)


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """Start a server that is reached by a socket; gives its URL, with ``{}`` for the database."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name:  # a socket's path may have some 100 characters only
        folder = Path(name)
        user = _server_user()
        if user is not None:
            shutil.chown(folder, user)
        data = folder / "data"
        make = [str(programs / "initdb"), f"--pgdata={data}", "--username=tests", "--auth=trust", "--encoding=UTF8"]
        subprocess.run([*make, "--no-sync"], user=user, cwd=folder, check=True, capture_output=True)
        settings = (f"unix_socket_directories={folder}", "listen_addresses=", "fsync=off")
        command = [str(programs / "postgres"), "-D", str(data), *(part for line in settings for part in ("-c", line))]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(command, user=user, cwd=folder, stdout=log, stderr=log) as server,
        ):
            try:
                url = f"postgresql://tests@/{{}}?host={folder}"
                _wait_for(url.format("postgres"), server, folder / "log")
                yield url
            finally:
                server.send_signal(signal.SIGINT)  # without waiting for connections


def create_database(url: str, name: str) -> str:
    """Make a database on the server; gives its URL."""
    import psycopg

    with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.format(name)


def _server_user() -> str | None:
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    for _ in range(600):
        try:
            with psycopg.connect(url):
                return
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL does not start: {log.read_text('utf-8')}")
