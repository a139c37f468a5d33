"""What some reports of a laid ledger tell of, looked up once: for a search to narrow, count and list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brink.records import Happening
from brink.store.book import HOLDS, Book
from brink.store.schema_laid import FILED

AT_ONCE = 1000
"""Keys that one query takes."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A happening by what it is filed under, and those of the reports that tell of it."""

    key: int
    happening: str
    first: str
    values: Mapping[str, Sequence[str]]
    days: Sequence[str]
    reports: frozenset[str]


class Near:
    """The happenings that some reports (ids) tell of, the newest first. A filter is that of `book_lists`."""

    def __init__(self, book: Book, reports: Sequence[str]) -> None:
        self._book = book
        self._held = sorted(_filed(book, reports), key=lambda one: (one.first, one.happening), reverse=True)

    def chosen(self, by: Mapping[str, Any]) -> list[Filed]:
        """Those that a filter lets through."""
        return [one for one in self._held if _fits(one, by)]

    def facet(self, by: Mapping[str, Any], name: str) -> dict[str, int]:
        """Values of a facet with the number of happenings of each that a filter leaves."""
        return Counter(value for one in self.chosen(by) for value in one.values[name])

    def happenings(self, chosen: Sequence[Filed]) -> list[Happening]:
        """The happenings themselves."""
        return self._book.loaded(chosen)

    def told(self) -> dict[str, int]:
        """Reports with the number of happenings that each tells of; those that tell of none are left out."""
        return Counter(report for one in self._held for report in one.reports)


def _fits(one: Filed, by: Mapping[str, Any]) -> bool:
    if any(by[name] not in one.values[name] for name in (*FILED, "actor") if name in by):
        return False
    if "since" not in by and "until" not in by:
        return True
    return any(by.get("since", "") <= day <= by.get("until", "9999") for day in one.days)


def _filed(book: Book, reports: Sequence[str]) -> Iterator[Filed]:
    columns = ", ".join(f"laid.{name}" for name in ("key", "happening", "first", *FILED))
    told = "FROM laid_tellings t CROSS JOIN laid WHERE laid.key = t.laid AND t.laying = :laying"
    sql = f"SELECT t.report, {columns} {told} AND t.report IN :reports AND {HOLDS}"
    rows: dict[int, Any] = {}
    by: dict[int, set[str]] = {}
    for some in _slices(list(reports)):
        for row in book.rows(sql, reports=some):
            rows[row.key] = row
            by.setdefault(row.key, set()).add(row.report)
    names = _beside(book, "laid_names", "name", list(rows))
    days = _beside(book, "laid_days", "day", list(rows))
    for key, row in rows.items():
        values = {name: [value] if (value := getattr(row, name)) is not None else [] for name in FILED}
        filed = {**values, "actor": names.get(key, [])}
        yield Filed(key, row.happening, row.first, filed, days.get(key, []), frozenset(by[key]))


def _beside(book: Book, table: str, column: str, keys: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for some in _slices(keys):
        for row in book.rows(f"SELECT laid, {column} AS value FROM {table} WHERE laid IN :keys", keys=some):
            found.setdefault(row.laid, []).append(row.value)
    return found


def _slices(items: Sequence[Any]) -> Iterator[list[Any]]:
    return (list(items[start : start + AT_ONCE]) for start in range(0, len(items), AT_ONCE))
