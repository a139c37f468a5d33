"""0003_markings: what readers say of codings, right or wrong."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_markings"
down_revision = "0002_watching"

Key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table of markings in a ledger that has none."""
    op.create_table(
        "markings",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("report", Key, nullable=False),
        sa.Column("text_sha", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("coding", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_markings")),
    )
    op.create_index(op.f("ix_markings_report"), "markings", ["report"], unique=False)
