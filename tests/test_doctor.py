"""`brink doctor`: what it looks at, and what it says to do where something is wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from brink import pipeline
from brink.cli import commands
from brink.cli import doctor as doctor_module
from brink.store import Polled, open_store
from store_samples import told


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A ledger with one feed that was just read."""
    address, now = str(tmp_path / "ledger.sqlite"), datetime.now(UTC).isoformat(timespec="seconds")
    with open_store(address) as store:
        (key,) = store.feeds.enter({"http://post.example/feed": None})
        store.feeds.polled(key, Polled(None), now, 0.0, 0.0)
    return address


def examined(*arguments: str, code: int) -> dict[str, tuple[bool, str]]:
    done = CliRunner().invoke(commands, ["doctor", "--json", *arguments])
    assert done.exit_code == code, done.output
    return {one["name"]: (one["well"], one["text"]) for one in json.loads(done.stdout)}


def test_all_is_well(db: str) -> None:
    found = examined("--db", db, code=0)
    assert {"installation", "settings", "model", "clock", "alerts", "database", "feeds"} <= found.keys()
    assert all(well for well, _ in found.values())
    words = CliRunner().invoke(commands, ["doctor", "--db", db]).stdout
    assert words.count("well    ") == len(found) and "TROUBLE" not in words


def test_a_mistyped_ledger_is_told_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "typo.sqlite"
    well, text = examined("--db", str(path), code=1)["database"]
    assert not well and str(path) in text and not path.exists()


def test_a_new_installation_has_no_ledger_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    well, text = examined(code=0)["database"]
    assert well and "none yet" in text and not list(tmp_path.iterdir())


def test_a_feed_in_trouble_and_one_that_nobody_reads(db: str) -> None:
    old = (datetime.now(UTC) - timedelta(days=3)).isoformat(timespec="seconds")
    with open_store(db) as store:
        dead, idle = store.feeds.enter({"http://dead.example/f": None, "http://idle.example/f": None})
        store.feeds.failed(dead, "dead.example answered 500.", old, 0.0)
        store.feeds.polled(idle, Polled(None), old, 0.0, 0.0)
    done = CliRunner().invoke(commands, ["doctor", "--db", db])
    lines = [line for line in done.stdout.splitlines() if line.startswith("TROUBLE")]
    assert done.exit_code == 1 and len(lines) == 2
    assert "answered 500" in lines[0] and "correct it in your list" in lines[0]
    assert "is `brink watch` running?" in lines[1]


def test_settings_that_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRINK_ALERT", "x")
    well, text = examined(code=1)["settings"]
    assert not well and "did you mean 'alerts'" in text


def test_rules_that_name_a_secret_that_is_not_set(db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(
        "[[rule]]\nname='a'\non='happening'\n[[way]]\nname='h'\nkind='webhook'\nurl='http://x.example/'\n"
        "secret_env='HOOK_SECRET'\n"
    )
    monkeypatch.setenv("BRINK_ALERTS", str(rules))
    well, text = examined("--db", db, code=1)["alerts"]
    assert not well and "$HOOK_SECRET" in text
    monkeypatch.setenv("HOOK_SECRET", "s")
    assert examined("--db", db, code=0)["alerts"][0]


def test_the_clock(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()
    with open_store(db) as store:
        store.add(told("r1", day=ahead), None)
    well, text = examined("--db", db, code=1)["newest report"]
    assert not well and ahead in text
    monkeypatch.setattr(doctor_module, "YOUNGEST", datetime.now(UTC) + timedelta(days=1))
    well, text = examined("--db", db, code=1)["clock"]
    assert not well and "set its clock" in text


def test_a_model_that_sees_nothing(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.annotate_one
    monkeypatch.setattr(pipeline, "annotate_one", lambda report, register: real(
        type(report)(report.id, "No."), register))  # fmt: skip
    well, text = examined("--db", db, code=1)["model"]
    assert not well and "install Brink anew" in text
