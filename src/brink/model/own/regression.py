"""Ridge logistic regression by Newton's method: some hundred columns, some thousand rows, a second of numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RIDGE = 30.0
"""Penalty on squared weights of standardised columns; 3 to 100 gave F1 .72 to .75 on the worked example."""

RARE = 3.0
"""Weight of a positive row: triggers are one word in some hundred."""

STEPS = 20
CLOSE = 1e-6


def fitted(rows: Floats, answers: Floats, ridge: float = RIDGE) -> tuple[Floats, float]:
    """Weights (columns,) and bias for `rows` (words, columns) and `answers` (words,) of 0 or 1."""
    centre, spread = rows.mean(0), rows.std(0) + 1e-6
    x = np.concatenate([(rows - centre) / spread, np.ones((len(rows), 1))], axis=1)
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-6
    beta = np.zeros(x.shape[1])
    weight = np.where(answers > 0, RARE, 1.0)
    for _ in range(STEPS):
        p = chance(x @ beta)
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x
        step = np.linalg.solve(curve + np.diag(penalty), x.T @ (weight * (p - answers)) + penalty * beta)
        beta -= step
        if float(np.abs(step).max()) < CLOSE:
            break
    weights = beta[:-1] / spread
    return weights, float(beta[-1] - weights @ centre)


def chance(score: Floats) -> Floats:
    """Log-odds -> probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0))))
