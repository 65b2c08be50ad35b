"""Nouns that no lexicon knows as events but the sentence shows to be one.

What "takes place" is an event, so is what people are invited to and what somebody organises: "Am 3. Mai
findet im Park das Gurkenwiegen statt", "lädt zur Stunksitzung ein", "veranstaltet ein Seifenkistenderby".
The noun is found by grammar (determiner, case, position); ``events.toml`` lists what is never meant.
Rule ids: ``event.frame.subject``, ``event.frame.invited``, ``event.frame.object``,
``event.frame.counted``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal, NamedTuple

from extractor.pipes.clauses import clauses_of
from extractor.pipes.event_heads import Gender, event_word, lexicon
from extractor.pipes.event_modifiers import modifiers_before
from extractor.pipes.event_titles import Setting, title_after
from extractor.pipes.inflection import gender_of
from extractor.pipes.numbers import ordinal
from extractor.pipes.people import is_people_noun
from extractor.pipes.values import EventMention

_REACH = 260
"""How far from its verb, in characters, the noun may stand."""
_DAY = (
    r"(?:\d|Januar|Jänner|Februar|Feber|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Anfang|Mitte"
    r"|Ende|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Frühjahr|Frühling|Sommer|Herbst|Winter"
    r"|nächste|kommende|spätere|unbestimmte)"
)
_MOVED = re.compile(rf"\b(?:auf|um) (?:den |die |einen |eine |das )?{_DAY}")
"""What a date that something is moved to begins with: "auf den 4. Mai", not "in die Halle"."""
_TAKES_PLACE = re.compile(
    r"\b(?:statt(?=[ .,;:!?)])|stattfinde[nt]\b|stattfanden?\b|stattgefunden\b|abgesagt\b|über die Bühne\b|verschoben\b"
    r"|vertagt\b|nachgeholt\b|(?:ersatzlos )?gestrichen\b|ausfallen\b|ausgefallen\b|entfällt\b|entfallen\b|entfiel\b"
    r"|aus(?=[.,;!)])|ins Wasser\b|verlegt\b|gekippt\b|abgeblasen\b|gecancelt\b)"
)
_OPENING_VERB = re.compile(r"(?:Abgesagt|Verschoben|Vertagt|Ausfallen|Entfallen|Gestrichen|Ausgefallen)\b")
"""A verb that opens its sentence, the subject behind it: "Abgesagt ist auch der Kehraus"."""
_JOINED = ("stattfinde", "stattfand", "entfällt", "entfiel")
_NEEDS = {"aus": ("fällt", "fiel"), "ins Wasser": ("fällt", "fiel", "muss", "musste", "ist")}
"""The finite verbs that make a call-off of a particle or a phrase."""
_FINITE = re.compile(
    r"\b(?:findet|fand|finde|hat|haben|hatte|hatten|wird|wurde|soll|sollte|konnte|kann|musste|muss|ist|ging|geht|fällt"
    r"|fiel)(?= )"
)
_INVITES = re.compile(
    r"\b(?:[Ll]ädt|[Ll]aden|[Ll]ud|[Ll]uden|[Ee]ingeladen|[Ee]inzuladen|Einladung|EINLADUNG|[Bb]ittet|[Bb]itten|baten"
    r"|(?:traf|trafen|trifft|treffen|versammelten|versammelte) sich|willkommen|zusammen)\b"
)
_QUOTED = r"[„»\"“«](?P<title>[A-ZÄÖÜ][^“”\"«»\n]{3,60})[“”\"«»]"
_TO = re.compile(
    r"\b[Zz]u(?P<end>m|r| (?:ein|unser|ihr|sein|dies)e[mr])"
    rf" (?P<phrase>(?:[\w.-]+ ){{0,3}}?)(?:(?P<noun>[A-ZÄÖÜ][\w-]{{3,40}})\b|{_QUOTED})"
)
_DESCRIPTION = re.compile(r" (?:über|mit|zu|zum|zur|rund|für|voller|voll|der|des|unter|im Zeichen|[„»\"“])")
"""What makes a part of a day an event that people are invited to: "zu einem Abend mit Liedern"."""
_ORGANISES = re.compile(
    r"\b(?:veranstaltete?n?|organisierte?n?|organisiert|veranstaltet)\b"
    r"(?P<between>(?: (?!eine?n?\b)[^\s.;!?]+){0,9}?)"
    r" (?P<determiner>einen|eine|ein)"
    r" (?P<phrase>(?:[\w.-]+ ){0,3}?)(?P<noun>[A-ZÄÖÜ][\w-]{3,40})\b"
)
_SUBJECT = re.compile(
    r"(?:(?P<before>[\wäöüß.,-]+) )?\b(?P<determiner>[Dd]er|[Dd]ie|[Dd]as|Den|[Ee]ine?|[Uu]nsere?|[Dd]iese[rs]?"
    r"|[Ii]hre?) (?:[^;|\n]{0,90}?\b(?:geplant|vorgesehen|angesetzt|angekündigt|terminiert|anberaumt|gedacht)e[nrs]? )?"
    rf"(?P<phrase>(?:[\w.-]+ ){{0,3}}?)(?:(?P<noun>[A-ZÄÖÜ][\w-]{{3,40}})\b|{_QUOTED})"
)
_ADVERB = re.compile(
    r"(?:Auch|Leider|Somit|Deshalb|Deswegen|Daher|Darum|Doch|Nun|Heuer|Zudem|Ebenso|Ebenfalls|Nur|Abgesagt|Damit|Dann)"
)
"""What may stand before a subject with "der" though it is capitalised: "Auch der Kehraus entfällt"."""
_ADJECTIVES = re.compile(r"(?:(?:\d{1,3}\.|[\w-]{3,30}(?:e|en|er|es|em|te|ten)) ){0,3}")
_PREPOSITION = re.compile(
    r"(?:in|im|am|an|auf|bei|beim|mit|von|vom|vor|für|durch|um|nach|zu|zum|zur|aus|unter|über|neben|hinter|gegen|ohne"
    r"|zwischen|wegen|während|trotz|seit|bis|ab|ins|ans|statt|anstelle|und|oder|sowie)",
    re.IGNORECASE,
)

_NEXT = re.compile(r" ([A-ZÄÖÜ][\w-]{3,40})\b")

_NUMBER = r"(?:\d{1,3}\.|[a-zäöü]{2,24}te[nrs]?)"
_COUNTED = re.compile(
    rf"\b(?:[Dd]as|[Zz]um|[Bb]eim|[Uu]nser|[Ii]hr|[Ee]in|[Ii]m|[Ss]ein) (?P<ordinal>{_NUMBER})"
    r" (?P<phrase>(?:[A-ZÄÖÜ]?[a-zäöüß-]{3,24}(?:es|e|en|er) ){0,2})(?P<noun>[A-ZÄÖÜ][\w-]{2,30}(?:en|ern|eln))\b"
)
"""A verb as a noun that is counted: "das sechste Historische Dreschen"."""
_ROUNDS = re.compile(
    rf"{_QUOTED}[^.;!?\n]{{0,40}}? in (?:die|ihre|seine|der|eine) (?P<ordinal>{_NUMBER})"
    r" (?:Runde|Auflage|Saison|Ausgabe)\b"
)
"""A name in quotation marks whose editions are counted: "„Hafen trifft Hörsaal“ geht in die dritte Runde"."""
_NEXT_QUOTED = re.compile(
    rf"\b(?:(?:[Nn]ächste|[Kk]ommende)[nrsm]?|(?:[Dd]er|[Dd]ie|[Dd]as|[Zz]um|[Bb]eim|[Zz]ur) {_NUMBER}) {_QUOTED}"
)
_FIRST_NOUN = re.compile(r"(?:(?:Der|Die|Das|Ein|Eine) )?((?:[A-ZÄÖÜ][\wäöüß]+(?:e|er|es) )?[A-ZÄÖÜ][\wäöüß-]+)")
_COUNTED_LINE = re.compile(
    r"(?:^|\n)\W{0,3}(?P<ordinal>\d{1,3}\.) (?P<phrase>(?:[A-ZÄÖÜ][\wäöüß-]{2,24}(?:es|e|er) ){0,2})"
    r"(?P<noun>[A-ZÄÖÜ][\wäöüß-]{3,40})"
    r"(?=\s*\n| (?:in|im|am|auf|an|der|des|bei|beim|von|vom|mit|für|zu|zum|zur|und|[„»\"–]))"
    r"(?=[^\n]{0,70}[^.,;:\n] *(?:\n|$))"
)
"""A title that counts what it names: "12. Kürbisspektakel auf dem Gutshof"."""

Frame = Literal["subject", "invited", "object", "counted"]


class _Noun(NamedTuple):
    start: int
    end: int
    gender: Gender
    frame: Frame
    described: bool = False
    quoted: bool = False
    ordinal: int | None = None


def framed_events(text: str, mentions: list[EventMention], list_numbers: frozenset[int]) -> list[EventMention]:
    """The mentions of events that frames show, where ``mentions`` (in text order) has none."""
    starts = [mention["start"] for mention in mentions]
    others = any(not mention["generic"] for mention in mentions)
    found: dict[int, EventMention] = {}
    for noun in (
        _behind_adjective(text, noun)
        for noun in (
            *_subjects(text, starts),
            *_invited(text),
            *_objects(text),
            *_counted(text, list_numbers),
            *_quoted_next(text),
        )
    ):
        index = bisect_left(starts, noun.end)
        if index and mentions[index - 1]["end"] > noun.start:
            continue
        if not _may_be_event(text[noun.start : noun.end], noun, others):
            continue
        found.setdefault(noun.start, _mention(text, noun, list_numbers))
    return list(found.values())


def _behind_adjective(text: str, noun: _Noun) -> _Noun:
    """The noun itself where what was read is an adjective of its name ("Bayerische Kuchenkür")."""
    if noun.quoted:
        return noun
    following = _NEXT.match(text, noun.end)
    if following is None or not text[noun.start : noun.end].endswith(("e", "er", "es", "en")):
        return noun
    behind = noun._replace(start=following.start(1), end=following.end())
    read = modifiers_before(text, behind.start, noun.gender, frozenset())
    return behind if read.adjectives and read.start <= noun.start else noun


def _mention(text: str, noun: _Noun, list_numbers: frozenset[int]) -> EventMention:
    if noun.quoted:
        return _named_by_quotation(text, noun, list_numbers)
    written = text[noun.start : noun.end]
    modifiers = modifiers_before(text, noun.start, noun.gender, list_numbers)
    title = title_after(text, noun.end, Setting(at_line_start=False, definite=False, shouted=False))
    name = f"{modifiers.adjectives} {written}".lstrip()
    return EventMention(
        start=modifiers.start,
        end=title.end if title else noun.end,
        rule=f"event.frame.{noun.frame}",
        name=f"{name} {title.in_name}" if title else name,
        event_type=written,
        ordinal=modifiers.ordinal,
        title=title.text if title else None,
        generic=modifiers.determiner in ("kind", "count"),
    )


def _named_by_quotation(text: str, noun: _Noun, list_numbers: frozenset[int]) -> EventMention:
    """An event that has only a name in quotation marks; its first noun is what it calls itself."""
    name = text[noun.start : noun.end]
    modifiers = modifiers_before(text, noun.start - 1, noun.gender, list_numbers)
    first = _FIRST_NOUN.match(name)
    return EventMention(
        start=modifiers.start,
        end=noun.end + 1,
        rule=f"event.frame.{noun.frame}.quoted",
        name=name,
        event_type=first[1] if first else name,
        ordinal=modifiers.ordinal or noun.ordinal,
        title=name,
        generic=False,
    )


def _may_be_event(word: str, noun: _Noun, others: bool) -> bool:
    frames = lexicon().frames
    if noun.quoted:
        return True
    if noun.frame == "invited" and word in frames.parts_of_day:
        return noun.described and not others
    if word in frames.no_events or word.lower().endswith(frames.no_events_end) or word.isupper():
        return False
    if noun.frame == "invited" and (word.lower().endswith(frames.places_end) or word in lexicon().context.no_topics):
        return False
    known = event_word(word)
    if known is not None and known.plural:
        return False
    if noun.gender == "n" and word.endswith(("eln", "ern", "en")):  # a verb as a noun: "das siebte Keltern"
        return noun.frame != "invited"
    return not is_people_noun(word)


def _subjects(text: str, starts: list[int]) -> Iterator[_Noun]:
    """The subjects of clauses that say that something takes place or is called off, if they name no known event."""
    clauses = clauses_of(text)
    for verb in _TAKES_PLACE.finditer(text):
        left, right = clauses.around(verb.start())
        left, right = max(left, verb.start() - _REACH), min(right, verb.end() + _REACH)
        left += len(text[left : left + 4]) - len(text[left : left + 4].lstrip())
        if bisect_left(starts, left) != bisect_left(starts, verb.start()):
            continue
        finite = list(_FINITE.finditer(text, left, verb.start()))
        if not _is_complete(text, verb, finite, left):
            continue
        colon = text.rfind(": ", left, verb.start())
        begin = left if colon < 0 else colon + 2
        opening = _noun_phrase(_SUBJECT.match(text, begin), begin)
        if opening is not None:
            yield opening
        elif finite:
            yield from _after_verb(text, finite[0].end(), verb.start())
    for verb in _OPENING_VERB.finditer(text):
        left, right = clauses.around(verb.start())
        behind = _FINITE.match(text, verb.end() + 1)
        if behind is not None and bisect_left(starts, left) == bisect_left(starts, right):
            yield from _after_verb(text, behind.end(), min(right, verb.end() + _REACH))


def _is_complete(text: str, verb: re.Match[str], finite: list[re.Match[str]], left: int) -> bool:
    """Whether a verb says by itself, or with its finite part before it, that something takes place or does not."""
    if not finite:
        return verb[0].startswith(_JOINED)
    if (needed := _NEEDS.get(verb[0])) is not None:
        return finite[0][0] in needed
    return verb[0] != "verlegt" or _MOVED.search(text, left, verb.start()) is not None


def _after_verb(text: str, start: int, end: int) -> Iterator[_Noun]:
    """The subject between the finite verb and the verb's other part."""
    for match in _SUBJECT.finditer(text, start, end):
        noun = _noun_phrase(match, start)
        if noun is not None and noun.end <= end:
            yield noun
            return


def _noun_phrase(match: re.Match[str] | None, start: int) -> _Noun | None:
    """The noun of a phrase in the nominative: no preposition before it, "der" with a masculine noun only."""
    if match is None or not _ADJECTIVES.fullmatch(match["phrase"]):
        return None
    before, determiner = match["before"], match["determiner"].lower()
    genitive = before is not None and before[:1].isupper() and determiner in ("der", "dieser")
    if before and (_PREPOSITION.fullmatch(before) or (genitive and not _ADVERB.fullmatch(before))):
        return None
    if match["title"]:
        return _Noun(match.start("title"), match.end("title"), "n", "subject", quoted=True)
    gender = gender_of(match["noun"])
    if determiner == "den" or (determiner in ("der", "dieser") and match["phrase"].endswith("e ")):
        gender = "m"
    elif determiner in ("der", "dieser"):
        if gender not in ("m", None) or (gender is None and before is not None and not _ADVERB.fullmatch(before)):
            return None
        gender = "m"
    elif determiner in ("die", "eine", "unsere", "diese", "ihre"):
        gender = "f"
    elif determiner in ("das", "dieses"):
        gender = "n"
    return _Noun(match.start("noun"), match.end("noun"), gender or "m", "subject")


def _invited(text: str) -> Iterator[_Noun]:
    """What "zum" or "zur" names in a clause of inviting and meeting."""
    clauses = clauses_of(text)
    for verb in _INVITES.finditer(text):
        left, right = clauses.around(verb.start())
        left, right = max(left, verb.start() - _REACH), min(right, verb.end() + _REACH)
        if verb[0].lower() == "einladung":
            left, right = verb.start(), min(right, verb.end() + 60)
        for match in _TO.finditer(text, left, right):
            if _ADJECTIVES.fullmatch(match["phrase"]):
                gender: Gender = "f" if match["end"].endswith("r") else "n"
                if match["title"]:
                    yield _Noun(match.start("title"), match.end("title"), gender, "invited", quoted=True)
                    break
                if gender == "n" and gender_of(match["noun"]) == "m":
                    gender = "m"
                described = bool(match["phrase"]) or _DESCRIPTION.match(text, match.end()) is not None
                yield _Noun(match.start("noun"), match.end("noun"), gender, "invited", described)
                break


def _counted(text: str, list_numbers: frozenset[int]) -> Iterator[_Noun]:
    """What is counted: a verb as a noun, or what a title names."""
    uncounted = lexicon().frames.no_counted_end
    for match in (*_COUNTED.finditer(text), *_COUNTED_LINE.finditer(text)):
        value, noun = ordinal(match["ordinal"]), match["noun"]
        if value is None or noun.lower().endswith(uncounted):
            continue
        if match.re is _COUNTED_LINE and (value + 1 in list_numbers or value - 1 in list_numbers):
            continue
        gender: Gender = "n" if match.re is _COUNTED or noun.endswith(("en", "ern", "eln")) else gender_of(noun) or "m"
        yield _Noun(match.start("noun"), match.end("noun"), gender, "counted")


def _quoted_next(text: str) -> Iterator[_Noun]:
    """A name in quotation marks that says which of several it is: "Der nächste „Treffpunkt Ausbildung“"."""
    for match in _ROUNDS.finditer(text):
        number = ordinal(match["ordinal"])
        yield _Noun(match.start("title"), match.end("title"), "m", "counted", quoted=True, ordinal=number)
    for match in _NEXT_QUOTED.finditer(text):
        yield _Noun(match.start("title"), match.end("title"), "m", "counted", quoted=True)


def _objects(text: str) -> Iterator[_Noun]:
    """What somebody organises."""
    for match in _ORGANISES.finditer(text):
        last = match["between"].rpartition(" ")[2]
        if _PREPOSITION.fullmatch(last) or not _ADJECTIVES.fullmatch(match["phrase"]):
            continue
        determiner = match["determiner"]
        gender: Gender = "m" if determiner.endswith("en") else "n" if determiner == "ein" else "f"
        yield _Noun(match.start("noun"), match.end("noun"), gender, "object")
