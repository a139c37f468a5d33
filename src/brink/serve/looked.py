"""Mappings and names of a large ledger, which are asked for one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

from brink.store import Book

T = TypeVar("T")


class Looked(Mapping[str, T]):
    """Things looked up one by one. Going through all of them, or counting them, raises TypeError: they are too many."""

    def __init__(self, look: Callable[[str], T | None]) -> None:
        self._look = look

    def __getitem__(self, id: str) -> T:
        found = self._look(id)
        if found is None:
            raise KeyError(id)
        return found

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a large ledger is read piece by piece")

    def __len__(self) -> int:
        raise TypeError("a large ledger is read piece by piece")


class Names(Collection[str]):
    """Names that a ledger counts under; asked for one by one where that is enough."""

    def __init__(self, book: Book, kinds: tuple[str, ...]) -> None:
        self._book, self._kinds = book, kinds

    def __contains__(self, name: object) -> bool:
        return any(self._book.tally(kind, str(name)) for kind in self._kinds)

    def __iter__(self) -> Iterator[str]:
        return iter({name for kind in self._kinds for name in self._book.tally(kind)})

    def __len__(self) -> int:
        return sum(1 for _ in self)
