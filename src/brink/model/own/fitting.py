"""Examples -> OwnType: a linear head, its threshold and figures by cross-validation, example by example."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from brink.model.own.examples import Examples, Line
from brink.model.own.record import Counts, Figures, OwnType
from brink.model.own.regression import Floats, chance, fitted
from brink.model.own.spans import Run, among, counted, runs, total
from brink.model.own.vectors import Read, read_lines
from brink.model.session import Session

FOLDS = 5
THRESHOLDS = tuple(t / 40 for t in range(2, 39))


def fit(given: Examples, session: Session) -> OwnType:
    """Fit a head on the examples, against their own other words and the background.

    The threshold is the one of best F1 over all lines when each is judged by a head that did not see it; the figures
    are those of thresholds set likewise, on the other folds alone.
    """
    others = background(given)
    own = (*given.examples, *given.counter)
    reads = read_lines((*own, *others), session, given.of)
    folds = _folds((len(given.examples), len(given.counter), len(others)))
    chances = _unseen(reads, folds)
    judged = [_judge(r, p, given.of) for r, p in zip(reads, chances, strict=True)]
    by_line = dict(pair for k in range(FOLDS) for pair in _judged(judged, folds, k))
    found = [by_line[i] for i in range(len(reads))]
    alarms = tuple(x.text for x, c in zip(others, found[len(own) :], strict=True) if c.false)
    counts = total(found[: len(own)])
    figures = Figures(counts, FOLDS, len(given.examples), len(given.counter), len(others), alarms)
    weights, bias = fitted(*_rows(reads))
    rounded = tuple(float(f"{w:.6g}") for w in weights.tolist())
    threshold = THRESHOLDS[_best(judged)]
    return OwnType(given.name, given.of, given.about, rounded, round(bias, 6), threshold, session.card.hash, figures)


def check(own: OwnType, given: Examples, session: Session) -> Counts:
    """What a fitted type finds in lines that it was not fitted on."""
    weights = np.array(own.weights)
    reads = read_lines((*given.examples, *given.counter), session, own.of)
    found = [_found(r, chance(r.vectors @ weights + own.bias), own.of, own.threshold) for r in reads]
    return total([counted(f, r.marked) for f, r in zip(found, reads, strict=True)])


def background(given: Examples) -> tuple[Line, ...]:
    """The shipped sentences, without those that the user leaves out because they tell the very act."""
    texts = [text for text in _background() if not any(letters in text.casefold() for letters in given.leave_out)]
    return tuple(Line(text) for text in texts)


@functools.cache
def _background() -> tuple[str, ...]:
    text = files("brink.data").joinpath("own/background.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _folds(sizes: Sequence[int]) -> list[int]:
    """The fold of each line; each kind of line is dealt out evenly, in order, so that a fit repeats itself."""
    return [i % FOLDS for size in sizes for i in range(size)]


def _unseen(reads: Sequence[Read], folds: Sequence[int]) -> list[Floats]:
    """Chances of each line's words, by a head fitted without its fold."""
    heads = [fitted(*_rows([r for r, f in zip(reads, folds, strict=True) if f != k])) for k in range(FOLDS)]
    return [chance(r.vectors @ heads[f][0] + heads[f][1]) for r, f in zip(reads, folds, strict=True)]


def _rows(reads: Sequence[Read]) -> tuple[Floats, Floats]:
    return np.concatenate([r.vectors for r in reads]), np.concatenate([r.answers for r in reads])


def _found(read: Read, chances: Floats, of: str | None, threshold: float) -> list[Run]:
    if of is not None:
        return among(chances, threshold, read.told)
    return runs(chances, threshold, [i == 0 for i in range(len(chances))])


def _judge(read: Read, chances: Floats, of: str | None) -> list[Counts]:
    """Counts of one line at each threshold."""
    return [counted(_found(read, chances, of, t), read.marked) for t in THRESHOLDS]


def _best(judged: Sequence[Sequence[Counts]]) -> int:
    """Number of the threshold with the best F1; the higher one where two are equal."""
    return max(range(len(THRESHOLDS)), key=lambda n: (total([row[n] for row in judged]).f1, n))


def _judged(judged: Sequence[Sequence[Counts]], folds: Sequence[int], k: int) -> list[tuple[int, Counts]]:
    """Counts of a fold's lines, by number, at the threshold that the other folds set."""
    best = _best([row for row, f in zip(judged, folds, strict=True) if f != k])
    return [(i, judged[i][best]) for i, f in enumerate(folds) if f == k]
