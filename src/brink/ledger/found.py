"""The happenings that were laid, by id, on a shelf on disk: of all of them only their places in the order are held."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from typing import overload

from brink.ledger.blocks import Ref
from brink.ledger.disk import Disk
from brink.records import Happening

Placed = tuple[Ref, Happening]
HELD = 256
"""Happenings held at once."""


class Found(MutableMapping[str, Placed]):
    """Each happening with its place in the ledger's order. Raises StoreError where its file cannot be kept or read."""

    def __init__(self, held: int = HELD) -> None:
        self._shelf = Disk(held)
        self._places: dict[str, Ref] = {}

    def __getitem__(self, id: str) -> Placed:
        return self._places[id], self._shelf.get("happening", id)

    def __setitem__(self, id: str, placed: Placed) -> None:
        self._places[id] = placed[0]
        self._shelf.put("happening", id, placed[1])

    def __delitem__(self, id: str) -> None:
        del self._places[id]
        self._shelf.put("happening", id, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def in_order(self) -> Sequence[Happening]:
        """All in the ledger's order, each read when it is asked for; of use until another one is put in."""
        return _InOrder(self, sorted(self._places, key=self._places.__getitem__))


class _InOrder(Sequence[Happening]):
    def __init__(self, found: Found, ids: list[str]) -> None:
        self._found, self._ids = found, ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> Happening: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Happening]: ...

    def __getitem__(self, at: int | slice) -> Happening | Sequence[Happening]:
        if isinstance(at, slice):
            return _InOrder(self._found, self._ids[at])
        return self._found[self._ids[at]][1]
