"""Characters that cannot be seen or that turn the direction of writing, made visible."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls; tab and line ends stay
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u200b\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb"  # nothing to see; joiners stay, emoji need them
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff\ufffe\uffff]"  # no characters
)


def visible(text: str) -> str:
    """The text with the code points of unseen characters in their place, as in ``⟨U+202E⟩``."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def shortened(text: str, length: int) -> str:
    """The text on one line, cut to a number of characters."""
    line = " ".join(text[: 4 * length].split())
    return line if len(line) <= length and len(text) <= 4 * length else f"{line[: length - 1]}…"
