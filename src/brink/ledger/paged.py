"""A long list in pages, so that one who looks at its end, or puts something in, needs no more than a page or two."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, overload

PAGE = 64
"""Entries of a page at most; a list of no more is not cut into pages."""


@dataclass(slots=True)
class Pages:
    """What is kept of a long list beside its pages: of each its first entry, its length and its number."""

    firsts: list[Any] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    next: int = 0

    def add(self, at: int, page: Sequence[Any]) -> int:
        """A new page at a place among the others; gives its number."""
        number, self.next = self.next, self.next + 1
        self.firsts.insert(at, page[0])
        self.counts.insert(at, len(page))
        self.numbers.insert(at, number)
        return number

    def note(self, at: int, page: Sequence[Any]) -> None:
        """A page that was changed."""
        self.firsts[at], self.counts[at] = page[0], len(page)

    def drop(self, at: int) -> None:
        """A page that is gone."""
        del self.firsts[at], self.counts[at], self.numbers[at]

    def place(self, entry: Any) -> int:
        """Where the page stands in which an entry is, or would be."""
        return max(0, bisect_right(self.firsts, entry) - 1)


class Paged(Sequence[Any]):
    """A long list as it is read: `find` gives a page by its number. Of use until the list changes."""

    def __init__(self, pages: Pages, find: Callable[[int], list[Any]]) -> None:
        self._pages, self._find = pages, find
        self._ends = list(accumulate(pages.counts))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> Any: ...

    @overload
    def __getitem__(self, at: slice) -> list[Any]: ...

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            begin, end, step = at.indices(len(self))
            return [*self._between(begin, end)][::step] if step > 0 else [self[i] for i in range(begin, end, step)]
        index = at + len(self) if at < 0 else at
        if not 0 <= index < len(self):
            raise IndexError(at)
        page = bisect_right(self._ends, index)
        return self._page(page)[index - self._begin(page)]

    def __iter__(self) -> Iterator[Any]:
        for page in range(len(self._ends)):
            yield from self._page(page)

    def __reversed__(self) -> Iterator[Any]:
        for page in range(len(self._ends) - 1, -1, -1):
            yield from reversed(self._page(page))

    def position(self, entry: Any) -> int:
        """Where an entry stands, or would."""
        page = self._pages.place(entry)
        return self._begin(page) + bisect_left(self._page(page), entry)

    def _between(self, begin: int, end: int) -> Iterator[Any]:
        page = bisect_right(self._ends, begin)
        while begin < end:
            first = self._begin(page)
            yield from self._page(page)[begin - first : end - first]
            begin, page = self._ends[page], page + 1

    def _begin(self, page: int) -> int:
        return self._ends[page - 1] if page else 0

    def _page(self, at: int) -> list[Any]:
        return self._find(self._pages.numbers[at])


def position(row: Sequence[Any], entry: Any) -> int:
    """Where an entry stands in a list that is in order, or would."""
    return row.position(entry) if isinstance(row, Paged) else bisect_left(row, entry)
