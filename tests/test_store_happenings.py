"""Happenings, the history of their statuses, and decisions by hand; records of the ledger as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from brink.records import Cited, Crisis, Decision, Happening, StatusChange
from brink.store import Store, open_store
from brink.store.plain import from_plain, to_plain
from brink.store.schema import STATUSES
from store_places import KINDS, fresh

# A count that is no number is not equal to itself.
HAPPENINGS = st.from_type(Happening).filter(lambda one: "nan" not in repr(one))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(fresh(request.param, tmp_path)) as opened:
        yield opened


def happening(id: str = "h1", first: str | None = "2024-03-03", *history: StatusChange, **of: Any) -> Happening:
    """A withdrawal that somebody claims; `of` are other fields."""
    one = Happening(
        id, "RETREAT", ("withdraw",), None, (), (), None, None, "announced", "claimed", "claimed", (), ("r1",), (),
        False, (), (), None, history, first,
    )  # fmt: skip
    return replace(one, **of)


def change(date: str | None, status: str, report: str = "r1") -> StatusChange:
    return StatusChange(date, status, (Cited(report, 0, 9),))


def statuses(store: Store) -> list[tuple[Any, ...]]:
    """The rows of the history: happening, day, status, and the savings from and until which they stood."""
    with store._database.reading() as connection:
        rows = connection.execute(select(STATUSES).order_by(STATUSES.c.key)).all()
    return [(row.happening, row.valid_from, row.status, row.saving, row.until_saving) for row in rows]


@settings(max_examples=100, deadline=None)
@given(HAPPENINGS | st.from_type(Decision) | st.from_type(Crisis))
def test_records_of_the_ledger_survive_json(record: Happening | Decision | Crisis) -> None:
    assert from_plain(type(record), json.loads(json.dumps(to_plain(record)))) == record


def test_a_field_that_is_not_there_keeps_its_default_and_one_without_is_missed() -> None:
    plain = to_plain(happening())
    del plain["first"], plain["by_hand"]
    assert from_plain(Happening, plain) == happening(first=None)
    del plain["event"]
    with pytest.raises(TypeError, match="event"):
        from_plain(Happening, plain)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_happening_holds_comes_back(kind: str, tmp_path: Path) -> None:
    with open_store(fresh(kind, tmp_path)) as store:

        @settings(max_examples=40, deadline=None)
        @given(HAPPENINGS)
        def check(one: Happening) -> None:
            columns = {"id": "h", "event": "RETREAT", "phase": "done", "standing": "claimed", "status": "claimed"}
            one = replace(one, **columns, first=None, history=(change("2024-03-03", "claimed"),))
            store.save_happenings([one])
            assert store.happening("h") == one

        check()


def test_saving_replaces_adds_and_removes(store: Store) -> None:
    store.save_happenings([happening("h2"), happening("h1", None), happening("h0", "2024-01-01")])
    assert [one.id for one in store.happenings()] == ["h0", "h2", "h1"]
    store.save_happenings(iter([happening("h2", status="corroborated"), happening("h3")]))
    assert list(store.happenings()) == [happening("h2", status="corroborated"), happening("h3")]
    assert store.happening("h1") is None
    assert store.counts().happenings == 2


def test_a_status_that_is_no_longer_told_is_closed_and_kept(store: Store) -> None:
    claimed, denied = change("2024-03-03", "claimed"), change("2024-03-05", "contradicted")
    store.save_happenings([happening("h1", "2024-03-03", claimed)])
    store.save_happenings([happening("h1", "2024-03-03", claimed, denied)])
    store.save_happenings([happening("h1", "2024-03-03", claimed, denied)])
    store.save_happenings([happening("h1", "2024-03-03", claimed, change("2024-03-06", "corroborated"))])
    store.save_happenings([])
    assert statuses(store) == [
        ("h1", "2024-03-03", "claimed", 1, 4),
        ("h1", "2024-03-05", "contradicted", 2, 3),
        ("h1", "2024-03-06", "corroborated", 3, 4),
    ]


def test_a_saving_that_fails_changes_nothing(store: Store) -> None:
    store.save_happenings([happening("h1")])

    def broken() -> Iterator[Happening]:
        yield happening("h2")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        store.save_happenings(broken())
    assert list(store.happenings()) == [happening("h1")]


def test_the_last_of_two_happenings_of_one_id_counts(store: Store) -> None:
    store.save_happenings([happening("h1"), happening("h1", phase="done")])
    assert list(store.happenings()) == [happening("h1", phase="done")]


def test_a_decision_taken_twice_is_one(store: Store) -> None:
    merge = Decision("merge", "h1", "h2", None, "ana", "2024-03-05T10:00:00Z", "the same column")
    camp = Decision("camp", "Łukasz Nowak", None, "POL", "ana", "2024-03-04T10:00:00Z", "says so himself")
    for decision in (merge, camp, merge):
        store.decide(decision)
    assert store.decisions() == (merge, camp)
