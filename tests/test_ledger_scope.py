"""The span and the lists of a crisis file as filters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brink.ledger import ledger
from brink.records import Crisis
from ledger_cases import Told, coded

LEFT = Told(
    "left", "2022-02-16", "Russian tanks left the border.", "RETREAT", ("RUS MIL",), by="RUS", mode=("withdraw",)
)
BOMBED = Told("bombed", "2022-02-20", "Jets bombed a market in Osh.", "ASSAULT", ("UZB MIL",), ("KGZ",), place="Osh")
STRUCK = Told("struck", "2022-02-24", "Dockers in Callao will strike, their union said.", "PROTEST",
              ("dockers@PER LAB",), by="dockers@PER LAB")  # fmt: skip
ALL = (LEFT, BOMBED, STRUCK)


def _inside(**of: object) -> set[str]:
    crisis = Crisis("test", of.pop("since", None), of.pop("until", None), (), **of)  # type: ignore[arg-type]
    return {id for h in ledger([coded(t) for t in ALL], crisis) for id in h.reports}


@pytest.mark.parametrize(
    ("lists", "inside"),
    [
        ({}, {"left", "bombed", "struck"}),
        ({"actors": ("RUS",)}, {"left"}),
        ({"actors": ("KGZ",)}, {"bombed"}),
        ({"actors": ("PER",)}, {"struck"}),
        ({"actors": ("Dockers",)}, {"struck"}),
        ({"places": ("osh",)}, {"bombed"}),
        ({"words": ("bombing",)}, {"bombed"}),
        ({"words": ("tanks leave",)}, set()),
        ({"words": ("striking", "tank")}, {"left", "struck"}),
        ({"actors": ("RUS",), "words": ("union",)}, {"left", "struck"}),
        ({"actors": ("NATO",)}, set()),
    ],
)
def test_each_list_lets_in_what_it_names(lists: dict[str, object], inside: set[str]) -> None:
    assert _inside(**lists) == inside


def test_a_country_among_the_places_has_all_places_in_it() -> None:
    report = coded(BOMBED)
    place = report.events[0].place
    assert place is not None
    there = replace(report, events=(replace(report.events[0], place=replace(place, country="KGZ")),))
    assert ledger([there], Crisis("test", None, None, (), places=("Kyrgyzstan",)))
    assert not ledger([there], Crisis("test", None, None, (), places=("Peru",)))


def test_reports_outside_the_span_are_not_laid() -> None:
    assert _inside(since="2022-02-17") == {"bombed", "struck"}
    assert _inside(since="2022-02-16", until="2022-02-20") == {"left", "bombed"}
    again = Told("again", "2022-02-18", LEFT.text, LEFT.event, LEFT.actor, by="UKR", mode=LEFT.mode)
    reports = [coded(LEFT), coded(again)]
    assert [h.status for h in ledger(reports)] == ["corroborated"]
    assert [h.status for h in ledger(reports, Crisis("test", None, "2022-02-17", ()))] == ["claimed"]
