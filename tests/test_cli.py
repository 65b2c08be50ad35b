"""The command line: what it writes where, and what it ends with."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.validation import check, schema_text

TEXT = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne“ statt.\n"
OTHER = "Der Bürgerdialog findet am 16. Mai 2025 um 18 Uhr im Rathaus Torgau statt.\n"
RELATIVE = "Die Konferenz findet am kommenden Freitag in Leipzig statt. Alle sind eingeladen.\n"

runner = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good documents and, between them, an empty one."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text(" \n", "utf-8")
    (folder / "c.md").write_text(OTHER, "utf-8")
    return folder


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "extractor", *arguments],
        input=stdin,
        capture_output=True,
        env=os.environ | environment,
        timeout=120,
    )


# --- extract -----------------------------------------------------------------------------------


def test_one_document_is_one_object(folder: Path) -> None:
    result = runner.invoke(app, ["extract", str(folder / "a.txt")])
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["source"]["uri"].endswith("a.txt")
    assert report["main_event"]["when"]["start"] == "2025-03-04"
    assert result.stderr == ""


def test_several_documents_are_an_array(folder: Path) -> None:
    result = runner.invoke(app, ["extract", str(folder / "c.md"), str(folder / "a.txt")])
    assert result.exit_code == 0
    assert [Path(report["source"]["uri"]).name for report in json.loads(result.stdout)] == ["c.md", "a.txt"]


def test_a_directory_is_an_array_even_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    result = runner.invoke(app, ["extract", str(tmp_path)])
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)) == 1


def test_json_lines_are_one_a_line(folder: Path) -> None:
    result = runner.invoke(app, ["extract", str(folder / "a.txt"), str(folder / "c.md"), "--format", "jsonl"])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [json.loads(line)["schema_version"] for line in lines] == ["1.0", "1.0"]


def test_standard_input() -> None:
    result = run("extract", "-", stdin=TEXT.encode())
    assert result.returncode == 0
    assert json.loads(result.stdout)["main_event"]["where"]["city"] == "Templin"


def test_failures_cost_only_themselves(folder: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors.jsonl"
    result = runner.invoke(app, ["extract", str(folder), "--errors", str(errors)])
    assert result.exit_code == 1
    assert [Path(report["source"]["uri"]).name for report in json.loads(result.stdout)] == ["a.txt", "c.md"]
    message, *summary = result.stderr.splitlines()
    assert "b.txt" in message
    assert summary == ["3 read, 2 written, 1 failed, 0 warned", "  error empty-document: 1"]
    (record,) = map(json.loads, errors.read_text("utf-8").splitlines())
    assert record["code"] == "empty-document"
    assert record["source"].endswith("b.txt")


def test_a_missing_file_is_an_error_record_among_good_neighbours(folder: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors.jsonl"
    paths = [str(folder / "a.txt"), str(folder / "missing.txt"), str(folder / "c.md")]
    result = runner.invoke(app, ["extract", *paths, "--format", "jsonl", "--errors", str(errors)])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert json.loads(errors.read_text("utf-8"))["code"] == "source-not-found"


def test_output_file_is_what_standard_output_would_be(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    to_file = runner.invoke(app, ["extract", str(folder / "a.txt"), "--output", str(output)])
    to_standard_output = runner.invoke(app, ["extract", str(folder / "a.txt")])
    assert to_file.exit_code == 0
    assert to_file.stdout == ""
    assert output.read_bytes() == to_standard_output.stdout_bytes


def test_output_file_is_left_alone_when_nothing_comes(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    output.write_text("old", "utf-8")
    result = runner.invoke(app, ["extract", str(folder / "b.txt"), "--output", str(output)])
    assert result.exit_code == 1
    assert output.read_text("utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"reports", "out.json"}


def test_output_keeps_the_permissions_of_the_file(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    output.touch()
    output.chmod(0o640)
    assert runner.invoke(app, ["extract", str(folder / "a.txt"), "--output", str(output)]).exit_code == 0
    assert output.stat().st_mode & 0o777 == 0o640


def test_output_follows_a_link(folder: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    assert runner.invoke(app, ["extract", str(folder / "a.txt"), "--output", str(link)]).exit_code == 0
    assert link.is_symlink()
    assert json.loads(target.read_text("utf-8"))["schema_version"] == "1.0"


def test_output_may_be_a_device(folder: Path) -> None:
    result = runner.invoke(app, ["extract", str(folder / "a.txt"), "--output", os.devnull])
    assert result.exit_code == 0
    assert not Path(os.devnull).is_file()


def test_reference_date_resolves_relative_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RELATIVE, "utf-8")
    result = runner.invoke(app, ["extract", str(path), "--reference-date", "2025-03-04"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["main_event"]["when"]["start"] == "2025-03-07"


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["explain"],
        ["extract", "FOLDER/a.txt", "--format", "xml"],
        ["extract", "FOLDER/a.txt", "--reference-date", "4. März 2025"],
        ["extract", "FOLDER/a.txt", "--reference-date", "2025-02-30"],
        ["extract", "FOLDER/a.txt", "--output", "FOLDER/missing/out.json"],
        ["extract", "FOLDER/a.txt", "--output", "FOLDER"],
        ["extract", "FOLDER/a.txt", "--output", "FOLDER/out", "--errors", "FOLDER/out"],
        ["extract", "FOLDER/empty"],
        ["extract", "FOLDER", "--since", "gestern"],
        ["extract", "FOLDER", "--jobs", "-1"],
        ["extract", "FOLDER/a.txt", "--timeout", "inf"],
        ["extract", "FOLDER/a.txt", "--timeout", "nan"],
        ["explain", "FOLDER/a.txt", "--memory", "99999999999999"],
        ["extract", "FOLDER/a.txt", "--output", "FOLDER/" + "x" * 5000],
        ["extract", "FOLDER", "--output", "FOLDER/missing/out.json"],
        ["extract", "FOLDER", "--report", "FOLDER/missing/report.json"],
        ["extract", "FOLDER", "--report", "FOLDER/out", "--errors", "FOLDER/out"],
        ["schema", "--record", "event"],
        ["unknown"],
        [],
    ],
)
def test_what_cannot_be_carried_out_ends_with_2(folder: Path, arguments: list[str]) -> None:
    (folder / "empty").mkdir()
    result = runner.invoke(app, [argument.replace("FOLDER", str(folder)) for argument in arguments])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert {path.name for path in folder.iterdir()} == {"a.txt", "b.txt", "c.md", "empty"}


def test_two_runs_give_the_same_bytes(folder: Path) -> None:
    runs = [run("extract", str(folder), "--format", "jsonl", PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert runs[0].stdout == runs[1].stdout != b""


def test_output_is_utf_8_whatever_the_terminal_says(folder: Path) -> None:
    result = run("extract", str(folder / "a.txt"), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert result.returncode == 0
    assert "4. März 2025".encode() in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes descriptors")
@pytest.mark.parametrize("command", ["extract", "explain", "view"])
def test_closed_standard_input_is_told(command: str) -> None:
    shell = ["sh", "-c", f"'{sys.executable}' -m extractor {command} - <&-"]
    done = subprocess.run(shell, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "error: -: standard input is closed [source-unreadable]\n")


def test_broken_pipe_is_quiet(folder: Path) -> None:
    for number in range(300):
        (folder / f"d{number}.txt").write_text(TEXT, "utf-8")
    command = [sys.executable, "-m", "extractor", "extract", str(folder), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        messages = process.stderr.read()
        assert process.wait(60) == 141
    assert b"Traceback" not in messages
    assert b"Broken" not in messages


def test_interrupt_leaves_no_half_file(folder: Path, tmp_path: Path) -> None:
    for number in range(2000):
        (folder / f"d{number}.txt").write_text(TEXT * 20, "utf-8")
    output = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "extractor", "extract", str(folder), "--format", "jsonl", "--output", str(output)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert b"b.txt" in process.stderr.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        messages = process.stderr.read()
        assert process.wait(60) == 130
    assert messages.startswith(b"interrupted: ")
    assert messages.count(b"\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"reports", ".out.jsonl.resume"}


def test_messages_hold_no_raw_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\x07.txt"
    path.write_text("", "utf-8")
    result = runner.invoke(app, ["extract", str(path)])
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "a␛[31m␇.txt" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_text(TEXT, "utf-8")
    Path(os.fsdecode(path.replace(b"\xff", b"\xfe"))).write_text("", "utf-8")
    result = run("extract", str(tmp_path), "--format", "jsonl")
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    assert b"\\xfe.txt: there is nothing in it" in result.stderr


def test_summary_as_json(folder: Path, tmp_path: Path) -> None:
    (folder / "d.txt").write_text("Der Verein pflegt die Obstwiesen am Rand der Stadt und verkauft den Saft.", "utf-8")
    summary = tmp_path / "summary.json"
    result = runner.invoke(app, ["extract", str(folder), "--exclude", "c.*", "--report", str(summary)])
    assert result.exit_code == 1
    numbers = json.loads(summary.read_text("utf-8"))
    assert numbers.pop("seconds") > 0
    assert numbers == {
        "documents": 3,
        "read": 3,
        "written": 2,
        "failed": 1,
        "warned": 1,
        "resumed": 0,
        "skipped": 1,
        "interrupted": False,
        "errors": {"empty-document": 1},
        "warnings": {"no-event": 1},
    }
    assert "3 read, 2 written, 1 failed, 1 warned, 1 skipped\n" in result.stderr


def test_nothing_new_is_no_failure(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    arguments = ["extract", str(folder), "--since", "2100-01-01", "--format", "jsonl", "--output", str(output)]
    result = runner.invoke(app, arguments)
    assert result.exit_code == 0
    assert output.read_bytes() == b""
    assert result.stderr == "0 read, 0 written, 0 failed, 0 warned, 3 skipped\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_on_a_terminal(folder: Path, tmp_path: Path) -> None:
    import pty

    for number in range(30):
        (folder / f"d{number}.txt").write_text(TEXT, "utf-8")
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "extractor", "extract", str(folder), "--output", str(tmp_path / "out.json")]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=end, env=environment) as process:
        os.close(end)
        shown = b""
        try:
            while piece := os.read(terminal, 65536):
                shown += piece
        except OSError:  # the other end is closed
            pass
        assert process.wait() == 1
    os.close(terminal)
    assert b"/33" in shown
    assert b"1 failed" in shown
    assert b"/s" in shown
    assert b"33 read, 32 written, 1 failed" in shown


# --- explain -----------------------------------------------------------------------------------


def test_explain_shows_text_values_and_rules(folder: Path) -> None:
    result = runner.invoke(app, ["explain", str(folder / "a.txt")])
    assert result.exit_code == 0
    assert TEXT.strip() in result.stdout
    assert "“4. März 2025”  →  2025-03-04  date." in result.stdout
    assert "Templin (municipality, Brandenburg" in result.stdout
    assert "main event  Ortswerkstatt Ortskerne" in result.stdout
    assert "\x1b" not in result.stdout


def test_explain_colours_a_terminal(folder: Path) -> None:
    assert b"\x1b[" in run("explain", str(folder / "a.txt"), FORCE_COLOR="1", TERM="xterm-256color").stdout


def test_explain_shows_control_characters_instead_of_sending_them(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Konferenz \x1b]0;title\x07 \x9b31m \u202e {TEXT}", "utf-8")
    result = run("explain", str(path))
    assert result.returncode == 0
    shown = result.stdout.decode()
    assert not set("\x1b\x07\x9b\u202e") & set(shown)
    assert "␛]0;title␇" in shown


def test_explain_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(f"{TEXT.strip()} Nummer {number}." for number in range(3000)), "utf-8")
    result = runner.invoke(app, ["explain", str(path)])
    assert result.exit_code == 0
    assert "are not shown" in result.stdout
    assert len(result.stdout) < 1_500_000


def test_explain_shows_why(folder: Path) -> None:
    shown = runner.invoke(app, ["explain", str(folder / "c.md")]).stdout
    assert "candidates for the main event  at least 3.5: the highest score  choice.score" in shown
    assert "because   the highest score  choice.score" in shown
    assert "; alone " in shown
    assert "inferred   where.city Torgau: the town of the venue  “Rathaus Torgau” 53–67  city.venue" in shown
    assert "discarded" not in shown


def test_explain_as_json_is_valid(folder: Path) -> None:
    result = runner.invoke(app, ["explain", str(folder / "a.txt"), "--format", "json"])
    assert result.exit_code == 0
    explanation = json.loads(result.stdout)
    check(explanation, "explanation")
    record = json.loads(runner.invoke(app, ["extract", str(folder / "a.txt")]).stdout)
    assert explanation["id"] == record["id"]
    assert explanation["events"][0]["id"] == record["main_event"]["id"]
    assert explanation["choice"]["candidates"][0]["event"] == record["main_event"]["id"]


@pytest.mark.parametrize("layout", ["text", "json"])
def test_explain_lets_nothing_of_a_discard_steer_the_terminal(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "a.txt"
    evil = "Gera\x1b]0;title\x07\x9b31m\u202e"
    path.write_text(
        "Der Fachtag Wald fand am 4. Mai 2025 in Torgau statt und war gut besucht; "
        f"die Referentin kam aus {evil}.\n\n"
        "Es ging um Bäume, Böden und Wasser; Anmeldungen waren bis zum 3. Mai möglich. "
        f"Startseite | {evil} | Impressum",
        "utf-8",
    )
    result = run("explain", str(path), "--format", layout)
    assert result.returncode == 0
    assert not set("\x1b\x07\x9b\u202e") & set(result.stdout.decode())


def test_explain_of_a_missing_file() -> None:
    result = runner.invoke(app, ["explain", "missing.txt"])
    assert result.exit_code == 1
    assert result.stderr.startswith("error: missing.txt: ")


# --- schema, version, help ---------------------------------------------------------------------


def test_schema() -> None:
    assert runner.invoke(app, ["schema"]).stdout == schema_text("report")
    assert runner.invoke(app, ["schema", "--record", "error"]).stdout == schema_text("error")


def test_version() -> None:
    result = runner.invoke(app, ["--version"])
    assert result.exit_code == 0
    assert result.stdout.startswith("extractor 0.")


def test_texts_stand_beside_the_records(folder: Path, tmp_path: Path) -> None:
    texts = tmp_path / "new" / "texts"
    result = runner.invoke(app, ["extract", str(folder), "--format", "jsonl", "--text-dir", str(texts)])
    assert result.exit_code == 1
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert {path.name for path in texts.iterdir()} == {f"{record['id']}.txt" for record in records}
    for record in records:
        text = (texts / f"{record['id']}.txt").read_bytes().decode("utf-8")
        for evidence in record["main_event"]["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_a_folder_for_texts_that_cannot_be_made(folder: Path) -> None:
    result = runner.invoke(app, ["extract", str(folder), "--text-dir", str(folder / "a.txt")])
    assert result.exit_code == 2


_TERMINAL = {"extractor", "typer", "annotated_doc", "shellingham", "rich", "pygments", "markdown_it", "mdurl", "attr"}
"""What the help needs: the libraries of the terminal, and nothing that reads, tags or writes."""


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['extractor', '--help']\n"
        "before = set(sys.modules)\n"
        "from extractor.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        f"unwanted = loaded - set(sys.stdlib_module_names) - {_TERMINAL!r}\n"
        "print(sorted(unwanted | ({'rich.progress'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_process_that_hands_documents_out_loads_nothing_heavy(folder: Path) -> None:
    code = (
        f"import sys; sys.argv = ['extractor', 'extract', {str(folder)!r}]\n"
        "from extractor.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('spacy', 'onnxruntime', 'lxml', 'pypdfium2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_rules_alone_load_no_model(folder: Path) -> None:
    code = (
        "import sys\n"
        "from extractor.scaling.outcomes import Settings; from extractor.scaling.worker import Worker\n"
        f"assert Worker(Settings(ner='none')).run({str(folder / 'a.txt')!r}).record\n"
        "print([name for name in ('onnxruntime', 'extractor.pipes.ner.network') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("ner", "code"), [("large", "usage"), ("spacy:de_not_there", "model-not-found")])
def test_model_that_is_not_there_is_an_error_of_use(folder: Path, ner: str, code: str) -> None:
    result = runner.invoke(app, ["extract", str(folder / "a.txt"), "--ner", ner])
    assert result.exit_code == 2
    assert ner.removeprefix("spacy:") in result.stderr
    assert code in result.stderr
    assert result.stdout == ""


def test_module_is_the_command() -> None:
    assert run("--version").stdout.startswith(b"extractor 0.")


def test_every_command_and_option_is_documented() -> None:
    guide = (Path(__file__).parents[1] / "docs" / "command-line.md").read_text("utf-8")
    import typer.main

    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"extractor {name}" in guide
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or option in guide, f"{name} {option}"
