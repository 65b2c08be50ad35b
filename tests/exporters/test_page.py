"""The page of a report: everything in it is escaped, every span is marked, the text stays the text."""

import html
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from factories import make_event, make_report
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import reports_with_texts

from extractor import Extractor, Report, to_html
from extractor.errors import SourceError, SourceNotFound, TextMismatch
from extractor.exporters.page import text_of
from extractor.exporters.page.annotations import Annotation, Note, find_annotations
from extractor.exporters.page.pieces import MOST_COVERING, pieces
from extractor.exporters.page.signs import shortened, visible
from extractor.readers import read_file, read_text
from extractor.records import Evidence, Source

VOID = {"meta", "link"}
TEXT = "Am 4. März 2025 fand im Rathaus Templin die 2. Ortswerkstatt „Ortskerne“ statt.\n\n- rund 80 Gäste kamen\n"


class Page(HTMLParser):
    """A page as a parser sees it: its elements and the text of the passages."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str]] = []
        self.passages: list[str] = []
        self.marked: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        kind = (dict(attrs).get("class") or "").partition(" ")[0]
        if tag not in VOID:
            self.open.append((tag, kind))
        if kind == "passage":
            self.passages.append("")
        elif kind == "span":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        kinds = [kind for _, kind in self.open]
        if "passage" in kinds and "tip" not in kinds:
            self.passages[-1] += data
            if "span" in kinds:
                self.marked[-1] += data

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _, attributes in self.elements if attribute in attributes]


def visible_text(text: str) -> str:
    """What a page shows of a text, white space aside."""
    return "".join(visible(text).split())


@pytest.fixture(scope="module")
def report() -> tuple[Report, str]:
    return Extractor().extract(TEXT), TEXT


def test_spans_values_rules_and_confidence(report: tuple[Report, str]) -> None:
    page = Page(to_html(*report))
    assert "4. März 2025" in page.marked
    assert "rund 80 Gäste" in page.marked
    shown = html.unescape(re.sub(r"<[^>]*>", " ", to_html(*report)))
    for piece in ("when.start 2025-03-04", "date.day · confidence 0.", "attendance 80", "main event"):
        assert piece in " ".join(shown.split())


def test_samples_show_their_whole_text(samples: list[Path]) -> None:
    for path in samples:
        record = Report.model_validate_json(path.with_suffix(".json").read_text("utf-8"))
        text = read_file(path).text
        page = Page(to_html(record, text))
        assert visible_text("".join(page.passages)) == visible_text(text)
        stretches = {(one.start, one.end) for one in find_annotations(record)}
        assert len(page.marked) >= len(stretches) > 0


def test_a_page_asks_for_nothing_and_runs_nothing(report: tuple[Report, str]) -> None:
    page = Page(to_html(*report))
    tags = Counter(tag for tag, _ in page.elements)
    assert not {"script", "img", "iframe", "object", "form", "base"} & set(tags)
    assert page.values("src") == []
    assert all(target.startswith(("#", "data:")) for target in page.values("href"))
    assert not any(name.startswith("on") or name == "style" for _, attributes in page.elements for name in attributes)
    (policy,) = (value for value in page.values("content") if "default-src" in value)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_a_report_on_the_web_is_linked(report: tuple[Report, str]) -> None:
    record, text = report
    address = "https://stadt.example/bericht?a=1&b=2"
    linked = record.model_copy(update={"source": record.source.model_copy(update={"uri": address})})
    assert address in Page(to_html(linked, text)).values("href")
    hostile = record.model_copy(update={"source": record.source.model_copy(update={"uri": "javascript:alert(1)"})})
    assert not any("javascript" in value for value in Page(to_html(hostile, text)).values("href"))


def test_a_long_list_is_cut_and_says_so() -> None:
    evidence = [Evidence(field="name", start=0, end=2, quote="Am", rule=f"rule.{number}") for number in range(40)]
    event = make_event(evidence=evidence)
    record = make_report(event).model_copy(update={"source": source_of(TEXT)})
    shown = to_html(record, TEXT)
    assert "and 28 more" in shown
    assert "and 37 more" in shown


def source_of(text: str) -> Source:
    return make_report(None).source.model_copy(update={"characters": len(text)})


def test_spans_within_spans_and_across_them() -> None:
    text = "aa bb cc dd"
    stretches = {"status": (0, 8), "name": (3, 5), "when.start": (6, 11)}
    evidence = [Evidence(field=field, start=s, end=e, quote=text[s:e], rule="r") for field, (s, e) in stretches.items()]
    record = make_report(make_event(evidence=evidence)).model_copy(update={"source": source_of(text)})
    page = Page(to_html(record, text))
    spans = [attributes for _, attributes in page.elements if (attributes.get("class") or "").startswith("span")]
    assert list(zip(page.marked, (span["class"] for span in spans), strict=True)) == [
        ("aa ", "span status"),
        ("bb", "span event in-status"),
        (" ", "span status"),
        ("cc", "span date in-status"),
        (" dd", "span date"),
    ]
    # A blank between two spans, or a closing quotation mark behind one, is too small for a link of its own.
    assert [span.get("href") for span in spans] == ["#note-1", "#note-2", None, "#note-3", "#note-3"]
    assert [span.get("data-numbers") for span in spans] == [None, "2", None, "1", "3"]


# --- the right text ----------------------------------------------------------------------------


def test_another_text_is_refused(report: tuple[Report, str]) -> None:
    record, text = report
    with pytest.raises(TextMismatch, match="characters"):
        to_html(record, text + "!")
    with pytest.raises(TextMismatch, match=r"at 3–15 stands '5. März 2025', not '4. März 2025'"):
        to_html(record, text.replace("4. März", "5. März"))


def test_the_source_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    record = Extractor().extract_file(path)
    assert text_of(record) == TEXT
    path.write_text(TEXT + "Nachtrag.\n", "utf-8")
    with pytest.raises(TextMismatch, match=r"has changed .* --text"):
        text_of(record)
    path.unlink()
    with pytest.raises(SourceNotFound, match="--text"):
        text_of(record)
    other = tmp_path / "b.txt"
    other.write_bytes(TEXT.encode("utf-16"))
    assert to_html(record, text_of(record, other))


@pytest.mark.parametrize(
    "uri",
    [
        "-",
        "text:",
        "https://stadt.example/x",
        "//host/share/x",
        "\\\\host\\share\\x",
        "/dev/zero",
        ".",
        "a\x00b",
        "x" * 5000,
    ],
)
def test_a_source_that_is_no_file_is_not_read(report: tuple[Report, str], uri: str) -> None:
    record = report[0].model_copy(update={"source": report[0].source.model_copy(update={"uri": uri})})
    with pytest.raises(SourceError, match="--text"):
        text_of(record)


# --- pieces ------------------------------------------------------------------------------------

NOTE = Note("event", "name", "x", "", "rule")
stretches = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.sets(stretches, max_size=30), st.sets(st.integers(1, 39), max_size=5))
def test_pieces_cover_the_text_and_know_their_annotations(found: set[tuple[int, int]], inner: set[int]) -> None:
    order = sorted(found, key=lambda stretch: (stretch[0], -stretch[1]))
    annotations = [Annotation(number, start, end, (NOTE,)) for number, (start, end) in enumerate(order)]
    cut = list(pieces(annotations, sorted({0, 40, *inner})))
    assert [piece.start for piece in cut] == [0, *(piece.end for piece in cut[:-1])]
    assert cut[-1].end == 40
    for piece in cut:
        covering = [a for a in annotations if a.start <= piece.start and piece.end <= a.end]
        touching = [a for a in annotations if a.start < piece.end and piece.start < a.end]
        assert covering == touching
        assert list(piece.covering) == covering[::-1][:MOST_COVERING]
        assert len(piece.covering) + piece.more == len(covering)


# --- hostile -----------------------------------------------------------------------------------


def test_unseen_characters_are_shown() -> None:
    assert visible("a\u202eb\x00\u200b\tc\n") == "a⟨U+202E⟩b⟨U+0000⟩⟨U+200B⟩\tc\n"
    assert visible("👩‍👩‍👧 ä") == "👩‍👩‍👧 ä"


@given(st.text())
def test_nothing_that_is_shown_steers(text: str) -> None:
    assert not {sign for sign in visible(text) if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")} - set(
        "\t\n\r"
    )


@given(st.text(max_size=100), st.integers(2, 50))
def test_shortened_is_one_short_line(text: str, length: int) -> None:
    assert len(shortened(text, length)) <= length
    assert "\n" not in shortened(text, length)


@settings(deadline=None, max_examples=40)
@given(reports_with_texts())
def test_every_record_is_a_page(pair: tuple[Report, str]) -> None:
    report, text = pair
    shown = to_html(report, text)
    shown.encode()
    assert to_html(report, text) == shown
    page = Page(shown)
    assert page.open == []
    assert visible_text("".join(page.passages)) == visible_text(text)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    targets = [target[1:] for target in page.values("href") if target.startswith("#")]
    missing = set(targets) - set(ids)
    assert all(target.startswith("at-") and text[int(target[3:]) :][:1].isspace() for target in missing)
    allowed = {"html", "head", "meta", "link", "title", "style", "body", "a", "header", "h1", "h2", "h3", "dl", "div"}
    allowed |= {"dt", "dd", "code", "main", "section", "ul", "li", "span", "p", "article", "label", "meter", "b"}
    assert {tag for tag, _ in page.elements} <= allowed


def test_a_page_grows_with_its_annotations_not_with_their_square() -> None:
    assert len(nested_page(1200)) - len(nested_page(600)) < 1.1 * (len(nested_page(600)) - len(nested_page(0)))


def nested_page(count: int) -> str:
    """A page with so many spans, one within the other."""
    text = "a" * 2 * 1200
    stretches = [(start, len(text) - start) for start in range(count)]
    nested = [Evidence(field="name", start=start, end=end, quote=text[start:end], rule="r") for start, end in stretches]
    return to_html(make_report(make_event(evidence=nested)).model_copy(update={"source": source_of(text)}), text)


def test_a_large_text_is_a_page() -> None:
    text = "Wort " * 200_000
    document = read_text(text)
    record = make_report(None).model_copy(update={"source": source_of(document.text)})
    page = Page(to_html(record, document.text))
    assert visible_text("".join(page.passages)) == visible_text(text)
