"""Lists of a laid ledger, some at a time: happenings by what they are filed under, by day, by weight; reports; words.

A filter is a mapping of status, event, quad, actor, place, since and until to a text; what is not in it is not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from brink.records import Happening
from brink.store.book import HOLDS, Book
from brink.store.schema_laid import FILED

COUNTED = 1000
"""Happenings of a filtered list, the newest, of which facets are counted, and as far as it is counted itself."""
SHORT = 62
"""Days of a period up to which its happenings are looked up by day; those of a longer one while going through all."""
NEWEST = "laid.first DESC, laid.happening DESC"
COLUMNS = FILED
LOOKED = 8
"""How many rows of an actor's index are gone through in the time in which one row of `laid` is looked up."""
By = Mapping[str, Any]
_LATER = " || ''"
"""Behind a column: so that a database does not begin with its index."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the happenings that a filter lets through: tables, conditions, what the newest stand in order of.

    The first table is the one that leaves least, and databases must begin with it (`CROSS JOIN`): without statistics
    they would go through all happenings instead.
    """

    tables: str
    where: str
    order: str

    def some(self, columns: str) -> str:
        """The beginning of a query."""
        return f"SELECT {columns} FROM {self.tables} WHERE {self.where}"


def way(book: Book, by: By, days: str = "") -> Way:
    """How to come to what a filter lets through; `days` (":begin" to ":end") where it moved on these days besides."""
    lead = _lead(book, by)
    parts = [HOLDS]
    period = [f"day {sign} :{name}" for name, sign in (("since", ">="), ("until", "<=")) if name in by]
    source, beside = "laid", {
        "moved": ("laid_days", f"day >= :begin AND day <= :end AND {days}") if days else None,
        "days": ("laid_days", " AND ".join(period)) if period else None,
        "named": ("laid_names", "name = :actor") if "actor" in by else None,
    }  # fmt: skip
    order = NEWEST
    for name, asked in beside.items():
        if asked is None:
            continue
        table, which = asked
        if source == "laid" and (name != "days" or _is_short(by)) and (name != "named" or lead == "actor"):
            rows = f"(SELECT DISTINCT laid FROM {table} WHERE laying = :laying AND {which})"
            source = f"{table if name == 'named' else rows} AS near CROSS JOIN laid"
            parts.insert(0, "near.laying = :laying AND near.name = :actor" if name == "named" else "1 = 1")
            parts.insert(1, "laid.key = near.laid")
            order = "near.first DESC, near.happening DESC" if name == "named" else order
        else:
            parts.append(f"EXISTS (SELECT 1 FROM {table} AS b WHERE b.laid = laid.key AND {which})")
    named = source.startswith("laid_names")
    filed = (name for name in COLUMNS if name in by)
    parts += [f"near.{n} = :{n}" if named else f"laid.{n}{'' if n == lead else _LATER} = :{n}" for n in filed]
    if source == "laid" or named:  # so that a list of a past day begins there
        parts.append(f"{order.split()[0]} <= :asked")
    return Way(source, " AND ".join(parts), order)


def _lead(book: Book, by: By) -> str:
    """Which of a filter's columns, or the actor, leaves least: by that index its happenings are looked up."""
    asked = [name for name in (*COLUMNS, "actor") if name in by]
    if len(asked) < 2:
        return asked[0] if asked else ""
    return min(asked, key=lambda name: book.number(name, by[name]) * (1 if name == "actor" else LOOKED))


def _is_short(by: By) -> bool:
    if "since" not in by or "until" not in by:
        return False
    since, until = (date.fromisoformat(by[name]) for name in ("since", "until"))
    return (until - since).days <= SHORT


def newest(book: Book, by: By, after: tuple[str, str] | None, limit: int) -> list[Happening]:
    """Happenings that a filter lets through, by first day and id, the newest first, after one that was given."""
    known: dict[str, str] = {}
    at, found = "", way(book, by)
    if after is not None:
        first, id = (part.removesuffix(" DESC") for part in found.order.split(", "))
        at, known = f" AND ({first}, {id}) < (:first, :id)", {"first": after[0], "id": after[1]}
    sql = f"{found.some('laid.key, laid.happening')}{at} ORDER BY {found.order} LIMIT :limit"
    return book.loaded(book.rows(sql, **by, **known, limit=limit))


def every(book: Book, by: By, at_once: int = 200) -> Iterator[Happening]:
    """All that a filter lets through, in the same order, some at a time."""
    after: tuple[str, str] | None = None
    while found := newest(book, by, after, at_once):
        yield from found
        after = (found[-1].first or "", found[-1].id)


def count(book: Book, by: By) -> int:
    """How many a filter lets through; by more than one column, or by days, no further than to `COUNTED`."""
    if not by:
        return book.number("all")
    if len(by) == 1 and (name := next(iter(by))) in (*COLUMNS, "actor"):
        return book.number(name, by[name])
    return len(_few(book, by))


def is_bounded(by: By, number: int) -> bool:
    """Whether a count by a filter may be less than there are."""
    return number == COUNTED and len(by) > (not {"since", "until"} & by.keys())


def facet(book: Book, by: By, name: str) -> dict[str, int]:
    """Values of a facet with the number of happenings of each: of all, or of the newest `COUNTED` a filter leaves."""
    if not by:
        return book.tally(name)
    if name != "actor":
        return Counter(value for row in _few(book, by) if (value := getattr(row, name)) is not None)
    found = way(book, by)
    some = f"{found.some('laid.key')} ORDER BY {found.order} LIMIT :most"
    sql = f"WITH few AS ({some}) SELECT n.name, count(*) AS n FROM few CROSS JOIN laid_names n WHERE n.laid = few.key"
    return {row.name: int(row.n) for row in book.rows(f"{sql} GROUP BY n.name", **by, most=COUNTED)}


def _few(book: Book, by: By) -> Sequence[Any]:
    """What the newest `COUNTED` that a filter leaves are filed under; several facets and the count look at the same."""
    key = repr(sorted(by.items()))
    if key not in book.few:
        found = way(book, by)
        columns = ", ".join(f"laid.{name}" for name in COLUMNS)
        book.few[key] = book.rows(f"{found.some(columns)} ORDER BY {found.order} LIMIT :most", **by, most=COUNTED)
    return book.few[key]


def latest(book: Book, by: By, limit: int) -> list[Happening]:
    """Happenings that a filter lets through, those that changed last first."""
    sql = f"{way(book, by).some('laid.key, laid.happening')} AND laid.changed <= :asked"
    sql = f"{sql} ORDER BY laid.changed DESC, laid.happening DESC LIMIT :limit"
    return book.loaded(book.rows(sql, **by, limit=limit))


def top(book: Book) -> int:
    """The newest state of a happening that there is, for `since`."""
    return int(book.rows("SELECT max(key) AS n FROM laid")[0].n or 0)


def since(book: Book, last: int, limit: int) -> list[Happening]:
    """Happenings whose state came after one that was the newest."""
    sql = f"SELECT laid.key, happening FROM laid WHERE laid.key > :last AND {HOLDS} ORDER BY laid.key LIMIT :limit"
    return book.loaded(book.rows(sql, last=last, limit=limit))


def moved(book: Book, by: By, days: tuple[str, str], ranks: Mapping[str, int], limit: int) -> list[Happening]:
    """Happenings that changed or had a new voice on these days, by the rank of their status, then the weightiest."""
    rank = " ".join(f"WHEN '{status}' THEN {number:d}" for status, number in ranks.items())
    order = f"CASE laid.status {rank} ELSE 4 END, laid.weight DESC, laid.happening"
    sql = f"{way(book, by, 'moved').some('laid.key, laid.happening')} ORDER BY {order} LIMIT :limit"
    return book.loaded(book.rows(sql, **by, begin=days[0], end=days[1], limit=limit))


def newest_moved(book: Book, by: By, days: tuple[str, str], limit: int) -> list[Happening]:
    """The same, the newest first."""
    found = way(book, by, "moved")
    sql = f"{found.some('laid.key, laid.happening')} ORDER BY {found.order} LIMIT :limit"
    return book.loaded(book.rows(sql, **by, begin=days[0], end=days[1], limit=limit))


def moved_states(book: Book, by: By, days: tuple[str, str]) -> dict[str, int]:
    """How many of them there are of each status."""
    sql = f"{way(book, by, 'moved').some('laid.status, count(*) AS n')} GROUP BY laid.status"
    return {row.status: int(row.n) for row in book.rows(sql, **by, begin=days[0], end=days[1])}


def at_odds(book: Book, days: tuple[str, str], limit: int) -> list[Happening]:
    """Those of them that oppose others, the newest."""
    found = way(book, {}, "moved")
    sql = f"{found.some('laid.key, laid.happening')} AND laid.opposes > 0 ORDER BY {found.order} LIMIT :limit"
    return book.loaded(book.rows(sql, begin=days[0], end=days[1], limit=limit))


def settled(book: Book, days: tuple[str, str], limit: int) -> list[Happening]:
    """Promises that are settled, of which something was told on these days, the first told first."""
    some = way(book, {}, "moved").some("laid.key, laid.happening")
    sql = f"{some} AND laid.outcome = 'settled' ORDER BY laid.first, laid.happening LIMIT :limit"
    return book.loaded(book.rows(sql, begin=days[0], end=days[1], limit=limit))
