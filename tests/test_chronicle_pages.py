"""The tables for pages hold, for each day, what the reports published up to it tell."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from brink import chronicle
from brink.chronicle import Chronicle, camps_of
from brink.ledger import in_span
from brink.records import Crisis, Happening
from brink.store import Store, open_store
from brink.store.book_lists import every
from store_places import KINDS, fresh
from test_laying import CAMPS, NARROW, a_report


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(fresh(request.param, tmp_path)) as opened:
        yield opened


def _held(store: Store, day: date, crisis: Crisis = CAMPS) -> tuple[dict[str, Happening], dict[str, int]]:
    laying = store.laying(camps_of(crisis))
    assert laying is not None
    book = store.book(laying, day.isoformat())
    try:
        return {h.id: h for h in every(book, {}, 3)}, book.tally("status")
    finally:
        book.close()


def _wanted(store: Store, day: date, crisis: Crisis = CAMPS) -> dict[str, Happening]:
    found = chronicle.ledger.ledger(store.coded(day.isoformat()), crisis, day, store.decisions())
    return {h.id: h for h in found}


def _reports(store: Store, day: date, crisis: Crisis) -> tuple[set[str], int]:
    """The reports that the tables show on a day, and their number by the counts."""
    laying = store.laying(camps_of(crisis))
    assert laying is not None
    book = store.book(laying, day.isoformat())
    try:
        return book.there([c.report.id for c in store.coded()]), book.number("reports")
    finally:
        book.close()


@pytest.mark.parametrize("crisis", [CAMPS, NARROW], ids=["camps", "narrow"])
def test_each_day_is_what_the_reports_up_to_it_tell(store: Store, crisis: Crisis) -> None:
    rng = random.Random(11)
    for number in range(14):
        store.add(a_report(rng, number), "2022-02-01T10:00:00Z")
    last = max(c.report.published for c in store.coded() if c.report.published) + timedelta(days=5)
    Chronicle(store, crisis).settle(last, pages=True)
    for back in range(25):
        day = last - timedelta(days=back)
        found, statuses = _held(store, day, crisis)
        assert found == _wanted(store, day, crisis)
        assert statuses == Counter(h.status for h in found.values())
        inside = {c.report.id for c in store.coded() if _is_known(c.report.published, day, last, crisis)}
        assert _reports(store, day, crisis) == (inside, len(inside))


def _is_known(published: date | None, day: date, last: date, crisis: Crisis) -> bool:
    """Reports without a day are known from the last day on, on which they are laid."""
    return (published <= day if published else day == last) and in_span(published, crisis)


def test_a_report_whose_new_version_lies_outside_the_crisis_leaves_the_tables(store: Store) -> None:
    one, last = a_report(random.Random(14), 1), date(2022, 6, 1)
    for day, there in ((date(2022, 2, 5), {"r1"}), (date(2022, 2, 20), set())):
        text = f"{one.report.text} {day}"
        store.add(replace(one, report=replace(one.report, text=text, published=day)), f"{day}T10:00:00Z")
        Chronicle(store, NARROW).settle(last, pages=True)
        assert _reports(store, last, NARROW) == (there, len(there))


def test_a_step_changes_what_a_step_changed_whoever_wrote_before(store: Store) -> None:
    rng = random.Random(12)
    last = date(2022, 6, 1)
    one, other = Chronicle(store, CAMPS), Chronicle(store, CAMPS)
    for number in range(12):
        store.add(a_report(rng, number), "2022-02-01T10:00:00Z")
        (one, other)[number % 3 == 0].settle(last, pages=True)
        found, statuses = _held(store, last)
        assert found == _wanted(store, last)
        assert statuses == Counter(h.status for h in found.values())


def test_what_is_forgotten_leaves_the_tables_and_older_days_too(store: Store) -> None:
    rng = random.Random(13)
    for number in range(6):
        store.add(a_report(rng, number), "2022-02-01T10:00:00Z")
    kept = Chronicle(store, CAMPS)
    kept.settle(date(2022, 6, 1), pages=True)
    before = store.laying(camps_of(CAMPS))
    store.retain("A", "spans")
    kept.settle(date(2022, 6, 1), pages=True)
    after = store.laying(camps_of(CAMPS))
    assert before is not None and after is not None and before.taken != after.taken
    assert _held(store, date(2022, 6, 1))[0] == _wanted(store, date(2022, 6, 1))


def test_what_is_published_ahead_of_the_day_comes_into_the_tables_on_its_day(store: Store) -> None:
    rng = random.Random(15)
    kept, late = Chronicle(store, CAMPS), date(2022, 6, 1)
    for day in range(1, 9):
        for number in rng.sample(range(12), 4):
            store.add(a_report(rng, number), f"2022-02-{day:02}T10:00:00Z")
        as_of = date(2022, 2, day)
        (kept if day % 3 else Chronicle(store, CAMPS)).settle(as_of, pages=True)
        found, statuses = _held(store, as_of)
        assert found == _wanted(store, as_of)
        assert statuses == Counter(h.status for h in found.values())
        there = {c.report.id for c in store.coded(as_of.isoformat())}
        assert _reports(store, as_of, CAMPS) == (there, len(there))
    kept.settle(late, pages=True)
    kept.settle(date(2022, 2, 3), pages=True)
    Chronicle(store, CAMPS).settle(date(2022, 2, 3), pages=True)
    assert _held(store, late)[0] == _wanted(store, late)
    everything = {c.report.id for c in store.coded()}
    assert _reports(store, late, CAMPS) == (everything, len(everything))


def test_what_was_laid_without_tables_is_found_in_them_under_its_outlets(store: Store) -> None:
    rng, day = random.Random(16), date(2022, 6, 1)
    for number in range(6):
        store.add(a_report(rng, number), "2022-02-01T10:00:00Z")
    kept = Chronicle(store, CAMPS)
    kept.settle(day)
    found = kept.settle(day, pages=True)
    outlets = {c.report.id: c.report.outlet or "" for c in store.coded()}
    told = Counter(name for h in found for name in {outlets[id] for id in h.reports})
    laying = store.laying(camps_of(CAMPS))
    assert laying is not None
    with closing(store.book(laying, day.isoformat())) as book:
        assert book.tally("told") == told
