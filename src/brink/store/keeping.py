"""How much of a report's text the ledger may keep, and making a stored version keep no more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from brink.store import codings
from brink.store.naming import Mark, is_named
from brink.store.schema import CODINGS, FORGOTTEN, RETENTIONS, VERSIONS
from brink.store.shortening import Record, mended, shorten, strictest
from brink.store.words import perhaps


def allowed(connection: Connection, record: Record, text: str, before: Iterable[str]) -> str:
    """Give the level (see `shortening`) for a report that comes in. `before` are the levels of its other versions.

    It is its outlet's, or none where it is forgotten: by its address, by a name, or as it was once before.
    """
    forgotten = [Mark(row.sha, row.words) for row in connection.execute(select(FORGOTTEN))]
    if "none" in before or (forgotten and is_named(record, text, forgotten)):
        return "none"
    outlet = perhaps(record["report"]["outlet"])
    return connection.scalar(select(RETENTIONS.c.keep).where(RETENTIONS.c.outlet == outlet)) or "full"


def shorten_version(connection: Connection, row: Row[Any], keep: str) -> bool:
    """Take from a version what `keep` does not leave, out of its rows and replaced codings too; tell if any was there.

    `row` has the columns of the version and the `record` and `coding` of its current coding.
    """
    if strictest([keep, row.kept]) == row.kept:
        return False
    record, text = shorten(json.loads(row.record), row.text, keep)
    names = {"url": None, "title": None} if keep == "none" else {}
    rewrite(connection, row.key, {"text": text, "kept": keep, **names})
    for table in codings.ROWS.values():
        connection.execute(delete(table).where(table.c.version == row.key))
    of = {"coding": row.coding, "version": row.key, "coder": codings.coder_key(connection, record["coder"])}
    codings.write_rows(connection, of, record)
    return True


def rewrite(connection: Connection, version: int, values: Record) -> None:
    """Change the columns of a version; all its codings then hold what is left of the text."""
    connection.execute(update(VERSIONS).where(VERSIONS.c.key == version).values(values))
    if values["kept"] == "full":
        return
    of_version = select(CODINGS.c.key, CODINGS.c.record).where(CODINGS.c.version == version)
    for coding in connection.execute(of_version).all():
        record = codings.dumps(mended(json.loads(coding.record), values["text"], values["kept"]))
        connection.execute(update(CODINGS).where(CODINGS.c.key == coding.key).values(record=record))
