"""Coded reports out of the ledger."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from brink.errors import UsageError
from brink.records import CodedReport, OfficeHolding
from brink.store import codings
from brink.store.database import Database
from brink.store.schema import CODERS, CODINGS, OFFICES, VERSIONS

# As many records as are fetched at once: a few megabytes.
BATCH = 100


@dataclass(frozen=True, slots=True)
class Version:
    """One text that a report had. It holds from the day `valid_from` until the day `superseded`.

    `kept` is what is left of its text: full, sentences, spans or none. `coders` made its codings, the current one last.
    """

    number: int
    text_sha: str
    published: str | None
    published_at: str | None
    read_at: str | None
    valid_from: str | None
    superseded: str | None
    newest: bool
    kept: str
    coders: tuple[str, ...]


def coded(database: Database, as_of: str | None) -> Iterator[CodedReport]:
    """Give the version of each report that holds as of a day, or the newest, by publication and id, undated ones last.

    Of one day those without an hour come first, then by the hour: laid in that order they cost least. Which versions is
    settled at the start, whatever is written meanwhile. Raises UsageError where `as_of` is no day.
    """
    keys = array("q")
    with database.reading() as connection:
        order = (VERSIONS.c.published.nulls_last(), VERSIONS.c.published_at.nulls_first(), VERSIONS.c.report)
        keys.extend(connection.scalars(select(VERSIONS.c.key).where(holds(as_of)).order_by(*order)))
    for start in range(0, len(keys), BATCH):
        chosen = list(keys[start : start + BATCH])
        with database.reading() as connection:
            rows = {row.key: row for row in connection.execute(with_record().where(VERSIONS.c.key.in_(chosen)))}
        for key in chosen:
            yield codings.put_together(rows[key].record, rows[key].text)


def report(connection: Connection, id: str, as_of: str | None) -> CodedReport | None:
    """Give the version of a report that holds as of a day, or the newest; None where there is none."""
    row = connection.execute(with_record().where(VERSIONS.c.report == id, holds(as_of))).first()
    return codings.put_together(row.record, row.text) if row else None


def ahead(connection: Connection, day: str) -> frozenset[str]:
    """Give the reports of which a version begins to hold after a day."""
    later = select(VERSIONS.c.report).where(VERSIONS.c.valid_from > day)
    return frozenset(connection.scalars(later.distinct()))


def known(connection: Connection, id: str, text_sha: str, coder: str) -> bool:
    """Whether the newest version of a report has this text and was coded by this coder."""
    joined = VERSIONS.join(CODINGS, (CODINGS.c.version == VERSIONS.c.key) & CODINGS.c.current).join(CODERS)
    same = (VERSIONS.c.report == id, VERSIONS.c.text_sha == text_sha, CODERS.c.coder == coder)
    return (
        connection.execute(select(VERSIONS.c.key).select_from(joined).where(VERSIONS.c.newest, *same)).first()
        is not None
    )


def versions(connection: Connection, id: str) -> tuple[Version, ...]:
    """Give the versions of a report in the order in which they came, with those who coded them."""
    joined = VERSIONS.join(CODINGS, CODINGS.c.version == VERSIONS.c.key).join(CODERS)
    chosen = select(VERSIONS, CODERS.c.coder).select_from(joined).where(VERSIONS.c.report == id)
    rows = connection.execute(chosen.order_by(VERSIONS.c.number, CODINGS.c.current, CODINGS.c.key)).all()
    by_number: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    return tuple(_version(found) for found in by_number.values())


def offices(database: Database) -> Iterator[tuple[str, OfficeHolding]]:
    """Give each report's id with what its newest version says of who holds which office, by publication and id."""
    chosen = (
        select(OFFICES)
        .join(VERSIONS)
        .where(VERSIONS.c.newest)
        .order_by(VERSIONS.c.published.nulls_last(), VERSIONS.c.report, OFFICES.c.number)
    )
    with database.reading() as connection:
        rows = connection.execute(chosen).all()
    for row in rows:
        yield row.report, OfficeHolding(row.person, row.office, row.country, row.start_offset, row.end_offset)


def with_record() -> Any:
    """Choose versions, each with the key (`coding`) and `record` of its current coding."""
    return select(VERSIONS, CODINGS.c.key.label("coding"), CODINGS.c.record).join(
        CODINGS, (CODINGS.c.version == VERSIONS.c.key) & CODINGS.c.current
    )


def holds(as_of: str | None) -> ColumnElement[bool]:
    """Choose the version of each report that holds as of a day, or the newest. Raises UsageError for no day."""
    if as_of is None:
        return VERSIONS.c.newest
    try:
        day = date.fromisoformat(as_of).isoformat()
    except ValueError as error:
        raise UsageError(f"'{as_of}' is no day; write it as YYYY-MM-DD.") from error
    since, until = VERSIONS.c.valid_from, VERSIONS.c.superseded
    return (since.is_(None) | (since <= day)) & (until.is_(None) | (until > day))


def _version(rows: Sequence[Row[Any]]) -> Version:
    one = rows[0]
    return Version(
        number=one.number,
        text_sha=one.text_sha,
        published=one.published,
        published_at=one.published_at,
        read_at=one.read_at,
        valid_from=one.valid_from,
        superseded=one.superseded,
        newest=one.newest,
        kept=one.kept,
        coders=tuple(row.coder for row in rows),
    )
