"""The happenings that were laid, by id, on a shelf: of all of them none but those last asked for need be held."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from typing import overload

from brink.ledger.blocks import Ref
from brink.ledger.disk import Disk
from brink.ledger.shelf import Shelf
from brink.records import Happening

Placed = tuple[Ref, Happening]
_ORDER = "found"


class Found(MutableMapping[str, Placed]):
    """Each happening with its place in the ledger's order. Raises StoreError where the shelf cannot be kept or read."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf if shelf is not None else Disk()

    def __getitem__(self, id: str) -> Placed:
        placed: Placed | None = self._shelf.get("happening", id)
        if placed is None:
            raise KeyError(id)
        return placed

    def __setitem__(self, id: str, placed: Placed) -> None:
        former = self._shelf.get("happening", id)
        if former is None or former[0] != placed[0]:
            if former is not None:
                self._shelf.remove(_ORDER, (former[0], id))
            self._shelf.insert(_ORDER, (placed[0], id))
        self._shelf.put("happening", id, placed)

    def __delitem__(self, id: str) -> None:
        self._shelf.remove(_ORDER, (self[id][0], id))
        self._shelf.put("happening", id, None)

    def __iter__(self) -> Iterator[str]:
        return (id for _, id in self._shelf.row(_ORDER))

    def __len__(self) -> int:
        return len(self._shelf.row(_ORDER))

    def in_order(self) -> Sequence[Happening]:
        """All in the ledger's order, each read when it is asked for; of use until another one is put in."""
        return _InOrder(self, self._shelf.row(_ORDER))


class _InOrder(Sequence[Happening]):
    def __init__(self, found: Found, order: Sequence[tuple[Ref, str]]) -> None:
        self._found, self._order = found, order

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Happening]:
        return (self._found[id][1] for _, id in self._order)

    @overload
    def __getitem__(self, at: int) -> Happening: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Happening]: ...

    def __getitem__(self, at: int | slice) -> Happening | Sequence[Happening]:
        if isinstance(at, slice):
            return _InOrder(self._found, self._order[at])
        return self._found[self._order[at][1]][1]
