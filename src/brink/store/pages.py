"""What the pages ask of a ledger beside its records: whether it changed, what was refused, what is left of texts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select

from brink.store.schema import (
    CODERS,
    CODINGS,
    DECISIONS,
    FORGOTTEN,
    REJECTIONS,
    RETENTIONS,
    STATUSES,
    VERSIONS,
)
from brink.store.store import Store

_NEWEST_KEYS = (VERSIONS.c.key, CODINGS.c.key, DECISIONS.c.key, STATUSES.c.saving, STATUSES.c.until_saving)


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that was refused: where it came from, why, and how often."""

    where: str
    reason: str
    message: str
    count: int


def revision(store: Store) -> str:
    """Give a short text that changes whenever what pages show may have changed. Raises StoreError."""
    with store._database.reading() as connection:
        parts = [connection.scalar(select(func.max(column))) for column in _NEWEST_KEYS]
        parts += [connection.scalar(select(func.count()).select_from(table)) for table in (FORGOTTEN, RETENTIONS)]
        parts += sorted(tuple(row) for row in connection.execute(select(RETENTIONS)))
        parts.append(connection.scalar(select(func.sum(REJECTIONS.c.count))))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def refused(store: Store, limit: int = 100) -> tuple[Refused, ...]:
    """Give inputs that were refused, those refused most often first. Raises StoreError."""
    columns = (REJECTIONS.c.place, REJECTIONS.c.reason, REJECTIONS.c.message, REJECTIONS.c.count)
    rows = select(*columns).order_by(REJECTIONS.c.count.desc(), REJECTIONS.c.place).limit(limit)
    with store._database.reading() as connection:
        found = connection.execute(rows).all()
    return tuple(Refused(*row) for row in found)


def coders(store: Store) -> tuple[tuple[str, int], ...]:
    """Give who coded the newest versions, each with the number of reports. Raises StoreError."""
    joined = CODINGS.join(VERSIONS, VERSIONS.c.key == CODINGS.c.version).join(CODERS, CODERS.c.key == CODINGS.c.coder)
    chosen = select(CODERS.c.coder, func.count()).select_from(joined).where(CODINGS.c.current, VERSIONS.c.newest)
    with store._database.reading() as connection:
        rows = connection.execute(chosen.group_by(CODERS.c.coder).order_by(CODERS.c.coder)).all()
    return tuple((coder, int(number)) for coder, number in rows)


def shortened(store: Store) -> dict[str, str]:
    """Give what is left of each report's text ("sentences", "spans", "none") where that is not all of it.

    A report of which any version was shortened counts as shortened. Raises StoreError.
    """
    chosen = select(VERSIONS.c.report, VERSIONS.c.kept).where(VERSIONS.c.kept != "full").order_by(VERSIONS.c.number)
    with store._database.reading() as connection:
        return {row.report: row.kept for row in connection.execute(chosen)}
