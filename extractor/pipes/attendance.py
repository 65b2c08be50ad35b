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

from extractor.pipes.attendance_context import counts, is_limit, part_words, present_adjective, rounding_start
from extractor.pipes.attendance_lexicon import attendance_lexicon
from extractor.pipes.attendance_verbs import announced, expected, with_verbs, without_nouns
from extractor.pipes.numbers import Quantity, quantity_before
from extractor.pipes.people import PeopleKind, people_noun
from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.values import Attendance
from extractor.pipes.verdicts import Verdicts
from extractor.pipes.words import capitalised_words

KEY = "attendances"

_NOUN = re.compile(r"[A-ZÄÖÜ][\w-]{1,60}(?:[:*/(’']-?[iI]nnen\)?)?")
_GENDERED = re.compile(r"nnen(?:(?<=[:*/(’'][iI]nnen)|(?<=[:*/(’']-[iI]nnen))")
_LABELLED = re.compile(
    r"(?:(?: [a-zäöü]{3,12}){0,2}| \([^():\n]{1,40}\))(?::| \|) "
    r"(?:[a-zäöü][\w.]{1,11} ){0,2}(\d(?:[\d.’']{0,10}\d)?)(?![\w.,:/-]?\w)"
)
_LINE_NUMBER = re.compile(r" (\d(?:[\d.’']{0,10}\d)?)(?=\n|$)")
_GENDER = re.compile(r"[:*/(’'_]?-?[iI]n(?:nen)?\)?$")
_OF = re.compile(r" (?:der|von(?: den| insgesamt| unseren)?) $")
_ADJECTIVE = re.compile(r"[a-zäöüß][\wäöüß-]+(?:e|en|er|es|em)|und|–|,")
_ADJECTIVE_REACH, _MOST_ADJECTIVES = 60, 3
_ENUMERATED = re.compile(r", (?P<noun>[A-ZÄÖÜ][a-zäöüß]{3,30}) und [A-ZÄÖÜ]")
_SHARE_REACH = 24


def find_attendances(text: str) -> list[Attendance]:
    """Find numbers of people at events in a reading's text; offsets are those of ``text``."""
    found = [*_with_nouns(text), *with_verbs(text), *announced(text), *expected(text), *without_nouns(text)]
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
        end = start + len(noun)
        if not tells_number[noun] and not (text.startswith(", ", end) and _ENUMERATED.match(text, end)):
            continue
        if _is_label(noun) and (labelled := _labelled(text, noun, start, end)):
            yield labelled
        kind, quantity = people_noun(noun) or _kind_of_list(text, end), _quantity(text, start)
        if kind is None or quantity is None:
            continue
        quantity = _share(text, quantity)
        begin = rounding_start(text, quantity.start)
        if counts(text, quantity, begin, end, kind):
            yield Attendance(start=begin, end=end, rule=f"attendance.{kind}", count=quantity.value)


def _kind_of_list(text: str, end: int) -> PeopleKind | None:
    """What the second of several nouns behind a number is: "62 Hebammen, Ärztinnen und Bürgermeister"."""
    following = _ENUMERATED.match(text, end)
    return people_noun(following["noun"]) if following else None


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
    cues = attendance_lexicon().cues
    return noun in cues.number_nouns or _GENDER.sub("", noun) in cues.labels


def _share(text: str, whole: Quantity) -> Quantity:
    """Those who came of all: 14 in "14 von 16 Gemeinderäten"."""
    of = _OF.search(text, max(whole.start - _SHARE_REACH, 0), whole.start)
    part = quantity_before(text, of.start()) if of else None
    present = of is not None and present_adjective().match(text, whole.end + 1)
    return part if part is not None and not present and 1 < part.value <= whole.value else whole


@lru_cache(maxsize=1)
def _told_label() -> re.Pattern[str]:
    """What a label's verb says of its number: " der Gäste lag bei 80"."""
    return re.compile(
        rf"(?: der (?P<whom>[A-ZÄÖÜ][\w*:/-]{{3,30}}))? (?:{'|'.join(attendance_lexicon().cues.amounting)})"
        r"(?: [\wäöü]{2,14}){0,3}?(?: (?:bei|mit|auf))?(?: [a-zäöü]{3,10}\.?){0,2} "
        r"(\d(?:[\d.’']{0,10}\d)?)(?![\w.,:/-]?\w)"
    )


def _labelled(text: str, noun: str, start: int, end: int) -> Attendance | None:
    """Read the number after a label: "Teilnehmerzahl: 45", "die Zahl der Gäste lag bei 80"."""
    cues = attendance_lexicon().cues
    number = _LABELLED.match(text, end) if noun not in cues.number_nouns else None
    if number is None and (start == 0 or text[start - 1] == "\n"):
        number = _LINE_NUMBER.match(text, end)
    if number is None and noun.lower().endswith("zahl"):
        told = _told_label().match(text, end)
        about = told is not None and told["whom"] is not None and people_noun(told["whom"]) == "audience"
        limited = told and not cues.sizes.isdisjoint(part_words(text, start, end))
        number = told if (about or noun not in cues.number_nouns) and not limited else None
    if number is None or is_limit(text, number.start(number.lastindex or 0)):
        return None
    if text.startswith(cues.units, number.end() + (text[number.end() : number.end() + 1] == " ")):
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
