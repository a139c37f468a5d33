"""For whom a man speaks is told beside his name; and what a denial, a correction and a plan called off do to a happening."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from brink.ledger import ledger
from brink.ledger.bodies import Setting, body_of, listed
from brink.ledger.titles import titled
from brink.records import Actor, CodedReport, Happening, Span
from ledger_cases import Told, coded

NOWHERE = Setting(None, None, None)


def _speaker(sentence: str, name: str, country: str, sector: str) -> Actor:
    start = sentence.index(name)
    return titled(Actor(start, start + len(name), name, name, None, country, (sector,)), sentence, 0)


@pytest.mark.parametrize(
    ("sentence", "name", "sector", "body"),
    [
        ("Our men hold Arsal, Nusra commander Abu Malik said.", "Abu Malik", "REB", "Nusra"),
        (
            "Abu Malik, a spokesman for the Dawn Brigade, said that Arsal was theirs.",
            "Abu Malik",
            "REB",
            "Dawn Brigade",
        ),
        ("Abu Malik, who leads the Dawn Brigade, said that Arsal was theirs.", "Abu Malik", "REB", "Dawn Brigade"),
        ("Abu Malik of the Dawn Brigade told a paper that Arsal was theirs.", "Abu Malik", "REB", "Dawn Brigade"),
        ("Arsal is theirs, rebel commander Abu Malik said.", "Abu Malik", "REB", "rebels"),
        ("Shells fell on Arsal, the governor of Bekaa, Samir Haddad, said.", "Samir Haddad", "GOV", "LBN-Bekaa"),
        ("Shells fell on Arsal, Samir Haddad said.", "Samir Haddad", "GOV", "LBN"),
        ("Arsal is theirs, Abu Malik said.", "Abu Malik", "REB", "Abu Malik"),
    ],
)
def test_for_whom_a_man_speaks_is_told_beside_his_name(sentence: str, name: str, sector: str, body: str) -> None:
    assert body_of(_speaker(sentence, name, "LBN", sector), NOWHERE).name == body


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("London, Washington and Paris", ["GBR", "USA", "FRA"]),
        ("Both Moscow and NATO", ["RUS", "NATO"]),
        ("the White House and the Kremlin", ["USA", "RUS"]),
        ("the White House and Washington", []),
        ("London and a colonel of the guard", []),
        ("the minister", []),
    ],
)
def test_bodies_that_are_listed_speak_each_for_itself(words: str, bodies: list[str]) -> None:
    assert [b.name for b in listed(Actor(0, len(words), words, None))] == bodies


def test_an_office_that_the_coder_gave_stays() -> None:
    given = Actor(0, 9, "Abu Malik", "Abu Malik", "Emir of Homs", "SYR", ("REB",))
    assert titled(given, "Abu Malik, a spokesman for Nusra, said so.", 0) is given


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("a person familiar with Pentagon planning", "USA", "state"),
        ("two senior officials", "two senior officials", "person"),
    ],
)
def test_unnamed_officials_are_their_states_where_words_name_it(text: str, name: str, kind: str) -> None:
    found = body_of(Actor(0, len(text), text, text, None, "USA", ("GOV",)), NOWHERE)
    assert (found.name, found.kind) == (name, kind)


def _shelled(id: str, day: str, text: str, by: str, **more: object) -> CodedReport:
    told = Told(id, day, text, "ASSAULT", ("UZB MIL",), by=by, mode=("heavy-weapons",))
    return coded(replace(told, **more))  # type: ignore[arg-type]


def _own(report: CodedReport, words: str) -> CodedReport:
    """The report whose actor is told by these words."""
    (event,) = report.events
    (actor,) = event.actor
    return replace(report, events=(replace(event, actor=(replace(actor, text=words),)),))


FIRST = _shelled("a", "2000-10-25", "Uzbek guns shelled Sogment.", "the_council@KGZ GOV", place="Sogment")


def _happening(*reports: CodedReport) -> Happening:
    (found,) = ledger(reports)
    return found


@pytest.mark.parametrize(
    ("text", "place", "cue", "on"),
    [
        ("Our guns fired at Sokh and never at Sogment.", "Sokh", "say", ("place",)),
        ("Our guns fired at Sokh.", "Sokh", "deny", ("place",)),
        ("Our guns fired at Sogment.", "Sogment", "deny", ()),
        ("Our guns fired at Sokh.", "Sokh", "say", ()),
    ],
)
def test_a_place_set_against_the_one_that_was_told_is_denied(text: str, place: str, cue: str, on: tuple[str]) -> None:
    second = _shelled("b", "2000-10-26", text, "the_ministry@UZB GOV", place=place, cue=cue, title="Sogment shelled")
    first = replace(FIRST, report=replace(FIRST.report, title="Sogment shelled"))
    found = [h for h in ledger([first, second]) if "b" in h.reports]
    assert [h.contradicted_on for h in found] == [on]


@pytest.mark.parametrize(("words", "on"), [("our gunners", "actor"), ("the gunners", "occurrence")])
def test_who_denies_the_deed_for_his_own_men_denies_the_actor(words: str, on: str) -> None:
    told = _shelled(
        "b", "2000-10-26", "They have shelled nothing.", "the_committee@UZB REB", aux=("negation",), cue="deny"
    )
    assert _happening(FIRST, _own(told, words)).contradicted_on == (on,)


def test_who_puts_his_own_count_against_anothers_grants_the_act() -> None:
    arrests = Told("a", "2010-11-24", "Police arrested 1,200 of our members.", "COERCE", ("EGY COP",),
                   by="Brotherhood@EGY PTY", mode=("arrest",), count=(1200, 1200))  # fmt: skip
    fewer = replace(arrests, id="b", day="2010-11-25", text="Police arrested no more than 200 members.",
                    by="the_ministry@EGY GOV", cue="deny", count=(200, 200))  # fmt: skip
    found = _happening(coded(arrests), coded(fewer))
    assert (found.status, found.contradicted_on) == ("corroborated", ("quantity",))


def test_a_new_version_tells_what_stands_after_its_bracket() -> None:
    text = "(Corrects place) Uzbek guns shelled Batken on Monday."
    new = _shelled("b", "2000-10-26", text, "the_council@KGZ GOV", title="CORRECTED: guns shell Batken")
    assert [o.tellings[0].report for h in ledger([new]) for o in h.origins] == ["b"]


def test_a_copy_goes_with_the_report_that_is_taken_back() -> None:
    text = "Uzbek guns shelled the village of Sogment on Monday night and killed a herder."
    first = _shelled("a", "2000-10-25", text, "an_officer@KGZ COP", outlet="Manas Wire")
    copy = _shelled("b", "2000-10-25", f"BISHKEK (Manas Wire) - {text}", "an_officer@KGZ COP", outlet="Batken Leaf")
    other = _shelled("c", "2000-10-25", text, "the_shepherds'_union@KGZ LAB", outlet="Osh Post")
    notice = coded(Told("n", "2000-10-26", f"The agency withdraws its report that {text}", "ASSAULT", ("UZB MIL",),
                        aux=("negation",), outlet="Manas Wire"))  # fmt: skip
    assert _happening(first, copy, notice).status == "retracted"
    left = _happening(first, copy, other, notice)
    assert (left.status, [o.name for o in left.origins]) == ("claimed", ["shepherds' union"])


def _promise(id: str, day: str, text: str, **more: object) -> CodedReport:
    told = Told(id, day, text, "AGREE", ("USA",), ("PRK",), by="the_White_House@USA GOV", deed=("CONSULT",))
    return coded(replace(told, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("by", "status"), [("the_White_House@USA GOV", "not_fulfilled"), ("the_palace@FRA GOV", "contradicted")]
)
def test_only_its_maker_calls_a_plan_off_by_saying_that_it_will_not_be(by: str, status: str) -> None:
    plan = _promise("a", "2018-05-10", "They will meet on 12 June.", on=("2018-06-12", "2018-06-12"))
    off = _promise("b", "2018-05-24", "The meeting of 12 June will not take place.", aux=("negation",), by=by)
    assert _happening(plan, off).status == status


@pytest.mark.parametrize(
    ("text", "verb", "status"),
    [
        ("They agreed on Wednesday to patrol the strait.", "agreed", "planned"),
        ("They agreed to patrol the strait on Wednesday.", "agreed", "overdue"),
    ],
)
def test_the_day_on_which_a_promise_was_made_is_not_its_due_day(text: str, verb: str, status: str) -> None:
    report = _promise("a", "2008-06-25", text, on=("2008-06-25", "2008-06-25"))
    (event,) = report.events
    start, day = text.index(verb), text.index("on Wednesday")
    assert event.time is not None
    time = replace(event.time, text="on Wednesday", text_start=day, text_end=day + 12)
    report = replace(report, events=(replace(event, trigger=Span(start, start + len(verb), verb), time=time),))
    (found,) = ledger([report], None, date(2008, 6, 30))
    assert found.status == status


@pytest.mark.parametrize(("words", "names"), [("our forces", ["IRQ"]), ("the forces", ["outlets"])])
def test_a_medium_that_says_our_forces_speaks_for_its_state(words: str, names: list[str]) -> None:
    told = coded(
        Told("a", "1990-08-03", "Forces entered the city.", "ASSAULT", ("IRQ MIL",), by="Baghdad_radio@IRQ MED")
    )
    assert [o.name for o in _happening(_own(told, words)).origins] == names
