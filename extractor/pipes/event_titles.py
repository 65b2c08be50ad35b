"""What stands after an event noun: its title, quoted, after a colon, as apposition or as a topic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.pipes.event_heads import event_word, lexicon, title_case
from extractor.pipes.people import is_people_noun

_LONGEST_TITLE, _LONGEST_HEADING = 140, 160
_QUOTES = {
    "„": '“”"',
    "“": "”",
    "”": "”",
    "»": "«",
    "«": "»",
    '"': '"',
    "‚": "‘’",
    "‘": "’‘",
    "›": "‹",
    "‹": "›",
    "'": "'",
    ",,": '"“”',
}
"""Opening quotation marks and those that may close them, German, Swiss and English style."""
_OPENING = r"(?:,,|[„“”»«\"‚‘›‹'])"
_YEAR = r"(?:19|20)\d\d"
_TRAILING_YEAR = re.compile(rf"[ ,]+{_YEAR}(?:/\d\d(?:\d\d)?)?$")
_YEAR_GAP = re.compile(rf" {_YEAR}\b(?! ?[-–/]? ?\d)")
_NUMBER_GAP = re.compile(r" \d{1,2}(?=:)")
_CAPITAL_WORD = re.compile(r" ([A-ZÄÖÜ][\w’'./+&-]*|\d[\w-]*[A-Za-z][\w-]*)")
_CONNECTOR = re.compile(r" (und|&|\+)(?= [A-ZÄÖÜ])")
_HEADING_CONNECTOR = re.compile(r" (und|&|\+|der|des|für|im|trifft|statt|ohne|mit)(?= [A-ZÄÖÜ])")
_MOST_WORDS = 6
_COLON_TITLE = re.compile(r": ?(?=[A-ZÄÖÜ0-9])([^\n|;]{3,140}?)(?=[.!?]? ?(?:[|;\n]|$| [–—•·] | \(|\t))")
_DATE_LIKE = re.compile(
    r"(?:\d{1,2}\.|\d{1,2}[:.]\d\d|\d+ Uhr|(?:Mo|Di|Mi|Do|Fr|Sa|So)[.,]"
    r"|(?:Anfang|Mitte|Ende|KW|Am|Im|Ab|Um|Von|Vom|Bis|Schon|Bereits|Noch) |\w{2,8}(?:tag|abend|woch)s?\b[ ,])"
)
_NO_TITLE = re.compile(r"\d{1,2}[.:]\d\d\b|\bUhr\b|[.!?] |\d\. ")
_ADJECTIVE = r"[a-zäöüß][\wäöüß-]{2,30}(?:e|en|er|em|es)"
_NOUN_PHRASE = re.compile(
    r"(?: (?:der|die|das|dem|den|einer|einem|eine|ein|unserer|unserem|ihrer|ihrem))?"
    rf"(?: {_ADJECTIVE}){{0,2}}( [A-ZÄÖÜ][\wäöüß’'-]*)"
    rf"(?:,? (?:und|sowie|&)(?: {_ADJECTIVE})? [A-ZÄÖÜ][\wäöüß-]+| [A-ZÄÖÜ][\wäöüß-]+){{0,2}}"
)
_GENITIVE = re.compile(r" (?:des|der|eines|einer)(?: [a-zäöüß][\wäöüß-]{2,}(?:en|er)){0,2} [A-ZÄÖÜ][\wäöüß-]+")
_COMPLEMENT = re.compile(
    r" (der|des)((?: (?:[a-zäöüß-]{3,30}(?:en|er)|[A-ZÄÖÜ][a-zäöüß]{2,30}en)){0,2}) ([A-ZÄÖÜ][\wäöüß-]+)"
    r"(?: (?:und|&) (?:der |des )?([A-ZÄÖÜ][\wäöüß-]+))?"
)
_CAPITALS_COMPLEMENT = re.compile(
    r" (DER|DES)((?: [A-ZÄÖÜ-]{0,20}(?:ISCH|LICH|IG|END|OFFEN|LANG|KLEIN|GRO(?:SS|ẞ)|JUNG|NEU|ALT|BUNT|FREI|DEUTSCH"
    r"|NAL)EN){0,2}) ([A-ZÄÖÜ][A-ZÄÖÜẞ-]{2,40})\b(?: (?:UND|&) (?:DER |DES )?([A-ZÄÖÜ][A-ZÄÖÜẞ-]{2,40})\b)?"
)

Kind = Literal["quoted", "colon", "topic", "apposition"]


class Title(NamedTuple):
    """A title: as it reads, how it completes the name, where the mention then ends, and how it was given."""

    text: str
    in_name: str
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a mention stands: at the start of a heading or item, after a definite article, in capitals."""

    at_line_start: bool
    definite: bool
    shouted: bool


@lru_cache(maxsize=1)
def _connectors() -> re.Pattern[str]:
    """What may stand between a noun and its quoted title, up to the opening mark."""
    words = "|".join(sorted(lexicon().context.title_connectors, key=len, reverse=True))
    return re.compile(rf"(?: (?:{words})|,? mit dem Titel|,? Titel|:| ?[–-]|,| Thema)?:? ?\(?(?={_OPENING})")


@lru_cache(maxsize=1)
def _topic_preposition() -> re.Pattern[str]:
    words = "|".join(sorted(lexicon().context.topic_prepositions, key=len, reverse=True))
    return re.compile(rf" ({words})(?: dem)?( Thema| Themen)?(?= )")


@lru_cache(maxsize=1)
def _speech() -> re.Pattern[str]:
    return re.compile(rf",? (?:{'|'.join(lexicon().context.speech_verbs)})\b")


def title_after(text: str, end: int, setting: Setting) -> Title | None:
    """Find the title of the event noun that ends at ``end``."""
    if text[end : end + 1] not in (" ", ":", ",", "\n"):
        return None
    gap = _YEAR_GAP.match(text, end)
    after = gap.end() if gap else end
    return (
        _quoted(text, after)
        or (_colon(text, after) if setting.at_line_start else None)
        or (_topic(text, after) if gap is None else None)
        or (_apposition(text, after, setting) if gap is None else None)
    )


def _quoted(text: str, end: int) -> Title | None:
    gap = _connectors().match(text, end)
    if gap is None and text.startswith("\n", end):
        return _next_line(text, end + 1)
    if gap is None:
        return None
    quoted = quotation_at(text, gap.end())
    if quoted is None or (":" in gap[0] and _speech().match(text, quoted.end)):
        return None
    return quoted


def _next_line(text: str, start: int) -> Title | None:
    """A line that begins with the quoted title, right below a line that ends with the noun."""
    return quotation_at(text, start)


def quotation_at(text: str, start: int) -> Title | None:
    """Read the quotation that opens at ``start``, within its line."""
    opening = ",," if text.startswith(",,", start) else text[start : start + 1]
    closing = _QUOTES.get(opening)
    if not closing:
        return None
    begin = start + len(opening)
    for position in range(begin, min(begin + _LONGEST_TITLE, len(text))):
        character = text[position]
        if character == "\n":
            return None
        if character in closing and not (character in "'’‘" and text[position + 1 : position + 2].isalnum()):
            title = text[begin:position].strip(" ,;")
            return Title(title, title, position + 1, "quoted") if any(map(str.isalpha, title)) else None
    return None


def quotation_before(text: str, end: int) -> tuple[str, int] | None:
    """Read the quotation that closes right before ``end``, a hyphen between: its text and start."""
    if text[end - 1 : end] != "-" or end < 3:
        return None
    closing = text[end - 2]
    openings = [mark for mark, closings in _QUOTES.items() if closing in closings and mark != closing]
    left = max(end - _LONGEST_TITLE, 0)
    stretch = text[left : end - 2].rpartition("\n")[2]
    start = max(
        (stretch.rfind(mark) for mark in [*openings, closing] if closing in "\"'”" or mark != closing), default=-1
    )
    if start < 0:
        return None
    title = stretch[start + 1 :].strip()
    return (title, end - 2 - len(stretch) + start) if title else None


def _colon(text: str, end: int) -> Title | None:
    """Read "Workshop: Datenschutz im Verein", at the start of a line, an item or a cell."""
    gap = _NUMBER_GAP.match(text, end)
    match = _COLON_TITLE.match(text, gap.end() if gap else end)
    if match is None or _DATE_LIKE.match(match[1]) or _NO_TITLE.search(match[1]):
        return None
    title = match[1].strip(" .,–-")
    if title.split(" ", 1)[0].rstrip(".:,") in lexicon().context.forms_of_address:
        return None
    return Title(title, title, match.start(1) + len(match[1].rstrip(" .,–-")), "colon")


def _topic(text: str, end: int) -> Title | None:
    """Read "Tagung zum Hochwasserschutz", "Infoabend über Wärmepumpen": the noun phrase after the preposition."""
    preposition = _topic_preposition().match(text, end)
    if preposition is None:
        return None
    phrase = _NOUN_PHRASE.match(text, preposition.end())
    if phrase is None or phrase[1].strip() in lexicon().context.no_topics or event_word(phrase[1].strip()):
        return None
    stop = phrase.end()
    if genitive := _GENITIVE.match(text, stop):
        stop = genitive.end()
    topic = text[preposition.end() + 1 : stop]
    return Title(topic, text[end + 1 : stop], stop, "topic")


def _apposition(text: str, end: int, setting: Setting) -> Title | None:
    """Read "Feldtag Körnerleguminosen", "auf dem Fachtag Inklusion": capitalised words right after the noun."""
    if setting.shouted or not (setting.at_line_start or setting.definite):
        return None
    connector = _HEADING_CONNECTOR if setting.at_line_start else _CONNECTOR
    position, words = end, 0
    while words < _MOST_WORDS:
        join = connector.match(text, position) if words else None
        word = _CAPITAL_WORD.match(text, join.end() if join else position)
        if word is None or (words == 0 and not _begins_title(word[1])) or _breaks_title(word[1]):
            break
        position, words = word.end(), words + 1
        if text[position - 1] in ".":
            position -= 1
            break
    if not words:
        return None
    title = _TRAILING_YEAR.sub("", text[end + 1 : position].rstrip("-/&+"))
    return Title(title, title, end + 1 + len(title), "apposition")


def _begins_title(word: str) -> bool:
    bare = word.rstrip(".,")
    return len(bare) > 1 and bare not in lexicon().context.no_titles and not is_people_noun(bare)


def _breaks_title(word: str) -> bool:
    return re.fullmatch(_YEAR, word) is not None or word.rstrip(".") in lexicon().context.no_titles


def complement_after(text: str, end: int, nouns: frozenset[str]) -> tuple[str, int] | None:
    """Read "der offenen Tür" after "Tag": the words and their end; None where they make no name.

    ``nouns`` are those that make one; any other noun does where none are given.
    """
    match = _COMPLEMENT.match(text, end)
    capitals = match is None or match[3].isupper()
    if capitals and (shouted := _CAPITALS_COMPLEMENT.match(text, end)):
        match = shouted
    if match is None:
        return None
    noun, words = match[3], match[0]
    if capitals and words.isupper():
        noun, words = title_case(noun), _capitals_spelled(match)
    if nouns and noun not in nouns:
        return None
    if noun in lexicon().context.complements_without_name or (not match[2] and event_word(noun) is not None):
        return None
    return words, match.end()


def _capitals_spelled(match: re.Match[str]) -> str:
    """Spell a complement in capitals as usual: only its nouns are capitalised."""
    small = set(match[2].split()) | {"DER", "DES", "UND"}
    return " " + " ".join(word.lower() if word in small else title_case(word) for word in match[0].split())
