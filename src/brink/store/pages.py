"""What the pages ask of a ledger beside its records: whether it changed, what was refused, what is left of texts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select

from brink.store.counting import refusals_by_reason
from brink.store.happenings import KEPT
from brink.store.news import taken
from brink.store.schema import (
    CODERS,
    CODINGS,
    DECISIONS,
    FORGOTTEN,
    REJECTIONS,
    RETENTIONS,
    VERSIONS,
    WATCHED,
)
from brink.store.store import Store

_NEWEST_KEYS = (VERSIONS.c.key, CODINGS.c.key, DECISIONS.c.key)


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
        parts.append(connection.scalar(select(WATCHED.c.value).where(WATCHED.c.name == KEPT)))
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


def stand(store: Store) -> tuple[int, str]:
    """Give what `news` says of the newest coding and of what was taken away. Raises StoreError."""
    with store._database.reading() as connection:
        return connection.scalar(select(func.max(CODINGS.c.key))) or 0, taken(connection)


def refusals(store: Store) -> dict[str, int]:
    """Count refused inputs by reason, the same input as often as it was refused. Raises StoreError."""
    with store._database.reading() as connection:
        return refusals_by_reason(connection)


def versions(store: Store) -> int:
    """Count the versions of reports. Raises StoreError."""
    with store._database.reading() as connection:
        return connection.scalar(select(func.count(VERSIONS.c.key))) or 0


def texts(store: Store) -> int:
    """Tell how many versions of reports there are at most, at the cost of one look. Raises StoreError."""
    with store._database.reading() as connection:
        return connection.scalar(select(func.max(VERSIONS.c.key))) or 0


def kept_of(store: Store, report: str) -> str | None:
    """Give what is left of one report's text, None where all of it is. Raises StoreError."""
    chosen = select(VERSIONS.c.kept).where(VERSIONS.c.report == report, VERSIONS.c.kept != "full")
    with store._database.reading() as connection:
        return connection.scalar(chosen.order_by(VERSIONS.c.number.desc()))


def coders(store: Store) -> tuple[tuple[str, int], ...]:
    """Give who coded the newest versions, each with the number of reports. Raises StoreError."""
    joined = CODINGS.join(VERSIONS, VERSIONS.c.key == CODINGS.c.version).join(CODERS, CODERS.c.key == CODINGS.c.coder)
    chosen = select(CODERS.c.coder, func.count()).select_from(joined).where(CODINGS.c.current, VERSIONS.c.newest)
    with store._database.reading() as connection:
        rows = connection.execute(chosen.group_by(CODERS.c.coder).order_by(CODERS.c.coder)).all()
    return tuple((coder, int(number)) for coder, number in rows)


def shortened_texts(store: Store) -> int:
    """Count reports of which not all the text is left. Raises StoreError."""
    chosen = select(func.count(VERSIONS.c.report.distinct())).where(VERSIONS.c.kept != "full")
    with store._database.reading() as connection:
        return connection.scalar(chosen) or 0


def shortened(store: Store) -> dict[str, str]:
    """Give what is left of each report's text ("sentences", "spans", "none") where that is not all of it.

    A report of which any version was shortened counts as shortened. Raises StoreError.
    """
    chosen = select(VERSIONS.c.report, VERSIONS.c.kept).where(VERSIONS.c.kept != "full").order_by(VERSIONS.c.number)
    with store._database.reading() as connection:
        return {row.report: row.kept for row in connection.execute(chosen)}
