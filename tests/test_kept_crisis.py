"""A ledger remembers its crisis file: later commands use it, another one replaces it with a note."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from brink import chronicle
from brink.cli import commands
from brink.errors import CrisisError
from brink.records import Crisis
from brink.store import open_store
from store_places import KINDS, fresh
from store_samples import told

CAMPS = "name = 'Two sides'\n[camps]\neast = ['RUS']\nwest = ['GEO', 'UKR']\n"


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_kept_last_is_in_force_and_moves_with_the_ledger(kind: str, tmp_path: Path) -> None:
    one, two = _file(tmp_path, "one.toml", CAMPS), _file(tmp_path, "two.toml", "name = 'Three sides'\n")
    with open_store(fresh(kind, tmp_path)) as store:
        assert chronicle.remembered(store) is None
        crisis, former = chronicle.remember(store, one)
        assert (crisis.camp_of("RUS"), former) == ("east", None)
        assert chronicle.remember(store, one)[1] is None
        assert chronicle.remembered(store) == crisis
        replaced = chronicle.remember(store, two)[1]
        assert replaced is not None
        assert (replaced.name, replaced.file) == ("Two sides", "one.toml")
        assert chronicle.remembered(store) == Crisis("Three sides", None, None, ())
        store.add(told(), None)
        store.export(tmp_path / "whole.gz")
    with open_store(fresh(kind, tmp_path)) as other:
        other.import_(tmp_path / "whole.gz")
        other.import_(tmp_path / "whole.gz")
        assert chronicle.remembered(other) == Crisis("Three sides", None, None, ())
        assert chronicle.remember(other, one)[1] is not None


def test_a_faulty_file_replaces_nothing(tmp_path: Path) -> None:
    with open_store(None) as store:
        chronicle.remember(store, _file(tmp_path, "one.toml", CAMPS))
        with pytest.raises(CrisisError, match="not valid TOML"):
            chronicle.remember(store, _file(tmp_path, "two.toml", "[camps"))
        kept = store.crisis()
        assert kept is not None and kept.file == "one.toml"


SAYS = {
    "id": "a", "published": "2008-08-15", "outlet": "Harbour Times",
    "text": "Russian troops have withdrawn from the town of Poti, Russia's Defence Ministry said on Friday.",
}  # fmt: skip


def _run(*arguments: object) -> Result:
    found = CliRunner().invoke(commands, [str(a) for a in arguments])
    assert found.exit_code == 0, (found.output, found.exception)
    return found


def _camps(result: Result) -> set[str | None]:
    return {o["camp"] for line in result.stdout.splitlines() for o in json.loads(line)["origins"]}


def test_commands_without_a_file_use_the_one_that_is_kept(tmp_path: Path) -> None:
    db, reports = tmp_path / "l.sqlite", _file(tmp_path, "reports.jsonl", json.dumps(SAYS) + "\n")
    one = _file(tmp_path, "one.toml", CAMPS)
    other = _file(tmp_path, "other.toml", CAMPS.replace("east", "north").replace("Two", "Other"))
    _run("read", reports, "--db", db, "--crisis", one)
    one.unlink()
    assert _camps(_run("ledger", "--db", db)) == {"east"}
    assert "crisis: Two sides (file one.toml, " in _run("status", "--db", db).stdout
    assert json.loads(_run("status", "--db", db, "--json").stdout)["crisis"]["name"] == "Two sides"
    assert "TWO SIDES: BRIEF" in _run("brief", "--db", db).stdout
    again = _run("ledger", "--db", db, "--crisis", other)
    assert _camps(again) == {"north"}
    assert "crisis file one.toml (Two sides, " in again.stderr
    assert "is replaced by other.toml (Other sides)" in again.stderr
    assert _run("ledger", "--db", db, "--crisis", other).stderr == ""
    assert _camps(_run("ledger", "--db", db)) == {"north"}


def test_a_brief_of_a_ledger_that_remembers_none_asks_for_one(tmp_path: Path) -> None:
    db, reports = tmp_path / "l.sqlite", _file(tmp_path, "reports.jsonl", json.dumps(SAYS) + "\n")
    _run("read", reports, "--db", db)
    assert json.loads(_run("status", "--db", db, "--json").stdout)["crisis"] is None
    found = CliRunner().invoke(commands, ["brief", "--db", str(db)])
    assert found.exit_code != 0
    assert "remembers no crisis file" in str(found.exception) + found.output
