"""Where a ledger that is kept up to date lays what it must know again: lists in order, and values by name.

`Memory` holds all of it; `disk.Disk` what was used last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Protocol


class Shelf(Protocol):
    """Lists of tuples that stay sorted, by key; values, by kind and key. What it gives out must not be altered."""

    def row(self, key: str) -> Sequence[Any]:
        """The list of that key, empty where there is none."""
        ...

    def insert(self, key: str, entry: tuple[Any, ...]) -> None:
        """Put an entry, which is not there, into a list."""
        ...

    def remove(self, key: str, entry: tuple[Any, ...]) -> None:
        """Take an entry, which is there, out of a list."""
        ...

    def get(self, kind: str, key: str) -> Any:
        """The value of that kind and key, None where there is none."""
        ...

    def put(self, kind: str, key: str, value: Any) -> None:
        """Keep a value; None takes it away."""
        ...


class Memory:
    """A shelf that is gone with its owner."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Any]] = {}
        self._values: dict[str, dict[str, Any]] = {}

    def row(self, key: str) -> Sequence[Any]:
        """See `Shelf`."""
        return self._rows.get(key, ())

    def insert(self, key: str, entry: tuple[Any, ...]) -> None:
        """See `Shelf`."""
        row = self._rows.setdefault(key, [])
        row.insert(bisect_left(row, entry), entry)

    def remove(self, key: str, entry: tuple[Any, ...]) -> None:
        """See `Shelf`."""
        row = self._rows[key]
        del row[bisect_left(row, entry)]
        if not row:
            del self._rows[key]

    def get(self, kind: str, key: str) -> Any:
        """See `Shelf`."""
        return self._values.get(kind, {}).get(key)

    def put(self, kind: str, key: str, value: Any) -> None:
        """See `Shelf`."""
        if value is None:
            self._values.get(kind, {}).pop(key, None)
        else:
            self._values.setdefault(kind, {})[key] = value
