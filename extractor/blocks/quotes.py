"""Mails that a mail quotes: lines with ">", what stands below "Am ... schrieb ...:" or "Ursprüngliche Nachricht"."""

from __future__ import annotations

import re

_INTRODUCTION = re.compile(
    r"^[^\S\n]*(?:Am|On) [^\n]{5,120}(?:\n[^\n>]{0,120})?\b(?:schrieb|wrote)\b[^\n]{0,120}:"
    r"[^\S\n]*\n(?=\s*(?P<mark>>?))",
    re.MULTILINE,
)
_QUOTED = re.compile(r"^[^\S\n]*>[^\n]*(?:\n[^\S\n]*>[^\n]*)*", re.MULTILINE)
_ORIGINAL = re.compile(
    r"^[^\S\n]*(?:-{2,}\s?(?:Ursprüngliche (?:Nachricht|E-Mail)|Original[- ](?:Message|Nachricht))\s?-{2,}"
    r"|_{10,}\s*\n(?=(?:Von|From): )"
    r"|(?:Von|From): [^\n]+\n(?:Gesendet|Sent|Datum|Date): [^\n]+\n(?:An|To): )",
    re.MULTILINE,
)
_HEAD = re.compile(r"(?:[^\n]*\n){0,4}?(?:Von|From|An|To|Betreff|Subject|Gesendet): \S")
_FIELD = re.compile(r"^(?:Von|From|An|To|Cc|Kopie|Betreff|Subject|Gesendet|Sent|Datum|Date): [^\n]*$", re.MULTILINE)
_FORWARDED = re.compile(r"^(?:Betreff|Subject): *(?:WG|Fwd?|Wtrlt|Weitergeleitet) ?:", re.MULTILINE | re.IGNORECASE)
_HEAD_REACH = 1000
_LEAST_OWN = 120
"""A copied mail with fewer characters of its own, its head aside, only hands on what it quotes."""


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The stretches of a mail's body that are quoted, in text order; they may overlap."""
    spans = [match.span() for match in _QUOTED.finditer(text)]
    spans += [match.span() for match in _INTRODUCTION.finditer(text) if match["mark"]]
    original = _ORIGINAL.search(text)
    if original is not None:
        spans.append((original.start(), len(text)))
    return sorted(spans)


def quoted_in_copy(text: str) -> list[tuple[int, int]]:
    """The quoted stretches of a mail that was copied with its head ("Von:", "Betreff:"); none of any other text.

    There an introduction without marks behind it quotes all the rest. A forwarded mail is its own text.
    """
    head = _HEAD.match(text)
    if head is None or _FORWARDED.search(text, 0, _HEAD_REACH):
        return []
    body = max((field.end() for field in _FIELD.finditer(text, 0, _HEAD_REACH)), default=head.end())
    if (second := _ORIGINAL.search(text, head.end())) is not None:
        body = min(body, second.start())
    spans = [(start + body, end + body) for start, end in quoted_spans(text[body:])]
    unmarked = next((match for match in _INTRODUCTION.finditer(text, body) if not match["mark"]), None)
    if unmarked is not None:
        spans.append((unmarked.start(), len(text)))
    own = len(text[body:].strip()) - sum(end - start for start, end in _union(spans))
    return sorted(spans) if own >= _LEAST_OWN else []


def is_field(line: str) -> bool:
    """Whether a line is one of a mail's head: "Gesendet: Dienstag, 14. Januar 2025"."""
    return _FIELD.match(line) is not None


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
