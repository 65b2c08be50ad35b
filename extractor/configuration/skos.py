"""Thesauri in SKOS: the concepts of an RDF graph with their labels in one language.

Nothing is fetched: a JSON-LD context must stand in the file, and RDF/XML may have no document type, hence no entities.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.parsers import expat

from pydantic import ValidationError

from extractor.configuration.models import KnownTopic, Vocabulary
from extractor.configuration.problems import Problems, place
from extractor.extras import require

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_PARSERS = {"rdf-xml": "xml", "turtle": "turtle", "json-ld": "json-ld"}
_BLANKS = re.compile(r"\s+")


class _Refused(Exception):
    """A file that is not to be parsed: why, and in which line if known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.line = message, line


def topics_of_thesaurus(
    data: bytes,
    path: Path,
    kind: Literal["rdf-xml", "turtle", "json-ld"],
    vocabulary: Vocabulary,
    problems: Problems,
) -> list[KnownTopic]:
    """The concepts that have a preferred label in the language, in the order of their URIs.

    Raises ``MissingExtra`` where rdflib is not installed.
    """
    rdflib = require("rdflib", extra="skos")
    graph: Graph = rdflib.Graph()
    try:
        _check(data, kind)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # about what rdflib itself uses
            graph.parse(data=data, format=_PARSERS[kind], publicID=path.resolve().as_uri())
    except _Refused as refused:
        problems.error(place(str(path), refused.line), refused.message)
        return []
    except Exception as error:  # each of rdflib's parsers has its own
        line, message = _told(error)
        problems.error(place(str(path), line), f"it cannot be read as {kind}: {message}")
        return []
    return list(_concepts(graph, str(path), vocabulary, problems))


def _check(data: bytes, kind: str) -> None:
    """Refuse what would make the parser open a connection, or grow without bound."""
    if kind == "rdf-xml":
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_document_type
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise _Refused(f"it is no XML: {expat.ErrorString(error.code)}", error.lineno) from None
    elif kind == "json-ld":
        try:
            _check_contexts(json.loads(data))
        except json.JSONDecodeError as error:
            raise _Refused(f"it is no JSON: {error.msg}", error.lineno) from None
        except (RecursionError, UnicodeDecodeError):
            raise _Refused("it is no JSON that can be read") from None


def _refuse_document_type(*_: object) -> None:
    raise _Refused("it has a document type, which is refused; save it without one, or as Turtle")


def _check_contexts(value: Any) -> None:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            context = value.get("@context")
            contexts = context if isinstance(context, list) else [context]
            if "@import" in value or any(isinstance(entry, str) for entry in contexts):
                raise _Refused("its @context stands elsewhere; nothing is fetched: put it into the file")
            waiting.extend(value.values())


def _told(error: Exception) -> tuple[int | None, str]:
    """The line at which a parser of rdflib stopped, counted from 1, and why."""
    if hasattr(error, "getLineNumber"):
        return error.getLineNumber(), error.getMessage() if hasattr(error, "getMessage") else str(error)
    line = getattr(error, "lines", None)
    why = getattr(error, "_why", None) or str(error) or type(error).__name__
    first = _BLANKS.sub(" ", str(why))[:200]
    return (line + 1 if isinstance(line, int) else None), first


def _concepts(graph: Graph, name: str, vocabulary: Vocabulary, problems: Problems) -> Iterator[KnownTopic]:
    from rdflib import RDF, URIRef

    preferred, concept = URIRef(f"{_SKOS}prefLabel"), URIRef(f"{_SKOS}Concept")
    others = (URIRef(f"{_SKOS}altLabel"), URIRef(f"{_SKOS}hiddenLabel"))
    subjects = {*graph.subjects(RDF.type, concept), *graph.subjects(preferred)}
    unlabelled = 0
    for subject in sorted(node for node in subjects if isinstance(node, URIRef)):
        names = list(_labels(graph, subject, preferred, vocabulary.language))
        if not names:
            unlabelled += 1
            continue
        aliases = [label for link in others for label in _labels(graph, subject, link, vocabulary.language)]
        labels = dict.fromkeys([*names[1:], *aliases])
        try:
            yield KnownTopic(name=names[0], aliases=tuple(labels), concept=str(subject), find=vocabulary.find)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            problems.warn(name, f"<{str(subject)[:200]}> is left out: {first['loc'][0]}: {first['msg']}")
    if unlabelled:
        problems.warn(name, f"{unlabelled} concepts are left out: no preferred label in {vocabulary.language}")
    if not subjects:
        problems.warn(name, "it holds no concepts of SKOS")


def _labels(graph: Graph, subject: Node, link: Node, language: str) -> Iterator[str]:
    """Labels in a language, its varieties ("de-AT") behind it; those of no language where there are none."""
    from rdflib import Literal as RdfLiteral

    found = sorted(
        ((label.language or "").lower(), _BLANKS.sub(" ", str(label)).strip())
        for label in graph.objects(subject, link)
        if isinstance(label, RdfLiteral)
    )
    spoken = [label for tag, label in found if tag == language or tag.startswith(f"{language}-")]
    yield from spoken or [label for tag, label in found if not tag]
