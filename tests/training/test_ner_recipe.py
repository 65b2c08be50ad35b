"""The recipe of the named entity model: its data, and that the program reads what it writes."""

import random
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.ner.network import Embeddings

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.ner.corpora import Sentence, read_columns, vary, with_other_names
from training.ner.labels import LABELS, OPEN, f1_scores, spans, to_bio
from training.ner.packing import BLOCK, pack, round_to_4_bits
from training.ner.reports import generate


@pytest.mark.parametrize(
    ("tags", "bio"),
    [
        (["B-PER", "E-PER", "S-LOC"], ["B-PER", "I-PER", "B-LOC"]),
        (["I-PER", "I-PER", "O", "I-LOC"], ["B-PER", "I-PER", "O", "B-LOC"]),
        (["B-PER", "I-LOC"], ["B-PER", "B-LOC"]),
    ],
)
def test_any_scheme_becomes_bio(tags: list[str], bio: list[str]) -> None:
    assert to_bio(tags) == bio


def test_strict_f1_counts_words_and_class() -> None:
    gold = [["B-PER", "I-PER", "O", "B-LOC"]]
    assert spans(gold[0]) == {(0, 2, "PER"), (3, 4, "LOC")}
    assert f1_scores(gold, gold)["all"] == 1
    reached = f1_scores(gold, [["B-PER", "O", "O", "B-LOC"]])
    assert (reached["all"], reached["PER"], reached["LOC"], reached["ORG"]) == (0.5, 0, 1, 0)


def test_columns_are_read_and_a_missing_tag_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.bioes"
    path.write_text("-DOCSTART- O\n\nAnna S-PER\n. O\n\n\nGuben S-LOC\n", "utf-8")
    assert read_columns(path) == [Sentence(("Anna", "."), ("B-PER", "O")), Sentence(("Guben",), ("B-LOC",))]
    path.write_text("Anna\n", "utf-8")
    with pytest.raises(ValueError, match=r"a\.bioes:1"):
        read_columns(path)


def test_names_are_exchanged_for_others_of_their_class() -> None:
    sentences = [
        Sentence(("Anna", "Kunz", "wohnt", "in", "Guben", "."), ("B-PER", "I-PER", "O", "O", "B-LOC", "O")),
        Sentence(("Der", "Berliner", "Jan", "kam", "."), ("O", "B-LOCDERIV", "B-PER", "O", "O")),
        Sentence(("Es", "regnet", "."), ("O", "O", "O")),
    ]
    seen = {new for seed in range(50) for new in with_other_names(sentences, random.Random(seed))}  # noqa: S311
    assert Sentence(("Jan", "wohnt", "in", "Guben", "."), ("B-PER", "O", "O", "B-LOC", "O")) in seen
    assert (
        Sentence(("Der", "Berliner", "Anna", "Kunz", "kam", "."), ("O", "B-LOCDERIV", "B-PER", "I-PER", "O", "O"))
        in seen
    )
    assert not any("regnet" in words for words, _ in seen)
    assert not any("Guben" in words and "kam" in words for words, _ in seen)


def test_generated_sentences_are_labelled_throughout_and_always_the_same() -> None:
    sentences = generate(500, seed=3)
    assert sentences == generate(500, seed=3)
    for words, tags in sentences:
        assert len(words) == len(tags)
        assert all(words)
        assert set(tags) <= {*LABELS, OPEN}
        assert not any("{" in word or ":" in word[:-1].rstrip("0123456789") for word in words if word != ":")
    kinds = {kind for _, tags in sentences for _, _, kind in spans(tags)}
    assert kinds == {"PER", "LOC", "ORG"}


def test_varied_sentence_keeps_its_tags() -> None:
    sentence = Sentence(('"', "Hallo", '"', "sagte", "Anna"), ("O", "O", "O", "O", "B-PER"))
    seen = {vary(sentence, random.Random(seed)) for seed in range(200)}  # noqa: S311
    assert len(seen) > 5
    assert {tags for _, tags in seen} == {sentence.tags}
    assert {len(words) for words, _ in seen} == {5}


@given(st.integers(0, 2**32 - 1))
def test_program_reads_the_embeddings_that_the_recipe_packs(seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors = round_to_4_bits(random.normal(size=(5, 2 * BLOCK)).astype(np.float32))
    rows, error = pack(vectors)
    assert error == 0
    embeddings = Embeddings(rows, 2 * BLOCK)
    assert np.array_equal(embeddings.of(np.array([[4, 0], [2, 4]])), vectors[[[4, 0], [2, 4]]])


def test_exported_graph_computes_what_the_network_does() -> None:
    torch = pytest.importorskip("torch", reason="the recipe's own libraries are not installed")
    pytest.importorskip("onnx", reason="the recipe's own libraries are not installed")
    import onnxruntime

    from training.ner.export import to_onnx
    from training.ner.model import Shape, Tagger

    torch.manual_seed(2)
    for piece_layers in (1, 2):
        tagger = Tagger(Shape(50, 2, 64, 2, 96, piece_layers, 40)).eval()
        for weight in tagger.parameters():  # as the export rounds them
            if weight.ndim == 2 and weight.shape[0] != 50 and weight.shape[0] != 40:
                scale = weight.detach().abs().amax(1, keepdim=True) / 127
                weight.data = (weight / scale).round() * scale
        ids = torch.tensor([[0, 7, 8, 9, 2], [0, 5, 2, 1, 1]])
        pooling = torch.zeros(2, 3, 5)
        pooling[:, 0, 0] = pooling[:, 1, 1] = 1
        pooling[0, 2, 2] = pooling[0, 2, 3] = 0.5
        expected = tagger(ids, pooling).detach().numpy()
        words = (tagger.words(ids) * (ids != 1)[:, :, None]).detach().numpy()
        feed = {"words": words, "mask": (ids != 1).float().numpy(), "pooling": pooling.numpy()}
        (given_logits,) = onnxruntime.InferenceSession(to_onnx(tagger).SerializeToString()).run(None, feed)
        assert np.allclose(given_logits[0], expected[0], atol=1e-4)
        assert np.allclose(given_logits[1, :2], expected[1, :2], atol=1e-4)
