"""Rules beside the table of docs/design.md, section 6: who is one voice, whose promise it is, on what a denial bears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from brink.ledger import ledger, parties
from brink.ledger.evidence import evidence_of
from brink.records import Crisis, Happening, Span
from ledger_cases import Told, actor, coded

SHOT = "Gunmen shot nine people in the Kalu quarter on Tuesday"


def _main(rows: list[Told], as_of: str | None = None, crisis: Crisis | None = None) -> Happening:
    found = ledger([coded(t) for t in rows], crisis, date.fromisoformat(as_of) if as_of else None)
    return max(found, key=lambda h: (len(h.reports), h.id))


def _asserting(h: Happening) -> list[str]:
    return sorted({o.name for o in h.origins if o.stance == "asserts" and o.until is None})


def _shot(id: str, by: str, text: str = SHOT, **more: object) -> Told:
    return Told(id, f"2015-10-{15 + ord(id) - ord('a')}", text + ".", "ASSAULT", ("BDI COP",), ("people@BDI CVL",), by=by,
                mode=("firearms",), place="Kalu", **more)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "speakers", "origins"),
    [
        ("unnamed people of the place", ["residents@BDI CVL", "those_who_live_there@BDI CVL"], 1),
        ("a leaked paper told in two ways", ["cargo_ledger@", "leaked_flight_log@"], 1),
        ("leaked papers that have names", ["Kalu_memo@", "leaked_Harlan_cable@"], 2),
        ("two named witnesses", ["villager_Ana_Rey@BDI CVL", "villager_Tom_Lund@BDI CVL"], 2),
        ("an opposition and the one named coalition", ["opposition@BDI OPP", "FCN@BDI OPP"], 1),
        ("a judge by her name and the state's police", ["Ana_Rey@BDI JUD", "police@BDI COP"], 2),
        ("a doctor whom the coder took for the media", ["doctor_Ana_Rey@BDI MED", "police@BDI COP"], 2),
    ],
)
def test_who_is_one_voice(case: str, speakers: list[str], origins: int) -> None:
    found = _main([_shot("ab"[i], speaker) for i, speaker in enumerate(speakers)])
    assert len(found.reports) == 2, case
    assert len(_asserting(found)) == origins, case


def test_both_say_so_adds_no_voice() -> None:
    found = _main([_shot("a", "Sahel_Watch@ NGO"), _shot("b", "both@")])
    assert _asserting(found) == ["Sahel Watch"]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("rebels@NPL REB", "Maoists@NPL REB", "vague"),
        ("Seleka_fighters@CAF REB", "the_Seleka_rebels@CAF REB", "same"),
        ("rebels@NPL REB", "NPL MIL", "other"),
        ("rebels@NPL REB", "rebels@IND REB", "other"),
        ("two_people@NPL CVL", "NPL GOV", "vague"),
        ("NATO@ IGO", "UN@ IGO", "other"),
    ],
)
def test_who_is_told_by_a_common_noun_contradicts_no_name(one: str, other: str, how: str) -> None:
    sides = [parties.parties([actor(told, "")]) for told in (one, other)]
    assert parties.compared(*sides) == parties.compared(*reversed(sides)) == how


def _pledge(id: str, day: str, state: str, text: str, due: tuple[str, str]) -> Told:
    return Told(
        id, day, text, "CONCEDE", (f"{state} MIL",), by=state, deed=("RETREAT", "withdraw"), on=due, cue="promise"
    )


def test_a_deed_keeps_only_its_own_actors_promise() -> None:
    text = "{} will take down four border posts near Isfara by 15 October."
    due = ("2022-09-25", "2022-10-15")
    rows = [
        _pledge("a", "2022-09-25", "TJK", text.format("Tajikistan"), due),
        _pledge("b", "2022-09-25", "KGZ", text.format("Kyrgyzstan"), due),
        Told("c", "2022-10-10", "Kyrgyzstan took down four border posts near Isfara.", "RETREAT", ("KGZ MIL",), by="KGZ",
             mode=("withdraw",)),
    ]  # fmt: skip
    found = ledger([coded(t) for t in rows], None, date(2022, 10, 26))
    assert {(h.actor[0].country, h.status) for h in found} == {("TJK", "overdue"), ("KGZ", "fulfilled")}


def test_a_withdrawal_that_begins_and_ends_on_days_of_its_own_is_not_kept_by_its_first_step() -> None:
    due = ("2013-05-08", "2013-10-31")
    told = "The army will begin to leave the Kalu valley on 8 May and be gone by the end of October."
    pledge = _pledge("a", "2013-04-25", "TUR", told, due)
    step = Told("b", "2013-05-14", "Fifteen soldiers of the army left the Kalu valley.", "RETREAT", ("TUR MIL",), by="TUR",
                mode=("withdraw",))  # fmt: skip
    end = Told("c", "2013-10-20", "The last soldiers of the army left the Kalu valley.", "RETREAT", ("TUR MIL",), by="TUR",
               mode=("withdraw",))  # fmt: skip
    begun = _main([pledge, step])
    assert begun.promise is not None
    assert (begun.phase, begun.promise.outcome) == ("under_way", "open")
    assert _main([pledge, step, end]).status == "fulfilled"


def test_an_ally_who_announces_it_makes_it_a_pledge_of_the_camp() -> None:
    announced = Told("a", "2022-01-11", "The CSTO contingent will leave Kazakhstan by 23 January.", "CONCEDE", ("CSTO IGO",),
                     by="KAZ", deed=("RETREAT", "withdraw"), on=("2022-01-11", "2022-01-23"), cue="promise")  # fmt: skip
    camp = Crisis("test", None, None, (("CSTO", "east"), ("KAZ", "east")))
    kinds = [_main([announced], "2022-01-12", crisis).promise for crisis in (camp, None)]
    assert [p.kind for p in kinds if p] == ["pledge", "alleged"]


def test_a_threat_of_force_is_carried_out_by_troops_that_move_in() -> None:
    menace = Told("a", "2017-01-17", "Senegal will use force in Gambia unless its president leaves by 18 January.", "THREATEN",
                  ("SEN MIL",), ("GMB",), by="SEN", deed=("ASSAULT",), mode=("violence",), cue="threaten",
                  on=("2017-01-18", "2017-01-18"))  # fmt: skip
    moved = Told("b", "2017-01-19", "Senegal moved troops into Gambia to make its president leave.", "MOBILIZE", ("SEN MIL",),
                 ("GMB",), by="SEN", mode=("troops",))  # fmt: skip
    found = _main([menace, moved], "2017-01-23")
    assert found.promise is not None
    assert (found.status, found.promise.outcome) == ("fulfilled", "carried_out")


@pytest.mark.parametrize(
    ("case", "denial", "more", "status", "on"),
    [
        ("another did it", "The police did not shoot nine people in the Kalu quarter; bandits in uniforms did",
         {"aux": ("negation",)}, "contradicted", ("actor",)),
        ("a flat denial of the accused", "The police did not shoot nine people in the Kalu quarter", {"aux": ("negation",)},
         "contradicted", ("actor",)),
        ("the count is an invention", "The police shot two people in the Kalu quarter; nine is an invention",
         {"count": (2, 2)}, "corroborated", ("quantity",)),
    ],
)  # fmt: skip
def test_what_a_denial_bears_on(
    case: str, denial: str, more: dict[str, object], status: str, on: tuple[str, ...]
) -> None:
    found = _main([_shot("a", "residents@BDI CVL", count=(9, 9)), _shot("b", "BDI", denial, cue="deny", **more)])
    assert len(found.reports) == 2
    assert (found.contradicted_on, found.status) == (on, status), case


def test_a_rejected_count_stays_rejected_when_its_teller_speaks_again() -> None:
    rejected = _shot("b", "BDI", f"{SHOT}, but the number was exaggerated", count=(2, 2))
    again = _shot("c", "BDI", f"{SHOT}, the ministry repeated")
    found = _main([_shot("a", "residents@BDI CVL", count=(9, 9)), rejected, again])
    assert found.contradicted_on == ("quantity",)


def test_who_withdraws_what_he_told_leaves_no_teller() -> None:
    told = Told("a", "2000-05-19", "Twelve tanks rolled towards Asuncion on Thursday.", "MOBILIZE", ("PRY MIL",), by="PRY",
                mode=("weapons",), place="Asuncion")  # fmt: skip
    back = Told("b", "2000-05-20", "No tanks rolled towards Asuncion on Thursday, he said, withdrawing what he had told.",
                "MOBILIZE", ("PRY MIL",), by="PRY", mode=("weapons",), place="Asuncion", aux=("negation",))  # fmt: skip
    assert _main([told, back]).status == "retracted"
    assert _main([told, back], "2000-05-19").status == "claimed"


def test_a_fight_that_somebody_tells_of_both_sides_is_not_contradicted_on_its_actor() -> None:
    text = "Troops traded mortar fire across the Tshopo bridge on Monday"

    def fight(id: str, who: tuple[str, ...], by: str) -> Told:
        return Told(id, "2000-06-06", text + ".", "ASSAULT", who, by=by, mode=("heavy-weapons",), place="Tshopo")

    rivals = [fight("a", ("RWA MIL",), "UGA"), fight("b", ("UGA MIL",), "UN@ IGO")]
    assert _main(rivals).status == "contradicted"
    assert _main([*rivals, fight("c", ("UGA MIL", "RWA MIL"), "AFP_reporter@ MED")]).status == "corroborated"


@pytest.mark.parametrize(
    ("text", "trigger", "form"),
    [
        ("The first bands are walking south.", "are walking", "under_way"),
        ("Disarmament of the group has begun.", "Disarmament", "under_way"),
        ("The first bands walked south.", "walked", "done"),
    ],
)
def test_an_act_that_has_begun_is_under_way(text: str, trigger: str, form: str) -> None:
    told = coded(Told("a", "2013-05-08", text, "RETREAT", ("TUR MIL",), by="TUR"))
    start = text.index(trigger)
    (event,) = told.events
    narrow = replace(event, trigger=Span(start, start + len(trigger), trigger))
    (found,) = evidence_of(replace(told, events=(narrow,)))
    assert found.form == form
