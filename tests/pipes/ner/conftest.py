"""What the tests of the models share."""

from pathlib import Path

import pytest

from extractor.pipes.ner.recognizer import Recognizer, recognizer
from extractor.pipes.ner.words import words_of
from extractor.pipes.sentences import sentence_bounds

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="session", params=["small", "full"])
def model(request: pytest.FixtureRequest) -> Recognizer:
    return recognizer(request.param)


@pytest.fixture(scope="session")
def sentences() -> list[list[str]]:
    """Sentences of the samples, in words."""
    found = []
    for path in sorted((REPOSITORY / "samples").glob("*.txt")):
        text = path.read_text("utf-8")
        for start, end in sentence_bounds(text):
            if words := [word.text for word in words_of(text, start, end)]:
                found.append(words)
    return found
