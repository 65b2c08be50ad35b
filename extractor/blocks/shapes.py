"""Patterns and small tests for the shape of one line."""

from __future__ import annotations

import re

SHORT = 120
"""Up to this many characters a line may be a heading or one of several short lines."""

MONTH = r"(?:Jan|Jän|Feb|Mär|Maerz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)"
WEEKDAY = r"(?:Mo|Di|Mi|Do|Fr|Sa|So|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)"

WORD = re.compile(r"[^\W_]")
QUOTED = re.compile(r"(?:>[ \t\xa0]{0,4}){1,20}(?=[^>\s])")
HASHES = re.compile(r"#{1,6}[ \t\xa0]+(?=\S)")
EQUALS = re.compile(r"={1,6}[ \t]*(?=[^=\s])")
PLUSES = re.compile(r"\+{2,3}[ \t]*(?:\d{1,3}[ \t]*\+{2,3}[ \t]*)?(?=[^+\s])")

MARKERS = frozenset("•‣◦▪▫●○■□►▶➢➤➔→✓✔✗✘·∙⁃–—*+-»›\uf0b7\uf0a7\uf0d8\uf0fc([0123456789abcdefghijklmABCDEFGHIJKLM")
MARKER = re.compile(
    r"(?!\(c\)\s?(?:\d{4}|by\b))"
    r"(?:(?:[•‣◦▪▫●○■□►▶➢➤➔→✓✔✗✘·∙⁃–—*+»›\uf0b7\uf0a7\uf0d8\uf0fc-]|\(?\d{1,3}\)|\(?[a-mA-M]\)|\[\d{1,3}\])"
    r"[ \t\xa0]+(?=\S)"
    r"|[•▪●■►➢➤✓✔\uf0b7\uf0a7](?=\w))"
)
ORDINAL = re.compile(
    rf"(\d{{1,2}})\.[ \t\xa0]+(?=[\"„»“*_]{{0,3}}[A-ZÄÖÜa-zäöü])(?!{MONTH})(?!(?:und|bis|oder|u\.|-)\s)"
)
"""An opening "3." that numbers an item or is the ordinal of what follows; never a day of a month."""

NUMBERED = re.compile(r"(?:TOP|Top|Tagesordnungspunkt|Punkt|§)\s{0,3}\d{1,2}[a-z]?\b(?:[.:)]|\s)(?=\s{0,20}\S)")
NUMBERED_COLUMN = re.compile(
    r"[A-ZÄÖÜ§][\wäöü.]{0,18}\s?\d{1,2}[a-z]?[.:)]?(?:\s{2,40}|\t)(?=\S)(?![^\n]{0,200}(?:\S {3,}|\S\t)\S)"
)
"""A word with a number that opens a line and stands apart: "TOP 3   Wahlen"."""
NUMBER_COLUMN = re.compile(r"\d{1,2}[.)]?(?: {2,12}|\t)(?=[\"„»“*_]{0,3}[A-ZÄÖÜ])")

PARTED = re.compile(r"(?<=[^:\s])(?: {2,}|[ ]?\t\s*)(?=\S)")
"""White space that parts columns; behind a colon ("Ort:    Rathaus") it does not."""

FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n"
    r"(?:[A-Za-z][\w -]{0,40}:[^\n]{0,1000}\n|[ \t]{1,8}[^\n]{0,1000}\n|-[ ][^\n]{0,1000}\n|\r?\n){1,80}"
    r"(?:---|\.\.\.)[ \t]*(?=\r?\n|\Z)"
)

_PAGE_NUMBER = re.compile(
    r"[-–—]{1,2}\s{0,3}\d{1,4}\s{0,3}[-–—]{1,2}"
    r"|[-–—]?\s{0,3}(?:Seite|Blatt|S\.)\s{0,3}\d{1,4}(?:\s{0,3}(?:von|/|of)\s{0,3}\d{1,4})?\s{0,3}[-–—]?"
    r"|\d{1,4}\s(?:von|of)\s\d{1,4}",
    re.IGNORECASE,
)
_PAGE_CELL = re.compile(r"(?:^|  |\t|\|\s?|· ?|–\s)(?:Seite|Blatt) \d{1,4}(?: (?:von|/) \d{1,4})?(?=$|  |\t| ?\|| ·)")

DAY_DATE = re.compile(
    rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH})|\b{WEEKDAY}(?:\.|,|\b(?=\s{{0,3}}(?:,|\d|den)))"
    r"|\b(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)\b"
)
"""A day: "12.03.", "4. März", "Mi., 3.", "Freitag"."""

_WIKI_MARKUP = re.compile(r"\[\[(?:Kategorie|Category|Datei|File|Bild|Image):|\{\{|__[A-Z]{2,20}__|\{\||\}\}")


def may_open_item(text: str) -> bool:
    """Whether a line may open with a marker, by its first characters: a bullet, a bracket, "12)", "b)"."""
    return text[0] in MARKERS and (not text[0].isalnum() or ")" in text[1:4])


def is_page_number(text: str) -> bool:
    """Whether a line is a page number: "- 3 -", "Seite 3 von 7"."""
    if len(text) > 40 or not (text[-1].isdigit() or text[-1] in "-–—"):
        return False
    return _PAGE_NUMBER.fullmatch(text) is not None


def is_running_head(text: str) -> bool:
    """Whether a running head or foot carries a page number in a column of its own."""
    return len(text) <= SHORT and ("Seite " in text or "Blatt " in text) and _PAGE_CELL.search(text) is not None


def has_day(text: str) -> bool:
    """Whether a line names a day."""
    return DAY_DATE.search(text) is not None


def is_wiki_markup(text: str) -> bool:
    """Whether a line is a template, a category, a switch or the head of a wiki table."""
    return _WIKI_MARKUP.match(text) is not None


def cell_marker(text: str) -> int:
    """The length of what opens a table row: "|", "!", "||"."""
    return len(text) - len(text.lstrip("|! \t"))


def is_row(text: str) -> bool:
    """Whether a line's columns, parted by tabs or two and more blanks, make it a table row."""
    if "\t" in text:
        return True
    gaps = [match.end() - match.start() for match in PARTED.finditer(text)]
    if len(text) / (len(gaps) + 1) > 60 and len(text) > 160:
        return False
    return max(gaps) >= 3 or (len(gaps) >= 2 and not re.search(r"[.!?;]  \S", text))
