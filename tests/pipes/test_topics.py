"""Topics: the corpus, the limit, offsets, names found by other components, hostile texts."""

import tomllib
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import BlockKind
from extractor.pipes.noun_phrases import enumeration, noun_phrase
from extractor.pipes.reading import set_spans, values_of
from extractor.pipes.topics import KEY, find_topics

CORPUS = tomllib.loads((Path(__file__).parent.parent / "corpora" / "topics.toml").read_text("utf-8"))["texts"]


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("de")
    pipeline.add_pipe("german_topics")
    return pipeline


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: entry["text"].strip()[:50])
def test_corpus(nlp, entry):
    doc = nlp(entry["text"])
    assert [value["name"] for value in values_of(doc, KEY)] == entry["topics"]


def test_offsets_point_at_the_source_text(nlp):
    text = (
        "Bei der Versammlung am Montag im Vereinsheim am See stand trotz Kälte der Ausbau\n"
        "von Radwegen im Mittel\u00adpunkt, und danach gab es für alle noch eine warme Suppe und Tee."
    )
    doc = nlp(text)
    (value,) = values_of(doc, KEY)
    assert value["name"] == "Ausbau von Radwegen"
    assert text[value["start"] : value["end"]] == "Ausbau\nvon Radwegen"
    assert value["rule"] == "topic.cue.focus"
    assert doc.spans[KEY][0]._.topics == value


def test_debris_of_tracked_changes_is_mended_in_the_name(nlp):
    text = "Ein Vortrag über den Umgang mit dDigitaler Bildung folgte."
    (value,) = values_of(nlp(text), KEY)
    assert value["name"] == "Umgang mit digitaler Bildung"
    assert "dDigitaler" in text[value["start"] : value["end"]]


def test_a_name_of_a_place_is_no_topic(nlp):
    text = "Im Vortrag ging es um Gotha und um Bodenschutz."
    doc = nlp.make_doc(text)
    start = text.index("Gotha")
    place = {"start": start, "end": start + 5, "rule": "place.test", "name": "Gotha"}
    set_spans(doc, "places", [place])
    assert [value["name"] for value in values_of(nlp(doc), KEY)] == ["Bodenschutz"]


def test_the_limit_keeps_the_strongest_cues():
    nouns = (
        "Lärmschutz",
        "Bodenpflege",
        "Obstbau",
        "Windkraft",
        "Weinbau",
        "Fischerei",
        "Bergbau",
        "Imkerei",
        "Töpferei",
        "Schifffahrt",
    )
    talks = "".join(f"Jemand sprach über {noun}. " for noun in nouns)
    text = f"{talks}Thema war die Kanalisation.\n"
    names = [found.name for found in find_topics(text, [BlockKind.PARAGRAPH])]
    assert names == [*nouns[:7], "Kanalisation"]
    assert len(find_topics(text, [BlockKind.PARAGRAPH], limit=3)) == 3
    long = f"{text[:-1]}{' Es regnete den ganzen Tag.' * 900}\n"
    assert len(find_topics(long, [BlockKind.PARAGRAPH])) == len(nouns) + 1


FILLER = " Es regnete bis zum Abend, doch alle blieben da und sangen noch lange." * 8


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Gefeiert wurde, weil das Welterbe gut gepflegt ist. Zum Welterbetag kamen viele.", ["Welterbe"]),
        ("Ausgezahlt wird der Reparaturbonus nur bis Mai.", ["Reparaturbonus"]),
        ("Am Tor stand eine Nähmaschine. Wer die Nähmaschine kennt, liebt jede Nähmaschine.", ["Nähmaschine"]),
        ("Der Bürgermeister sprach, der Bürgermeister sang, der Bürgermeister ging.", []),
        ("Die Kirchengemeinde, der Stadtrat und die Feuerwehr lobten Handwerker und Lehrkräfte.", []),
    ],
)
def test_a_subject_that_no_cue_announces(sentence, expected):
    found = find_topics(f"{sentence}{FILLER}\n", [BlockKind.PARAGRAPH])
    assert list(dict.fromkeys(topic.name for topic in found)) == expected
    assert all(topic.rule.startswith("topic.salient") for topic in found)


def test_a_short_text_needs_a_cue_and_one_with_enough_announced_topics_no_more():
    assert find_topics("Ausgezahlt wird der Reparaturbonus nur bis Mai.\n", [BlockKind.PARAGRAPH]) == []
    unsure = "Gesammelt wird für eine Kühltheke."
    (alone,) = find_topics(f"{unsure}{FILLER}\n", [BlockKind.PARAGRAPH])
    assert alone.name == "Kühltheke"
    cues = f"Themen waren Lärmschutz, Bodenpflege, Obstbau und Windkraft. {unsure}"
    found = find_topics(f"{cues}{FILLER}\n", [BlockKind.PARAGRAPH])
    assert [topic.name for topic in found] == ["Lärmschutz", "Bodenpflege", "Obstbau", "Windkraft"]


def test_a_common_noun_of_a_name_is_a_topic_where_it_stands_alone():
    text = "Thema war die Schulsozialarbeit. Es lud ein: Landesvereinigung Schulsozialarbeit.\n"
    body = (text.index("Landes"), text.index(".\n"))
    (found,) = find_topics(text, [BlockKind.PARAGRAPH], names=[body], bodies=[body])
    assert text[: found.end].endswith("Thema war die Schulsozialarbeit")


def test_a_breadcrumb_is_no_title():
    line = "Start > Lärmschutz > Lärmschutz am Bahndamm\n"
    assert find_topics(line, [BlockKind.HEADING]) == []
    assert find_topics("Lärmschutz am Bahndamm\n", [BlockKind.HEADING])


def test_the_name_of_a_body_is_no_part_of_a_topic():
    text = "Thema war die Tombola des Turnvereins Ohm.\n"
    start = text.index("Turnvereins")
    body = [(start, text.index(".\n"))]
    (found,) = find_topics(text, [BlockKind.PARAGRAPH], names=body, bodies=body)
    assert found.name == "Tombola"
    assert text[found.start : found.end] == "Tombola"


def phrases(text):
    return [text[phrase.start : phrase.end] for phrase in enumeration(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("der Ausbau der Radwege und ein neues Parkhaus", ["Ausbau der Radwege", "neues Parkhaus"]),
        ("dicht bebaute Viertel, Parks und Plätze waren", ["dicht bebaute Viertel", "Parks", "Plätze"]),
        ("digitale und analoge Formate für Eltern, die kaum Zeit haben", ["digitale und analoge Formate für Eltern"]),
        ("Erst- und Zweitberatung am Telefon", ["Erst- und Zweitberatung am Telefon"]),
        ("der Kreis, die Schulen und das Land", ["Kreis", "Schulen", "Land"]),
        ("Agenda 2030 rund um den Globus am 4. Mai", ["Agenda 2030 rund um den Globus"]),
        ("Einsatz autonomer Fähren (AF) in der Stadt", ["Einsatz autonomer Fähren (AF) in der Stadt"]),
        ("24-Stunden-Lauf im Park", ["24-Stunden-Lauf im Park"]),
        ("wurde gestern beraten", []),
        ("um 10 Uhr", []),
        ("", []),
    ],
)
def test_noun_phrases(text, expected):
    assert phrases(text) == expected


def test_a_phrase_ends_before_a_verb_and_at_its_bound():
    text = "die Zukunft der Dorfläden zeigte sie"
    phrase = noun_phrase(text, 0, len(text))
    assert phrase is not None
    assert text[phrase.start : phrase.end] == "Zukunft der Dorfläden"
    short = noun_phrase(text, 0, 12)
    assert short is not None
    assert short.end <= 12


@given(st.text(alphabet="ABab äÜ,.:–„“»«()|-\n019über zum Thema ", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_topics_within_it(text):
    kinds = [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM] * (text.count("\n") // 3 + 1)
    reading = f"{text}\n"
    for found in find_topics(reading, kinds[: reading.count("\n")]):
        assert 0 <= found.start < found.end <= len(reading)
        assert found.name


@pytest.mark.parametrize(
    "unit", ["9", "A", "a ", "A ", "(", "„", ": A, ", "über ", "Thema ", "Vortrag zu ", "Ab, ", "sich mit ", "stellte "]
)
@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM])
def test_hostile_text_does_not_hang(unit, kind):
    find_topics(unit * (100_000 // len(unit)) + "\n", [kind])
