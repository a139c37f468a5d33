"""Days on which a band's course breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from brink.records import BandPoint


def changes(points: Sequence[BandPoint], numbers: Mapping[str, Any]) -> tuple[str, ...]:
    """Change points of the band's edges by PELT (the package ruptures); none in a series too short for two parts."""
    least = int(numbers["least_days"])
    if len(points) < 2 * least:
        return ()
    import ruptures  # half a second that a ledger without bands need not pay

    series = np.array([(p.lower, p.upper) for p in points])
    found = ruptures.Pelt(model="rbf", min_size=least, jump=1).fit(series).predict(pen=float(numbers["penalty"]))
    return tuple(points[i].day for i in found if i < len(points))
