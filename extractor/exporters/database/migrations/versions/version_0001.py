"""The first tables and views."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE organisations (
    id TEXT NOT NULL, name TEXT NOT NULL,
    CONSTRAINT pk_organisations PRIMARY KEY (id)
) {without_rowid};
CREATE INDEX ix_organisations_name ON organisations {by_hash} (name);

CREATE TABLE persons (
    id TEXT NOT NULL, name TEXT NOT NULL,
    CONSTRAINT pk_persons PRIMARY KEY (id)
) {without_rowid};
CREATE INDEX ix_persons_name ON persons {by_hash} (name);

CREATE TABLE places (
    id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, ags TEXT, state TEXT, country TEXT,
    latitude FLOAT, longitude FLOAT,
    CONSTRAINT pk_places PRIMARY KEY (id)
) {without_rowid};
CREATE INDEX ix_places_ags ON places {by_hash} (ags);
CREATE INDEX ix_places_name ON places {by_hash} (name);

CREATE TABLE reports (
    id TEXT NOT NULL, uri TEXT NOT NULL, media_type TEXT NOT NULL, sha256 TEXT NOT NULL,
    language TEXT NOT NULL, title TEXT, published_edtf TEXT, published_earliest DATE, published_latest DATE,
    characters BIGINT NOT NULL, schema_version TEXT NOT NULL, generator TEXT NOT NULL,
    rows_version INTEGER NOT NULL, record JSON NOT NULL,
    CONSTRAINT pk_reports PRIMARY KEY (id)
);
CREATE INDEX ix_reports_published_earliest ON reports (published_earliest);
CREATE INDEX ix_reports_uri ON reports {by_hash} (uri);

CREATE TABLE topics (
    id TEXT NOT NULL, name TEXT NOT NULL,
    CONSTRAINT pk_topics PRIMARY KEY (id)
) {without_rowid};
CREATE INDEX ix_topics_name ON topics {by_hash} (name);

CREATE TABLE events (
    uid TEXT NOT NULL, report_id TEXT NOT NULL, name TEXT NOT NULL, event_type TEXT NOT NULL, series TEXT,
    ordinal BIGINT, status TEXT NOT NULL, when_text TEXT, start_edtf TEXT, end_edtf TEXT, earliest DATE,
    latest DATE, previous_start_edtf TEXT, previous_start_earliest DATE, previous_start_latest DATE,
    start_time TEXT, end_time TEXT, timezone TEXT, precision TEXT, approximate BOOLEAN, inferred_from TEXT,
    city TEXT, venue TEXT, address TEXT, online BOOLEAN, place_id TEXT, attendance BIGINT,
    confidence FLOAT NOT NULL,
    CONSTRAINT pk_events PRIMARY KEY (uid),
    CONSTRAINT fk_events_place_id FOREIGN KEY (place_id)
        REFERENCES places (id),
    CONSTRAINT fk_events_report_id FOREIGN KEY (report_id)
        REFERENCES reports (id)
);
CREATE INDEX ix_events_city ON events {by_hash} (city);
CREATE INDEX ix_events_earliest ON events (earliest);
CREATE INDEX ix_events_latest ON events (latest);
CREATE INDEX ix_events_place_id ON events (place_id);
CREATE INDEX ix_events_report_id ON events (report_id);
CREATE INDEX ix_events_series ON events {by_hash} (series);

CREATE TABLE report_organisations (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, organisation_id TEXT NOT NULL, acronym TEXT,
    kind TEXT,
    CONSTRAINT pk_report_organisations PRIMARY KEY (report_id, position),
    CONSTRAINT fk_report_organisations_organisation_id FOREIGN KEY (organisation_id)
        REFERENCES organisations (id),
    CONSTRAINT fk_report_organisations_report_id FOREIGN KEY (report_id)
        REFERENCES reports (id)
) {without_rowid};
CREATE INDEX ix_report_organisations_organisation_id ON report_organisations (organisation_id);

CREATE TABLE report_persons (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, person_id TEXT NOT NULL, title TEXT, function TEXT,
    organisation TEXT,
    CONSTRAINT pk_report_persons PRIMARY KEY (report_id, position),
    CONSTRAINT fk_report_persons_person_id FOREIGN KEY (person_id)
        REFERENCES persons (id),
    CONSTRAINT fk_report_persons_report_id FOREIGN KEY (report_id)
        REFERENCES reports (id)
) {without_rowid};
CREATE INDEX ix_report_persons_person_id ON report_persons (person_id);

CREATE TABLE report_places (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, place_id TEXT NOT NULL,
    CONSTRAINT pk_report_places PRIMARY KEY (report_id, position),
    CONSTRAINT fk_report_places_place_id FOREIGN KEY (place_id)
        REFERENCES places (id),
    CONSTRAINT fk_report_places_report_id FOREIGN KEY (report_id)
        REFERENCES reports (id)
) {without_rowid};
CREATE INDEX ix_report_places_place_id ON report_places (place_id);

CREATE TABLE report_topics (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, topic_id TEXT NOT NULL, concept TEXT,
    CONSTRAINT pk_report_topics PRIMARY KEY (report_id, position),
    CONSTRAINT fk_report_topics_report_id FOREIGN KEY (report_id)
        REFERENCES reports (id),
    CONSTRAINT fk_report_topics_topic_id FOREIGN KEY (topic_id)
        REFERENCES topics (id)
) {without_rowid};
CREATE INDEX ix_report_topics_topic_id ON report_topics (topic_id);

CREATE TABLE report_warnings (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
    start_offset BIGINT, end_offset BIGINT, quote TEXT,
    CONSTRAINT pk_report_warnings PRIMARY KEY (report_id, position),
    CONSTRAINT fk_report_warnings_report_id FOREIGN KEY (report_id)
        REFERENCES reports (id)
) {without_rowid};

CREATE TABLE event_organisers (
    event_uid TEXT NOT NULL, organisation_id TEXT NOT NULL, report_id TEXT NOT NULL,
    CONSTRAINT pk_event_organisers PRIMARY KEY (event_uid, organisation_id, report_id),
    CONSTRAINT fk_event_organisers_event_uid FOREIGN KEY (event_uid)
        REFERENCES events (uid),
    CONSTRAINT fk_event_organisers_organisation_id FOREIGN KEY (organisation_id)
        REFERENCES organisations (id),
    CONSTRAINT fk_event_organisers_report_id FOREIGN KEY (report_id)
        REFERENCES reports (id)
) {without_rowid};
CREATE INDEX ix_event_organisers_organisation_id ON event_organisers (organisation_id);
CREATE INDEX ix_event_organisers_report_id ON event_organisers (report_id);

CREATE TABLE event_topics (
    event_uid TEXT NOT NULL, topic_id TEXT NOT NULL, report_id TEXT NOT NULL,
    CONSTRAINT pk_event_topics PRIMARY KEY (event_uid, topic_id, report_id),
    CONSTRAINT fk_event_topics_event_uid FOREIGN KEY (event_uid)
        REFERENCES events (uid),
    CONSTRAINT fk_event_topics_report_id FOREIGN KEY (report_id)
        REFERENCES reports (id),
    CONSTRAINT fk_event_topics_topic_id FOREIGN KEY (topic_id)
        REFERENCES topics (id)
) {without_rowid};
CREATE INDEX ix_event_topics_report_id ON event_topics (report_id);
CREATE INDEX ix_event_topics_topic_id ON event_topics (topic_id);

CREATE TABLE organisation_mentions (
    report_id TEXT NOT NULL, organisation_position INTEGER NOT NULL, position INTEGER NOT NULL,
    start_offset BIGINT NOT NULL, end_offset BIGINT NOT NULL, quote TEXT NOT NULL, rule TEXT NOT NULL,
    CONSTRAINT pk_organisation_mentions PRIMARY KEY (report_id, organisation_position, position),
    CONSTRAINT fk_organisation_mentions_report_id FOREIGN KEY (report_id, organisation_position)
        REFERENCES report_organisations (report_id, position)
) {without_rowid};

CREATE TABLE person_mentions (
    report_id TEXT NOT NULL, person_position INTEGER NOT NULL, position INTEGER NOT NULL,
    start_offset BIGINT NOT NULL, end_offset BIGINT NOT NULL, quote TEXT NOT NULL, rule TEXT NOT NULL,
    CONSTRAINT pk_person_mentions PRIMARY KEY (report_id, person_position, position),
    CONSTRAINT fk_person_mentions_report_id FOREIGN KEY (report_id, person_position)
        REFERENCES report_persons (report_id, position)
) {without_rowid};

CREATE TABLE place_mentions (
    report_id TEXT NOT NULL, place_position INTEGER NOT NULL, position INTEGER NOT NULL,
    start_offset BIGINT NOT NULL, end_offset BIGINT NOT NULL, quote TEXT NOT NULL, rule TEXT NOT NULL,
    CONSTRAINT pk_place_mentions PRIMARY KEY (report_id, place_position, position),
    CONSTRAINT fk_place_mentions_report_id FOREIGN KEY (report_id, place_position)
        REFERENCES report_places (report_id, position)
) {without_rowid};

CREATE TABLE report_events (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, event_uid TEXT NOT NULL, event_id TEXT NOT NULL,
    role TEXT NOT NULL, name TEXT NOT NULL, event_type TEXT NOT NULL, series TEXT, ordinal BIGINT,
    status TEXT NOT NULL, when_text TEXT, start_edtf TEXT, end_edtf TEXT, earliest DATE, latest DATE,
    previous_start_edtf TEXT, previous_start_earliest DATE, previous_start_latest DATE, start_time TEXT,
    end_time TEXT, timezone TEXT, precision TEXT, approximate BOOLEAN, inferred_from TEXT, city TEXT,
    venue TEXT, address TEXT, online BOOLEAN, place_id TEXT, attendance BIGINT, confidence FLOAT NOT NULL,
    CONSTRAINT pk_report_events PRIMARY KEY (report_id, position),
    CONSTRAINT ck_report_events_role CHECK (role IN ('main', 'follow_up', 'other')),
    CONSTRAINT fk_report_events_event_uid FOREIGN KEY (event_uid)
        REFERENCES events (uid),
    CONSTRAINT fk_report_events_place_id FOREIGN KEY (place_id)
        REFERENCES places (id),
    CONSTRAINT fk_report_events_report_id FOREIGN KEY (report_id)
        REFERENCES reports (id)
) {without_rowid};
CREATE INDEX ix_report_events_event_uid ON report_events (event_uid);
CREATE INDEX ix_report_events_place_id ON report_events (place_id);

CREATE TABLE report_organisation_roles (
    report_id TEXT NOT NULL, organisation_position INTEGER NOT NULL, role TEXT NOT NULL,
    CONSTRAINT pk_report_organisation_roles PRIMARY KEY (report_id, organisation_position, role),
    CONSTRAINT fk_report_organisation_roles_report_id FOREIGN KEY (report_id, organisation_position)
        REFERENCES report_organisations (report_id, position)
) {without_rowid};

CREATE TABLE topic_mentions (
    report_id TEXT NOT NULL, topic_position INTEGER NOT NULL, position INTEGER NOT NULL,
    start_offset BIGINT NOT NULL, end_offset BIGINT NOT NULL, quote TEXT NOT NULL, rule TEXT NOT NULL,
    CONSTRAINT pk_topic_mentions PRIMARY KEY (report_id, topic_position, position),
    CONSTRAINT fk_topic_mentions_report_id FOREIGN KEY (report_id, topic_position)
        REFERENCES report_topics (report_id, position)
) {without_rowid};

CREATE TABLE evidence (
    report_id TEXT NOT NULL, event_position INTEGER NOT NULL, position INTEGER NOT NULL,
    field TEXT NOT NULL, start_offset BIGINT NOT NULL, end_offset BIGINT NOT NULL, quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    CONSTRAINT pk_evidence PRIMARY KEY (report_id, event_position, position),
    CONSTRAINT fk_evidence_report_id FOREIGN KEY (report_id, event_position)
        REFERENCES report_events (report_id, position)
) {without_rowid};
"""

VIEWS = """
CREATE VIEW upcoming_events AS
SELECT
    e.uid, e.name, e.series, e.ordinal, e.event_type, e.status, e.start_edtf, e.end_edtf,
    e.start_time, e.end_time, e.timezone, e.earliest, e.latest, e.city, e.venue, e.address, e.online,
    p.state, p.country, p.latitude, p.longitude, e.confidence, e.report_id, r.uri
FROM events e
JOIN reports r ON r.id = e.report_id
LEFT JOIN places p ON p.id = e.place_id
WHERE e.latest >= {today} AND e.status IN ('planned', 'postponed')
ORDER BY e.earliest, coalesce(e.start_time, ''), e.name, e.uid;

CREATE VIEW events_by_place AS
SELECT
    e.city, p.state, p.country, p.ags, p.latitude, p.longitude,
    e.uid, e.name, e.series, e.ordinal, e.event_type, e.status, e.start_edtf, e.end_edtf,
    e.start_time, e.earliest, e.latest, e.venue, e.address, e.confidence, e.report_id, r.uri
FROM events e
JOIN reports r ON r.id = e.report_id
LEFT JOIN places p ON p.id = e.place_id
WHERE e.city IS NOT NULL
ORDER BY e.city, e.earliest, coalesce(e.start_time, ''), e.name, e.uid;

CREATE VIEW series AS
SELECT
    e.series, count(*) AS events, min(e.ordinal) AS first_ordinal, max(e.ordinal) AS last_ordinal,
    min(e.earliest) AS first_day, max(e.latest) AS last_day, count(DISTINCT e.city) AS cities,
    sum(CASE WHEN e.status = 'held' THEN 1 ELSE 0 END) AS held,
    sum(CASE WHEN e.status = 'cancelled' THEN 1 ELSE 0 END) AS cancelled,
    min(CASE WHEN e.latest >= {today} AND e.status IN ('planned', 'postponed') THEN e.earliest END) AS next_day
FROM events e
WHERE e.series IS NOT NULL
GROUP BY e.series
ORDER BY e.series;
"""

_IN = {
    "sqlite": {
        "without_rowid": "WITHOUT ROWID",
        "by_hash": "",
        "today": "date('now', 'localtime')",
    },
    "postgresql": {
        "without_rowid": "",
        "by_hash": "USING hash",
        "today": "CURRENT_DATE",
    },
}


def upgrade() -> None:
    """Make all of them."""
    words = _IN[op.get_context().dialect.name]
    for statement in (TABLES + VIEWS).format(**words).split(";"):
        if statement.strip():
            op.execute(statement)
