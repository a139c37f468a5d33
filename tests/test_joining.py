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
)


def test_the_only_one_is_joined_from_least_on() -> None:
    assert best({}) is None
    assert best({("a",): [least()]}) == ("a",)
    assert best({("a",): [least() - 0.01]}) is None


def test_who_fits_many_fits_none() -> None:
    look_alikes = {(str(i),): [0.8] for i in range(3)}
    assert best({("0",): [0.8]}) == ("0",)
    assert best(look_alikes) is None
    assert best({**look_alikes, ("own",): [0.95]}) == ("own",)


def test_a_denial_is_of_the_one_it_fits_best_among_however_many() -> None:
    claims = {("a",): [0.8], ("b",): [0.79], ("c",): [0.78]}
    assert best(claims) is None
    assert best(claims, answers=True) == ("a",)
    assert best({("a",): [least() - 0.01]}, answers=True) is None


def test_one_telling_like_it_does_not_outweigh_three_unlike_it() -> None:
    assert best({("a",): [0.9, 0.1, 0.1, 0.1], ("b",): [0.7]}) == ("b",)


@given(FITS, st.integers(0, 99))
def test_the_order_of_what_is_given_does_not_matter(fits: dict[tuple[int], list[float]], seed: int) -> None:
    rng = random.Random(seed)
    names = rng.sample(sorted(fits), len(fits))
    assert best({name: rng.sample(fits[name], len(fits[name])) for name in names}) == best(fits)


@given(FITS)
def test_what_is_joined_fits_better_than_any_other(fits: dict[tuple[int], list[float]]) -> None:
    found = best(fits)
    if found is not None:
        means = {name: fsum(chances) / len(chances) for name, chances in fits.items()}
        assert means[found] == max(means.values()) >= least()
