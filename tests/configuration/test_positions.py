"""Every value of a TOML document has the line on which it stands."""

import json
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.configuration.positions import Path, Positions

DOCUMENT = '''\
# a comment with [brackets] and "quotes
title = "one"          # 2
"key with ] and \\" quote" = 'x'
dotted.key . last = 4

[[tables]]
name = "first"
list = [
  "a", "b",   # 9, 9
  { inner = "c", other = [1,
     2] },    # 11
]

  [tables.sub]
  x = """
several # lines
[not a table]
"""
  y = \'\'\'it's
''\'\'\'
  z = 1979-05-27 07:32:00

[[tables]]
name = "second"

[tables.sub.deep]
w = [[], [
 "d"]]
inline = [{ a = 1 }, { b = 2,
}]
'''.replace("2,\n}]", "2}]")

PLACES: list[tuple[Path, int]] = [
    (("title",), 2),
    (('key with ] and " quote',), 3),
    (("dotted", "key", "last"), 4),
    (("dotted",), 4),
    (("tables", 0), 6),
    (("tables", 0, "name"), 7),
    (("tables", 0, "list"), 8),
    (("tables", 0, "list", 1), 9),
    (("tables", 0, "list", 2, "inner"), 10),
    (("tables", 0, "list", 2, "other", 0), 10),
    (("tables", 0, "list", 2, "other", 1), 11),
    (("tables", 0, "sub"), 14),
    (("tables", 0, "sub", "x"), 15),
    (("tables", 0, "sub", "y"), 19),
    (("tables", 0, "sub", "z"), 21),
    (("tables", 1), 23),
    (("tables", 1, "name"), 24),
    (("tables", 1, "sub", "deep", "w"), 27),
    (("tables", 1, "sub", "deep", "w", 1, 0), 28),
    (("tables", 1, "sub", "deep", "inline", 1, "b"), 29),
    (("tables", 1, "missing"), 23),
    (("nothing", "at", "all"), 1),
]


@pytest.mark.parametrize(("path", "line"), PLACES, ids=lambda value: str(value))
def test_line_of_a_path(path: Path, line: int) -> None:
    assert tomllib.loads(DOCUMENT)
    assert Positions(DOCUMENT).line(path) == line


keys = st.sampled_from(["name", "a-b", 'ein "Schlüssel"', "x.y", "#"])
scalars = st.one_of(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8), st.integers(), st.booleans())
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3), max_leaves=6)
tables = st.dictionaries(keys, values, max_size=4)


def written(value: Any, lines: list[int], breaks: str) -> str:
    """A value in TOML, a new line before each item of an array."""
    if isinstance(value, list):
        return "[" + ",".join(f"{breaks}{written(item, lines, breaks)}" for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def paths_of(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key), item
        yield from paths_of(item, (*path, key))


@given(st.lists(tables, max_size=4), st.sampled_from(["", "\n", " # ] \"'[\n"]))
def test_every_value_of_any_document_is_where_its_line_says(entries: list[dict[str, Any]], breaks: str) -> None:
    text = ""
    for entry in entries:
        text += "[[entries]]\n"
        text += "".join(
            f"{json.dumps(key, ensure_ascii=False)} = {written(value, [], breaks)}\n" for key, value in entry.items()
        )
    data = tomllib.loads(text)
    positions, lines = Positions(text), text.split("\n")
    for path, value in paths_of(data):
        line = lines[positions.line(path) - 1]
        if path == ("entries",):
            continue
        if isinstance(path[-1], str):
            assert json.dumps(path[-1], ensure_ascii=False) in line
        elif len(path) == 2:
            assert line == "[[entries]]"
        elif not isinstance(value, list):
            assert json.dumps(value, ensure_ascii=False) in line
