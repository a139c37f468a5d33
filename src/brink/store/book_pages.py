"""What single pages ask of a laid ledger: firsts, promises, pairs of actors, reports, who says what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from brink.records import CodedReport, Happening, Report, Statement
from brink.store.book import HOLDS, TOLD, Book

ACTS = 2000
"""Acts of a period, the newest, of which the first of their kind are looked for."""


def firsts(book: Book, days: tuple[str, str]) -> list[tuple[str, str, str, str, str | None]]:
    """Acts of these days: happening, actor, event, day, and the day of the same actor's act of this type before."""
    former = (
        "SELECT b.told FROM laid_acts b JOIN laid ON laid.key = b.laid WHERE b.laying = :laying AND b.actor = a.actor "
        "AND b.event = a.event AND b.told <= a.told AND (b.told < a.told OR b.happening < a.happening) "
        f"AND {HOLDS} ORDER BY b.told DESC, b.happening DESC LIMIT 1"
    )
    sql = (
        f"SELECT a.happening, a.actor, a.event, a.told, ({former}) AS former FROM laid_acts a "
        f"JOIN laid l ON l.key = a.laid AND {HOLDS.replace('laid.', 'l.')} "
        "WHERE a.laying = :laying AND a.told >= :begin AND a.told <= :end ORDER BY a.told DESC LIMIT :most"
    )
    found = [tuple(row) for row in book.rows(sql, begin=days[0], end=days[1], most=ACTS)]
    return sorted(found, key=lambda row: (row[3], row[0], row[1]))


def earliest(book: Book) -> list[Happening]:
    """The happening that was told first, with which the record begins."""
    sql = f"SELECT laid.key, happening FROM laid WHERE {HOLDS} AND first > '' ORDER BY first, happening LIMIT 1"
    return book.loaded(book.rows(sql))


def promised(book: Book, outcome: str, kind: str | None, limit: int) -> list[Happening]:
    """Promises of one outcome (overdue, open, settled): open ones by the day they are due, those without one last; all
    others by that day too, the last first."""
    return book.loaded(promise_keys(book, outcome, kind, limit))


def promise_keys(book: Book, outcome: str, kind: str | None, limit: int) -> Sequence[Any]:
    """The same as rows that have their `key` and `happening`."""
    if outcome != "open":
        return _promises(book, outcome, kind, limit, "due DESC, happening DESC")
    found = _promises(book, outcome, kind, limit, "due, happening", " AND due > ''")
    return [*found, *_promises(book, outcome, kind, limit - len(found), "due, happening", " AND due = ''")]


def due(book: Book, limit: int) -> list[Happening]:
    """Open promises with a day, the nearest first."""
    return book.loaded(_promises(book, "open", None, limit, "due, happening", " AND due > ''"))


def _promises(book: Book, outcome: str, kind: str | None, limit: int, order: str, which: str = "") -> Sequence[Any]:
    of, known = (" AND kind = :kind", {"kind": kind}) if kind else ("", {})
    sql = f"SELECT laid.key, happening FROM laid WHERE {HOLDS} AND outcome = :outcome{which}{of} ORDER BY {order}"
    return book.rows(f"{sql} LIMIT :limit", outcome=outcome, limit=limit, **known)


def made(book: Book, days: tuple[str, str], limit: int) -> list[Happening]:
    """Open promises without a day, made on these days, the first told first."""
    sql = (  # by outcome, not by day of first telling, which the order would suggest
        f"SELECT laid.key, happening FROM laid WHERE {HOLDS} AND outcome = 'open' AND due = '' "
        "AND made >= :begin AND made < :end ORDER BY first || '', happening LIMIT :limit"
    )
    return book.loaded(book.rows(sql, begin=days[0], end=days[1] + "~", limit=limit))


_OF_PAIR = (
    "FROM laid_pairs p WHERE p.laying = :laying AND p.one = :one AND p.other = :other AND p.day <= :asked "
    "AND p.since <= :asked AND p.until > :asked"
)


def weighed(book: Book, pair: tuple[str, str], since: str) -> Sequence[tuple[str, str, float, float, str]]:
    """What happenings add to a pair from a day on: line, day, low, high and happening, by day, line and happening."""
    if (*pair, since) not in book.weighed:  # a drawing's bands and its marks ask the same
        sql = f"SELECT p.line, p.day, p.low, p.high, p.happening {_OF_PAIR} AND p.day >= :since"
        rows = map(tuple, book.rows(sql, one=pair[0], other=pair[1], since=since))
        book.weighed[*pair, since] = sorted(rows, key=lambda row: (row[1], row[0], row[4]))
    return book.weighed[*pair, since]


def summed(
    book: Book, pair: tuple[str, str], since: str, before: str = "~"
) -> list[tuple[str, str, int, float, float]]:
    """The same by day: line, day, how many, and the sums of low and high; up to the day before one that is given."""
    sql = f"SELECT p.line, p.day, count(*) AS n, sum(p.low) AS low, sum(p.high) AS high {_OF_PAIR} AND p.day >= :since"
    known = {"one": pair[0], "other": pair[1], "since": since, "before": before}
    return [tuple(row) for row in book.rows(f"{sql} AND p.day < :before GROUP BY p.line, p.day", **known)]


def pair_begins(book: Book, pair: tuple[str, str]) -> dict[str, str]:
    """The first day of each line of a pair."""
    found = {}
    for line in ("deeds", "words"):
        sql = f"SELECT p.day {_OF_PAIR} AND p.line = :line ORDER BY p.day LIMIT 1"
        if rows := book.rows(sql, one=pair[0], other=pair[1], line=line):
            found[line] = rows[0].day
    return found


def of_pair(book: Book, pair: tuple[str, str], limit: int) -> tuple[list[Happening], int]:
    """The happenings that a pair's tension rests on, the newest of its days, newest first, and how many there are."""
    sql = f"SELECT p.laid AS key, p.happening {_OF_PAIR} ORDER BY p.day DESC LIMIT :limit"
    found = book.loaded(book.rows(sql, one=pair[0], other=pair[1], limit=limit))
    ordered = sorted(found, key=lambda h: (h.first or "", h.id), reverse=True)
    return ordered, book.number("pair", json.dumps(pair))


def keys_of_pair(book: Book, pair: tuple[str, str]) -> Sequence[Any]:
    """All of them as rows that have their `key` and `happening`, by their days, the last first."""
    sql = f"SELECT p.laid AS key, p.happening, max(p.day) AS last {_OF_PAIR} GROUP BY p.laid, p.happening"
    sql = f"{sql} ORDER BY last DESC, p.happening DESC"
    return book.rows(sql, one=pair[0], other=pair[1])


def reports(book: Book, outlet: str | None, after: tuple[str, str] | None, limit: int) -> list[dict[str, Any]]:
    """Reports as rows of a list, the newest first, after one that was given."""
    of = " AND told.outlet = :outlet" if outlet else ""
    at = " AND (told.at, told.report) < (:at, :id)" if after is not None else ""
    sql = (
        "SELECT told.report AS id, versions.outlet, versions.title, told.published, versions.published_at, "
        "told.statements, told.events, told.unknowns FROM laid_reports told JOIN codings ON codings.key = told.coding "
        f"JOIN versions ON versions.key = codings.version WHERE {TOLD} AND told.at < :end{of}{at} "
        "ORDER BY told.at DESC, told.report DESC LIMIT :limit"
    )
    known = ({"outlet": outlet} if outlet else {}) | ({"at": after[0], "id": after[1]} if after else {})
    found = [dict(row._mapping) for row in book.rows(sql, **known, end=book.day + "~", limit=limit)]
    told = book.happenings_of([row["id"] for row in found])
    return [{**row, "published": row["published"] or None, "happenings": told.get(row["id"], 0)} for row in found]


def sources(book: Book, ids: list[str]) -> dict[str, Report]:
    """Reports without their texts."""
    sql = (
        "SELECT told.report AS id, versions.url, versions.outlet, versions.title, told.published "
        "FROM laid_reports told JOIN codings ON codings.key = told.coding "
        f"JOIN versions ON versions.key = codings.version WHERE {TOLD} AND told.report IN :ids"
    )
    rows = book.rows(sql, ids=ids) if ids else ()
    return {row.id: Report(row.id, "", row.url, row.outlet, row.title, _day(row.published)) for row in rows}


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def published(book: Book) -> tuple[str | None, str | None]:
    """The first and the last day on which a report was published."""
    sql = (
        f"SELECT told.published AS day FROM laid_reports told WHERE {TOLD} AND told.published > '' "
        "AND told.published <= :asked ORDER BY told.published"
    )
    rows = [book.rows(f"{sql}{falling} LIMIT 1") for falling in ("", " DESC")]
    first, last = (found[0].day if found else None for found in rows)
    return first, last


def ignorant(book: Book, days: tuple[str, str], limit: int) -> list[CodedReport]:
    """Reports of these days that admit not to know something, the newest, in the order in which they came."""
    sql = (
        f"SELECT told.report FROM laid_reports told WHERE {TOLD} AND told.published >= :begin "
        "AND told.published <= :end AND told.unknowns > 0 ORDER BY told.published DESC, told.report LIMIT :limit"
    )
    ids = [row.report for row in book.rows(sql, begin=days[0], end=days[1], limit=limit)]
    book.read_reports(ids)
    return sorted((c for id in ids if (c := book.report(id))), key=lambda c: (str(c.report.published), c.report.id))


def said(book: Book, name: str, limit: int) -> list[tuple[CodedReport, Statement]]:
    """What somebody says, by code or name, the newest first."""
    sql = (
        "SELECT told.report, s.number FROM laid_said s CROSS JOIN laid_reports told WHERE told.key = s.laid "
        f"AND s.laying = :laying AND s.name = :name AND s.at < :end AND {TOLD} "
        "ORDER BY s.at DESC, told.report, s.number LIMIT :limit"
    )
    rows = book.rows(sql, name=name, end=book.day + "~", limit=limit)
    told = book.parts([row.report for row in rows], "statements")
    return [(told[row.report], told[row.report].statements[row.number]) for row in rows if row.report in told]
