"""Where the user's names stand in a text: inflected, hyphenated, in capitals; and where they do not."""

import pickle
import string

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor.configuration import Configuration
from extractor.pipes.configured_names import ConfiguredNames
from extractor.pipes.reading import values_of

NAMES = ConfiguredNames(
    Configuration.model_validate(
        {
            "organisations": [
                {
                    "name": "Netzwerk Ländlicher Raum Uckertal",
                    "acronym": "NLRU",
                    "aliases": ["Netzwerk „Uckertal“", "Freunde der Alten Mühle"],
                },
                {"name": "IfDo"},
            ],
            "venues": [{"name": "Kranwerk 7", "city": "Templin"}, {"name": "Alte Seilerei", "city": "Prenzlau"}],
            "event_types": [
                {"name": "Transferwerkstatt"},
                {"name": "Dorf-Hackathon", "plural": "Dorf-Hackathons", "type": "Workshop"},
                {"name": "Gurkenwiegen"},
                {"name": "Langer Tisch"},
            ],
            "series": [{"name": "Uckertaler Landgespräche", "aliases": ["re:land"]}],
            "persons": [{"name": "Runa Feldmark"}],
            "topics": [
                {"name": "Wärmepumpen"},
                {"name": "Künstliche Intelligenz", "aliases": ["KI"]},
                {"name": "Wald"},
                {"name": "Haus und Hof"},
                {"name": "Mobilität auf dem Land"},
            ],
        }
    )
)

FOUND = [
    (
        "des Netzwerks Ländlicher Raum Uckertal",
        "Netzwerks Ländlicher Raum Uckertal",
        "Netzwerk Ländlicher Raum Uckertal",
    ),
    ("im Netzwerk ländlicher", None, None),
    (
        "des Netzwerks Ländlichen Raumes Uckertal",
        "Netzwerks Ländlichen Raumes Uckertal",
        "Netzwerk Ländlicher Raum Uckertal",
    ),
    (
        "NETZWERK LÄNDLICHER RAUM UCKERTAL lädt ein",
        "NETZWERK LÄNDLICHER RAUM UCKERTAL",
        "Netzwerk Ländlicher Raum Uckertal",
    ),
    ("das Netzwerk „Uckertal“ lädt", "Netzwerk „Uckertal“", "Netzwerk Ländlicher Raum Uckertal"),
    ("das Netzwerk Uckertal lädt", "Netzwerk Uckertal", "Netzwerk Ländlicher Raum Uckertal"),
    ("Netzwerk-Uckertal", "Netzwerk-Uckertal", "Netzwerk Ländlicher Raum Uckertal"),
    ("Netzwerk, Uckertal", None, None),
    ("Netzwerk\nUckertal", None, None),
    ("die NLRU-Vorsitzende", "NLRU", "Netzwerk Ländlicher Raum Uckertal"),
    ("des NLRUs", "NLRUs", "Netzwerk Ländlicher Raum Uckertal"),
    ("die Ex-NLRU", None, None),
    ("NLRUX und nlru", None, None),
    ("den Freunden der Alten Mühle", "Freunden der Alten Mühle", "Netzwerk Ländlicher Raum Uckertal"),
    ("das IfDo sagt", "IfDo", "IfDo"),
    ("im Kranwerk 7.", "Kranwerk 7", "Kranwerk 7"),
    ("des Kranwerks 7", "Kranwerks 7", "Kranwerk 7"),
    ("im Kranwerk 70, im Kranwerk", None, None),
    ("im Kranwerk 7-Saal", None, None),
    ("in der Alten Seilerei", "Alten Seilerei", "Alte Seilerei"),
    ("in der alten Seilerei", None, None),
    ("die Transferwerkstätten", "Transferwerkstätten", "Transferwerkstatt"),
    ("die Transfer-Werkstatt", "Transfer-Werkstatt", "Transferwerkstatt"),
    ("die Transfer-Werkstätten", "Transfer-Werkstätten", "Transferwerkstatt"),
    ("die TRANSFERWERKSTATT", "TRANSFERWERKSTATT", "Transferwerkstatt"),
    ("die Regional-Transferwerkstatt", "Regional-Transferwerkstatt", "Regional-Transferwerkstatt"),
    ("der Sommertransferwerkstatt", "Sommertransferwerkstatt", "Sommertransferwerkstatt"),
    ("24-Stunden-Transferwerkstatt", "24-Stunden-Transferwerkstatt", "24-Stunden-Transferwerkstatt"),
    ("der Transferwerkstattleiter", None, None),
    ("die Transferwerkstatt-Leitung", None, None),
    ("Dorfhackathon", "Dorfhackathon", "Dorf-Hackathon"),
    ("des Dorf-Hackathons", "Dorf-Hackathons", "Dorf-Hackathon"),
    ("des Gurkenwiegens", "Gurkenwiegens", "Gurkenwiegen"),
    ("am Langen Tisch", "Langen Tisch", "Langer Tisch"),
    ("bei den Uckertaler Landgesprächen", "Uckertaler Landgesprächen", "Uckertaler Landgespräche"),
    ("auf der re:land 2025", "re:land", "Uckertaler Landgespräche"),
    ("Runa Feldmarks Rede", "Runa Feldmarks", "Runa Feldmark"),
    ("der Runa-Feldmark-Preis", None, None),
    ("eine Wärmepumpe", "Wärmepumpe", "Wärmepumpen"),
    ("WÄRMEPUMPEN", "WÄRMEPUMPEN", "Wärmepumpen"),
    ("Wärmepumpenheizung", None, None),
    ("der künstlichen Intelligenz", "künstlichen Intelligenz", "Künstliche Intelligenz"),
    ("mit KI", "KI", "Künstliche Intelligenz"),
    ("mit Ki und ki, KIM", None, None),
    ("in den Wäldern", "Wäldern", "Wald"),
    ("des Waldes", "Waldes", "Wald"),
    ("die Waldung", None, None),
    ("Häuser und Höfe", "Häuser und Höfe", "Haus und Hof"),
    ("für Mobilität auf dem Land.", "Mobilität auf dem Land", "Mobilität auf dem Land"),
]


@pytest.mark.parametrize(("text", "quote", "name"), FOUND, ids=[text for text, _, _ in FOUND])
def test_name_in_a_phrase(text: str, quote: str | None, name: str | None) -> None:
    found = NAMES.find(text)
    assert [text[value["start"] : value["end"]] for value in found] == ([quote] if quote else [])
    assert [value["name"] for value in found] == ([name] if name else [])


PLURALS = [
    ("Transferwerkstätten", True),
    ("Transferwerkstatt", False),
    ("Regional-Transferwerkstatt", False),
    ("Regionaltransferwerkstätten", True),
    ("Gurkenwiegens", False),
]


@pytest.mark.parametrize(("text", "plural"), PLURALS)
def test_number_of_an_event_noun(text: str, plural: bool) -> None:
    assert [value["plural"] for value in NAMES.find(text)] == [plural]


def test_the_longest_of_overlapping_names_is_found() -> None:
    names = [{"name": "Netz"}, {"name": "Netz Nord"}, {"name": "Nord Ost Verein"}]
    found = ConfiguredNames(Configuration.model_validate({"organisations": names})).find("Netz Nord Ost Verein, Netz")
    assert [value["name"] for value in found] == ["Netz Nord", "Netz"]


def test_one_name_may_be_of_several_kinds() -> None:
    data = {"organisations": [{"name": "Kranwerk"}], "venues": [{"name": "Kranwerk", "city": "Templin"}]}
    found = ConfiguredNames(Configuration.model_validate(data)).find("im Kranwerk")
    assert {value["kind"] for value in found} == {"organisation", "venue"}


def test_names_can_be_pickled() -> None:
    again = pickle.loads(pickle.dumps(NAMES))  # noqa: S301 -- our own bytes
    assert [again.find(text) for text, _, _ in FOUND] == [NAMES.find(text) for text, _, _ in FOUND]


def test_component_without_a_file_finds_nothing() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_configured_names")
    assert values_of(nlp("das Netzwerk Uckertal"), "configured") == []


@given(
    st.lists(st.sampled_from([*(text for text, _, _ in FOUND), "und", "-", "„", "“", "\n", "Kranwerk", "7", "NLRU"]))
)
def test_what_is_found_stands_in_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    spans = sorted({(value["start"], value["end"]) for value in NAMES.find(text)})
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert "\n" not in text[start:stop]
        end = stop


capitalised = st.builds(
    lambda first, rest: first + rest,
    st.sampled_from(string.ascii_uppercase + "ÄÖÜ"),
    st.text(string.ascii_lowercase + "äöüß", min_size=2, max_size=8),
)
names = st.lists(
    st.one_of(capitalised, st.sampled_from(["und", "der", "für", "7", "&", "e.V.", "Süd-West"])), min_size=1, max_size=5
).filter(lambda words: words[0][0].isupper())


@given(names, st.sampled_from(["organisations", "venues", "series", "persons", "topics", "event_types"]))
def test_every_name_is_found_as_it_is_written(words: list[str], kind: str) -> None:
    name = " ".join(words)
    configured = ConfiguredNames(Configuration.model_validate({kind: [{"name": name}]}))
    for text in (f"Hier: {name} (dort)", name, f"„{name}“"):
        (found,) = configured.find(text)
        assert text[found["start"] : found["end"]].rstrip("“.") == name.rstrip(".")
        assert found["name"] == name


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", ["_-" * 50_000, "Ab-" * 50_000, "A" * 100_000 + "e", "Ä" * 100_000 + "e"])
def test_hostile_words_take_no_longer_than_others(text: str) -> None:
    known = Configuration.model_validate({"topics": [{"name": "Dorfkerne"}], "organisations": [{"name": "Netz-Werk"}]})
    assert ConfiguredNames(known).find(text) == []
