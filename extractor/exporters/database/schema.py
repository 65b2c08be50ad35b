"""The tables, as SQLAlchemy metadata. The comments are the table dictionary of ``docs/database.md``.

How they hang together: a report's own rows hang on ``reports.id`` and are replaced with it. What
reports share (events, organisations, persons, places, topics) has an id made from what it is, so
that it does not depend on who came first. Long texts are indexed by hash in PostgreSQL, whose
B-trees refuse entries of more than 2,700 bytes.

The tables of a database are made by the migrations; a test holds the two together. Whoever changes
something here adds a migration and raises ``REVISION``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    cast,
)
from sqlalchemy.types import BigInteger, UserDefinedType

REVISION = "0001"
"""The newest migration: what this version of the package reads and writes."""

VERSION_TABLE = "extractor_schema"
"""Where a database says at which migration it is."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class JsonText(UserDefinedType[str]):
    """A JSON text that keeps its bytes: ``json`` in PostgreSQL (``jsonb`` would refuse U+0000)."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The name of the type, in both databases."""
        return "JSON"

    def column_expression(self, colexpr: Any) -> Any:
        """Read it back as the text it is."""
        return cast(colexpr, Text)


def _table(name: str, *parts: Any, comment: str) -> Table:
    """A table whose rows SQLite keeps in the order of the primary key, without a second index."""
    return Table(name, metadata, *parts, comment=comment, sqlite_with_rowid=False)


def _report(*, primary_key: bool = True) -> Column[Any]:
    return Column("report_id", Text, ForeignKey("reports.id"), primary_key=primary_key, comment="The report.")


def _position(comment: str) -> Column[Any]:
    return Column("position", Integer, primary_key=True, autoincrement=False, comment=comment)


def _quote(*, nullable: bool = False) -> list[Column[Any]]:
    return [
        Column("start_offset", BigInteger, nullable=nullable, comment="Where the quote begins, in code points."),
        Column("end_offset", BigInteger, nullable=nullable, comment="Where it ends, exclusive."),
        Column("quote", Text, nullable=nullable, comment="The words of the text."),
    ]


def _edtf(name: str, comment: str) -> list[Column[Any]]:
    return [
        Column(f"{name}_edtf", Text, comment=f"{comment} As EDTF."),
        Column(f"{name}_earliest", Date, comment="The first day that it covers; null where the year is open."),
        Column(f"{name}_latest", Date, comment="The last day that it covers."),
    ]


def _event_values() -> list[Column[Any]]:
    """What is known of an event; the same columns per report and over all reports."""
    return [
        Column("name", Text, nullable=False, comment="The title, else the type."),
        Column("event_type", Text, nullable=False, comment="What it calls itself: Fachkonferenz."),
        Column("series", Text, comment="The series that it belongs to."),
        Column("ordinal", BigInteger, comment="Its number within the series."),
        Column("status", Text, nullable=False, comment="planned, held, cancelled or postponed."),
        Column("when_text", Text, comment="The words that give the date."),
        Column("start_edtf", Text, comment="First day or period, as EDTF: Juli 2025 is 2025-07."),
        Column("end_edtf", Text, comment="Last day or period, as EDTF; null where there is only one."),
        Column("earliest", Date, comment="The first day that the dates cover; null where the year is open."),
        Column("latest", Date, comment="The last day that the dates cover."),
        *_edtf("previous_start", "Old date of a postponed event."),
        Column("start_time", Text, comment="Local time, HH:MM."),
        Column("end_time", Text, comment="Local time, HH:MM; 24:00 is the end of the day."),
        Column("timezone", Text, comment="IANA zone of the local times."),
        Column("precision", Text, comment="What the date gives: day, month, season, year, ..."),
        Column("approximate", Boolean, comment="Whether the text gives the date as about then."),
        Column("inferred_from", Text, comment="Where a part of the date came from that the words leave out."),
        Column("city", Text, comment="The town, in its official spelling."),
        Column("venue", Text, comment="The hall or house."),
        Column("address", Text, comment="The address as the text gives it."),
        Column("online", Boolean, comment="Whether it takes place online; null where nothing is said of a place."),
        Column("place_id", Text, ForeignKey("places.id"), index=True, comment="The town's entry, with coordinates."),
        Column("attendance", BigInteger, comment="People who came or are expected."),
        Column(
            "confidence", Float, nullable=False, comment="0 to 1; how probable it is that role and start are right."
        ),
    ]


def _entity(name: str, *parts: Any, comment: str) -> Table:
    return _table(
        name,
        Column("id", Text, primary_key=True, comment="Made from the other columns."),
        Column("name", Text, nullable=False, comment="The name."),
        *parts,
        Index(f"ix_{name}_name", "name", postgresql_using="hash"),
        comment=comment,
    )


def _link(entity: str, *parts: Any, comment: str) -> Table:
    return _table(
        f"report_{entity}s",
        _report(),
        _position("Place in the record's list, from 0."),
        Column(f"{entity}_id", Text, ForeignKey(f"{entity}s.id"), nullable=False, index=True, comment=f"The {entity}."),
        *parts,
        comment=comment,
    )


def _mentions(entity: str) -> Table:
    return _table(
        f"{entity}_mentions",
        Column("report_id", Text, primary_key=True, comment="The report."),
        Column(f"{entity}_position", Integer, primary_key=True, comment=f"Which of report_{entity}s."),
        _position("Which mention, from 0."),
        *_quote(),
        Column("rule", Text, nullable=False, comment="Id of the rule or model that found it."),
        ForeignKeyConstraint(
            ["report_id", f"{entity}_position"], [f"report_{entity}s.report_id", f"report_{entity}s.position"]
        ),
        comment=f"The words that name {'an' if entity == 'organisation' else 'a'} {entity}.",
    )


reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True, comment="The record's id: same text, same id."),
    Column("uri", Text, nullable=False, comment="Where the document was read."),
    Column("media_type", Text, nullable=False, comment="Its media type."),
    Column("sha256", Text, nullable=False, comment="Checksum of its bytes."),
    Column("language", Text, nullable=False, comment="BCP 47 tag, or und."),
    Column("title", Text, comment="Its title."),
    *_edtf("published", "When it was published."),
    Column("characters", BigInteger, nullable=False, comment="Length of its text in code points."),
    Column("schema_version", Text, nullable=False, comment="Version of the record."),
    Column("generator", Text, nullable=False, comment="Program and version that made the record."),
    Column("rows_version", Integer, nullable=False, comment="Which way of making rows made its rows."),
    Column("record", JsonText, nullable=False, comment="The whole record, its canonical JSON."),
    Index("ix_reports_uri", "uri", postgresql_using="hash"),
    Index("ix_reports_published_earliest", "published_earliest"),
    comment="One row a report.",
)

organisations = _entity("organisations", comment="One row a name of an organisation.")
persons = _entity("persons", comment="One row a name of a person; namesakes share it.")
topics = _entity("topics", comment="One row a topic.")
places = _entity(
    "places",
    Column("kind", Text, nullable=False, comment="municipality, district, state, country, region, venue, ..."),
    Column("ags", Text, comment="Official key of German municipalities and districts."),
    Column("state", Text, comment="The state that it lies in."),
    Column("country", Text, comment="ISO 3166-1 alpha-2 code."),
    Column("latitude", Float, comment="Degrees north."),
    Column("longitude", Float, comment="Degrees east."),
    Index("ix_places_ags", "ags", postgresql_using="hash"),
    comment="One row a place as records describe it: towns of one name are told apart.",
)

events = Table(
    "events",
    metadata,
    Column("uid", Text, primary_key=True, comment="The same for every report of the event, and in calendars."),
    Column(
        "report_id",
        Text,
        ForeignKey("reports.id"),
        nullable=False,
        index=True,
        comment="The report whose name it bears.",
    ),
    *_event_values(),
    Index("ix_events_latest", "latest"),
    Index("ix_events_earliest", "earliest"),
    Index("ix_events_series", "series", postgresql_using="hash"),
    Index("ix_events_city", "city", postgresql_using="hash"),
    comment="One row an event: what all reports together know of it.",
)

report_events = _table(
    "report_events",
    _report(),
    _position("Place among the record's events, from 0: main, follow-ups, others."),
    Column("event_uid", Text, ForeignKey("events.uid"), nullable=False, index=True, comment="The event."),
    Column("event_id", Text, nullable=False, comment="The event's id within the record."),
    Column("role", Text, nullable=False, comment="main, follow_up or other."),
    *_event_values(),
    CheckConstraint("role IN ('main', 'follow_up', 'other')", name="role"),
    comment="What a report says of an event.",
)

evidence = _table(
    "evidence",
    Column("report_id", Text, primary_key=True, comment="The report."),
    Column("event_position", Integer, primary_key=True, comment="Which of report_events."),
    _position("Which evidence, from 0."),
    Column("field", Text, nullable=False, comment="The field that it proves: when.start."),
    *_quote(),
    Column("rule", Text, nullable=False, comment="Id of the rule or model that found it."),
    ForeignKeyConstraint(["report_id", "event_position"], ["report_events.report_id", "report_events.position"]),
    comment="The words that prove the values of an event.",
)

event_organisers = _table(
    "event_organisers",
    Column("event_uid", Text, ForeignKey("events.uid"), primary_key=True, comment="The event."),
    Column(
        "organisation_id", Text, ForeignKey("organisations.id"), primary_key=True, index=True, comment="Its organiser."
    ),
    Column(
        "report_id", Text, ForeignKey("reports.id"), primary_key=True, index=True, comment="The report that says so."
    ),
    comment="Who organises an event, and which report says so.",
)

event_topics = _table(
    "event_topics",
    Column("event_uid", Text, ForeignKey("events.uid"), primary_key=True, comment="The event."),
    Column("topic_id", Text, ForeignKey("topics.id"), primary_key=True, index=True, comment="What it is about."),
    Column(
        "report_id", Text, ForeignKey("reports.id"), primary_key=True, index=True, comment="The report that says so."
    ),
    comment="What an event is about, and which report says so.",
)

report_organisations = _link(
    "organisation",
    Column("acronym", Text, comment="Its acronym."),
    Column("kind", Text, comment="authority, association, company, ..."),
    comment="The organisations that a report names, and what it says of them.",
)
report_organisation_roles = _table(
    "report_organisation_roles",
    Column("report_id", Text, primary_key=True, comment="The report."),
    Column("organisation_position", Integer, primary_key=True, comment="Which of report_organisations."),
    Column("role", Text, primary_key=True, comment="organiser, host, speaker, participant, funder or mentioned."),
    ForeignKeyConstraint(
        ["report_id", "organisation_position"], ["report_organisations.report_id", "report_organisations.position"]
    ),
    comment="What an organisation does in a report.",
)
report_persons = _link(
    "person",
    Column("title", Text, comment="Dr., Prof."),
    Column("function", Text, comment="Bürgermeisterin."),
    Column("organisation", Text, comment="Whom the person speaks for, as the text says it."),
    comment="The persons whom a report names, and what it says of them.",
)
report_places = _link("place", comment="The places that a report names.")
report_topics = _link(
    "topic", Column("concept", Text, comment="URI of the concept in a vocabulary."), comment="The topics of a report."
)
organisation_mentions = _mentions("organisation")
person_mentions = _mentions("person")
place_mentions = _mentions("place")
topic_mentions = _mentions("topic")

report_warnings = _table(
    "report_warnings",
    _report(),
    _position("Which warning, from 0."),
    Column("code", Text, nullable=False, comment="Which kind of warning."),
    Column("message", Text, nullable=False, comment="What it says."),
    *_quote(nullable=True),
    comment="What a reader of a report should look at.",
)

SHARED = (organisations, persons, topics, places, events)
"""What reports have in common; every other table belongs to one report a row."""

OWN = tuple(table for table in metadata.sorted_tables if table not in SHARED)
