"""Commands on a ledger, as a user types them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from brink.cli import commands

SAYS = "Russian troops have withdrawn from the town of Poti, Russia's Defence Ministry said on Friday."
SEES = "Russia has withdrawn its soldiers from Poti, Georgia's Interior Ministry said on Saturday."
REPORTS = [
    {"id": "a", "published": "2008-08-15", "outlet": "Harbour Times", "text": SAYS},
    {"id": "b", "published": "2008-08-16", "outlet": "Volta Gazette", "text": SEES},
    {"id": "c", "published": "2008-08-16", "outlet": "Volta Gazette", "text": ""},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = "".join(json.dumps(r) + "\n" for r in REPORTS)
    (tmp_path / "reports.jsonl").write_text(lines, "utf-8")
    (tmp_path / "README.md").write_text("not a report")
    return tmp_path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments])


def test_ledger_writes_happenings_from_a_folder(folder: Path) -> None:
    found = _run("ledger", folder)
    assert found.exit_code == 0, found.output
    records = [json.loads(line) for line in found.stdout.splitlines()]
    main = max(records, key=lambda r: len(r["reports"]))
    assert main["event"] == "RETREAT"
    assert sorted(o["name"] for o in main["origins"]) == ["GEO", "RUS"]
    assert main["status"] == "corroborated"
    assert "1 input(s) rejected, 2 read." in found.stderr


def test_ledger_lists_stories(folder: Path) -> None:
    found = _run("ledger", folder, "--stories")
    assert [sorted(json.loads(line)["reports"]) for line in found.stdout.splitlines()] == [["a", "b"]]


def test_ledger_as_of_a_day_before_the_second_report(folder: Path) -> None:
    rows = list(csv.DictReader(_run("ledger", folder, "--as-of", "2008-08-15", "--format", "csv").stdout.splitlines()))
    assert {r["asserting"] for r in rows} == {"RUS"}
    assert {r["status"] for r in rows} == {"claimed"}


def test_a_kept_ledger_is_read_once_and_explained(folder: Path) -> None:
    db = folder / "crisis.sqlite"
    first, again = _run("read", folder, "--db", db), _run("read", folder, "--db", db)
    assert first.stdout.startswith("2 new, 1 rejected; ")
    assert again.stdout.startswith("2 same, 1 rejected; ")
    ids = [json.loads(line)["id"] for line in _run("ledger", "--db", db).stdout.splitlines()]
    told = _run("why", ids[0][:8], "--db", db)
    assert told.exit_code == 0, told.output
    assert "RUS (state, camp RUS) says so" in told.stdout
    assert SAYS in told.stdout


def test_decisions_by_hand_show_in_the_ledger(folder: Path) -> None:
    db = folder / "crisis.sqlite"
    _run("read", folder, "--db", db)
    name = json.loads(_run("ledger", "--db", db).stdout.splitlines()[0])["id"]
    kept = _run("decide", "status", name, "contradicted", "--user", "ann", "--reason", "seen otherwise", "--db", db)
    assert kept.exit_code == 0, kept.output
    record = json.loads(_run("ledger", "--db", db).stdout.splitlines()[0])
    assert record["status"] == "contradicted"
    assert record["by_hand"][0].startswith("status by ann")


def test_a_ledger_moves_as_one_file_and_forgets(folder: Path) -> None:
    db, other, whole = folder / "a.sqlite", folder / "b.sqlite", folder / "whole.gz"
    _run("read", folder, "--db", db)
    assert _run("export", whole, "--db", db).exit_code == 0
    assert _run("import", whole, "--db", other).exit_code == 0
    same = [_run("ledger", "--db", place).stdout for place in (db, other)]
    assert same[0] == same[1] != ""
    assert _run("backup", folder / "copy.sqlite", "--db", db).exit_code == 0
    assert _run("register", folder / "offices.csv", "--db", db).exit_code == 0
    assert "report(s) lost" in _run("retain", "Volta Gazette", "spans", "--db", db).stdout
    assert "0 report(s) lost their text." in _run("forget", "https://example.org/x", "--yes", "--db", db).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ledger"], "No report could be read"),
        (["ledger", "missing.txt"], "No report could be read"),
        (["ledger", "{folder}", "--as-of", "yesterday"], "no day of the form"),
        (["ledger", "{folder}", "--crisis", "{folder}/none.toml"], "cannot be read"),
        (["why", "abc", "{folder}"], "There is no happening 'abc'"),
        (["read", "{folder}", "--db", "{folder}"], ""),
    ],
)
def test_bad_input_gets_one_sentence(arguments: list[str], says: str, folder: Path) -> None:
    found = _run(*(a.format(folder=folder) for a in arguments))
    assert found.exit_code != 0
    assert says in str(found.exception) + found.output
