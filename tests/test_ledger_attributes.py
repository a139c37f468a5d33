"""Fresh small cases of what a denial bears on, in the analyst's words: whether, who, where, when, how many, how far.

Each row is a claim and what others answer, as a careful reader would code them, and what docs/design.md, section 6,
makes of it. A report may carry two events of one sentence: what its speaker grants, and what he denies.
"""

from __future__ import annotations

from datetime import date

import pytest

from brink.ledger import ledger
from brink.records import Crisis, Happening
from ledger_cases import Told, coded

NOT = ("negation",)
CAMPS = Crisis("test", None, None, (("BGD", "dhaka"), ("KEN", "west"), ("MMR", "naypyidaw"), ("UGA", "west")))
Row = Told | tuple[Told, Told]


def main(rows: list[Row]) -> Happening:
    """The happening that most of the reports tell of."""
    found = ledger([coded(r) if isinstance(r, Told) else coded(*r) for r in rows], CAMPS, date(2018, 12, 31))
    return max(found, key=lambda h: (len(h.reports), h.id))


def fire(id: str, by: str | None, text: str = "", **more: object) -> Told:
    """Myanmar's troops fire mortars at Tombru, a village in Bangladesh, on Monday 5 March."""
    told = text or "Myanmar soldiers fired mortars at the village of Tombru on Monday"
    given = {"actor": ("MMR MIL",), "place": "Tombru", "on": ("2018-03-05", "2018-03-05")} | more
    day = f"2018-03-{6 + 'abcdef'.index(id[0]):02}"
    return Told(
        id, day, f"{told}.", "ASSAULT", recipient=("villagers@BGD CVL",), by=by, mode=("heavy-weapons",), **given
    )  # type: ignore[arg-type]


def leave(id: str, by: str | None, text: str = "", **more: object) -> Told:
    """Kenya's troops leave Afmadow, a town in Somalia, on Monday 7 May."""
    told = text or "Kenyan troops have left the town of Afmadow"
    given = {"actor": ("KEN MIL",), "place": "Afmadow", "on": ("2018-05-07", "2018-05-07")} | more
    day = f"2018-05-{8 + 'abcdef'.index(id[0]):02}"
    return Told(id, day, f"{told}.", "RETREAT", by=by, mode=("withdraw",), **given)  # type: ignore[arg-type]


def seize(id: str, by: str | None, text: str = "", **more: object) -> Told:
    """The police of Kenya hold a reporter in Lamu on Friday 1 June."""
    told = text or "Kenyan police arrested the reporter Amina Noor in Lamu on Friday"
    given = {"actor": ("KEN COP",), "place": "Lamu", "on": ("2018-06-01", "2018-06-01")} | more
    day = f"2018-06-{2 + 'abcdef'.index(id[0]):02}"
    return Told(id, day, f"{told}.", "COERCE", recipient=("Amina_Noor@KEN MED",), by=by, mode=("arrest",), **given)  # type: ignore[arg-type]


FIRED = [
    ("the accused denies it",
     [fire("a", "BGD"), fire("b", "MMR", "Our soldiers did not fire mortars at Tombru", aux=NOT, cue="deny")],
     "contradicted", ("actor",)),
    ("the accused had no soldier near",
     [fire("a", "BGD"), fire("b", "MMR", "No soldier of Myanmar was near Tombru on Monday", aux=NOT, cue="deny")],
     "contradicted", ("actor",)),
    ("the accused calls it a lie",
     [fire("a", "BGD"), fire("b", "MMR", "The report that Myanmar soldiers fired mortars at Tombru is a lie", aux=NOT,
      cue="deny")], "contradicted", ("actor",)),
    ("the accused names another",
     [fire("a", "BGD"), fire("b", "MMR", "Rebels of the Arakan Army fired the mortars at Tombru on Monday",
      actor=("Arakan_Army@MMR REB",))], "contradicted", ("actor",)),
    ("the accused denies it and names another",
     [fire("a", "BGD"), (fire("b", "MMR", "Not our soldiers but the Arakan Army fired the mortars at Tombru", aux=NOT,
      cue="deny"), fire("b", "MMR", "Not our soldiers but the Arakan Army fired the mortars at Tombru",
      actor=("Arakan_Army@MMR REB",)))], "contradicted", ("actor",)),
    ("a third party lays it to another",
     [fire("a", "BGD"), fire("b", "Border_Watch@ NGO", "Rebels of the Arakan Army, not soldiers, fired mortars at the village of "
      "Tombru on Monday", actor=("Arakan_Army@MMR REB",))], "contradicted", ("actor",)),
    ("a third party clears the accused",
     [fire("a", "BGD"), fire("b", "UN@ IGO", "The mortars fired at the village of Tombru on Monday were not those of Myanmar",
      aux=NOT)], "contradicted", ("actor",)),
    ("a third party heard nothing",
     [fire("a", "BGD"), fire("b", "UN@ IGO", "UN observers in Tombru heard no mortars on Monday", aux=NOT)],
     "contradicted", ("occurrence",)),
    ("a third party found no trace",
     [fire("a", "BGD"), fire("b", "UN@ IGO", "UN observers found no sign of mortars fired at the village of Tombru", aux=NOT)],
     "contradicted", ("occurrence",)),
    ("the mayor of the place says nothing happened",
     [fire("a", "Border_Watch@ NGO"), fire("b", "BGD", "No mortar was fired at the village of Tombru on Monday", aux=NOT)],
     "contradicted", ("occurrence",)),
    ("it was elsewhere, in two events",
     [fire("a", "BGD"), (fire("b", "MMR", "Our soldiers fired mortars at Kha Maung Seik and not at Tombru", place="Kha Maung Seik"),
      fire("b", "MMR", "Our soldiers fired mortars at Kha Maung Seik and not at Tombru", aux=NOT))], "contradicted", ("place",)),
    ("it was elsewhere, in one event",
     [fire("a", "BGD"), fire("b", "MMR", "Our soldiers fired mortars on Monday, but in Kha Maung Seik and not in Tombru", aux=NOT)],
     "contradicted", ("place",)),
    ("it was on another day, in two events",
     [fire("a", "BGD"), (fire("b", "UN@ IGO", "The mortars were fired at Tombru on Saturday and not on Monday",
      on=("2018-03-03", "2018-03-03")), fire("b", "UN@ IGO", "The mortars were fired at Tombru on Saturday and not on Monday",
      aux=NOT))], "contradicted", ("time",)),
    ("it was on another day, in one event",
     [fire("a", "BGD"), fire("b", "UN@ IGO", "The mortars were not fired at Tombru on Monday but two days earlier", aux=NOT)],
     "contradicted", ("time",)),
    ("the count is called too high",
     [fire("a", "BGD", count=(40, 40)), fire("b", "MMR", "Our soldiers fired mortars at the village of Tombru on Monday, but the "
      "figure of 40 is far too high", count=(5, 5))], "corroborated", ("quantity",)),
    ("no more than a few",
     [fire("a", "BGD", count=(40, 40)), fire("b", "MMR", "Our soldiers fired no more than five mortars at the village of Tombru",
      count=(None, 5))], "corroborated", ("quantity",)),
    ("not so many, says an ally of the accuser",
     [fire("a", "KEN", count=(40, 40)), fire("b", "UGA", "Myanmar soldiers fired mortars at the village of Tombru on Monday, but "
      "not 40", count=(None, 39))], "claimed", ("quantity",)),
    ("rival counts alone",
     [fire("a", "BGD", count=(40, 40)), fire("b", "UN@ IGO", count=(12, 12))], "corroborated", ()),
    ("a count revised by its owner",
     [fire("a", "BGD", count=(40, 40)), fire("b", "BGD", "Myanmar soldiers fired mortars at the village of Tombru on Monday, and the "
      "number is now put at 25", count=(25, 25))], "claimed", ()),
    ("a count revised downwards by its owner",
     [fire("a", "BGD", count=(40, 40)), fire("b", "BGD", "Myanmar soldiers fired no more than 25 mortars at the village of Tombru, "
      "the ministry said, lowering its figure", count=(25, 25))], "claimed", ()),
    ("who counts the wounded names nobody",
     [fire("a", "BGD"), fire("b", "doctor_Rafiq_Alam@BGD MED", "Three villagers of Tombru were wounded by mortars on Monday",
      actor=(), count=(3, 3))], "corroborated", ()),
    ("the accused cannot say whose it was",
     [fire("a", "BGD"), fire("b", "MMR", "Mortars fell on the village of Tombru on Monday, and it is not known who fired",
      actor=(), certainty="certain")], "corroborated", ()),
]  # fmt: skip

LEFT = [
    ("one post was not left",
     [leave("a", "KEN"), leave("b", "SOM", "Kenyan troops have left only one of their two posts in Afmadow")],
     "contradicted", ("extent",)),
    ("most are still there",
     [leave("a", "KEN"), leave("b", "SOM", "Most of the Kenyan troops are still in the town of Afmadow", aux=NOT)],
     "contradicted", ("extent",)),
    ("not all of them have gone",
     [leave("a", "KEN"), leave("b", "SOM", "Not all Kenyan troops have left the town of Afmadow", aux=NOT)],
     "contradicted", ("extent",)),
    ("half of them stayed",
     [leave("a", "KEN"), leave("b", "SOM", "Kenyan troops have left the town of Afmadow, but half of them stayed behind")],
     "contradicted", ("extent",)),
    ("none has gone",
     [leave("a", "KEN"), leave("b", "SOM", "None of the Kenyan troops has left the town of Afmadow", aux=NOT)],
     "contradicted", ("occurrence",)),
    ("an ally and a foe deny it",
     [leave("a", "KEN"), leave("b", "SOM", "Kenyan troops have not left the town of Afmadow", aux=NOT),
      leave("c", "UGA", "Kenyan troops have not left the town of Afmadow", aux=NOT)], "contradicted", ("occurrence",)),
    ("who is said to have left denies it",
     [leave("a", "SOM"), leave("b", "KEN", "Our troops have not left the town of Afmadow", aux=NOT, cue="deny")],
     "contradicted", ("occurrence",)),
    ("they left a day later",
     [leave("a", "KEN"), leave("b", "SOM", "Kenyan troops left the town of Afmadow on Tuesday, not on Monday", aux=NOT)],
     "contradicted", ("time",)),
    ("they left another town",
     [leave("a", "KEN"), leave("b", "SOM", "It was in Kolbio and not in Afmadow that Kenyan troops left the town", aux=NOT)],
     "contradicted", ("place",)),
    ("a foe grants it", [leave("a", "KEN"), leave("b", "SOM")], "corroborated", ()),
    ("others came instead",
     [leave("a", "KEN"), leave("b", "SOM", "The Kenyan troops who left the town of Afmadow have been replaced by others")],
     "corroborated", ()),
]  # fmt: skip

SEIZED = [
    ("the police deny it",
     [seize("a", "Press_League@ NGO"), seize("b", "KEN", "Kenyan police did not arrest the reporter Amina Noor in Lamu", aux=NOT,
      cue="deny")], "contradicted", ("actor",)),
    ("the police say that others took her",
     [seize("a", "Press_League@ NGO"), seize("b", "KEN", "Robbers seized the reporter Amina Noor in Lamu on Friday",
      actor=("robbers@KEN CRM",))], "contradicted", ("actor",)),
    ("the police confirm it", [seize("a", "Press_League@ NGO"), seize("b", "KEN")], "corroborated", ()),
    ("it was in another town",
     [seize("a", "Press_League@ NGO"), seize("b", "KEN", "Kenyan police arrested the reporter Amina Noor on Friday, not in Lamu "
      "but in Malindi", place="Malindi", aux=NOT)], "contradicted", ("place",)),
    ("a colleague saw her free",
     [seize("a", "Press_League@ NGO"), seize("b", "teacher_Ali_Juma@KEN CVL", "The reporter Amina Noor was not arrested in Lamu on "
      "Friday", aux=NOT)], "contradicted", ("occurrence",)),
    ("who and where are both denied",
     [seize("a", "Press_League@ NGO"), seize("b", "KEN", "Kenyan police had no part in the arrest of Amina Noor", aux=NOT),
      seize("c", "teacher_Ali_Juma@KEN CVL", "Amina Noor was arrested in Malindi and not in Lamu", aux=NOT)],
     "contradicted", ("actor", "place")),
]  # fmt: skip

CASES = [*FIRED, *LEFT, *SEIZED]


@pytest.mark.parametrize(("case", "rows", "status", "on"), CASES, ids=[row[0] for row in CASES])
def test_what_is_denied(case: str, rows: list[Row], status: str, on: tuple[str, ...]) -> None:
    found = main(rows)
    assert len(found.reports) == len(rows), case
    assert (found.status, found.contradicted_on) == (status, on), case
