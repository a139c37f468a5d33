"""Which of the happenings told before a telling joins: the one that it fits best, if it does not fit others as well.

How well it fits one is the mean probability over those of its tellings with which it was compared. What many fit is no
sign: where a dozen acts of one kind by one state are told in a week, actor and act alone join none of them. So the odds
of the best must exceed those of all others together, by no less than those of `least` (data/ledger/matching.toml),
which stand for a happening of which nothing was told yet. Who denies or doubts speaks of something told: that is the
best, however many others there are. A passage that was printed before tells what it told there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import TypeVar

from brink.ledger.matching import COPIED, least

SURE = 1 - 1e-9
"""A probability above which odds grow no further."""

Name = TypeVar("Name", bound=tuple[object, ...])


def best(fits: Mapping[Name, Sequence[float]], answers: bool = False) -> Name | None:
    """The happening that a telling joins, given its probabilities with tellings of each; None for one of its own.

    `answers`: it denies or doubts. Ties go to the smallest name; sums are exact, so the order of what is given never
    matters.
    """
    if not fits:
        return None
    copied = {name: chances.count(COPIED) for name, chances in fits.items() if COPIED in chances}
    if copied:
        return min(copied, key=lambda name: (-copied[name], name))
    odds = {name: _odds(fsum(chances) / len(chances)) for name, chances in fits.items()}
    found = min(odds, key=lambda name: (-odds[name], name))
    spare = odds[found] - _odds(least())
    if spare < 0:
        return None
    others = fsum(odds[name] for name in odds if name != found)
    return found if answers or others <= spare else None


def _odds(probability: float) -> float:
    sure = min(probability, SURE)
    return sure / (1 - sure)
