"""Happenings with the history of their statuses, and decisions by hand."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from brink.records import Decision, Happening
from brink.store.database import Database
from brink.store.plain import from_plain, to_plain
from brink.store.schema import DECISIONS, HAPPENINGS, STATUSES, WATCHED
from brink.store.words import perhaps, sha

BATCH = 200
KEPT = "happenings kept"
"""The name of the sign that is written with each keeping of happenings."""


def save(connection: Connection, happenings: Iterable[Happening]) -> str:
    """Make these the happenings of the ledger: those that are no longer there go, those that are the same stay.

    Statuses of which a happening no longer tells are closed and kept. Gives a sign by which `save_changes` knows that
    nobody has kept others since.
    """
    before = {id: sha(record) for id, record in records(connection)}
    saving = _next_saving(connection)
    seen: set[str] = set()
    for happening in happenings:
        record = dumps(happening)
        if before.get(happening.id) != sha(record):
            _put(connection, happening, record, is_new=happening.id not in before and happening.id not in seen)
            _keep_statuses(connection, happening, saving)
        seen.add(happening.id)
    for gone in sorted(before.keys() - seen):
        _remove(connection, gone, saving)
    return signed(connection)


def save_changes(connection: Connection, happenings: Iterable[Happening], gone: Iterable[str], sign: str) -> str | None:
    """Keep those that changed and take away those that are gone, and give a new sign.

    None, and nothing done, where somebody else has kept happenings since `sign` was given.
    """
    if connection.scalar(select(WATCHED.c.value).where(WATCHED.c.name == KEPT)) != sign:
        return None
    saving = _next_saving(connection)
    for happening in happenings:
        record = dumps(happening)
        before = connection.scalar(select(HAPPENINGS.c.record).where(HAPPENINGS.c.id == happening.id))
        if before != record:
            _put(connection, happening, record, is_new=before is None)
            _keep_statuses(connection, happening, saving)
    for id in gone:
        _remove(connection, id, saving)
    return signed(connection)


def _remove(connection: Connection, id: str, saving: int) -> None:
    connection.execute(delete(HAPPENINGS).where(HAPPENINGS.c.id == id))
    _close(connection, saving, STATUSES.c.happening == id)


def signed(connection: Connection) -> str:
    """A new sign, after which what others know of kept happenings does not hold."""
    sign = uuid4().hex
    if not connection.execute(update(WATCHED).where(WATCHED.c.name == KEPT).values(value=sign)).rowcount:
        connection.execute(insert(WATCHED).values(name=KEPT, value=sign))
    return sign


def records(connection: Connection) -> Iterator[tuple[str, str]]:
    """Give the id and the JSON of each happening by id, some at a time."""
    last = ""
    while True:
        chosen = select(HAPPENINGS.c.id, HAPPENINGS.c.record).where(HAPPENINGS.c.id > last).order_by(HAPPENINGS.c.id)
        rows = connection.execute(chosen.limit(BATCH)).all()
        yield from ((row.id, row.record) for row in rows)
        if not rows:
            return
        last = rows[-1].id


def every(database: Database) -> Iterator[Happening]:
    """Give the happenings by first publication day and id, undated ones last."""
    with database.reading() as connection:
        order = (HAPPENINGS.c.first.nulls_last(), HAPPENINGS.c.id)
        ids = list(connection.scalars(select(HAPPENINGS.c.id).order_by(*order)))
    for start in range(0, len(ids), BATCH):
        chosen = ids[start : start + BATCH]
        with database.reading() as connection:
            found = select(HAPPENINGS.c.id, HAPPENINGS.c.record).where(HAPPENINGS.c.id.in_(chosen))
            by_id = {row.id: row.record for row in connection.execute(found)}
        yield from (loads(by_id[id]) for id in chosen if id in by_id)


def one(connection: Connection, id: str) -> Happening | None:
    """Give a happening, None where there is none of that id."""
    record = connection.scalar(select(HAPPENINGS.c.record).where(HAPPENINGS.c.id == id))
    return loads(record) if record is not None else None


def decide(connection: Connection, decision: Decision) -> None:
    """Keep a decision by hand; the same one twice is one."""
    values = {name: perhaps(value) for name, value in to_plain(decision).items()}
    same = [DECISIONS.c[name].is_not_distinct_from(value) for name, value in values.items()]
    if connection.execute(select(DECISIONS.c.key).where(*same)).first() is None:
        connection.execute(insert(DECISIONS).values(values))


def decisions(connection: Connection) -> tuple[Decision, ...]:
    """Give the decisions in the order in which they were taken."""
    rows = connection.execute(select(DECISIONS).order_by(DECISIONS.c.key)).mappings()
    return tuple(from_plain(Decision, dict(row)) for row in rows)


def dumps(happening: Happening) -> str:
    """One happening as JSON in ASCII."""
    return json.dumps(to_plain(happening), separators=(",", ":"))


def loads(record: str) -> Happening:
    """Read what `dumps` gave."""
    return from_plain(Happening, json.loads(record))


@functools.lru_cache(maxsize=1500)
def loads_again(record: str) -> Happening:
    """The same for what will be asked for again: the pages of a day show the same happenings to every reader. About 40
    MB are held."""
    return loads(record)


def _next_saving(connection: Connection) -> int:
    last = connection.execute(select(func.max(STATUSES.c.saving), func.max(STATUSES.c.until_saving))).one()
    return max((number or 0 for number in last), default=0) + 1


def _put(connection: Connection, happening: Happening, record: str, is_new: bool) -> None:
    values = {
        "event": happening.event,
        "phase": happening.phase,
        "standing": happening.standing,
        "status": happening.status,
        "first": happening.first,
        "record": record,
    }
    if is_new:
        connection.execute(insert(HAPPENINGS).values(values | {"id": happening.id}))
    else:
        connection.execute(update(HAPPENINGS).where(HAPPENINGS.c.id == happening.id).values(values))


def _keep_statuses(connection: Connection, happening: Happening, saving: int) -> None:
    """Rows that say the same stay as they are; the rest of the former ones is closed, what is new is added."""
    stands = (STATUSES.c.happening == happening.id, STATUSES.c.until_saving.is_(None))
    rows = connection.execute(select(STATUSES).where(*stands)).all()
    former = {(row.valid_from, row.status, row.because): row.key for row in rows}
    told = {
        (change.date, change.status, json.dumps(to_plain(change.because), separators=(",", ":")))
        for change in happening.history
    }
    for said in former.keys() - told:
        _close(connection, saving, STATUSES.c.key == former[said])
    new = sorted(told - former.keys(), key=lambda said: (said[0] or "", said[1], said[2]))
    for valid_from, status, because in new:
        values = {"valid_from": valid_from, "status": status, "because": because}
        connection.execute(insert(STATUSES).values(happening=happening.id, saving=saving, **values))


def _close(connection: Connection, saving: int, which: Any) -> None:
    still = STATUSES.c.until_saving.is_(None)
    connection.execute(update(STATUSES).where(which, still).values(until_saving=saving))
