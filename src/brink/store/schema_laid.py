"""The tables that pages read of a large ledger: happenings as laid with the camps of one crisis, as of any day.

A row of `laid` or `laid_reports` is one state of a happening or a report. It holds from the day `since`, on which the
ledger stood when it was laid, to the day before `until` (`ALWAYS` for what holds now). The tables beside them are what
a happening is found by; `tallies` are counts by day, month and year, so that the sum up to any day takes few rows.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from brink.store.schema import METADATA, Key

ALWAYS = "9999-12-31"
FILED = ("status", "event", "quad", "place")
HELD = ("since", "until")
"""The columns by which lists are narrowed, and the days for which a state holds. They stand behind one another in the
indices too, so that a list narrowed by two of them, or by one and an actor, and its facets, are found there alone."""


def _table(name: str, *items: Any, **options: Any) -> Table:
    return Table(name, METADATA, *items, **options)


def _of_laying() -> Column[int]:
    return Column("laying", Integer, ForeignKey("layings.key", ondelete="CASCADE"), nullable=False)


def _of_laid(second: str, kind: Any = Key) -> tuple[Column[Any], ...]:
    """A row beside a state of a happening goes with it."""
    return (
        Column("laid", Integer, ForeignKey("laid.key", ondelete="CASCADE"), primary_key=True),
        Column(second, kind, primary_key=True),
        Column("laying", Integer, nullable=False),
    )


# Who laid what: `camps` and `decisions` are hashes of what happenings are laid with, `mark` and `taken` say up to which
# codings (`news`), `clock` is the day at which the ledger stood, `sign` changes with every writing.
LAYINGS = _table(
    "layings",
    Column("key", Integer, primary_key=True),
    Column("camps", Key, nullable=False),
    Column("clock", Key, nullable=False),
    Column("mark", Integer, nullable=False),
    Column("taken", Text, nullable=False),
    Column("decisions", Text, nullable=False),
    Column("sign", Text, nullable=False),
    UniqueConstraint("camps"),
)

# `weight` is the size of the act's score times the reports; `told` the day of an act that can be a first of its kind;
# `kind`, `outcome` (overdue, open or settled) and `due` are of its promise.
LAID = _table(
    "laid",
    Column("key", Integer, primary_key=True),
    _of_laying(),
    Column("happening", Key, nullable=False),
    Column("since", Key, nullable=False),
    Column("until", Key, nullable=False),
    Column("first", Key, nullable=False),
    Column("changed", Key, nullable=False),
    Column("event", Key, nullable=False),
    Column("quad", Key, nullable=False),
    Column("status", Key, nullable=False),
    Column("place", Key),
    Column("background", Boolean, nullable=False),
    Column("weight", Float, nullable=False),
    Column("opposes", Integer, nullable=False),
    Column("kind", Key),
    Column("outcome", Key),
    Column("due", Key, nullable=False),
    Column("made", Key, nullable=False),
    Column("sign", Text, nullable=False),
    Index(None, "laying", "happening", "since"),
    Index(None, "laying", "first", "happening"),
    Index(None, "laying", "changed", "happening"),
    *(
        Index(f"ix_laid_by_{lead}", "laying", lead, "first", "happening", *(n for n in FILED if n != lead), *HELD)
        for lead in FILED
    ),
    Index(None, "laying", "outcome", "due", "happening"),
)

# The happening itself, apart from what it is looked up by: thousands of rows of `laid` are gone through for one page.
LAID_RECORDS = _table(
    "laid_records",
    Column("laid", Integer, ForeignKey("laid.key", ondelete="CASCADE"), primary_key=True),
    Column("tallied", Text, nullable=False),
    Column("record", Text, nullable=False),
)

# Codes and names of all who act or are acted upon, with what the happening is filed under besides.
LAID_NAMES = _table(
    "laid_names",
    *_of_laid("name"),
    Column("first", Key, nullable=False),
    Column("happening", Key, nullable=False),
    *(Column(name, Key) for name in (*FILED, *HELD)),
    Index("ix_laid_names_by_name", "laying", "name", "first", "happening", *FILED, *HELD),
    sqlite_with_rowid=False,
)

# Who acts, for what is the first of its kind: acts that took place, by the day on which they did.
LAID_ACTS = _table(
    "laid_acts",
    *_of_laid("actor"),
    Column("event", Key, nullable=False),
    Column("told", Key, nullable=False),
    Column("happening", Key, nullable=False),
    Index(None, "laying", "actor", "event", "told", "happening"),
    Index(None, "laying", "told"),
    sqlite_with_rowid=False,
)

# Days on which something was told of a happening; `moved` where its status changed or a new voice was heard.
LAID_DAYS = _table(
    "laid_days",
    *_of_laid("day"),
    Column("moved", Boolean, nullable=False),
    Index(None, "laying", "day"),
    sqlite_with_rowid=False,
)

# What it adds to the tension of which pair (brink.tension.weighed), in the order in which a pair's course is read; the
# days for which a state holds stand here too, since thousands of rows make one course.
LAID_PAIRS = _table(
    "laid_pairs",
    Column("laying", Integer, primary_key=True),
    Column("one", Key, primary_key=True),
    Column("other", Key, primary_key=True),
    Column("day", Key, primary_key=True),
    Column("laid", Integer, ForeignKey("laid.key", ondelete="CASCADE"), primary_key=True),
    Column("line", Key, nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("happening", Key, nullable=False),
    Column("since", Key, nullable=False),
    Column("until", Key, nullable=False),
    Index(None, "laid"),
    sqlite_with_rowid=False,
)

LAID_TELLINGS = _table(
    "laid_tellings",
    *_of_laid("number", Integer),
    Column("report", Key, nullable=False),
    Column("event", Text),
    Index(None, "laying", "report"),
    sqlite_with_rowid=False,
)

# Reports as they were laid; `at` orders them ("" where no time is known), `published` is "" where it is not.
LAID_REPORTS = _table(
    "laid_reports",
    Column("key", Integer, primary_key=True),
    _of_laying(),
    Column("report", Key, nullable=False),
    Column("coding", Integer, nullable=False),
    Column("since", Key, nullable=False),
    Column("until", Key, nullable=False),
    Column("at", Key, nullable=False),
    Column("published", Key, nullable=False),
    Column("outlet", Key, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("unknowns", Integer, nullable=False),
    Column("tallied", Text, nullable=False),
    Index(None, "laying", "report", "since"),
    Index(None, "laying", "at", "report"),
    Index(None, "laying", "published"),
    Index(None, "laying", "outlet", "at", "report"),
)

# Who speaks in a report's statements, by code and name.
LAID_SAID = _table(
    "laid_said",
    Column("laid", Integer, ForeignKey("laid_reports.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Key, primary_key=True),
    Column("laying", Integer, nullable=False),
    Column("at", Key, nullable=False),
    Index(None, "laying", "name", "at"),
    sqlite_with_rowid=False,
)

# An origin as it was told first: what it is called and of what kind.
LAID_ORIGINS = _table(
    "laid_origins",
    Column("laying", Integer, ForeignKey("layings.key", ondelete="CASCADE"), primary_key=True),
    Column("name", Key, primary_key=True),
    Column("record", Text, nullable=False),
    sqlite_with_rowid=False,
)

# `grain` is year, month or day, `period` its first letters of ISO 8601; `n` is what came less what went.
TALLIES = _table(
    "tallies",
    Column("laying", Integer, ForeignKey("layings.key", ondelete="CASCADE"), primary_key=True),
    Column("kind", Key, primary_key=True),
    Column("grain", Integer, primary_key=True),
    Column("period", Key, primary_key=True),
    Column("name", Key, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
