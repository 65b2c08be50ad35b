"""The component: exact offsets on any text, several documents at once, our models and spaCy's."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from extractor.errors import ModelNotFound, UsageError
from extractor.pipes.ner.component import GermanEntities
from extractor.pipes.ner.words import words_of
from extractor.pipes.reading import values_of


@pytest.fixture(scope="module")
def component() -> GermanEntities:
    return GermanEntities("small")


def entities(component: GermanEntities, text: str) -> list[tuple[str, str]]:
    doc = component(spacy.blank("de").make_doc(text))
    return [(value["label"], text[value["start"] : value["end"]]) for value in values_of(doc, "entities")]


def test_offsets_are_those_of_the_text_as_it_stands(component: GermanEntities) -> None:
    text = "Es sprach Angela Mer-\nkel aus\nBer\u00adlin."
    assert entities(component, text) == [("PER", "Angela Mer-\nkel"), ("LOC", "Ber\u00adlin")]


def test_span_has_its_value() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_entities")
    doc = nlp("Wir fahren nach Frankreich.")
    (span,) = doc.spans["entities"]
    value = span._.entities
    assert value["label"] == "LOC"
    assert value["rule"] == "entity.small"
    assert 0 < value["score"] <= 1


def test_documents_do_not_depend_on_each_other(component: GermanEntities, samples: list[Path]) -> None:
    nlp = spacy.blank("de")
    texts = ["", *(path.read_text("utf-8") for path in samples[:6]), "   \n"]
    alone = [values_of(component(nlp.make_doc(text)), "entities") for text in texts]
    piped = [values_of(doc, "entities") for doc in component.pipe(map(nlp.make_doc, texts), batch_size=3)]
    assert piped == alone


def test_text_without_a_sentence_end_is_read(component: GermanEntities) -> None:
    text = "Angela Merkel besuchte Berlin und " * 3000
    found = entities(component, text)
    assert len([name for label, name in found if name == "Berlin"]) > 2500


@pytest.mark.parametrize("text", ["", "\n", "A" * 5000, "Ä-" * 3000, "\x00\u200b" * 500, "| " * 2000, "🙂" * 3000])
def test_odd_text_yields_no_error(component: GermanEntities, text: str) -> None:
    for _, name in entities(component, text):
        assert name


def test_installed_spacy_model_takes_our_place(tmp_path: Path) -> None:
    model = spacy.blank("de")
    ruler = model.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PER", "pattern": "Kordula"},
            {"label": "MISC", "pattern": "Fest"},
            {"label": "DATE", "pattern": "heute"},
        ]
    )  # type: ignore[attr-defined]
    model.to_disk(tmp_path / "model")
    component = GermanEntities(f"spacy:{tmp_path / 'model'}")
    doc: Doc = component(spacy.blank("de").make_doc("Das Fest beginnt heute.\nKordula\nkommt."))
    assert [(value["label"], value["score"]) for value in values_of(doc, "entities")] == [("OTH", None), ("PER", None)]


def test_missing_spacy_model_is_named() -> None:
    with pytest.raises(ModelNotFound, match="de_not_there"):
        GermanEntities("spacy:de_not_there")


@pytest.mark.parametrize("name", ["", "large", "spacy", "spacy:", "none"])
def test_unknown_model_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="no model"):
        GermanEntities(name)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Am 19. Mai, 19:30 Uhr.", ["Am", "19.", "Mai", ",", "19:30", "Uhr", "."]),
        ("Heimatverein e. V. (seit 1999)", ["Heimatverein", "e.V.", "(", "seit", "1999", ")"]),
        ("J. Müller, z. B. „EU-Kommission“", ["J.", "Müller", ",", "z.", "B.", "„", "EU-Kommission", "“"]),
        ("Natur- und Umweltschutz", ["Natur-", "und", "Umweltschutz"]),
    ],
)
def test_words_are_those_of_the_training_data(text: str, words: list[str]) -> None:
    assert [word.text for word in words_of(text, 0, len(text))] == words
