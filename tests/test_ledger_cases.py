"""The table of cases of docs/design.md, section 6: every row, in the analyst's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from brink.ledger import ledger
from brink.records import Crisis, Happening
from ledger_cases import Told, coded

ALLIES = Crisis(
    "test", None, None, (("BLR", "east"), ("GBR", "west"), ("RUS", "east"), ("UKR", "west"), ("USA", "west"))
)
LEFT = "Russian tank units have left the border and withdrawn to their bases"


def _told(rows: list[Told], as_of: str | None = None, crisis: Crisis | None = ALLIES) -> tuple[Happening, ...]:
    return ledger([coded(t) for t in rows], crisis, date.fromisoformat(as_of) if as_of else None)


def _main(rows: list[Told], as_of: str | None = None, crisis: Crisis | None = ALLIES) -> Happening:
    found = _told(rows, as_of, crisis)
    return max(found, key=lambda h: (len(h.reports), h.id))


def _asserting(h: Happening) -> list[str]:
    return sorted({o.name for o in h.origins if o.stance == "asserts" and o.until is None})


def _retreat(id: str, day: str, by: str | None, text: str = LEFT, **more: object) -> Told:
    return Told(id, day, text + ".", "RETREAT", ("RUS MIL",), by=by, mode=("withdraw",), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "rows", "status", "origins"),
    [
        ("two allies both claim", [_retreat("a", "2022-02-16", "RUS"), _retreat("b", "2022-02-17", "BLR")],
         "claimed", ["BLR", "RUS"]),
        ("the opponent confirms", [_retreat("a", "2022-02-16", "RUS"), _retreat("b", "2022-02-17", "UKR")],
         "corroborated", ["RUS", "UKR"]),
        ("unnamed officials of one state to two papers",
         [_retreat("a", "2022-02-16", "US_official@USA GOV"), _retreat("b", "2022-02-17", "spy_sources@USA SPY")],
         "claimed", ["USA"]),
        ("White House and Pentagon are one origin",
         [_retreat("a", "2022-02-16", "White_House@USA GOV"), _retreat("b", "2022-02-17", "Pentagon@USA MIL")],
         "claimed", ["USA"]),
        ("thirty papers in their own voice",
         [_retreat(f"p{i:02}", "2022-02-16", None, outlet=f"P{i}") for i in range(30)],
         "claimed", ["outlets"]),
        ("a leaked memo in two papers",
         [_retreat("a", "2022-02-16", "leaked_memo@RUS"), _retreat("b", "2022-02-17", "leaked_memo@RUS")],
         "claimed", ["leaked memo"]),
    ],
)  # fmt: skip
def test_who_vouches(case: str, rows: list[Told], status: str, origins: list[str]) -> None:
    found = _main(rows)
    assert (found.status, _asserting(found)) == (status, origins), case


def test_a_reporter_who_saw_it_is_one_witness_in_thirty_papers_and_corroborates_the_ministry() -> None:
    seen = f"{LEFT}, a Halden Press reporter at the crossing saw"
    papers = [_retreat(f"p{i:02}", "2022-02-16", None, seen, outlet=f"Paper {i}") for i in range(30)]
    alone = _main(papers)
    assert [(o.name, o.kind) for o in alone.origins] == [("Halden Press", "witness")]
    assert alone.status == "claimed"
    both = _main([*papers, _retreat("z", "2022-02-17", "RUS")])
    assert (both.status, _asserting(both)) == ("corroborated", ["Halden Press", "RUS"])


def test_a_promise_kept_by_its_makers_word_alone_is_fulfilled_and_claimed_and_seen_by_nobody_contradicted() -> None:
    pledge = Told(
        "a", "2022-02-15", "Russian tank units will today begin to withdraw from the border to their bases.", "CONCEDE",
        ("RUS MIL",), by="RUS", deed=("RETREAT", "withdraw"), on=("2022-02-15", "2022-02-15"), cue="promise",
    )  # fmt: skip
    kept = _retreat("b", "2022-02-16", "RUS")
    own_word = _main([pledge, kept])
    assert (own_word.event, own_word.status, own_word.standing) == ("RETREAT", "fulfilled", "claimed")
    assert own_word.promise is not None and own_word.promise.outcome == "kept"
    assert [h.status for h in own_word.history] == ["planned", "fulfilled"]
    nobody = "NATO has seen no Russian tank units withdraw from the border to bases"
    unseen = _retreat("c", "2022-02-17", "NATO IGO", nobody, aux=("negation",))
    disputed = _main([pledge, kept, unseen])
    assert (disputed.status, disputed.contradicted_on) == ("contradicted", ("occurrence",))


def _for_another(by: str, cue: str = "promise", **more: object) -> Told:
    return Told(
        "a", "2022-02-15", "Russian tank units will withdraw from the border to their bases on 20 February.", "CONCEDE",
        ("RUS MIL",), by=by, deed=("RETREAT", "withdraw"), on=("2022-02-20", "2022-02-20"), cue=cue, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_an_allys_pledge_for_another_is_the_camps_promise_and_a_foes_is_alleged() -> None:
    allied = _main([_for_another("BLR")], "2022-02-16")
    assert allied.promise is not None
    assert (allied.status, allied.promise.kind, allied.promise.by) == ("planned", "schedule", "BLR")
    late = _main([_for_another("BLR")], "2022-02-22")
    assert (late.status, late.standing) == ("overdue", "claimed")
    kept = _main([_for_another("BLR"), _retreat("b", "2022-02-20", "RUS")])
    assert (kept.status, kept.standing) == ("fulfilled", "claimed")
    own = _main([_for_another("BLR"), replace(_for_another("RUS"), id="b", day="2022-02-16")])
    assert own.promise is not None and own.promise.by == "RUS"
    for crisis, by in ((ALLIES, "UKR"), (None, "BLR")):
        alleged = _main([_for_another(by)], "2022-02-22", crisis)
        assert alleged.promise is not None
        assert (alleged.promise.kind, alleged.promise.outcome) == ("alleged", "open")


def test_an_ally_who_says_what_another_will_do_schedules_it_and_a_foe_predicts_it() -> None:
    told = replace(_retreat("a", "2022-02-15", "BLR", aux=("future",)), on=("2022-02-20", "2022-02-20"))
    kinds = [_main([replace(told, by=by)]).promise for by in ("BLR", "UKR")]
    assert [p.kind for p in kinds if p] == ["schedule", "prediction"]


def test_the_kremlin_denies_a_plan_that_washington_alleges() -> None:
    foretold = Told("a", "2022-02-11", "Russia will invade Ukraine on Wednesday with tanks.", "ASSAULT", ("RUS",),
                    ("UKR",), by="USA", aux=("future",), cue="predict", on=("2022-02-16", "2022-02-16"))  # fmt: skip
    denied = Told("b", "2022-02-12", "Russia has no plan to invade Ukraine on Wednesday.", "ASSAULT", ("RUS",), ("UKR",),
                  by="RUS", aux=("future", "negation"), cue="deny", on=("2022-02-16", "2022-02-16"))  # fmt: skip
    found = _main([foretold, denied], "2022-02-13")
    assert found.status == "contradicted"
    assert found.promise is not None
    assert (found.promise.kind, found.promise.by) == ("prediction", "USA")


def test_an_ultimatum_passes_and_lapses() -> None:
    menace = Told("a", "2023-07-30", "ECOWAS will use force against Niger unless the president is restored by Sunday.",
                  "THREATEN", ("ECOWAS IGO",), ("NER",), by="ECOWAS IGO", deed=("ASSAULT",), mode=("violence",),
                  cue="threaten", on=("2023-07-30", "2023-08-06"))  # fmt: skip
    assert _main([menace], "2023-08-01").status == "planned"
    passed = _main([menace], "2023-08-09")
    assert passed.promise is not None
    assert (passed.status, passed.promise.outcome) == ("not_fulfilled", "lapsed")


def test_a_pledge_whose_day_is_past_is_overdue() -> None:
    pledge = Told("a", "2020-01-02", "Serbia will release ten prisoners on 5 January.", "CONCEDE", ("SRB",), by="SRB",
                  deed=("RETREAT", "release"), on=("2020-01-05", "2020-01-05"), cue="promise")  # fmt: skip
    assert [_main([pledge], day).status for day in ("2020-01-05", "2020-01-06", "2020-01-07")] == [
        "planned", "planned", "overdue",
    ]  # fmt: skip


def test_counts_stand_side_by_side_and_leave_the_occurrence_alone() -> None:
    rows = [
        _retreat("a", "2022-02-16", "RUS", count=(10000, 10000)),
        _retreat("b", "2022-02-17", "UKR", count=(3000, 3000)),
        _retreat("c", "2022-02-18", "RUS", count=(12000, 12000)),
    ]
    found = _main(rows)
    assert found.status == "corroborated"
    assert [(q.owner, q.quantity.low) for q in found.quantity] == [("RUS", 10000), ("UKR", 3000), ("RUS", 12000)]


def test_a_rejected_count_is_named_and_leaves_the_standing() -> None:
    rejected = _retreat("b", "2022-02-17", "UKR", f"{LEFT}, but the number was exaggerated, no more than a battalion",
                        cue="deny")  # fmt: skip
    found = _main([_retreat("a", "2022-02-16", "RUS", count=(10000, 10000)), rejected])
    assert "quantity" in found.contradicted_on
    assert found.standing != "contradicted"


def test_some_left_while_others_arrive_far_away_is_at_odds_and_not_contradicted() -> None:
    arrived = Told("b", "2022-02-16", "New Russian battalions arrived near Kursk with their trucks, pictures show.",
                   "MOBILIZE", ("RUS MIL",), by="Polar_Eye BUS", mode=("troops",))  # fmt: skip
    found = _told([_retreat("a", "2022-02-16", "RUS"), arrived])
    assert [(h.event, h.status) for h in found] == [("RETREAT", "claimed"), ("MOBILIZE", "claimed")]
    assert found[0].opposes == (found[1].id,) and found[1].opposes == (found[0].id,)


def test_a_correction_supersedes_the_first_version() -> None:
    text = "Rebels shot and killed the general Assi near Bouake on Sunday, an army spokesman said."
    first = Told("a", "2004-11-08", text, "ASSAULT", ("rebels@CIV REB",), ("CIV",), by="CIV MIL")
    notice = Told("b", "2004-11-09", "The Harbour Times withdraws its report that rebels shot and killed general Assi near "
                  "Bouake on Sunday, which was wrong.", "ASSAULT", ("rebels@CIV REB",), ("CIV",), aux=("negation",))  # fmt: skip
    assert _main([first]).status == "claimed"
    assert _main([first, notice]).status == "retracted"
    assert _main([first, notice], "2004-11-08").status == "claimed"


def test_an_origins_latest_stance_counts() -> None:
    denied = _retreat("a", "2022-02-15", "RUS", aux=("negation",))
    admitted = _retreat("b", "2022-02-17", "RUS")
    seen = _retreat("c", "2022-02-16", "UKR")
    found = _main([denied, seen, admitted])
    assert found.status == "corroborated"
    assert [(o.name, o.stance, o.until) for o in found.origins] == [
        ("RUS", "denies", "2022-02-17"), ("UKR", "asserts", None), ("RUS", "asserts", None),
    ]  # fmt: skip


def test_background_adds_no_origin() -> None:
    later = _retreat("b", "2022-02-20", "UKR", background=True)
    found = _main([_retreat("a", "2022-02-16", "RUS"), later])
    assert found.status == "claimed"
    assert not found.background


def test_look_alikes_of_another_place_stay_apart() -> None:
    one = Told("a", "2016-10-16", "Coalition jets bombed a rebel camp outside Sanaa on Saturday.", "ASSAULT", ("SAU MIL",),
               by="SAU MIL", mode=("aerial",), place="Sanaa", on=("2016-10-15", "2016-10-15"))  # fmt: skip
    other = Told("b", "2016-10-18", "Two people died when Saudi jets bombed a market in Saada on Monday.", "ASSAULT",
                 ("SAU MIL",), by="Houthis@YEM REB", mode=("aerial",), place="Saada", on=("2016-10-17", "2016-10-17"))  # fmt: skip
    assert len(_told([one, other], crisis=None)) == 2


def test_who_calls_a_claim_false_denies_the_act() -> None:
    false = "Russia's claim that its tank units have left the border and withdrawn to their bases is false"
    found = _main([_retreat("a", "2022-02-16", "RUS"), _retreat("b", "2022-02-17", "USA", false)])
    assert (found.status, _asserting(found)) == ("contradicted", ["RUS"])
