"""The ledger as a whole: order, as-of, decisions by hand, copies, output."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from brink.errors import CrisisError, UsageError
from brink.export.happenings import COLUMNS, to_record, write
from brink.ledger import ledger, load_crisis, why
from brink.ledger.copies import is_copy
from brink.ledger.decisions import check
from brink.records import CodedReport, Decision, Happening
from brink.tension import bands
from brink.text import layout
from ledger_cases import Told, coded

ACTS = [
    ("RETREAT", "withdraw"),
    ("MOBILIZE", "troops"),
    ("ASSAULT", "aerial"),
    ("CONSULT", "visit"),
    ("REQUEST", "change"),
]
SIDES = ["RUS", "UKR", "USA", "Taliban@AFG REB", "NATO IGO"]
WORDS = ["troops left the border town", "tanks reached the bridge", "jets bombed the market", "ministers met in Geneva"]


@st.composite
def tellings(draw: st.DrawFn) -> Told:
    number = draw(st.integers(0, 10**6))
    event, mode = draw(st.sampled_from(ACTS))
    day = f"2022-02-{draw(st.integers(1, 28)):02}"
    text = f"{draw(st.sampled_from(WORDS))} near {draw(st.sampled_from(['Poti', 'Osh', 'Kyiv']))} on {number % 3}."
    return Told(
        f"r{number}", day, text.capitalize(), event, (draw(st.sampled_from(SIDES)),),
        tuple(draw(st.lists(st.sampled_from(SIDES), max_size=1))), by=draw(st.sampled_from([None, *SIDES])), mode=(mode,),
        aux=draw(st.sampled_from([(), ("negation",), ("future",)])),
    )  # fmt: skip


@given(st.lists(tellings(), max_size=12, unique_by=lambda t: t.id), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_order_gives_the_same_happenings_and_bands(told: list[Told], rng: random.Random) -> None:
    reports = [coded(t) for t in told]
    once = ledger(reports)
    rng.shuffle(reports)
    again = ledger(reports)
    assert once == again
    assert bands(once) == bands(again)
    assert sorted(e for h in once for e in h.reports) == sorted(t.id for t in told)


@given(st.lists(tellings(), min_size=1, max_size=8, unique_by=lambda t: t.id))
@settings(max_examples=30, deadline=None)
def test_a_day_of_the_past_knows_nothing_of_later_reports(told: list[Told]) -> None:
    day = date(2022, 2, 14)
    early = [coded(t) for t in told if date.fromisoformat(t.day) <= day]
    assert ledger([coded(t) for t in told], None, day) == ledger(early, None, day)


LEFT = Told("a", "2022-02-16", "Russian tanks left the border.", "RETREAT", ("RUS MIL",), by="RUS", mode=("withdraw",))
BOMBED = Told("b", "2022-02-20", "Jets bombed a market in Osh.", "ASSAULT", ("UKR MIL",), by="UKR", mode=("aerial",))


def _decision(what: str, subject: str, object: str | None = None, value: str | None = None) -> Decision:
    return Decision(what, subject, object, value, "ann", "2022-03-01", "read both")


def _ids(found: tuple[Happening, ...]) -> list[str]:
    return [h.id for h in found]


def test_merge_split_camp_and_status_by_hand_survive_and_can_be_left_out() -> None:
    reports = [coded(LEFT), coded(BOMBED)]
    first, second = _ids(ledger(reports))
    merged = ledger(reports, by_hand=[_decision("merge", first, second)])
    assert [h.reports for h in merged] == [("a", "b")]
    assert merged[0].by_hand == ("merge by ann, 2022-03-01: read both",)
    undone = ledger(reports, by_hand=[_decision("merge", first, second), _decision("split", first, "b/e1")])
    assert _ids(undone) == [first, second]
    moved = ledger(reports, by_hand=[_decision("move", "b/e1", first)])
    assert [h.reports for h in moved] == [("a", "b")]
    overruled = ledger(reports, by_hand=[_decision("status", first, None, "contradicted")])
    assert [h.status for h in overruled] == ["contradicted", "claimed"]
    camped = ledger(reports, by_hand=[_decision("camp", "RUS", None, "east")])
    assert camped[0].origins[0].camp == "east"
    assert ledger(reports) == ledger(reports, by_hand=[_decision("merge", "gone", "too")])


@pytest.mark.parametrize(
    "decision",
    [_decision("wish", "x", "y"), _decision("merge", "x"), _decision("status", "x"), Decision("camp", "x", None, "y", "", "", "")],
)  # fmt: skip
def test_a_decision_that_says_too_little_is_refused(decision: Decision) -> None:
    with pytest.raises(UsageError):
        check(decision)


def _laid_out(told: Told) -> CodedReport:
    report = coded(told)
    return replace(report, layout=layout(report.report))


def test_copies_are_known_also_cut_or_under_another_headline() -> None:
    long = (
        "Units of the southern district have completed their tasks and will begin moving back to their garrisons. "
        "The ministry did not say how many soldiers were involved in the move. Residents of the border town saw nothing."
    )
    texts = {
        "a": long,
        "b": "MORE WIRES: " + long,
        "c": long.split(". ")[0] + ".",
        "d": "The parliament in Oslo voted on a fishing bill after a long night of talks between the parties.",
    }
    assert [is_copy(long, texts[k]) and is_copy(texts[k], long) for k in "abcd"] == [True, True, True, False]
    assert not is_copy("", "")


def test_a_notice_takes_back_the_telling_and_its_copies_not_what_lies_long_before() -> None:
    left = "Russian tanks left the border town near Poti on Monday."
    told = [
        Told("old", "2021-11-02", left.replace("Monday", "Friday"), "RETREAT", ("RUS MIL",), mode=("withdraw",)),
        Told("a", "2022-02-16", left, "RETREAT", ("RUS MIL",), mode=("withdraw",)),
        Told("copy", "2022-02-16", left, "RETREAT", ("RUS MIL",), mode=("withdraw",), outlet="Elsewhere"),
        Told("n", "2022-02-18", f"We withdraw our report that {left}", "REQUEST", ("USA",)),
    ]
    found = {h.reports: h.status for h in ledger([_laid_out(t) for t in told])}
    assert found == {("old",): "claimed", ("a", "copy"): "retracted", ("n",): "retracted"}


def test_why_names_the_rule_the_origins_and_their_sentences() -> None:
    other = Told("c", "2022-02-17", "Russian tanks left the border.", "RETREAT", ("RUS MIL",), by="UKR", mode=("withdraw",),
                 relay=("Halden Press",))  # fmt: skip
    found = ledger([coded(LEFT), coded(other)])
    lines = list(why(found[0], {"a": LEFT.text}))
    assert lines[0].endswith("corroborated (corroborated; done)")
    assert "two camps" in lines[1] and "RUS (camp RUS), UKR (camp UKR)" in lines[1]
    assert "    [a] Russian tanks left the border." in lines
    assert "    [c, through Halden Press] (text not kept)" in lines


SCHEMA = Draft202012Validator(json.loads((Path(__file__).parents[1] / "docs/ledger.schema.json").read_text("utf-8")))


@given(st.lists(tellings(), max_size=10, unique_by=lambda t: t.id))
@settings(max_examples=30, deadline=None)
def test_every_happening_keeps_the_contract(told: list[Told]) -> None:
    for happening in ledger([coded(t) for t in told]):
        record = to_record(happening)
        assert [e.message for e in SCHEMA.iter_errors(json.loads(json.dumps(record)))] == []
        assert list(record) == list(SCHEMA.schema["properties"])


def test_the_outputs_hold_every_happening() -> None:
    found = ledger([coded(LEFT), coded(BOMBED)])
    lines, table = io.StringIO(), io.StringIO()
    assert write(found, "json", lines) == write(found, "csv", table) == 2
    records = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [r["origins"][0]["tellings"][0]["report"] for r in records] == ["a", "b"]
    rows = list(csv.DictReader(io.StringIO(table.getvalue())))
    assert tuple(rows[0]) == COLUMNS
    assert [r["event"] for r in rows] == ["RETREAT", "ASSAULT"]
    with pytest.raises(UsageError, match="json or csv"):
        write(found, "xml", lines)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[camps\n", "not valid TOML"),
        ("colour = 'red'\n", "unknown key 'colour'"),
        ("[camps]\neast = ['RUS']\nwest = ['RUS']\n", "two camps"),
        ("[camps]\neast = 'RUS'\n", "list of texts"),
        ("since = 'yesterday'\n", "must be a date"),
    ],
)
def test_a_faulty_crisis_file_gets_one_sentence(text: str, says: str, tmp_path: object) -> None:
    path = tmp_path / "c.toml"  # type: ignore[operator]
    path.write_text(text)
    with pytest.raises(CrisisError, match=says):
        load_crisis(path)
    with pytest.raises(CrisisError, match="cannot be read"):
        load_crisis(tmp_path / "none.toml")  # type: ignore[operator]
