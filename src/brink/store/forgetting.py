"""Forgetting and retention: text goes, counts and ids stay (`shortening` says what of a report is left)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, text, true, update

from brink.errors import UsageError
from brink.store import happenings, reading
from brink.store.database import Database
from brink.store.keeping import shorten_version
from brink.store.naming import Mark, is_named, mark, says
from brink.store.schema import (
    ALERTS,
    DECISIONS,
    FORGOTTEN,
    HAPPENINGS,
    ITEMS,
    MARKINGS,
    REJECTIONS,
    RETENTIONS,
    VERSIONS,
)
from brink.store.schema_laid import LAYINGS
from brink.store.shortening import LEVELS
from brink.store.words import storable

_TEXTS = frozenset({"text", "condition"})
_NAMES = frozenset({"name", "by", "owner", "relay"})
_TABLES = (
    "versions, codings, statements, events, offices, happenings, rejections, decisions, markings, items, alerts, "
    "laid, laid_records, laid_names, laid_acts, laid_days, laid_pairs, laid_tellings, laid_reports, laid_said, "
    "laid_origins, tallies"
)


def forget(connection: Connection, what: str) -> int:
    """Forget an address or a person's name, and tell how many reports lost their text.

    Those are the reports at the address, or that name the person, in all their versions; they stay forgotten when they
    are read again. Raises UsageError where `what` names nothing.
    """
    one = mark(what)
    if "://" not in what and (len(what.strip()) < 3 or what == what.lower()):
        raise UsageError(f"'{what}' is a common word, no name as reports write it; nothing was forgotten.")
    if not what.strip() or (not one.words and "://" not in what):
        raise UsageError(f"'{what}' is neither an address nor a name; nothing was forgotten.")
    _remember(connection, one)
    named = {row.report for row in _versions(connection, true()) if is_named(json.loads(row.record), row.text, [one])}
    done = {
        row.report
        for report in sorted(named)
        for row in _versions(connection, VERSIONS.c.report == report)
        if shorten_version(connection, row, "none")
    }
    _forget_items(connection, named)
    _forget_alerts(connection, named, one)
    _forget_happenings(connection, named, one)
    _forget_words(connection, one)
    connection.execute(delete(LAYINGS))  # what pages read of all this is laid anew
    return len(done)


def retain(connection: Connection, outlet: str, keep: str) -> int:
    """Set what text of an outlet's reports is kept, and tell how many reports lost text by that.

    What is gone does not come back by `full`, which holds for reports that are read from then on. Raises UsageError
    where `keep` is none of full, sentences and spans.
    """
    if keep not in LEVELS[:3]:
        raise UsageError(f"'{keep}' cannot be kept; choose one of {', '.join(LEVELS[:3])}.")
    name = storable(outlet)
    connection.execute(delete(RETENTIONS).where(RETENTIONS.c.outlet == name))
    if keep != "full":
        connection.execute(insert(RETENTIONS).values(outlet=name, keep=keep))
    rows = _versions(connection, VERSIONS.c.outlet == name)
    return len({row.report for row in rows if shorten_version(connection, row, keep)})


def scrub(database: Database) -> None:
    """Overwrite what was deleted also where a database still keeps it: indexes, log and dead rows.

    What was laid of the ledger, in a file beside it, goes too, unless a watch has it: that lays it anew without.
    """
    if (beside := database.address.beside) is not None:
        _take_away(beside)
    if database.is_postgres:
        with database.outside() as connection:
            connection.execute(text(f"VACUUM {_TABLES}"))
        return
    with database.writing() as connection:
        connection.execute(text("INSERT INTO report_words(report_words) VALUES ('rebuild')"))
    with database.outside() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _take_away(path: Path) -> None:
    """Delete a SQLite file, its content overwritten, if nobody works with it."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as file:
            file.execute("PRAGMA secure_delete = ON")
            file.execute("BEGIN EXCLUSIVE")
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                file.execute(f'DROP TABLE "{name}"')
            file.execute("COMMIT")
            path.unlink()
    except (sqlite3.Error, OSError):
        return


def _remember(connection: Connection, one: Mark) -> None:
    if connection.execute(select(FORGOTTEN).where(FORGOTTEN.c.sha == one.sha)).first() is None:
        connection.execute(insert(FORGOTTEN).values(sha=one.sha, words=one.words))


def _versions(connection: Connection, which: ColumnElement[bool]) -> Iterator[Row[Any]]:
    """Versions with their records, some at a time: a ledger is larger than memory."""
    last = 0
    while True:
        chosen = reading.with_record().where(which, VERSIONS.c.key > last).order_by(VERSIONS.c.key)
        rows = connection.execute(chosen.limit(reading.BATCH)).all()
        yield from rows
        if not rows:
            return
        last = rows[-1].key


def _forget_items(connection: Connection, reports: set[str]) -> None:
    """A watched feed's items lose their titles and addresses: their pages are not looked at again."""
    for report in sorted(reports):
        done = update(ITEMS).where(ITEMS.c.report == report, ~ITEMS.c.waiting)
        connection.execute(done.values(record=None, etag=None, modified=None))


def _forget_alerts(connection: Connection, reports: set[str], one: Mark) -> None:
    """Alerts that rest on these reports, or name the person, lose their words; what they were about stays."""
    for row in connection.execute(select(ALERTS)).all():
        record = json.loads(row.record)
        if any(report["id"] in reports for report in record["reports"]) or _without(record, frozenset(), one) != record:
            short = json.dumps(record | {"title": "", "lines": [], "reports": []})
            connection.execute(update(ALERTS).where(ALERTS.c.key == row.key).values(record=short))


def _forget_happenings(connection: Connection, reports: set[str], one: Mark) -> None:
    """Happenings made of these reports lose the reports' words, and those made of them alone lose all names."""
    for id, before in happenings.records(connection):
        record = json.loads(before)
        told = set(record["reports"])
        gone = (_TEXTS if told & reports else frozenset()) | (_NAMES if told and told <= reports else frozenset())
        short = json.dumps(_without(record, gone, one), separators=(",", ":"))
        if short != before:
            connection.execute(update(HAPPENINGS).where(HAPPENINGS.c.id == id).values(record=short))


def _without(value: Any, gone: frozenset[str], one: Mark) -> Any:
    if isinstance(value, str):
        return "" if says(value, one) else value
    if isinstance(value, list):
        return [_without(item, gone, one) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _blank(item) if name in gone else _without(item, gone, one) for name, item in value.items()}


def _blank(value: Any) -> Any:
    if isinstance(value, list):
        return [_blank(item) for item in value]
    return " " * len(value) if isinstance(value, str) else value


def _forget_words(connection: Connection, one: Mark) -> None:
    """Refused inputs, reasons of decisions and notes on codings may name what is forgotten."""
    for row in connection.execute(select(REJECTIONS)).all():
        if says(row.place, one) or says(row.message, one) or any(says(part, one) for part in row.message.split()):
            change = update(REJECTIONS).where(REJECTIONS.c.sha == row.sha)
            connection.execute(change.values(place="", message="", id=None))
    for row in connection.execute(select(DECISIONS)).all():
        said = {name: "" for name in ("subject", "object", "value", "reason") if says(getattr(row, name) or "", one)}
        if said:
            connection.execute(update(DECISIONS).where(DECISIONS.c.key == row.key).values(said))
    for row in connection.execute(select(MARKINGS).where(MARKINGS.c.note.is_not(None))).all():
        if says(row.note, one):
            connection.execute(update(MARKINGS).where(MARKINGS.c.key == row.key).values(note=""))
