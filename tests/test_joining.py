"""Which happening a telling joins: the one that it fits best, if it fits the others together less."""

from __future__ import annotations

import random
from math import fsum

from hypothesis import given
from hypothesis import strategies as st

from brink.ledger.joining import best
from brink.ledger.matching import least

FITS = st.dictionaries(
    st.tuples(st.integers(0, 9)), st.lists(st.floats(0.01, 0.99), min_size=1, max_size=5), min_size=1, max_size=6
).map(lambda found: {name: numbered(name, chances) for name, chances in found.items()})


def numbered(name: tuple[int], chances: list[float]) -> dict[tuple[int, int], float]:
    """Chances with tellings of a happening."""
    return {(*name, number): chance for number, chance in enumerate(chances)}


def told(**chances: list[float]) -> dict[tuple[str], dict[tuple[str, int], float]]:
    """Chances with tellings of happenings by name."""
    return {(name,): {(name, i): one for i, one in enumerate(found)} for name, found in chances.items()}


def test_the_only_one_is_joined_from_least_on() -> None:
    assert best({}) is None
    assert best(told(a=[least()])) == ("a",)
    assert best(told(a=[least() - 0.01])) is None


def test_who_fits_many_fits_none() -> None:
    look_alikes = told(a=[0.8], b=[0.8], c=[0.8])
    assert best(told(a=[0.8])) == ("a",)
    assert best(look_alikes) is None
    assert best(look_alikes | told(own=[0.95])) == ("own",)


def test_what_is_one_though_told_apart_does_not_count_against_itself() -> None:
    two = told(a=[0.8, 0.7], b=[0.75])
    assert best(two, alike=lambda one, other: 0.4) is None
    assert best(two, alike=lambda one, other: 0.75) == ("a",)
    seen = []
    assert best(two, alike=lambda one, other: seen.append((one, other)) or 0.75) == ("a",)  # type: ignore[func-returns-value]
    assert seen == [(("a", 0), ("b", 0))]


def test_a_denial_is_of_the_one_it_fits_best_among_however_many() -> None:
    claims = told(a=[0.8], b=[0.79], c=[0.78], d=[0.77])
    assert best(claims) is None
    assert best(claims, answers=True) == ("a",)
    assert best(told(a=[least() - 0.01]), answers=True) is None


def test_one_telling_like_it_does_not_outweigh_three_unlike_it() -> None:
    assert best(told(a=[0.9, 0.1, 0.1, 0.1], b=[0.7])) == ("b",)


Fits = dict[tuple[int], dict[tuple[int, int], float]]


@given(FITS, st.integers(0, 99))
def test_the_order_of_what_is_given_does_not_matter(fits: Fits, seed: int) -> None:
    rng = random.Random(seed)
    names = rng.sample(sorted(fits), len(fits))
    mixed = {name: dict(rng.sample(sorted(fits[name].items()), len(fits[name]))) for name in names}

    def alike(one: tuple[int, int], other: tuple[int, int]) -> float:
        return (one[0] + other[0]) % 2

    assert best(mixed, alike=alike) == best(fits, alike=alike)
    assert best(mixed) == best(fits)


@given(FITS)
def test_what_is_joined_fits_better_than_any_other(fits: Fits) -> None:
    found = best(fits)
    if found is not None:
        means = {name: fsum(chances.values()) / len(chances) for name, chances in fits.items()}
        assert means[found] == max(means.values()) >= least()
