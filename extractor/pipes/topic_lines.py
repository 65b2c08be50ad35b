"""Topics that a line of its own names: titles, headings, list items, programme rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.document import BlockKind
from extractor.pipes.noun_phrases import enumeration
from extractor.pipes.topic_lexicon import topic_lexicon
from extractor.pipes.topic_names import Candidate, candidate
from extractor.pipes.topic_titles import from_part, parts, titled

_CLOCK = (
    r"\d{1,2}(?:[.:]\d{2})?(?: ?(?:–|-|bis) ?\d{1,2}[.:]\d{2})?(?: ?Uhr| ?h\b)"
    r"|\d{1,2}[.:]\d{2}(?: ?(?:–|-|bis) ?\d{1,2}[.:]\d{2})?(?![\d.])"
)
_MONTH = r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-z]{0,6}\b\.?"
_DATE = (
    rf"(?:(?:Mo|Di|Mi|Do|Fr|Sa|So)(?:[a-z]{{2,8}})?\.?,? )?(?:\d{{1,2}}\. ?(?:–|-|/|bis|und) ?)?"
    rf"\d{{1,2}}\. ?(?:\d{{1,2}}\.|{_MONTH})(?: ?(?:20|19)?\d{{2}}\b)?"
)
_LABEL = (
    r"(?:TOP|Teil|Block|Modul|Workshop|Forum|Fachforum|AG|WS|Session|Tisch|Thementisch|Nr\.|Punkt|Vortrag|Station|Thema"
    r"|Slot|Impuls|Abend|Termin|Arbeitsgruppe) (?:\d{1,2}[a-z]?|[A-Z]|[IVX]{1,4})\b"
)
_ITEM = re.compile(
    rf"(?:[ |]{{0,4}}(?:{_DATE}|AP \d+|{_CLOCK}|{_LABEL}|[-*•–+·▪◦→✓]{{1,3}}|\+\+ \d+ \+\+"
    r"|\(?\d{1,2}(?:\.\d)?[.)]?(?= )|[A-Z](?=[ .)|]{1,3}[A-ZÄÖÜ])[.)]?)[ |:,–-]{0,4}){0,5}"
)
_AGENDA = re.compile(
    rf"[ |]{{0,4}}(?:{_LABEL}|(?:{_CLOCK})[ |:]|\+\+ \d+ \+\+"
    rf"|\d{{1,2}}\.? (?=[A-ZÄÖÜ„»\"])(?!{_MONTH})|[A-Z][ .)|]{1, 3}(?=[A-ZÄÖÜ]))"
)
_DATED = re.compile(rf"[ |#*]{{0,4}}(?:am |vom )?(?:{_DATE}|(?:{_CLOCK}))")
_MARKUP = re.compile(r"[#=*_ ]*")
_SPEAKER = re.compile(r", (?:über|zu[mr]?) (?=\S)")
_NO_TOPIC = re.compile(r"@|www\.|http|€|EUR\b|Euro\b|Tel\b|Telefon\b|IBAN\b|©")
_POSTCODE = re.compile(r"\d(?<![\d.]\d)\d{4} [A-ZÄÖÜ]")
_PERSON = re.compile(r"[ |]*(?:(?:Prof|Dr|Dipl|Mag|Univ|Priv|Ing)\b\.?|Frau |Herrn? )")
_PROSE = re.compile(r"[.!?](?<=[a-zäöüß]{3}[.!?]) [A-ZÄÖÜ]")
_META = re.compile(r"[*'_ ]{0,3}([A-ZÄÖÜ][\w/ -]{1,24}?)[*'_ ]{0,3}[:?](?:[ *'_]|$)")
_SHORT_LABEL = re.compile(r"[A-ZÄÖÜ][\w-]{3,40}(?: [\w-]{1,30}){0,3}(?=[:,])")
_BREADCRUMB = re.compile(r" [>›] [^>›\n]* [>›] |(?:Start|Startseite|Home|Aktuelles) [>›/|] | / [^/\n]* / ")
_DATE_COLON = re.compile(rf"[ #*]{{0,4}}{_DATE}(?:,? {_CLOCK})?: ")
_TITLE_LINES, _MOST_PER_ITEM, _LONGEST_LABEL = 4, 3, 4
_LONGEST_SHORT, _LONGEST_LINE, _LONGEST_ITEM = 90, 200, 300
_SUBJECT = re.compile(r"(?:Betreff|Betr\.?|Subject|Thema|Titel): ")


@lru_cache(maxsize=1)
def _announcement() -> re.Pattern[str]:
    return re.compile(topic_lexicon().lists.announce)


@lru_cache(maxsize=1)
def _announcement_within() -> re.Pattern[str]:
    """The same, to be searched for: without the parts of words that may precede it."""
    return re.compile(topic_lexicon().lists.announce.replace(r"[\w-]*", ""))


def from_lines(text: str, kinds: Sequence[BlockKind]) -> Iterator[Candidate]:
    """Topics of titles, headings and lists."""
    start, titles, section, dated = 0, 0, "body", False
    for kind in kinds:
        end = text.find("\n", start)
        if kind is BlockKind.HEADING:
            agenda = _AGENDA.match(text, start, end)
            section = _section(text, agenda.end() if agenda else start, end)
            if agenda and section == "announced":
                section = "body"
            if section == "body":
                titles += 1
                yield from _heading(text, start, end, titles)
        elif kind is BlockKind.LIST_ITEM or kind is BlockKind.TABLE_ROW:
            if section != "stop":
                sure = section == "announced" or _AGENDA.match(text, start, end)
                yield from _item(text, start, end, 4 if sure else 2)
        elif kind is BlockKind.PARAGRAPH:
            subject = _SUBJECT.match(text, start, end)
            if subject:
                yield from titled(text, subject.end(), end, "topic.title", 4)
            elif dated and end - start < _LONGEST_SHORT:
                yield from _heading(text, start, end, _TITLE_LINES)
            section = _announces(text, start, end)
        titles = max(titles, _TITLE_LINES) if end - start > _LONGEST_LINE else titles
        dated = end - start < _LONGEST_SHORT and _DATED.match(text, start, end) is not None
        start = end + 1


def _is_business(text: str, start: int, end: int) -> bool:
    """Whether a line holds an address, a price or a number to call."""
    return bool(_NO_TOPIC.search(text, start, end) or _POSTCODE.search(text, start, end))


def _announces(text: str, start: int, end: int) -> str:
    """What a paragraph opens: a list of topics where it ends in a colon or a verb of standing."""
    announcement = _announcement_within()
    if text[end - 1 : end] == ":":
        return "announced" if announcement.search(text, max(start, end - 120), end) else "body"
    tail = text[max(start, end - 30) : end]
    return "announced" if tail[-1:].isalpha() and announcement.search(tail) else "body"


def _section(text: str, start: int, end: int) -> str:
    """What a heading opens: "stop", "announced" topics, or "body"."""
    line = text[start:end].strip("#=*_: ")
    words = line.split(" ")
    if len(words) <= _LONGEST_LABEL and words[0].rstrip(":,?!").lower() in topic_lexicon().stop.sections:
        return "stop"
    if len(words) <= _LONGEST_LABEL and _announcement().match(line.capitalize() if line.isupper() else line):
        return "announced"
    return "body"


def _heading(text: str, start: int, end: int, number: int) -> Iterator[Candidate]:
    """The topics of a title or of a section's heading, the ``number``-th of the text."""
    if _AGENDA.match(text, start, end):
        yield from _item(text, start, end, 4)
        return
    if _DATED.match(text, start, end):
        dated = _DATE_COLON.match(text, start, end)
        if dated:
            yield from titled(text, dated.end(), end, "topic.heading", 2.5)
        return
    if end - start > _LONGEST_LINE or _is_business(text, start, end) or _BREADCRUMB.search(text, start, end):
        return
    markup = _MARKUP.match(text, start, end)
    begin = markup.end() if markup else start
    if _PERSON.match(text, begin, end):
        return
    label = _META.match(text, begin, end)
    if label and label[1] in topic_lexicon().stop.labels:
        return
    if number <= _TITLE_LINES:
        yield from titled(text, begin, end, "topic.title", 4.5 - number / 2)
    else:
        yield from titled(text, begin, end, "topic.heading", 1.5)


def _item(text: str, start: int, end: int, weight: float) -> Iterator[Candidate]:
    """The topic of a list item or programme row: its first part that names one."""
    if end - start > _LONGEST_ITEM or _is_business(text, start, end):
        return
    prefix = _ITEM.match(text, start, end)
    begin = prefix.end() if prefix else start
    label = _META.match(text, begin, end)
    if label and label[1] in topic_lexicon().stop.labels:
        return
    if text[begin : begin + 1].islower() and not text[start:begin].strip(" -*•–"):
        weight = min(weight, 3)
    cell = text.find("|", begin, end)
    stop = cell if cell > begin else end
    if _PROSE.search(text, begin, stop):
        named_by = _SHORT_LABEL.match(text, begin, stop)
        if named_by is None:
            return
        stop = named_by.end()
    speaker = _SPEAKER.search(text, begin, stop)
    if speaker:
        phrases = enumeration(text, speaker.end(), stop)
        yield from filter(None, (candidate(text, phrase, "topic.list", weight) for phrase in phrases))
        return
    named = list(parts(text, begin, stop))
    for number, (part_start, part_end) in enumerate(named, 1):
        if _PERSON.match(text, part_start, part_end):
            if number < len(named) and text.startswith(":", part_end):
                continue
            return
        introduces = not topic_lexicon().lists.talks.isdisjoint(text[part_start:part_end].split(" "))
        if introduces and number < len(named):
            continue
        found = list(from_part(text, part_start, part_end, "topic.list", weight))
        yield from found[:_MOST_PER_ITEM]
        if found or not introduces:
            return
