"""Bands: the formula of docs/design.md, section 7, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from brink.ledger import ledger
from brink.records import Crisis, Happening
from brink.tension import bands, firsts, weighed
from ledger_cases import Told, coded


def _held(*told: Told, crisis: Crisis | None = None) -> tuple[Happening, ...]:
    return ledger([coded(t) for t in told], crisis)


def _bombed(id: str, day: str, by: str, **more: object) -> Told:
    return Told(id, day, "Russian jets bombed a market in Osh.", "ASSAULT", ("RUS MIL",), ("UKR",), by=by,
                mode=("aerial",), on=(day, day), **more)  # type: ignore[arg-type]  # fmt: skip


def test_a_claimed_act_widens_and_a_corroborated_one_narrows() -> None:
    claimed = bands(_held(_bombed("a", "2022-02-16", "UKR")))[0]
    assert (claimed.pair, claimed.line) == (("RUS", "UKR"), "deeds")
    # One happening of today (w = 1) beside the prior (w0 = 1): (-9.5 - 10) / 2 and (0 + 10) / 2.
    assert (claimed.points[-1].lower, claimed.points[-1].upper) == pytest.approx((-9.75, 5.0))
    told_twice = bands(_held(_bombed("a", "2022-02-16", "UKR"), _bombed("b", "2022-02-16", "RUS")))[0]
    assert (told_twice.points[-1].lower, told_twice.points[-1].upper) == pytest.approx((-9.75, 0.25))


def test_silence_widens_and_volume_alone_does_not_move() -> None:
    one = _held(_bombed("a", "2022-02-16", "UKR"))
    later = bands(one, until=date(2022, 3, 16))[0].points
    assert later[0].upper - later[0].lower < later[7].upper - later[7].lower < later[-1].upper - later[-1].lower < 20
    many = _held(*(_bombed(f"r{i}", "2022-02-16", "UKR") for i in range(9)))
    assert bands(many)[0].points[0].lower == bands(one)[0].points[0].lower


def test_the_bands_of_some_pairs_are_those_of_all() -> None:
    poland = Told("c", "2022-02-17", "Russia expelled ten diplomats of Poland.", "SANCTION", ("RUS",), ("POL",))
    held = _held(_bombed("a", "2022-02-16", "UKR"), poland)
    every = bands(held)
    assert {band.pair for band in every} == {("RUS", "UKR"), ("POL", "RUS")}
    some = bands(held, pairs=[frozenset(("UKR", "RUS"))])
    assert some == tuple(band for band in every if band.pair == ("RUS", "UKR"))


def test_words_and_deeds_are_two_lines_and_a_plan_adds_only_words() -> None:
    pledge = Told("p", "2022-02-15", "Russia will pull its tanks back from Ukraine.", "CONCEDE", ("RUS",), ("UKR",), by="RUS",
                  deed=("RETREAT", "withdraw"))  # fmt: skip
    plan = Told("q", "2022-02-15", "Russia will send tanks towards Ukraine.", "MOBILIZE", ("RUS",), ("UKR",), by="RUS",
                aux=("future",), mode=("weapons",))  # fmt: skip
    found = weighed(_held(pledge))
    assert [(w.line, w.low == w.high) for w in found] == [("words", True)]
    assert weighed(_held(plan)) == []


def test_without_recipient_the_other_camp_of_the_crisis_file_is_the_pair() -> None:
    moved = Told(
        "m", "2022-02-15", "Russia sent tanks to the border.", "MOBILIZE", ("RUS",), by="USA", mode=("weapons",)
    )
    crisis = Crisis("test", None, None, (("RUS", "east"), ("UKR", "west"), ("USA", "west")))
    assert [w.pair for w in weighed(_held(moved, crisis=crisis), crisis)] == [("RUS", "west")]
    assert weighed(_held(moved)) == []


def test_firsts_tell_how_long_the_pause_was() -> None:
    found = firsts(
        _held(_bombed("a", "2022-01-01", "UKR"), _bombed("b", "2022-01-25", "UKR"), _bombed("c", "2022-04-10", "UKR"))
    )
    assert [(f.actor, f.event, f.days) for f in found] == [("RUS", "ASSAULT", None), ("RUS", "ASSAULT", 75)]
