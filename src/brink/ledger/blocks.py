"""Where tellings of one act are looked for: blocks by party, place, name and report, each in order of time.

A telling stands in a block for each way in which two tellings may be known to speak of one thing, and for each
family of acts that its own may be told as: there at the day it was told, and what is told ahead in a second list of the
block at the day it is due. It looks at those told just before it, at most `neighbours` (data/ledger/matching.toml),
and at those due about its day, half as many on a side; of all these at the `most` that it meets in the rarest blocks,
so that a crowded crisis costs no more than a quiet one. Copies of its passage are found by MinHash (`near`), beside
these. Whom it looks at follows from the set of those told before it alone, never from the order in which they came, and
what is told later does not change it.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from typing import Any

from brink.ledger.evidence import Evidence
from brink.ledger.near import prints
from brink.ledger.paged import position
from brink.ledger.shelf import Shelf
from brink.ledger.tables import families, table

Ref = tuple[str, str, int, str, int]
"""A telling's place in the ledger's order: its key, and its number within the report."""
Entry = tuple[int, Ref]
"""A day (ordinal) at which a telling stands in a block, and the telling."""
Pair = tuple[Ref, Ref]

TOLD_AHEAD = frozenset({"promise", "threat", "future"})


@functools.cache
def neighbours() -> int:
    """How many tellings of a block before it a telling is compared with."""
    return int(table("matching")["neighbours"])


def most() -> int:
    """How many tellings one is compared with at most: twice the neighbours of a block.

    Set on benchmarks/crisis.py: more cost more, with fewer it is less often seen that what a telling fits fits many.
    """
    return 2 * neighbours()


def dues() -> int:
    """How many of a block that are due by its day a telling is compared with, and how many due after it."""
    return (neighbours() + 1) // 2


@functools.cache
def days() -> int:
    """The length in days of the stretches into which blocks are cut; tellings of stretches side by side are near."""
    return int(table("matching")["days"])


@dataclass(frozen=True, slots=True)
class Standing:
    """A telling, its blocks, the day (ordinal) at which it was told, and the one at which it is due.

    `copies` are the blocks by MinHash, where only copies of its passage are looked for.
    """

    ref: Ref
    blocks: tuple[str, ...]
    day: int
    due: int | None
    copies: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[int, ...]:
        """The days about which it looks for what is told ahead."""
        return (self.day,) if self.due is None or self.due == self.day else (self.day, self.due)


def standing(ref: Ref, e: Evidence) -> Standing:
    """Where a telling is looked for."""
    known = [d for d in (e.day, *(e.days or ())) if d is not None]
    blocks = {f"{kind}\t{value}\t{family}" for kind, value in _keys(e) for family in families(e.act)}
    due = e.days[1] if e.form in TOLD_AHEAD and e.days is not None else None
    copies = tuple(f"copy\t{value}" for value in prints(e.passage))
    return Standing(ref, tuple(sorted(blocks)), known[0] if known else 0, due, copies)


def _keys(e: Evidence) -> Iterator[tuple[str, str]]:
    parties = e.actors | e.recipients
    # Rebels are told as "the guerrillas", people as "they": those are found by their country.
    parties |= {key.partition("/")[0] for key in parties if "/" in key}
    for kind, values in (("party", parties), ("place", e.place), ("name", e.names)):
        for value in values:
            yield kind, value
    yield "report", e.telling.report


def chunk(block: str, stretch: int) -> str:
    """The key of a stretch of a block."""
    return f"{block}\t{stretch}"


def _due(block: str) -> str:
    """The second list of a block."""
    return f"due\t{block}"


def entries(where: Standing) -> Iterator[tuple[str, Entry]]:
    """The lists in which a telling stands, by key, and how."""
    for block in where.blocks:
        yield chunk(block, where.day // days()), (where.day, where.ref)
        if where.due is not None:
            yield chunk(_due(block), where.due // days()), (where.due, where.ref)
    for block in where.copies:
        yield chunk(block, where.day // days()), (where.day, where.ref)


def told_before(shelf: Shelf, where: Standing) -> set[Ref]:
    """Whom a telling looks at: of those told before it the `most` that it meets in the rarest blocks, the latest first.

    The further back the neighbours of a block lie, the rarer is what they share, and the more a meeting there counts.
    """
    ref = where.ref
    found: dict[Ref, int] = defaultdict(int)
    for block in where.blocks:
        told = before(shelf, block, (where.day, ref), neighbours())
        rare = 1 + (where.day - told[0][0] if len(told) == neighbours() else 2 * days())
        for _, other in told:
            found[other] += rare
        for day in where.days:
            for list_ in (_due_until(shelf, block, day, ref), _due_after(shelf, block, day, ref)):
                for _, other in islice(list_, dues()):
                    found[other] += rare
    known = [(rare, other) for other, rare in found.items() if other < ref]
    return {other for _, other in (known if len(known) <= most() else nlargest(most(), known))}


def copied_before(shelf: Shelf, where: Standing) -> set[Ref]:
    """Whom of those told before it a telling may copy: apart from the others, so that they crowd nobody out."""
    within = int(table("acts")["copies"]["within"])
    told = (one for block in where.copies for one in before(shelf, block, (where.day, where.ref), neighbours()))
    return {other for day, other in told if where.day - day <= within and other < where.ref}


def told_after(shelf: Shelf, where: Standing) -> set[Ref]:
    """All that look at a telling, or would if another did not stand between; perhaps some more."""
    blocks = (*where.blocks, *where.copies)
    found = {other for block in blocks for _, other in after(shelf, block, (where.day, where.ref), neighbours())}
    if where.due is not None:
        for block in where.blocks:
            found.update(_about(shelf, block, where, where.due))
    found.discard(where.ref)
    return found


def _about(shelf: Shelf, block: str, where: Standing, due: int) -> Iterator[Ref]:
    """The later tellings that may look at one because of the day at which it is due."""
    ref = where.ref
    sooner = list(islice(_due_until(shelf, block, due, ref), dues()))
    later = list(islice(_due_after(shelf, block, due, ref), dues()))
    first = sooner[-1][0] if len(sooner) == dues() else (due // days() - 1) * days()
    last = later[-1][0] if len(later) == dues() else (due // days() + 2) * days() - 1
    told = where.day - 1 if ref[0] else first  # who was told after it stands no earlier, but for an hour's difference
    for list_, since in ((block, max(first, told)), (_due(block), first)):
        for stretch in range(due // days() - 1, due // days() + 2):
            row = shelf.row(chunk(list_, stretch))
            for at in range(position(row, (since,)), len(row)):
                day, other = row[at]
                if day > last:
                    break
                if other > ref:
                    yield other


def _due_until(shelf: Shelf, block: str, day: int, ref: Ref) -> Iterator[Entry]:
    """What was told before a telling and is due by a day, the last first."""
    row = shelf.row(chunk(_due(block), day // days()))
    yield from (row[i] for i in range(position(row, (day + 1,)) - 1, -1, -1) if row[i][1] < ref)
    yield from (entry for entry in reversed(shelf.row(chunk(_due(block), day // days() - 1))) if entry[1] < ref)


def _due_after(shelf: Shelf, block: str, day: int, ref: Ref) -> Iterator[Entry]:
    """What was told before a telling and is due after a day, the first first."""
    row = shelf.row(chunk(_due(block), day // days()))
    yield from (row[i] for i in range(position(row, (day + 1,)), len(row)) if row[i][1] < ref)
    yield from (entry for entry in shelf.row(chunk(_due(block), day // days() + 1)) if entry[1] < ref)


def before(shelf: Shelf, block: str, entry: Sequence[Any], most: int) -> list[Any]:
    """At most `most` entries before one, from its own stretch of a block and the one before.

    The first of an entry is its day; it need not stand in the list.
    """
    stretch = entry[0] // days()
    row = shelf.row(chunk(block, stretch))
    at = position(row, entry)
    found = list(row[max(0, at - most) : at])
    if len(found) < most and (others := shelf.row(chunk(block, stretch - 1))):
        found = [*others[len(found) - most :], *found]
    return found


def after(shelf: Shelf, block: str, entry: Sequence[Any], most: int) -> list[Any]:
    """At most `most` entries after one, from its own stretch of a block and the next; see `before`."""
    stretch = entry[0] // days()
    row = shelf.row(chunk(block, stretch))
    at = position(row, entry)
    start = at + 1 if at < len(row) and row[at] == entry else at
    found = list(row[start : start + most])
    if len(found) < most and (others := shelf.row(chunk(block, stretch + 1))):
        found += others[: most - len(found)]
    return found
