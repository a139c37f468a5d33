"""A shelf on disk gives what one in memory gives, and holds no more than it was told to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brink.errors import StoreError
from brink.ledger import Disk, Memory, Shelf, ledger
from brink.ledger.kept import kept_of
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
    shelf = Disk(16)
    for number in range(1000):
        shelf.put("kind", str(number), (number,) * 10)
        assert len(shelf._held) <= 16
    assert [shelf.get("kind", str(number)) for number in range(1000)] == [(number,) * 10 for number in range(1000)]


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
    shelf = Disk(64, {"report": 16})
    for number in range(100):
        shelf.put("report", str(number), number)
        shelf.insert(f"list {number}", (number,))
        assert sum(name.startswith("report") for name in shelf._held) <= 4
    for number in range(100):
        assert (shelf.get("report", str(number)), shelf.row(f"list {number}")) == (number, [(number,)])
        assert len(shelf._held) <= 64 and sum(name.startswith("report") for name in shelf._held) <= 4


def test_a_full_disk_is_said_in_one_sentence() -> None:
    shelf = Disk(1)
    shelf._file.execute("PRAGMA max_page_count = 4")
    with pytest.raises(StoreError, match="disk is full"):
        for number in range(100):
            shelf.put("kind", str(number), "x" * 4096)
