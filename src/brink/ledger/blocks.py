"""Where tellings of one act are looked for: blocks by party, place, name and report, each in order of time.

A telling stands in a block for each way in which two tellings may be known to speak of one thing, and for each
family of acts that its own may be told as. Within a block it is compared with its neighbours: at most `neighbours` on
either side (data/ledger/matching.toml), so that a crowded block costs no more than a thin one. Which pairs are compared
follows from the set of tellings alone, never from the order in which they came.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brink.ledger.evidence import Evidence
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
    """How many tellings of a block before and after it a telling is compared with."""
    return int(table("matching")["neighbours"])


@functools.cache
def days() -> int:
    """The length in days of the stretches into which blocks are cut; tellings of stretches side by side are near."""
    return int(table("matching")["days"])


@dataclass(frozen=True, slots=True)
class Standing:
    """The blocks in which a telling stands, its days in each of them, and the entries that this makes."""

    blocks: frozenset[str]
    days: tuple[int, ...]
    entries: tuple[tuple[str, int, Entry], ...]

    def meets(self, other: Standing) -> bool:
        """Whether two tellings stand near each other in any block."""
        if self.blocks.isdisjoint(other.blocks):
            return False
        length = days()
        return any(-1 <= one // length - two // length <= 1 for one in self.days for two in other.days)


def standing(ref: Ref, e: Evidence) -> Standing:
    """Where a telling is looked for: a plan at the day it was told and at the day it is due."""
    known = [d for d in (e.day, *(e.days or ())) if d is not None]
    found = {known[0] if known else 0}
    if e.form in TOLD_AHEAD and e.days is not None:
        found.add(e.days[1])
    blocks = frozenset(f"{kind}\t{value}\t{family}" for kind, value in _keys(e) for family in families(e.act))
    entries = tuple((block, day // days(), (day, ref)) for block in sorted(blocks) for day in sorted(found))
    return Standing(blocks, tuple(sorted(found)), entries)


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


def compared(rows: Mapping[str, Sequence[Entry]]) -> set[Pair]:
    """All pairs of neighbours, each with its earlier telling first; `rows` are sorted, by `chunk`."""
    lists: dict[str, dict[int, Sequence[Entry]]] = {}
    for key, row in rows.items():
        block, _, stretch = key.rpartition("\t")
        lists.setdefault(block, {})[int(stretch)] = row
    found: set[Pair] = set()
    for stretches in lists.values():
        whole = [entry for _, row in sorted(stretches.items()) for entry in row]
        for i, (day, ref) in enumerate(whole):
            for near, other in whole[i + 1 : i + 1 + neighbours()]:
                if near // days() - day // days() > 1:
                    break
                if other != ref:
                    found.add((ref, other) if ref < other else (other, ref))
    return found


def around(shelf: Shelf, block: str, stretch: int, entry: Sequence[Any], most: int) -> tuple[list[Any], list[Any]]:
    """At most `most` entries before one and after it, from its own stretch of a block and those beside it.

    The first of an entry is its day; it need not stand in the list.
    """
    row = shelf.row(chunk(block, stretch))
    at = bisect_left(row, entry)
    start = at + 1 if at < len(row) and row[at] == entry else at
    before, after = list(row[max(0, at - most) : at]), list(row[start : start + most])
    if len(before) < most and (others := shelf.row(chunk(block, stretch - 1))):
        before = [*others[len(before) - most :], *before]
    if len(after) < most and (others := shelf.row(chunk(block, stretch + 1))):
        after += others[: most - len(after)]
    return before, after


def beside(shelf: Shelf, where: Standing, ref: Ref) -> Counter[Ref]:
    """The neighbours of a telling in all its blocks, and in how many each of them is one."""
    found: Counter[Ref] = Counter()
    for block, stretch, entry in where.entries:
        for row in around(shelf, block, stretch, entry, neighbours()):
            found.update(other for _, other in row)
    del found[ref]
    return found


def parted(shelf: Shelf, block: str, stretch: int, entry: Entry) -> list[Pair]:
    """The pairs that would be neighbours in a block if this entry did not stand between them."""
    before, after = around(shelf, block, stretch, entry, neighbours())
    return [
        _pair(one, other)
        for one, other in zip(before, after[neighbours() - len(before) :], strict=False)
        if one[1] != other[1] and other[0] // days() - one[0] // days() <= 1
    ]


def _pair(one: Entry, other: Entry) -> Pair:
    return (one[1], other[1]) if one[1] < other[1] else (other[1], one[1])
