"""Tellings -> happenings, all of them at once: what `parts` makes of them from nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from brink.ledger.blocks import Pair, Ref
from brink.ledger.evidence import Evidence
from brink.ledger.parts import Parts
from brink.ledger.shelf import Memory


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
    _, parts = Parts(Memory(), held.__getitem__).change((), held, _nothing)
    return [[held[ref] for ref in part] for part in sorted(parts)]


def candidates(held: Mapping[Ref, Evidence]) -> set[Pair]:
    """The pairs that are compared and may be one happening, each with its earlier telling first."""
    parts = Parts(Memory(), held.__getitem__)
    parts.change((), held, _nothing)
    return {(other, ref) for ref in held for other in parts.compared(ref)}


def _nothing() -> None:
    """Nothing goes."""
