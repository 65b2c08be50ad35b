"""What an event is called that a text tells without a noun for it: by its verb, or by what belongs to it.

"Am 3. Mai fuhren wir nach Bamberg" tells of a "Fahrt", "der Tagungsband erscheint" of a "Tagung". The noun is
a guess from ``event_verbs.toml``; its evidence is the word that it was made of (rules ``event.verb``, ``event.part``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from extractor.assembly.drafts import Draft
from extractor.assembly.stretches import Item, Layout, Stretch
from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.event_heads import event_word, title_case
from extractor.pipes.event_heads import lexicon as event_lexicon
from extractor.pipes.event_titles import quotation_at
from extractor.pipes.values import Found

_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{2,40}")
_DEFINITE = re.compile(
    r"\b(?:[Dd](?:er|ie|as|em|en)|[Dd]iese[rsmn]?|[Uu]nsere?[rmn]?|[Bb]eim|[Zz]um|[Zz]ur) ([A-ZÄÖÜ][a-zäöüß]{3,20})\b"
)
_TITLE = re.compile(
    r"(?P<adjective>[A-ZÄÖÜ][a-zäöüß]{2,20}(?:e|er|es) )?(?P<noun>[A-ZÄÖÜ][a-zäöüß]{2,20}-?[\wäöüß]{4,30})"
    r"(?: (?:am|im|in|auf|an|bei|beim|mit|für|zu|zum|zur|des|der|rund|unter|und|–|-) .{0,60}[A-ZÄÖÜ0-9][\wäöüß.-]*)?"
)
_PARTICIPLE = re.compile(r"(?:[A-ZÄÖÜ][a-zäöü]{1,6})?[Gg]e[a-zäöüß]{3,12}(?:t|en)")
"""A title that is no noun: "Ausgezeichnet!", "Geschafft"."""
_FRAMING = re.compile(r"^[^\w„»\"]+|[^\w“”«\",;:?]+$")
_PARTS_OF_DAY = ("Abend", "Nachmittag", "Vormittag", "Nacht", "Wochenende")
_REACH = 1200
"""How far behind the event's sentence, in characters, a noun takes it up."""
_QUOTATION = re.compile(r"[„»\"“‚›«]")
_BEHIND_TITLE = re.compile(
    r" (?:am|im|vom|auf|in|über|statt|an|zu|nicht|mit|von|zum|hat|wird|wurde|ist|steht|stand|lockte?|hieß)\b"
)
_LONGEST_TITLE = 8
_OPENING = 600
"""How far behind the event's sentence, in characters, its motto may stand."""


class Verb(Lexicon):
    """A noun and the forms of the verbs that it stands for."""

    noun: str
    words: frozenset[str]
    needs: frozenset[str] = frozenset()


class Part(Lexicon):
    """A noun and how compounds with it begin."""

    noun: str
    first: str


class Parts(Lexicon):
    """How the second part of such a compound begins."""

    second: list[str]


class Titles(Lexicon):
    """Endings of the nouns of title lines that name no event, and the words that a title writes small."""

    no_events_end: list[str]
    small: frozenset[str]


class VerbLexicon(Lexicon):
    """Schema of ``event_verbs.toml``."""

    verb: list[Verb]
    part: list[Part]
    parts: Parts
    titles: Titles


class Guess(NamedTuple):
    """A noun for an event, and the word of the text that it was made of; ``name`` where a title gives more."""

    noun: str
    evidence: Found
    name: str | None = None


@lru_cache(maxsize=1)
def _lexicon() -> VerbLexicon:
    return load_lexicon("event_verbs", VerbLexicon)


@lru_cache(maxsize=1)
def _compound() -> re.Pattern[str]:
    firsts = "|".join(part.first for part in _lexicon().part)
    return re.compile(rf"\b({firsts})(?:{'|'.join(_lexicon().parts.second)})\w{{0,20}}")


def guessed_type(draft: Draft, layout: Layout, *, of_text: bool) -> Guess | None:
    """The noun for an event without one: of a title, of what belongs to it, else of its sentence's verb.

    Title and belongings are searched for in the whole text, and only for the event it is about (``of_text``).
    """
    whole = (_of_title(layout) or _of_belongings(layout)) if of_text else None
    if whole is not None:
        return whole
    taken_up = _taken_up(draft, layout)
    if taken_up is not None and taken_up.noun not in _PARTS_OF_DAY:
        return taken_up
    for stretch in _dating(draft, layout):
        words = {match[0].lower(): match for match in _WORD.finditer(stretch.text)}
        for verb in _lexicon().verb:
            told = [words[word] for word in verb.words & words.keys()]
            if told and (not verb.needs or verb.needs & words.keys()):
                first = min(told, key=lambda match: match.start())
                start, end = layout.reading.source(stretch.start + first.start(), stretch.start + first.end())
                return Guess(verb.noun, Found(start=start, end=end, rule="event.verb"))
    return taken_up


def _of_title(layout: Layout) -> Guess | None:
    """What a line of the head names that is no sentence and no sender: "Saisonausklang am Kanal"."""
    for stretch in layout.stretches[: layout.head]:
        match = _TITLE.fullmatch(_as_title(stretch.text))
        if (
            match is None
            or not stretch.is_content
            or _PARTICIPLE.fullmatch(match[0])
            or match["noun"].lower().endswith(tuple(_lexicon().titles.no_events_end))
        ):
            continue
        begin = stretch.start + stretch.text.casefold().index(match["noun"].casefold())
        end = begin + len(match["noun"].casefold())
        named: list[Item[Any]] = [*stretch.organisations, *stretch.persons, *stretch.places, *stretch.venues]
        if any(item.start < end and begin < item.end for item in named):
            continue
        start, stop = layout.reading.source(begin, end)
        name = f"{match['adjective'] or ''}{match['noun']}"
        return Guess(match["noun"], Found(start=start, end=stop, rule="event.title_line"), name)
    return None


def _as_title(line: str) -> str:
    """A line without what frames it ("★ OFFENE HÖFE ★"), capitals spelled as in running text."""
    inner = _FRAMING.sub("", line)
    if not inner.isupper():
        return inner
    return " ".join(
        word.lower() if word.lower() in _lexicon().titles.small else title_case(word) for word in inner.split(" ")
    )


def _of_belongings(layout: Layout) -> Guess | None:
    """What the first compound of the text belongs to: "der Tagungsband"."""
    compound = _compound().search(layout.reading.text)
    if compound is None:
        return None
    noun = next(part.noun for part in _lexicon().part if part.first == compound[1])
    start, end = layout.reading.source(*compound.span())
    return Guess(noun, Found(start=start, end=end, rule="event.part"))


def _taken_up(draft: Draft, layout: Layout) -> Guess | None:
    """The noun by which the text goes on about it: "Organisiert wurde die Aktion von ...", "Der Abend endete"."""
    text = layout.reading.text
    for match in _DEFINITE.finditer(text, draft.position, min(draft.position + _REACH, len(text))):
        word = event_word(match[1])
        if word is None or word.plural or word.first or word.strength == "anaphor":
            continue
        if word.strength == "never" and match[1] not in _PARTS_OF_DAY:
            continue
        start, end = layout.reading.source(*match.span(1))
        return Guess(word.type, Found(start=start, end=end, rule="event.taken_up"))
    return None


def _dating(draft: Draft, layout: Layout) -> list[Stretch]:
    """The sentence that dates the event, or that it is told in."""
    return [layout.stretch_at(draft.dates[0].start)] if draft.dates else draft.stretches[:1]


def motto(draft: Draft, layout: Layout) -> str | None:
    """The title that a sentence of its own gives ("Der Tag stand unter der Überschrift „Schatten, Wasser, Grün“")."""
    text = layout.reading.text
    end = min(max(stretch.end for stretch in draft.stretches) + _OPENING, len(text))
    told = next(_quoted_behind(text, event_lexicon().context.distant_connectors, draft.position, end), None)
    return told or next((title for stretch in _dating(draft, layout) if (title := _quoted_in(stretch))), None)


def _quoted_in(stretch: Stretch) -> str | None:
    """The title of a work that the event's sentence quotes: "„Der Talisman“ am 3. Mai im Stadttheater"."""
    for opening in _QUOTATION.finditer(stretch.text):
        quoted = quotation_at(stretch.text, opening.start())
        if quoted is not None:
            short = len(quoted.text.split()) <= _LONGEST_TITLE and quoted.text[:1].isupper()
            return quoted.text if short and _BEHIND_TITLE.match(stretch.text, quoted.end) else None
    return None


def _quoted_behind(text: str, connectors: Iterable[str], start: int, end: int) -> Iterator[str]:
    for connector in connectors:
        position = text.find(f" {connector} ", start, end)
        if position >= 0 and (quoted := quotation_at(text, position + len(connector) + 2)) is not None:
            yield quoted.text
