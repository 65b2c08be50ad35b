"""The spaCy component ``german_attendance``: numbers of people who came or are expected.

Read are numbers before a noun for people ("rund 80 Teilnehmende"), labelled numbers
("Teilnehmerzahl: 45") and a number with a verb of coming ("118 kamen"). Not read are limits
("höchstens 120"), permanent numbers ("12.000 Menschen leben hier") and ranges ("zwischen 60 und 80",
"60 bis 80"), which give no single number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.clauses import clauses_of
from extractor.pipes.numbers import Quantity, quantity_before
from extractor.pipes.people import PeopleKind, attendance_lexicon, people_noun
from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.values import Attendance
from extractor.pipes.verdicts import Verdicts
from extractor.pipes.words import capitalised_words, occurrences

KEY = "attendances"

_NOUN = re.compile(r"[A-ZÄÖÜ][\w-]{1,60}(?:[:*/(’']-?[iI]nnen\)?)?")
_GENDERED = re.compile(r"nnen(?:(?<=[:*/(’'][iI]nnen)|(?<=[:*/(’']-[iI]nnen))")
_LABELLED = re.compile(
    r"(?:(?: [a-zäöü]{3,12}){0,2}| \([^():\n]{1,40}\))(?::| \|) "
    r"(?:[a-zäöü][\w.]{1,11} ){0,2}(\d(?:[\d.’']{0,10}\d)?)(?![\w.,:/-]?\w)"
)
_LINE_NUMBER = re.compile(r" (\d(?:[\d.’']{0,10}\d)?)(?=\n|$)")
_GENDER = re.compile(r"[:*/(’'_]?-?[iI]n(?:nen)?\)?$")
_TOLD_LABEL = re.compile(
    r"(?: der (?P<whom>[A-ZÄÖÜ][\w*:/-]{3,30}))? (?:lag|liegt|war|ist|betrug|stieg|belief sich|wurde)"
    r"(?: [\wäöü]{2,14}){0,3}?(?: (?:bei|mit|auf))?(?: [a-zäöü]{3,10}\.?){0,2} "
    r"(\d(?:[\d.’']{0,10}\d)?)(?![\w.,:/-]?\w)"
)
_OPENINGS = frozenset({"", "Die", "Alle", "Insgesamt", "Unsere", "Genau"})
_PAST_PLURAL = re.compile(
    r"(?: (?:und|aus|von|im|in|zwischen|der|den|dem|des|bis|vom|\d{1,3}|[A-ZÄÖÜ]\w{1,20})){0,8} "
    r"(?:(?!arbeiten|warten|leisten|bieten|halten|treten|gelten|leiten|streiten)[a-zäöü]{2,16}ten|haben|hatten|waren)\b"
)
_NUMBERS = frozenset({"Zahl", "Anzahl"})
_OF = re.compile(r" (?:der|von(?: den| insgesamt| unseren)?) $")
_ADJECTIVE = re.compile(r"[a-zäöüß][\wäöüß-]+(?:e|en|er|es|em)|und|–|,")
_ADJECTIVE_REACH, _MOST_ADJECTIVES = 60, 3
_SENTENCE_REACH = 240
_WORD = re.compile(r"\w+")
_PART_END = re.compile(r"[,:;] ")
_OPENING_REACH = 12
_AFTER_VERB = re.compile(
    r" (?:[a-zäöü]{2,16}\.? ){0,3}(\d[\d.’']{0,11}(?<!\.)|[a-zäöüß]{3,50})"
    r"(?P<there> (?:da|dabei|anwesend|gekommen|erschienen|vor Ort))?(?=[.!;,)](?:\s|$)|\n|$)"
)
_THERE_IS = frozenset({"Es", "es", "Wir", "wir"})
"""Before "waren", these do not announce people who came unless "da" or the like follows the number."""
_YEAR = range(1900, 2100)
_FEW = 5


_REFLEXIVE = frozenset({"beschäftigt", "beschäftigten"})
"""Words for a standing number of people ("120 Beschäftigte") that mean something else with "sich"."""


def find_attendances(text: str) -> list[Attendance]:
    """Find numbers of people at events in a reading's text; offsets are those of ``text``."""
    found = [*_with_nouns(text), *_with_verbs(text), *_announced(text)]
    found.sort(key=lambda value: (value["start"], -value["end"]))
    kept: list[Attendance] = []
    for value in found:
        if not kept or value["start"] >= kept[-1]["end"]:
            kept.append(value)
    return kept


def _with_nouns(text: str) -> Iterator[Attendance]:
    """Find numbers before nouns for people, and after labels."""
    tells_number = _tells_number()
    for noun, start in _capitalised(text):
        if not tells_number[noun]:
            continue
        end = start + len(noun)
        if _is_label(noun) and (labelled := _labelled(text, noun, start, end)):
            yield labelled
        kind, quantity = people_noun(noun), _quantity(text, start)
        if kind is None or quantity is None:
            continue
        quantity = _share(text, quantity)
        begin = _rounding_start(text, quantity.start)
        if _counts(text, quantity, begin, end, kind):
            yield Attendance(start=begin, end=end, rule=f"attendance.{kind}", count=quantity.value)


def _capitalised(text: str) -> list[tuple[str, int]]:
    """Words in capitals, with their offsets; a gendered ending belongs to its word ("Besucher:innen")."""
    if _GENDERED.search(text):
        return [(match[0], match.start()) for match in _NOUN.finditer(text)]
    return capitalised_words(text)


@lru_cache(maxsize=1)
def _tells_number() -> Verdicts[bool]:
    """Whether a noun may stand with a number of people: it labels one, or is for people."""
    return Verdicts(lambda noun: _is_label(noun) or people_noun(noun) is not None)


def _is_label(noun: str) -> bool:
    """Whether a noun labels a number of people, gendered or not: "Teilnehmer", "Teilnehmer/innen"."""
    return noun in _NUMBERS or _GENDER.sub("", noun) in attendance_lexicon().cues.labels


def _share(text: str, whole: Quantity) -> Quantity:
    """Those who came of all: 14 in "14 von 16 Gemeinderäten"."""
    of = _OF.search(text, max(whole.start - _OPENING_REACH * 2, 0), whole.start)
    part = quantity_before(text, of.start()) if of else None
    return part if part is not None and 1 < part.value <= whole.value else whole


def _labelled(text: str, noun: str, start: int, end: int) -> Attendance | None:
    """Read the number after a label: "Teilnehmerzahl: 45", "die Zahl der Gäste lag bei 80"."""
    number = _LABELLED.match(text, end) if noun not in _NUMBERS else None
    if number is None and (start == 0 or text[start - 1] == "\n"):
        number = _LINE_NUMBER.match(text, end)
    if number is None and noun.lower().endswith("zahl"):
        told = _TOLD_LABEL.match(text, end)
        about = told is not None and told["whom"] is not None and people_noun(told["whom"]) == "audience"
        limited = told and not attendance_lexicon().cues.sizes.isdisjoint(_part_words(text, start, end))
        number = told if (about or noun not in _NUMBERS) and not limited else None
    if number is None or _is_limit(text, number.start(number.lastindex or 0)):
        return None
    if text.startswith(attendance_lexicon().cues.units, number.end() + (text[number.end() : number.end() + 1] == " ")):
        return None
    quantity = quantity_before(text, number.end())
    if quantity is None or quantity.value < 2:
        return None
    return Attendance(start=start, end=number.end(), rule="attendance.label", count=quantity.value)


def _quantity(text: str, noun: int) -> Quantity | None:
    """The number before the noun at ``noun``, adjectives between ("80 engagierte Gäste")."""
    end = noun
    for _ in range(_MOST_ADJECTIVES + 1):
        if text[end - 1 : end] != " ":
            return None
        reach = max(end - _ADJECTIVE_REACH, 0)
        left = max(text.rfind(" ", reach, end - 1), text.rfind("\n", reach, end - 1)) + 1
        part = _part(text[max(left, reach) : end - 1])
        quantity = quantity_before(text, end) if part == "number" else None
        if quantity is not None:
            return quantity if quantity.value > 1 else None
        if left == 0 or part != "adjective":
            return None
        end = left
    return None


@lru_cache(maxsize=4096)
def _part(word: str) -> Literal["number", "adjective"] | None:
    """What a word may be between a number and its noun, that number included."""
    if quantity_before(word, len(word)) is not None or any(map(str.isdigit, word)):
        return "number"
    return "adjective" if _ADJECTIVE.fullmatch(word) else None


def _counts(text: str, quantity: Quantity, begin: int, end: int, kind: PeopleKind) -> bool:
    """Whether the people counted in ``[begin, end)`` are an event's, by what the sentence says of them."""
    cues = attendance_lexicon().cues
    if _is_limit(text, begin) or any(text.startswith(rate, end + 1) for rate in cues.rates):
        return False
    rounded = begin < quantity.start
    if quantity.value in _YEAR and not quantity.in_words and quantity.end - quantity.start == 4 and not rounded:
        return False
    if _is_earlier(text, quantity.start):
        return False
    words = _sentence_words(text, quantity.start, end)
    sized = not cues.sizes.isdisjoint(words) and not cues.sizes.isdisjoint(_part_words(text, begin, end))
    if sized or not cues.standing.isdisjoint(words - _REFLEXIVE if "sich" in words else words):
        return kind == "audience" and not cues.attending.isdisjoint(words - {"gäste"})
    attending = not cues.attending.isdisjoint(words) or any(pair <= words for pair in cues.attending_pairs)
    if kind == "audience":
        return quantity.value >= _FEW or attending
    return quantity.value >= _FEW and (attending or rounded or _acts(text, begin, end))


@lru_cache(maxsize=1)
def _earlier() -> re.Pattern[str]:
    return re.compile(rf"(?<!als im )(?<!wie im )(?<!schon im )(?:{'|'.join(attendance_lexicon().cues.earlier)})")


def _is_earlier(text: str, start: int) -> bool:
    """Whether the sentence begins with an earlier year, the number's: "Im vergangenen Jahr zählten wir 600 Gäste"."""
    left = clauses_of(text).around(start)[0]
    return _earlier().search(text[max(left, start - _SENTENCE_REACH) : start].lower()) is not None


def _acts(text: str, begin: int, end: int) -> bool:
    """Whether a sentence begins with the people and says what they did: "Fünfzehn Jugendliche haben gefilmt"."""
    opens = text[clauses_of(text).around(begin)[0] : begin].strip() in _OPENINGS
    return opens and _PAST_PLURAL.match(text, end) is not None


def _sentence_words(text: str, start: int, end: int) -> set[str]:
    """The words, lower case, of the sentence around ``[start, end)``, without that stretch itself."""
    left, right = clauses_of(text).around(start)
    before, after = text[max(left, start - _SENTENCE_REACH) : start], text[end : min(right, end + _SENTENCE_REACH)]
    return set(_WORD.findall(f"{before} {after}".lower()))


def _part_words(text: str, start: int, end: int) -> set[str]:
    """The words, lower case, of the part of a sentence, between commas or colons, around ``[start, end)``."""
    left, right = clauses_of(text).around(start)
    left, right = max(left, start - _SENTENCE_REACH), min(right, end + _SENTENCE_REACH)
    before, after = _PART_END.split(text[left:start])[-1], _PART_END.split(text[end:right], maxsplit=1)[0]
    return set(_WORD.findall(f"{before} {after}".lower()))


@lru_cache(maxsize=1)
def _limit() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in attendance_lexicon().cues.limits)
    return re.compile(
        rf"(?:(?<!\w)(?:{words}|zwischen \S{{1,12}} und)|(?<!\b(?:19|20)\d)\d ?[-–])[.:]? ?$", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _rounding() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, attendance_lexicon().cues.rounding), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})\.? $", re.IGNORECASE)


def _is_limit(text: str, start: int) -> bool:
    """Whether a limit, a rate or the first part of a range stands before the number."""
    return _limit().search(text, max(start - 24, 0), start) is not None


def _rounding_start(text: str, start: int) -> int:
    """Where the rounding words before the number begin; ``start`` if there are none."""
    left = max(start - 24, 0)
    while match := _rounding().search(text, left, start):
        start = match.start()
    return start


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, attendance_lexicon().cues.verbs))
    return re.compile(rf" (?:{verbs})\b")


def _with_verbs(text: str) -> Iterator[Attendance]:
    """Find a number right before a verb of coming, the people left out: "118 kamen", "Etwa hundert kamen"."""
    for match in _verb().finditer(text):
        quantity = quantity_before(text, match.start())
        if quantity is not None and _stands_alone(quantity) and not _is_limit(text, quantity.start):
            start = _rounding_start(text, quantity.start)
            yield Attendance(start=start, end=match.end(), rule="attendance.verb", count=quantity.value)


@lru_cache(maxsize=1)
def _announcing() -> dict[str, tuple[str, ...]]:
    """The words before a verb that announce a number, by the verb."""
    pairs = [phrase.split() for phrase in attendance_lexicon().cues.announcing]
    return {verb: tuple(opening for opening, other in pairs if other == verb) for verb in sorted({v for _, v in pairs})}


def _announced(text: str) -> Iterator[Attendance]:
    """Find numbers right after a verb of coming, the people left out: "Es kamen 41."."""
    for verb, openings in _announcing().items():
        for blank in occurrences(text, f" {verb} "):
            if not text.endswith(openings, max(blank - _OPENING_REACH, 0), blank):
                continue
            after = blank + 1 + len(verb)
            start = max(text.rfind(mark, max(blank - 40, 0), blank) for mark in " \n") + 1
            number = _AFTER_VERB.match(text, after)
            told = number is not None and (verb != "waren" or number["there"] or text[start:blank] not in _THERE_IS)
            quantity = quantity_before(text, number.end(1)) if number and told else None
            if quantity is None or not _stands_alone(quantity) or _is_limit(text, quantity.start):
                continue
            if text[start:blank] in openings and _rounding_start(text, quantity.start) == after + 1:
                yield Attendance(start=start, end=quantity.end, rule="attendance.verb.before", count=quantity.value)


def _stands_alone(quantity: Quantity) -> bool:
    """Whether a number without a noun may be one of people: neither small nor like a year."""
    return quantity.value >= _FEW and not (quantity.value in _YEAR and quantity.end - quantity.start == 4)


@Language.factory("german_attendance")
def make_german_attendance(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component that fills ``doc.spans["attendances"]``."""
    register(KEY)
    attendance_lexicon()

    def attendance(doc: Doc) -> Doc:
        reading = reading_of(doc)
        for value in (values := find_attendances(reading.text)):
            value["start"], value["end"] = reading.source(value["start"], value["end"])
        set_spans(doc, KEY, values)
        return doc

    return attendance
