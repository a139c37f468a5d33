"""Lists of a laid ledger, some at a time: happenings by what they are filed under, by day, by weight; reports; words.

A filter is a mapping of status, event, quad, actor, place, since and until to a text; what is not in it is not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from brink.records import Happening
from brink.store.book import HOLDS, Book
from brink.store.schema_laid import FILED

COUNTED = 1000
"""Happenings of a filtered list, the newest, of which facets are counted, and as far as it is counted itself."""
SHORT = 62
"""Days of a period up to which its happenings are looked up by day; those of a longer one while going through all."""
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
    they would go through all happenings instead. `of` is the table that has `happening` and the columns by which lists
    are narrowed, `key` what names a state there.
    """

    tables: str
    where: str
    of: str = "laid"
    key: str = "laid.key"

    @property
    def order(self) -> str:
        """The newest first."""
        return f"{self.of}.first DESC, {self.of}.happening DESC"

    @property
    def rows(self) -> str:
        """The beginning of a query for happenings."""
        return self.some(f"{self.key} AS key, {self.of}.happening")

    def some(self, columns: str) -> str:
        """The beginning of a query."""
        return f"SELECT {columns} FROM {self.tables} WHERE {self.where}"


def way(book: Book, by: By, days: str = "", whole: bool = False) -> Way:
    """How to come to what a filter lets through; `days` (":begin" to ":end") where it moved on these days besides.

    `whole` says that other columns of `laid` are asked too.
    """
    lead = _lead(book, by)
    period = [f"day {sign} :{name}" for name, sign in (("since", ">="), ("until", "<=")) if name in by]
    beside = [f"day >= :begin AND day <= :end AND {days}"] if days else []
    beside += [" AND ".join(period)] if period else []
    if beside and (days or _is_short(by)):
        near = f"(SELECT DISTINCT laid FROM laid_days WHERE laying = :laying AND {beside.pop(0)}) AS near"
        found = Way(f"{near} CROSS JOIN laid", f"laid.key = near.laid AND {HOLDS}")
    elif lead == "actor" and not whole:
        found = Way("laid_names AS near", f"{_NAMED} AND {_NEAR}", "near", "near.laid")
    elif lead == "actor":
        found = Way("laid_names AS near CROSS JOIN laid", f"{_NAMED} AND laid.key = near.laid AND {HOLDS}")
    else:
        found = Way("laid", HOLDS)
    parts = [found.where, *(_column(found, name, lead) for name in COLUMNS if name in by)]
    parts += [_EXISTS.format("laid_days", found.key, which) for which in beside]
    if "actor" in by and "near.name" not in found.where:
        parts.append(_EXISTS.format("laid_names", found.key, "b.name = :actor"))
    if "near.laid" not in found.where:  # so that a list of a past day begins there
        parts.append(f"{found.of}.first <= :asked")
    return replace(found, where=" AND ".join(parts))


_EXISTS = "EXISTS (SELECT 1 FROM {} AS b WHERE b.laid = {} AND {})"
_NEAR = HOLDS.replace("laid.", "near.")
_NAMED = "near.laying = :laying AND near.name = :actor"


def _column(found: Way, name: str, lead: str) -> str:
    later = "" if name == lead or found.of == "near" else _LATER
    return f"{found.of}.{name}{later} = :{name}"


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
    sql = f"{found.rows}{at} ORDER BY {found.order} LIMIT :limit"
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
    some = f"{found.some(f'{found.key} AS key')} ORDER BY {found.order} LIMIT :most"
    sql = f"WITH few AS ({some}) SELECT n.name, count(*) AS n FROM few CROSS JOIN laid_names n WHERE n.laid = few.key"
    return {row.name: int(row.n) for row in book.rows(f"{sql} GROUP BY n.name", **by, most=COUNTED)}


def _few(book: Book, by: By) -> Sequence[Any]:
    """What the newest `COUNTED` that a filter leaves are filed under; several facets and the count look at the same."""
    key = repr(sorted(by.items()))
    if key not in book.few:
        found = way(book, by)
        columns = ", ".join(f"{found.of}.{name}" for name in COLUMNS)
        book.few[key] = book.rows(f"{found.some(columns)} ORDER BY {found.order} LIMIT :most", **by, most=COUNTED)
    return book.few[key]


def latest(book: Book, by: By, limit: int) -> list[Happening]:
    """Happenings that a filter lets through, those that changed last first."""
    sql = f"{way(book, by, whole=True).rows} AND laid.changed <= :asked"
    sql = f"{sql} ORDER BY laid.changed DESC, laid.happening DESC LIMIT :limit"
    return book.loaded(book.rows(sql, **by, limit=limit))


def top(book: Book) -> int:
    """The newest state of a happening that there is, for `since`."""
    return int(book.rows("SELECT max(key) AS n FROM laid")[0].n or 0)


def since(book: Book, last: int, limit: int) -> list[Happening]:
    """Happenings whose state came after one that was the newest."""
    columns = "laid.key, happening, weight"  # one that no index of lists has, as in Book.read
    sql = f"SELECT {columns} FROM laid WHERE laid.key > :last AND {HOLDS} ORDER BY laid.key LIMIT :limit"
    return book.loaded(book.rows(sql, last=last, limit=limit))


def moved(book: Book, by: By, days: tuple[str, str], ranks: Mapping[str, int], limit: int) -> list[Happening]:
    """Happenings that changed or had a new voice on these days, by the rank of their status, then the weightiest."""
    rank = " ".join(f"WHEN '{status}' THEN {number:d}" for status, number in ranks.items())
    order = f"CASE laid.status {rank} ELSE 4 END, laid.weight DESC, laid.happening"
    sql = f"{way(book, by, 'moved').rows} ORDER BY {order} LIMIT :limit"
    return book.loaded(book.rows(sql, **by, begin=days[0], end=days[1], limit=limit))


def newest_moved(book: Book, by: By, days: tuple[str, str], limit: int) -> list[Happening]:
    """The same, the newest first."""
    found = way(book, by, "moved")
    sql = f"{found.rows} ORDER BY {found.order} LIMIT :limit"
    return book.loaded(book.rows(sql, **by, begin=days[0], end=days[1], limit=limit))


def moved_states(book: Book, by: By, days: tuple[str, str]) -> dict[str, int]:
    """How many of them there are of each status."""
    sql = f"{way(book, by, 'moved').some('laid.status, count(*) AS n')} GROUP BY laid.status"
    return {row.status: int(row.n) for row in book.rows(sql, **by, begin=days[0], end=days[1])}


def at_odds(book: Book, days: tuple[str, str], limit: int) -> list[Happening]:
    """Those of them that oppose others, the newest."""
    found = way(book, {}, "moved")
    sql = f"{found.rows} AND laid.opposes > 0 ORDER BY {found.order} LIMIT :limit"
    return book.loaded(book.rows(sql, begin=days[0], end=days[1], limit=limit))


def settled(book: Book, days: tuple[str, str], limit: int) -> list[Happening]:
    """Promises that are settled, of which something was told on these days, the first told first."""
    some = way(book, {}, "moved").rows
    sql = f"{some} AND laid.outcome = 'settled' ORDER BY laid.first, laid.happening LIMIT :limit"
    return book.loaded(book.rows(sql, begin=days[0], end=days[1], limit=limit))
