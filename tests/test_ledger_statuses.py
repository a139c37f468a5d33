"""Fresh small cases of status, in the analyst's words: who vouches, what is denied, what became of a promise.

Each row is a handful of sentences with their codings, as a careful reader would code them, and the status that
docs/design.md, section 6, gives them.
"""

from __future__ import annotations

from datetime import date

import pytest

from brink.ledger import ledger
from brink.records import Crisis, Happening
from ledger_cases import Told, coded

CAMPS = Crisis(
    "test", None, None,
    (("ARM", "yerevan"), ("AZE", "baku"), ("EGY", "pact"), ("JOR", "pact"), ("SDN", "khartoum"), ("TUR", "baku")),
)  # fmt: skip
NOT = ("negation",)


def main(rows: list[Told], as_of: str | None = None, crisis: Crisis | None = CAMPS) -> Happening:
    """The happening that most of the reports tell of."""
    found = ledger([coded(t) for t in rows], crisis, date.fromisoformat(as_of) if as_of else None)
    return max(found, key=lambda h: (len(h.reports), h.id))


def shelled(id: str, day: int, by: str | None, text: str = "", **more: object) -> Told:
    """Azerbaijan's army shells the Armenian village of Sotk on 3 May."""
    told = text or "Azerbaijani artillery shelled the village of Sotk on Wednesday night"
    given = {"actor": ("AZE MIL",), "place": "Sotk", "on": ("2023-05-03", "2023-05-03")} | more
    return Told(
        id, f"2023-05-{day:02}", f"{told}.", "ASSAULT", recipient=("ARM",), by=by, mode=("heavy-weapons",), **given
    )  # type: ignore[arg-type]


def left(id: str, day: int, by: str | None, text: str = "", **more: object) -> Told:
    """Sudan's army leaves Kassala, in June."""
    told = text or "Sudanese soldiers have left the barracks of Kassala"
    given = {"actor": ("SDN MIL",), "place": "Kassala"} | more
    return Told(id, f"2019-06-{day:02}", f"{told}.", "RETREAT", by=by, mode=("withdraw",), **given)  # type: ignore[arg-type]


def pledged(
    id: str, day: int, by: str = "SDN", text: str = "", due: tuple[int, int] = (10, 10), **more: object
) -> Told:
    """Sudan's army undertakes to leave Kassala by 10 June."""
    told = text or f"Sudanese soldiers will leave the barracks of Kassala on {due[1]} June"
    days = (f"2019-06-{due[0]:02}", f"2019-06-{due[1]:02}")
    given = {
        "actor": ("SDN MIL",),
        "place": "Kassala",
        "cue": "promise",
        "deed": ("RETREAT", "withdraw"),
        "on": days,
    } | more
    return Told(id, f"2019-06-{day:02}", f"{told}.", "CONCEDE", by=by, **given)  # type: ignore[arg-type]


def menaced(id: str, day: int, by: str = "EGY", **more: object) -> Told:
    """Egypt threatens to bomb the camp at Halayeb unless it is empty by 12 March."""
    told = "Egyptian jets will bomb the rebel camp at Halayeb unless it is empty by 12 March"
    given = {"cue": "threaten", "deed": ("ASSAULT", "aerial"), "on": (f"2014-03-{day:02}", "2014-03-12")} | more
    return Told(id, f"2014-03-{day:02}", f"{told}.", "THREATEN", ("EGY MIL",), ("rebels@SDN REB",), by=by,
                mode=("violence",), place="Halayeb", **given)  # type: ignore[arg-type]  # fmt: skip


def bombed(id: str, day: int, by: str | None, text: str = "", **more: object) -> Told:
    """Egypt bombs the camp at Halayeb."""
    told = text or "Egyptian jets bombed the rebel camp at Halayeb"
    return Told(id, f"2014-03-{day:02}", f"{told}.", "ASSAULT", ("EGY MIL",), ("rebels@SDN REB",), by=by, mode=("aerial",),
                place="Halayeb", **more)  # type: ignore[arg-type]  # fmt: skip


def foretold(id: str, day: int, by: str, **more: object) -> Told:
    """Armenia foretells that Azerbaijan will shell Sotk on 9 May."""
    told = "Azerbaijani artillery will shell the village of Sotk on 9 May"
    given = {"aux": ("future",), "cue": "predict", "on": ("2023-05-09", "2023-05-09")} | more
    return shelled(id, day, by, told, **given)


def visit(id: str, day: int, by: str | None, text: str, event: str = "AGREE", **more: object) -> Told:
    """Egypt's and Jordan's ministers are to meet in Aqaba."""
    given = {"deed": ("CONSULT",), "place": "Aqaba", "on": ("2005-04-20", "2005-04-20")} | more
    return Told(id, f"2005-04-{day:02}", f"{text}.", event, ("EGY", "JOR"), by=by, **given)  # type: ignore[arg-type]


MEET = "The foreign ministers of Egypt and Jordan will meet in Aqaba on 20 April"

VOUCHED = [
    ("papers in their own voice", [shelled(f"a{i}", 4, None, outlet=f"Paper {i}") for i in range(3)], "claimed"),
    ("an ally repeats it", [shelled("a", 4, "AZE"), shelled("b", 5, "TUR")], "claimed"),
    ("the parliament of the same state", [shelled("a", 4, "ARM"), shelled("b", 5, "lawmakers_in_parliament@ARM LEG")], "claimed"),
    ("the mayor of a town of the same state", [shelled("a", 4, "ARM"), shelled("b", 5, "mayor_of_Sotk@ARM GOV")], "claimed"),
    ("the opposition of the same state", [shelled("a", 4, "ARM"), shelled("b", 5, "Heritage_party@ARM PTY")], "corroborated"),
    ("who fired owns up", [shelled("a", 4, "ARM"), shelled("b", 5, "AZE")], "corroborated"),
    ("two rights groups", [shelled("a", 4, "Caucasus_Watch@ NGO"), shelled("b", 5, "Sevan_Rights@ NGO")], "corroborated"),
    ("a doctor and a teacher by name",
     [shelled("a", 4, "doctor_Anna_Petrosyan@ARM MED"), shelled("b", 5, "teacher_Aram_Galoyan@ARM CVL")], "corroborated"),
    ("nameless residents to two papers",
     [shelled("a", 4, "residents@ARM CVL"), shelled("b", 5, "villagers@ARM CVL", outlet="Sevan Post")], "claimed"),
    ("two agencies of the UN", [shelled("a", 4, "UN@ IGO"), shelled("b", 5, "UN@ IGO", outlet="Sevan Post")], "claimed"),
    ("the UN and the OSCE", [shelled("a", 4, "UN@ IGO"), shelled("b", 5, "OSCE@ IGO")], "corroborated"),
    ("an agency relays the ministry", [shelled("a", 4, "ARM"), shelled("b", 4, "ARM", relay=("Kestrel Wire",))], "claimed"),
    ("ministry and a paper in its own voice", [shelled("a", 4, "ARM"), shelled("b", 5, None)], "claimed"),
    ("two states that no camp names", [shelled("a", 4, "GEO"), shelled("b", 5, "IRN")], "corroborated"),
    ("one cannot confirm it",
     [shelled("a", 4, "ARM"), shelled("b", 5, "OSCE@ IGO", "The OSCE could not confirm that Azerbaijani artillery had shelled "
      "the village of Sotk", cue="doubt", certainty="unknown")], "claimed"),
    ("one has not verified it yet",
     [shelled("a", 4, "ARM"), shelled("b", 5, "OSCE@ IGO", "The OSCE has not yet verified that Azerbaijani artillery shelled the "
      "village of Sotk", aux=NOT)], "claimed"),
    ("one has no confirmation of it",
     [shelled("a", 4, "ARM"), shelled("b", 5, "OSCE@ IGO", "The OSCE has received no confirmation that Azerbaijani artillery "
      "shelled the village of Sotk", aux=NOT)], "claimed"),
    ("one who looked saw none",
     [left("a", 3, "SDN"), left("b", 5, "UN@ IGO", "The UN mission has seen no soldiers leave the barracks of Kassala", aux=NOT)],
     "contradicted"),
    ("they are all still there",
     [left("a", 3, "SDN"), left("b", 5, "EGY", "The soldiers are still in the barracks of Kassala", aux=NOT)], "contradicted"),
    ("who denied it first admits it",
     [shelled("a", 4, "ARM"), shelled("b", 5, "AZE", "Azerbaijan did not shell the village of Sotk", aux=NOT, cue="deny"),
      shelled("c", 9, "AZE")], "corroborated"),
    ("the papers tell it and the state denies it",
     [left("a", 3, None), left("b", 4, "SDN", "No soldier has left the barracks of Kassala", aux=NOT, cue="deny")],
     "contradicted"),
    ("its only teller withdraws it",
     [shelled("a", 4, "ARM"), shelled("b", 6, "ARM", "The ministry withdrew its statement that Azerbaijani artillery had shelled "
      "the village of Sotk", aux=NOT)], "retracted"),
    ("one of two tellers withdraws it",
     [shelled("a", 4, "ARM"), shelled("b", 5, "Caucasus_Watch@ NGO", "Shells from Azerbaijani artillery hit the village of "
      "Sotk on Wednesday night"), shelled("c", 6, "Caucasus_Watch@ NGO",
      "Caucasus Watch withdrew its report that Azerbaijani artillery had shelled the village of Sotk", aux=NOT)], "claimed"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "rows", "status"), VOUCHED, ids=[row[0] for row in VOUCHED])
def test_who_vouches_and_who_denies(case: str, rows: list[Told], status: str) -> None:
    found = main(rows)
    assert len(found.reports) == len(rows), case
    assert found.status == status, case


def test_who_declines_to_comment_neither_tells_nor_denies_nor_doubts() -> None:
    silent = shelled("b", 5, "TUR", "Ankara declined to comment on the report that Azerbaijani artillery had shelled the village "
                     "of Sotk", certainty="unknown")  # fmt: skip
    found = main([shelled("a", 4, "ARM"), silent])
    assert (found.status, [o.name for o in found.origins]) == ("claimed", ["ARM"])


BECAME = [
    ("still to come", [pledged("a", 2)], 5, "planned", "claimed", "open"),
    ("told by both sides and still to come", [pledged("a", 2), pledged("b", 3, "EGY")], 5, "planned", "corroborated", "open"),
    ("its day is past and nobody tells", [pledged("a", 2)], 12, "overdue", "claimed", "overdue"),
    ("kept, says its maker", [pledged("a", 2), left("b", 10, "SDN")], 12, "fulfilled", "claimed", "kept"),
    ("kept, says the opponent", [pledged("a", 2), left("b", 10, "EGY")], 12, "fulfilled", "claimed", "kept"),
    ("kept, say both", [pledged("a", 2), left("b", 10, "SDN"), left("c", 10, "EGY")], 12, "fulfilled", "corroborated", "kept"),
    ("kept, says a body that watched", [pledged("a", 2), left("b", 10, "SDN"), left("c", 11, "UN@ IGO")], 12, "fulfilled",
     "corroborated", "kept"),
    ("kept a day late", [pledged("a", 2), left("b", 11, "SDN")], 14, "fulfilled", "claimed", "kept"),
    ("done a week late", [pledged("a", 2), left("b", 18, "SDN")], 20, "not_fulfilled", "claimed", "broken"),
    ("not kept, says another",
     [pledged("a", 2), left("b", 12, "EGY", "The soldiers have not left the barracks of Kassala", aux=NOT)], 14,
     "not_fulfilled", "claimed", "broken"),
    ("not kept, say two others",
     [pledged("a", 2), left("b", 12, "EGY", "The soldiers have not left the barracks of Kassala", aux=NOT),
      left("c", 13, "UN@ IGO", "No soldier has left the barracks of Kassala", aux=NOT)], 14,
     "not_fulfilled", "corroborated", "broken"),
    ("not kept, its maker admits",
     [pledged("a", 2), left("b", 12, "SDN", "Our soldiers have not left the barracks of Kassala", aux=NOT)], 14,
     "not_fulfilled", "claimed", "broken"),
    ("kept by its own word, seen by nobody",
     [pledged("a", 2), left("b", 10, "SDN"), left("c", 11, "UN@ IGO", "The UN has seen no soldiers leave the barracks of Kassala",
      aux=NOT)], 12, "contradicted", "contradicted", "kept"),
    ("not begun yet, says another before the day",
     [pledged("a", 2), left("b", 5, "EGY", "The soldiers have not left the barracks of Kassala", aux=NOT)], 6, "planned",
     "claimed", "open"),
    ("called off by its maker",
     [pledged("a", 2), pledged("b", 6, "SDN", "Sudan has called off the plan that soldiers leave the barracks of Kassala")], 7,
     "not_fulfilled", "claimed", "called_off"),
    ("put off to a later day",
     [pledged("a", 2), pledged("b", 8, "SDN", "Sudanese soldiers will leave the barracks of Kassala on 20 June, ten days later "
      "than planned", due=(20, 20))], 15, "planned", "claimed", "open"),
    ("begun, not finished",
     [pledged("a", 2, text="Sudanese soldiers will begin to leave the barracks of Kassala on 5 June and be gone by 25 June",
      due=(5, 25)), left("b", 6, "SDN", "The first Sudanese soldiers have left the barracks of Kassala")], 9,
     "claimed", "claimed", "open"),
    ("the maker denies having promised",
     [pledged("a", 2, "EGY"), pledged("b", 3, "SDN", "Sudan never promised that soldiers will leave the barracks of Kassala",
      aux=NOT, cue="deny")], 5, "contradicted", "contradicted", "open"),
    ("a promise not to enter, broken by another's word",
     [pledged("a", 2, "SDN", "Sudan promised that its soldiers would not enter Kassala", deed=("MOBILIZE", "troops", "not"),
      on=("2019-06-02", "2019-06-30")),
      Told("b", "2019-06-09", "Sudanese soldiers entered Kassala.", "MOBILIZE", ("SDN MIL",), by="UN@ IGO", mode=("troops",),
           place="Kassala")], 12, "not_fulfilled", "claimed", "broken"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "rows", "as_of", "status", "standing", "outcome"), BECAME, ids=[r[0] for r in BECAME])
def test_what_became_of_a_pledge(
    case: str, rows: list[Told], as_of: int, status: str, standing: str, outcome: str
) -> None:
    found = main(rows, f"2019-06-{as_of:02}")
    assert len(found.reports) == len(rows), case
    assert found.promise is not None
    assert (found.status, found.standing, found.promise.outcome) == (status, standing, outcome), case


QUIET = "No shell fell on the village of Sotk on 9 May"
OTHERS = [
    ("a threat whose day is to come", [menaced("a", 5)], "2014-03-08", "planned", "open"),
    ("a threat whose day is past", [menaced("a", 5)], "2014-03-14", "not_fulfilled", "lapsed"),
    ("a threat carried out by its own word", [menaced("a", 5), bombed("b", 12, "EGY")], "2014-03-14", "fulfilled", "carried_out"),
    ("a threat carried out, says the target",
     [menaced("a", 5), bombed("b", 12, "rebels@SDN REB")], "2014-03-14", "fulfilled", "carried_out"),
    ("a threat carried out, its maker denies it",
     [menaced("a", 5), bombed("b", 12, "rebels@SDN REB"),
      bombed("c", 13, "EGY", "Egyptian jets did not bomb the rebel camp at Halayeb", aux=NOT, cue="deny")], "2014-03-14",
     "contradicted", "carried_out"),
    ("a threat that nobody carried out, says the target",
     [menaced("a", 5), bombed("b", 13, "rebels@SDN REB", "No Egyptian jet bombed the camp at Halayeb", aux=NOT)], "2014-03-14",
     "not_fulfilled", "lapsed"),
    ("a forecast whose day is to come", [foretold("a", 4, "ARM")], "2023-05-06", "planned", "open"),
    ("a forecast whose day is past", [foretold("a", 4, "ARM")], "2023-05-12", "overdue", "overdue"),
    ("a forecast that came true",
     [foretold("a", 4, "ARM"), shelled("b", 9, "OSCE@ IGO", on=("2023-05-09", "2023-05-09"))], "2023-05-12", "fulfilled",
     "came_true"),
    ("a forecast that did not come true",
     [foretold("a", 4, "ARM"), shelled("b", 10, "OSCE@ IGO", QUIET, aux=NOT, on=("2023-05-09", "2023-05-09"))], "2023-05-12",
     "not_fulfilled", "not_true"),
    ("a forecast denied by the accused",
     [foretold("a", 4, "ARM"), foretold("b", 5, "AZE", aux=("future", "negation"), cue="deny")], "2023-05-06", "contradicted",
     "open"),
    ("a forecast denied by the accused that did not come true",
     [foretold("a", 4, "ARM"), foretold("b", 5, "AZE", aux=("future", "negation"), cue="deny"),
      shelled("c", 10, "OSCE@ IGO", QUIET, aux=NOT, on=("2023-05-09", "2023-05-09"))], "2023-05-12", "not_fulfilled", "not_true"),
    ("a meeting announced by both", [visit("a", 2, "EGY", MEET), visit("b", 3, "JOR", MEET)], "2005-04-10", "planned", "open"),
    ("a meeting that was held",
     [visit("a", 2, "EGY", MEET), visit("b", 20, None, "The foreign ministers of Egypt and Jordan met in Aqaba", "CONSULT",
      deed=None)], "2005-04-21", "fulfilled", "kept"),
    ("a meeting that one called off",
     [visit("a", 2, "EGY", MEET), visit("b", 15, "JOR", "Jordan cancelled the meeting of the foreign ministers in Aqaba",
      "REJECT", deed=None, mode=("meet",))], "2005-04-21", "not_fulfilled", "called_off"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "rows", "as_of", "status", "outcome"), OTHERS, ids=[r[0] for r in OTHERS])
def test_what_became_of_a_threat_a_forecast_a_meeting(
    case: str, rows: list[Told], as_of: str, status: str, outcome: str
) -> None:
    found = main(rows, as_of)
    assert len(found.reports) == len(rows), case
    assert found.promise is not None
    assert (found.status, found.promise.outcome) == (status, outcome), case
