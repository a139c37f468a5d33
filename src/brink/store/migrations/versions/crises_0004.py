"""0004_crises: the crisis files that a ledger was laid with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_crises"
down_revision = "0003_markings"


def upgrade() -> None:
    """Make the table of crisis files in a ledger that has none."""
    op.create_table(
        "crises",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_crises")),
    )
