"""Where in a TOML document each value stands: what ``tomllib`` reads but does not tell."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*(?:(?P<bare>[\w-]+)|"(?P<basic>(?:[^"\\\n]|\\.)*)"|'(?P<literal>[^'\n]*)')[ \t]*""")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|' + r"'''(?:[^']|'(?!''))*'{3,5}|" + r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


class Positions:
    """The lines, counted from 1, of the tables, keys and array items of a document that ``tomllib`` accepts."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        self._line, self._counted = 1, 0
        self._read()

    def line(self, path: Path) -> int:
        """The line of the value at a path, or of what is nearest around it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _note(self, path: Path, position: int) -> None:
        self._line += self._text.count("\n", self._counted, position)
        self._counted = position
        self._lines.setdefault(path, self._line)

    def _read(self) -> None:
        table: Path = ()
        position = self._after(_BLANK, 0)
        while position < len(self._text):
            if self._text[position] == "[":
                table, position = self._header(position)
            else:
                position = self._pair(table, position)
            position = self._after(_BLANK, position)

    def _after(self, pattern: re.Pattern[str], position: int) -> int:
        match = pattern.match(self._text, position)
        return match.end() if match else position

    def _header(self, position: int) -> tuple[Path, int]:
        """Read "[table]" or "[[array of tables]]"."""
        several = self._text.startswith("[[", position)
        keys, end = self._keys(position + (2 if several else 1))
        path = self._resolved(keys[:-1]) + keys[-1:]
        if several:
            number = self._counts.get(path, 0)
            self._counts[path] = number + 1
            path = (*path, number)
        else:
            path = self._resolved(keys)
        self._note(path, position)
        return path, end + (2 if several else 1)

    def _resolved(self, keys: Path) -> Path:
        """The path that keys of a header mean: an array of tables stands for its last table."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _keys(self, position: int) -> tuple[Path, int]:
        """Read a dotted key."""
        keys: list[str] = []
        while match := _KEY.match(self._text, position):
            written = match["bare"] if match["bare"] is not None else match["literal"]
            keys.append(written if written is not None else _unescaped(match["basic"]))
            position = match.end()
            if self._text[position : position + 1] != ".":
                break
            position += 1
        return tuple(keys), position

    def _pair(self, table: Path, position: int) -> int:
        """Read "key = value"; where it ends."""
        keys, end = self._keys(position)
        path = table + keys
        for length in range(len(table) + 1, len(path) + 1):
            self._note(path[:length], position)
        return self._value(path, self._after(_BLANK, end + 1))

    def _value(self, path: Path, position: int) -> int:
        opening = self._text[position : position + 1]
        if opening in ('"', "'"):
            return self._after(_STRING, position)
        if opening == "[":
            return self._items(path, position + 1)
        if opening == "{":
            return self._inline_table(path, position + 1)
        return max(self._after(_SCALAR, position), position + 1)

    def _items(self, path: Path, position: int) -> int:
        number = 0
        while True:
            position = self._after(_BLANK, position)
            following = self._text[position : position + 1]
            if following in ("]", ""):
                return position + 1
            if following == ",":
                number, position = number + 1, position + 1
                continue
            self._note((*path, number), position)
            position = self._value((*path, number), position)

    def _inline_table(self, path: Path, position: int) -> int:
        while True:
            position = self._after(_BLANK, position)
            following = self._text[position : position + 1]
            if following in ("}", ""):
                return position + 1
            position = position + 1 if following == "," else self._pair(path, position)


def _unescaped(written: str) -> str:
    """What a quoted key says."""
    import tomllib

    value: Any = tomllib.loads(f'key = "{written}"')["key"]
    return str(value)
