"""Days on which a band's course breaks."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from brink.records import BandPoint


def changes(points: Sequence[BandPoint], numbers: Mapping[str, Any]) -> tuple[str, ...]:
    """Change points of the band's edges by PELT (the package ruptures); none in a series too short for two parts."""
    edges = tuple((p.lower, p.upper) for p in points)
    found = _breaks(edges, int(numbers["least_days"]), float(numbers["penalty"]))
    return tuple(points[i].day for i in found if i < len(points))


def ready() -> None:
    """Load what breaks are looked for with: half a second that a ledger without bands need not pay, nor a reader."""
    _breaks(tuple((0.0, float(n > 3)) for n in range(8)), 2, 1.0)


@functools.lru_cache(maxsize=512)
def _breaks(edges: tuple[tuple[float, float], ...], least: int, penalty: float) -> tuple[int, ...]:
    """Where a course breaks, looked for once: the time grows with the square of its days, and readers ask for the same
    few pairs."""
    if len(edges) < 2 * least:
        return ()
    import ruptures

    found = ruptures.Pelt(model="rbf", min_size=least, jump=1).fit(np.array(edges)).predict(pen=penalty)
    return tuple(found)
