"""Crises added on the settings page and over the API: kept, seen, chosen, removed; who may; what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import brink
from brink.chronicle import camps_of
from brink.errors import ApiError
from brink.ledger import load_crisis
from brink.serve import Desk, Door, Tokens
from brink.serve.crises import MOST
from brink.store import OfferedCrisis, open_store
from serve_places import AS_OF, SAMPLE, Server, ledger, started
from store_places import KINDS, fresh
from store_samples import told
from test_serve_door import asked

FILE = "name = 'Two <b>sides</b>'\nsince = 2022-02-15\n[camps]\neast = ['RUS']\nwest = ['UKR', 'USA']\n"
KEY = "two-b-sides-b"


@pytest.fixture
def free(tmp_path: Path) -> Server:
    """A server of a copy of the ledger that lets everybody write."""
    ledger().backup(tmp_path / "copy.sqlite")
    return started(Desk(open_store(str(tmp_path / "copy.sqlite")), load_crisis(SAMPLE / "crisis.toml"), AS_OF))


def test_a_crisis_is_added_seen_chosen_and_removed_by_form(free: Server) -> None:
    before = free.get("/api/v1/crisis").json()
    kept = asked(free, "POST", "/settings/crises", origin=free.address, text=FILE, user="ann")
    assert kept.status == 303 and kept.headers["Location"] == "/settings#crises"
    page = free.get("/settings").text
    assert "Two &lt;b&gt;sides&lt;/b&gt;" in page and "added by ann" in page and "<b>sides" not in page
    assert "west = [&#39;UKR&#39;, &#39;USA&#39;]" in page
    found = free.get(f"/api/v1/crisis?crisis={KEY}").json()
    assert found["name"] == "Two <b>sides</b>" and found["totals"]["first"] == "2022-02-15"
    assert free.get("/api/v1/crisis").json() == before
    assert f"/settings/crises/{KEY}/remove" in page
    assert asked(free, "POST", f"/settings/crises/{KEY}/remove", origin=free.address).status == 303
    assert free.get(f"/api/v1/crisis?crisis={KEY}").status == 400
    assert "Two &lt;b&gt;" not in free.get("/settings").text


def test_the_api_and_the_client_do_the_same(free: Server) -> None:
    client = brink.Client(free.address)
    assert client.add_crisis(FILE, user="ann")["key"] == KEY
    first, second = client.crises()
    assert not first["added"] and first["text"] is None
    assert (second["key"], second["added"], second["user"], second["text"]) == (KEY, True, "ann", FILE)
    assert second["camps"] == {"east": ["RUS"], "west": ["UKR", "USA"]} and second["since"] == "2022-02-15"
    assert b"\n" in client.file("/reports", "csv") and client.file("/reports", "json", outlet="None") == b"[]\n"
    with pytest.raises(ApiError):
        client.file("/reports", "plover")
    assert client.remove_crisis(KEY) == {"key": KEY}
    with pytest.raises(ApiError) as gone:
        client.remove_crisis(KEY)
    assert gone.value.status == 404
    with pytest.raises(ApiError, match="started with this crisis"):
        client.remove_crisis(first["key"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = 'x", "not valid TOML"), ("since = 2022-01-01", "needs a 'name'"),
        ("name = 'x'\nodd = 1", "unknown key 'odd'; known are actors, camps, name,"),
        ("name = 'x'\n[camps]\na = ['RUS']\nb = ['RUS']", "stands in two camps"),
        (FILE, "named 'two-b-sides-b' already"),
        ("name = 'Ukraine 2022 (reconstruction)'", "was started with a crisis named"),
    ],
)  # fmt: skip
def test_what_is_no_crisis_or_there_already_is_refused_in_a_sentence(free: Server, text: str, said: str) -> None:
    client = brink.Client(free.address)
    client.add_crisis(FILE, user="ann")
    with pytest.raises(ApiError, match=said) as refused:
        client.add_crisis(text, user="ann")
    assert refused.value.status == 400 and len(list(client.crises())) == 2


def test_there_is_a_most_and_somebody_must_say_so(free: Server) -> None:
    client = brink.Client(free.address)
    with pytest.raises(ApiError, match="who adds it"):
        client.add_crisis(FILE)
    for number in range(MOST):
        client.add_crisis(f"name = 'c {number}'", user="ann")
    with pytest.raises(ApiError, match="remove one of them first"):
        client.add_crisis(FILE, user="ann")


def test_a_token_that_only_reads_changes_nothing(free: Server, tmp_path: Path) -> None:
    tokens = Tokens(tmp_path / "tokens.json")
    reads, writes = tokens.add("reader", "read"), tokens.add("ada", "write")
    one = started(replace(free.desk), Door(tokens))
    assert brink.Client(one.address, token=writes).add_crisis(FILE, user="somebody else")["user"] == "ada"
    reader = brink.Client(one.address, token=reads)
    assert [c["key"] for c in reader.crises()][1:] == [KEY]
    for change in (lambda: reader.add_crisis("name = 'x'"), lambda: reader.remove_crisis(KEY)):
        with pytest.raises(ApiError) as refused:
            change()
        assert refused.value.status == 403
    assert asked(one, "POST", "/settings/crises", origin="http://evil.example", text=FILE).status == 403


def test_a_crisis_that_goes_takes_its_tables_along_but_not_anothers(free: Server) -> None:
    desk = free.desk
    large = started(replace(desk, whole=0))
    client = brink.Client(large.address)
    client.add_crisis(FILE, user="ann")
    camps = camps_of(desk.crises[KEY])
    desk.store.begin_laying(camps)
    client.add_crisis(FILE.replace("Two", "Same two"), user="ann")
    client.remove_crisis(KEY)
    assert desk.store.laying(camps) is not None
    client.remove_crisis("same-" + KEY)
    assert desk.store.laying(camps) is None


@pytest.mark.parametrize("kind", KINDS)
def test_added_crises_move_with_the_ledger(kind: str, tmp_path: Path) -> None:
    one = OfferedCrisis("x", FILE, "ann", "2022-02-17T10:00:00+00:00")
    with open_store(fresh(kind, tmp_path)) as store:
        store.add(told(), None)
        assert store.offer(one) and not store.offer(one)
        store.export(tmp_path / "whole.gz")
    with open_store(fresh(kind, tmp_path)) as other:
        other.import_(tmp_path / "whole.gz")
        other.import_(tmp_path / "whole.gz")
        assert other.offered() == (one,) and other.withdraw("x") and not other.withdraw("x")
