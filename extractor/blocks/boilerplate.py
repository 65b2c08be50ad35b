"""Boilerplate and captions: what stands around a text, told by cues.

The cues are phrases in ``lang/de/boilerplate.toml``. A line is compared word by word, so case,
punctuation and spacing do not matter; a line is only looked at closely when it has a word that
some cue begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractor.blocks import shapes
from extractor.lang.lexicon import Lexicon, load_lexicon

_LONGEST_LINE, _LONGEST_PARAGRAPH = 220, 700
_WORDS = re.compile(r"\w+|©")
_OPENING = 64
_SEPARATORS = re.compile(r"\s?[|·•›»>▾▼→]{1,3}\s?|\s{2,}|\t|\]\s?\[")
_SIGNS = re.compile(r"[|·•›»>▾▼→\t\]]")
_BREADCRUMB = re.compile(r"[>›»→/]\s")
_DASHES = re.compile(r" [-–] ")
_FIRST_WORD = re.compile(r"(?:[^\w©]|_){0,8}([^\W_]+|©)")
_REPLY = re.compile(r"Am [^\n]{6,60}\bschrieb\b[^\n]{0,90}:")
"""The line that a mail program puts above a quoted mail."""
_COPYRIGHT = re.compile(r"\(c\)\s?(?:\d{4}|by\b)", re.IGNORECASE)
_LABEL = re.compile(r"[^:?\n]{1,40}[:?](?!//)")
_CREDIT = re.compile(r"[:©/]|\(c\)", re.IGNORECASE)
_SOURCES = ("Foto", "Bild", "Grafik", "Quelle", "©")
_TRAILING_CREDIT = re.compile(rf"(?:[(|–—/-] ?|\b)(?:{'|'.join(_SOURCES)})s?: ?[^.!?:]{{2,60}}\)?$")
_LABEL_OF_CAPTION = re.compile(r"[(\[]?\w{2,20}(?: ?\d{1,2}(?:[.\d]{0,3})?)?[.:)]")


class BoilerplateCues(Lexicon):
    """The cue lists of ``boilerplate.toml``; each phrase is described there."""

    items: frozenset[str]
    menu: frozenset[str]
    sections: frozenset[str]
    teasers: frozenset[str]
    breadcrumb: frozenset[str]
    starts: frozenset[str]
    labels: frozenset[str]
    anywhere: frozenset[str]
    content: frozenset[str]
    credits: frozenset[str]
    captions: frozenset[str]
    mastheads: frozenset[str]
    distinguishing: frozenset[str]
    open_ends: frozenset[str]


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, soft hyphens gone."""
    if "\u00ad" in text or "_" in text:
        text = text.replace("\u00ad", "").replace("_", " ")
    return _WORDS.findall(text.lower())


class Cues:
    """The cue lists, indexed by their first word."""

    def __init__(self, lexicon: BoilerplateCues) -> None:
        self.items = _phrases(lexicon.items)
        self.menu = self.items | _phrases(lexicon.menu)
        self.sections = _phrases(lexicon.sections)
        self.teasers = _phrases(lexicon.teasers)
        self.breadcrumb = _phrases(lexicon.breadcrumb)
        self.content = _phrases(lexicon.content)
        self.labels = _phrases(lexicon.labels)
        self.starts = _by_first_word(lexicon.starts)
        self.anywhere = [
            (max(words_of(phrase), key=len), f" {' '.join(words_of(phrase))} ") for phrase in sorted(lexicon.anywhere)
        ]
        self.mastheads = _by_first_word(lexicon.mastheads)
        self.credits = frozenset(lexicon.credits)
        self.captions = frozenset(lexicon.captions)
        openings = [*self.items, *self.content, *self.labels, *self.starts, *self.credits]
        self.first_words = frozenset(phrase.split()[0] for phrase in openings)

    def anywhere_in(self, text: str) -> list[tuple[str, str]]:
        """Those of the cues that count anywhere in a line whose longest word a whole text has, with that word."""
        folded = text.lower()
        return [(longest, phrase) for longest, phrase in self.anywhere if longest in folded]

    def is_boilerplate(self, text: str, anywhere: Sequence[tuple[str, str]]) -> bool:
        """Whether the text of a block is boilerplate; see ``anywhere_in`` for ``anywhere``."""
        if len(text) > _LONGEST_PARAGRAPH:
            return False
        if shapes.is_page_number(text) or (shapes.is_running_head(text) and not shapes.has_day(text)):
            return True
        if text.startswith("Am ") and _REPLY.fullmatch(text):
            return True
        if text[0] == "(" and _COPYRIGHT.match(text):
            return len(text) <= _LONGEST_LINE
        first = _FIRST_WORD.match(text)
        if first is not None and first[1].lower() in self.first_words:
            label = _LABEL.match(text)
            name = " ".join(words_of(label[0])) if label else ""
            if name in self.content or name in self.labels:
                return name in self.labels
            if self._opens_boilerplate(text):
                return True
        return len(text) <= _LONGEST_LINE and (_has_cue(text, anywhere) or self._is_navigation(text))

    def _opens_boilerplate(self, text: str) -> bool:
        """Whether a line begins as boilerplate does, is a menu item or a credit."""
        opening = words_of(text[:_OPENING])
        if _opens_with(self.starts, opening) or (len(text) <= _OPENING and " ".join(opening) in self.items):
            return True
        return self._is_credit(text, opening)

    def is_caption(self, text: str) -> bool:
        """Whether the text of a block describes a picture."""
        if len(text) > _LONGEST_PARAGRAPH:
            return False
        label = _LABEL_OF_CAPTION.match(text)
        if label and not self.captions.isdisjoint(words_of(label[0])[:1]):
            return True
        if len(text) > 2 * _LONGEST_LINE:
            return False
        end = text[-70:]
        return ":" in end and any(source in end for source in _SOURCES) and _TRAILING_CREDIT.search(end) is not None

    def is_masthead(self, text: str) -> bool:
        """Whether a short line names the sender or the kind of text rather than its subject."""
        return _opens_with(self.mastheads, words_of(text))

    def is_label(self, text: str) -> bool:
        """Whether a line begins with a label: "Ort: ..." and the like."""
        return _LABEL.match(text) is not None

    def is_content_label(self, text: str) -> bool:
        """Whether a line begins with a label that content has: "Wo: ..." and the like."""
        label = _LABEL.match(text)
        return label is not None and " ".join(words_of(label[0])) in self.content

    def is_menu_item(self, text: str) -> bool:
        """Whether a line is one of the words that menus are made of."""
        return len(text) <= 40 and " ".join(words_of(text)) in self.menu

    def opens_teasers(self, text: str) -> bool:
        """Whether a line says that titles of other texts follow: "Lesen Sie auch:"."""
        return len(text) <= 60 and " ".join(words_of(text)) in self.teasers

    def _is_credit(self, text: str, opening: Sequence[str]) -> bool:
        """Whether a line only says who took a picture or wrote the text."""
        if opening[0] not in self.credits or len(text) > 2 * _OPENING or not _CREDIT.search(text):
            return False
        length = len(words_of(text))
        return length <= 6 or (length <= 9 and ("/" in text or "©" in text))

    def _is_navigation(self, text: str) -> bool:
        """Whether a line is a menu or a breadcrumb: known items, parted by bars, points, arrows or wide gaps."""
        if text[-1] in ".!?":
            return False
        parted = "  " in text or _SIGNS.search(text) is not None
        if not (parted or " / " in text or " - " in text or " – " in text):
            return False
        crumb = _BREADCRUMB.search(text)
        if crumb is not None and " ".join(words_of(text[: crumb.start()])) in self.breadcrumb:
            return True
        parts = [part for part in _SEPARATORS.split(text) if shapes.WORD.search(part)] if parted else []
        if text.count(">") >= 2 and len(parts) >= 3 and len(text) <= shapes.SHORT and "<" not in text:
            return True
        if len(parts) < 2:
            parts = _DASHES.split(text)
            return len(parts) >= 3 and self._share(parts) >= 0.6
        if len(parts) == 2 and "|" in text and " ".join(words_of(parts[1])) in self.sections:
            return len(text) <= 80 and not shapes.has_day(text)
        head, colon, rest = parts[0].partition(":")
        if colon and rest.strip() and " ".join(words_of(head)) in self.menu:
            parts = [head, rest, *parts[1:]]
        share = self._share(parts)
        if share >= 0.6 and (len(parts) > 2 or share == 1):
            return any(" ".join(words_of(part)) in self.items for part in parts) or len(parts) > 2
        plain = not any(character.isdigit() for character in text) and all(len(part.split()) <= 4 for part in parts)
        return plain and len(parts) >= 3 and share >= 0.3 and share * len(parts) >= 1.9

    def _share(self, parts: Sequence[str]) -> float:
        """How many of a line's items are known from menus."""
        return sum(" ".join(words_of(part)) in self.menu for part in parts) / len(parts)


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The German cues, loaded once."""
    return Cues(load_lexicon("boilerplate", BoilerplateCues))


def _phrases(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(words_of(phrase)) for phrase in phrases)


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    index: dict[str, list[list[str]]] = {}
    for phrase in sorted(phrases):
        words = words_of(phrase)
        index.setdefault(words[0], []).append(words)
    return index


def _has_cue(text: str, anywhere: Sequence[tuple[str, str]]) -> bool:
    """Whether a line has a cue that makes it boilerplate wherever the cue stands."""
    if not anywhere:
        return False
    folded = text.lower()
    phrases = [phrase for longest, phrase in anywhere if longest in folded]
    if not phrases:
        return False
    words = f" {' '.join(words_of(text))} "
    return any(phrase in words for phrase in phrases)


def _opens_with(index: dict[str, list[list[str]]], words: Sequence[str]) -> bool:
    return any(list(words[: len(phrase)]) == phrase for phrase in index.get(words[0], ()))
