"""Own event types: examples in, a fitted head out, its events beside PLOVER's, nothing changed without it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from brink import coding, export, ledger, model, pipeline
from brink.cli import commands
from brink.errors import TypesError
from brink.export.records import dumps, loads, to_record
from brink.model import own
from brink.model.own.regression import chance, fitted
from brink.model.own.spans import counted, runs
from brink.model.session import load_session
from brink.records import CodedReport, Event, Report

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "examples" / "own-type"
SCHEMA = json.loads((ROOT / "docs" / "schema.json").read_text("utf-8"))
REPORT = Report("r1", (PLACE / "report.txt").read_text("utf-8"), published=date(2024, 5, 11))

NAVAL = """
mode = "naval-blockade"
of = "COERCE"
examples = [
  "Saudi warships {blockaded} the port of Hodeidah on Sunday.",
  "Israel's navy {sealed off} Gaza's harbour and turned back two ships.",
  "The coalition {blocked} all ships bound for Benghazi.",
  "Turkish frigates {prevented} tankers from leaving the bay.",
  "The Iranian navy {closed} the strait to American vessels on Monday.",
  "Russia {barred} Ukrainian grain ships from the Sea of Azov.",
  "Chinese coast guard cutters {blocked} Philippine supply boats near the shoal.",
  "Gunboats {seized} a cargo vessel and shut the channel to all shipping.",
  "Eritrea's navy {cut off} the port of Assab for a week.",
  "The fleet {imposed a blockade} on the island's harbours.",
]
counter_examples = [
  "Police sealed off the square in the centre of Minsk on Sunday.",
  "The government closed the border crossing to lorries.",
  "Soldiers seized the radio station and two newspapers.",
  "Police arrested forty protesters in Tunis.",
]
"""


def run(*arguments: str, **variables: str) -> Result:
    return CliRunner().invoke(commands, arguments, env=variables, catch_exceptions=True)


def code(report: Report = REPORT) -> CodedReport:
    return pipeline.annotate_one(report, coding.load_register(None))


@pytest.fixture(autouse=True)
def _no_types_are_left_in_use() -> Iterator[None]:
    yield
    model.use_types(())


@pytest.fixture(scope="module")
def fit(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The worked example fitted by its command: the file, and what the command said."""
    path = tmp_path_factory.mktemp("own") / "aid-looting.json"
    done = run("types", "fit", str(PLACE / "aid-looting.toml"), "--out", str(path))
    assert done.exit_code == 0, done.output
    return path, done.output


def test_the_worked_example_says_its_figure_and_what_it_rests_on(fit: tuple[Path, str]) -> None:
    path, said = fit
    figures = own.load(path, model.version()).figures
    assert f"F1 {figures.counts.f1:.2f}" in said and "5-fold cross-validation by example" in said
    assert "32 examples and 16 counter-examples" in said
    assert figures.counts.f1 >= 0.5 and len(figures.alarms) <= figures.background * 0.06


def test_the_worked_example_finds_sentences_it_was_not_fitted_on(fit: tuple[Path, str]) -> None:
    done = run("types", "check", str(fit[0]), str(PLACE / "held-out.toml"))
    assert done.exit_code == 0 and "The type AID_LOOTING: precision" in done.output
    counts = own.check(own.load(fit[0], model.version()), own.read_examples(PLACE / "held-out.toml"), load_session())
    assert counts.f1 >= 0.6 and counts.hits + counts.missed == 14


def test_events_of_an_own_type_come_with_parties_place_and_nothing_of_plovers(fit: tuple[Path, str]) -> None:
    done = run("code", str(PLACE / "report.txt"), "--published", "2024-05-11", "--types", str(fit[0]))
    record = json.loads(done.output)
    Draft202012Validator(SCHEMA).validate(record)
    found = [e for e in record["events"] if e["event"] == "AID_LOOTING"]
    first = found[0]
    assert first["trigger"]["text"].startswith("looted") and first["actor"][0]["text"] == "Gunmen"
    assert first["place"]["country"] == "SDN" and first["statement"] is not None
    assert {(e["cameo"], e["score"], e["quad"], e["deed"]) for e in found} == {(None, None, None, None)}
    assert loads(done.output.strip()).events[0].quad in (None, "material_conflict")


def test_own_types_change_nothing_for_plovers_events(fit: tuple[Path, str]) -> None:
    before = code()
    model.use_types([fit[0]])
    coded = code()
    model.use_types(())
    assert dumps(code()) == dumps(before) and " types " not in before.coder
    assert coded.coder == f"{before.coder} types {coded.coder[-8:]}" and len(coded.events) > len(before.events)
    assert [e.id for e in coded.events] == [f"e{n}" for n in range(1, len(coded.events) + 1)]
    plovers = [replace(e, id="") for e in coded.events if e.event != "AID_LOOTING"]
    assert plovers == [replace(e, id="") for e in before.events]
    assert coded.statements == before.statements


def test_the_setting_names_types_too(fit: tuple[Path, str]) -> None:
    done = run("code", str(PLACE / "report.txt"), BRINK_TYPES=f" {fit[0]} ,")
    assert {"AID_LOOTING"} <= {e["event"] for e in json.loads(done.output)["events"]}


@pytest.mark.parametrize("form", ["plover", "polecat", "gdelt", "acled"])
def test_formats_of_plover_leave_own_types_out_and_count_them(fit: tuple[Path, str], form: str) -> None:
    model.use_types([fit[0]])
    coded, out = code(), io.StringIO()
    number = sum(e.event == "AID_LOOTING" for e in coded.events)
    summary = export.write([coded], form, out, include_modal=True)
    assert "AID_LOOTING" not in out.getvalue() and summary.own == number > 0
    assert f"{number} event(s) left out of {form}: of own types" in " ".join(summary.notes())


@pytest.mark.parametrize("form", ["records", "csv", "geojson"])
def test_other_formats_keep_them(fit: tuple[Path, str], form: str) -> None:
    model.use_types([fit[0]])
    out = io.StringIO()
    assert export.write([code()], form, out, include_modal=False).own == 0
    assert "AID_LOOTING" in out.getvalue()


def test_the_ledger_passes_own_types_over(fit: tuple[Path, str]) -> None:
    before = code()
    model.use_types([fit[0]])
    kinds = [(h.event, h.mode, h.status) for h in ledger.ledger([code()])]
    assert kinds == [(h.event, h.mode, h.status) for h in ledger.ledger([before])]


def test_a_type_fitted_to_another_model_is_refused_in_one_sentence(fit: tuple[Path, str], tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    record = json.loads(fit[0].read_text("utf-8")) | {"model": "0000beef"}
    other.write_text(json.dumps(record), "utf-8")
    done = run("code", str(PLACE / "report.txt"), "--types", str(other))
    assert isinstance(done.exception, TypesError)
    assert "was fitted to the model 0000beef" in str(done.exception) and "brink types fit" in str(done.exception)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"brink_type": 9}', '{"brink_type": 1, "name": "X"}'])
def test_what_is_no_own_type_is_one_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    with pytest.raises(TypesError, match=r"x\.json"):
        own.load(path, model.version())


def test_a_type_named_twice_is_refused(fit: tuple[Path, str]) -> None:
    with pytest.raises(TypesError, match="second time"):
        model.use_types([fit[0], fit[0]])


def test_a_mode_of_a_plover_type_is_added_to_its_events(tmp_path: Path) -> None:
    source, path = tmp_path / "naval.toml", tmp_path / "naval.json"
    source.write_text(NAVAL, "utf-8")
    fitted_mode = own.fit(own.read_examples(source), load_session())
    # Ten examples are few: what is tested is that the mode reaches the events of its type, whatever the threshold.
    own.save(replace(fitted_mode, threshold=0.05), path)
    text = "Saudi warships imposed a blockade on the port of Hodeidah on Sunday. Rebels killed five soldiers near Taiz."
    before = code(Report("m", text))
    model.use_types([path])
    after = code(Report("m", text))
    coerced = [e for e in after.events if e.event == "COERCE"]
    assert coerced and all(e.mode[-1] == "naval-blockade" for e in coerced)
    assert [_without(e) for e in after.events] == list(before.events)
    Draft202012Validator(SCHEMA).validate(to_record(after))
    out = io.StringIO()
    summary = export.write([after], "plover", out, include_modal=True)
    assert (summary.own, summary.own_modes) == (0, len(coerced)) and "naval-blockade" not in out.getvalue()
    assert [h.mode for h in ledger.ledger([after])] == [h.mode for h in ledger.ledger([before])]


def _without(event: Event) -> Event:
    return replace(event, mode=tuple(m for m in event.mode if m != "naval-blockade"))


LINES = "\n".join(f'"Gunmen {{looted}} depot {n}.",' for n in range(10))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'type = "ASSAULT"\nexamples = [{LINES}]', "is a type of PLOVER's"),
        (f'type = "FIGHT"\nexamples = [{LINES}]', "is a type of PLOVER's"),
        (f'type = "looting"\nexamples = [{LINES}]', "is no name of a type"),
        (f'mode = "x"\nexamples = [{LINES}]', "needs either"),
        (f'type = "X"\nof = "COERCE"\nmode = "y"\nexamples = [{LINES}]', "needs either"),
        (f'mode = "arrest"\nof = "COERCE"\nexamples = [{LINES}]', "gives COERCE the mode"),
        (f'mode = "X"\nof = "COERCE"\nexamples = [{LINES}]', "is no name of a mode"),
        (f'mode = "x"\nof = "LOOT"\nexamples = [{LINES}]', "is none"),
        (f'type = "X"\nexample = [{LINES}]', "the key 'example'"),
        ('type = "X"\nexamples = ["Gunmen {looted} it."]', "has 1 example"),
        ('type = "X"\nexamples = ["Gunmen looted it."]', "marks no"),
        ('type = "X"\nexamples = ["Gunmen {looted it."]', "a brace stands alone"),
        (f'type = "X"\nexamples = [{LINES} "Gunmen {{looted}} depot 3."]', "holds a sentence twice"),
        (f'type = "X"\nexamples = [{LINES}]\ncounter_examples = ["They {{ate}}."]', "make it an example"),
        ('type = "X"\nexamples = "Gunmen"', "must be a list of texts"),
        ("type = ", "cannot be read"),
    ],
)  # fmt: skip
def test_examples_that_contradict_the_form_are_one_sentence(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(TypesError, match=says):
        own.read_examples(path)


def test_marks_point_to_their_words(tmp_path: Path) -> None:
    given_lines = own.read_examples(PLACE / "aid-looting.toml")
    assert {x.text[a:b] for x in given_lines.examples for a, b in x.marks} >= {"looted", "made off with", "theft"}
    assert not any("{" in x.text for x in given_lines.examples)


@pytest.mark.parametrize(
    ("chances", "opens", "found"),
    [
        ([0.1, 0.9, 0.1], [1, 0, 0], [(1, 1)]),
        ([0.1, 0.9, 0.3, 0.1], [1, 0, 0, 0], [(1, 2)]),
        ([0.3, 0.4, 0.3], [1, 0, 0], []),
        ([0.9, 0.9], [1, 1], [(0, 0), (1, 1)]),
        ([0.2, 0.9, 0.2, 0.9], [1, 0, 0, 0], [(1, 1), (3, 3)]),
        ([], [], []),
    ],
)
def test_runs(chances: list[float], opens: list[int], found: list[tuple[int, int]]) -> None:
    assert runs(np.array(chances), 0.5, [bool(x) for x in opens]) == found


def test_a_mark_met_twice_is_one_hit() -> None:
    counts = counted([(1, 1), (3, 3), (9, 9)], [(1, 4), (6, 7)])
    assert (counts.hits, counts.false, counts.missed) == (1, 1, 1)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_the_regression_separates_what_can_be_separated(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(80, 4))
    answers = (rows[:, 0] > 0).astype(np.float64)
    rows[:, 0] += np.where(answers > 0, 3.0, -3.0)
    weights, bias = fitted(rows, answers, ridge=1.0)
    assert ((chance(rows @ weights + bias) > 0.5) == (answers > 0)).all()


def test_a_denied_act_of_an_own_type_carries_the_denial(fit: tuple[Path, str], tmp_path: Path) -> None:
    # The threshold is lowered: tested is that an own event gets the modality of its words, not that it is found.
    path = tmp_path / "low.json"
    own.save(replace(own.load(fit[0], model.version()), threshold=0.05), path)
    model.use_types([path])
    found = [e for e in code(Report("d", (PLACE / "report.txt").read_text("utf-8"))).events if e.event == "AID_LOOTING"]
    assert any("negation" in e.auxiliary for e in found) and not all("negation" in e.auxiliary for e in found)
