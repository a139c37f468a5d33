"""Decoding: exact under the BIO rule, and spans come back in place."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from brink.model.card import Head
from brink.model.codec import decode
from brink.model.links import BUCKETS, bucket

ONE = Head("mention", "tags", ("PER", "ORG"), 0, 5)
TWO = Head("event", "tags", ("AID",), 5, 8)


def logs(rows: np.ndarray, head: Head) -> np.ndarray:
    part = rows[:, head.start : head.stop].astype(np.float64)
    return part - np.log(np.exp(part).sum(1, keepdims=True))


def allowed(tags: tuple[int, ...], opens: list[bool]) -> bool:
    """I-x only after B-x or I-x, never where a sentence opens."""
    for t, tag in enumerate(tags):
        inside = tag > 0 and tag % 2 == 0
        if inside and (t == 0 or opens[t] or tags[t - 1] not in (tag, tag - 1)):
            return False
    return True


def best_by_search(rows: np.ndarray, head: Head, opens: list[bool]) -> float:
    table = logs(rows, head)
    every = itertools.product(range(head.stop - head.start), repeat=len(rows))
    return max(sum(table[t, g] for t, g in enumerate(tags)) for tags in every if allowed(tags, opens))


def score_of(rows: np.ndarray, head: Head, found: list[tuple[int, int, int]]) -> float:
    tags = [0] * len(rows)
    for label, first, last in found:
        tags[first] = 1 + 2 * label
        for t in range(first + 1, last + 1):
            tags[t] = 2 + 2 * label
    table = logs(rows, head)
    return float(sum(table[t, g] for t, g in enumerate(tags)))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_no_allowed_sequence_is_better(words: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(words, 8)).astype(np.float32) * 2
    opens = [True, *(bool(rng.random() < 0.3) for _ in range(words - 1))]
    found = decode([rows], [np.array(opens)], [ONE, TWO])
    for head in (ONE, TWO):
        mine = [(t.label, t.first, t.last) for t in found if t.head == head.name]
        assert abs(score_of(rows, head, mine) - best_by_search(rows, head, opens)) < 1e-4


def test_windows_of_different_length_do_not_touch_each_other() -> None:
    rng = np.random.default_rng(5)
    long, short = rng.normal(size=(9, 8)).astype(np.float32), rng.normal(size=(2, 8)).astype(np.float32)
    opens = [np.array([True] + [False] * 8), np.array([True, False])]
    together = decode([long, short], opens, [ONE, TWO])
    alone = [*decode([long], opens[:1], [ONE, TWO]), *decode([short], opens[1:], [ONE, TWO])]
    strip = [(t.head, t.label, t.first, t.last, round(t.confidence, 6)) for t in together]
    assert strip == [(t.head, t.label, t.first, t.last, round(t.confidence, 6)) for t in alone]


def test_a_span_does_not_run_over_a_sentence() -> None:
    rows = np.full((4, 8), -5.0, np.float32)
    rows[0, 1] = rows[1, 2] = rows[2, 2] = rows[3, 2] = 5.0
    rows[:, 5] = 5.0
    found = decode([rows], [np.array([True, False, True, False])], [ONE, TWO])
    assert next((t.first, t.last) for t in found if t.head == "mention") == (0, 1)
    assert all(not (t.first <= 1 and t.last >= 2) for t in found)


def test_buckets_grow_with_distance_and_keep_the_sign() -> None:
    given = np.array([-1000, -5, -2, -1, 0, 1, 2, 3, 4, 5, 1000])
    found = bucket(given)
    assert found.tolist() == sorted(found.tolist())
    assert found[4] == BUCKETS // 2 and found[0] == 0 and found[-1] == BUCKETS - 1
    assert found[7] == found[8]
