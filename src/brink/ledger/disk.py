"""A shelf on disk, so that a ledger kept up to date holds what is touched now, and not all that was ever told.

What was used last is held; the rest lies in a temporary SQLite database, which has no name, is nobody else's, and is
gone with its owner. What is held does not grow with the ledger: a day that nothing reaches any more goes to disk by
itself, and comes back when a late report is of it.
"""

from __future__ import annotations

import pickle
import sqlite3
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from brink.errors import StoreError

FULL = "The ledger's temporary file cannot be kept, perhaps because the disk is full ({}); TMPDIR names its folder."
HELD = 4_096
"""Lists and values held at once, those of some 200 reports."""
AT_ONCE = 8
"""The part of them, one in so many, that goes to disk together."""
BITS = 1 << 25
"""Length in bits (4 MiB) of the marks by which most of what was never put away is known without asking the disk."""


class Disk:
    """See `Shelf`; not for two threads at once. Raises StoreError where its temporary file cannot be kept or read.

    `held` is how much is held at once; every list and value weighs 1 but those of the kinds in `weights`.
    """

    def __init__(self, held: int = HELD, weights: Mapping[str, int] | None = None) -> None:
        self._most, self._weights = held, dict(weights or {})
        self._held: OrderedDict[str, Any] = OrderedDict()
        self._weight = 0
        self._changed: set[str] = set()
        self._marks = bytearray(BITS // 8)
        # No name: SQLite makes a private file for it and deletes it. Only this object reads it back, hence pickle.
        with _said():
            self._file = sqlite3.connect("", check_same_thread=False, isolation_level=None)
            self._file.execute("CREATE TABLE shelf (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")

    def row(self, key: str) -> Sequence[Any]:
        """See `Shelf`."""
        return self._found(f"\t{key}") or ()

    def insert(self, key: str, entry: tuple[Any, ...]) -> None:
        """See `Shelf`."""
        row = self._found(f"\t{key}") or []
        row.insert(bisect_left(row, entry), entry)
        self._hold(f"\t{key}", row)

    def remove(self, key: str, entry: tuple[Any, ...]) -> None:
        """See `Shelf`."""
        row = self._found(f"\t{key}")
        del row[bisect_left(row, entry)]
        self._hold(f"\t{key}", row or None)

    def get(self, kind: str, key: str) -> Any:
        """See `Shelf`."""
        return self._found(f"{kind}\t{key}")

    def put(self, kind: str, key: str, value: Any) -> None:
        """See `Shelf`."""
        self._hold(f"{kind}\t{key}", value)

    def _hold(self, name: str, value: Any) -> None:
        """Keep what is new or was changed."""
        self._weight += 0 if name in self._held else self._weight_of(name)
        self._held[name] = value
        self._held.move_to_end(name)
        self._changed.add(name)
        self._make_room()

    def _found(self, name: str) -> Any:
        if name in self._held:
            self._held.move_to_end(name)
            return self._held[name]
        if not self._is_marked(name):
            return None
        with _said():
            row = self._file.execute("SELECT value FROM shelf WHERE name = ?", (name,)).fetchone()
        value = self._held[name] = pickle.loads(row[0]) if row else None
        self._weight += self._weight_of(name)
        self._make_room()
        return value

    def _make_room(self) -> None:
        """Put away what was not used for longest, if too much is held."""
        if self._weight <= self._most:
            return
        some = list(self._oldest(1 + self._most // AT_ONCE))
        self._weight -= sum(map(self._weight_of, some))
        values = {name: self._held.pop(name) for name in some}
        changed = {name: values[name] for name in some if name in self._changed}
        self._changed.difference_update(changed)
        kept = [
            (name, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) for name, value in changed.items() if value is not None
        ]
        none = [(name,) for name, value in changed.items() if value is None]
        with _said(), self._file:
            self._file.execute("BEGIN")
            self._file.executemany("DELETE FROM shelf WHERE name = ?", none)
            self._file.executemany("INSERT OR REPLACE INTO shelf VALUES (?, ?)", kept)
        for name, _ in kept:
            at = hash(name) % BITS
            self._marks[at >> 3] |= 1 << (at & 7)

    def _oldest(self, weight: int) -> Iterator[str]:
        """The names of what was not used for longest, as much as weighs so much together."""
        for name in self._held:
            yield name
            weight -= self._weight_of(name)
            if weight <= 0:
                return

    def _weight_of(self, name: str) -> int:
        return self._weights.get(name.partition("\t")[0], 1)

    def _is_marked(self, name: str) -> bool:
        at = hash(name) % BITS
        return bool(self._marks[at >> 3] & 1 << (at & 7))


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(FULL.format(error)) from error
