"""Topics from tables and thesauri: what is read, what is refused, and that nothing is fetched."""

import socket
import sys
from pathlib import Path

import pytest

from extractor import Configuration
from extractor.configuration import vocabularies
from extractor.configuration.loading import read_configuration
from extractor.configuration.problems import Problems
from extractor.errors import BadConfiguration, MissingExtra

TURTLE = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://themen.example/wald> a skos:Concept ;
    skos:prefLabel "Wald"@de, "forest"@en ; skos:altLabel "Forst"@de-AT, "woods"@en ; skos:hiddenLabel "Wlad"@de .
<https://themen.example/moor> skos:prefLabel "Moor" .
<https://themen.example/lake> a skos:Concept ; skos:prefLabel "lake"@en .
"""
RDF_XML = """\
<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="https://themen.example/wald">
    <skos:prefLabel xml:lang="de">Wald</skos:prefLabel><skos:prefLabel xml:lang="en">forest</skos:prefLabel>
    <skos:altLabel xml:lang="de-AT">Forst</skos:altLabel><skos:altLabel xml:lang="en">woods</skos:altLabel>
    <skos:hiddenLabel xml:lang="de">Wlad</skos:hiddenLabel>
  </skos:Concept>
  <rdf:Description rdf:about="https://themen.example/moor"><skos:prefLabel>Moor</skos:prefLabel></rdf:Description>
  <skos:Concept rdf:about="https://themen.example/lake">
    <skos:prefLabel xml:lang="en">lake</skos:prefLabel>
  </skos:Concept>
</rdf:RDF>
"""
JSON_LD = """\
{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"},
 "@graph": [
  {"@id": "https://themen.example/wald", "@type": "skos:Concept",
   "skos:prefLabel": [{"@value": "Wald", "@language": "de"}, {"@value": "forest", "@language": "en"}],
   "skos:altLabel": [{"@value": "Forst", "@language": "de-AT"}, {"@value": "woods", "@language": "en"}],
   "skos:hiddenLabel": {"@value": "Wlad", "@language": "de"}},
  {"@id": "https://themen.example/moor", "skos:prefLabel": "Moor"},
  {"@id": "https://themen.example/lake", "@type": "skos:Concept",
   "skos:prefLabel": {"@value": "lake", "@language": "en"}}]}
"""
CSV = "label,alternatives,concept\nWald,Forst|Wlad,https://themen.example/wald\nMoor,,https://themen.example/moor\n"
FILES = {"v.ttl": TURTLE, "v.rdf": RDF_XML, "v.jsonld": JSON_LD, "v.csv": CSV}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def configured(folder: Path, name: str, content: str | bytes, more: str = "") -> Path:
    """A configuration with one vocabulary."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    path = folder / "extractor.toml"
    path.write_text(f"[[vocabularies]]\nfile = '{name}'\n{more}", "utf-8")
    return path


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_topics(tmp_path: Path, name: str) -> None:
    topics = Configuration.load(configured(tmp_path, name, FILES[name])).topics
    assert {(topic.name, topic.aliases, topic.concept) for topic in topics} == {
        ("Wald", ("Forst", "Wlad"), "https://themen.example/wald"),
        ("Moor", (), "https://themen.example/moor"),
    }
    assert {topic.find for topic in topics} == {"everywhere"}


@pytest.mark.parametrize("name", ["v.ttl", "v.rdf", "v.jsonld"])
def test_labels_are_those_of_the_language(tmp_path: Path, name: str) -> None:
    path = configured(tmp_path, name, FILES[name], "language = 'en'\nfind = 'topics'\n")
    topics = {topic.name: topic for topic in Configuration.load(path).topics}
    assert topics.keys() == {"forest", "lake", "Moor"}
    assert topics["forest"].aliases == ("woods",)
    assert topics["forest"].find == "topics"


def test_concepts_without_a_label_are_counted(tmp_path: Path) -> None:
    problems = Problems()
    assert read_configuration(configured(tmp_path, "v.ttl", TURTLE), problems) is not None
    assert problems.warnings == [(str(tmp_path / "v.ttl"), "1 concepts are left out: no preferred label in de")]


def test_format_may_be_named(tmp_path: Path) -> None:
    path = configured(tmp_path, "themes.txt", TURTLE, "format = 'turtle'\n")
    assert [topic.name for topic in Configuration.load(path).topics] == ["Moor", "Wald"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_columns(tmp_path: Path, delimiter: str) -> None:
    rows = [["concept", "label"], ["urn:x:1", '"Wald\u00a0und Moor"'], [" ", "See"]]
    text = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows)
    topics = Configuration.load(configured(tmp_path, "v.csv", text)).topics
    assert [(topic.name, topic.concept) for topic in topics] == [("Wald und Moor", "urn:x:1"), ("See", None)]


FAULTS = [
    ("v.csv", "", 1, "the first line should name the columns label, alternatives, concept; it is empty"),
    ("v.csv", "Wald;urn:x:1\n", 1, "the first line should name the columns"),
    ("v.csv", "label,colour\nWald,green\n", 1, "the first line should name the columns"),
    ("v.csv", "label;concept\nWald;urn:x:1\nMoor\n", 3, "the row should have 2 fields"),
    ("v.csv", "label;concept\nWald;urn:x:1;3\n", 2, "the row should have 2 fields"),
    ("v.csv", "label;concept\nWald;wald\n", 2, "concept: should be an absolute URI"),
    ("v.csv", "label,concept\n,urn:x:1\n", 2, "label: string should have at least 2 characters"),
    ("v.csv", 'label\nWald\n"Moor\n', 3, "it is no CSV"),
    ("v.csv", b"label\nWald\nM\xf6hre\n", 3, "it is not UTF-8"),
    ("v.ttl", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n<urn:x:1> skos:prefLabel oops\n", 3, "turtle"),
    ("v.rdf", "<?xml version='1.0'?>\n<a>\n</b>\n", 3, "it is no XML: mismatched tag"),
    ("v.rdf", "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>", None, "it has a document type"),
    ("v.jsonld", '{"a":\n ]', 2, "it is no JSON: Expecting value"),
    ("v.jsonld", '{"@context": "https://themen.example/context.jsonld"}', None, "its @context stands elsewhere"),
    ("v.jsonld", '[{"x": [{"@context": [{}, "context.jsonld"]}]}]', None, "its @context stands elsewhere"),
    ("v.jsonld", '{"@context": {"@import": "context.jsonld"}}', None, "its @context stands elsewhere"),
    ("v.jsonld", "[" * 100_000, None, "it is no JSON that can be read"),
]


@pytest.mark.parametrize(("name", "content", "line", "message"), FAULTS, ids=[f"{f[0]} {f[3][:30]}" for f in FAULTS])
def test_fault_is_told_with_its_line(
    tmp_path: Path, name: str, content: str | bytes, line: int | None, message: str
) -> None:
    with pytest.raises(BadConfiguration) as caught:
        Configuration.load(configured(tmp_path, name, content))
    assert caught.value.source == str(tmp_path / name) + (f":{line}" if line else "")
    assert message in caught.value.message


def test_size_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = configured(tmp_path, "v.csv", "label\n" + "".join(f"Wort{number}\n" for number in range(50_001)))
    with pytest.raises(BadConfiguration, match="more than 50,000 topics"):
        Configuration.load(path)
    monkeypatch.setattr(vocabularies, "MAX_VOCABULARY_BYTES", 1000)
    with pytest.raises(BadConfiguration, match="more than 1,000 bytes"):
        Configuration.load(path)


def test_a_label_of_two_concepts_is_that_of_the_preferred(tmp_path: Path) -> None:
    problems = Problems()
    text = "label,alternatives,concept\nWald,Moor|Holz,urn:x:1\nMoor,Holz,urn:x:2\nwald,,urn:x:3\n"
    path = configured(tmp_path, "v.csv", text)
    configuration = read_configuration(path, problems)
    assert configuration is not None
    assert [(topic.name, topic.aliases) for topic in configuration.topics] == [("Wald", ("Holz",)), ("Moor", ())]
    assert [problem.message for problem in problems.warnings] == [
        "the label 'Moor' of urn:x:1 already is one of urn:x:2",
        "the label 'Holz' of urn:x:2 already is one of urn:x:1",
        "the label 'wald' of urn:x:3 already is one of urn:x:1",
    ]


def test_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = configured(tmp_path, "v.ttl", TURTLE)
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(MissingExtra, match=r"pip install 'extractor\[skos\]'"):
        Configuration.load(path)
