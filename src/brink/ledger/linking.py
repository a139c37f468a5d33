"""Tellings -> happenings by average linkage over the pairs that were compared.

The two parts with the highest mean probability are joined while it reaches `least`; a pair that was not compared counts
as 0, except where both stand in a common block and were kept apart by nothing but its crowd. Ties go by the tellings'
own keys, so any order of reports gives the same partition. No join needs more than one pair of `least`, so each
component of such pairs is a world of its own; `parts` keeps the partition up to date where it is touched.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from brink.ledger.blocks import Entry, Pair, Ref, Standing, chunk, compared, neighbours, standing
from brink.ledger.evidence import Evidence
from brink.ledger.matching import least, may, probability

Kept = Callable[[Ref, Ref], bool]
"""Whether two tellings that were not compared would have been, but for the crowd."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The tellings in whose blocks a crowd may have come between, and the test of a pair."""

    refs: frozenset[Ref]
    kept: Kept


def refs_of(tellings: Iterable[Evidence]) -> dict[Ref, Evidence]:
    """Tellings by their place in the ledger, in that order; those of one report in the order given."""
    counted: dict[str, int] = defaultdict(int)
    found: dict[Ref, Evidence] = {}
    for e in tellings:
        found[(*e.key, counted[e.telling.report])] = e
        counted[e.telling.report] += 1
    return dict(sorted(found.items()))


def happenings(tellings: Sequence[Evidence]) -> list[list[Evidence]]:
    """The partition: each list is one happening's tellings in the order of their keys, lists by their first."""
    held = refs_of(tellings)
    standings, rows = _blocks(held)
    chances = {(a, b): probability(held[a], held[b]) for a, b in compared(rows) if may(held[a], held[b])}
    crowded = frozenset(ref for row in rows.values() if is_crowded(row) for _, ref in row)
    crowd = Crowd(crowded, lambda a, b: standings[a].meets(standings[b]) and may(held[a], held[b]))
    parts = [part for component, pairs in _components(held, chances) for part in joined(component, pairs, crowd)]
    return [[held[ref] for ref in part] for part in sorted(parts)]


def candidates(held: Mapping[Ref, Evidence]) -> set[Pair]:
    """The pairs that are compared and may be one happening."""
    return {(a, b) for a, b in compared(_blocks(held)[1]) if may(held[a], held[b])}


def _blocks(held: Mapping[Ref, Evidence]) -> tuple[dict[Ref, Standing], dict[str, list[Entry]]]:
    standings = {ref: standing(ref, e) for ref, e in held.items()}
    rows: dict[str, list[Entry]] = defaultdict(list)
    for where in standings.values():
        for block, stretch, entry in where.entries:
            rows[chunk(block, stretch)].append(entry)
    for row in rows.values():
        row.sort()
    return standings, rows


def is_crowded(row: Sequence[Entry]) -> bool:
    """Whether a stretch of a block may keep two of its tellings, or one of it and one of the next, apart."""
    return len(row) > neighbours() // 2


def _components(
    refs: Iterable[Ref], chances: Mapping[Pair, float]
) -> Iterable[tuple[Sequence[Ref], Mapping[Pair, float]]]:
    """Tellings that pairs of at least `least` connect, and the pairs within each component."""
    parent = {ref: ref for ref in refs}

    def root(ref: Ref) -> Ref:
        while parent[ref] != ref:
            parent[ref] = parent[parent[ref]]
            ref = parent[ref]
        return ref

    for (a, b), chance in chances.items():
        if chance >= least():
            parent[root(a)] = root(b)
    found: dict[Ref, list[Ref]] = defaultdict(list)
    pairs: dict[Ref, dict[Pair, float]] = defaultdict(dict)
    for ref in parent:
        found[root(ref)].append(ref)
    for (a, b), chance in chances.items():
        if root(a) == root(b):
            pairs[root(a)][a, b] = chance
    return ((sorted(component), pairs[r]) for r, component in found.items())


def joined(refs: Sequence[Ref], chances: Mapping[Pair, float], crowd: Crowd) -> list[tuple[Ref, ...]]:
    """The parts into which tellings, given in order, fall. Each pair has its earlier telling first."""
    if len(refs) == 1:
        return [(refs[0],)]
    return _Linkage(refs, chances, crowd).run()


class _Linkage:
    """Average linkage with a heap over the pairs of parts that share a compared pair.

    A part is named by the number of its first telling. Entries of the heap for parts that have grown since are
    passed over.
    """

    def __init__(self, refs: Sequence[Ref], chances: Mapping[Pair, float], crowd: Crowd) -> None:
        numbers = {ref: i for i, ref in enumerate(refs)}
        self.refs, self.kept = refs, crowd.kept
        self.crowded = {i for ref, i in numbers.items() if ref in crowd.refs}
        self.parts = {i: [i] for i in range(len(refs))}
        self.sums: dict[int, dict[int, float]] = {i: {} for i in self.parts}
        self.apart: dict[tuple[int, int], int] = {}
        self.known = {(numbers[a], numbers[b]): chance for (a, b), chance in chances.items()}
        for (i, j), chance in self.known.items():
            self.sums[i][j] = self.sums[j][i] = chance

    def run(self) -> list[tuple[Ref, ...]]:
        """Join while anything can be joined."""
        heap = [(-chance, i, j, 1, 1) for (i, j), chance in self.known.items() if chance >= least()]
        heapq.heapify(heap)
        parts = self.parts
        while heap:
            _, i, j, one, other = heapq.heappop(heap)
            if i in parts and j in parts and len(parts[i]) == one and len(parts[j]) == other:
                self._join(i, j)
                for k, total in self.sums[i].items():
                    low, high = (i, k) if i < k else (k, i)
                    mean = total / (len(parts[i]) * len(parts[k]) - self._kept(low, high))
                    if mean >= least():
                        heapq.heappush(heap, (-mean, low, high, len(parts[low]), len(parts[high])))
        return [tuple(self.refs[i] for i in sorted(part)) for part in parts.values()]

    def _join(self, i: int, j: int) -> None:
        """Part `j` goes into part `i`, whose lower number names both from now on."""
        row = self.sums.pop(j)
        del self.sums[i][j], row[i]
        if self.crowded:
            for k in self.sums[i].keys() | row.keys():
                apart = self._kept(min(i, k), max(i, k)) + self._kept(min(j, k), max(j, k))
                self.apart[min(i, k), max(i, k)] = apart
        for k, total in row.items():
            del self.sums[k][j]
            self.sums[i][k] = self.sums[k][i] = self.sums[i].get(k, 0.0) + total
        self.parts[i] += self.parts.pop(j)

    def _kept(self, i: int, j: int) -> int:
        """How many pairs of two parts were kept apart by a crowd alone."""
        if not self.crowded:
            return 0
        found = self.apart.get((i, j))
        if found is None:
            found = self.apart[i, j] = sum(self._is_kept(a, b) for a in self.parts[i] for b in self.parts[j])
        return found

    def _is_kept(self, one: int, other: int) -> bool:
        i, j = (one, other) if one < other else (other, one)
        if (i, j) in self.known or not (i in self.crowded or j in self.crowded):
            return False
        return self.kept(self.refs[i], self.refs[j])
