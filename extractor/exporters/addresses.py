"""Which URIs are addresses in the web, so that a link may lead there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\xa0\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
"""An IRI of the schemes http and https; without what RFC 3987 forbids, and without unseen characters."""


def web_address(uri: str) -> str | None:
    """The URI where it is an address in the web, without a user or password in it."""
    if not _PLAIN.fullmatch(uri):
        return None
    try:
        parts = urlsplit(uri)
        usable = bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return uri if usable else None
