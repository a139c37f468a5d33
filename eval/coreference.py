"""How well clusters of mentions agree with gold ones: MUC, B3, CEAF-e and their mean, the CoNLL F1.

A clustering is an iterable of sets of mentions; both must hold the same mentions, each once (gold mentions), so no
rule for mentions on one side alone is needed. Singletons are clusters like any other: MUC cannot see them, B3 and
CEAF-e count them. Definitions:

    MUC     Vilain, Burger, Aberdeen, Connolly and Hirschman (1995), A model-theoretic coreference scoring scheme, MUC-6
    B3      Bagga and Baldwin (1998), Algorithms for scoring coreference chains, LREC workshop on linguistic coreference
    CEAF-e  Luo (2005), On coreference resolution performance metrics, EMNLP, with his fourth similarity
    CoNLL   the mean of the three F1, Pradhan et al. (2012), CoNLL-2012 shared task
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

M = TypeVar("M", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Score:
    """Recall and precision, 0 to 1."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Their harmonic mean, 0 where both are."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def scores(gold: Iterable[Collection[M]], ours: Iterable[Collection[M]]) -> dict[str, Score]:
    """MUC, B3 and CEAF-e by name. Raises ValueError where the two do not cluster the same mentions, each once."""
    one, other = [frozenset(c) for c in gold if c], [frozenset(c) for c in ours if c]
    mentions = [Counter(m for c in clusters for m in c) for clusters in (one, other)]
    if mentions[0] != mentions[1] or any(count > 1 for count in mentions[0].values()):
        raise ValueError("Gold and found clusters must hold the same mentions, each in one cluster alone.")
    return {
        "MUC": Score(_links(one, other), _links(other, one)),
        "B3": Score(_shares(one, other), _shares(other, one)),
        "CEAF-e": _aligned(one, other),
    }


def conll(found: dict[str, Score]) -> float:
    """The mean F1 of the three."""
    return sum(found[name].f1 for name in ("MUC", "B3", "CEAF-e")) / 3


def _cluster_of(clusters: Sequence[frozenset[M]]) -> dict[M, int]:
    return {m: i for i, cluster in enumerate(clusters) for m in cluster}


def _links(clusters: Sequence[frozenset[M]], others: Sequence[frozenset[M]]) -> float:
    """MUC's recall: of the links that hold each cluster together, the share that `others` have."""
    of = _cluster_of(others)
    needed = sum(len(c) - 1 for c in clusters)
    held = sum(len(c) - len({of[m] for m in c}) for c in clusters)
    return held / needed if needed else 0.0


def _shares(clusters: Sequence[frozenset[M]], others: Sequence[frozenset[M]]) -> float:
    """B3's recall: the mean, over mentions, of the share of a mention's cluster that its other cluster has."""
    of = _cluster_of(others)
    count = sum(len(c) for c in clusters)
    told = sum(number * number / len(c) for c in clusters for number in Counter(of[m] for m in c).values())
    return told / count if count else 0.0


def _aligned(gold: Sequence[frozenset[M]], ours: Sequence[frozenset[M]]) -> Score:
    """CEAF-e: the best one-to-one alignment by 2|a & b| / (|a| + |b|), over the number of clusters on either side."""
    if not gold:
        return Score(0.0, 0.0)
    of, alike = _cluster_of(ours), np.zeros((len(gold), len(ours)))
    for i, cluster in enumerate(gold):
        for j, number in Counter(of[m] for m in cluster).items():
            alike[i, j] = 2 * number / (len(cluster) + len(ours[j]))
    best = float(alike[linear_sum_assignment(alike, maximize=True)].sum())
    return Score(best / len(gold), best / len(ours))
