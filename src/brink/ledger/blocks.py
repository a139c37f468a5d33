"""Where tellings of one act are looked for: blocks by party, place, name and report, each in order of time.

A telling stands in a block for each way in which two tellings may be known to speak of one thing, and for each family of
acts that its own may be told as. Within a block it is compared with its neighbours: at most `neighbours` on either side
(data/ledger/matching.toml), so that a crowded block costs no more than a thin one. Which pairs are compared follows from
the set of tellings alone, never from the order in which they came.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from brink.ledger.evidence import Evidence
from brink.ledger.tables import families, table

Ref = tuple[str, str, int, str, int]
"""A telling's place in the ledger's order: its key, and its number within the report."""
Entry = tuple[int, Ref]
"""A day (ordinal) at which a telling stands in a block, and the telling."""
Pair = tuple[Ref, Ref]
Rows = MutableMapping[str, list[Entry]]

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
    """The blocks in which a telling stands, and its days in each of them."""

    blocks: frozenset[str]
    days: tuple[int, ...]

    def entries(self, ref: Ref) -> Iterator[tuple[str, int, Entry]]:
        """Each block with the number of the stretch and the entry there."""
        for block in sorted(self.blocks):
            for day in self.days:
                yield block, day // days(), (day, ref)

    def meets(self, other: Standing) -> bool:
        """Whether two tellings stand near each other in any block."""
        return not self.blocks.isdisjoint(other.blocks) and any(
            -1 <= one // days() - two // days() <= 1 for one in self.days for two in other.days
        )


def standing(e: Evidence) -> Standing:
    """Where a telling is looked for: a plan at the day it was told and at the day it is due."""
    known = [d for d in (e.day, *(e.days or ())) if d is not None]
    found = {known[0] if known else 0}
    if e.form in TOLD_AHEAD and e.days is not None:
        found.add(e.days[1])
    blocks = {f"{kind}\t{value}\t{family}" for kind, value in _keys(e) for family in families(e.act)}
    return Standing(frozenset(blocks), tuple(sorted(found)))


def _keys(e: Evidence) -> Iterator[tuple[str, str]]:
    for kind, values in (("party", e.actors | e.recipients), ("place", e.place), ("name", e.names)):
        for value in values:
            yield kind, value
    yield "report", e.telling.report


def chunk(block: str, stretch: int) -> str:
    """The key of a stretch of a block in `Rows`."""
    return f"{block}\t{stretch}"


def compared(rows: Mapping[str, Sequence[Entry]]) -> set[Pair]:
    """All pairs of neighbours, each with its earlier telling first."""
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


def entered(rows: Rows, block: str, stretch: int, entry: Entry) -> tuple[list[Pair], list[Pair]]:
    """Enter a telling into a block; gives the pairs that became neighbours, and those that no longer are."""
    row = rows.get(chunk(block, stretch), [])
    row.insert(bisect_left(row, entry), entry)
    rows[chunk(block, stretch)] = row
    return _around(rows, block, stretch, entry)


def left(rows: Rows, block: str, stretch: int, entry: Entry) -> tuple[list[Pair], list[Pair]]:
    """Take a telling out of a block; gives the pairs that became neighbours, and those that no longer are."""
    lost, gained = _around(rows, block, stretch, entry)
    row = rows[chunk(block, stretch)]
    del row[bisect_left(row, entry)]
    if row:
        rows[chunk(block, stretch)] = row
    else:
        del rows[chunk(block, stretch)]
    return gained, lost


def _around(rows: Rows, block: str, stretch: int, entry: Entry) -> tuple[list[Pair], list[Pair]]:
    """The pairs of an entry with its neighbours, and the pairs that are neighbours only without it."""
    most = neighbours()
    row = rows[chunk(block, stretch)]
    at = bisect_left(row, entry)
    before, after = list(row[max(0, at - most) : at]), list(row[at + 1 : at + 1 + most])
    if len(before) < most and (others := rows.get(chunk(block, stretch - 1))):
        before = others[len(before) - most :] + before
    if len(after) < most and (others := rows.get(chunk(block, stretch + 1))):
        after = after + others[: most - len(after)]
    own = [_pair(entry, other) for other in (*before, *after) if other[1] != entry[1]]
    # Entries with `most` - 1 others between them, and now this one.
    parted = [
        _pair(one, other)
        for one, other in zip(before, after[most - len(before) :], strict=False)
        if one[1] != other[1] and other[0] // days() - one[0] // days() <= 1
    ]
    return own, parted


def _pair(one: Entry, other: Entry) -> Pair:
    return (one[1], other[1]) if one[1] < other[1] else (other[1], one[1])
