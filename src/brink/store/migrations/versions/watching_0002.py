"""0002_watching: feeds, what they showed (seen, and the queue), alerts and where each must go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_watching"
down_revision = "0001_ledger"

Key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables that watching needs in a ledger that has none of them."""
    _feeds()
    _items()
    _alerts()
    _deliveries()
    _watched()


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("url", Key, nullable=False),
        sa.Column("address", Key, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("polled", sa.Text(), nullable=True),
        sa.Column("succeeded", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("due", sa.Float(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("held_until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_feeds")),
        sa.UniqueConstraint("url", name=op.f("uq_feeds_url")),
    )


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Integer(), nullable=False),
        sa.Column("report", Key, nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("held_until", sa.Float(), nullable=False),
        sa.Column("seen", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feeds.key"], name=op.f("fk_items_feed"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_items")),
        sa.UniqueConstraint("feed", "report", name=op.f("uq_items_feed_report")),
    )
    op.create_index(op.f("ix_items_waiting_due"), "items", ["waiting", "due"], unique=False)


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("subject", Key, nullable=False),
        sa.Column("raised", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_alerts")),
        sa.UniqueConstraint("subject", name=op.f("uq_alerts_subject")),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("alert", sa.Integer(), nullable=False),
        sa.Column("channel", Key, nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.Float(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("held_until", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alerts.key"], name=op.f("fk_deliveries_alert"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("alert", "channel", name=op.f("uq_deliveries_alert_channel")),
    )


def _watched() -> None:
    op.create_table(
        "watched",
        sa.Column("name", Key, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watched")),
    )
