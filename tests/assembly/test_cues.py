"""Every cue of the assembly lexicon on its examples and counter-examples."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractor.assembly.cues import load_cues

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "assembly_cues.toml").read_text("utf-8"))


def rows(kind: str) -> list[tuple[str, str, bool]]:
    return [
        (name, example, wanted == "match")
        for name, examples in CORPUS[kind].items()
        for wanted in ("match", "no_match")
        for example in examples[wanted]
    ]


@pytest.mark.parametrize(("name", "example", "wanted"), rows("context"))
def test_context_cue(name: str, example: str, wanted: bool) -> None:
    cues = load_cues()
    cue = cues.no_event_date.get(name) or getattr(cues, name)
    before, _, rest = example.partition("<")
    _, _, after = rest.partition(">")
    assert cue.matches(before, after) is wanted


@pytest.mark.parametrize(("name", "example", "wanted"), rows("pattern"))
def test_pattern(name: str, example: str, wanted: bool) -> None:
    assert bool(getattr(load_cues(), name).search(example)) is wanted


def test_every_cue_has_examples() -> None:
    cues = load_cues()
    named = set(CORPUS["context"]) | set(CORPUS["pattern"])
    wanted = {name for name in vars(cues) if name not in ("no_event_date", "anaphoric")} | set(cues.no_event_date)
    assert named == wanted
