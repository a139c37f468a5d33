"""Acts, names and heads of a crisis brief: plain words, and always somebody's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from brief_samples import KEPT, OVERDUE, VIEW, counted, happening, head, voice
from brink.brief.acts import BASE, PARTICIPLE, PROGRESSIVE, THIRD, clause, phrase
from brink.brief.names import day, days, is_plural, listed, named, quoted
from brink.brief.terminal import spans
from brink.brief.voices import sentence
from brink.codebook import EventType, modes_of
from brink.records import Act, Interval, Party, Promise


@pytest.mark.parametrize("event", [e.value for e in EventType])
def test_every_type_and_mode_has_plain_words_in_four_forms(event: str) -> None:
    for mode in ((), *((m,) for m in modes_of(event))):
        told = [
            phrase(event, mode, form, to) for form in (BASE, THIRD, PARTICIPLE, PROGRESSIVE) for to in ("", "Ukraine")
        ]
        assert all(not re.search(r"[/{}]|\s\s|^\s|\s$", words) for words in told), told
        assert all("Ukraine" in words for words in told[1::2])
        assert told[6].split(" ")[0].rstrip(",").endswith("ing")


@pytest.mark.parametrize("event", ["AGREE", "CONCEDE", "THREATEN", "REQUEST"])
def test_types_that_carry_a_deed_name_it(event: str) -> None:
    assert "to withdraw forces" in phrase(event, (), THIRD, "", "to withdraw forces")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("RUS", "Russia"),
        ("USA", "the United States"),
        ("NATO", "NATO"),
        ("EU", "the EU"),
        ("RUS-Parliament", "the parliament of Russia"),
        ("UKR-Lviv", "local authorities (Lviv, Ukraine)"),
        ("Luhansk People's Republic", "the Luhansk People's Republic"),
        ("Two civilians", "“Two civilians”"),
        ("lawmakers", "“lawmakers”"),
        ("Jens Stoltenberg", "Jens Stoltenberg"),
        ("Al-Shabaab", "Al-Shabaab"),
        ("a\x1b[31mB", "a[31mB"),
    ],
)
def test_names_read_as_in_a_sentence(name: str, told: str) -> None:
    assert named(name) == told


def test_small_words() -> None:
    assert is_plural("“lawmakers”") and is_plural("residents in Kyiv") and not is_plural("the United States")
    assert listed(["a", "b", "c"]) == "a, b and c" and listed(list("abcdef")) == "a, b, c and 3 others"
    assert day("2022-02-05", "2022-02-17") == "5 February" and day("2021-12-31", "2022-02-17") == "31 December 2021"
    assert days(Interval("2022-02-15", "2022-02-20"), "2022") == "15 to 20 February"
    assert days(Interval("2022-01-31", "2022-02-10"), "2022") == "31 January to 10 February"
    assert days(Interval("2022-02-15", None), "2022") == "15 February" and days(Interval(None, None)) == ""
    assert spans([1, 2, 4, 5, 6, 9]) == "1, 2, 4–6, 9"
    assert quoted("word " * 99).endswith(" …”") and len(quoted("word " * 99)) < 290


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "Russia says that it has withdrawn forces"),
        (
            {"phase": "under_way", "quantity": (counted("RUS", "2022-02-15", "some troops", 1),)},
            "Russia says that it is withdrawing some forces",
        ),
        (
            {"origins": (voice("UKR"),), "time": Interval("2022-02-15", "2022-02-15")},
            "Ukraine says that Russia has withdrawn forces (15 February)",
        ),
        (
            {"origins": (voice("UKR"), voice("USA"))},
            "Ukraine and the United States say that Russia has withdrawn forces",
        ),
        (
            {"origins": (voice("UKR"), voice("RUS")), "standing": "corroborated", "status": "corroborated"},
            "2 origins say independently that Russia has withdrawn forces",
        ),
        ({"origins": (voice("outlets"),)}, "Outlets in their own voice say that Russia has withdrawn forces"),
        ({"origins": (voice("RUS", "denies"),), "phase": "not_done"}, "Russia denies that it has withdrawn forces"),
        (
            {
                "standing": "contradicted",
                "contradicted_on": ("actor",),
                "origins": (voice("RUS"), voice("UKR", "denies")),
            },
            "It is disputed who did it, and whether Russia has withdrawn forces",
        ),
        (
            {"origins": (), "standing": "retracted", "status": "retracted"},
            "Taken back by all who told it: that Russia has withdrawn forces",
        ),
        ({"event": "ACCUSE", "mode": (), "recipient": (Party("UKR", "UKR"),)}, "Russia accuses Ukraine"),
        (
            {"event": "ACCUSE", "mode": (), "origins": (voice("UKR"),)},
            "Ukraine says that Russia has made an accusation",
        ),
        (
            {
                "event": "REQUEST",
                "mode": (),
                "deed": Act("RETREAT", ("withdraw",), True),
                "recipient": (Party("UKR", "UKR"),),
            },
            "Russia asks Ukraine not to withdraw forces",
        ),
        ({"actor": ()}, "Russia says that somebody not named has withdrawn forces"),
    ],
)
def test_the_head_is_always_somebodys_word(more: dict[str, Any], told: str) -> None:
    assert head(**more) == told


def test_heads_of_promises() -> None:
    assert sentence(VIEW, KEPT) == "Russia says that it has withdrawn forces"
    assert sentence(VIEW, OVERDUE) == "No report tells that it was done: Germany has agreed to give aid to Ukraine"
    promise = replace(KEPT.promise, outcome="open") if KEPT.promise else None
    coming = replace(KEPT, status="planned", phase="announced", origins=(voice("RUS", report="r1"),), promise=promise)
    assert sentence(VIEW, coming) == "Russia says that it will withdraw forces"
    outlets = replace(KEPT, origins=(voice("RUS", report="r1"),))
    assert sentence(VIEW, outlets) == "Outlets say in their own voice that Russia has withdrawn forces"
    broken = replace(
        KEPT, status="not_fulfilled", phase="not_done", origins=(voice("UKR", "denies", "r3", of="outcome"),)
    )
    assert sentence(VIEW, broken) == "Ukraine says that Russia has not withdrawn forces"
    threat = Promise("threat", "USA", "2022-02-08", None, None, "lapsed")
    lapsed = replace(broken, promise=threat, origins=(voice("USA", report="r1"),))
    assert (
        sentence(VIEW, lapsed) == "The day named has passed: the United States said that Russia would withdraw forces"
    )


def test_what_is_called_off_is_not_told_as_done() -> None:
    off = happening(event="CONSULT", mode=(), phase="called_off", recipient=(Party("USA", "USA"),))
    assert sentence(VIEW, off) == "Russia says that this is called off: Russia would hold talks with the United States"


def test_plural_actors_take_plural_verbs() -> None:
    both = happening(actor=(Party("RUS", "RUS"), Party("BLR", "BLR")))
    assert clause(both, "has") == "Russia and Belarus have withdrawn forces"
