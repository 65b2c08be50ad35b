"""Each sample yields exactly the record that is stored beside it; ``update_samples.py`` writes them anew."""

from pathlib import Path

import pytest

from extractor import Extractor, Report
from extractor.validation import validated_json

REPOSITORY = Path(__file__).parents[1]


def sample_texts() -> list[Path]:
    """The texts, relative to the repository, as the records name them."""
    return sorted(
        path.relative_to(REPOSITORY)
        for path in (REPOSITORY / "samples").iterdir()
        if path.suffix in (".txt", ".md") and path.name != "README.md"
    )


def record_of(extractor: Extractor, text: Path) -> str:
    """What ``extractor extract`` writes for a sample."""
    return validated_json(extractor.extract_file(text), indent=2) + "\n"


@pytest.mark.parametrize("text", sample_texts(), ids=lambda path: path.stem)
def test_sample_yields_its_record(extractor: Extractor, text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    stored = (REPOSITORY / text).with_suffix(".json").read_text("utf-8")
    assert record_of(extractor, text) == stored
    assert Report.model_validate_json(stored).source.uri == text.as_posix()


def test_every_record_belongs_to_a_sample() -> None:
    records = {path.stem for path in (REPOSITORY / "samples").glob("*.json")}
    assert records == {text.stem for text in sample_texts()}


def test_there_are_enough_samples() -> None:
    assert len(sample_texts()) >= 10
