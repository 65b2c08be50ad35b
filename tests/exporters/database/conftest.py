"""A fresh database for a test, of each kind."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import postgresql
import pytest
from sqlalchemy import Engine

from extractor.exporters.database import open_database

_number = itertools.count()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server, with ``{}`` for the database."""
    programs = postgresql.binaries()
    if programs is None:
        pytest.skip("needs PostgreSQL's initdb; `apt-get install postgresql` has it")
    with postgresql.running(programs) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """A function that gives the URL of a new, empty database."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/{next(_number)}.db"
    server: str = request.getfixturevalue("postgresql_server")
    return lambda: postgresql.create_database(server, f"test_{next(_number)}")


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    """The URL of a new, empty database."""
    return new_database()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """A new, empty database."""
    engine = open_database(url)
    yield engine
    engine.dispose()
