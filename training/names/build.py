"""Build the name lists of ``extractor/resources/names``.

    python training/names/build.py GERMEVAL_TRAIN

``GERMEVAL_TRAIN`` is ``train.bioes`` of the GermEval 2014 named entity task. First names come from
the person providers of the ``faker`` package and from the corpus; common nouns from the corpus.
Needs ``faker``; the outcome depends on the two inputs only and is sorted.
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "extractor" / "resources" / "names"
LOCALES = (
    *(
        "de_DE",
        "de_AT",
        "de_CH",
        "de_LI",
        "tr_TR",
        "pl_PL",
        "it_IT",
        "en_GB",
        "en_US",
        "fr_FR",
        "ru_RU",
        "nl_NL",
        "es_ES",
    ),
    *("hr_HR", "cs_CZ", "da_DK", "hu_HU", "ro_RO", "sv_SE", "pt_PT", "sk_SK", "sl_SI"),
)
SURNAME_LOCALES = ("de_DE", "de_AT", "de_CH")
_LATIN = (
    "a",
    "b",
    "v",
    "g",
    "d",
    "e",
    "sch",
    "s",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "ch",
)
_LATIN += ("z", "tsch", "sch", "schtsch", "", "y", "", "e", "ju", "ja")
CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", _LATIN, strict=True)) | {"ё": "jo"}
"""Transcription as in German newspapers (Duden)."""
SHORTEST = 3


@dataclass
class Counts:
    """How often a capitalised word stands in the corpus as what."""

    common: Counter[str] = field(default_factory=Counter)
    person: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)


def sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Sentences as lists of (token, tag)."""
    rows: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            token, tag = line.rsplit(maxsplit=1)
            rows.append((token, tag))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def count(path: Path) -> Counts:
    """Count capitalised words by their tag; words at the start of a sentence or quotation say nothing."""
    counts = Counts()
    for sentence in sentences(path):
        for index, (token, tag) in enumerate(sentence):
            if not token[:1].isupper() or len(token) < 2:
                continue
            before = sentence[index - 1][0] if index else '"'
            initial = not before[-1].isalnum() and before not in ",()/&-"
            if tag == "O":
                counts.common[token] += not initial
            elif tag.endswith("-PER"):
                counts.person[token] += 1
                counts.first[token] += tag == "B-PER"
            else:
                counts.other[token] += 1
    return counts


def romanised(name: str) -> str:
    """A Cyrillic name as German writes it; others unchanged."""
    return (
        "".join(CYRILLIC.get(letter, letter) for letter in name.lower()).capitalize()
        if name[:1].lower() in CYRILLIC
        else name
    )


def from_faker(prefix: str, locales: Iterable[str]) -> set[str]:
    """Names of the providers' attributes that begin with ``prefix``."""
    names: set[str] = set()
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith(prefix) and not callable(getattr(provider, attribute)):
                names.update(romanised(str(name)) for name in getattr(provider, attribute))
    return {name for name in names if name.replace("-", "").isalpha() and name[:1].isupper() and len(name) >= SHORTEST}


def listed(name: str) -> set[str]:
    """Return the words of a hand-written list; a word with "?" was looked at and does not belong to it."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split() if not word.endswith("?")}


def is_first_name(word: str, counts: Counts) -> bool:
    """Whether a word begins persons' names in the corpus more often than it does anything else."""
    times = counts.first[word]
    plain = word.replace("-", "").isalpha() and len(word) >= SHORTEST and not word.isupper()
    return plain and times > 1 and times > counts.common[word] + counts.other[word]


def is_noun(word: str, counts: Counts) -> bool:
    """Whether a word stands in the corpus as a common noun, and hardly ever in a name."""
    times = counts.common[word]
    plain = word.replace("-", "").isalpha() and len(word) >= SHORTEST and not word.isupper()
    return plain and times > 1 and times > 3 * (counts.person[word] + counts.other[word])


def main() -> None:
    """Write ``first_names.txt`` and ``common_nouns.txt``."""
    counts = count(Path(sys.argv[1]))
    surnames = from_faker("last_name", SURNAME_LOCALES)
    names = from_faker("first_name", LOCALES) | listed("more_names.txt")
    names |= {name for name in counts.first if is_first_name(name, counts) and name not in surnames}
    weak = listed("weak_names.txt")
    lines = []
    for name in sorted(names):
        against = counts.common[name] + counts.other[name]
        lines.append(f"{name}?" if name in weak or against > max(1, counts.person[name] // 2) else name)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "first_names.txt").write_text("\n".join(lines) + "\n", "utf-8")
    strong = {line for line in lines if not line.endswith("?")}
    nouns = sorted(noun for noun in counts.common if is_noun(noun, counts) and noun not in strong | surnames)
    (OUT / "common_nouns.txt").write_text("\n".join(nouns) + "\n", "utf-8")
    print(f"{len(lines)} first names ({len(lines) - len(strong)} weak), {len(nouns)} common nouns")


if __name__ == "__main__":
    main()
