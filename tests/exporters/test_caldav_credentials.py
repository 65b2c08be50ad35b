"""Where user and password come from, and where a password is never sent."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend

from extractor.errors import UsageError
from extractor.exporters.caldav_credentials import PASSWORD, USER, Credentials, checked_url, credentials, service

URL = "https://cloud.example:8443/remote.php/dav"


class Memory(KeyringBackend):
    """A keyring that is gone with the test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    monkeypatch.delenv(USER, raising=False)
    monkeypatch.delenv(PASSWORD, raising=False)
    backend, before = Memory(), keyring.get_keyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "anna")
    monkeypatch.setenv(PASSWORD, "geheim")
    assert credentials(URL) == Credentials("anna", "geheim")


def test_from_the_keyring(monkeypatch: pytest.MonkeyPatch, memory: Memory) -> None:
    memory.set_password("extractor:cloud.example:8443", "anna", "geheim")
    monkeypatch.setenv(USER, "anna")
    assert credentials(URL) == Credentials("anna", "geheim")


def test_from_nowhere() -> None:
    with pytest.raises(UsageError, match=r"EXTRACTOR_CALDAV_PASSWORD.*extractor:cloud.example:8443"):
        credentials(URL)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(UsageError, match=r"extractor\[keyring\]"):
        credentials(URL)


def test_the_name_in_the_keyring() -> None:
    assert service("https://Cloud.Example/remote.php/dav") == "extractor:cloud.example"


@pytest.mark.parametrize(
    "url", [URL, "https://cloud.example", "http://localhost:5232/", "http://127.0.0.1:1/", "http://[::1]/"]
)
def test_addresses(url: str) -> None:
    assert checked_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://anna:geheim@cloud.example/dav",
        "https://anna@cloud.example/dav",
        "https://:geheim@cloud.example/dav",
        "http://cloud.example/dav",
        "http://127.0.0.1.example/dav",
        "ftp://cloud.example",
        "cloud.example",
        "https://",
        "https://[geheim",
        "https://cloud.example:geheim/",
        "",
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        checked_url(url)
    assert "geheim" not in str(refused.value)
