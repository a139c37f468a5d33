"""What readers say of codings: right or wrong, with user and time, and each with the coding it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, insert, select

from brink.records import CodedReport, Marking
from brink.store import codings
from brink.store.database import Database
from brink.store.plain import from_plain, to_plain
from brink.store.schema import CODERS, CODINGS, MARKINGS, VERSIONS
from brink.store.words import perhaps

_WHAT = ("report", "text_sha", "coder", "coding", "user")


def mark(connection: Connection, marking: Marking) -> None:
    """Keep a marking; what the same user says again of the same coding is one with what is there."""
    values = {name: perhaps(value) for name, value in to_plain(marking).items()}
    same = [MARKINGS.c[name] == values[name] for name in _WHAT]
    last = connection.execute(select(MARKINGS).where(*same).order_by(MARKINGS.c.key.desc()).limit(1)).first()
    if last is None or (last.verdict, last.note) != (values["verdict"], values["note"]):
        connection.execute(insert(MARKINGS).values(values))


def standing(connection: Connection, report: str | None = None) -> tuple[Marking, ...]:
    """Give the last word of each user on each coding (of one report), by time; what was taken back is left out."""
    chosen = select(MARKINGS).order_by(MARKINGS.c.key)
    if report is not None:
        chosen = chosen.where(MARKINGS.c.report == report)
    last: dict[tuple[str, ...], Marking] = {}
    for row in connection.execute(chosen).mappings():
        one = from_plain(Marking, dict(row))
        what = tuple(str(getattr(one, name)) for name in _WHAT)
        last.pop(what, None)
        last[what] = one
    return tuple(one for one in last.values() if one.verdict != "none")


def marked(database: Database) -> Iterator[tuple[Marking, CodedReport]]:
    """Give each standing marking with the coded report that it is about, replaced codings included.

    A marking whose text or coding this ledger does not have is left out.
    """
    with database.reading() as connection:
        found = standing(connection)
    for one in found:
        with database.reading() as connection:
            row = _coding(connection, one)
        if row is not None:
            yield one, codings.put_together(row.record, row.text)


def _coding(connection: Connection, one: Marking) -> Any:
    joined = VERSIONS.join(CODINGS, CODINGS.c.version == VERSIONS.c.key).join(CODERS)
    which = (
        VERSIONS.c.report == one.report,
        VERSIONS.c.text_sha == one.text_sha,
        CODERS.c.coder == one.coder,
    )
    chosen = select(VERSIONS.c.text, CODINGS.c.record).select_from(joined).where(*which)
    return connection.execute(chosen.order_by(VERSIONS.c.key.desc(), CODINGS.c.key.desc()).limit(1)).first()
