"""A whole ledger as one file: gzip, one JSON object a line, the first one a header.

The lines after it: retentions and what is forgotten (they hold for all that follows), reports with all their versions
and codings (the current one last), refused inputs, happenings, statuses, decisions, markings, crisis files, crises that
were added on the pages. The same ledger gives the same bytes, on whichever database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from brink.store.schema import (
    CODINGS,
    CRISES,
    DECISIONS,
    FORGOTTEN,
    HAPPENINGS,
    MARKINGS,
    OFFERED,
    REJECTIONS,
    RETENTIONS,
    STATUSES,
    VERSIONS,
)

FORMAT = 1
BATCH = 50
HEADER = {"brink": "ledger", "format": FORMAT}
# What a line of each of these kinds holds is the row itself; keys that a database counts up are left out.
ROWS: dict[str, tuple[Table, tuple[Any, ...]]] = {
    "rejection": (REJECTIONS, (REJECTIONS.c.sha,)),
    "happening": (HAPPENINGS, (HAPPENINGS.c.id,)),
    "status": (STATUSES, (STATUSES.c.key,)),
    "decision": (DECISIONS, (DECISIONS.c.key,)),
    "marking": (MARKINGS, (MARKINGS.c.key,)),
    "crisis": (CRISES, (CRISES.c.key,)),
    "offered": (OFFERED, (OFFERED.c.id,)),
}
RULES: dict[str, tuple[Table, tuple[Any, ...]]] = {
    "retention": (RETENTIONS, (RETENTIONS.c.outlet,)),
    "forgotten": (FORGOTTEN, (FORGOTTEN.c.sha,)),
}
# What `chain` works out anew, and what other tables of the same database mean alone.
_LEFT_OUT = frozenset({"key", "report", "newest", "superseded", "words"})


def lines(connection: Connection) -> Iterator[str]:
    """Give the lines of the file; the connection sees one moment of the ledger."""
    yield json.dumps(HEADER)
    for kind, (table, order) in RULES.items():
        yield from _rows(connection, kind, table, order)
    yield from _reports(connection)
    for kind, (table, order) in ROWS.items():
        yield from _rows(connection, kind, table, order)


def _rows(connection: Connection, kind: str, table: Table, order: tuple[Any, ...]) -> Iterator[str]:
    columns = [column for column in table.c if column.name != "key"]
    chosen = select(*columns).order_by(*order).execution_options(yield_per=BATCH)
    for row in connection.execute(chosen).mappings():
        yield json.dumps({"kind": kind, **row})


def _reports(connection: Connection) -> Iterator[str]:
    last = ""
    while True:
        chosen = select(VERSIONS.c.report).where(VERSIONS.c.report > last).distinct().order_by(VERSIONS.c.report)
        reports = list(connection.scalars(chosen.limit(BATCH)))
        if not reports:
            return
        yield from _batch(connection, reports)
        last = reports[-1]


def _batch(connection: Connection, reports: list[str]) -> Iterator[str]:
    chosen = select(VERSIONS).where(VERSIONS.c.report.in_(reports)).order_by(VERSIONS.c.report, VERSIONS.c.number)
    versions = connection.execute(chosen).mappings().all()
    records: dict[int, list[Any]] = {}
    of_versions = select(CODINGS).where(CODINGS.c.version.in_([version["key"] for version in versions]))
    for coding in connection.execute(of_versions.order_by(CODINGS.c.current, CODINGS.c.key)):
        records.setdefault(coding.version, []).append(json.loads(coding.record))
    by_report: dict[str, list[Any]] = {report: [] for report in reports}
    for version in versions:
        values = {name: value for name, value in version.items() if name not in _LEFT_OUT}
        by_report[version["report"]].append({**values, "codings": records.get(version["key"], [])})
    for report, found in by_report.items():
        yield json.dumps({"kind": "report", "id": report, "versions": found})
