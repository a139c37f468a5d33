"""The brief of a crisis: what it tells, on whose word, what it cites and what it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from brief_samples import (
    CRISIS,
    DISPUTED,
    KEPT,
    OVERDUE,
    REPORTS,
    brief_of,
    counted,
    entries,
    happening,
    lines,
    telling,
    voice,
)
from brink import brief as room
from brink.brief import Admission, Material
from brink.errors import UsageError
from brink.records import Party, Report, StatusChange


def test_what_changed_puts_the_disputed_first_and_leaves_out_what_is_old_or_in_passing() -> None:
    old = happening(id="old", first="2022-02-01", history=(StatusChange("2022-02-01", "claimed", ()),), origins=())
    told = brief_of(happening(), KEPT, DISPUTED, old, happening(id="passing", background=True))
    found = entries(told, "changed")
    assert [(e.happening, e.mark, e.news) for e in found] == [
        ("disputed", "disputed", "new"),
        ("kept", "told as fulfilled", "was announced"),
        ("h1", "claimed", "new"),
    ]


def test_what_is_left_out_is_counted() -> None:
    many = [happening(id=f"h{i:02}") for i in range(13)]
    section = brief_of(*many).sections[0]
    assert len(section.entries) == 10 and section.more == "3 more happenings changed: 3 claimed."


def test_an_entry_gives_each_voice_with_its_words_and_reports() -> None:
    h = replace(
        KEPT,
        origins=(
            *KEPT.origins,
            voice("UKR", "denies", "r3", of="outcome", tellings=(telling("r3", "Ukraine has seen no withdrawal."),)),
        ),
    )
    found = {line.label: line for line in entries(brief_of(h), "changed")[0].lines}
    assert found["denies"].text == "Ukraine (camp west, since 16 February): “Ukraine has seen no withdrawal.”"
    assert found["denies"].reports == ("r3",)
    assert found["announced"].text.startswith("Russia (camp east, since 8 February): “Russia will withdraw")
    assert found["history"].text == "announced (8 February) → told as fulfilled (15 February)"


def test_one_state_is_one_origin_and_its_relay_is_named() -> None:
    rows = (voice("RUS", tellings=(telling("r2", relay=("Halden Press",)),)), voice("RUS", of="outcome"))
    entry = entries(brief_of(happening(origins=rows[:1])), "changed")[0]
    assert entry.lines[0].text == "Claimed by 1 origin."
    assert "through Halden Press" in entry.lines[1].text


def test_a_promise_kept_by_its_own_word_says_so_and_one_told_by_others_does_not() -> None:
    marks = {e.happening: e.mark for e in entries(brief_of(KEPT, OVERDUE), "promises")}
    assert marks == {"overdue": "overdue", "kept": "kept, by its own word only"}
    other = replace(KEPT, origins=(voice("RUS", report="r1"), voice("UKR", "asserts", "r3", of="outcome")))
    assert entries(brief_of(other), "promises")[0].mark == "kept"
    assert entries(brief_of(replace(other, standing="corroborated")), "promises")[0].mark == "kept, told independently"
    outlets = replace(KEPT, origins=(voice("RUS", report="r1"),))
    assert entries(brief_of(outlets), "promises")[0].mark == "kept"


def test_a_promise_that_falls_due_names_its_day_and_its_makers_words() -> None:
    promise = replace(KEPT.promise, outcome="open") if KEPT.promise else None
    h = replace(KEPT, status="planned", phase="announced", origins=(voice("RUS", report="r1"),), promise=promise)
    entry = entries(brief_of(h), "promises")[0]
    assert entry.mark == "due 20 February"
    assert entry.lines[0].text.startswith("By Russia on 8 February, for 20 February. “Russia will withdraw its troops")


def test_opposites_stand_at_odds_once() -> None:
    found = entries(brief_of(replace(KEPT, opposes=("disputed",)), DISPUTED), "odds")
    assert [(e.happening, len(e.lines)) for e in found] == [("disputed", 1)]
    assert found[0].lines[0].label == "and yet"


def test_unknowns_are_merged_and_closed_by_the_same_owner_alone() -> None:
    words = "It did not say how many had left."
    asked = (Admission("r2", "e1", "quantity", words), Admission("r2", "e9", "quantity", words))
    told = brief_of(
        happening(quantity=(counted("UKR", "2022-02-16", "140,000", 140000, 140000),)), admissions=asked[:1]
    )
    assert entries(told, "unknown")[0].head.text == f"“{words}”"
    told = brief_of(happening(quantity=(counted("RUS", "2022-02-16", "10,000", 10000, 10000),)), admissions=asked[:1])
    assert entries(told, "unknown")[0].head.text.endswith("Since then: Russia: “10,000” troops (16 February).")
    assert (
        len(
            entries(brief_of(happening(), admissions=(asked[0], replace(asked[0], report="r3", event="e1"))), "unknown")
        )
        <= 2
    )


def test_counts_stand_by_owner_and_a_replaced_one_is_earlier() -> None:
    rows = (
        counted("USA", "2022-02-15", "150,000", 150000),
        counted("USA", "2022-02-16", "169,000", 169000),
        counted("RUS", "2022-02-16", "none said", None),
    )
    found = {line.label: line.text for line in entries(brief_of(happening(quantity=rows)), "changed")[0].lines}
    assert found["counts"] == "The United States: “169,000” troops (16 February)."
    assert found["earlier"] == "The United States: “150,000” troops (15 February)."
    assert found["unknown"] == "How many is not said."


def test_every_sentence_cites_reports_that_are_listed() -> None:
    asked = (
        Admission("r2", "e1", "quantity", "It did not say how many had left."),
        Admission("r3", None, "cause", "Why?"),
    )
    told = brief_of(happening(), replace(KEPT, opposes=("disputed",)), DISPUTED, OVERDUE, admissions=asked)
    listed_ids = {s.report for s in told.sources}
    assert {s.key for s in told.sections} == {"changed", "promises", "odds", "unknown", "firsts"} and told.pairs
    for line in lines(told):
        assert line.reports and set(line.reports) <= listed_ids, line
        assert told.numbers(line)
    assert [s.number for s in told.sources] == list(range(1, len(told.sources) + 1))


def test_the_window_is_three_days_and_its_errors_are_one_sentence() -> None:
    told = room.crisis_brief(Material((), REPORTS), CRISIS)
    assert (told.since, told.as_of) == ("2022-02-13", "2022-02-16")
    assert told.sections[0].note == "No report of these days changes the record."
    with pytest.raises(UsageError, match="--since"):
        brief_of(since=date(2022, 3, 1))
    with pytest.raises(UsageError, match="--as-of"):
        room.crisis_brief(Material((), {"x": Report("x", "Text.")}), CRISIS)


def test_tension_is_two_lines_up_to_the_day() -> None:
    told = brief_of(happening(event="ACCUSE", mode=(), recipient=(Party("UKR", "UKR"),)), DISPUTED)
    assert told.pairs[0].names == ("Russia", "Ukraine")
    assert [c.band.line for c in told.pairs[0].courses] == ["words", "deeds"]
    assert all(c.band.points[-1].day == "2022-02-17" for c in told.pairs[0].courses)
    assert re.search(
        r"[−+]\d+\.\d to [−+]\d+\.\d on 17 February; 1 happening since 14 February", told.pairs[0].courses[0].line.text
    )
