"""Codings marked right or wrong: by form and API, who may, what is kept, and what comes out as training data."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import brink
from brink.cli import commands
from brink.errors import ApiError
from brink.ledger import load_crisis
from brink.serve import Desk, Door, Tokens
from brink.store import open_store
from serve_places import AS_OF, HOSTILE, SAMPLE, Server, ledger, started
from test_serve_door import asked


@pytest.fixture
def guarded(tmp_path: Path) -> tuple[Server, Tokens]:
    """A server of a copy of the ledger that asks for tokens."""
    ledger().backup(tmp_path / "copy.sqlite")
    desk = Desk(open_store(str(tmp_path / "copy.sqlite")), load_crisis(SAMPLE / "crisis.toml"), AS_OF)
    tokens = Tokens(tmp_path / "tokens.json")
    return started(desk, Door(tokens)), tokens


def test_a_marking_needs_the_role_and_comes_out_as_training_data(
    guarded: tuple[Server, Tokens], tmp_path: Path
) -> None:
    one, tokens = guarded
    reads, writes = tokens.add("reader", "read"), tokens.add("ada", "write")
    client = brink.Client(one.address, token=writes)
    with pytest.raises(ApiError) as told:
        brink.Client(one.address, token=reads).mark("u036", "e1", "wrong")
    assert told.value.status == 403
    with pytest.raises(ApiError) as told:
        client.mark("u036", "e99", "wrong")
    assert told.value.status == 404
    assert client.mark("u036", "e1", "wrong", "a plan, no deed", user="somebody else")["user"] == "ada"
    client.mark("u036", "s1", "wrong")
    client.mark("u036", "s1", "right")
    shown = client.report("u036")["markings"]
    assert [m["verdict"] for m in shown["s1"]] == ["right"] and shown["e1"][0]["note"] == "a plan, no deed"
    lines = list(brink.Client(one.address, token=reads).markings())
    assert {(x["kind"], x["id"], x["verdict"], x["user"]) for x in lines} == {
        ("event", "e1", "wrong", "ada"), ("statement", "s1", "right", "ada"),
    }  # fmt: skip
    for line in lines:
        text, held = line["report"]["text"], line["sentence"]
        assert line["id"] in held["codings"]
        assert text[held["start"] : held["end"]] == held["text"] and line["at"].endswith("+00:00")
    out = tmp_path / "marked.jsonl"
    path = str(one.desk.store._database.address.path)
    done = CliRunner().invoke(commands, ["markings", str(out), "--db", path])
    assert done.exit_code == 0, done.output
    assert sorted(map(json.dumps, lines)) == sorted(json.dumps(json.loads(x)) for x in out.read_text().splitlines())
    client.mark("u036", "e1", "none")
    assert "e1" not in client.report("u036")["markings"]


def test_the_form_keeps_a_marking_and_other_sites_cannot_send_it(guarded: tuple[Server, Tokens]) -> None:
    one, _ = guarded
    free = started(replace(one.desk))
    form = {"mark": "e1:wrong", "user": "ben", "note": "<b>no</b>"}
    path = "/reports/u036/mark"
    assert asked(free, "POST", path, origin="http://evil.example", **form).status == 403
    assert asked(free, "POST", path, origin=free.address, **form | {"user": " "}).status == 400
    assert asked(free, "POST", path, origin=free.address, **form | {"mark": "e1:true"}).status == 400
    assert asked(free, "POST", path + "?as_of=2022-02-16", origin=free.address, **form).status == 400
    kept = asked(free, "POST", path, origin=free.address, **form)
    assert kept.status == 303 and kept.headers["Location"] == "/reports/u036#e1"
    page = free.get("/reports/u036").text
    assert "Marked wrong</b> by ben" in page and "&lt;b&gt;no" in page
    assert 'id="marking"' in page and 'id="marking"' not in free.get("/reports/u036?as_of=2022-02-16").text


def test_markings_travel_with_a_ledger_and_outlast_a_new_coding(guarded: tuple[Server, Tokens], tmp_path: Path) -> None:
    store = guarded[0].desk.store
    free = started(replace(guarded[0].desk))
    brink.Client(free.address).mark("u036", "e1", "right", user="ben")
    coded = store.report("u036")
    assert coded
    store.add(replace(coded, coder="brink 9 model ffff", events=()), None)
    assert brink.Client(free.address).report("u036")["markings"] == {}
    [(marking, held)] = store.marked()
    assert marking.verdict == "right" and held.events and held.coder == marking.coder != "brink 9 model ffff"
    store.export(tmp_path / "whole.gz")
    with open_store(str(tmp_path / "other.sqlite")) as other:
        for _ in range(2):
            other.import_(tmp_path / "whole.gz")
        assert [m for m, _ in other.marked()] == [marking]
        assert HOSTILE.id in {c.report.id for c in other.coded()}
