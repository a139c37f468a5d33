"""Inputs that were refused, and how much of everything the ledger holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, insert, select, update

from brink.errors import Reason
from brink.records import Rejection
from brink.store.schema import EVENTS, HAPPENINGS, REJECTIONS, STATEMENTS, UNKNOWNS, VERSIONS
from brink.store.words import perhaps, sha, storable


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds. Events, statements and unknowns are those of the newest versions.

    `rejections` counts inputs by reason, the same input as often as it was refused.
    """

    reports: int
    versions: int
    events: int
    statements: int
    unknowns: int
    happenings: int
    rejections: Mapping[str, int]


def reject(connection: Connection, rejection: Rejection) -> None:
    """Count an input that was refused; refused before for the same reason, it counts once more."""
    key = sha(f"{rejection.where}\n{rejection.reason.value}")
    again = update(REJECTIONS).where(REJECTIONS.c.sha == key).values(count=REJECTIONS.c.count + 1)
    if connection.execute(again).rowcount:
        return
    values = {
        "sha": key,
        "place": storable(rejection.where),
        "reason": rejection.reason.value,
        "message": storable(rejection.message),
        "id": perhaps(rejection.id),
        "count": 1,
    }
    connection.execute(insert(REJECTIONS).values(values))


def rejections(connection: Connection) -> tuple[tuple[Rejection, int], ...]:
    """Give every refused input with the number of times it was refused, by place and reason."""
    ordered = select(REJECTIONS).order_by(REJECTIONS.c.place, REJECTIONS.c.reason, REJECTIONS.c.sha)
    rows = connection.execute(ordered).mappings()
    return tuple(
        (Rejection(row["place"], Reason(row["reason"]), row["message"], row["id"]), int(row["count"])) for row in rows
    )


def counts(connection: Connection) -> Counts:
    """Count what the ledger holds."""
    return Counts(
        reports=connection.scalar(select(func.count()).select_from(VERSIONS).where(VERSIONS.c.newest)) or 0,
        versions=_count(connection, VERSIONS),
        events=_in_newest(connection, EVENTS),
        statements=_in_newest(connection, STATEMENTS),
        unknowns=_in_newest(connection, UNKNOWNS),
        happenings=_count(connection, HAPPENINGS),
        rejections=refusals_by_reason(connection),
    )


def refusals_by_reason(connection: Connection) -> dict[str, int]:
    """Count refused inputs by reason, the same input as often as it was refused."""
    by_reason = select(REJECTIONS.c.reason, func.sum(REJECTIONS.c.count)).group_by(REJECTIONS.c.reason)
    return {reason: int(number) for reason, number in sorted(tuple(row) for row in connection.execute(by_reason))}


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _in_newest(connection: Connection, table: Table) -> int:
    chosen = select(func.count()).select_from(table.join(VERSIONS, VERSIONS.c.key == table.c.version))
    return connection.scalar(chosen.where(VERSIONS.c.newest)) or 0
