"""What a rule is, and what rules ask about the text around a match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from extractor.pipes.temporal.lexicon import spellings, word_sets
from extractor.pipes.temporal.meanings import Candidate

Build = Callable[[re.Match[str]], list[Candidate]]


class Rule(NamedTuple):
    """A pattern, anchored at a trigger, and what builds candidates from its match (none: no match).

    ``triggers`` are the words, in lower case, that the match can begin with; ``digits`` the
    numbers of digits of the number that it can begin with. ``after`` lists what can follow that first word
    or number, after a full stop and blanks perhaps: words in lower case, marks, "0" for a digit after a
    full stop; empty if anything can.
    """

    pattern: re.Pattern[str]
    build: Build
    triggers: frozenset[str] = frozenset()
    digits: frozenset[int] = frozenset()
    after: frozenset[str] = frozenset()


DASHES = frozenset("-–—−‐‑‒")
NUMBER = frozenset({1, 2})
"""``Rule.digits`` of rules that begin with a day, an hour or another small number."""


def trigger_words(words: Iterable[str]) -> frozenset[str]:
    """Spell out trigger words: the first word of each phrase, in lower case."""
    first = (re.match(r"[^\W\d_]+", word) for word in words)
    return frozenset(spelling.lower() for match in first if match for spelling in spellings(match[0]))


_LONGEST_CHAIN = 9


def chain(
    first: re.Match[str], item: re.Pattern[str], separator: re.Pattern[str]
) -> tuple[list[re.Match[str]], list[str]]:
    """Match what follows an item: separators and further items; the separators by their group's name."""
    items, separators = [first], []
    while len(items) < _LONGEST_CHAIN:
        between = separator.match(first.string, items[-1].end())
        following = item.match(first.string, between.end()) if between is not None else None
        if between is None or following is None or between.lastgroup is None:
            break
        items.append(following)
        separators.append(between.lastgroup)
    return items, separators


_ARTICLE = re.compile(r"\b[Dd](?:er|en|em|ie|as) $")
_NEXT_WORD = re.compile(r" ?([^\W\d_]+|[^\w\s])")


def word_before(text: str, position: int) -> str:
    """Give the word that ends at most three blanks or marks before ``position``, in lower case."""
    chunk = text[max(position - 30, 0) : position].rstrip(' .:(„"“–-')
    word = chunk[max(chunk.rfind(" "), chunk.rfind("\n"), chunk.rfind("|")) + 1 :].strip("(„\"“»«'‚–-*")
    return word.lower()


def is_about(text: str, position: int) -> bool:
    """Tell whether the word before ("etwa", "ca.") makes what follows only about right."""
    return (
        text[max(position - 2, 0) : position][:1].lower() in word_sets().approximate_ends
        and word_before(text, position) in word_sets().approximate
    )


def with_article(text: str, position: int) -> int:
    """Give where an expression at ``position`` begins with the article before it, as TIMEX3 has it."""
    article = _ARTICLE.search(text[max(position - 5, 0) : position])
    return position - len(article[0]) if article else position


def next_word(text: str, position: int) -> str:
    """Give the word or mark that follows ``position``."""
    match = _NEXT_WORD.match(text, position)
    return match[1] if match else ""


def at_line_start(text: str, position: int) -> bool:
    """Tell whether a line, list item or table cell begins at ``position``."""
    return text[max(position - 6, 0) : position].rstrip(" *•·–(-")[-1:] in ("", "\n", "|")


def is_numbering(text: str, position: int) -> bool:
    """Tell whether the word before makes a number a section's, page's or version's."""
    return word_before(text, position) in word_sets().numbering
