"""Where the coder slips, the sentence's own words and the dates still tell how far an act has come and who speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brink.ledger.evidence import Evidence, evidence_of
from brink.records import Cue, Span, Statement
from ledger_cases import Told, coded


def _read(told: Told, trigger: str | None = None) -> Evidence:
    """The telling of a report, its trigger narrowed to some of its words."""
    report = coded(told)
    if trigger is not None:
        start = told.text.index(trigger)
        (event,) = report.events
        report = replace(report, events=(replace(event, trigger=Span(start, start + len(trigger), trigger)),))
    (found,) = evidence_of(report)
    return found


@pytest.mark.parametrize(
    ("text", "trigger", "on", "form"),
    [
        ("Chad will send two battalions home.", "will send", None, "future"),
        ("Chad will soon send two battalions home.", "send", None, "future"),
        ("Chad is to send two battalions home.", "send", None, "future"),
        ("Chad has decided to send two battalions home.", "send", None, "future"),
        ("Chad spoke of a decision taken to send two battalions home.", "send", None, "future"),
        ("Chad decided not on a whim, and sent two battalions home.", "sent", None, "done"),
        ("Chad sends two battalions home on Friday.", "sends", ("2009-07-10", "2009-07-10"), "future"),
        ("Chad sent two battalions home on Friday.", "sent", ("2009-07-03", "2009-07-03"), "done"),
        ("Chad, which will vote in May, sent two battalions home.", "sent", None, "done"),
    ],
)
def test_an_act_to_come_is_no_deed(text: str, trigger: str, on: tuple[str, str] | None, form: str) -> None:
    told = Told("a", "2009-07-06", text, "RETREAT", ("TCD MIL",), by="TCD", mode=("withdraw",), on=on)
    assert _read(told, trigger).form == form


@pytest.mark.parametrize(
    ("by", "actor", "body"),
    [
        ("their_leader_Paulo_Sande@AGO GOV", "UNITA@AGO REB", ("UNITA", "group")),
        ("a_spokesman@AGO GOV", "UNITA@AGO REB", ("UNITA", "group")),
        ("minister_Paulo_Sande@AGO GOV", "UNITA@AGO REB", ("AGO", "state")),
        ("their_leader_Paulo_Sande@AGO GOV", "rebels@AGO REB", ("AGO", "state")),
        ("their_leader_Paulo_Sande@PRT GOV", "UNITA@AGO REB", ("PRT", "state")),
    ],
)
def test_a_groups_leader_promises_in_its_name(by: str, actor: str, body: tuple[str, str]) -> None:
    told = Told("a", "1997-09-30", "UNITA will hand over Bailundo by 15 October.", "CONCEDE", (actor,), by=by,
                deed=("RETREAT", "withdraw"), cue="promise")  # fmt: skip
    found = _read(told).body
    assert (found.name, found.kind) == body


@pytest.mark.parametrize(
    "who", ["a Corvo Press reporter", "a reporter of the agency Corvo Press", "a photographer for Corvo Press"]
)
def test_a_reporter_who_saw_it_is_his_agency(who: str) -> None:
    told = Told("a", "2004-05-02", f"Rebels seized the mine at Kono, {who} there saw.", "ASSAULT", ("rebels@SLE REB",))
    assert (_read(told).body.name, _read(told).body.kind) == ("Corvo Press", "witness")


def test_who_calls_a_claim_false_denies_not_who_made_it() -> None:
    text = "Chad’s claim that its army left Bardai is false, Libya said."
    report = coded(Told("a", "2009-07-06", text, "RETREAT", ("TCD MIL",), by="TCD", mode=("withdraw",)))
    (claimed,) = report.statements
    at = text.index("said")
    speaker = replace(claimed.speaker or report.events[0].actor[0], name="Libya", country="LBY")
    outer = Statement("s2", speaker, (), Cue(at, at + 4, "said", "deny"), (Span(0, 47, text[:47]),), "indirect", 0.9)
    claimed = replace(claimed, cue=Cue(7, 12, "claim", "claim"))
    told = evidence_of(replace(report, statements=(claimed, outer)))
    assert [(e.body.name, e.stance) for e in told] == [("LBY", "denies")]
