"""What the elements of a web page are to a browser: blocks, headings, never shown, hidden, furniture, quotes, rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NEVER_SHOWN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "button",
        "input",
        "textarea",
        "datalist",
        "map",
        "area",
        "applet",
        "frameset",
        "noframes",
        "progress",
        "meter",
        "dialog",
    ]
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
WITH_MARGINS = (
    frozenset(["p", "ul", "ol", "menu", "dl", "table", "blockquote", "figure", "hr", "pre", "fieldset", "center"])
    | HEADINGS
)
BLOCKS = WITH_MARGINS | frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "dd",
        "details",
        "div",
        "dt",
        "figcaption",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "optgroup",
        "search",
        "section",
        "summary",
        "caption",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
    ]
)
_FURNITURE = frozenset(("nav", "aside", "search"))
_FURNITURE_ROLES = frozenset(("navigation", "search", "contentinfo", "complementary", "menu", "menubar", "alertdialog"))
_FURNITURE_NAMES = re.compile(
    r"(?:^|\s)(?:cookie\S*|consent\S*|breadcrumbs?|skip-?links?|social(?:-\S*)?|shar(?:e|ing)(?:-\S*)?|nav-?bar"
    r"|navigation|(?:main|site|top|footer)-?nav(?:igation)?)(?=\s|$)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_QUOTE_NAMES = re.compile(r"(?:^|\s)(?:gmail_quote|moz-cite-prefix|yahoo_quoted|protonmail_quote)\S*")


def is_hidden(element: HtmlElement) -> bool:
    """Whether a page hides an element."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")[:500]))


def is_furniture(element: HtmlElement) -> bool:
    """Whether a page marks an element as navigation, a site's head or foot, or what else surrounds its content."""
    if element.tag in _FURNITURE or element.get("role", "").lower() in _FURNITURE_ROLES:
        return True
    if element.tag in ("header", "footer"):
        return not any(ancestor.tag in ("article", "main") for ancestor in element.iterancestors())
    return bool(_FURNITURE_NAMES.search(f"{element.get('id', '')} {element.get('class', '')}"[:500]))


def is_quote(element: HtmlElement) -> bool:
    """Whether an element quotes the mail that is answered."""
    if element.tag == "blockquote":
        return element.get("type") == "cite" or bool(_QUOTE_NAMES.search(element.get("class", "")))
    return bool(_QUOTE_NAMES.search(element.get("class", ""))) or element.get("id") == "divRplyFwdMsg"


def rows_in(table: HtmlElement) -> Iterator[HtmlElement]:
    """The rows of a table, also those in groups, not those of tables within."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def entries_in(element: HtmlElement) -> Iterator[HtmlElement]:
    """Terms and definitions of a list, also where ``div`` elements group them."""
    for child in element:
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from child.iterchildren("dt", "dd")
