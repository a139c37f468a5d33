"""Words' probabilities -> triggers; triggers against marks -> counts."""

from __future__ import annotations

from collections.abc import Sequence

from brink.model.own.record import Counts
from brink.model.own.regression import Floats

Run = tuple[int, int]
"""Words first to last, both included."""


def runs(chances: Floats, threshold: float, opens: Sequence[bool]) -> list[Run]:
    """Triggers: neighbouring words of at least half the threshold, one of them at least at it, within a sentence."""
    found: list[Run] = []
    first: int | None = None
    for i in range(len(chances) + 1):
        inside = i < len(chances) and bool(chances[i] >= threshold / 2)
        if first is not None and (not inside or opens[i]):
            if chances[first:i].max() >= threshold:
                found.append((first, i - 1))
            first = None
        if inside and first is None:
            first = i
    return found


def among(chances: Floats, threshold: float, told: Sequence[Run]) -> list[Run]:
    """Of events that are told, those whose trigger has a word at the threshold."""
    return [(a, b) for a, b in told if chances[a : b + 1].max() >= threshold]


def counted(found: Sequence[Run], marked: Sequence[Run]) -> Counts:
    """A mark that a trigger overlaps is a hit; a trigger that overlaps no mark is false."""
    hits = sum(any(_meet(m, f) for f in found) for m in marked)
    false = sum(not any(_meet(m, f) for m in marked) for f in found)
    return Counts(hits, false, len(marked) - hits)


def total(counts: Sequence[Counts]) -> Counts:
    """Counts added up."""
    return Counts(sum(c.hits for c in counts), sum(c.false for c in counts), sum(c.missed for c in counts))


def _meet(a: Run, b: Run) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]
