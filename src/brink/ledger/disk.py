"""A shelf on disk, so that a ledger kept up to date holds what is touched now, and not all that was ever told.

What was used last is held, up to a size that does not grow with the ledger; the rest lies in a SQLite database. Long
lists lie there in pages (`paged`), so that a day of which thousands tell costs no more than a quiet one. The database
is private and gone with its owner, or a named file (`keepsake`), of which all that was kept together is there again.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from brink.errors import StoreError
from brink.ledger.paged import PAGE, Paged, Pages
from brink.ledger.pickled import dumps, loads
from brink.ledger.sizes import size_of

FULL = "The ledger's temporary file cannot be kept, perhaps because the disk is full ({}); TMPDIR names its folder."
HELD = 65_536
"""How much is held at once, in quarters of a kilobyte (16 MiB)."""
AT_ONCE = 8
"""The part of it, one in so many, that goes to disk together."""
BITS = 1 << 25
"""Length in bits (4 MiB) of the marks by which most of what was never put away is known without asking the disk."""
TABLE = "CREATE TABLE IF NOT EXISTS shelf (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"


@dataclass(slots=True)
class _Held:
    """What is held: a value, its size, and whether the disk has another."""

    value: Any
    size: int
    changed: bool


class Disk:
    """See `Shelf`; not for two threads at once. Raises StoreError where its file cannot be kept or read.

    `held` is how much is held at once, by `sizes`. `file` is a connection that is in a transaction, of which this does
    not decide the end, and in which perhaps something lies already; without one a private file is made.
    """

    def __init__(self, held: int = HELD, file: sqlite3.Connection | None = None) -> None:
        self._most = held
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._weight = 0
        with _said():
            # No name: SQLite makes a private file for it and deletes it.
            self._file = file or sqlite3.connect("", check_same_thread=False, isolation_level=None)
            self._file.execute(TABLE)
            is_new = self._file.execute("SELECT 1 FROM shelf LIMIT 1").fetchone() is None
        self._marks = bytearray(BITS // 8) if is_new else None  # of a file of before the disk must be asked

    def row(self, key: str) -> Sequence[Any]:
        """See `Shelf`. What it gives is of use until that list changes."""
        row = self._found(f"\t{key}") or ()
        return Paged(row, lambda number: self._page(key, number)) if isinstance(row, Pages) else row

    def insert(self, key: str, entry: tuple[Any, ...]) -> None:
        """See `Shelf`."""
        row = self._found(f"\t{key}")
        if isinstance(row, Pages):
            at = row.place(entry)
            page = self._page(key, row.numbers[at])
            page.insert(bisect_left(page, entry), entry)
            self._cut(key, row, at, page)
            return
        row = row or []
        row.insert(bisect_left(row, entry), entry)
        if len(row) > PAGE:
            pages = Pages()
            pages.add(0, row)
            self._cut(key, pages, 0, row)
        else:
            self._hold(f"\t{key}", row)

    def remove(self, key: str, entry: tuple[Any, ...]) -> None:
        """See `Shelf`."""
        row = self._found(f"\t{key}")
        if not isinstance(row, Pages):
            del row[bisect_left(row, entry)]
            self._hold(f"\t{key}", row or None)
            return
        at = row.place(entry)
        page, number = self._page(key, row.numbers[at]), row.numbers[at]
        del page[bisect_left(page, entry)]
        row.note(at, page) if page else row.drop(at)
        self._hold(_page_name(key, number), page or None)
        self._hold(f"\t{key}", row if row.counts else None)

    def get(self, kind: str, key: str) -> Any:
        """See `Shelf`."""
        return self._found(f"{kind}\t{key}")

    def put(self, kind: str, key: str, value: Any) -> None:
        """See `Shelf`."""
        self._hold(f"{kind}\t{key}", value)

    def write(self) -> None:
        """Put all that changed into the file; it stays held."""
        changed = [(name, one) for name, one in self._held.items() if one.changed]
        self._put_away(changed)
        for _, one in changed:
            one.changed = False

    def _page(self, key: str, number: int) -> list[Any]:
        page: list[Any] = self._found(_page_name(key, number))
        return page

    def _cut(self, key: str, row: Pages, at: int, page: list[Any]) -> None:
        """Keep a page that was changed, in two where it is too long. One that grows at its end is left full."""
        if len(page) > PAGE:
            where = PAGE if at == len(row.numbers) - 1 else len(page) // 2
            rest = page[where:]
            del page[where:]
            self._hold(_page_name(key, row.add(at + 1, rest)), rest)
        row.note(at, page)
        self._hold(_page_name(key, row.numbers[at]), page)
        self._hold(f"\t{key}", row)

    def _hold(self, name: str, value: Any) -> None:
        """Keep what is new or was changed."""
        former = self._held.pop(name, None)
        size = size_of(value)
        self._weight += size - (former.size if former else 0)
        self._held[name] = _Held(value, size, True)
        self._make_room()

    def _found(self, name: str) -> Any:
        known = self._held.get(name)
        if known is not None:
            self._held.move_to_end(name)
            return known.value
        if self._marks is not None and not self._is_marked(name):
            return None
        with _said():
            row = self._file.execute("SELECT value FROM shelf WHERE name = ?", (name,)).fetchone()
        value = loads(row[0]) if row else None
        size = size_of(value)
        self._weight += size
        self._held[name] = _Held(value, size, False)
        self._make_room()
        return value

    def _make_room(self) -> None:
        """Put away what was not used for longest, if too much is held."""
        if self._weight <= self._most:
            return
        some = list(self._oldest(self._weight - self._most + self._most // AT_ONCE))
        gone = [(name, self._held.pop(name)) for name in some]
        self._weight -= sum(one.size for _, one in gone)
        self._put_away([(name, one) for name, one in gone if one.changed])

    def _put_away(self, changed: Sequence[tuple[str, _Held]]) -> None:
        kept = [(name, dumps(one.value)) for name, one in changed if one.value is not None]
        none = [(name,) for name, one in changed if one.value is None]
        with _said(), self._together():
            self._file.executemany("DELETE FROM shelf WHERE name = ?", none)
            self._file.executemany("INSERT OR REPLACE INTO shelf VALUES (?, ?)", kept)
        if self._marks is not None:
            for name, _ in kept:
                at = hash(name) % BITS
                self._marks[at >> 3] |= 1 << (at & 7)

    @contextmanager
    def _together(self) -> Iterator[None]:
        """In one transaction: that of the file's owner, or one of its own."""
        if self._file.in_transaction:
            yield
            return
        with self._file:
            self._file.execute("BEGIN")
            yield

    def _oldest(self, weight: int) -> Iterator[str]:
        """The names of what was not used for longest, as much as weighs so much together."""
        for name, one in self._held.items():
            yield name
            weight -= one.size
            if weight <= 0:
                return

    def _is_marked(self, name: str) -> bool:
        assert self._marks is not None
        at = hash(name) % BITS
        return bool(self._marks[at >> 3] & 1 << (at & 7))


def _page_name(key: str, number: int) -> str:
    return f"\t{key}\t\t{number}"


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(FULL.format(error)) from error
