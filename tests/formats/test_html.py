"""Web pages of different making yield the record of their text."""

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from extractor.document import BlockKind
from extractor.errors import DamagedDocument, EmptyDocument, MissingExtra, SourceError
from extractor.readers import read_bytes

SAMPLES = (
    "bahnhofskonferenz-erfurt",
    "chorpost-vogelsberg",
    "projekt-telesprechstunde-bayerwald",
    "streuobsttag-herrenberg",
)
NAVIGATION = "".join(
    f'<li><a href="/{word.lower()}">{word}</a></li>'
    for word in ("Startseite", "Über uns", "Termine", "Aktuelles", "Mitglied werden", "Kontakt")
)
TEASERS = "".join(
    f'<div class="teaser"><h3><a href="/n{n}">Sommerfest in Bonn am {n}. Juni 2031</a></h3><p>Alle sind da. '
    '<a href="/mehr">Weiterlesen</a></p></div>'
    for n in range(1, 4)
)
IMPRINT = '<p>© 2025 Verein für alles, <a href="/impressum">Impressum</a>, <a href="/datenschutz">Datenschutz</a></p>'
COOKIES = (
    '<div id="cookie-banner"><p>Wir verwenden Cookies. Am 1. Januar 2030 in Ulm.</p><button>Annehmen</button></div>'
)


def content(pieces: list, top: str = "h1", other: str = "h2") -> str:
    """The pieces as elements; items in a list of their own."""
    parts, items = [], False
    for number, piece in enumerate(pieces):
        if (piece.kind == "list_item") != items:
            parts.append("</ul>" if items else "<ul>")
            items = not items
        tag = {"heading": top if not number else other, "list_item": "li"}.get(piece.kind, "p")
        parts.append(f"<{tag}>{escape(piece.text)}</{tag}>")
    return "\n".join(parts) + ("</ul>" if items else "")


def page(head: str, body: str) -> bytes:
    return (
        f'<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()
    )


def semantic(pieces: list) -> bytes:
    """HTML 5 with the elements meant for it."""
    return page(
        f"<title>{escape(pieces[0].text)}</title>",
        f"<header><a href='/'>Verein</a><nav><ul>{NAVIGATION}</ul></nav></header><main>"
        f"<article>{content(pieces)}</article>"
        f"</main><aside>{TEASERS}</aside><footer>{IMPRINT}</footer>",
    )


def wordpress(pieces: list) -> bytes:
    title, *rest = pieces
    return page(
        f'<title>{escape(title.text)} – Verein</title><meta property="og:title" content="{escape(title.text)}">'
        "<style>p{color:red}</style><script>document.write('Am 1. Mai 2030 in Ulm')</script>",
        f'<div id="page" class="site"><header id="masthead" class="site-header"><div class="site-branding">'
        '<p class="site-title"><a href="/">Verein</a></p></div><nav id="site-navigation">'
        f"<ul>{NAVIGATION}</ul></nav></header>"
        f'<div id="content"><article class="post type-post hentry"><header class="entry-header">'
        f'<h1 class="entry-title">{escape(title.text)}</h1></header>'
        f'<div class="entry-content">{content(rest, "h2")}</div>'
        '<div class="sharedaddy share-buttons"><ul><li><a href="#">Teilen</a></li><li>'
        '<a href="#">Drucken</a></li></ul></div>'
        f'</article></div><aside id="secondary" class="widget-area">{TEASERS}</aside>'
        f'<footer id="colophon">{IMPRINT}</footer></div>{COOKIES}',
    )


def typo3(pieces: list) -> bytes:
    return page(
        f'<title>{escape(pieces[0].text)}</title><meta name="generator" content="TYPO3 CMS">',
        f'<div class="navbar"><ul class="nav">{NAVIGATION}</ul></div><div class="breadcrumb">'
        '<a href="/">Start</a> &gt; Rückblick</div>'
        '<div class="container"><div class="row"><div class="col-md-8" role="main">'
        '<div id="c17" class="frame frame-default">'
        f'<div class="ce-bodytext">{content(pieces)}</div></div></div></div></div>'
        f'<div class="footer" role="contentinfo">{IMPRINT}</div>',
    )


def tables(pieces: list) -> bytes:
    """Laid out by tables, in Windows-1252, tags in capitals and unclosed, entities, no document type."""
    body = (
        content(pieces, "H2", "H3")
        .replace("</p>", "")
        .replace("<p>", "<P>")
        .replace("ü", "&uuml;")
        .replace("–", "&ndash;")
    )
    html = (
        '<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">'
        "<TITLE>Seite</TITLE></HEAD>"
        f'<BODY BGCOLOR="#FFFFFF"><TABLE BORDER=0><TR><TD WIDTH=600><FONT FACE="Arial">{body}</FONT></TD>'
        "</TR></TABLE></BODY></HTML>"
    )
    return html.encode("cp1252")


def divisions(pieces: list) -> bytes:
    """Nothing but div and span, headings by class only."""
    parts = "".join(
        f'<div class="{piece.kind}{" gap" if piece.apart else ""}">'
        f"<span>{'- ' * (piece.kind == 'list_item')}{escape(piece.text)}</span></div>"
        if piece.kind != "heading"
        else f"<h4>{escape(piece.text)}</h4>"
        for piece in pieces
    )
    return page(
        "<title>Neu</title>", f'<div id="app"><div><div class="x1"><div class="x2">{parts}</div></div></div></div>'
    )


def office(pieces: list) -> bytes:
    """As an office program saves it: conditional comments, namespaces, line ends within sentences, styles."""
    body = (
        content(pieces)
        .replace("<p>", "<p class=MsoNormal style='margin:0cm'><span lang=DE><o:p></o:p>")
        .replace("</p>", "</span></p>")
    )
    words = body.replace(" und ", "\r\nund ")
    return (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head>"
        "<meta http-equiv=Content-Type content='text/html; "
        f"charset=windows-1252'><!--[if gte mso 9]><xml>Am 1. Mai 2030 in Ulm</xml><![endif]--></head><body lang=DE>"
        f"<div class=WordSection1>{words}</div></body></html>"
    ).encode("cp1252")


def newspaper(pieces: list) -> bytes:
    """JSON-LD, teasers within the text, a figure, comments below."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": pieces[0].text,
        "author": {"name": "dpa"},
    }
    return page(
        f"<title>{escape(pieces[0].text)} | Blatt</title>"
        f'<script type="application/ld+json">{json.dumps(data)}</script>',
        f'<nav><ul>{NAVIGATION}</ul></nav><main><article class="article">{content(pieces)}'
        '<div class="social-media"><a href="#">Teilen</a></div></article></main>'
        f'<aside class="related">{TEASERS}</aside><footer>{IMPRINT}</footer>',
    )


def xhtml(pieces: list) -> bytes:
    """XHTML with a declaration, UTF-16, hidden parts."""
    html = (
        '<?xml version="1.0" encoding="utf-16"?>'
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/'
        'xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
        '<div style="display: none">Am 1. Mai 2030 in Ulm</div>'
        f'<template>Auch</template>{content(pieces)}<p hidden="hidden">Weg</p></body></html>'
    )
    return html.encode("utf-16")


MAKERS = (semantic, wordpress, typo3, tables, divisions, office, newspaper, xhtml)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_same_record(
    make: Callable, name: str, pieces: Callable, sample: Callable, same_record: Callable, tmp_path: Path
) -> None:
    (tmp_path / "seite.html").write_bytes(make(pieces(name)))
    same_record(sample(name), tmp_path / "seite.html")


def labelled(body: str, head: str = "") -> list[tuple[str, str]]:
    document = read_bytes(page(head, body), uri="a.html")
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


PROSE = (
    "<p>"
    + "Auf dem Markt in Guben wurde bei bestem Wetter bis in den Abend hinein gefeiert, gesungen und gegessen. " * 3
    + "</p>"
)


def test_tables_and_definitions() -> None:
    found = labelled(
        f"<h1>Das Erntefest</h1>{PROSE}<dl><dt>Wann</dt><dd>Samstag, 3. Mai 2025</dd><dt>Wo:</dt>"
        "<dd>Markt, Guben</dd></dl>"
        "<table><caption>Ablauf</caption><thead><tr><th>Zeit</th><th>Was</th></tr></thead>"
        "<tr><td>9 Uhr</td><td>Andacht<br>mit Chor</td></tr></table>"
        "<ol start=3><li>Kuchen</li><li><p>Bier</p></li></ol>"
        "<figure><img src=a.png><figcaption>Der Festzug</figcaption></figure>"
    )
    assert found[0] == ("heading", "Das Erntefest")
    assert found[2:] == [
        ("paragraph", "Wann: Samstag, 3. Mai 2025"),
        ("paragraph", "Wo: Markt, Guben"),
        ("caption", "Ablauf"),
        ("table_row", "Zeit | Was"),
        ("table_row", "9 Uhr | Andacht mit Chor"),
        ("list_item", "Kuchen"),
        ("list_item", "Bier"),
        ("caption", "Der Festzug"),
    ]


def test_what_the_page_says_about_itself() -> None:
    head = (
        "<title>Das Erntefest – Stadt Guben</title><meta property='og:title' content='Das Erntefest'>"
        "<meta property='article:published_time' content='2025-05-04T08:00:00+02:00'>"
    )
    document = read_bytes(page(head, f"<main>{PROSE}</main>"), uri="a.html")
    assert (document.source.title, document.source.published) == ("Das Erntefest", "2025-05-04")
    assert document.text.startswith("Das Erntefest\n\nAuf dem Markt")


def test_relative_dates_count_from_the_day_of_publication(extractor) -> None:
    head = "<meta name='date' content='2025-05-05'>"
    body = f"<h1>Das Erntefest</h1><p>Am vergangenen Samstag fand in Guben das Erntefest statt.</p>{PROSE}"
    report = extractor.extract_document(read_bytes(page(head, body), uri="a.html"))
    assert report.main_event.when.start == "2025-05-03"
    assert report.source.published == "2025-05-05"


EVENT = {
    "@type": "MusicEvent",
    "name": "Erntefest",
    "startDate": "2025-05-03T10:00:00+02:00",
    "endDate": "2025-05-03T16:30:00+02:00",
    "location": {
        "name": "Festplatz",
        "address": {"streetAddress": "Markt 1", "postalCode": "03172", "addressLocality": "Guben"},
    },
    "organizer": [{"name": "Heimatverein Guben e. V."}],
}


def test_events_of_json_ld_that_the_page_does_not_show(extractor) -> None:
    data = json.dumps({"@context": "https://schema.org", "@graph": [EVENT]})
    html = page(f'<script type="application/ld+json">{data}</script>', f"<h1>Willkommen zum Erntefest</h1>{PROSE}")
    document = read_bytes(html, uri="a.html")
    assert document.text.endswith(
        "Veranstaltung: Erntefest\nWann: 3. Mai 2025, 10:00 bis 16:30 Uhr\nWo: Festplatz, Markt 1, 03172 Guben\n"
        "Veranstalter: Heimatverein Guben e. V."
    )
    event = extractor.extract_document(document).main_event
    assert (event.when.start, event.when.start_time, event.where.city) == ("2025-05-03", "10:00", "Guben")


def test_events_that_the_page_shows_are_not_told_twice() -> None:
    data = json.dumps(EVENT)
    text = labelled(
        f"<h1>Erntefest</h1>{PROSE}<p>Am 3. Mai 2025.</p>", f'<script type="application/ld+json">{data}</script>'
    )
    assert not any(line.startswith("Veranstaltung:") for _, line in text)


def test_events_of_microdata() -> None:
    body = (
        f"<h1>Willkommen</h1>{PROSE}<div itemscope itemtype='https://schema.org/Event'>"
        "<meta itemprop='name' content='Erntefest'>"
        "<time itemprop='startDate' datetime='2025-05-03'>Sa</time><div itemprop='location' itemscope>"
        "<span itemprop='name'>Markt</span></div></div>"
    )
    assert [line for _, line in labelled(body)][-3:] == ["Veranstaltung: Erntefest", "Wann: 3. Mai 2025", "Wo: Markt"]


@pytest.mark.parametrize(
    "html",
    [
        b"<html>" + b"<div>" * 50_000 + b"tief",
        b"<html><table>" + b"<tr><td>x" * 60_000,
        b"<html><p>" + b"<a href=x>y</a>" * 60_000,
        b"<html><ol>" + b"<li>x" * 60_000,
        b"<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;&a;</p>",
        b"<html><script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>Text</p>",
        b"<html><p style='" + b"display:" * 50_000 + b"'>Text",
        b"<html><p>\x00Text\xff\xfe</p>",
        b"<html><svg><!--" + b"<" * 100_000,
    ],
    ids=["deep", "table", "links", "items", "entity", "json", "style", "bytes", "open"],
)
def test_hostile_pages(html: bytes) -> None:
    try:
        document = read_bytes(html, uri="a.html")
    except SourceError:
        return
    assert all(document.text[block.start : block.end].strip() for block in document.blocks)


@pytest.mark.parametrize("html", [b"<html></html>", b"<!DOCTYPE html><script>x</script>", b"<html><!-- x -->"])
def test_pages_without_text(html: bytes) -> None:
    with pytest.raises(EmptyDocument):
        read_bytes(html, uri="a.html")


def test_too_many_elements() -> None:
    with pytest.raises(DamagedDocument):
        read_bytes(b"<html>" + b"<b>x</b>" * 250_000, uri="a.html")


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a", "a.md"])
def test_the_name_does_not_matter(name: str) -> None:
    document = read_bytes(page("", f"<h1>Das Erntefest</h1>{PROSE}"), uri=name)
    assert document.source.media_type == "text/html"
    assert document.blocks[0].kind is BlockKind.HEADING


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    with pytest.raises(MissingExtra, match=r"extractor\[html\]"):
        read_bytes(page("", PROSE), uri="a.html")
