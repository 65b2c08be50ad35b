"""Persons of the user's configuration, with what the text says of them."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.pipes.configured import Stretches
from extractor.pipes.person_affiliation import organisation_after
from extractor.pipes.values import Configured, Organisation, Person

RULE = "person.configured"


def with_configured(
    text: str, found: Sequence[Person], names: Sequence[Configured], organisations: Sequence[Organisation]
) -> list[Person]:
    """The user's persons among those that rules found.

    A person whom a rule found in the same words gives title, function and organisation where the text has them; else
    the configuration does.
    """
    persons = without_configured(found, names)
    for name in names:
        start, end = name["start"], name["end"]
        same = next((person for person in found if person["start"] < end and start < person["end"]), None)
        known = name["details"]
        persons.append(
            Person(
                start=min(start, same["start"]) if same else start,
                end=max(end, same["end"]) if same else end,
                rule=RULE,
                name=name["name"],
                title=(same and same["title"]) or known["title"],
                function=(same and same["function"]) or known["function"],
                organisation=organisation_after(text, end, organisations) or known["organisation"],
            )
        )
    return persons


def without_configured(found: Sequence[Person], names: Sequence[Configured]) -> list[Person]:
    """Persons that share nothing with the user's."""
    own = Stretches(names)
    return [person for person in found if not own.touch(person["start"], person["end"])]
