"""What a user's configuration changes in records, through every way in, and what it leaves as it is."""

import json
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from typer.testing import CliRunner

from extractor import Configuration, ErrorRecord, Extractor, Report
from extractor.cli import app
from extractor.errors import BadConfiguration
from extractor.validation import validated_json

SAMPLE = Path(__file__).parents[1] / "samples" / "configuration" / "extractor.toml"
REPORT = (
    "Am 4. März 2025 fand im Kranwerk 7 die 3. Transferwerkstatt „Wärme im Dorf“ statt. Eingeladen hatte das Netzwerk "
    "Uckertal. Runa Feldmark vom NLRU begrüßte die Gäste.\n"
)

runner = CliRunner()


@pytest.fixture(scope="module")
def knowing() -> Extractor:
    """An extractor with the sample's configuration."""
    return Extractor(config=SAMPLE)


def configured(**kinds: Any) -> Extractor:
    return Extractor(config=Configuration.model_validate(kinds))


def rules_of(report: Report) -> set[str]:
    """The ids of all rules that a report goes back to."""
    named = [*report.organisations, *report.persons, *report.places, *report.topics]
    events = [report.main_event, *report.follow_ups, *report.other_events]
    evidence = {proof.rule for event in events if event for proof in event.evidence}
    return evidence | {mention.rule for entity in named for mention in entity.mentions}


# --- organisations -----------------------------------------------------------------------------


def test_organisation_is_one_under_all_its_names(knowing: Extractor) -> None:
    text = (
        "Das Netzwerk Ländlicher Raum Uckertal lud am 4. März 2025 nach Templin zur Tagung ein. Die Gäste des Uckertal-"
        "Netzwerks kamen früh. Der NLRU-Vorstand dankte, das NLRU auch."
    )
    (organisation,) = knowing.extract(text).organisations
    assert organisation.name == "Netzwerk Ländlicher Raum Uckertal"
    assert organisation.acronym == "NLRU"
    assert organisation.kind == "initiative"
    assert "organiser" in organisation.roles
    quotes = [mention.quote for mention in organisation.mentions]
    assert quotes == ["Netzwerk Ländlicher Raum Uckertal", "Uckertal-Netzwerks", "NLRU", "NLRU"]
    assert {mention.rule for mention in organisation.mentions} == {"organisation.configured"}


def test_organisation_takes_legal_form_and_acronym_from_the_text() -> None:
    known = configured(organisations=[{"name": "Dorfkreis Linum"}])
    text = "Der Dorfkreis Linum e. V. (DKL) lud am 4. März 2025 zur Tagung nach Templin ein. Der DKL dankt."
    (organisation,) = known.extract(text).organisations
    assert (organisation.name, organisation.acronym) == ("Dorfkreis Linum", "DKL")
    assert [mention.quote for mention in organisation.mentions] == ["Dorfkreis Linum e. V. (DKL)", "DKL"]


def test_kind_is_told_by_the_name_where_the_file_does_not() -> None:
    known = configured(organisations=[{"name": "Kollegium Prignitz"}, {"name": "Bäckerei-Verband Prignitz"}])
    text = "Die Tagung am 4. März 2025 in Templin trugen das Kollegium Prignitz und der Bäckerei-Verband Prignitz."
    assert {o.name: o.kind for o in known.extract(text).organisations} == {
        "Kollegium Prignitz": "other",
        "Bäckerei-Verband Prignitz": "association",
    }


def test_well_known_acronym_with_another_name_stays_its_own() -> None:
    known = configured(organisations=[{"name": "Industrie- und Handelskammer Cottbus", "acronym": "IHK"}])
    text = "Zur Tagung am 4. März 2025 kamen die IHK und die IHK Trier nach Templin."
    assert {o.name for o in known.extract(text).organisations} == {"Industrie- und Handelskammer Cottbus", "IHK Trier"}


def test_shorter_name_is_not_taken_for_a_longer_one() -> None:
    known = configured(organisations=[{"name": "Umweltamt"}])
    text = "Das Umweltamt lud am 4. März 2025 zur Tagung. Auch das Umweltamt der Stadt Graz war dabei."
    assert "Umweltamt" in {o.name for o in known.extract(text).organisations}


# --- venues ------------------------------------------------------------------------------------

VENUES = [
    ("Die Tagung findet am 4. März 2025 in der Alten Seilerei statt.", "Alte Seilerei", "Prenzlau", None),
    ("Die Tagung findet am 4. März 2025 im Kranwerk 7 statt.", "Kranwerk 7", "Templin", "Am Stichkanal 7"),
    ("Tagung\nWann: 4. März 2025, 18 Uhr\nWo: Kranhalle", "Kranwerk 7", "Templin", "Am Stichkanal 7"),
    ("Die Tagung findet am 4. März 2025 in der Kranhalle in Zehdenick statt.", "Kranwerk 7", "Zehdenick", None),
    (
        "Die Tagung findet am 4. März 2025 in der Kranhalle, Hafenstraße 3, 16792 Zehdenick, statt.",
        "Kranwerk 7",
        "Zehdenick",
        "Hafenstraße 3, 16792 Zehdenick",
    ),
    (
        "Die Tagung findet am 4. März 2025 im Kranwerk 7, Raum 3, statt.",
        "Kranwerk 7, Raum 3",
        "Templin",
        "Am Stichkanal 7",
    ),
    (
        "Gäste aus Memmingen kamen am 4. März 2025 zur Tagung in die Kranhalle.",
        "Kranwerk 7",
        "Templin",
        "Am Stichkanal 7",
    ),
]


@pytest.mark.parametrize(("text", "venue", "city", "address"), VENUES)
def test_venue_gives_the_town(knowing: Extractor, text: str, venue: str, city: str, address: str | None) -> None:
    event = knowing.extract(text).main_event
    assert event is not None
    assert event.where is not None
    assert (event.where.venue, event.where.city, event.where.address) == (venue, city, address)
    assert {proof.rule for proof in event.evidence if proof.field == "where.venue"} == {"venue.configured"}


def test_a_town_in_a_venues_name_is_not_where_it_stands() -> None:
    known = configured(venues=[{"name": "Haus Potsdam", "city": "Templin"}])
    event = known.extract("Die Tagung findet am 4. März 2025 im Haus Potsdam statt.").main_event
    assert event is not None
    assert event.where is not None
    assert (event.where.venue, event.where.city) == ("Haus Potsdam", "Templin")


def test_venue_that_the_text_seems_to_place_elsewhere_is_a_warning(knowing: Extractor) -> None:
    report = knowing.extract("Tagung in Zehdenick\n\nDie Tagung fand am 4. März 2025 im Kranwerk 7 statt.\n")
    (warning,) = [warning for warning in report.warnings if warning.code == "venue-elsewhere"]
    assert warning.message == "the configuration has Kranwerk 7 in Templin, the text names Zehdenick"


def test_venue_in_an_organisations_name_is_none() -> None:
    known = configured(venues=[{"name": "Kranwerk", "city": "Templin"}])
    text = "Der Förderverein Kranwerk e. V. lädt am 4. März 2025 zur Tagung in den Lindensaal in Prenzlau ein."
    report = known.extract(text)
    assert [organisation.name for organisation in report.organisations] == ["Förderverein Kranwerk e. V."]
    assert report.main_event is not None
    assert report.main_event.where is not None
    assert report.main_event.where.city == "Prenzlau"
    assert "Kranwerk" not in {place.name for place in report.places}


# --- events ------------------------------------------------------------------------------------

EVENTS = [
    ("Das 5. Gurkenwiegen war am 4. März 2025 in Templin.", "Gurkenwiegen", "Gurkenwiegen", "Gurkenwiegen", 5),
    ("Zum Dorfsalon kamen am 4. März 2025 viele.", "Dorfsalon", "Gesprächsabend", None, None),
    ("Der Dorfsalon „Neue Mitte“ war am 4. März 2025.", "Dorfsalon Neue Mitte", "Gesprächsabend", None, None),
    ("Der dritte Dorfsalon war am 4. März 2025.", "Dorfsalon", "Gesprächsabend", "Dorfsalon", 3),
    ("Der Klima-Dorfsalon war am 4. März 2025.", "Klima-Dorfsalon", "Gesprächsabend", None, None),
    (
        "Am 4. März 2025 war das zweite Landgespräch.",
        "Uckertaler Landgespräche",
        "Gespräch",
        "Uckertaler Landgespräche",
        2,
    ),
    (
        "Die 12. Uckertaler Landgespräche beginnen am 4. März 2025 in Templin.",
        "Uckertaler Landgespräche",
        "Gespräch",
        "Uckertaler Landgespräche",
        12,
    ),
    (
        "Die Reihe „Uckertaler Landgespräche“ beginnt am 4. März 2025 in Templin.",
        "Uckertaler Landgespräche",
        "Gespräch",
        "Uckertaler Landgespräche",
        None,
    ),
    (
        "Das 5. Stadtforum „Uckertaler Landgespräche“ beginnt am 4. März 2025 in Templin.",
        "Uckertaler Landgespräche",
        "Stadtforum",
        "Uckertaler Landgespräche",
        5,
    ),
]


@pytest.fixture(scope="module")
def events() -> Extractor:
    return configured(
        event_types=[{"name": "Gurkenwiegen"}, {"name": "Dorfsalon", "type": "Gesprächsabend"}],
        series=[{"name": "Uckertaler Landgespräche", "aliases": ["Landgespräch"], "event_type": "Gespräch"}],
    )


@pytest.mark.parametrize(("text", "name", "event_type", "series", "ordinal"), EVENTS)
def test_event_nouns_and_series(
    events: Extractor, text: str, name: str, event_type: str, series: str | None, ordinal: int | None
) -> None:
    event = events.extract(text).main_event
    assert event is not None
    assert (event.name, event.event_type, event.series, event.ordinal) == (name, event_type, series, ordinal)
    assert event.when is not None
    assert event.when.start == "2025-03-04"
    assert any(proof.rule.startswith("event.configured") for proof in event.evidence if proof.field == "name")


def test_several_events_of_a_kind_are_no_event(events: Extractor) -> None:
    report = events.extract("Seit 2019 gab es in der Region mehrere Dorfsalons. Dorfsalons sind beliebt.")
    assert report.main_event is None


def test_a_date_in_a_name_is_no_date() -> None:
    known = configured(organisations=[{"name": "Initiative 18. März"}])
    event = known.extract("Die Initiative 18. März lädt am 4. Mai 2025 zur Tagung nach Templin ein.").main_event
    assert event is not None
    assert event.when is not None
    assert event.when.start == "2025-05-04"


def test_an_event_noun_in_another_name_is_no_event() -> None:
    known = configured(venues=[{"name": "Forum Werkstatt Süd", "city": "Templin"}])
    event = known.extract("Die Tagung findet am 4. März 2025 im Forum Werkstatt Süd statt.").main_event
    assert event is not None
    assert event.where is not None
    assert (event.event_type, event.where.venue) == ("Tagung", "Forum Werkstatt Süd")


# --- persons and topics ------------------------------------------------------------------------


def test_person_has_what_the_file_knows_where_the_text_is_silent(knowing: Extractor) -> None:
    (person,) = knowing.extract(f"{REPORT}Frau Feldmark dankte.").persons
    assert (person.name, person.title, person.function) == ("Runa Feldmark", "Dr.", "Leiterin")
    assert person.organisation == "Netzwerk Ländlicher Raum Uckertal"
    assert person.mentions[0].rule == "person.configured"
    assert len(person.mentions) == 2


def test_person_has_what_the_text_says_first() -> None:
    known = configured(persons=[{"name": "Unda Krähe", "function": "Leiterin", "title": "Dr."}])
    text = "Bürgermeisterin Prof. Unda Krähe eröffnete am 4. März 2025 die Tagung in Templin."
    (person,) = known.extract(text).persons
    assert (person.name, person.title, person.function) == ("Unda Krähe", "Prof.", "Bürgermeisterin")


TOPICS = "Die Wiedervernässung kam voran. Dann sprachen alle über künstliche Intelligenz, später über KI im Amt.\n"


def test_topics_have_name_and_concept_of_the_vocabulary(knowing: Extractor) -> None:
    topics = {topic.name: topic for topic in knowing.extract(REPORT + TOPICS * 3).topics}
    assert topics["Moorschutz"].concept == "https://themen.example/natur/moorschutz"
    assert topics["Künstliche Intelligenz"].concept == "https://themen.example/digital/ki"
    assert {m.quote for m in topics["Künstliche Intelligenz"].mentions} == {"künstliche Intelligenz", "KI"}
    assert "Wiedervernässung" not in topics
    others = [topic for name, topic in topics.items() if name not in ("Moorschutz", "Künstliche Intelligenz")]
    assert all(topic.concept is None for topic in others)


def test_topics_may_only_be_linked() -> None:
    data = [
        {"name": "Gäste", "concept": "urn:x:1", "find": "topics"},
        {"name": "Ortskern", "aliases": ["Ortskerne beleben"], "concept": "urn:x:2", "find": "topics"},
    ]
    text = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne beleben“ statt. Viele Gäste kamen."
    (topic,) = configured(topics=data).extract(text).topics
    assert (topic.name, topic.concept, topic.mentions[0].rule) == ("Ortskern", "urn:x:2", "topic.configured")


def test_topic_of_the_user_is_not_taken_for_a_longer_word() -> None:
    known = configured(topics=[{"name": "Energie", "concept": "urn:x:1"}])
    text = "Am 4. März 2025 ging es in Templin bei der Tagung um Energie. Es ging auch um die Energiewende."
    topics = {topic.name: topic.concept for topic in known.extract(text).topics}
    assert topics == {"Energie": "urn:x:1", "Energiewende": None}


# --- ways in -----------------------------------------------------------------------------------


def test_a_path_and_what_it_holds_give_the_same_record(knowing: Extractor) -> None:
    record = knowing.extract(REPORT).to_json()
    assert Extractor(config=str(SAMPLE)).extract(REPORT).to_json() == record
    assert Extractor(config=Configuration.load(SAMPLE)).extract(REPORT).to_json() == record
    validated_json(knowing.extract(REPORT))


def test_an_empty_configuration_changes_nothing(extractor: Extractor, samples: list[Path]) -> None:
    empty = Extractor(config=Configuration())
    for path in samples:
        assert empty.extract_file(path) == extractor.extract_file(path)


def test_extractors_do_not_share_what_they_know(knowing: Extractor, extractor: Extractor) -> None:
    before = extractor.extract(REPORT)
    knowing.extract(REPORT)
    assert extractor.extract(REPORT) == before
    assert not any("configured" in rule for rule in rules_of(before))
    assert any("configured" in rule for rule in rules_of(knowing.extract(REPORT)))


def test_names_stay_known_when_the_vocabulary_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Extractor(config=SAMPLE)
    first = own.extract(REPORT)
    monkeypatch.setattr("extractor.pipeline.MAX_STRINGS", 1)
    assert own.extract(REPORT) == first


def test_what_the_user_knows_beats_the_model() -> None:
    text = "Am 4. März 2025 fand die Tagung statt. Es sprach Ambros Wiesengrund. Die Adelphi kam nach Templin."
    data = {"venues": [{"name": "Ambros Wiesengrund", "city": "Templin"}], "topics": [{"name": "Adelphi"}]}
    report = Extractor(ner="full", config=Configuration.model_validate(data)).extract(text)
    assert "Ambros Wiesengrund" not in {person.name for person in report.persons}
    assert "Ambros Wiesengrund" in {place.name for place in report.places}


def _record(extractor: Callable[[], Extractor] | Extractor, text: str) -> str:
    return (extractor if isinstance(extractor, Extractor) else extractor()).extract(text).to_json()


@pytest.mark.timeout(300)  # a process that imports everything anew
def test_extractor_goes_into_spawned_processes(knowing: Extractor) -> None:
    expected = knowing.extract(REPORT).to_json()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(_record, knowing, REPORT).result() == expected
        by_path = partial(Extractor, config=knowing.config.path if knowing.config else None)
        assert pool.submit(_record, by_path, REPORT).result() == expected


def test_pickled_extractor_keeps_its_arguments() -> None:
    again = pickle.loads(pickle.dumps(Extractor(reference_date="2025-03-04", config=SAMPLE)))  # noqa: S301 -- our own bytes
    assert (again.reference_date, again.ner, again.config) == ("2025-03-04", "none", Configuration.load(SAMPLE))


def test_component_in_a_pipeline_of_ones_own(tmp_path: Path) -> None:
    nlp: Language = spacy.blank("de")
    nlp.add_pipe("german_configured_names", config={"path": str(SAMPLE)})
    nlp.add_pipe("german_organisations")
    nlp.to_disk(tmp_path / "pipeline")
    for pipeline in (nlp, spacy.load(tmp_path / "pipeline"), pickle.loads(pickle.dumps(nlp))):  # noqa: S301 -- our own
        doc = pipeline("Das NLRU lädt ein.")
        (span,) = doc.spans["organisations"]
        assert span._.organisations["name"] == "Netzwerk Ländlicher Raum Uckertal"


def test_bad_file_is_an_error_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[[venues]]\nnam = 'x'\n", "utf-8")
    with pytest.raises(BadConfiguration):
        Extractor(config=path)


# --- the command line --------------------------------------------------------------------------


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


def test_extract_with_a_configuration(report_file: Path, knowing: Extractor) -> None:
    result = runner.invoke(app, ["extract", str(report_file), "--config", str(SAMPLE)])
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout) == json.loads(knowing.extract_file(report_file).to_json())


def test_explain_with_a_configuration(report_file: Path) -> None:
    result = runner.invoke(app, ["explain", str(report_file), "--config", str(SAMPLE)])
    assert result.exit_code == 0, result.stderr
    assert "venue.configured" in result.stdout


def test_evaluate_with_a_configuration(report_file: Path) -> None:
    gold = {"id": "report", "main_event": {"city": "Templin", "venue": "Kranwerk 7"}}
    (report_file.parent / "gold.jsonl").write_text(json.dumps(gold) + "\n", "utf-8")
    counts = []
    for options in ([], ["--config", str(SAMPLE)]):
        result = runner.invoke(app, ["evaluate", str(report_file.parent), "--json", *options])
        assert result.exit_code == 0, result.stderr
        counts.append(json.loads(result.stdout)["fields"]["main.city"]["f1"])
    assert counts == [0.0, 1.0]


@pytest.mark.parametrize("command", ["extract", "explain", "evaluate"])
def test_bad_configuration_ends_a_command(command: str, report_file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[[venues]]\nname = 'Kranwerk'\ntown = 'Templin'\n", "utf-8")
    (tmp_path / "gold.jsonl").write_text('{"id": "report"}\n', "utf-8")
    path = tmp_path if command == "evaluate" else report_file
    result = runner.invoke(app, [command, str(path), "--config", str(bad)])
    assert result.exit_code == 2
    assert result.stdout == ""
    known = "name, aliases, city, address"
    assert result.stderr == f"error: {bad}:3: venues.town: unknown key; known are {known} [bad-configuration]\n"


def test_check_tells_what_a_file_holds() -> None:
    result = runner.invoke(app, ["config", "check", str(SAMPLE)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [
        ["organisations", "2"],
        ["venues", "2"],
        ["event_types", "2"],
        ["series", "1"],
        ["persons", "1"],
        ["topics", "4"],
    ]


def test_check_tells_all_that_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[[venues]]\nname = 'Kranwerk'\ntown = 'Templin'\n\n[[topics]]\n", "utf-8")
    result = runner.invoke(app, ["config", "check", str(bad)])
    assert result.exit_code == 2
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [f"{bad}:3", f"{bad}:5"]


HINTS = [
    ("[[organisations]]\nname = 'Essen'", 2, "'Essen' is also the name of a town; every use of it counts"),
    (
        "[[organisations]]\nname = 'Netz Nord'\nacronym = 'Anna'",
        2,
        "'Anna' is also a first name; every use of it counts",
    ),
    ("[[venues]]\nname = 'Werkstatt'", 2, "'Werkstatt' is also a common noun; every use of it counts"),
    ("[[venues]]\nname = 'Kranwerk 7'\ncity = 'Uckertal'", 3, "no table of municipalities has the town 'Uckertal'"),
]


@pytest.mark.parametrize(("text", "line", "hint"), HINTS)
def test_check_warns_of_names_that_mean_something_else(tmp_path: Path, text: str, line: int, hint: str) -> None:
    path = tmp_path / "extractor.toml"
    path.write_text(text, "utf-8")
    result = runner.invoke(app, ["config", "check", str(path)])
    assert result.exit_code == 0
    assert result.stderr == f"warning: {path}:{line}: {hint}\n"


def test_a_batch_is_extracted_with_a_configuration(tmp_path: Path, knowing: Extractor) -> None:
    paths = []
    for number in range(3):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(REPORT, "utf-8")
    results = list(knowing.extract_many([*paths, tmp_path / "missing.txt"]))
    assert [isinstance(result, ErrorRecord) for result in results] == [False, False, False, True]
    places = [result.main_event.where for result in results if isinstance(result, Report) and result.main_event]
    assert [where.city for where in places if where] == ["Templin"] * 3
