"""The crisis file that a ledger remembers, as it was written; former ones stay behind it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert, select

from brink.store.schema import CRISES


@dataclass(frozen=True, slots=True)
class KeptCrisis:
    """A crisis file: its crisis's name, its file's name, a hash of its text, the text, and when it was kept (UTC)."""

    name: str
    file: str
    sha: str
    text: str
    at: str


def kept(connection: Connection) -> KeptCrisis | None:
    """Give the crisis file in force: the one kept last; None where there is none."""
    columns = [column for column in CRISES.c if column.name != "key"]
    row = connection.execute(select(*columns).order_by(CRISES.c.at.desc(), CRISES.c.key.desc()).limit(1)).first()
    return KeptCrisis(*row) if row else None


def keep(connection: Connection, crisis: KeptCrisis) -> KeptCrisis | None:
    """Put a crisis file in force and give the one that it replaces; the same text again changes nothing."""
    former = kept(connection)
    if former is not None and former.sha == crisis.sha:
        return None
    connection.execute(insert(CRISES).values(asdict(crisis)))
    return former
