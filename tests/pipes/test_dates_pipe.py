"""``german_dates`` alone in anybody's pipeline: tokenizers, configuration, serialisation, processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.errors import BadReferenceDate
from extractor.pipes.dates import GermanDates, dates_of, find_dates
from extractor.pipes.tokenizer import make_tokenizer
from extractor.pipes.values import Timex

TEXT = "Die Tagung dauert vom 12.-14. Mai 2025. Am 11. Mai, gegen 19 Uhr, wird gefeiert; dann jeden Dienstag."


def pipeline(**config: Any) -> Language:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_dates", config=config)
    return nlp


def values(doc: Doc) -> list[str]:
    return [timex["value"] for timex in dates_of(doc)]


@pytest.mark.parametrize("language", ["de", "en", "xx"])
def test_any_tokenizer_gives_the_same_values(language: str) -> None:
    nlp = spacy.blank(language)
    nlp.add_pipe("german_dates")
    own = spacy.blank("de")
    own.tokenizer = make_tokenizer(own)
    own.add_pipe("german_dates")
    assert dates_of(nlp(TEXT)) == dates_of(own(TEXT))
    assert values(nlp(TEXT)) == ["2025-05-12/2025-05-14", "2025-05-11", "2025-05-11T19:00", "XXXX-WXX-2"]


def test_spans_cover_whole_tokens_and_know_their_values() -> None:
    doc = pipeline()(TEXT)
    for span, timex in zip(doc.spans["dates"], dates_of(doc), strict=True):
        assert span.label_ == "dates"
        assert span.start_char <= timex["start"] < timex["end"] <= span.end_char
        assert span._.dates == timex


def test_values_that_share_a_token_stay_apart() -> None:
    nlp = pipeline(split_ranges=True)
    nlp.tokenizer = spacy.blank("xx").tokenizer
    nlp.tokenizer.infix_finditer = None
    doc = nlp("vom 12./13.5.2025 und dem 17.5.2025")
    first, second, third = doc.spans["dates"]
    assert first.text == second.text == "12./13.5.2025"
    assert [span._.dates["value"] for span in (first, second, third)] == ["2025-05-12", "2025-05-13", "2025-05-17"]
    restored = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [span._.dates["value"] for span in restored.spans["dates"]] == values(doc)


def test_a_span_without_value_has_none() -> None:
    doc = pipeline()(TEXT)
    assert doc[0:2]._.dates is None
    assert doc[:]._.dates == dates_of(doc)[0]


def test_reference_date_is_configured_and_may_be_overridden() -> None:
    nlp = pipeline(reference_date="2025-06-11")
    assert values(nlp("Morgen wird gefeiert.")) == ["2025-06-12"]
    doc = nlp.make_doc("Morgen wird gefeiert.")
    doc._.reference_date = "2024-01-31"
    assert values(nlp(doc)) == ["2024-02-01"]
    assert values(pipeline()("Morgen wird gefeiert.")) == ["FUTURE_REF"]


def test_ranges_are_split_where_asked_for() -> None:
    doc = pipeline(split_ranges=True)(TEXT)
    assert values(doc)[:2] == ["2025-05-12", "2025-05-14"]


@pytest.mark.parametrize("day", ["gestern", "2025-02-30", "04.03.2025", ""])
def test_reference_date_must_be_a_day(day: str) -> None:
    with pytest.raises(BadReferenceDate, match="2025-03-04"):
        pipeline(reference_date=day)


@pytest.mark.parametrize("config", [{"reference_date": 20250304}, {"split_ranges": "sometimes"}, {"splitranges": True}])
def test_configuration_is_checked(config: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(config))):
        pipeline(**config)


def test_pipeline_is_saved_with_its_configuration(tmp_path: Path) -> None:
    nlp = pipeline(reference_date="2025-06-11", split_ranges=True)
    nlp.to_disk(tmp_path / "model")
    restored = spacy.load(tmp_path / "model")
    text = "Gestern, dann vom 12.-14. Juni."
    assert values(restored(text)) == values(nlp(text)) == ["2025-06-10", "2025-06-12", "2025-06-14"]
    again = spacy.blank("de").from_bytes(nlp.to_bytes())
    assert again.pipe_names == []
    config = spacy.util.load_config(tmp_path / "model" / "config.cfg")
    assert config["components"]["german_dates"]["reference_date"] == "2025-06-11"


def test_component_is_pickled() -> None:
    component = pickle.loads(pickle.dumps(GermanDates(reference_date="2025-06-11", split_ranges=True)))  # noqa: S301
    nlp = spacy.blank("de")
    assert values(component(nlp("Gestern, dann vom 12.-14. Juni."))) == ["2025-06-10", "2025-06-12", "2025-06-14"]


def test_pipeline_is_pickled() -> None:
    nlp = pickle.loads(pickle.dumps(pipeline(reference_date="2025-06-11")))  # noqa: S301
    assert values(nlp("gestern")) == ["2025-06-10"]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_share_the_work(method: str, tmp_path: Path) -> None:
    script = tmp_path / "work.py"
    script.write_text(
        "import multiprocessing, sys, spacy\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method(sys.argv[1])\n"
        "    nlp = spacy.blank('de')\n"
        "    nlp.add_pipe('german_dates', config={'reference_date': '2025-06-11'})\n"
        "    docs = nlp.pipe(['gestern', 'am 4. Mai', 'nichts', '12.-14. Mai'], n_process=2, batch_size=1)\n"
        "    print([[span._.dates['value'] for span in doc.spans['dates']] for doc in docs])\n"
    )
    done = subprocess.run([sys.executable, script, method], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[['2025-06-10'], ['2025-05-04'], [], ['2025-05-12/2025-05-14']]"


def test_entry_point_suffices() -> None:
    code = (
        "import sys, spacy\n"
        "assert not any(name.startswith('extractor') for name in sys.modules)\n"
        "nlp = spacy.blank('de'); nlp.add_pipe('german_dates')\n"
        "doc = nlp('am 4. März 2025'); print(doc.spans['dates'][0]._.dates['value'])\n"
        "print(any(name.startswith(('extractor.pipeline', 'extractor.assembly')) for name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2025-03-04", "False"]


def test_works_beside_other_components() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("german_dates", name="termine", last=True)
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PLACE", "pattern": "Templin"}])
    doc = nlp("Am 4. März 2025 in Templin. Am 5. März in Zehdenick.")
    assert values(doc) == ["2025-03-04", "2025-03-05"]
    assert [entity.text for entity in doc.ents] == ["Templin"]
    assert nlp.analyze_pipes()["summary"]["termine"]["assigns"] == ["doc.spans", "doc._.date_line"]


def test_doc_survives_bytes_and_spans_their_getters() -> None:
    doc = pipeline()(TEXT)
    restored = Doc(spacy.blank("de").vocab).from_bytes(doc.to_bytes())
    assert dates_of(restored) == dates_of(doc)
    assert [span._.dates for span in restored.spans["dates"]] == dates_of(doc)
    assert Span.has_extension("dates")


# --- what a value holds ------------------------------------------------------------------------

HINTS = get_type_hints(Timex)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Anfang Juni 2025", {"mod": "START", "approximate": False, "inferred": [], "inferred_from": None}),
        ("Mitte der Woche", {"mod": "MID", "inferred": ["year", "week"], "inferred_from": "reference_date"}),
        ("zum Jahresende", {"mod": "END", "inferred": ["year"]}),
        ("Monatsanfang", {"mod": "START", "precision": "month"}),
        ("am Wochenende", {"mod": None}),
        ("etwa drei Wochen", {"mod": "APPROX", "approximate": True, "value": "P3W"}),
        ("ca. 20 Minuten", {"mod": "APPROX", "approximate": True}),
        ("fast zwei Jahre", {"mod": "LESS_THAN", "approximate": False}),
        ("mehr als drei Tage", {"mod": "MORE_THAN", "approximate": False}),
        ("mindestens 90 Minuten", {"mod": "EQUAL_OR_MORE"}),
        ("höchstens zwei Stunden", {"mod": "EQUAL_OR_LESS"}),
        ("drei Wochen", {"mod": None, "quant": None, "freq": None}),
        ("gegen 18 Uhr", {"mod": "APPROX", "approximate": True, "inferred": ["year", "month", "day"]}),
        ("jeden Dienstag", {"quant": "EVERY", "freq": None, "mod": None}),
        ("alle zwei Wochen", {"quant": "EVERY", "freq": None}),
        ("montags", {"quant": "EVERY"}),
        ("zweimal im Jahr", {"quant": None, "freq": "2X", "value": "P1Y"}),
        ("einmal im Monat", {"quant": None, "freq": "1X"}),
        ("4. März 2025", {"inferred": [], "inferred_from": None, "precision": "day"}),
        ("28. Mai", {"inferred": ["year"], "inferred_from": "reference_date"}),
        ("Dienstag, 4. Juni", {"inferred": ["year"], "inferred_from": "weekday", "edtf_start": "2024-06-04"}),
        ("gestern", {"inferred": ["year", "month", "day"], "inferred_from": "reference_date"}),
        ("im letzten Quartal", {"inferred": ["year", "quarter"], "precision": "quarter"}),
        ("Pfingsten", {"inferred": ["year"], "edtf_start": "2025-06-08"}),
        ("12.-14. Mai", {"inferred": ["year"], "mod": None}),
        ("Ende Juni bis Anfang Juli 2025", {"mod": None, "value": "2025-06/2025-07"}),
    ],
)
def test_attributes(phrase: str, expected: dict[str, Any]) -> None:
    (timex,) = find_dates(phrase, "2025-06-11")
    assert {name: timex[name] for name in expected} == expected  # type: ignore[literal-required]


def test_ends_of_a_range_keep_their_own_modifier() -> None:
    first, last = find_dates("Ende Juni bis Anfang Juli 2025", split_ranges=True)
    assert (first["mod"], first["value"]) == ("END", "2025-06")
    assert (last["mod"], last["value"]) == ("START", "2025-07")


def test_the_day_of_a_clock_time_says_where_it_comes_from() -> None:
    found = find_dates("Am 4. März 2025 um 18 Uhr. Um 9 Uhr.")
    assert [(timex["value"], timex["inferred_from"]) for timex in found[1:2]] == [("2025-03-04T18:00", "context")]
    assert find_dates("um 18 Uhr")[0]["inferred"] == []


_PHRASES = (
    """
Anfang Juni 2025|28. Mai|gestern|vor drei Wochen|um 18 Uhr|am Abend|Ostern|Dienstag, 4. Juni|im Herbst|nächstes Jahr
jeden Dienstag|zweimal im Jahr|etwa drei Tage|12.-14. Mai|von 9 bis 17 Uhr|KW 38|am Montag|im letzten Quartal|damals
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*_PHRASES, "kam", "wird", "\n", "seit", "bis"]), max_size=8),
    st.none() | st.dates().map(lambda day: day.isoformat()),
    st.booleans(),
)
def test_values_are_what_their_type_says(parts: list[str], reference: str | None, split: bool) -> None:
    for timex in find_dates(" ".join(parts), reference, split_ranges=split):
        assert timex.keys() == HINTS.keys()
        for name in ("type", "precision"):
            assert timex[name] in get_args(HINTS[name])
        assert bool(timex["inferred"]) == (timex["inferred_from"] is not None)
        assert timex["approximate"] == (timex["mod"] == "APPROX")
        assert (timex["type"] == "SET") == bool(timex["quant"] or timex["freq"])
