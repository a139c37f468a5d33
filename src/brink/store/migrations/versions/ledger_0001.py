"""0001_ledger: versions of reports, codings and their rows, happenings, statuses, decisions, full-text search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_ledger"
down_revision = None

Key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# The newest words of a report, searched as words alone: no case, no accents, no stop words, English stems.
SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE report_words USING fts5(
        title, text, content='versions', content_rowid='key', tokenize="porter unicode61 remove_diacritics 2")
    """,
    """
    CREATE TRIGGER words_added AFTER INSERT ON versions BEGIN
        INSERT INTO report_words(rowid, title, text) VALUES (new.key, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER words_removed AFTER DELETE ON versions BEGIN
        INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    END
    """,
    """
    CREATE TRIGGER words_changed AFTER UPDATE OF title, text ON versions BEGIN
        INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
        INSERT INTO report_words(rowid, title, text) VALUES (new.key, new.title, new.text);
    END
    """,
)

# A tsvector holds a megabyte at most, hence `left`. Marks are put apart from their letters and left out; what is no
# letter or digit becomes a space, so that the parser sees no addresses, versions or hyphens.
POSTGRES_SEARCH = (
    "CREATE TEXT SEARCH DICTIONARY brink_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION brink_words (COPY = pg_catalog.english)",
    "ALTER TEXT SEARCH CONFIGURATION brink_words ALTER MAPPING REPLACE english_stem WITH brink_stem",
    """
    CREATE FUNCTION brink_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
        regexp_replace(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g')
    """,
    """
    ALTER TABLE versions ADD COLUMN words tsvector GENERATED ALWAYS AS (
        to_tsvector('brink_words', brink_plain(coalesce(title, '') || ' ' || left(text, 200000)))) STORED
    """,
    "CREATE INDEX ix_versions_words ON versions USING gin (words)",
)


def upgrade() -> None:
    """Make every table in an empty database."""
    _versions()
    _coders()
    _codings()
    _events()
    _statements()
    _unknowns()
    _offices()
    _rejections()
    _happenings()
    _statuses()
    _decisions()
    _retentions()
    _forgotten()
    for statement in POSTGRES_SEARCH if op.get_bind().dialect.name == "postgresql" else SQLITE_SEARCH:
        op.execute(statement)


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("report", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_sha", sa.Text(), nullable=False),
        sa.Column("published", Key, nullable=True),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("read_at", sa.Text(), nullable=True),
        sa.Column("valid_from", Key, nullable=True),
        sa.Column("superseded", Key, nullable=True),
        sa.Column("newest", sa.Boolean(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_versions")),
        sa.UniqueConstraint("report", "number", name=op.f("uq_versions_report_number")),
    )
    op.create_index(
        "ix_versions_one_newest",
        "versions",
        ["report"],
        unique=True,
        sqlite_where=sa.text("newest"),
        postgresql_where=sa.text("newest"),
    )
    op.create_index(op.f("ix_versions_published_report"), "versions", ["published", "report"], unique=False)


def _coders() -> None:
    op.create_table(
        "coders",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("register", sa.Text(), nullable=True),
        sa.Column("gazetteer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_coders")),
        sa.UniqueConstraint("coder", name=op.f("uq_coders_coder")),
    )


def _codings() -> None:
    op.create_table(
        "codings",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("coder", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.key"], name=op.f("fk_codings_coder")),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name=op.f("fk_codings_version"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_codings")),
    )
    op.create_index(
        "ix_codings_one_current",
        "codings",
        ["version"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(op.f("ix_codings_version"), "codings", ["version"], unique=False)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("report", Key, nullable=False),
        sa.Column("coder", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("auxiliary", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=True),
        sa.Column("deed_mode", sa.Text(), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_country", sa.Text(), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("time_start", sa.Text(), nullable=True),
        sa.Column("time_end", sa.Text(), nullable=True),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("cameo", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("quad", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.key"], name=op.f("fk_events_coder")),
        sa.ForeignKeyConstraint(["coding"], ["codings.key"], name=op.f("fk_events_coding"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name=op.f("fk_events_version"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("coding", "number", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_event_time_start"), "events", ["event", "time_start"], unique=False)
    op.create_index(op.f("ix_events_version"), "events", ["version"], unique=False)


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("report", Key, nullable=False),
        sa.Column("coder", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("relay", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["coder"], ["coders.key"], name=op.f("fk_statements_coder")),
        sa.ForeignKeyConstraint(["coding"], ["codings.key"], name=op.f("fk_statements_coding"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name=op.f("fk_statements_version"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("coding", "number", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_version"), "statements", ["version"], unique=False)


def _unknowns() -> None:
    op.create_table(
        "unknowns",
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("report", Key, nullable=False),
        sa.Column("coder", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("attribute", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["coder"], ["coders.key"], name=op.f("fk_unknowns_coder")),
        sa.ForeignKeyConstraint(["coding"], ["codings.key"], name=op.f("fk_unknowns_coding"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name=op.f("fk_unknowns_version"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("coding", "number", name=op.f("pk_unknowns")),
    )
    op.create_index(op.f("ix_unknowns_version"), "unknowns", ["version"], unique=False)


def _offices() -> None:
    op.create_table(
        "offices",
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("report", Key, nullable=False),
        sa.Column("coder", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["coder"], ["coders.key"], name=op.f("fk_offices_coder")),
        sa.ForeignKeyConstraint(["coding"], ["codings.key"], name=op.f("fk_offices_coding"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version"], ["versions.key"], name=op.f("fk_offices_version"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("coding", "number", name=op.f("pk_offices")),
    )
    op.create_index(op.f("ix_offices_version"), "offices", ["version"], unique=False)


def _rejections() -> None:
    op.create_table(
        "rejections",
        sa.Column("sha", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha", name=op.f("pk_rejections")),
    )


def _happenings() -> None:
    op.create_table(
        "happenings",
        sa.Column("id", Key, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("first", Key, nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_happenings")),
    )
    op.create_index(op.f("ix_happenings_first"), "happenings", ["first"], unique=False)


def _statuses() -> None:
    op.create_table(
        "statuses",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("happening", Key, nullable=False),
        sa.Column("valid_from", Key, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("saving", sa.Integer(), nullable=False),
        sa.Column("until_saving", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_statuses")),
    )
    op.create_index(op.f("ix_statuses_happening_valid_from"), "statuses", ["happening", "valid_from"], unique=False)


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_decisions")),
    )


def _retentions() -> None:
    op.create_table(
        "retentions",
        sa.Column("outlet", Key, nullable=False),
        sa.Column("keep", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("outlet", name=op.f("pk_retentions")),
    )


def _forgotten() -> None:
    op.create_table(
        "forgotten",
        sa.Column("sha", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha", name=op.f("pk_forgotten")),
    )
