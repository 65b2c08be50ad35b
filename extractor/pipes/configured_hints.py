"""What a careful reader would say of a configuration: names that are common words, towns that no table has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.configuration import Configuration
from extractor.configuration.positions import Positions
from extractor.configuration.problems import Problems, place
from extractor.pipes.names import first_names, is_common_noun, is_town
from extractor.resources.gazetteer import load_gazetteer


def add_hints(configuration: Configuration, path: str | Path, problems: Problems) -> None:
    """Warn of names whose every use counts though most mean something else, and of unknown towns.

    ``path`` is the file that the configuration was read from.
    """
    positions = Positions(Path(path).read_text("utf-8-sig"))
    for kind, number, name in _names(configuration):
        told = _also(name)
        if told is not None:
            source = place(str(path), positions.line((kind, number, "name")))
            problems.warn(source, f"{name!r} is also {told}; every use of it counts")
    for number, venue in enumerate(configuration.venues):
        if venue.city is not None and not any(e.kind == "municipality" for e in load_gazetteer().named(venue.city)):
            source = place(str(path), positions.line(("venues", number, "city")))
            problems.warn(source, f"no table of municipalities has the town {venue.city!r}")


def _names(configuration: Configuration) -> Iterator[tuple[str, int, str]]:
    for kind in ("organisations", "venues", "persons"):
        for number, entry in enumerate(getattr(configuration, kind)):
            yield from ((kind, number, name) for name in entry.names)


def _also(name: str) -> str | None:
    """What else a single word means."""
    if not name.isalpha():
        return None
    if is_town(name):
        return "the name of a town"
    if name in first_names():
        return "a first name"
    return "a common noun" if is_common_noun(name) else None
