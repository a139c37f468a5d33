"""The lines of `moving` into a ledger: what it has already stays as it is, so that nothing is doubled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from brink.errors import ReportError, StoreError
from brink.store import codings, keeping
from brink.store.adding import chain, new_version, versions_of
from brink.store.happenings import signed
from brink.store.moving import FORMAT, ROWS, RULES
from brink.store.schema import CODERS, CODINGS
from brink.store.shortening import Record, mended, shorten, strictest

# What makes two rows the same, where that is not the whole row.
_SAME = {
    "rejection": ("sha",),
    "happening": ("id",),
    "offered": ("id",),
    "retention": ("outlet",),
    "forgotten": ("sha",),
}


def arrive(connection: Connection, lines: Iterable[str]) -> None:
    """Take in the lines of an exported ledger. Raises StoreError where they are none, or of a newer Brink."""
    rest = enumerate(lines, 1)
    _check_header(next(rest, (1, ""))[1])
    signed(connection)  # what is kept of happenings may change
    for number, line in rest:
        try:
            _enter(connection, json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, ReportError) as error:
            raise StoreError(f"Line {number} of the file is not what `brink export` writes: {error!r}.") from error


def _check_header(line: str) -> None:
    try:
        header = json.loads(line)
        is_ledger, version = header["brink"] == "ledger", int(header["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError("The file holds no ledger; name one that `brink export` wrote.") from error
    if not is_ledger or version > FORMAT:
        raise StoreError(f"The file is of format {version}, this Brink reads up to {FORMAT}; update Brink.")


def _enter(connection: Connection, line: Record) -> None:
    kind = line.pop("kind")
    if kind == "report":
        _enter_report(connection, line)
    else:
        _enter_row(connection, kind, line)


def _enter_row(connection: Connection, kind: str, line: Record) -> None:
    table, _ = (ROWS | RULES)[kind]
    names = _SAME.get(kind, tuple(line))
    same = [table.c[name].is_not_distinct_from(line[name]) for name in names]
    if connection.execute(select(*table.primary_key.columns).where(*same)).first() is None:
        connection.execute(insert(table).values(line))


def _enter_report(connection: Connection, line: Record) -> None:
    stored = versions_of(connection, line["id"])
    for version in line["versions"]:
        records = version.pop("codings")
        same = next((row for row in stored if _is_same(row, version)), None)
        if same is not None:
            _enter_codings(connection, same, records)
            continue
        taken = {row.number for row in stored}
        if version["number"] in taken:
            version["number"] = max(taken) + 1
        _enter_version(connection, line["id"], version, records, stored)
        stored = versions_of(connection, line["id"])
    chain(connection, line["id"])


def _is_same(row: Row[Any], version: Record) -> bool:
    return all(getattr(row, name) == version[name] for name in ("text_sha", "valid_from", "published_at"))


def _enter_version(
    connection: Connection, report: str, version: Record, records: list[Record], stored: Sequence[Row[Any]]
) -> None:
    """A version comes with what its own ledger kept of it, or with less where this ledger keeps less."""
    current, text = records[-1], version["text"]
    codings.put_together(codings.dumps(current), text)  # raises where it is no record
    level = keeping.allowed(connection, current, text, [row.kept for row in stored])
    version["kept"] = keep = strictest([level, version["kept"]])
    current, version["text"] = shorten(current, text, keep)
    if keep == "none":
        version |= {"url": None, "title": None}
    key = new_version(connection, version | {"report": report})
    for record in records[:-1]:
        _enter_replaced(connection, key, record if keep == "full" else mended(record, version["text"], keep))
    codings.write(connection, key, current)


def _enter_codings(connection: Connection, version: Row[Any], records: Iterable[Record]) -> None:
    """Codings by coders that a version has not had become part of its history."""
    joined = CODINGS.join(CODERS)
    coders = set(connection.scalars(select(CODERS.c.coder).select_from(joined).where(CODINGS.c.version == version.key)))
    for record in records:
        if record["coder"] not in coders:
            short = record if version.kept == "full" else mended(record, version.text, version.kept)
            _enter_replaced(connection, version.key, short)


def _enter_replaced(connection: Connection, version: int, record: Record) -> None:
    values = {"version": version, "coder": codings.coder_key(connection, record["coder"]), "current": False}
    connection.execute(insert(CODINGS).values(values | {"record": codings.dumps(record)}))
