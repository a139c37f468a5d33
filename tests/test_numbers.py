"""Numbers in words and figures."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brink.coding.numbers import CARDINAL, FRACTION, ORDINAL, find_numbers, parse_number

VALUES = [
    ("twenty-three", 23),
    ("twenty three", 23),
    ("two hundred and six", 206),
    ("two thousand five hundred", 2500),
    ("a hundred and fifty", 150),
    ("a dozen", 12),
    ("half a dozen", 6),
    ("two dozen", 24),
    ("half a million", 500_000),
    ("a quarter of a million", 250_000),
    ("one and a half million", 1_500_000),
    ("two million and a half", 2_500_000),
    ("two and a half", 2.5),
    ("1.5 million", 1_500_000),
    ("3.2bn", 3_200_000_000),
    ("40k", 40_000),
    ("12,300", 12_300),
    ("10 000", 10_000),
    ("7\u00a0200", 7200),
    ("three lakh", 300_000),
    ("4th", 4),
    ("twenty-first", 21),
    ("two-thirds", 2 / 3),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_value(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "no number", "six men", "six and seven", "1,2", "hundreds", "192.168.1.2"])
def test_no_single_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("six and seven men", [("six", CARDINAL), ("seven", CARDINAL)]),
        ("the third of 12 lorries", [("third", ORDINAL), ("12", CARDINAL)]),
        ("half of the 40 posts", [("half", FRACTION), ("40", CARDINAL)]),
        ("5,000-10,000 men", [("5,000", CARDINAL), ("10,000", CARDINAL)]),
        ("the someone and the weight", []),
    ],
)
def test_found_in_a_sentence(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[n.start : n.end], n.kind) for n in find_numbers(text)] == found


@given(st.integers(min_value=0, max_value=10**9))
def test_figures_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_number(str(number)) == number


@given(st.text(alphabet="0123456789,. -abdefhilmnorstuvwy\n"))
def test_spans_are_ordered_and_apart(text: str) -> None:
    numbers = find_numbers(text)
    assert all(0 <= n.start < n.end <= len(text) for n in numbers)
    assert all(a.end <= b.start for a, b in pairwise(numbers))
