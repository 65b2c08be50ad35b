"""Spellings of a municipality's name: the official one, and the others that texts use.

A *surface* is the words of a spelling joined by blanks, with brackets, slashes and full stops left
out: "Frankfurt (Oder)", "Frankfurt/Oder" and "Frankfurt / Oder" are all ``Frankfurt Oder``.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

RULES = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
_EXPANSIONS = [(re.compile(pattern), full) for pattern, full in RULES["expansions"].items()]
_PREPOSITIONS = (
    "an der|an dem|am|auf der|auf dem|im|in der|in den|in|bei der|bei|ob der|ob|vor der|unter|unterm|zum|zur"
)
_QUALIFIED = re.compile(
    rf"(?P<base>.+?)(?: \((?P<bracket>[^()]+)\)|/(?P<slash>.+)| (?P<preposition>{_PREPOSITIONS}) (?P<rest>.+))$"
)
_SHORT = {"an der": ["a d"], "am": ["a"], "im": ["i"], "in": ["i"], "bei": ["b"], "in der": ["i d"], "vor der": ["v d"]}
_TITLE_NAMES = tuple(RULES["titles_in_names"])


def official(entry: str, state: str) -> str | None:
    """The name without title, abbreviations written out: "Neustadt b.Coburg, GKSt" -> "Neustadt bei Coburg".

    ``None`` for an entry that is no municipality (forests, waters). ``state`` is the two-digit key.
    """
    if re.search(r"gemfr|gemeindefrei|Forst[a-z]*bez|Hoheitsgebiet|Küstengewässer|[Gg]utsbezirk", entry):
        return None
    name, _, title = entry.partition(",")
    name = _without_sorbian(name, state)
    name = re.sub(r"\s*/\s*", "/", name)
    name = re.sub(r"(?<=[a-z])\.(?=[A-Za-zÄÖÜ])", ". ", name)
    for pattern, full in _EXPANSIONS:
        name = pattern.sub(full, name)
    name = re.sub(r"\s+", " ", name).strip()
    name = re.sub(r"^(\w+) \(\1\)$", r"\1", name)
    if title.strip() in _TITLE_NAMES:
        name = f"{title.strip()} {name}"
    return name


def _without_sorbian(name: str, state: str) -> str:
    """Return "Calau" for "Calau/Kalawa", but "Mühlberg/Elbe" stays: the Lusatian towns have two names."""
    if state not in RULES["bilingual_states"]:
        return name
    if " / " in name:
        name = name.split(" / ")[0]
    base, slash, second = name.partition("/")
    keep = not slash or second.split("/")[0].strip() in RULES["german_additions"]
    return name if keep else base


def surfaces(name: str) -> set[str]:
    """All spellings of an official name that texts use, the short form (its base) included."""
    found = {surface(name)}
    for title in _TITLE_NAMES:
        if name.startswith(f"{title} "):
            found |= surfaces(name.removeprefix(f"{title} "))
    for prefix in ("Sankt ", "St. "):
        if name.startswith(prefix):
            rest = name.removeprefix(prefix)
            found |= {f"{saint} {surface(rest)}" for saint in ("Sankt", "St")}
    qualified = _QUALIFIED.match(name)
    if qualified:
        found |= _qualified_surfaces(qualified)
    if " Sankt " in name:
        found |= {spelling.replace(" Sankt ", " St ") for spelling in found}
    return found


def _qualified_surfaces(match: re.Match[str]) -> set[str]:
    base = surface(match["base"])
    addition = match["bracket"] or match["slash"] or match["rest"]
    preposition = match["preposition"] or RULES["prepositions"].get(addition)
    found = {base} if match["slash"] is None or addition in RULES["prepositions"] else set()
    for spelling in [addition, *RULES["addition_abbreviations"].get(addition, [])]:
        found.add(f"{base} {surface(spelling)}")
        for joint in [preposition, *_SHORT.get(preposition or "", [])]:
            if joint:
                found.add(f"{base} {joint} {surface(spelling)}")
    return found | {f"St {s.removeprefix('Sankt ')}" for s in found if s.startswith("Sankt ")}


def surface(name: str) -> str:
    """The words of a spelling, joined by blanks."""
    return " ".join(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name))
