"""A shelf on disk gives what one in memory gives, and holds no more than it was told to."""

from __future__ import annotations

import os
import pickle
import random
from bisect import bisect_left, insort
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brink.errors import StoreError
from brink.ledger import Disk, Memory, Shelf, ledger
from brink.ledger.kept import kept_of
from brink.ledger.paged import PAGE, position
from brink.ledger.pickled import dumps, loads
from brink.ledger.sizes import size_of
from ledger_cases import Told, coded

KEYS = st.sampled_from("abcdefgh")
DOINGS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), KEYS, st.one_of(st.none(), st.frozensets(st.integers()), st.text()), st.none()),
        st.tuples(st.just("insert"), KEYS, st.integers(0, 9), st.none()),
        st.tuples(st.just("remove"), KEYS, st.none(), st.integers(0, 99)),
        st.tuples(st.just("look"), KEYS, st.none(), st.none()),
    ),
    max_size=60,
)


def done(shelf: Shelf, doings: list[tuple[str, str, object, int | None]]) -> list[object]:
    """What a shelf gives while things are put on it and taken away."""
    found: list[object] = []
    for what, key, value, at in doings:
        row = list(shelf.row(key))
        if what == "put":
            shelf.put("kind", key, value)
        elif what == "insert" and (value,) not in row:
            shelf.insert(key, (value,))
        elif what == "remove" and row and at is not None:
            shelf.remove(key, row[at % len(row)])
        found += [row, shelf.get("kind", key), shelf.get("other", key)]
    return found + [list(shelf.row(key)) for key in "abcdefgh"]


@settings(deadline=None)
@given(DOINGS, st.integers(1, 6))
def test_the_same_as_in_memory(doings: list[tuple[str, str, object, int | None]], held: int) -> None:
    assert done(Disk(held), doings) == done(Memory(), doings)


def test_no_more_is_held_than_told() -> None:
    shelf = Disk(64)
    for number in range(1000):
        shelf.put("kind", str(number), (number,) * 10)
        assert sum(one.size for one in shelf._held.values()) == shelf._weight <= 64
    assert [shelf.get("kind", str(number)) for number in range(1000)] == [(number,) * 10 for number in range(1000)]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 400))
def test_a_long_list_is_the_same_in_pages(seed: int, held: int) -> None:
    """Put in at the end, in the middle and at the beginning, taken out, read from any side."""
    rng, shelf, plain = random.Random(seed), Disk(held), list[tuple[int]]()
    for step in range(700):
        if plain and rng.random() < (0.2 if step < 500 else 0.8):
            gone = rng.choice(plain)
            plain.remove(gone)
            shelf.remove("long", gone)
        else:
            new = (step if rng.random() < 0.5 else rng.randint(-1000, 1000) * 1000 + step,)
            insort(plain, new)
            shelf.insert("long", new)
        if step % 50 == 0:
            row = shelf.row("long")
            near = (rng.randint(-1000, 1000) * 1000,)
            assert (len(row), list(row), list(reversed(row))) == (len(plain), plain, plain[::-1])
            assert position(row, near) == bisect_left(plain, near) and list(row[2:90]) == plain[2:90]
            assert [row[i] for i in range(-len(row), len(row))] == plain * 2 and list(row[-7:]) == plain[-7:]
    for one in list(plain):
        shelf.remove("long", one)
    assert not shelf.row("long")


def test_the_end_of_a_long_list_is_looked_at_without_the_rest() -> None:
    shelf = Disk(400)
    for number in range(20_000):
        shelf.insert("long", (number,))
        assert shelf._weight <= 400 + 20_000 // PAGE
    assert list(shelf.row("long")[-3:]) == [(19_997,), (19_998,), (19_999,)] and len(shelf.row("long")) == 20_000


def test_nothing_but_records_comes_out_of_a_file() -> None:
    assert loads(dumps({"a": frozenset({date(2022, 2, 16)})})) == {"a": frozenset({date(2022, 2, 16)})}
    for bad in (os.system, pickle.loads, Disk, partial(print, "x")):
        with pytest.raises(StoreError, match="is no record"):
            loads(dumps(bad))
    with pytest.raises(StoreError):
        loads(b"brink")


def test_records_come_back_as_they_were() -> None:
    told = Told("a", "2022-02-16", "Russian tanks left Osh, 30 in all.", "RETREAT", ("RUS MIL",), by="RUS", place="Osh")
    report = coded(told)
    found = ledger([report])
    shelf = Disk(1)
    shelf.put("report", "a", kept_of(report))
    shelf.put("happening", "a", found)
    shelf.put("other", "a", 1)
    assert shelf.get("report", "a") == kept_of(report)
    assert shelf.get("happening", "a") == found


def test_what_a_report_brings_weighs_more_than_a_list() -> None:
    told = [Told("a", "2022-02-16", "Russian tanks left Osh, 30 in all.", "RETREAT", ("RUS MIL",), by="RUS")]
    kept = kept_of(coded(*told))
    assert size_of(kept) > 8 * size_of([(1, 2)])
    shelf = Disk(4 * size_of(kept))
    for number in range(100):
        shelf.put("report", str(number), kept)
        assert sum(name.startswith("report") for name in shelf._held) <= 4
    assert all(shelf.get("report", str(number)) == kept for number in range(100))


def test_a_full_disk_is_said_in_one_sentence() -> None:
    shelf = Disk(1)
    shelf._file.execute("PRAGMA max_page_count = 4")
    with pytest.raises(StoreError, match="disk is full"):
        for number in range(100):
            shelf.put("kind", str(number), "x" * 4096)
