"""The policy that settles what rules and a model say: one test for each of its points."""

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from extractor.pipes.entity_union import unite
from extractor.pipes.reading import register, set_spans, values_of

Marked = tuple[str, str, float | None]


@pytest.fixture(scope="module", autouse=True)
def extensions() -> None:
    for key in ("entities", "organisations", "persons", "places", "venues", "events"):
        register(key)


def rule_value(key: str, text: str, name: str) -> dict[str, Any]:
    """What a rule would have found for a name in the text."""
    start = text.index(name)
    more: dict[str, Any] = {
        "organisations": {"acronym": None, "kind": "association"},
        "persons": {"title": None, "function": None, "organisation": None},
        "places": {"kind": "municipality", "ags": None, "state": None, "country": "DE"},
    }.get(key, {})
    return {"start": start, "end": start + len(name), "rule": "rule", "name": name, **more}


def united(text: str, entities: list[Marked], **rules: list[Any]) -> Doc:
    """The text after the policy; ``rules`` are names, or values, that pipes of that key found."""
    doc = spacy.blank("de").make_doc(text)
    for key, names in rules.items():
        set_spans(doc, key, [rule_value(key, text, name) if isinstance(name, str) else name for name in names])
    found: list[Any] = []
    last: dict[str, int] = {}
    for label, words, score in entities:
        start = last[words] = text.index(words, last.get(words, -1) + 1)
        found.append(
            {"start": start, "end": start + len(words), "rule": "entity.small", "label": label, "score": score}
        )
    set_spans(doc, "entities", found)
    return unite(doc)


def names(doc: Doc, key: str) -> list[str]:
    return [value["name"] for value in values_of(doc, key)]


def test_name_without_a_form_is_added() -> None:
    doc = united(
        "Es kamen adelphi und Frau Wöllner nach Matema.",
        [("ORG", "adelphi", 0.97), ("PER", "Wöllner", 0.98), ("LOC", "Matema", 0.99)],
    )
    assert (names(doc, "organisations"), names(doc, "persons"), names(doc, "places")) == (
        ["adelphi"],
        ["Wöllner"],
        ["Matema"],
    )
    (organisation,) = values_of(doc, "organisations")
    assert (organisation["rule"], organisation["score"], organisation["kind"]) == ("entity.small", 0.97, "other")
    assert values_of(doc, "places")[0]["kind"] == "region"


def test_name_of_a_rule_stands() -> None:
    text = "Das Ministerium für Wald und Wild lud ein."
    doc = united(text, [("ORG", "Ministerium für Wald", 0.99)], organisations=["Ministerium für Wald und Wild"])
    assert names(doc, "organisations") == ["Ministerium für Wald und Wild"]


@pytest.mark.parametrize("key", ["venues", "events", "persons"])
def test_what_other_rules_found_is_no_organisation(key: str) -> None:
    doc = united("Im Kulturhaus Krone war Tanz.", [("ORG", "Kulturhaus Krone", 0.99)], **{key: ["Kulturhaus Krone"]})
    assert names(doc, "organisations") == []


def test_place_table_beats_the_model_on_towns() -> None:
    doc = united("Guben hat gewonnen.", [("ORG", "Guben", 0.99)], places=["Guben"])
    assert names(doc, "organisations") == []


def test_place_within_a_longer_name_is_part_of_it() -> None:
    doc = united("Energie Cottbus hat gewonnen.", [("ORG", "Energie Cottbus", 0.99)], places=["Cottbus"])
    assert names(doc, "organisations") == ["Energie Cottbus"]


def test_doubtful_name_is_left_out_unless_the_text_has_a_sure_one() -> None:
    text = "Zuvento lud ein. Dann sprach Zuvento. Auch Nexago kam."
    doubtful = united(text, [("ORG", "Zuvento", 0.6), ("ORG", "Nexago", 0.6)])
    assert names(doubtful, "organisations") == []
    sure = united(text, [("ORG", "Zuvento", 0.96), ("ORG", "Zuvento", 0.6), ("ORG", "Nexago", 0.6)])
    assert names(sure, "organisations") == ["Zuvento", "Zuvento"]


def test_model_without_scores_is_believed() -> None:
    assert names(united("Zuvento lud ein.", [("ORG", "Zuvento", None)]), "organisations") == ["Zuvento"]


@pytest.mark.parametrize("label", ["OTH", "LOCDERIV", "ORGPART"])
def test_other_classes_are_left_out(label: str) -> None:
    doc = united("Das Zuvento kam.", [(label, "Zuvento", 0.99)])
    assert not any(names(doc, key) for key in ("organisations", "persons", "places"))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("LOC", "Hafenstraße"),
        ("LOC", "Am Markt 5"),
        ("LOC", "Lange Gasse"),
        ("LOC", "14467"),
        ("PER", "Sommerfest"),
        ("PER", "PAUL"),
        ("ORG", "Werkstatt"),
        ("ORG", "Facebook"),
        ("ORG", "DB"),
    ],
)
def test_what_is_no_name_of_a_report_is_left_out(label: str, name: str) -> None:
    doc = united(f"Dort war {name} zu sehen.", [(label, name, 0.99)])
    assert not any(names(doc, key) for key in ("organisations", "persons", "places"))


def test_surname_takes_the_full_name() -> None:
    text = "Wöllner kennt das. Anna Wöllner sprach. Wöllners Rat war gut."
    doc = united(text, [("PER", "Wöllner", 0.97), ("PER", "Wöllners", 0.97)], persons=["Anna Wöllner"])
    assert names(doc, "persons") == ["Anna Wöllner"] * 3


def test_surname_of_two_persons_stays_alone() -> None:
    text = "Wöllner sprach. Anna Wöllner und Emil Wöllner kamen."
    doc = united(text, [("PER", "Wöllner", 0.97)], persons=["Anna Wöllner", "Emil Wöllner"])
    assert names(doc, "persons") == ["Wöllner", "Anna Wöllner", "Emil Wöllner"]


def test_acronym_takes_the_long_form() -> None:
    text = "Das Zukunftslabor Wald (ZLW) lud ein. Für die ZLW sprach niemand."
    known = rule_value("organisations", text, "Zukunftslabor Wald (ZLW)") | {
        "name": "Zukunftslabor Wald",
        "acronym": "ZLW",
    }
    doc = united(text, [("ORG", "die ZLW", 0.97)], organisations=[known])
    assert names(doc, "organisations") == ["Zukunftslabor Wald", "Zukunftslabor Wald"]


def test_word_of_a_longer_name_is_no_name_of_its_own() -> None:
    text = "Zollverein war der Ort. Der Knappenchor Zollverein sang."
    doc = united(text, [("ORG", "Zollverein", 0.99)], organisations=["Knappenchor Zollverein"])
    assert names(doc, "organisations") == ["Knappenchor Zollverein"]


def test_names_are_in_the_nominative_without_article() -> None:
    text = "Ein Beitrag der Lernfuturisten und des Schwarzen Kreises."
    doc = united(text, [("ORG", "der Lernfuturisten", 0.95), ("ORG", "Schwarzen Kreises", 0.95)])
    assert names(doc, "organisations") == ["Lernfuturisten", "Schwarzer Kreis"]


def test_without_a_model_nothing_changes() -> None:
    doc = spacy.blank("de").make_doc("Zuvento lud ein.")
    assert "organisations" not in unite(doc).spans


def test_acronym_in_brackets_is_that_of_the_name_before() -> None:
    doc = united(
        "Es sprachen Vogelwarte Nord (VWN) und Haus Sechs. Die VWN lud ein.",
        [("ORG", "Vogelwarte Nord", 0.97), ("ORG", "VWN", 0.9), ("ORG", "Haus Sechs", 0.9), ("ORG", "VWN", 0.9)],
    )
    values = values_of(doc, "organisations")
    assert [(value["name"], value["acronym"]) for value in values] == [
        ("Vogelwarte Nord", "VWN"),
        ("Vogelwarte Nord", "VWN"),
        ("Haus Sechs", None),
        ("Vogelwarte Nord", "VWN"),
    ]
