"""What every command needs of the terminal: safe text and messages on standard error."""

from __future__ import annotations

import re
import sys

_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, marks that turn the direction of writing, lone surrogates."""


def printable(text: str) -> str:
    """The text with everything visible that could steer a terminal or feign other text."""
    return _UNSAFE.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if code == 0x7F:
        return _DELETE_PICTURE
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def standard_error(message: str) -> None:
    """Write one line to standard error; the message must be printable."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def tolerate_encodings() -> None:
    """Let messages through on terminals that cannot show every character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
