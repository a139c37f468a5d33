"""What a ledger that is kept up to date asks for: which reports came, changed or were forgotten since it last asked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from brink.store.schema import CODINGS, FORGOTTEN, RETENTIONS, VERSIONS


@dataclass(frozen=True, slots=True)
class News:
    """`reports` have a coding that is newer than was asked for; `mark` is the newest of all.

    `taken` changes when texts were shortened or forgotten, by which all that was known may have changed. `until` is the
    last day on which any version begins to hold.
    """

    mark: int
    taken: str
    reports: tuple[str, ...]
    until: str | None


def news(connection: Connection, since: int) -> News:
    """What is new since a mark; 0 for all."""
    mark = connection.scalar(select(func.max(CODINGS.c.key))) or 0
    chosen = select(VERSIONS.c.report).join(CODINGS, CODINGS.c.version == VERSIONS.c.key).where(CODINGS.c.key > since)
    reports = connection.scalars(chosen.distinct().order_by(VERSIONS.c.report))
    until = connection.scalar(select(func.max(VERSIONS.c.valid_from)))
    return News(mark, taken(connection), tuple(reports), until)


def taken(connection: Connection) -> str:
    """A sign that changes when texts were shortened or forgotten."""
    gone = connection.scalar(select(func.count()).select_from(FORGOTTEN)) or 0
    kept = sorted(tuple(row) for row in connection.execute(select(RETENTIONS)))
    return f"{gone} {kept}"
