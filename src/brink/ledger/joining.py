"""Which of the happenings told before a telling joins: the one that it fits best, if it does not fit others as well.

How well it fits one is the mean probability over those of its tellings with which it was compared. What many fit is no
sign: where a dozen acts of one kind by one state are told in a week, actor and act alone join none of them. So the odds
of the best must exceed those of all others together, by no less than those of `least` (data/ledger/matching.toml),
which stand for a happening of which nothing was told yet. An other that more likely than not is the best itself, told
apart by a slip of the coder's, does not count. Who denies or doubts speaks of something told: that is the best, however
many others there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import fsum
from typing import TypeVar

from brink.ledger.matching import least

SURE = 1 - 1e-9
"""A probability above which odds grow no further."""
ONE = 0.7
"""The chance from which on two happenings are held for one that was told apart."""

Name = TypeVar("Name", bound=tuple[object, ...])
Telling = TypeVar("Telling", bound=tuple[object, ...])


def best(
    fits: Mapping[Name, Mapping[Telling, float]],
    answers: bool = False,
    alike: Callable[[Telling, Telling], float] | None = None,
) -> Name | None:
    """The happening that a telling joins, given its probabilities with tellings of each; None for one of its own.

    `answers`: it denies or doubts. `alike` gives the probability of two tellings that were told before. Ties go to the
    smallest name; sums are exact, so the order of what is given never matters.
    """
    if not fits:
        return None
    odds = {name: _odds(fsum(chances.values()) / len(chances)) for name, chances in fits.items()}
    found = min(odds, key=lambda name: (-odds[name], name))
    spare = odds[found] - _odds(least())
    if spare < 0:
        return None
    others = [name for name in odds if name != found]
    if answers or fsum(odds[name] for name in others) <= spare:
        return found
    if alike is None:
        return None
    nearest = _nearest(fits[found])
    rivals = [name for name in others if alike(nearest, _nearest(fits[name])) < ONE]
    return found if fsum(odds[name] for name in rivals) <= spare else None


def _nearest(chances: Mapping[Telling, float]) -> Telling:
    """The telling of a happening that one fits best."""
    return min(chances, key=lambda telling: (-chances[telling], telling))


def _odds(probability: float) -> float:
    sure = min(probability, SURE)
    return sure / (1 - sure)
