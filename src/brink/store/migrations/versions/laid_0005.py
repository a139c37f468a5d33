"""0005_laid: what pages read of a large ledger: happenings and reports as laid, as of any day, and counts of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_laid"
down_revision = "0004_crises"

Key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables in a ledger that has none of them; whoever lays it next fills them."""
    _layings()
    _laid()
    _laid_records()
    _laid_names()
    _laid_acts()
    _laid_days()
    _laid_pairs()
    _laid_tellings()
    _laid_reports()
    _laid_said()
    _laid_origins()
    _tallies()
    short = sa.text("kept <> 'full'")
    op.create_index("ix_versions_shortened", "versions", ["report"], sqlite_where=short, postgresql_where=short)
    op.create_index(op.f("ix_versions_valid_from"), "versions", ["valid_from"], unique=False)
    op.create_index(op.f("ix_offices_person"), "offices", ["person"], unique=False)
    op.create_index(op.f("ix_offices_country"), "offices", ["country"], unique=False)


def _layings() -> None:
    op.create_table(
        "layings",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("camps", Key, nullable=False),
        sa.Column("clock", Key, nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_layings")),
        sa.UniqueConstraint("camps", name=op.f("uq_layings_camps")),
    )


def _laid() -> None:
    op.create_table(
        "laid",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("happening", Key, nullable=False),
        sa.Column("since", Key, nullable=False),
        sa.Column("until", Key, nullable=False),
        sa.Column("first", Key, nullable=False),
        sa.Column("changed", Key, nullable=False),
        sa.Column("event", Key, nullable=False),
        sa.Column("quad", Key, nullable=False),
        sa.Column("status", Key, nullable=False),
        sa.Column("place", Key, nullable=True),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("opposes", sa.Integer(), nullable=False),
        sa.Column("kind", Key, nullable=True),
        sa.Column("outcome", Key, nullable=True),
        sa.Column("due", Key, nullable=False),
        sa.Column("made", Key, nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["laying"], ["layings.key"], name=op.f("fk_laid_laying"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_laid")),
    )
    op.create_index(op.f("ix_laid_laying_changed_happening"), "laid", ["laying", "changed", "happening"], unique=False)
    op.create_index(
        op.f("ix_laid_laying_event_first_happening"), "laid", ["laying", "event", "first", "happening"], unique=False
    )
    op.create_index(op.f("ix_laid_laying_first_happening"), "laid", ["laying", "first", "happening"], unique=False)
    op.create_index(op.f("ix_laid_laying_happening_since"), "laid", ["laying", "happening", "since"], unique=False)
    op.create_index(
        op.f("ix_laid_laying_outcome_due_happening"), "laid", ["laying", "outcome", "due", "happening"], unique=False
    )
    op.create_index(
        op.f("ix_laid_laying_place_first_happening"), "laid", ["laying", "place", "first", "happening"], unique=False
    )
    op.create_index(
        op.f("ix_laid_laying_quad_first_happening"), "laid", ["laying", "quad", "first", "happening"], unique=False
    )
    op.create_index(
        op.f("ix_laid_laying_status_first_happening"), "laid", ["laying", "status", "first", "happening"], unique=False
    )


def _laid_records() -> None:
    op.create_table(
        "laid_records",
        sa.Column("laid", sa.Integer(), nullable=False),
        sa.Column("tallied", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["laid"], ["laid.key"], name=op.f("fk_laid_records_laid"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("laid", name=op.f("pk_laid_records")),
    )


def _laid_names() -> None:
    op.create_table(
        "laid_names",
        sa.Column("laid", sa.Integer(), nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("first", Key, nullable=False),
        sa.Column("happening", Key, nullable=False),
        sa.ForeignKeyConstraint(["laid"], ["laid.key"], name=op.f("fk_laid_names_laid"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("laid", "name", name=op.f("pk_laid_names")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_laid_names_laying_name_first_happening"),
        "laid_names",
        ["laying", "name", "first", "happening"],
        unique=False,
    )


def _laid_acts() -> None:
    op.create_table(
        "laid_acts",
        sa.Column("laid", sa.Integer(), nullable=False),
        sa.Column("actor", Key, nullable=False),
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("event", Key, nullable=False),
        sa.Column("told", Key, nullable=False),
        sa.Column("happening", Key, nullable=False),
        sa.ForeignKeyConstraint(["laid"], ["laid.key"], name=op.f("fk_laid_acts_laid"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("laid", "actor", name=op.f("pk_laid_acts")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_laid_acts_laying_actor_event_told_happening"),
        "laid_acts",
        ["laying", "actor", "event", "told", "happening"],
        unique=False,
    )
    op.create_index(op.f("ix_laid_acts_laying_told"), "laid_acts", ["laying", "told"], unique=False)


def _laid_days() -> None:
    op.create_table(
        "laid_days",
        sa.Column("laid", sa.Integer(), nullable=False),
        sa.Column("day", Key, nullable=False),
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["laid"], ["laid.key"], name=op.f("fk_laid_days_laid"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("laid", "day", name=op.f("pk_laid_days")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_laid_days_laying_day"), "laid_days", ["laying", "day"], unique=False)


def _laid_pairs() -> None:
    op.create_table(
        "laid_pairs",
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("one", Key, nullable=False),
        sa.Column("other", Key, nullable=False),
        sa.Column("day", Key, nullable=False),
        sa.Column("laid", sa.Integer(), nullable=False),
        sa.Column("line", Key, nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("happening", Key, nullable=False),
        sa.Column("since", Key, nullable=False),
        sa.Column("until", Key, nullable=False),
        sa.ForeignKeyConstraint(["laid"], ["laid.key"], name=op.f("fk_laid_pairs_laid"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("laying", "one", "other", "day", "laid", name=op.f("pk_laid_pairs")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_laid_pairs_laid"), "laid_pairs", ["laid"], unique=False)


def _laid_tellings() -> None:
    op.create_table(
        "laid_tellings",
        sa.Column("laid", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("report", Key, nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["laid"], ["laid.key"], name=op.f("fk_laid_tellings_laid"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("laid", "number", name=op.f("pk_laid_tellings")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_laid_tellings_laying_report"), "laid_tellings", ["laying", "report"], unique=False)


def _laid_reports() -> None:
    op.create_table(
        "laid_reports",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("report", Key, nullable=False),
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("since", Key, nullable=False),
        sa.Column("until", Key, nullable=False),
        sa.Column("at", Key, nullable=False),
        sa.Column("published", Key, nullable=False),
        sa.Column("outlet", Key, nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("unknowns", sa.Integer(), nullable=False),
        sa.Column("tallied", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["laying"], ["layings.key"], name=op.f("fk_laid_reports_laying"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_laid_reports")),
    )
    op.create_index(op.f("ix_laid_reports_laying_at_report"), "laid_reports", ["laying", "at", "report"], unique=False)
    op.create_index(
        op.f("ix_laid_reports_laying_outlet_at_report"),
        "laid_reports",
        ["laying", "outlet", "at", "report"],
        unique=False,
    )
    op.create_index(op.f("ix_laid_reports_laying_published"), "laid_reports", ["laying", "published"], unique=False)
    op.create_index(
        op.f("ix_laid_reports_laying_report_since"), "laid_reports", ["laying", "report", "since"], unique=False
    )


def _laid_said() -> None:
    op.create_table(
        "laid_said",
        sa.Column("laid", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("at", Key, nullable=False),
        sa.ForeignKeyConstraint(["laid"], ["laid_reports.key"], name=op.f("fk_laid_said_laid"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("laid", "number", "name", name=op.f("pk_laid_said")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_laid_said_laying_name_at"), "laid_said", ["laying", "name", "at"], unique=False)


def _laid_origins() -> None:
    op.create_table(
        "laid_origins",
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["laying"], ["layings.key"], name=op.f("fk_laid_origins_laying"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("laying", "name", name=op.f("pk_laid_origins")),
        sqlite_with_rowid=False,
    )


def _tallies() -> None:
    op.create_table(
        "tallies",
        sa.Column("laying", sa.Integer(), nullable=False),
        sa.Column("kind", Key, nullable=False),
        sa.Column("grain", sa.Integer(), nullable=False),
        sa.Column("period", Key, nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["laying"], ["layings.key"], name=op.f("fk_tallies_laying"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("laying", "kind", "grain", "period", "name", name=op.f("pk_tallies")),
        sqlite_with_rowid=False,
    )
