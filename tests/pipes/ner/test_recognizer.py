"""The shipped models: what they find, and that a sentence's labels depend on nothing but the sentence."""

import hashlib
import json
import random
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.ner.decoding import Decoder
from extractor.pipes.ner.files import FOLDER, manifest
from extractor.pipes.ner.network import Network
from extractor.pipes.ner.recognizer import Recognizer, _join, _windows

MEGABYTES = 1_000_000
LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def test_files_are_those_that_the_manifest_names() -> None:
    named = json.loads((FOLDER / "model.json").read_text("utf-8"))["sha256"]
    there = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in named}
    assert there == named


def test_all_models_together_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 50 * MEGABYTES


def test_names_without_a_form_are_found(model: Recognizer) -> None:
    words = [
        "Frau",
        "Wöllner",
        "wohnt",
        "in",
        "Frankreich",
        "und",
        "arbeitet",
        "bei",
        "Siemens",
        "in",
        "Brandenburg",
        ".",
    ]
    (tagged,) = model.tag([words])
    found = {word: label for word, label in zip(words, tagged.labels, strict=True) if label != "O"}
    assert found == {"Wöllner": "B-PER", "Frankreich": "B-LOC", "Siemens": "B-ORG", "Brandenburg": "B-LOC"}
    assert all(0 < score <= 1 for score in tagged.scores)


def test_nothing_is_found_in_nothing(model: Recognizer) -> None:
    assert model.tag([]) == []
    assert model.tag([[]])[0].labels == []
    assert model.tag([["", "\x00", "\u200b"]])[0].labels == ["O"] * 3


def test_sentence_does_not_depend_on_its_neighbours(model: Recognizer, sentences: list[list[str]]) -> None:
    together = model.tag(sentences)
    order = list(range(len(sentences)))
    random.Random(7).shuffle(order)  # noqa: S311
    shuffled = model.tag([sentences[number] for number in order])
    assert [shuffled[order.index(number)] for number in range(len(sentences))] == together
    alone = [model.tag([sentence])[0] for sentence in sentences[::5]]
    assert alone == together[::5]


def test_sentence_does_not_depend_on_the_number_of_threads(sentences: list[list[str]]) -> None:
    one, two = Recognizer("small", threads=1), Recognizer("small", threads=2)
    assert one.tag(sentences) == two.tag(sentences)


def test_rounding_as_of_another_machine_changes_no_label(
    model: Recognizer, sentences: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Noise of the size of single precision's rounding, in each vector that enters the network."""
    labels = [tagged.labels for tagged in model.tag(sentences)]
    original = model.network.embeddings.of
    noise = np.random.default_rng(5)

    def noisy(ids: np.ndarray) -> np.ndarray:
        vectors = original(ids)
        return vectors * (1 + noise.uniform(-1e-5, 1e-5, vectors.shape).astype(np.float32))

    monkeypatch.setattr(model.network.embeddings, "of", noisy)
    assert [tagged.labels for tagged in model.tag(sentences)] == labels


def test_long_sentence_is_read_to_its_end(model: Recognizer) -> None:
    filler = ["dann", "wurde", "über", "viele", "Wege", "und", "Pläne", "gesprochen", ","]
    words = filler * 120 + ["sagte", "Angela", "Merkel", "in", "Dresden", "."]
    (tagged,) = model.tag([words])
    assert tagged.labels[-5:] == ["B-PER", "I-PER", "O", "B-LOC", "O"]
    assert set(tagged.labels[:-5]) == {"O"}


def test_mean_pooling_is_said_for_the_small_model() -> None:
    assert manifest().pooling == {"small": "mean", "full": "first"}
    assert Network("small").mean


@given(st.lists(st.integers(1, 24), max_size=400))
def test_windows_cover_all_words_and_join_to_the_whole(lengths: list[int]) -> None:
    windows = list(_windows(lengths))
    assert sorted({word for start, end in windows for word in range(start, end)}) == list(range(len(lengths)))
    assert all(sum(lengths[start:end]) <= 200 for start, end in windows)
    assert all(second > first for (first, _), (second, _) in pairwise(windows))
    if windows:
        values = np.arange(len(lengths), dtype=np.float32)[:, None]
        assert np.array_equal(_join([(start, end, values[start:end]) for start, end in windows]), values)


def best_path(logits: np.ndarray) -> float:
    """The score of the best allowed sequence, by trying all."""
    paths: dict[tuple[int, ...], float] = {(): 0.0}
    for row in logits:
        paths = {
            (*path, number): score + float(row[number])
            for path, score in paths.items()
            for number, label in enumerate(LABELS)
            if not label.startswith("I") or (path and LABELS[path[-1]][2:] == label[2:])
        }
    return max(paths.values())


@given(st.lists(st.lists(st.integers(-9, 9), min_size=len(LABELS), max_size=len(LABELS)), min_size=1, max_size=4))
def test_decoder_finds_the_best_allowed_sequence(rows: list[list[int]]) -> None:
    logits = np.array(rows, np.float32)
    padded = np.concatenate([logits, np.full((2, len(LABELS)), 50, np.float32)])
    (tagged,) = Decoder(LABELS).decode(padded[None], [len(rows)])
    assert allowed(tagged.labels)
    reached = sum(logits[word, LABELS.index(label)] for word, label in enumerate(tagged.labels))
    assert reached == pytest.approx(best_path(logits))


def allowed(labels: Sequence[str]) -> bool:
    return all(
        not label.startswith("I") or (number > 0 and labels[number - 1][2:] == label[2:])
        for number, label in enumerate(labels)
    )


def test_quality_on_every_tenth_sentence_of_germeval(model: Recognizer) -> None:
    """The floors lie a little below what was measured on the whole test part (see the model card)."""
    folder = Path(__file__).parents[4] / "shared" / "data" / "germeval2014"
    if not folder.is_dir():
        pytest.skip(f"no GermEval 2014: there is no {folder}")
    sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
    from ner import read, scores

    part = read(folder / "test.bioes")[::10]
    given_tags = [tagged.labels for tagged in model.tag([words for words, _ in part])]
    reached = scores([tags for _, tags in part], given_tags, ("PER", "LOC", "ORG", "OTH"))
    assert reached["all"] > (0.83 if model.size == "full" else 0.785)
