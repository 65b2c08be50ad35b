"""States, districts and municipalities from the official register of municipalities (GV-ISys)."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from names import RULES, official, surfaces


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the table; ``code`` is an AGS in Germany, else the first-level division."""

    name: str
    kind: str
    country: str
    code: str
    population: int
    latitude: float | None
    longitude: float | None
    postcode: str = ""
    radius: float = field(default=0.0, compare=False)

    def line(self) -> str:
        """The row as it stands in ``places.tsv``."""
        where = [f"{value:.3f}" if value is not None else "" for value in (self.latitude, self.longitude)]
        return "\t".join([self.name, self.kind, self.country, self.code, str(self.population), *where, self.postcode])


def distance(a: Row, b: Row) -> float:
    """Kilometres between two places, on a sphere cut flat; good to a few per cent at this range."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return math.inf
    middle = math.radians((a.latitude + b.latitude) / 2)
    return 111.2 * math.hypot(a.latitude - b.latitude, (a.longitude - b.longitude) * math.cos(middle))


def _number(text: str) -> float | None:
    return float(text.replace(" ", "").replace(",", ".")) if text.strip() else None


def read_register(path: Path) -> list[tuple[Row, set[str]]]:
    """Rows of the register, each with the surfaces that name it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        records = list(csv.DictReader(file))
    found = list(_municipalities(records))
    bare = {spelling for _, spellings in found for spelling in spellings}
    return [*found, *_districts(records, found, bare), *_states(records, found)]


def _municipalities(records: list[dict[str, str]]) -> Iterator[tuple[Row, set[str]]]:
    for record in records:
        if record["satzart"] != "60":
            continue
        name = official(record["gemeindename"], record["land"])
        population = int(record["bevoelkerung"].replace(" ", "") or 0)
        if name is None or not population:
            continue
        code = record["land"] + record["rb"] + record["kreis"] + record["gemeinde"]
        row = Row(
            name,
            "m",
            "DE",
            code,
            population,
            _number(record["breitengrad"]),
            _number(record["laengengrad"]),
            record["postleitzahl"],
            math.sqrt((_number(record["flaeche"]) or 0.0) / math.pi),
        )
        yield row, surfaces(name)


def centre(rows: list[Row]) -> tuple[int, float | None, float | None]:
    """Population and population-weighted centre of some municipalities."""
    placed = [(row.population, row.latitude, row.longitude) for row in rows]
    people = sum(weight for weight, _, _ in placed)
    latitude = sum(weight * (north or 0.0) for weight, north, _ in placed) / people
    longitude = sum(weight * (east or 0.0) for weight, _, east in placed) / people
    return people, latitude, longitude


def _districts(
    records: list[dict[str, str]], found: list[tuple[Row, set[str]]], taken: set[str]
) -> Iterator[tuple[Row, set[str]]]:
    """Rural districts; the bare name ("Nordfriesland") is a region unless a municipality has it."""
    for record in records:
        if record["satzart"] != "40" or record["textkennzeichen"] not in ("43", "44", "45"):
            continue
        code = record["land"] + record["rb"] + record["kreis"]
        centred = centre([row for row, _ in found if row.code.startswith(code)])
        bare = (official(record["gemeindename"], record["land"]) or "").strip()
        whole = "kreis" in bare.lower() or bare.startswith(("Region", "Städteregion"))
        title = "Kreis" if record["textkennzeichen"] == "43" else "Landkreis"
        if record["textkennzeichen"] == "45" and not whole:
            title = "Regionalverband"
        name = bare if whole else f"{title} {bare}"
        spoken = {spelling for base in surfaces(bare) for spelling in (f"Kreis {base}", f"Landkreis {base}")}
        yield Row(name, "d", "DE", code, *centred), spoken | surfaces(name)
        if not whole and not surfaces(bare) & taken:
            yield Row(bare, "r", "DE", code, *centred), {bare}


def _states(records: list[dict[str, str]], found: list[tuple[Row, set[str]]]) -> Iterator[tuple[Row, set[str]]]:
    for record in records:
        if record["satzart"] == "10":
            code, name = record["land"], record["gemeindename"]
            centred = centre([row for row, _ in found if row.code.startswith(code)])
            spellings = {name, f"Land {name}", f"Landes {name}", f"Bundesland {name}"}
            spellings |= set(RULES["state_abbreviations"].get(code, []))
            yield Row(name, "s", "DE", code, *centred), spellings
