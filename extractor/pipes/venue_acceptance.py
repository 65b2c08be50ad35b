"""Whether a phrase is a venue where it stands, and the rule that says so.

A noun for a building is a venue in a venue's position only: after "im" or "in der", after a label
("Ort:"), alone in a line or a cell, before an address. In other positions it is a body that acts
("die Kirche sagt") or a thing that is told of.
"""

from __future__ import annotations

import re

from extractor.pipes.names import first_names
from extractor.pipes.venue_addresses import PlacedText, is_located
from extractor.pipes.venue_names import venue_words
from extractor.pipes.venue_phrases import Phrase
from extractor.pipes.venue_positions import venue_positions

_REST = re.compile(r"[,;)|·\n]|\.(?:\s|$)| \(| [|·–-](?:\s|$)|$| (?:in|bei|an|am|auf) (?:(?:der|dem) )?[A-ZÄÖÜ]")
_PERSON_BEFORE = re.compile(r"[A-ZÄÖÜ][\w.’-]* [A-ZÄÖÜ][\w’-]* \($|»|\"|“ \($")
_AT_TIME = re.compile(
    r"(?: in [A-ZÄÖÜ][\w-]{2,30})?, (?:ab |um |Beginn |von )?\d{1,2}(?:[.:]\d\d)?(?: Uhr| h\b|–| bis )"
)
_MOST_CAPITALS = 3
_MEETING = ("treffpunkt", "treff")
_ARTICLE = re.compile(r"\b([Dd](?:er|ie|as|en)) $")
_GIVEN_TO = re.compile(r"^an (?:die|das|den)\b", re.IGNORECASE)
"""What does not say where: "Der Erlös geht an die Kita"."""
_HOUSE_NUMBER = re.compile(r" \d{1,4}(?: ?[a-h])?(?: ?[–/+-] ?\d{1,4}[a-h]?)?(?=[,;)|\n·]|$| \(|\.?\n)")


def position_of(placed: PlacedText, phrase: Phrase, before: str) -> tuple[str | None, str | None]:
    """The rule that makes a phrase a venue, and the article before it; no rule where it is none.

    ``before`` is what stands before the phrase in its line, as far as it counts.
    """
    patterns = venue_positions()
    if _HOUSE_NUMBER.match(placed.text, phrase.end) or _is_person(phrase) or _is_no_name(phrase):
        return None, None
    if phrase.needs_name and not phrase.named and not _is_definite(placed, phrase, before):
        return None, None
    if before.rfind("„") > max(before.rfind("“"), before.rfind('"')) or before.rfind("»") > before.rfind("«"):
        return None, None
    if patterns.label.search(before):
        return "label", None
    determiner = patterns.determiner.search(before)
    if determiner:
        if determiner["weak"]:
            hosted = phrase.named or phrase.head.endswith(venue_words().host_ends) or patterns.travel.search(before)
            return ("position", determiner["weak"]) if hosted else (None, None)
        if _GIVEN_TO.search(determiner[0]):
            return None, None
        if phrase.head.endswith(venue_words().bodies) and patterns.affiliation.search(before):
            return None, None
        return "position", (determiner["article"] or determiner["contraction"]).lower()
    if _is_told(placed, phrase, before):
        article = _ARTICLE.search(before)
        return "predicate", article[1].lower() if article else None
    if phrase.named and patterns.bare.search(before):
        return "position", None
    return _apart(placed, phrase, before), None


def _is_no_name(phrase: Phrase) -> bool:
    """Whether a phrase is a heading in capitals ("NEUES AUS DEM ARCHIV") or a street ("Treffpunkt Berner Straße")."""
    words = phrase.name.split()
    heading = phrase.name.isupper() and len(words) > _MOST_CAPITALS
    return heading or (phrase.head in _MEETING and words[-1].lower().endswith(venue_words().streets))


def _is_person(phrase: Phrase) -> bool:
    """Whether a first name and a word that ends like a house are a person: "Eva Dahlhaus", not "Anne Frank Haus"."""
    first, _, surname = phrase.name.partition(" ")
    return (
        phrase.head == surname.lower()
        and surname.lower() not in venue_words().whole_heads
        and first_names().get(first, False)
    )


def _is_definite(placed: PlacedText, phrase: Phrase, before: str) -> bool:
    """Whether a mere "Schmiede" is one of its own: "in der alten Schmiede", "in der Schmiede in Wiesenburg"."""
    patterns = venue_positions()
    determiner = patterns.determiner.search(before)
    if determiner is None or determiner["weak"]:
        return False
    in_town = placed.text.startswith(" in ", phrase.end) and phrase.end + 4 in placed.by_start
    return in_town or patterns.lasting.search(determiner[0]) is not None


def _is_told(placed: PlacedText, phrase: Phrase, before: str) -> bool:
    """Whether a sentence says that something takes place there: "Gastgeber war das Kloster"."""
    patterns, end = venue_positions(), phrase.end
    if patterns.predicate.search(before):
        return True
    if patterns.unusable.match(placed.text, end) or (phrase.named and patterns.opens.match(placed.text, end)):
        return phrase.named or not phrase.needs_name
    if patterns.provided.match(placed.text, end):
        return phrase.named or not phrase.needs_name
    if patterns.predicated.match(placed.text, end):
        return phrase.named or not phrase.head.endswith(venue_words().bodies)
    return patterns.filled.search(before) is not None


def _apart(placed: PlacedText, phrase: Phrase, before: str) -> str | None:
    """The rule for a phrase that is set off: a line, a cell, a bracket, a part between commas."""
    if not _REST.match(placed.text, phrase.end) and not is_located(placed.text, phrase.end):
        return None
    opening = before.rstrip(" ")[-1:]
    if phrase.head.endswith(venue_words().bodies) and not is_located(placed.text, phrase.end):
        timed = venue_positions().time.search(before) is not None
        refused = not timed and (phrase.head.endswith(venue_words().learned_bodies) or opening == ",")
        return None if refused else _set_off(placed, phrase, before, opening)
    return _set_off(placed, phrase, before, opening)


def _set_off(placed: PlacedText, phrase: Phrase, before: str, opening: str) -> str | None:
    opened = not before.strip() or opening in ",;:|·–—-(*>•" or venue_positions().time.search(before) is not None
    if is_located(placed.text, phrase.end) and opened:
        return "address"
    if not before.strip(" *>•-·|#"):
        return "line" if phrase.named or not phrase.needs_name else None
    if opening == "," and phrase.start - 2 in placed.by_end:
        return "line"
    if opening == "(" and placed.by_end.get(phrase.start - 2):
        return "bracket"
    if opening == "(" and not _PERSON_BEFORE.search(before):
        bare = phrase.needs_name or phrase.head.endswith(venue_words().bodies)
        return "bracket" if phrase.named or not bare else None
    if opening == ":" and phrase.named:
        return "line"
    if opening == "," and phrase.named and _AT_TIME.match(placed.text, phrase.end):
        return "line"
    if opening in ",|·–—-" and (venue_positions().time.search(before) or opening == "|"):
        return "line"
    return None
