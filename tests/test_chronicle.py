"""Happenings of a store brought up to date: only what changed is written, and the same as all laid anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from brink import chronicle
from brink.chronicle import Chronicle
from brink.records import Decision
from brink.store import Store, open_store
from store_places import KINDS, fresh
from test_laying import CAMPS, a_report


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(fresh(request.param, tmp_path)) as opened:
        yield opened


def _kept(store: Store) -> dict[str, object]:
    return {h.id: h for h in store.happenings()}


def test_what_is_kept_step_by_step_is_what_is_laid_at_once(store: Store) -> None:
    rng = random.Random(7)
    kept = Chronicle(store, CAMPS)
    for step in range(6):
        for number in rng.sample(range(15), 4):
            store.add(a_report(rng, number), "2022-02-01T10:00:00Z")
        if step == 3:
            store.decide(Decision("merge", *[h.id for h in kept.settle()[:2]], None, "ann", "2022", "same"))
        found = kept.settle()
        assert found == chronicle.ledger.ledger(store.coded(), CAMPS, None, store.decisions())
        assert _kept(store) == {h.id: h for h in found}


def test_a_day_that_passes_and_a_day_of_the_past(store: Store) -> None:
    rng = random.Random(3)
    kept = Chronicle(store)
    for number in range(12):
        store.add(a_report(rng, number), "2022-02-01T10:00:00Z")
    for day in (date(2022, 2, 20), date(2022, 2, 21), date(2022, 2, 5), date(2022, 3, 21)):
        assert kept.settle(day, keep=False) == chronicle.settle(store, None, day)


def test_only_what_changed_is_written_unless_others_wrote(store: Store) -> None:
    rng = random.Random(5)
    store.add(a_report(rng, 1), "2022-02-01T10:00:00Z")
    one, other = Chronicle(store), Chronicle(store)
    one.settle()
    sign = one._state.sign  # type: ignore[union-attr]
    assert sign is not None and store.save_changes((), ("gone",), "another") is None
    store.add(a_report(rng, 2), "2022-02-01T10:00:00Z")
    other.settle()
    store.save_happenings([])
    found = one.settle()
    assert _kept(store) == {h.id: h for h in found}


def test_what_is_forgotten_is_laid_anew(store: Store) -> None:
    rng = random.Random(9)
    kept = Chronicle(store)
    for number in range(5):
        store.add(a_report(rng, number), "2022-02-01T10:00:00Z")
    kept.settle()
    store.retain("A", "spans")
    assert kept.settle() == chronicle.ledger.ledger(store.coded(), None, None, ())


def test_what_is_published_ahead_of_the_day_waits_without_all_being_laid_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """East of Greenwich it is tomorrow for hours: such reports must not make every settling one of all reports."""
    rng = random.Random(11)
    kept = Chronicle(store)
    for day in range(1, 13):
        for number in rng.sample(range(20), 5):
            store.add(a_report(rng, number), f"2022-02-{day:02}T10:00:00Z")
        as_of = date(2022, 2, day)
        expected = chronicle.settle(store, None, as_of)
        with monkeypatch.context() as patch:
            patch.delattr(chronicle.ledger, "ledger")
            assert kept.settle(as_of) == expected
    assert kept.settle() == chronicle.settle(store)
    assert kept.settle(date(2022, 2, 3), keep=False) == chronicle.settle(store, None, date(2022, 2, 3))
