"""Persons named by name alone, known by the offices that other reports give them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from brink.chronicle import Chronicle, settle
from brink.ledger import Book, Laying, Memory, ledger, resolved
from brink.records import CodedReport, Happening, Mention, OfficeHolding
from brink.store import open_store
from ledger_cases import Told, coded

NAMED = Told("a", "2022-02-16", "Tanks left the border, Ivan Petrov said.", "RETREAT", ("Ivan_Petrov",),
             by="Ivan_Petrov", mode=("withdraw",))  # fmt: skip
TEACHES = Told("b", "2022-02-18", "Ministers met in Geneva.", "CONSULT", ("CHE",), ("FRA",), mode=("visit",))


def _teaching(told: Told = TEACHES, country: str = "RUS", person: str = "Ivan Petrov") -> CodedReport:
    report = coded(told)
    words = report.report.text[:8]
    mention = Mention(0, 8, words, "PER", person, country, ("GOV", "MIL"))
    return replace(
        report, mentions=(mention,), offices=(OfficeHolding(person, "Deputy Defence Minister", country, 0, 8),)
    )


def _first(reports: list[CodedReport], as_of: str | None = None) -> Happening:
    found = ledger(reports, None, date.fromisoformat(as_of) if as_of else None)
    return next(h for h in found if "a" in h.reports)


def _who(h: Happening) -> tuple[list[str | None], list[tuple[str, str]]]:
    return [p.country for p in h.actor], [(o.name, o.kind) for o in h.origins]


UNKNOWN = ([None], [("Ivan Petrov", "person")])
KNOWN = (["RUS"], [("RUS", "state")])


def test_a_name_alone_is_known_by_the_office_of_another_report() -> None:
    named, teaching = coded(NAMED), _teaching()
    assert (_who(_first([named])), _first([named]).register) == (UNKNOWN, None)
    found = _first([named, teaching])
    assert _who(found) == KNOWN
    assert found.register is not None and len(found.register) == 8
    assert ledger([named, teaching]) == ledger([teaching, named])
    assert all(h.register is None for h in ledger([named, teaching]) if "a" not in h.reports)
    assert named == coded(NAMED)


def test_what_is_not_known_yet_too_old_or_disputed_resolves_nothing() -> None:
    named = coded(NAMED)
    assert _who(_first([named, _teaching()], "2022-02-17")) == UNKNOWN
    assert _who(_first([named, _teaching(replace(TEACHES, day="2019-02-18"))])) == UNKNOWN
    disputed = _teaching(replace(TEACHES, id="c"), country="UKR")
    assert _who(_first([named, _teaching(), disputed])) == UNKNOWN
    assert _who(_first([named, _teaching(person="Petrov")])) == UNKNOWN
    surname = coded(replace(NAMED, actor=("Petrov",), by="Petrov"))
    assert _who(_first([surname, _teaching()])) == ([None], [("Petrov", "person")])


def test_whom_a_report_itself_knows_nobody_else_changes() -> None:
    own = coded(replace(NAMED, actor=("Ivan_Petrov@UKR REB",), by="Ivan_Petrov@UKR REB"))
    assert ledger([own, _teaching()]) == tuple(
        sorted([*ledger([own]), *ledger([_teaching()])], key=lambda h: (h.first or "", h.reports))
    )


PEOPLE = ["Ivan Petrov", "Ann Lee", "Omar Said"]


def _a_report(rng: random.Random, number: int) -> CodedReport:
    day = date(2022, 2, 1) + timedelta(days=rng.choice([0, 1, 2, 3, 500]))
    who = rng.choice(PEOPLE).replace(" ", "_")
    told = Told(f"r{number}", day.isoformat(), f"Tanks left Poti on {rng.randint(0, 1)}.", "RETREAT", (who,), by=who)
    if rng.random() < 0.5:
        return coded(told)
    return _teaching(told, rng.choice(["RUS", "RUS", "UKR"]), rng.choice(PEOPLE))


@given(st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_a_book_that_is_kept_up_to_date_resolves_as_the_whole_does(seed: int) -> None:
    rng = random.Random(seed)
    book, laying = Book(), Laying(Memory())
    reports: dict[str, CodedReport] = {}
    found: dict[str, Happening] = {}
    for _ in range(rng.randint(1, 6)):
        new = [_a_report(rng, number) for number in rng.sample(range(8), rng.randint(0, 3))]
        gone = rng.sample(sorted(reports), min(len(reports), rng.choice([0, 0, 1])))
        reports = {id: one for id, one in reports.items() if id not in gone} | {one.report.id: one for one in new}
        again = book.enter(new, gone)
        told = [*new, *(reports[id] for id in sorted(again))]
        changes = laying.update([resolved(one, book.roll) for one in told], gone)
        for id in changes.gone:
            found.pop(id, None)
        found |= {h.id: h for h in changes.happenings}
        assert found == {h.id: h for h in ledger(reports.values())}


def test_a_chronicle_that_is_kept_up_to_date_resolves_what_it_laid_before() -> None:
    with open_store(None) as store:
        chronicle = Chronicle(store)
        store.add(coded(NAMED), None)
        assert [_who(h) for h in chronicle.settle()] == [UNKNOWN]
        store.add(_teaching(), None)
        assert [_who(h) for h in chronicle.settle() if "a" in h.reports] == [KNOWN]
        assert chronicle.settle() == settle(store) == tuple(store.happenings())
