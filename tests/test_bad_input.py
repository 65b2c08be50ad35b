"""What is not a good report: a clear error or an empty record with a warning, quickly, never more."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import ErrorRecord, Extractor, Report
from extractor.cli import app
from extractor.errors import NotText
from extractor.validation import validated_json

GOOD = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne“ statt."
ENGLISH = (
    "The annual conference of the society will take place in the town hall on Friday. All members are "
    "invited to attend, and there will be time for questions after each of the talks. Please register "
    "with the office before the end of the month, because the number of seats in the hall is limited."
)
FRENCH = (
    "La réunion annuelle de la société aura lieu dans la salle des fêtes vendredi. Tous les membres sont "
    "invités à y participer, et il y aura du temps pour les questions après chacune des conférences. "
    "Nous vous prions de vous inscrire auprès du bureau avant la fin du mois, car les places sont limitées."
)
WITHOUT_EVENT = (
    "Der Verein pflegt seit vielen Jahren die Obstwiesen am Rand der Stadt. Er schneidet die Bäume, mäht das "
    "Gras und verkauft den Saft. Wer einen Baum besitzt, kann sich beraten lassen."
)
BOILERPLATE = (
    "Startseite | Aktuelles | Kontakt | Impressum\n\nDrucken\nTeilen\nNach oben\n\n© 2024 Alle Rechte vorbehalten\n"
)

BAD_FILES = [
    ("empty.txt", b"", "empty-document"),
    ("white.txt", " \r\n\t\u00a0\u2003\n".encode(), "empty-document"),
    ("mark.txt", b"\xef\xbb\xbf", "empty-document"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00" + bytes(range(256)) * 20, "not-text"),
    ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(9) + bytes(range(256)) * 20, "not-text"),
    ("zeros.txt", bytes(4000), "not-text"),
    ("large.txt", b"Am 4. Mai fand die Konferenz statt.\n" * (50_000_000 // 36), "document-too-large"),
]
LONG_LINES = {
    "letters": "a" * 5_000_000,
    "digits": "1" * 5_000_000,
    "brackets": "(" * 5_000_000,
    "capitals": "A" * 500_000,
    "capitalised words": "Aa" * 250_000,
    "dotted digits": "1." * 250_000,
    "quotation marks": "„" * 500_000,
    "asterisks": "*" * 500_000,
    "short words": "Am in die " * 50_000,
    "dates without an end": "am 1. und " * 50_000,
    "umlauts, decomposed": "a\u0308" * 250_000,
}


@pytest.mark.parametrize(("name", "content", "code"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_bad_file_is_an_error_record(
    extractor: Extractor, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (result,) = extractor.extract_many([path])
    assert isinstance(result, ErrorRecord)
    assert (result.code, result.source) == (code, str(path))
    assert result.message


@pytest.mark.parametrize("name", LONG_LINES)
def test_long_line_neither_hangs_nor_fails(extractor: Extractor, tmp_path: Path, name: str) -> None:
    path = tmp_path / "line.txt"
    path.write_text(LONG_LINES[name], "utf-8")
    (result,) = extractor.extract_many([path])
    if isinstance(result, ErrorRecord):
        assert result.code in ("document-too-large", "not-text")
    else:
        validated_json(result)


@pytest.mark.parametrize("path", ["missing.txt", "folder", "missing/missing.txt"])
def test_what_is_no_file(extractor: Extractor, tmp_path: Path, path: str) -> None:
    (tmp_path / "folder").mkdir()
    (result,) = extractor.extract_many([tmp_path / path])
    assert isinstance(result, ErrorRecord)
    assert result.code in ("source-not-found", "source-unreadable", "no-documents", "unsupported-format")


@pytest.mark.parametrize(
    ("text", "code"),
    [(ENGLISH, "not-german"), (FRENCH, "not-german"), (WITHOUT_EVENT, "no-event"), (BOILERPLATE, "only-boilerplate")],
)
def test_text_without_a_german_event_is_a_record_with_a_warning(extractor: Extractor, text: str, code: str) -> None:
    report = extractor.extract(text)
    validated_json(report)
    assert code in [warning.code for warning in report.warnings]
    if code != "not-german":
        assert report.main_event is None
        assert not report.follow_ups
        assert not report.other_events


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-1", "iso-8859-15"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_newlines(extractor: Extractor, tmp_path: Path, encoding: str, newline: str) -> None:
    lines = [
        'Fürstenwalder Bürger über "Plätze"',
        "",
        "Am 4. März 2025 fand in Fürstenwalde/Spree die 2. Bürgerwerkstatt statt.",
        "Für die Gäste gab es Führungen durch die Höfe, später Gespräche über Brücken und Wälder.",
    ]
    path = tmp_path / "a.txt"
    path.write_bytes(newline.join(lines).encode(encoding))
    report = extractor.extract_file(path)
    assert report.main_event is not None
    assert report.main_event.event_type == "Bürgerwerkstatt"
    assert report.main_event.when is not None
    assert report.main_event.when.start == "2025-03-04"


def test_bad_neighbours_cost_only_themselves(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, content, _ in BAD_FILES:
        (folder / name).write_bytes(content)
    for name in ("aaa.txt", "middle.txt", "zzz.txt"):
        (folder / name).write_text(GOOD, "utf-8")
    errors = tmp_path / "errors.jsonl"
    result = CliRunner().invoke(app, ["extract", str(folder), "--format", "jsonl", "--errors", str(errors)])
    assert result.exit_code == 1
    reports = [Report.model_validate_json(line) for line in result.stdout.splitlines()]
    assert [Path(report.source.uri).name for report in reports] == ["aaa.txt", "middle.txt", "zzz.txt"]
    records = [json.loads(line) for line in errors.read_text("utf-8").splitlines()]
    assert {Path(record["source"]).name: record["code"] for record in records} == {
        name: code for name, _, code in BAD_FILES
    }
    assert "Traceback" not in result.output


def test_directory_without_documents(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    result = CliRunner().invoke(app, ["extract", str(tmp_path)])
    assert result.exit_code == 2
    assert "[no-documents]" in result.stderr


def test_unpaired_surrogates_are_no_text(extractor: Extractor) -> None:
    with pytest.raises(NotText):
        extractor.extract(f"{GOOD} \ud800")
