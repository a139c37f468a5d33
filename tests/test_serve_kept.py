"""A large ledger's pages, read from tables, show what the same ledger's pages show when it is held in memory."""

from __future__ import annotations

import functools
import json
import tempfile
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brink.chronicle import Chronicle
from brink.records import Decision
from brink.serve import tensions
from brink.serve.keeper import Keeper
from brink.store import book_lists, open_store
from serve_places import AS_OF, Server, ledger, server, started

PATHS = (
    "/crisis?", "/crisis?since=2022-02-15&until=2022-02-16", "/crisis?status=claimed", "/crisis?quad=verbal_conflict",
    "/map?", "/map?since=2022-02-14", "/happenings?limit=200", "/happenings?limit=200&actor=Russia",
    "/happenings?limit=200&status=contradicted&event=RETREAT", "/happenings?limit=200&event=RETREAT&actor=RUS",
    "/happenings?limit=200&quad=verbal_conflict&actor=USA&status=claimed", "/happenings?actor=RUS&place=Kyiv",
    "/happenings?event=ACCUSE&actor=RUS&since=2022-02-15&until=2022-02-16",
    "/search?q=Russia&event=RETREAT&since=2022-02-16",
    "/happenings?since=2022-02-15&until=2022-02-15",
    "/happenings?since=2021-01-01&actor=RUS", "/happenings?limit=200&place=Kyiv", "/ledger?limit=200",
    "/reports?limit=200", "/reports/u035?", "/actors?", "/actors/RUS?", "/actors/Lavrov?", "/actors/GBR?",
    "/pair?a=RUS&b=UKR", "/pair?a=RUS&b=GBR&since=2022-02-15", "/promises?", "/promises?kind=pledge", "/sources?",
    "/search?q=Russia", "/search?q=troops&status=claimed", "/search?q=withdrawal&actor=RUS",
    "/search?q=nothingofthesort", "/health?", "/settings?", "/stories?",
)  # fmt: skip
PAGES = (
    "/", "/happenings", "/sources", "/promises", "/actors/RUS", "/pair?a=RUS&b=UKR", "/feed.atom", "/happenings.csv",
    "/happenings.plover", "/happenings.geojson", "/search?q=troops", "/promises.jsonl", "/promises.csv?kind=pledge",
    "/pair.csv?a=RUS&b=UKR", "/reports.csv", "/reports.json?outlet=Reuters", "/happenings.json",
    "/actors/RUS/statements.csv", "/actors/RUS/offices.csv", "/actors/RUS/pairs.json", "/search/reports.csv?q=troops",
    "/search/happenings.polecat?q=troops",
    "/sources/outlets.csv", "/sources/agencies.json", "/sources/origins.csv", "/stories.csv", "/actors.csv",
)  # fmt: skip


@functools.cache
def kept() -> Server:
    """A copy of the shared ledger, laid into tables by a chronicle, and a desk that holds nothing in memory."""
    home = Path(tempfile.mkdtemp(prefix="brink-kept-"))
    ledger().backup(home / "kept.sqlite")
    store = open_store(str(home / "kept.sqlite"))
    shared = server().desk
    Chronicle(store, shared.crisis).settle(AS_OF, keep=False, pages=True)
    return started(replace(shared, store=store, whole=0))


def _said(of: Server, path: str) -> Any:
    """What a page's twin says but for the sign of the state it was read from; numbers to the ninth digit."""
    answer = of.get(f"/api/v1{path}")
    assert answer.status == 200, answer.text
    found = json.loads(answer.text, parse_float=lambda told: round(float(told), 9))
    if isinstance(found, dict) and found.pop("revision", None):
        found["counts"].pop("happenings")  # in memory it counts what a watch kept, and none kept any here
    return found


@pytest.mark.parametrize("then", ["", "&as_of=2022-02-15"])
@pytest.mark.parametrize("path", PATHS)
def test_tables_tell_what_a_ledger_in_memory_tells(path: str, then: str) -> None:
    assert server().desk.moment() is not kept().desk.moment()
    if then and path.startswith(("/actors/Lavrov", "/reports/u035")):
        pytest.skip("not told of by then")
    assert _said(kept(), path + then) == _said(server(), path + then)


@pytest.mark.parametrize("path", PAGES)
def test_pages_from_tables_are_the_same_pages(path: str) -> None:
    found, wanted = kept().get(path), server().get(path)
    assert found.status == 200 and found.text.replace(kept().address, "") == wanted.text.replace(server().address, "")


def test_a_list_from_tables_walked_by_cursor_gives_everything_once() -> None:
    for path, key in (
        ("/happenings?limit=7", "id"),
        ("/reports?limit=7", "id"),
        ("/happenings?limit=3&actor=RUS", "id"),
    ):
        seen: list[str] = []
        cursor = ""
        while cursor is not None:
            page = kept().get(f"/api/v1{path}&cursor={cursor}").json()
            seen += [one[key] for one in page["items"]]
            cursor = page["next"]
        assert len(seen) == len(set(seen)) == page["total"] > 7


def test_a_brief_from_tables_is_a_brief_of_the_period() -> None:
    found = kept().get("/brief.md")
    assert found.status == 200 and "What changed" in found.text and "Rests on" in found.text


def test_a_ledger_without_tables_is_laid_beside_the_pages_and_decisions_reach_them(tmp_path: Path) -> None:
    ledger().backup(tmp_path / "new.sqlite")
    with open_store(str(tmp_path / "new.sqlite")) as store:
        free = started(replace(server().desk, store=store, whole=0, keeper=Keeper(patience=0.0)))
        assert free.get("/").status == 503
        _laid(free)
        rows = free.get("/api/v1/happenings?limit=200").json()["items"]
        assert [r["id"] for r in rows] == [
            r["id"] for r in server().get("/api/v1/happenings?limit=200").json()["items"]
        ]
        store.decide(Decision("status", rows[0]["id"], None, "retracted", "ann", "2022-02-17", "seen by hand"))
        free.get("/health")
        _laid(free)
        assert free.get(f"/api/v1/happenings/{rows[0]['id']}").json()["status"] == "retracted"


def _laid(of: Server) -> None:
    """Wait for the keeper's thread."""
    for thread in [t for t in threading.enumerate() if t.name == "brink-keeper"]:
        thread.join(60)
    assert of.desk.moment(date(2022, 2, 15)).revision


def test_a_narrowed_list_is_counted_so_far_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_lists, "COUNTED", 3)
    path = "/api/v1/happenings?actor=RUS&since=2022-02-14"
    wanted, found = server().get(path).json(), kept().get(path).json()
    assert wanted["total"] > 3 and not wanted["at_least"]
    assert (found["total"], found["at_least"]) == (3, True) and found["items"] == wanted["items"]
    assert "At least 3 happenings" in kept().get("/happenings?actor=RUS&since=2022-02-14").text
    alone = kept().get("/api/v1/happenings?actor=RUS").json()
    assert (alone["total"], alone["at_least"]) == (server().get("/api/v1/happenings?actor=RUS").json()["total"], False)


def test_a_course_over_years_is_the_same_course_by_week(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensions, "YEAR", 0)
    path = "/pair?a=RUS&b=UKR"
    for found, wanted in zip(_said(kept(), path)["bands"], _said(server(), path)["bands"], strict=True):
        known = {p["day"]: (p["lower"], p["upper"]) for p in wanted["points"]}
        last = date.fromisoformat(wanted["points"][-1]["day"])
        assert [p["day"] for p in found["points"]] == [
            day for day in known if (last - date.fromisoformat(day)).days % 7 == 0
        ]
        assert all((p["lower"], p["upper"]) == pytest.approx(known[p["day"]]) for p in found["points"])
