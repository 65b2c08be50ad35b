"""The gazetteer: spellings, kinds, size and speed of the table that comes with the package."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pytest

from extractor.resources.gazetteer import Gazetteer, load_gazetteer

TABLES = files("extractor.resources").joinpath("places")


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Senftenberg", "Senftenberg"),
        ("Senftenbergs", "Senftenberg"),
        ("SENFTENBERG", "Senftenberg"),
        ("Frankfurt (Oder)", "Frankfurt (Oder)"),
        ("Frankfurt/Oder", "Frankfurt (Oder)"),
        ("Frankfurt / Oder", "Frankfurt (Oder)"),
        ("FRANKFURT AM MAIN", "Frankfurt am Main"),
        ("Brandenburg a.d. Havel", "Brandenburg an der Havel"),
        ("Muenchen", "München"),
        ("Weißwasser/Oberlausitz", "Weißwasser/Oberlausitz"),
        ("Sankt Goarshausen", "Sankt Goarshausen"),
        ("St. Goarshausen", "Sankt Goarshausen"),
        ("Bozen", "Bozen"),
        ("Bolzano", "Bozen"),
        ("Wrocław", "Breslau"),
        ("Landkreises Stendal", "Landkreis Stendal"),
        ("Regionalverband Saarbrücken", "Regionalverband Saarbrücken"),
    ],
)
def test_spellings(spelling: str, name: str) -> None:
    assert load_gazetteer().named(spelling)[0].name == name


@pytest.mark.parametrize("word", ["Tagung", "Frankfurtt", "Senftenberger", "Oderr"])
def test_unknown_names(word: str) -> None:
    assert load_gazetteer().named(word) == ()


def test_a_name_of_several_towns_gives_all_largest_first() -> None:
    entries = load_gazetteer().named("Neustadt")
    assert len(entries) > 10
    assert [entry.population for entry in entries] == sorted((entry.population for entry in entries), reverse=True)


def test_keys() -> None:
    gazetteer = load_gazetteer()
    town = gazetteer.by_ags("12066304")
    assert town is not None
    assert (town.name, gazetteer.state(town), town.ags) == ("Senftenberg", "Brandenburg", "12066304")
    district = gazetteer.by_ags("12066")
    assert district is not None
    assert district.name == "Landkreis Oberspreewald-Lausitz"
    assert gazetteer.by_ags("99") is None


def test_every_state_has_a_row() -> None:
    gazetteer = load_gazetteer()
    assert len({gazetteer.by_ags(f"{number:02}") for number in range(1, 17)} - {None}) == 16


def test_localities_lie_in_a_municipality() -> None:
    gazetteer = load_gazetteer()
    locality = next(entry for entry in gazetteer.named("Kreuzberg") if entry.population > 1000)
    home = gazetteer.by_ags(locality.code)
    assert locality.kind == "locality"
    assert home is not None
    assert home.name == "Berlin"


def test_distance() -> None:
    gazetteer = load_gazetteer()
    berlin, potsdam = gazetteer.named("Berlin")[0], gazetteer.named("Potsdam")[0]
    assert berlin.distance(potsdam) == pytest.approx(27, abs=5)


def test_two_words_are_not_joined_across_a_full_stop() -> None:
    text = "Frankfurt. Oder"
    match = load_gazetteer().match(text, 0, 9, "Frankfurt")
    assert match is not None
    assert (match.end, match.rest) == (9, "")


def test_tables_are_small() -> None:
    sizes = [len(TABLES.joinpath(name).read_bytes()) for name in ("places.tsv", "names.tsv")]
    assert sum(sizes) < 1_500_000


def test_loading_takes_little_memory() -> None:
    code = """
import tracemalloc
from extractor.resources.gazetteer import load_gazetteer
tracemalloc.start()
gazetteer = load_gazetteer()
assert tracemalloc.get_traced_memory()[0] < 15_000_000, tracemalloc.get_traced_memory()
tracemalloc.stop()
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_table_of_ones_own() -> None:
    places = "Musterstadt\tm\tDE\t99000001\t1234\t50.000\t10.000\t99999\n"
    gazetteer = Gazetteer(places, "Musterstadt\t=0\tWald=0\n")
    assert gazetteer.named("Musterstadt (Wald)")[0].postcode == "99999"
    assert len(gazetteer) == 1


def test_tables_agree() -> None:
    gazetteer = load_gazetteer()
    heads = [line.split("\t") for line in TABLES.joinpath("names.tsv").read_text("utf-8").splitlines()]
    numbers = {
        int(number) for _, *entries in heads for entry in entries for number in entry.rpartition("=")[2].split(",")
    }
    assert numbers <= set(range(len(gazetteer)))
    assert len(numbers) > 0.99 * len(gazetteer)
