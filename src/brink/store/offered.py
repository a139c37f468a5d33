"""Crises that readers added on the pages: each one's file, as it was written, with who added it and when."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert, select

from brink.store.schema import OFFERED


@dataclass(frozen=True, slots=True)
class OfferedCrisis:
    """A crisis file under the `id` by which addresses name it, its text, who added it and when (UTC)."""

    id: str
    text: str
    user: str
    at: str


def every(connection: Connection) -> tuple[OfferedCrisis, ...]:
    """Give them in the order in which they were added."""
    rows = connection.execute(select(OFFERED).order_by(OFFERED.c.at, OFFERED.c.id)).mappings()
    return tuple(OfferedCrisis(**row) for row in rows)


def add(connection: Connection, one: OfferedCrisis) -> bool:
    """Keep one and tell whether that could be: not where there is one of its id."""
    if connection.execute(select(OFFERED.c.id).where(OFFERED.c.id == one.id)).first():
        return False
    connection.execute(insert(OFFERED).values(asdict(one)))
    return True


def remove(connection: Connection, id: str) -> bool:
    """Take one away and tell whether there was one."""
    return bool(connection.execute(delete(OFFERED).where(OFFERED.c.id == id)).rowcount)
