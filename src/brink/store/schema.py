"""The tables as this version of Brink knows them; `migrations/versions` says how a database gets there.

Texts stand once, in `versions`; a coding is the record of docs/schema.json without its text, and the tables behind it
(events, statements, unknowns, offices) are its columns for queries. Rows of a replaced coding go, its record stays.
Days are ISO 8601 text. Keys that are ordered by compare byte by byte on every database (`Key`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

# The revision that a database must have; a test holds it against the scripts.
HEAD = "0007_offered"

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
METADATA = MetaData(naming_convention=NAMES)
Key = Text().with_variant(Text(collation="C"), "postgresql")


def _table(name: str, *items: Any) -> Table:
    return Table(name, METADATA, *items)


def _key() -> Column[int]:
    return Column("key", Integer, primary_key=True)


def _of_coding() -> tuple[Column[Any], ...]:
    """What each row of a coding bears: where it comes from, and who made it."""
    return (
        Column("coding", Integer, ForeignKey("codings.key", ondelete="CASCADE"), primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("version", Integer, ForeignKey("versions.key", ondelete="CASCADE"), nullable=False),
        Column("report", Key, nullable=False),
        Column("coder", Integer, ForeignKey("coders.key"), nullable=False),
        Column("start_offset", Integer, nullable=False),
        Column("end_offset", Integer, nullable=False),
    )


# One row for each text that a report had. It holds from `valid_from` (the publication day, else the day it was read)
# until the day in `superseded`; `newest` is the one that holds now. `kept` is what is left of the text (`shortening`);
# `text_sha` is always of the text as it was read.
VERSIONS = _table(
    "versions",
    _key(),
    Column("report", Key, nullable=False),
    Column("number", Integer, nullable=False),
    Column("text_sha", Text, nullable=False),
    Column("published", Key),
    Column("published_at", Text),
    Column("read_at", Text),
    Column("valid_from", Key),
    Column("superseded", Key),
    Column("newest", Boolean, nullable=False),
    Column("kept", Text, nullable=False),
    Column("url", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("text", Text, nullable=False),
    UniqueConstraint("report", "number"),
    Index(None, "published", "report"),
    Index(None, "valid_from"),
    Index(
        "ix_versions_one_newest",
        "report",
        unique=True,
        sqlite_where=text("newest"),
        postgresql_where=text("newest"),
    ),
    Index(
        "ix_versions_shortened",
        "report",
        sqlite_where=text("kept <> 'full'"),
        postgresql_where=text("kept <> 'full'"),
    ),
)

CODERS = _table(
    "coders",
    _key(),
    Column("coder", Text, nullable=False),
    Column("model", Text),
    Column("register", Text),
    Column("gazetteer", Text),
    UniqueConstraint("coder"),
)

CODINGS = _table(
    "codings",
    _key(),
    Column("version", Integer, ForeignKey("versions.key", ondelete="CASCADE"), nullable=False),
    Column("coder", Integer, ForeignKey("coders.key"), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("record", Text, nullable=False),
    Index(None, "version"),
    Index(
        "ix_codings_one_current",
        "version",
        unique=True,
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
)

# Lists (modes, countries) are words with a space between.
EVENTS = _table(
    "events",
    *_of_coding(),
    Column("id", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("auxiliary", Text, nullable=False),
    Column("deed", Text),
    Column("deed_mode", Text),
    Column("main", Boolean, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("place", Text),
    Column("place_country", Text),
    Column("geonameid", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column("time_start", Text),
    Column("time_end", Text),
    Column("certainty", Text, nullable=False),
    Column("statement", Text),
    Column("cameo", Text),
    Column("score", Float, nullable=False),
    Column("quad", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Index(None, "version"),
    Index(None, "event", "time_start"),
)

STATEMENTS = _table(
    "statements",
    *_of_coding(),
    Column("id", Text, nullable=False),
    Column("speaker", Text),
    Column("office", Text),
    Column("country", Text),
    Column("relay", Text, nullable=False),
    Column("cue", Text),
    Column("quoted", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Index(None, "version"),
)

UNKNOWNS = _table(
    "unknowns",
    *_of_coding(),
    Column("about", Text),
    Column("attribute", Text, nullable=False),
    Column("statement", Text),
    Index(None, "version"),
)

OFFICES = _table(
    "offices",
    *_of_coding(),
    Column("person", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("country", Text),
    Index(None, "version"),
    Index(None, "person"),
    Index(None, "country"),
)

# `sha` is of place and reason: an address may be longer than a database can index.
REJECTIONS = _table(
    "rejections",
    Column("sha", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("id", Text),
    Column("count", Integer, nullable=False),
)

HAPPENINGS = _table(
    "happenings",
    Column("id", Key, primary_key=True),
    Column("event", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("first", Key),
    Column("record", Text, nullable=False),
    Index(None, "first"),
)

# A status holds from a publication day on. A row that a later saving no longer has is closed (`until_saving`), not
# deleted: it says what this ledger once said of that day.
STATUSES = _table(
    "statuses",
    _key(),
    Column("happening", Key, nullable=False),
    Column("valid_from", Key),
    Column("status", Text, nullable=False),
    Column("because", Text, nullable=False),
    Column("saving", Integer, nullable=False),
    Column("until_saving", Integer),
    Index(None, "happening", "valid_from"),
)

DECISIONS = _table(
    "decisions",
    _key(),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("object", Text),
    Column("value", Text),
    Column("user", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# Each word that a reader gave on a coding; a later one of the same user on the same coding takes its place.
MARKINGS = _table(
    "markings",
    _key(),
    Column("report", Key, nullable=False),
    Column("text_sha", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("coding", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("note", Text),
    Index(None, "report"),
)

# The crisis files that a ledger was laid with, each as it was written; the one kept last is in force.
CRISES = _table(
    "crises",
    _key(),
    Column("name", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# Crises that readers added on the pages, beside those that a server was started with.
OFFERED = _table(
    "offered",
    Column("id", Key, primary_key=True),
    Column("text", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("at", Text, nullable=False),
)

RETENTIONS = _table("retentions", Column("outlet", Key, primary_key=True), Column("keep", Text, nullable=False))

# What is forgotten stands here as a hash alone, so that it stays forgotten when it is read again.
FORGOTTEN = _table(
    "forgotten",
    Column("sha", Text, primary_key=True),
    Column("words", Integer, nullable=False),
)


def _held() -> tuple[Column[Any], ...]:
    """Who works on a row, and until when (seconds since 1970); a holder that died lets go by that."""
    return Column("holder", Text), Column("held_until", Float, nullable=False)


# A feed as the user lists it (`url`) and where it has moved to (`address`). `polled` and `succeeded` are ISO 8601.
FEEDS = _table(
    "feeds",
    _key(),
    Column("url", Key, nullable=False),
    Column("address", Key, nullable=False),
    Column("title", Text),
    Column("listed", Boolean, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("polled", Text),
    Column("succeeded", Text),
    Column("failures", Integer, nullable=False),
    Column("trouble", Text),
    Column("due", Float, nullable=False),
    *_held(),
    UniqueConstraint("url"),
)

# What a feed has shown since it was `seen`: one row a report. `sign` is of what it said; while `waiting`, `record`
# holds its words, afterwards only what is needed to look at its page again (None where there is no need).
ITEMS = _table(
    "items",
    _key(),
    Column("feed", Integer, ForeignKey("feeds.key", ondelete="CASCADE"), nullable=False),
    Column("report", Key, nullable=False),
    Column("sign", Text, nullable=False),
    Column("waiting", Boolean, nullable=False),
    Column("record", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("tries", Integer, nullable=False),
    Column("due", Float, nullable=False),
    *_held(),
    Column("seen", Float, nullable=False),
    UniqueConstraint("feed", "report"),
    Index(None, "waiting", "due"),
)

# One alert for each thing that it is about (`subject`: a happening, a pair); `revision` counts its wordings.
ALERTS = _table(
    "alerts",
    _key(),
    Column("subject", Key, nullable=False),
    Column("raised", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sign", Text, nullable=False),
    Column("record", Text, nullable=False),
    UniqueConstraint("subject"),
)

# How far an alert has come on each way out: `sent` is the revision that arrived last, 0 for none.
DELIVERIES = _table(
    "deliveries",
    _key(),
    Column("alert", Integer, ForeignKey("alerts.key", ondelete="CASCADE"), nullable=False),
    Column("channel", Key, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("sent_at", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", Float, nullable=False),
    Column("trouble", Text),
    *_held(),
    UniqueConstraint("alert", "channel"),
)

# What watchers of one ledger tell each other ("settled": the stamp of the ledger when its happenings were last laid).
WATCHED = _table("watched", Column("name", Key, primary_key=True), Column("value", Text, nullable=False))
