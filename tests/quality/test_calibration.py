"""Confidence must stay calibrated on texts that no rule was made for."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
CORPORA = tomllib.loads((HERE / "calibration.toml").read_text("utf-8"))
_FEWEST = 30


@pytest.mark.parametrize("name", CORPORA)
def test_no_measure_is_above_its_ceiling(name: str) -> None:
    corpus = CORPORA[name]
    folder = str(REPOSITORY / corpus["folder"])
    command = [sys.executable, "-m", "extractor", "evaluate", folder, "--reliability", "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    reached: dict[str, Any] = json.loads(done.stdout)["reliability"]
    assert reached["events"] >= _FEWEST
    above = {
        measure: f"{reached[measure]:.3f} > {corpus[measure]:.3f}"
        for measure in ("ece", "brier")
        if reached[measure] > corpus[measure]
    }
    assert not above
