"""Links between labels: how two words' vectors and their distance become a probability."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BUCKETS = 19
"""Signed distances in words: 0, 1, 2, then doubling (3-4, 5-8 … 257 and more) on either side."""
FARTHEST = 257
"""From so many words on all distances are one."""


def _buckets() -> NDArray[np.int64]:
    """Bucket of each distance from -FARTHEST to FARTHEST."""
    distance = np.arange(-FARTHEST, FARTHEST + 1)
    size = np.abs(distance)
    far = 2 + np.ceil(np.log2(np.maximum(size, 1) / 2)).astype(np.int64)
    steps = np.minimum(np.where(size <= 2, size, far), BUCKETS // 2)
    return np.asarray(BUCKETS // 2 + np.sign(distance) * steps)


_BUCKETS = _buckets()


def bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bucket of each signed distance (tail minus head) in words; any shape, the same shape back."""
    return np.asarray(_BUCKETS[distance.clip(-FARTHEST, FARTHEST) + FARTHEST])


def chances(
    heads: NDArray[np.float32], tails: NDArray[np.float32], distance: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Probabilities (heads, tails) of a link kind.

    `heads` (H, width) and `tails` (T, width) are the words' vectors of that kind, `distance` (H, T) is what their
    distances add to the score, the kind's offset included.
    """
    scores = (heads @ tails.T).astype(np.float64) / np.sqrt(heads.shape[1]) + distance
    return np.asarray(1.0 / (1.0 + np.exp(-scores)))
