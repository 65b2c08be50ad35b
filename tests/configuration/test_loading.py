"""What a configuration file may say, and what is told, with its line, of one that says something else."""

import pickle
from pathlib import Path

import pytest

from extractor import Configuration
from extractor.configuration import loading
from extractor.configuration.loading import read_configuration
from extractor.configuration.problems import Problems
from extractor.errors import BadConfiguration

SAMPLE = Path(__file__).parents[2] / "samples" / "configuration" / "extractor.toml"

FAULTS = [
    ('a = 1\nb = "', 2, "it is no TOML"),
    ("a = 1\nb = [\n", 3, "it is no TOML"),
    (
        "[[organisations]]\nname = 'X\u2028Y'\nacronim = 'N'",
        3,
        "organisations.acronim: unknown key; known are name, acronym",
    ),
    ("things = []", 1, "things: unknown key; known are organisations, venues"),
    ("\n[[venues]]\ncity = 'Templin'", 2, "venues.name: is missing"),
    ("[[venues]]\nname = 'Kranwerk'\ncity = 5", 3, "venues.city: input should be a valid string"),
    ("[[venues]]\nname = 'K'", 2, "venues.name: string should have at least 2 characters"),
    ("[[venues]]\nname = '  K  '", 2, "venues.name: string should have at least 2 characters"),
    ("[[venues]]\nname = '--'", 2, "venues.name: should have a letter or a figure"),
    ('[[venues]]\nname = "a\\nb"', 2, "venues.name: should be one line"),
    ("[[venues]]\nname = '" + "x" * 201 + "'", 2, "venues.name: string should have at most 200 characters"),
    ("[[venues]]\nname = 'Kranwerk'\naliases = [\n 'ab',\n 'c',\n]", 5, "venues.aliases: string should have"),
    ("[[venues]]\nname = 'Kranwerk'\naliases = 'ab'", 3, 'venues.aliases: should be a list, as in aliases = ["..."]'),
    ("[venues]\nname = 'Kranwerk'", 1, "venues: should be a list, as in [[venues]]"),
    ("venues = ['Kranwerk']", 1, "venues: should be a table"),
    ("[[organisations]]\nname = 'Netz'\nkind = 'club'", 3, "organisations.kind: input should be 'authority'"),
    ("[[event_types]]\nname = 'Runde'\ngender = 'x'", 3, "event_types.gender: input should be 'm', 'f' or 'n'"),
    ("[[topics]]\nname = 'Wald'\nconcept = 'wald'", 3, "topics.concept: should be an absolute URI"),
    ("[[topics]]\nname = 'Wald'\nconcept = 'http://a b'", 3, "topics.concept: should be an absolute URI"),
    ("[[topics]]\nname = 'Wald'\nfind = 'never'", 3, "topics.find: input should be 'everywhere' or 'topics'"),
    ("[[vocabularies]]\nfile = 'missing.csv'", 2, "missing.csv: there is no such file"),
    ("[[vocabularies]]\nfile = 'themes.odt'", 2, "vocabularies.format: is missing, and .odt does not tell it"),
    (
        "[[organisations]]\nname = 'Netz Nord'\n\n[[organisations]]\nname = 'Bund'\naliases = ['netz-nord']",
        5,
        "'netz-nord' already names an organisation at {file}:2",
    ),
    ("[[topics]]\nname = 'Wald'\n[[topics]]\nname = 'wald'", 4, "'wald' already names a topic at {file}:2"),
]


@pytest.mark.parametrize(("text", "line", "message"), FAULTS, ids=[message for _, _, message in FAULTS])
def test_fault_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "extractor.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadConfiguration) as caught:
        Configuration.load(path)
    assert caught.value.source == f"{path}:{line}"
    assert caught.value.message.startswith(message.format(file=path)) or message in caught.value.message


def test_all_faults_are_told_in_the_order_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "extractor.toml"
    path.write_text("[[venues]]\nnam = 'a'\ncity = 1\n[[persons]]\nname = 'Eva Muster'\nage = 3\n", "utf-8")
    problems = Problems()
    assert read_configuration(path, problems) is None
    assert [problem.source for problem in problems.errors] == [f"{path}:{line}" for line in (1, 2, 3, 6)]
    with pytest.raises(BadConfiguration, match=r"\(3 more: see `extractor config check"):
        Configuration.load(path)


def test_faults_have_an_end(tmp_path: Path) -> None:
    path = tmp_path / "extractor.toml"
    path.write_text("".join(f"key{number} = 1\n" for number in range(5000)), "utf-8")
    problems = Problems()
    read_configuration(path, problems)
    assert len(problems.errors) == 101
    assert problems.errors[-1].message == "and more; the first 100 are listed"


WARNINGS = [
    ("[[venues]]\nname = 'Kranwerk'\naliases = ['Kranwerk']", 2, "'Kranwerk' stands twice in this entry"),
    (
        "[[organisations]]\nname = 'Kranwerk'\n[[venues]]\nname = 'Kranwerk'",
        4,
        "'Kranwerk' is a venue here, an organisation at {file}:2; both are found",
    ),
    (
        "[[venues]]\nname = 'Kranwerk'\n[[topics]]\nname = 'Kranwerk'",
        4,
        "'Kranwerk' is a topic here, a venue at {file}:2; both are found",
    ),
]


@pytest.mark.parametrize(("text", "line", "message"), WARNINGS)
def test_warning_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "extractor.toml"
    path.write_text(text, "utf-8")
    problems = Problems()
    assert read_configuration(path, problems) is not None
    assert not problems.errors
    assert problems.warnings[0] == (f"{path}:{line}", message.format(file=path))


@pytest.mark.parametrize(
    ("data", "source", "message"),
    [
        (b'a = 1\nb = "\xff"', ":2", "it is not UTF-8"),
        (b"a = " + b"[" * 50_000, "", "it is nested too deeply"),
        (b"#" * (loading.MAX_FILE_BYTES + 1), "", "it has more than 4,000,000 bytes"),
    ],
)
def test_hostile_file_is_refused(tmp_path: Path, data: bytes, source: str, message: str) -> None:
    path = tmp_path / "extractor.toml"
    path.write_bytes(data)
    with pytest.raises(BadConfiguration) as caught:
        Configuration.load(path)
    assert caught.value.source == f"{path}{source}"
    assert caught.value.message.startswith(message)


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "extractor.toml"
    path.write_text("venues = [" + "{ name = 'Halle' },\n" * 20_001 + "]", "utf-8")
    with pytest.raises(BadConfiguration, match="at most 20000 items"):
        Configuration.load(path)


@pytest.mark.parametrize(("name", "message"), [("missing.toml", "there is no such file"), (".", "it is no file")])
def test_what_is_no_file(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(BadConfiguration, match=message):
        Configuration.load(tmp_path / name)


def test_empty_file_is_an_empty_configuration(tmp_path: Path) -> None:
    path = tmp_path / "extractor.toml"
    path.write_bytes(b"\xef\xbb\xbf# nothing\r\n")
    assert Configuration.load(path) == Configuration(path=str(path))


def test_names_are_composed_and_their_blanks_single(tmp_path: Path) -> None:
    path = tmp_path / "extractor.toml"
    path.write_text("[[persons]]\nname = ' A\u0308nne \u00a0 Muster '\n", "utf-8")
    assert Configuration.load(path).persons[0].name == "Änne Muster"


def test_sample_is_good_and_can_be_pickled() -> None:
    problems = Problems()
    configuration = read_configuration(SAMPLE, problems)
    assert (problems.errors, problems.warnings) == ([], [])
    assert configuration is not None
    assert pickle.loads(pickle.dumps(configuration)) == configuration  # noqa: S301 -- our own bytes
    assert Configuration.load(configuration.path or "") == configuration
