"""Topics that titles name: of events, in quotation marks, of sections and programme items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.pipes.names import is_common_noun
from extractor.pipes.noun_phrase_words import word_classes
from extractor.pipes.noun_phrases import Nucleus, Phrase, enumeration, noun_phrase
from extractor.pipes.topic_context import OtherEvents
from extractor.pipes.topic_lexicon import topic_lexicon
from extractor.pipes.topic_names import Candidate, candidate, event_modifier, is_event

_PART = re.compile(
    r"(?:[:;|!?…„“”»«\"/>›]|\.\.\.|\.(?<=[a-zäöüß]{4}\.)(?= |$)|[–—→](?= )"
    r"|-(?<=[ \w]-)(?= (?!und |oder |bzw\.|sowie |& )))"
)
_QUESTION = re.compile(
    r"(?:Warum|Wie|Was|Weshalb|Wieso|Wenn) (?:(?:der|die|das|ein|eine) )?(?=[A-ZÄÖÜ])"
    r"|W(?:ie|as|o|er|em|en|ann|arum|ohin|oher|eshalb) (?:[a-zäöüß]{2,20} ){1,2}(?:der|die|das|ein|eine) (?=[A-ZÄÖÜ])"
)
_ADVERB = r"(?:selbst|gut|leicht|recht|dicht|[a-zäöüß]{2,19}[^te\W])"
_ENDS_AS_INFINITIVE = r"[a-zäöüß]{3,20}(?:en|ern|eln)"
_INFINITIVE = re.compile(
    rf"(?: (?!(?:war|ist|sind|hat|wird|kommt|bleibt) ){_ADVERB})? (?!gestern\b|waren\b|sollen\b){_ENDS_AS_INFINITIVE}"
    rf"(?: und {_ENDS_AS_INFINITIVE})?"
    r"(?: (?:in|im|mit|für|auf|ohne|am|bei) [\wäöüßÄÖÜ -]{2,40})?$"
)
_MEETING = re.compile(
    r" (?:trifft|meets|statt|kontra|versus|vs\.?) (?:(?:auf )?(?:die |der |das |den )?)?[A-ZÄÖÜ][\w-]+"
)
_CAPITALS = re.compile(r"[A-ZÄÖÜ]{5}")
_AUXILIARY = re.compile(r" (?:ist|sind|war|waren|kann|können|muss|müssen|soll|sollen|darf|wird)\b")
_VERB = re.compile(r" (?!und\b|oder\b|mit\b)[a-zäöüß]{2,20}\b")
_OPENINGS = ("„", "»", "«", "“", '"', "‚", "›", "‹", " ,", "-,")
_LINE_QUOTED = re.compile(r"^[„»«\"‚›‹“]{1,2}([^„“”\"»«\n|]{3,110})[“”\"»«’‘‹›]{1,2}", re.MULTILINE)
_OPENING = re.compile(r"[„»«“\"‚›‹,]{1,2}(?=\w)")
_CLOSING = re.compile(r"[“”»«\"’‘‹›]")
_NEXT = re.compile(r"(?:,| und| oder| sowie) [„»«“\"‚›‹](?=\w)")
_NAMED_AS_MOTTO = re.compile(
    r",? ?(?:so )?(?:lautet|lautete|hieß|heißt|hiess|war|ist|stand|nannte)[^.!?\n]{0,40}"
    r"\b(?:Motto|Thema|Titel|Leitwort|Leitgedanke|Überschrift|Devise|Frage|Leitfrage|Jahresmotto|Jahresthema)\b"
    r"|: Unter diesem (?:Motto|Titel|Leitwort|Thema)| [–-] "
)
_WHOLE = "topic.title.whole"
_MOST_ADVERBS, _MOST_TITLE_WORDS = 3, 8
_LONGEST_TITLE, _ACRONYM, _LONG_NOUN = 120, 4, 10


def titled(text: str, start: int, end: int, rule: str, weight: float) -> Iterator[Candidate]:
    """The topics that a title names, all of whose parts count."""
    for part_start, part_end in parts(text, start, end):
        for found in from_part(text, part_start, part_end, rule, weight):
            if " " in found.name or found.start > part_start or _proven(text, found, part_end):
                yield found


def title_or_parts(text: str, start: int, end: int, rule: str, weight: float) -> Iterator[Candidate]:
    """The topics that a title names, else the whole of it: "Wem gehört die Stunde"."""
    found = list(titled(text, start, end, rule, weight))
    title = text[start:end].strip(" .!?:,–-…")
    if found or not 1 <= title.count(" ") < _MOST_TITLE_WORDS or any(map(str.isdigit, title)):
        yield from found
        return
    start = text.index(title, start)
    end = start + len(title)
    yield Candidate(_WHOLE, weight, start, end, end, title)


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a line between colons, dashes, quotation marks and full stops, without outer blanks."""
    for match in _PART.finditer(text, start, end):
        yield from _stripped(text, start, match.start())
        start = match.end()
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    bare = part.strip()
    if bare:
        start += len(part) - len(part.lstrip())
        yield start, start + len(bare)


def from_part(text: str, start: int, end: int, rule: str, weight: float) -> Iterator[Candidate]:
    """The topics of a title's part, read in ordinary spelling where it stands in capitals."""
    part = text[start:end]
    if len(part) > _ACRONYM and _in_capitals(part):
        part = _recased(part)
    question = _QUESTION.match(part)
    begin = question.end() if question else _behind_adverbs(part)
    phrases = enumeration(part, begin, len(part))
    if not phrases:
        return
    rest = part[phrases[-1].end :].rstrip(" ,.()")
    if len(phrases) == 1 and not question and _INFINITIVE.fullmatch(rest):
        found = candidate(part, phrases[0], rule, weight, oblique=False)
        if found and found.start == phrases[0].start:
            end = len(part.rstrip(" .,()"))
            yield found._replace(end=end, head_end=end, name=found.name + rest).moved(start)
        return
    if len(phrases) == 1 and _MEETING.fullmatch(rest):
        first = phrases[0].start
        yield Candidate(rule, weight, first, len(part), len(part), part[first:]).moved(start)
        return
    if rest and not question and not rest.startswith((",", " (")):
        if not _VERB.match(rest) or _AUXILIARY.match(rest):
            return
        weight -= 1
    for phrase in phrases:
        for found in _of_phrase(part, phrase, rule, weight):
            yield found.moved(start)


def _of_phrase(part: str, phrase: Phrase, rule: str, weight: float) -> Iterator[Candidate]:
    """The topic of a title's noun phrase; an event noun gives what it says behind or before itself."""
    if _announces_event(part, phrase):
        phrase = Phrase(phrase.nuclei[1:])
    head = phrase.nuclei[0]
    event = _event_at(part, head)
    if event < 0:
        found = candidate(part, phrase, rule, weight, oblique=False)
        if found:
            yield found
        return
    word, _, behind = part[event : head.end].partition(" ")
    if len(phrase.nuclei) > 1 and phrase.nuclei[1].link in topic_lexicon().links.events:
        found = candidate(part, Phrase(phrase.nuclei[1:]), rule, weight)
    elif behind and (is_common_noun(behind.split(" ")[0]) or len(behind) >= _LONG_NOUN):
        bare = Nucleus("", "", head.end - len(behind), head.end - len(behind), head.end)
        found = candidate(part, Phrase((bare, *phrase.nuclei[1:])), rule, weight, oblique=False)
    else:
        found = None
    modifier = None if found else event_modifier(word)
    if modifier:
        end = event + len(word)
        yield Candidate(f"{rule}.compound", weight - 1, event, end, end, modifier)
    elif found:
        yield found


def _announces_event(part: str, phrase: Phrase) -> bool:
    """Whether an event stands behind an empty head: "Einladung zur Tagung Holzbau"."""
    if len(phrase.nuclei) < 2 or _event_at(part, phrase.nuclei[1]) < 0:
        return False
    head, stop = phrase.nuclei[0], topic_lexicon().stop
    noun = part[head.noun : head.end]
    return noun in stop.generic or noun in stop.light


def _event_at(part: str, nucleus: Nucleus) -> int:
    """Offset of the event noun among a nucleus's first two nouns, -1 where there is none."""
    first, _, rest = part[nucleus.noun : nucleus.end].partition(" ")
    if is_event(first):
        return nucleus.noun
    return nucleus.noun + len(first) + 1 if rest and is_event(rest.split(" ")[0]) else -1


def _proven(text: str, found: Candidate, end: int) -> bool:
    """Whether a title's only word is a noun: known as such, or used again in the text."""
    noun = found.name
    if is_common_noun(noun):
        return True
    if found.rule.endswith(".compound"):
        return text.count(noun) > text.count(text[found.start : found.end])
    return len(noun) >= _LONG_NOUN or text.find(noun[: max(4, len(noun) - 2)], end) >= 0


def _in_capitals(part: str) -> bool:
    """Whether most letters of a part are capitals."""
    if part.isupper():
        return True
    return _CAPITALS.search(part) is not None and 3 * sum(map(str.islower, part)) < sum(map(str.isupper, part))


def _recased(part: str) -> str:
    """Capitals in ordinary spelling, as far as it shows; of the same length."""
    words = [_in_small(word) if word.isupper() else word for word in part.split(" ")]
    recased = " ".join(words)
    return recased if len(recased) == len(part) else part


def _in_small(word: str) -> str:
    """A word without its capitals, but for the first letter of what may be a noun."""
    lower = word.lower()
    verb = lower.endswith("t") and len(lower) >= _ACRONYM and not is_common_noun(word.capitalize())
    return lower if lower in word_classes() or (verb and not is_event(word.capitalize())) else word.capitalize()


def _behind_adverbs(part: str) -> int:
    """Offset behind adverbs at the start, and behind "für" and the like: "Gemeinsam gegen Kinderarmut"."""
    position, classes, links = 0, word_classes(), topic_lexicon().links
    for _ in range(_MOST_ADVERBS):
        word, _, rest = part[position:].partition(" ")
        lower = word.lower()
        adverb = lower in links.titles or (classes.get(lower) == "other" and lower not in links.clauses)
        if not (rest and adverb) or noun_phrase(part, position, len(part)):
            break
        position += len(word) + 1
    return position


def quoted_titles(text: str, others: OtherEvents) -> Iterator[Candidate]:
    """Topics of titles in quotation marks behind an event noun: "Fachtag »Wasser im Wald«"."""
    weight = 5.0
    for begin in _openings(text):
        match = _OPENING.match(text, begin)
        if match is None or text[begin - 1] not in " -" or not text[begin - 2].isalnum():
            continue
        word = text[max(0, begin - 60) : begin - 1].rpartition(" ")[2]
        word = word.rpartition("\n")[2]
        if not word[:1].isupper() or not is_event(word) or others.told_at(begin):
            continue
        opening: re.Match[str] | None = match
        while opening:
            closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST_TITLE)
            if closing is None or "\n" in text[opening.end() : closing.start()]:
                break
            yield from title_or_parts(text, opening.end(), closing.start(), "topic.title.quoted", weight)
            opening = _NEXT.match(text, closing.end())
        weight = 2.5


def mottos(text: str, others: OtherEvents) -> Iterator[Candidate]:
    """Topics of quoted mottos at the start of a line: "„Fachkräfte halten“ lautete das Motto"."""
    for opening in _LINE_QUOTED.finditer(text):
        motto = _NAMED_AS_MOTTO.match(text, opening.end())
        if motto and not others.told_at(opening.start()):
            yield from title_or_parts(text, opening.start(1), opening.end(1), "topic.title.motto", 5)


def _openings(text: str) -> list[int]:
    """Where quotation marks or commas that may open a title stand, but for the start of the text."""
    found = []
    for mark in _OPENINGS:
        position = text.find(mark)
        while position >= 0:
            found.append(position + len(mark) - 1)
            position = text.find(mark, position + len(mark))
    return sorted(position for position in found if position > 1)
