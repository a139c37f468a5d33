"""A passage that several outlets print, cut or under another credit, is one telling's worth, whatever became of its coding."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from brink.ledger import ledger
from brink.ledger.joining import best
from brink.ledger.matching import COPIED
from brink.ledger.near import contained, prints, runs
from brink.records import CodedReport, Span
from ledger_cases import Told, coded

WHOLE = (
    "Units of the southern district have loaded their tanks on trains at Rostov and today they will begin moving to their "
    "garrisons behind the Don."
)
CUT = "Today they will begin moving to their garrisons behind the Don."
ANEW = "Units of the southern district have loaded their tanks and today they will begin moving to their garrisons."


def _promise(id: str, day: str, text: str, actor: str = "RUS MIL", outlet: str = "Harbour Times") -> CodedReport:
    told = Told(
        id, day, text, "CONCEDE", (actor,), by="the_ministry@RUS GOV", deed=("RETREAT", "withdraw"), outlet=outlet
    )
    report = coded(told)
    start = text.index("begin moving")
    (event,) = report.events
    return replace(report, events=(replace(event, trigger=Span(start, start + 12, "begin moving")),))


def test_a_cut_copy_shares_a_print_and_a_stranger_hardly_any() -> None:
    stranger = "The parliament in Oslo voted on a fishing bill after a long night of talks between the two parties."
    assert set(prints(WHOLE)) & set(prints(CUT)) and set(prints(WHOLE)) & set(prints(ANEW))
    assert not set(prints(WHOLE)) & set(prints(stranger))
    assert prints(WHOLE) == prints(WHOLE.upper().lower())
    assert contained(runs(CUT), runs(WHOLE)) == 1.0


@pytest.mark.parametrize("text", ["", "The ministry said on Monday.", "…"])
def test_what_is_too_short_to_be_a_copy_has_no_print(text: str) -> None:
    assert prints(text) == ()
    assert contained(runs(text), runs("")) == 0.0


@pytest.mark.parametrize("text", [WHOLE, CUT, ANEW])
def test_copies_join_though_the_actor_was_taken_for_another(text: str) -> None:
    first = _promise("a", "2022-02-15", WHOLE)
    copy = _promise("b", "2022-02-15", text, "BLR MIL", "Eastmoor Herald")
    (found,) = ledger([first, copy])
    assert found.reports == ("a", "b")
    assert [o.name for o in found.origins] == ["RUS"]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2022-02-15", WHOLE.replace("Rostov", "Kursk").replace("Don", "Oka")),
        (
            "2022-02-15",
            "The third brigade has packed its tents near Pskov and next month it will begin moving to barracks.",
        ),
        ("2022-02-25", WHOLE),
    ],
    ids=["another place", "other words", "too late"],
)
def test_the_same_form_of_words_for_another_act_is_no_copy(day: str, text: str) -> None:
    first, other = _promise("a", "2022-02-15", WHOLE), _promise("b", day, text, "BLR MIL")
    assert len(ledger([first, other])) == 2


def test_any_order_of_copies_gives_the_same_happenings() -> None:
    told = [
        _promise("a", "2022-02-15", WHOLE),
        _promise("b", "2022-02-15", ANEW, "BLR MIL"),
        _promise("c", "2022-02-16", CUT, "UKR MIL"),
        coded(Told("d", "2022-02-16", "Crowds marched through Minsk.", "PROTEST", ("crowds@BLR CVL",))),
    ]
    whole = ledger(told)
    assert [h.reports for h in whole] == [("a", "b", "c"), ("d",)]
    assert all(ledger(order) == whole for order in permutations(told))


@pytest.mark.parametrize(("apart", "outcome"), [(False, "open"), (True, "kept")])
def test_who_promises_in_one_breath_what_he_tells_as_done_has_begun_it(apart: bool, outcome: str) -> None:
    text = "Units have left Rostov and today they will move on to their garrisons."
    plan = Told("a", "2022-02-15", text, "CONCEDE", ("RUS MIL",), by="the_ministry@RUS GOV",
                deed=("RETREAT", "withdraw"), on=("2022-02-15", "2022-02-15"))  # fmt: skip
    done = Told("b", "2022-02-15", text, "RETREAT", ("RUS MIL",), by="the_ministry@RUS GOV", mode=("withdraw",))
    (found,) = ledger([coded(plan), coded(done)] if apart else [coded(plan, done)])
    assert found.promise is not None and found.promise.outcome == outcome


def test_a_passage_printed_before_decides_however_many_others_fit() -> None:
    assert best({("x",): [0.9, 0.9], ("y",): [0.1, COPIED], ("z",): [0.95]}) == ("y",)
    assert best({("x",): [0.1, COPIED], ("y",): [COPIED, COPIED]}) == ("y",)
