"""What speaks for and against a noun as what a text is about: named features, seen without knowing the noun.

They are what an annotator's eye goes by: where the noun stands, how often its stem comes again, what is
tied to it, what kind of word it is. :mod:`extractor.pipes.topic_ranking` weighs them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from extractor.document import BlockKind
from extractor.pipes.noun_phrase_words import word_classes
from extractor.pipes.topic_context import OtherEvents, sentence_ends
from extractor.pipes.topic_cues import triggers
from extractor.pipes.topic_lexicon import topic_lexicon
from extractor.pipes.topic_likeness import ROOT_LENGTH, stems
from extractor.pipes.topic_named import Named
from extractor.pipes.topic_words import TopicWord, topic_words
from extractor.pipes.words import capitalised_words

_INFLECTED = re.compile(r"[a-zäöüß][\wäöüß-]*e[nrsm]?$")
_VERB_LIKE = re.compile(r"(?:en|te|ten)$")
_ENUMERATED = re.compile(r",| und | oder | sowie ")
_PREPOSITION = re.compile(r" (?:für|gegen|zu[mr]?|i[nm]|a[nm]|auf|mit|ohne|durch) ")
_LABEL = re.compile(r"[^\w\n]{0,4}([A-ZÄÖÜ][\w/ -]{1,40}?):(?=\s)")
_GENITIVE = re.compile(r" (?:de[rs]|von|vom) ")
_DETERMINERS = frozenset({"article", "possessive", "contraction", "attribute", "quantifier", "anaphor"})
_FIGURES = re.compile(r"\d{1,2}[.:]\d\d|Uhr|€|Euro|Tel|@|\d{5}")
_LONGEST_BEFORE, _TITLE_LINES = 84, 8
_SHORT_LINE, _FIRST_LINES = 60, 3
_EARLY, _LATE = 0.33, 0.75
_KIN = 2
_SHORTEST_PART, _LONGEST_WORD = 4, 61
_ENDS = tuple(slice(at, None) for at in range(1, _LONGEST_WORD))
_EVENT, _UNLISTED = frozenset({"word.event"}), frozenset({"word.unlisted"})


class Noun(NamedTuple):
    """A noun that may be a topic's head, or the subject in an event's name ("Welterbe" in "Welterbetagung")."""

    start: int
    end: int
    stem: str
    name: str
    features: frozenset[str]


class _Sentence(NamedTuple):
    first_cue: int
    features: frozenset[str]


class TextFeatures:
    """The features of the nouns of one reading; ``kinds`` holds the kind of each line."""

    def __init__(self, text: str, kinds: Sequence[BlockKind], named: Named, others: OtherEvents) -> None:
        self._text, self._kinds, self._others = text, kinds, others
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._lines_before, self._letters_before = self._content_before()
        self._sentence_starts = [0, *sentence_ends(text)]
        self._cues = [trigger.start for trigger in triggers(text)]
        self._sentences: dict[int, _Sentence] = {}
        self._by_stem: dict[str, tuple[str, ...]] = {}
        self._by_line: dict[int, tuple[int, tuple[str, ...]]] = {}
        self._words = [
            (start, word, known)
            for word, start in capitalised_words(text)
            if word not in named.words
            and start not in named.starts
            and _is_whole(text, word, start)
            and (known := topic_words()[word])
        ]
        self._words = [row for row in self._words if self._kind(self._line(row[0])) is not BlockKind.BOILERPLATE]
        self._starts = [start for start, _, _ in self._words]
        self._stems = Counter(known.stem for _, _, known in self._words)
        self._roots: Counter[str] = Counter()
        for stem, count in self._stems.items():
            self._roots[stem[:ROOT_LENGTH]] += count
        self._parts = set(chain.from_iterable(map(_ends_of, self._stems)))
        self._in_titles = {known.stem for start, _, known in self._words if self._is_title(self._line(start))}

    def _content_before(self) -> tuple[list[int], list[int]]:
        """How many lines of content, and letters in them, stand before each line; the letters of all at the end.

        Running heads and menus do not count, so that a text has the same topics on paper and on a page.
        """
        lines, letters = [0], [0]
        ends = [*self._line_starts[1:], len(self._text)]
        for line, (start, end) in enumerate(zip(self._line_starts, ends, strict=True)):
            counts = self._kind(line) is not BlockKind.BOILERPLATE
            lines.append(lines[-1] + counts)
            letters.append(letters[-1] + (end - start) * counts)
        return lines, letters

    def _line(self, start: int) -> int:
        return bisect_right(self._line_starts, start) - 1

    def _kind(self, line: int) -> BlockKind:
        return self._kinds[line] if line < len(self._kinds) else BlockKind.PARAGRAPH

    def _is_title(self, line: int) -> bool:
        return self._lines_before[line] < _TITLE_LINES and self._kind(line) is BlockKind.HEADING

    def nouns(self) -> Iterator[Noun]:
        """The nouns that may be topics, in text order."""
        for start, word, known in self._words:
            if known.name:
                yield self._noun(start, word, known)

    def head(self, start: int, end: int) -> Noun | None:
        """The last noun in ``text[start:end]``, be it one that only a rule would call a topic; None without any."""
        index = bisect_right(self._starts, end - 1) - 1
        if index >= 0 and self._starts[index] >= start:
            return self._noun(*self._words[index])
        words = self._text[start:end].split(" ")
        last = words[-1] or self._text[start:end]
        at = end - len(words[-1])
        if not last[0].isupper() or self._kind(self._line(at)) is BlockKind.BOILERPLATE:
            return None
        return self._noun(
            at, last, TopicWord(min(stems(last), default=last.lower()), last, frozenset({"word.unlisted"}))
        )

    def _noun(self, start: int, word: str, known: TopicWord) -> Noun:
        end = start + len(word)
        if "word.subject_of_event" in known.features and self._roots[known.stem[:ROOT_LENGTH]] < _KIN:
            known = TopicWord(known.stem, word, _EVENT)
        features = {
            *known.features,
            *self._of_document(known.stem, start),
            *self._of_line(start),
            *self._of_neighbours(start, end),
            *self._of_sentence(start),
        }
        return Noun(start, end, known.stem, known.name, frozenset(features))

    def _of_document(self, stem: str, start: int) -> Iterator[str]:
        if stem not in self._by_stem:
            self._by_stem[stem] = tuple(self._of_stem(stem))
        yield from self._by_stem[stem]
        line = self._line(start)
        place = self._letters_before[line] + start - self._line_starts[line]
        if place < _EARLY * self._letters_before[-1]:
            yield "early"
        elif place > _LATE * self._letters_before[-1]:
            yield "late"

    def _of_stem(self, stem: str) -> Iterator[str]:
        times, kin = self._stems[stem], self._roots[stem[:ROOT_LENGTH]]
        yield from (name for name, least in (("twice", 2), ("thrice", 3)) if times >= least)
        yield from (name for name, least in (("kin_twice", 2), ("kin_thrice", 3)) if kin >= least)
        if stem in self._parts:
            yield "part_of_other"
        ends = map(stem.__getitem__, _ENDS[: max(0, len(stem) - _SHORTEST_PART)])
        if not self._stems.keys().isdisjoint(ends):
            yield "ends_as_other"
        if stem in self._in_titles:
            yield "in_title"

    def _of_line(self, start: int) -> Iterator[str]:
        line = self._line(start)
        if line not in self._by_line:
            self._by_line[line] = self._judge_line(line)
        label_end, features = self._by_line[line]
        yield from features
        if label_end > start:
            yield "label"

    def _judge_line(self, line: int) -> tuple[int, tuple[str, ...]]:
        """Where the label ends with which a line opens, if any, and the features of all nouns of the line."""
        begin = self._line_starts[line]
        following = self._line_starts[line + 1] if line + 1 < len(self._line_starts) else len(self._text)
        features = [f"line.{self._kind(line).value}"]
        if self._lines_before[line] == 0:
            features.append("first_line")
        elif self._lines_before[line] < _FIRST_LINES:
            features.append("upper_line")
        if following - begin < _SHORT_LINE:
            features.append("short_line")
        label = _LABEL.match(self._text, begin, following)
        if label and label[1] in topic_lexicon().stop.labels:
            features.append("labelled")
        elif self._text.startswith(topic_lexicon().ranking.salutations, begin):
            features.append("salutation")
        return (label.end() if label else begin), tuple(features)

    def _of_neighbours(self, start: int, end: int) -> Iterator[str]:
        text, classes = self._text, word_classes()
        earlier, previous = _words_before(text, start)
        kind = classes.get(previous.lower())
        if not previous:
            yield "before.nothing"
        elif previous[-1] in ".!?:":
            yield "before.stop"
        elif previous[-1] == "," or previous in ("und", "oder", "sowie"):
            yield "before.joint"
        elif kind is not None:
            yield f"before.{kind}"
        elif _INFLECTED.match(previous) and (
            classes.get(earlier.lower()) in _DETERMINERS or not _VERB_LIKE.search(previous)
        ):
            yield "before.adjective"
            kind = "article"
        elif previous[0].isupper():
            yield "before.capital"
        elif previous[-1].isdigit():
            yield "before.number"
        else:
            yield "before.other"
        link = topic_lexicon().ranking.links.get((earlier if kind in ("article", "possessive") else previous).lower())
        if link:
            yield f"link.{link}"
        elif earlier[:1].isupper() and previous.endswith("er") and kind == "article":
            yield "link.of"
        if text[start - 1 : start] in ("„", "“", "”", "»", "«", '"'):
            yield "quoted"
        if _ENUMERATED.match(text, end):
            yield "after.joint"
        elif _GENITIVE.match(text, end):
            yield "after.genitive"
        elif _PREPOSITION.match(text, end):
            yield "after.preposition"
        elif text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
            yield "after.capital"

    def _of_sentence(self, start: int) -> Iterator[str]:
        begin = bisect_right(self._sentence_starts, start) - 1
        if begin not in self._sentences:
            self._sentences[begin] = self._judge_sentence(begin)
        sentence = self._sentences[begin]
        if sentence.first_cue < start:
            yield "behind_cue"
        yield from sentence.features

    def _judge_sentence(self, index: int) -> _Sentence:
        starts = self._sentence_starts
        start, end = starts[index], starts[index + 1] if index + 1 < len(starts) else len(self._text)
        features = []
        if _FIGURES.search(self._text, start, end):
            features.append("sentence.figures")
        if _business().search(self._text, start, end):
            features.append("sentence.business")
        if self._others.told_at(start):
            features.append("sentence.other_event")
        at = bisect_right(self._cues, start - 1)
        first_cue = self._cues[at] if at < len(self._cues) and self._cues[at] < end else len(self._text)
        return _Sentence(first_cue, frozenset(features))


def _ends_of(stem: str) -> Iterator[str]:
    """The beginnings and ends of a stem that may be words of their own: "kräuterwand" has "kräuter" and "wand"."""
    for length in range(_SHORTEST_PART, len(stem)):
        yield stem[:length]
        yield stem[-length:]


def _is_whole(text: str, word: str, start: int) -> bool:
    """Whether a capitalised word neither follows letters nor lacks its end ("Kinder- und")."""
    return word[-1] != "-" and not text[start - 1 : start].isalnum()


def _words_before(text: str, start: int) -> tuple[str, str]:
    """The two words of the line that stand directly before ``start``, "" where there is none."""
    before = text[max(0, start - _LONGEST_BEFORE) : start].rpartition("\n")[2]
    if not before.endswith(" "):
        return "", ""
    words = before[:-1].rsplit(" ", 2)
    return (words[-2] if len(words) > 1 else ""), words[-1]


@lru_cache(maxsize=1)
def _business() -> re.Pattern[str]:
    return re.compile("|".join(topic_lexicon().ranking.business))
