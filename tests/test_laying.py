"""A ledger kept up to date gives exactly what laying all of it anew gives, whatever came in whatever order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brink.ledger import Disk, Laying, Memory, Shelf, blocks, laying, ledger, opposites, parts
from brink.records import CodedReport, Crisis, Decision, Happening
from ledger_cases import Told, coded

ACTS = [("RETREAT", "withdraw"), ("RETREAT", "ceasefire"), ("MOBILIZE", "troops"), ("ASSAULT", "aerial"),
        ("CONSULT", "visit"), ("REQUEST", "change")]  # fmt: skip
SIDES = ["RUS", "UKR", "USA"]
WORDS = ["troops left the border town", "tanks reached the bridge", "jets bombed the market", "ministers met in Geneva"]
CAMPS = Crisis("test", None, None, (("RUS", "east"), ("UKR", "west"), ("USA", "west")))
NARROW = Crisis("narrow", "2022-02-03", "2022-02-10", CAMPS.camps, ("RUS",), ("Osh",), ("bombing",))


@pytest.fixture(autouse=True, params=[1, 2, 8])
def crowded(request: pytest.FixtureRequest) -> Iterator[None]:
    """Blocks are crowded by one or two tellings, as they are by eight in earnest; and next to nothing is remembered."""
    most = int(request.param)
    with pytest.MonkeyPatch.context() as patch:
        for module in (blocks,):
            patch.setattr(module, "neighbours", lambda: most)
        patch.setattr(opposites, "_numbers", lambda: (10, most))
        patch.setattr(parts, "REMEMBERED", most)
        patch.setattr(laying, "AT_ONCE", most)
        yield


def a_report(rng: random.Random, number: int) -> CodedReport:
    """A report that may promise, deny, correct another, tell of the past, or have no date."""
    event, mode = rng.choice(ACTS)
    day = rng.randint(1, 12)
    text = f"{rng.choice(WORDS)} near {rng.choice(['Poti', 'Osh', 'Kyiv'])} on {rng.randint(0, 2)}.".capitalize()
    text = rng.choice(["", "", "", "", "", "We withdraw the report that "]) + text
    deed = (event, mode) if rng.random() < 0.2 else None
    told = Told(
        f"r{number}", f"2022-02-{day:02}", text, "CONCEDE" if deed else event, (rng.choice(SIDES),),
        tuple(rng.sample(SIDES, rng.randint(0, 1))), by=rng.choice([None, *SIDES]), mode=() if deed else (mode,),
        aux=rng.choice([(), (), ("future",), ("negation",)]), deed=deed, place=rng.choice([None, "Poti", "Osh"]),
        on=rng.choice([None, None, (f"2022-02-{day + 3:02}",) * 2]), outlet=rng.choice(["A", "B"]),
        title="CORRECTED: all of it" if rng.random() < 0.1 else None, cue=rng.choice(["say", "deny"]),
        background=rng.random() < 0.1,
    )  # fmt: skip
    report = coded(told)
    return replace(report, report=replace(report.report, published=None)) if rng.random() < 0.05 else report


def a_shelf(rng: random.Random) -> Shelf:
    """In memory, or on disk with next to nothing held."""
    return rng.choice([Memory(), Disk(held=rng.randint(1, 40))])


def a_decision(rng: random.Random, found: list[Happening]) -> Decision:
    ids = [h.id for h in found]
    tellings = [f"{t.report}/{t.event}" for h in found for o in h.origins for t in o.tellings] or ids
    what = rng.choice(["merge", "split", "move", "status"])
    subject = rng.choice(tellings if what == "move" else ids)
    object = {"merge": ids, "split": tellings, "move": ids, "status": [None]}[what]
    return Decision(what, subject, rng.choice(object), "contradicted" if what == "status" else None, "ann", "x", "y")  # type: ignore[arg-type]


@given(st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_reports_in_out_and_corrected_the_clock_and_decisions_by_hand(seed: int) -> None:
    rng = random.Random(seed)
    crisis = rng.choice([None, CAMPS, NARROW])
    kept = Laying(a_shelf(rng), crisis)
    reports: dict[str, CodedReport] = {}
    found: dict[str, Happening] = {}
    by_hand: tuple[Decision, ...] = ()
    for _ in range(rng.randint(2, 7)):
        new = [a_report(rng, number) for number in rng.sample(range(20), rng.randint(0, 5))]
        gone = rng.sample(sorted(reports), min(len(reports), rng.choice([0, 0, 1, 2])))
        if found and rng.random() < 0.3:
            by_hand += (a_decision(rng, list(found.values())),)
        reports = {id: one for id, one in reports.items() if id not in gone} | {one.report.id: one for one in new}
        newest = max((c.report.published for c in reports.values() if c.report.published), default=None)
        clock = date.fromordinal(newest.toordinal() + rng.randint(0, 6)) if newest and rng.random() < 0.4 else None
        changes = kept.update(new, gone, clock.toordinal() if clock else None, by_hand)
        for id in changes.gone:
            found.pop(id, None)
        found |= {h.id: h for h in changes.happenings}
        assert found == {h.id: h for h in ledger(reports.values(), crisis, clock, by_hand)}


@given(st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_one_by_one_in_any_order(seed: int) -> None:
    rng = random.Random(seed)
    reports = [a_report(rng, number) for number in range(rng.randint(1, 25))]
    found: dict[str, tuple[object, Happening]] = {}
    kept = Laying(a_shelf(rng))
    for report in reports:
        changes = kept.update([report])
        for id in changes.gone:
            found.pop(id, None)
        found |= {h.id: (place, h) for place, h in changes.placed}
    ordered = [h for _, h in sorted(found.values(), key=lambda one: one[0])]  # type: ignore[arg-type, return-value]
    assert ordered == list({h.id: h for h in ledger(reports)}.values())


def test_another_span_or_list_begins_anew() -> None:
    shelf = Memory()
    Laying(shelf, CAMPS).update([])
    assert Laying(shelf, CAMPS).is_of([])
    assert not Laying(shelf, NARROW).is_of([])


def test_another_camp_begins_anew() -> None:
    camp = Decision("camp", "RUS", None, "east", "ann", "x", "y")
    kept = Laying(Memory(), None)
    assert kept.is_of([camp])
    kept.update([], by_hand=[camp])
    assert kept.is_of([camp])
    assert not kept.is_of([])
