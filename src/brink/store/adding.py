"""A coded report into the ledger: new, known, corrected (another version) or coded anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from brink.errors import StoreError, UsageError
from brink.records import CodedReport
from brink.store import codings, keeping
from brink.store.database import new_key
from brink.store.schema import CODERS, CODINGS, VERSIONS
from brink.store.shortening import Record, shorten
from brink.store.words import perhaps, sha, storable

LONGEST_ID = 500


def add(connection: Connection, coded: CodedReport, read_at: str | None) -> str:
    """Enter a coded report and tell what became of it: new, same, version or recoded. `read_at` is when it was read.

    Raises StoreError where a database cannot hold its id, UsageError where `read_at` is no time.
    """
    report = _checked(coded.report.id)
    record, text = codings.taken_apart(coded)
    stored = versions_of(connection, report)
    text_sha = sha(coded.report.text)
    match = _match(stored, text_sha, text, _valid_from(record, read_at))
    if match is not None and match.coder == storable(coded.coder):
        return "same"
    keep = keeping.allowed(connection, record, text, [one.kept for one in stored])
    record, text = shorten(record, text, keep)
    row = version_row(record, text, read_at) | {"kept": keep}
    if match is None:
        number = max((one.number for one in stored), default=0) + 1
        key = new_version(connection, row | {"report": report, "number": number, "text_sha": text_sha})
        codings.write(connection, key, record)
    else:
        keeping.rewrite(connection, match.key, row | {"read_at": match.read_at or read_at})
        codings.replace(connection, match.key, record)
    chain(connection, report)
    return "recoded" if match is not None else "version" if stored else "new"


def versions_of(connection: Connection, report: str) -> Sequence[Row[Any]]:
    """The versions of a report in the order in which they came, each with its current coder."""
    joined = VERSIONS.outerjoin(CODINGS, (CODINGS.c.version == VERSIONS.c.key) & CODINGS.c.current).outerjoin(CODERS)
    chosen = select(VERSIONS, CODERS.c.coder).select_from(joined).where(VERSIONS.c.report == report)
    return connection.execute(chosen.order_by(VERSIONS.c.number)).all()


def new_version(connection: Connection, values: Record) -> int:
    """Insert a version that does not hold yet: `chain` says from when to when it does."""
    return new_key(connection, insert(VERSIONS).values({**values, "newest": False}))


def chain(connection: Connection, report: str) -> None:
    """Say of each version of a report until when it holds, in whatever order the versions came."""
    rows = connection.execute(
        select(VERSIONS.c.key, VERSIONS.c.valid_from, VERSIONS.c.published_at)
        .where(VERSIONS.c.report == report)
        .order_by(VERSIONS.c.number)
    ).all()
    ordered = in_order([(row.valid_from, row.published_at) for row in rows])
    of_report = update(VERSIONS).where(VERSIONS.c.report == report)
    connection.execute(of_report.where(VERSIONS.c.newest).values(newest=False))
    until, newest = None, True
    for place, day in reversed(ordered):
        change = update(VERSIONS).where(VERSIONS.c.key == rows[place].key)
        connection.execute(change.values(newest=newest, valid_from=day, superseded=until))
        until, newest = day or until, False


def in_order(times: Sequence[tuple[str | None, str | None]]) -> list[tuple[int, str | None]]:
    """Order versions, which stand as they came, by publication: give the place of each, and its day.

    They go by day, by moment, else as they came. A version without a day takes that of the newest that came before it,
    one without a moment that of the last of its day.
    """
    keys: list[tuple[str, str]] = []
    for day, moment in times:
        day = day or max((known for known, _ in keys), default="")
        keys.append((day, moment or max((at for known, at in keys if known == day), default="")))
    places = sorted(range(len(keys)), key=lambda place: (keys[place], place))
    return [(place, keys[place][0] or None) for place in places]


def _checked(report: str) -> str:
    if not report or len(report) > LONGEST_ID or storable(report) != report:
        raise StoreError(
            f"The report id {report[:40]!r} cannot be stored: it must have 1 to {LONGEST_ID} characters of plain text."
        )
    return report


def version_row(record: Record, text: str, read_at: str | None) -> Record:
    """What the columns of a version say of its report."""
    report = record["report"]
    return {
        "published": report["published"],
        "published_at": report["published_at"],
        "valid_from": _valid_from(record, read_at),
        "read_at": read_at,
        "url": perhaps(report["url"]),
        "outlet": perhaps(report["outlet"]),
        "title": perhaps(report["title"]),
        "text": text,
    }


def _valid_from(record: Record, read_at: str | None) -> str | None:
    """A report without a publication day was published by the day it was read."""
    published: str | None = record["report"]["published"]
    if published or not read_at:
        return published
    try:
        return date.fromisoformat(read_at[:10]).isoformat()
    except ValueError as error:
        raise UsageError(f"'{read_at}' is no time; write it as YYYY-MM-DDTHH:MM:SSZ.") from error


def _match(stored: Sequence[Row[Any]], text_sha: str, text: str, day: str | None) -> Row[Any] | None:
    """The version that has this text. An old text published again, later than the newest one, is a version anew.

    A shortened text that was taken from the ledger and comes back is no correction.
    """
    for row in sorted(stored, key=lambda row: not row.newest):
        if row.text_sha == text_sha or (row.kept != "full" and row.text == text):
            newest = next(one for one in stored if one.newest)
            return None if not row.newest and day and newest.valid_from and day > newest.valid_from else row
    return None
