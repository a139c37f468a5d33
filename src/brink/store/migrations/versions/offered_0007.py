"""0007_offered: crises that readers add on the pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_offered"
down_revision = "0006_filed"

Key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table of added crises in a ledger that has none."""
    op.create_table(
        "offered",
        sa.Column("id", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offered")),
    )
