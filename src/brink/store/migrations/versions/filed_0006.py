"""0006_filed: what happenings are filed under stands in the indices of lists, so that two filters are one look-up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_filed"
down_revision = "0005_laid"

Key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
FILED = ("status", "event", "quad", "place")
HELD = ("since", "until")


def upgrade() -> None:
    """Copy the columns beside the names, and make the indices anew; of a million happenings it takes a minute."""
    for name in FILED:
        op.drop_index(f"ix_laid_laying_{name}_first_happening", "laid")
        rest = [other for other in FILED if other != name]
        op.create_index(f"ix_laid_by_{name}", "laid", ["laying", name, "first", "happening", *rest, *HELD])
    op.drop_index("ix_laid_names_laying_name_first_happening", "laid_names")
    for name in (*FILED, *HELD):
        op.add_column("laid_names", sa.Column(name, Key, nullable=True))
    copied = ", ".join(f"{name} = laid.{name}" for name in (*FILED, *HELD))
    op.execute(f"UPDATE laid_names SET {copied} FROM laid WHERE laid.key = laid_names.laid")
    op.create_index("ix_laid_names_by_name", "laid_names", ["laying", "name", "first", "happening", *FILED, *HELD])
