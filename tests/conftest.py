"""What several test modules share."""

from pathlib import Path

import pytest

from extractor import Extractor

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """One extractor for all tests; a test must leave it as it was."""
    return Extractor()


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The texts of ``samples/``."""
    folder = REPOSITORY / "samples"
    return sorted(
        path for path in folder.iterdir() if path.suffix in (".txt", ".md") and not path.name.startswith("README")
    )
