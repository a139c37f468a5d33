"""Who may do what: tokens, signing in, decisions by hand."""

from __future__ import annotations

import http.client
import stat
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

import brink
from brink.errors import ApiError, UsageError
from brink.ledger import load_crisis
from brink.serve import Desk, Door, Tokens, serve
from brink.serve.door import PER_MINUTE, TRIES
from brink.store import open_store
from serve_places import AS_OF, SAMPLE, Server, ledger, server, started


@pytest.fixture
def guarded(tmp_path: Path) -> tuple[Server, Tokens]:
    """A server of a copy of the ledger that asks for tokens."""
    ledger().backup(tmp_path / "copy.sqlite")
    desk = Desk(open_store(str(tmp_path / "copy.sqlite")), load_crisis(SAMPLE / "crisis.toml"), AS_OF)
    tokens = Tokens(tmp_path / "tokens.json")
    return started(desk, Door(tokens)), tokens


def asked(one: Server, method: str, path: str, **form: str) -> http.client.HTTPResponse:
    """A browser's request without following a redirect."""
    line = http.client.HTTPConnection(one.address.removeprefix("http://"), timeout=30)
    cookie, origin = form.pop("cookie", ""), form.pop("origin", "")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    line.request(method, path, urlencode(form) or None, headers | ({"Origin": origin} if origin else {}))
    return line.getresponse()


def test_tokens_are_hashed_at_rest_and_worth_nothing_once_revoked(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path / "tokens.json")
    secret = tokens.add("ada", "write")
    held = tokens.holder(secret)
    assert (
        held and held.may_write and secret not in tokens.path.read_text() and secret[6:] not in tokens.path.read_text()
    )
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
    assert tokens.holder(secret + "x") is None and tokens.holder("") is None
    with pytest.raises(UsageError, match="already"):
        tokens.add("ada", "read")
    tokens.revoke("ada")
    assert tokens.holder(secret) is None
    with pytest.raises(UsageError, match="holds no token"):
        tokens.revoke("ada")


def test_a_host_that_others_reach_is_not_served_without_a_token(tmp_path: Path) -> None:
    for tokens in (None, Tokens(tmp_path / "none.json")):
        with pytest.raises(UsageError, match="brink token add"):
            serve(server().desk, "0.0.0.0", 0, print, tokens)


def test_only_who_holds_a_token_reads(guarded: tuple[Server, Tokens]) -> None:
    one, tokens = guarded
    secret = tokens.add("reader", "read")
    refused = one.get("/api/v1/crisis")
    assert refused.status == 401 and refused.json()["error"]["code"] == "no_token"
    gone = asked(one, "GET", "/happenings")
    assert gone.status == 303 and gone.headers["Location"] == "/sign-in"
    assert one.get("/static/brink.css").status == 200 and "Ukraine" not in one.get("/sign-in").text
    client = brink.Client(one.address, token=secret)
    assert client.crisis()["as_of"] == AS_OF.isoformat()
    with pytest.raises(ApiError) as told:
        brink.Client(one.address, token="wrong").crisis()
    assert told.value.status == 401
    tokens.revoke("reader")
    with pytest.raises(ApiError):
        client.health()


def test_a_browser_signs_in_and_out(guarded: tuple[Server, Tokens]) -> None:
    one, tokens = guarded
    secret = tokens.add("reader", "read")
    assert asked(one, "POST", "/sign-in", token="wrong").status == 403
    inside = asked(one, "POST", "/sign-in", token=secret)
    given = inside.headers["Set-Cookie"]
    assert inside.status == 303 and all(x in given for x in ("Secure", "HttpOnly", "SameSite=strict", "__Host-"))
    cookie = given.partition(";")[0]
    assert secret not in given and asked(one, "GET", "/happenings", cookie=cookie).status == 200
    assert asked(one, "POST", "/sign-out", cookie=cookie, origin="http://evil.example").status == 403
    assert asked(one, "POST", "/sign-out", cookie=cookie, origin=one.address).status == 303
    assert asked(one, "GET", "/happenings", cookie=cookie).status == 303
    for _ in range(TRIES):
        last = asked(one, "POST", "/sign-in", token="wrong").status
    assert last == 429 and asked(one, "POST", "/sign-in", token=secret).status == 429


def test_a_token_may_be_used_so_often(guarded: tuple[Server, Tokens]) -> None:
    one, tokens = guarded
    secret = tokens.add("busy", "read")
    door = Door(tokens)
    assert [door.requests.full("busy", PER_MINUTE) for _ in range(PER_MINUTE + 1)][-2:] == [False, True]
    assert one.get("/about", Authorization=f"Bearer {secret}").status == 200


def test_a_decision_by_hand_needs_the_role_and_shows_beside_the_happening(guarded: tuple[Server, Tokens]) -> None:
    one, tokens = guarded
    reads, writes = tokens.add("reader", "read"), tokens.add("ada", "write")
    client = brink.Client(one.address, token=writes)
    row = next(client.happenings(status="claimed"))
    sent = {"what": "status", "subject": row["id"], "value": "retracted", "reason": "the outlet took it back"}
    with pytest.raises(ApiError) as told:
        brink.Client(one.address, token=reads).decide(**sent)
    assert told.value.status == 403
    assert client.decide(**sent)["user"] == "ada"
    found = client.happening(row["id"])
    assert found["status"] == "retracted" and "by ada" in found["by_hand"][0]
    with pytest.raises(ApiError, match="status is one of"):
        client.decide(**sent | {"value": "true"})


def test_the_form_keeps_a_decision_and_other_sites_cannot_send_it(guarded: tuple[Server, Tokens]) -> None:
    one, _ = guarded
    free = started(replace(one.desk))
    row = free.get("/api/v1/happenings?limit=1&status=claimed").json()["items"][0]
    form = {"what": "status", "value": "contradicted", "user": "ben", "reason": "seen"}
    path = f"/happenings/{row['id']}/decide"
    assert asked(free, "POST", path, origin="http://evil.example", **form).status == 403
    assert asked(free, "POST", path, origin=free.address, **form | {"reason": ""}).status == 400
    kept = asked(free, "POST", path, origin=free.address, **form)
    assert kept.status == 303 and kept.headers["Location"] == f"/happenings/{row['id']}"
    assert "status by ben" in free.get(kept.headers["Location"]).text
