"""``docs/dates.md``: the table of what is covered says what the tagger finds, that of attributes names them all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints

from extractor.pipes.dates import find_dates
from extractor.pipes.values import Timex

PAGE = Path(__file__).parents[1] / "docs" / "dates.md"
REFERENCE = "2025-06-11"
_ROW = re.compile(r"^\| (?P<family>[^|]+) \| (?P<phrase>[^|]+) \|[^|]*\|[^|]*\|[^|]*\|[^|]*\|$", re.MULTILINE)
_COVERED = re.compile(r"^## What is covered\n(.*?)^## ", re.MULTILINE | re.DOTALL)


def renewed_table(page: str) -> str:
    """The page with the rows of its table of what is covered written anew."""
    covered = _COVERED.search(page)
    assert covered is not None
    return page.replace(covered[1], _ROW.sub(_renewed_row, covered[1]))


def _renewed_row(row: re.Match[str]) -> str:
    if row["family"] == "Family":
        return row[0]
    phrase = row["phrase"].replace("**", "")
    found = find_dates(phrase, REFERENCE)
    shown = phrase
    for timex in reversed(found):
        shown = f"{shown[: timex['start']]}**{phrase[timex['start'] : timex['end']]}**{shown[timex['end'] :]}"
    cells = (
        row["family"],
        shown,
        ", ".join(dict.fromkeys(timex["type"] for timex in found)),
        ", ".join(f"`{timex['value']}`" for timex in found),
        ", ".join(f"`{edtf}`" for timex in found if (edtf := _edtf(timex))),
        ", ".join(f"`{said}`" for timex in found for said in (timex["mod"], timex["freq"]) if said),
    )
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def _edtf(timex: Timex) -> str:
    return "/".join(filter(None, (timex["edtf_start"], timex["edtf_end"])))


def test_the_table_says_what_is_found() -> None:
    page = PAGE.read_text("utf-8")
    assert renewed_table(page) == page, "python tests/update_docs.py writes it anew; read the difference"


def test_every_phrase_of_the_table_is_found() -> None:
    covered = _COVERED.search(PAGE.read_text("utf-8"))
    assert covered is not None
    phrases = [row["phrase"] for row in _ROW.finditer(covered[1]) if row["family"] != "Family"]
    assert len(phrases) > 80
    assert [phrase for phrase in phrases if "**" not in phrase] == []


def test_every_attribute_and_its_values_are_explained() -> None:
    page = PAGE.read_text("utf-8")
    explained = {
        name
        for row in re.findall(r"^\| (`\w+`(?:, `\w+`)?) \|", page, re.MULTILINE)
        for name in re.findall(r"\w+", row)
    }
    hints = get_type_hints(Timex)
    assert hints.keys() <= explained
    values = [value for hint in hints.values() for part in (hint, *get_args(hint)) for value in get_args(part)]
    for value in values:
        if isinstance(value, str):
            assert f"`{value}`" in page, value
