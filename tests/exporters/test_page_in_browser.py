"""The page in a real browser: spans are seen, nothing runs, nothing is asked for, it prints.

Where there is no Chromium these tests are left out, but not in CI (``CI=true``).
"""

import functools
import http.server
import io
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from factories import make_event, make_report
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from extractor import Extractor, Report, to_html
from extractor.readers import read_file, read_text
from extractor.records import Evidence
from extractor.records import Warning as Caution

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
HOSTILE = (
    "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „<script>document.title='gone'</script>“ statt.\n\n"
    "<img src=x onerror=\"document.title='gone'\"> rund 80 Gäste </p></div><h1>Ende</h1> kamen &lt;b&gt; "
    "\u202eredro thgir\u202c, \u200bnull\u200b, \ufeff, <!-- -->, ]]>, {{ 7 * 7 }}, ${7*7}\n\n" + "Wort" * 3000 + "\n\n"
    "<style>body{display:none}</style> <a href=\"javascript:document.title='gone'\">Link</a> <base href=//x.example>\n"
)

pytestmark = pytest.mark.skipif(CHROMIUM is None and os.environ.get("CI") != "true", reason="there is no Chromium")


class Visit:
    """A page that was opened, with all that it logged and asked for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.logged: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.logged.append(message.text))
        page.on("pageerror", lambda error: self.logged.append(str(error)))
        page.on("dialog", lambda dialog: self.logged.append(dialog.message))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM is not None, "CI has no Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """Opens the page of a report from a file, as people do."""
    opened: list[Page] = []

    def open_page(report: Report, text: str, **options: Any) -> Visit:
        path = tmp_path / "page.html"
        path.write_text(to_html(report, text), "utf-8")
        page = browser.new_page(**({"viewport": {"width": 1200, "height": 900}} | options))
        opened.append(page)
        return Visit(page, path.as_uri())

    yield open_page
    for page in opened:
        page.close()


@pytest.fixture(scope="module")
def sample() -> tuple[Report, str]:
    folder = Path(__file__).parents[2] / "samples"
    record = Report.model_validate_json((folder / "bahnhofskonferenz-erfurt.json").read_text("utf-8"))
    return record, read_file(folder / "bahnhofskonferenz-erfurt.txt").text


@pytest.fixture(scope="module")
def hostile() -> tuple[Report, str]:
    """A report of a hostile text, with hostile values that no text could yield."""
    document = read_text(HOSTILE, uri="javascript:document.title='gone'")
    report = Extractor().extract_document(document)
    assert report.main_event is not None
    start = HOSTILE.index("<img")
    evidence = Evidence(field="name", start=start, end=start + 5, quote="<img ", rule="<script>alert(1)</script>")
    event = report.main_event.model_copy(
        update={"name": "<b>\u202e</b>\x00", "evidence": [*report.main_event.evidence, evidence]}
    )
    warning = Caution(code="</style><script>alert(1)</script>", message="<iframe src=//x.example>")
    return report.model_copy(update={"main_event": event, "warnings": [warning]}), HOSTILE


# --- what is seen ------------------------------------------------------------------------------


def shown_confidence(report: Report) -> str:
    """How a page shows the confidence of the main event."""
    assert report.main_event is not None
    return f"confidence {report.main_event.confidence:.2f}"


def test_every_span_is_seen(visit: Any, sample: tuple[Report, str]) -> None:
    visited = visit(*sample)
    assert visited.page.title() == "Tagungsbericht: Endstation war gestern"
    boxes = visited.page.eval_on_selector_all(
        ".span", "spans => spans.map(span => [span.getBoundingClientRect().width, span.getBoundingClientRect().height])"
    )
    assert len(boxes) >= 35
    assert all(width > 0 and height > 0 for width, height in boxes)
    assert (visited.logged, len(visited.requests)) == ([], 1)


def test_its_style_is_applied(visit: Any, sample: tuple[Report, str]) -> None:
    """The policy lets the page's own style through: the tints of spans and the two columns."""
    page = visit(*sample).page
    tint = page.eval_on_selector(".span.date", "span => getComputedStyle(span).backgroundColor")
    assert tint == "rgb(211, 241, 242)"
    assert len(page.eval_on_selector(".row", "row => getComputedStyle(row).gridTemplateColumns").split()) == 2


@pytest.mark.parametrize("reach", ["hover", "focus"])
def test_pointing_and_focus_show_value_rule_and_confidence(visit: Any, sample: tuple[Report, str], reach: str) -> None:
    page = visit(*sample).page
    span = page.locator(".span", has_text="10. und 11. Oktober 2023").first
    tip = page.locator(f"#{span.get_attribute('aria-describedby')}")
    assert not tip.is_visible()
    getattr(span, reach)()
    assert tip.is_visible()
    for piece in ("when.start", "2023-10-10", "date.pair.days", shown_confidence(sample[0])):
        assert piece in tip.inner_text()


def test_the_tab_key_reaches_the_first_span(visit: Any, sample: tuple[Report, str]) -> None:
    page = visit(*sample).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Tagungsbericht"
    page.keyboard.press("Enter")
    assert page.url.endswith("#note-1")


def test_values_stand_beside_the_text_or_beneath_it(visit: Any, sample: tuple[Report, str]) -> None:
    for width, beside in ((1200, True), (390, False)):
        page = visit(*sample, viewport={"width": width, "height": 800}).page
        passage, notes = (page.locator(selector).first.bounding_box() for selector in (".passage", ".notes"))
        assert (notes["x"] >= passage["x"] + passage["width"]) is beside
        assert (notes["y"] >= passage["y"] + passage["height"]) is not beside
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(visit: Any, sample: tuple[Report, str], scheme: str) -> None:
    """No rule of WCAG 2.2 AA that axe can check is broken; contrast included."""
    page = visit(*sample, color_scheme=scheme).page
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found.response["violations"]] == []
    assert len(found.response["passes"]) > 20


# --- print -------------------------------------------------------------------------------------


def test_it_prints_with_its_values_and_rules(visit: Any, sample: tuple[Report, str]) -> None:
    pdf = PdfReader(io.BytesIO(visit(*sample).page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(pdf.pages) < 12
    printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for piece in (
        "Rund 4.000 Empfangsgebäude",
        "when.start 2023-10-10",
        "date.pair.days",
        shown_confidence(sample[0]),
        "AfE",
    ):
        assert piece in printed
    assert "Point at" not in printed


# --- hostile -----------------------------------------------------------------------------------


def test_a_hostile_text_stays_text(visit: Any, hostile: tuple[Report, str]) -> None:
    report, text = hostile
    visited = visit(report, text)
    page = visited.page
    assert page.title() != "gone"
    assert (visited.logged, len(visited.requests)) == ([], 1)
    for tag in ("script", "img", "iframe", "base", "h1 ~ h1", "body style"):
        assert page.locator(tag).count() == 0, tag
    shown = page.locator(".text").inner_text()
    for piece in (
        "<script>document.title='gone'</script>",
        '<img src=x onerror="',
        "</p></div><h1>",
        "&lt;b&gt;",
        "{{ 7 * 7 }}",
    ):
        assert piece in shown
    assert "⟨U+202E⟩redro thgir⟨U+202C⟩" in shown
    assert page.evaluate("document.body.checkVisibility()")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200
    assert not any(
        "javascript" in address for address in page.eval_on_selector_all("a", "links => links.map(a => a.href)")
    )


def test_spans_that_hold_nothing_to_see_are_seen(visit: Any) -> None:
    text = "a\u200bb\u202ec\x00d\ufeffe"
    evidence = [
        Evidence(field="name", start=start, end=start + 1, quote=text[start], rule="r")
        for start in range(1, len(text), 2)
    ]
    report = make_report(make_event(evidence=evidence))
    report = report.model_copy(update={"source": report.source.model_copy(update={"characters": len(text)})})
    boxes = [span.bounding_box() for span in visit(report, text).page.locator(".span").all()]
    assert len(boxes) == 4
    assert all(box is not None and box["width"] > 0 for box in boxes)


def test_a_text_of_a_megabyte_opens(visit: Any) -> None:
    text = (Path(__file__).parents[2] / "samples" / "streuobsttag-herrenberg.txt").read_text("utf-8")
    document = read_text("\n\n".join([text] * 640))
    assert len(document.text) > 1_000_000
    part = Extractor().extract(text)
    source = part.source.model_copy(update={"characters": len(document.text)})
    visited = visit(part.model_copy(update={"source": source}), document.text)
    assert visited.page.locator(".row").count() > 8_000
    assert visited.page.locator(".span").count() > 20
    assert visited.logged == []


def test_from_a_web_server_too_it_asks_for_nothing_else(
    browser: Browser, tmp_path: Path, sample: tuple[Report, str]
) -> None:
    (tmp_path / "page.html").write_text(to_html(*sample), "utf-8")
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: Any) -> None:
            asked.append(str(arguments[1]))

    handler = functools.partial(Handler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with browser.new_page() as page:
            visited = Visit(page, f"http://127.0.0.1:{server.server_port}/page.html")
            page.wait_for_load_state("networkidle")
            assert visited.logged == []
        server.shutdown()
    assert asked == ["GET /page.html HTTP/1.1"]
