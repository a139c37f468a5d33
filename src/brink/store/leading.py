"""Who of several watchers lays the ledger: one at a time, so that no two do the same work and undo each other's."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert, select, update

from brink.store.schema import WATCHED

_LEADS = "leads "


def lead(connection: Connection, name: str, holder: str, now: float, until: float) -> bool:
    """Whether a watcher leads under a name, which it does from now until a time unless another one still does."""
    row = connection.scalar(select(WATCHED.c.value).where(WATCHED.c.name == _LEADS + name))
    if row is not None:
        other, held = _read(row)
        if other != holder and held > now:
            return False
    value = f"{until} {holder}"
    if row is None:
        connection.execute(insert(WATCHED).values(name=_LEADS + name, value=value))
    else:
        connection.execute(update(WATCHED).where(WATCHED.c.name == _LEADS + name).values(value=value))
    return True


def leaders(connection: Connection, now: float) -> set[str]:
    """Those who lead at this moment."""
    return {holder for _, (holder, held) in _rows(connection) if held > now}


def release(connection: Connection, holders: set[str]) -> None:
    """Let others lead in the place of these."""
    for name, (holder, _) in list(_rows(connection)):
        if holder in holders:
            connection.execute(delete(WATCHED).where(WATCHED.c.name == name))


def _rows(connection: Connection) -> Iterator[tuple[str, tuple[str, float]]]:
    chosen = select(WATCHED.c.name, WATCHED.c.value).where(WATCHED.c.name.startswith(_LEADS))
    for row in connection.execute(chosen).all():
        yield row.name, _read(row.value)


def _read(value: str) -> tuple[str, float]:
    until, _, holder = value.partition(" ")
    return holder, float(until)
