"""User and password for a CalDAV server: from the environment, or from the system's keyring."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from extractor.errors import MissingExtra, UsageError
from extractor.extras import require

USER, PASSWORD = "EXTRACTOR_CALDAV_USER", "EXTRACTOR_CALDAV_PASSWORD"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks; the password shows in no ``repr``."""

    user: str
    password: str = field(repr=False)


def checked_url(url: str) -> str:
    """A server's address, if it is one to which a password may be sent.

    Raises ``UsageError`` for one that holds a password, is not of the web, or is not encrypted,
    this machine excepted. The message does not repeat it.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise UsageError("--caldav is no address; it looks like https://cloud.example/remote.php/dav") from None
    if "@" in parts.netloc or parts.password is not None:
        raise UsageError(f"--caldav must hold no user or password; set {USER} and {PASSWORD} instead")
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError("--caldav is no address; it looks like https://cloud.example/remote.php/dav")
    if parts.scheme == "http" and host not in _LOCAL:
        raise UsageError("--caldav must begin with https:// ; a password is not sent unencrypted", source=host)
    return url


def credentials(url: str) -> Credentials:
    """User and password for a server, from the environment or the keyring.

    The variables are ``EXTRACTOR_CALDAV_USER`` and ``EXTRACTOR_CALDAV_PASSWORD``, the keyring's
    entry is that of ``service``. Raises ``UsageError`` where neither has them.
    """
    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if user and password:
        return Credentials(user, password)
    found = _from_keyring(service(url), user)
    if found is None:
        raise UsageError(
            f"no user and password: set {USER} and {PASSWORD}, or "
            f"pip install 'extractor[keyring]' and keyring set {service(url)} USER"
        )
    return found


def service(url: str) -> str:
    """The name under which the keyring holds a server's password: ``extractor:cloud.example``."""
    parts = urlsplit(url)
    return f"extractor:{parts.hostname}" + (f":{parts.port}" if parts.port else "")


def _from_keyring(name: str, user: str | None) -> Credentials | None:
    try:
        keyring = require("keyring", extra="keyring")
    except MissingExtra:
        return None
    try:
        found = keyring.get_credential(name, user)
    except keyring.errors.KeyringError:
        return None
    return Credentials(found.username, found.password) if found is not None and found.password else None
