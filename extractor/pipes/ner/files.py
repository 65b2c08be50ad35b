"""The files of the shipped models in ``extractor/resources/ner`` and what their manifest says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

FOLDER = Path(str(files("extractor.resources"))) / "ner"
Size = Literal["small", "full"]


@dataclass(frozen=True)
class Manifest:
    """``model.json``: ``labels`` in the order of the network's outputs; ``version`` names the build.

    ``pooling`` says for each model what stands for a word: the ``mean`` of its pieces or its ``first``.
    """

    version: str
    labels: tuple[str, ...]
    width: int
    pooling: dict[str, str]


@lru_cache(maxsize=1)
def manifest() -> Manifest:
    """The manifest of the shipped models."""
    data = json.loads((FOLDER / "model.json").read_text("utf-8"))
    return Manifest(data["version"], tuple(data["labels"]), data["width"], data["pooling"])
