"""Every list comes as files that can be read back, linked on its page, safe in a spreadsheet, sent piece by piece."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as some

from brink import chronicle, coding
from brink.errors import Reason
from brink.export.cells import BEGIN, bare, row, safe
from brink.records import Decision, Marking, Rejection, Report
from brink.serve import create_app, lists, tabled
from brink.serve.filters import Filter
from brink.serve.kept import Kept
from brink.store import open_store
from brink.store.alerts import Alert
from serve_places import Server, ledger, server, started
from test_serve_kept import kept

PAGES = (
    "/", "/happenings?actor=RUS", "/reports", "/reports?outlet=Reuters", "/actors", "/actors/RUS", "/pair?a=RUS&b=UKR",
    "/promises?kind=pledge", "/sources", "/search?q=troops&status=claimed", "/health",
)  # fmt: skip
LINK = re.compile(r'<a href="([^"]+)" download>')


def _bytes(of: Server, path: str, **headers: str) -> tuple[bytes, Mapping[str, str]]:
    with urllib.request.urlopen(urllib.request.Request(of.address + path, None, headers), timeout=60) as found:
        return found.read(), found.headers


def _table(of: Server, path: str, form: str) -> list[dict[str, Any]]:
    where = path.replace(".FORM", f".{form}")
    body, headers = _bytes(of, where)
    assert headers["Content-Type"] == lists.MEDIA[form] and "attachment" in headers["Content-Disposition"]
    if form == "csv":
        return list(csv.DictReader(io.StringIO(body.decode())))
    if form == "json":
        return list(json.loads(body))
    return list(pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist())


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server whose ledger has something in every list, and a report that means harm to a spreadsheet."""
    home = tmp_path_factory.mktemp("files")
    ledger().backup(home / "rich.sqlite")
    store = open_store(str(home / "rich.sqlite"))
    text = "The Foreign Ministry said on Monday that troops will leave the border. Nobody knows how many will go."
    evil = Report("evil", text, None, "@SUM(A1)", '=HYPERLINK("http://evil.example","x")', date(2022, 2, 14))
    refused = Rejection("=1+1.html", Reason.EMPTY, "+no", None)
    list(chronicle.read_in(store, [evil, refused], coding.load_register(None)))
    store.decide(Decision("camp", "Ada", None, "-west", "ann", "2022-02-17", "=cmd|'/C calc'!A0"))
    coded, sha = store.report("u036"), store.versions("u036")[-1].text_sha
    assert coded is not None
    store.mark(Marking("u036", sha, coded.coder, "s1", "wrong", "ben", "2022-02-17T10:00:00+00:00", "@note"))
    told = {"title": "-5 men", "mark": "claimed", "rules": ["a"], "lines": ["=x"], "reports": [{"id": "u036"}]}
    store.alerts.save([(Alert("happening:1", "2022-02-17", "2022-02-17", 1, "s", json.dumps(told)), [])])
    return started(replace(server().desk, store=store))


TABLES = (
    ("/reports.FORM", "reports"), ("/stories.FORM", "stories"), ("/actors.FORM", "actors"),
    ("/actors/RUS/statements.FORM", "statements"), ("/actors/RUS/offices.FORM", "offices"),
    ("/actors/RUS/pairs.FORM", "pairs"), ("/pair/tension.FORM?a=UKR&b=RUS", "tension"),
    ("/sources/outlets.FORM", "outlets"), ("/sources/agencies.FORM", "agencies"), ("/sources/origins.FORM", "origins"),
    ("/search/reports.FORM?q=troops", "found"), ("/health/rejections.FORM", "rejections"),
    ("/health/coders.FORM", "coders"), ("/health/decisions.FORM", "decisions"),
    ("/markings.FORM", "markings"), ("/alerts.FORM", "alerts"),
)  # fmt: skip


@pytest.mark.parametrize(("path", "name"), TABLES)
def test_a_list_reads_back_the_same_from_every_form(rich: Server, path: str, name: str) -> None:
    held = _table(rich, path, "json")
    assert held and list(held[0]) == [column.name for column in tabled.columns(name)]
    read = _table(rich, path, "csv")
    assert [{key: bare(cell) for key, cell in one.items()} for one in read] == [
        {key: bare(cell) for key, cell in zip(one, row(one.values()), strict=True)} for one in held
    ]
    assert not any(cell[:1] in "=@" for one in read for cell in one.values() if cell)
    assert _table(rich, path, "parquet") == held


def test_the_lists_of_the_table_are_those_that_come_as_files() -> None:
    assert {name for _, name in TABLES} == set(tabled._lists())
    assert all(tabled.about(name) and all(c.help for c in tabled.columns(name)) for _, name in TABLES)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_links_as_a_file_is_there(rich: Server, page: str) -> None:
    links = [unescape(link) for link in LINK.findall(rich.get(page).text)]
    assert links
    for link in links:
        body, headers = _bytes(rich, link)
        form = link.partition("?")[0].rpartition(".")[2]
        assert headers["Content-Type"] == lists.MEDIA[form], link
        assert _bytes(rich, "/api/v1" + link)[0] == body


def test_files_are_in_the_document_with_their_forms() -> None:
    paths = server().get("/api/v1/openapi.json").json()["paths"]
    for path in (
        *(p.partition("?")[0].replace("/RUS/", "/{name}/") for p, _ in TABLES),
        "/happenings.FORM",
        "/pair.FORM",
    ):
        told = paths["/api/v1" + path.replace("FORM", "{form}")]["get"]
        [form] = [p["schema"]["enum"] for p in told["parameters"] if p["name"] == "form"]
        assert {"csv", "json", "parquet"} <= set(form) and "text/csv" in told["responses"]["200"]["content"]


def test_lists_of_happenings_hold_what_their_pages_show(rich: Server) -> None:
    groups = rich.get("/api/v1/promises").json()["groups"]
    rows = list(csv.DictReader(io.StringIO(rich.get("/promises.csv").text)))
    assert [r["id"] for r in rows] == [h["id"] for g in groups for h in g["items"]]
    pair = rich.get("/api/v1/pair?a=RUS&b=UKR").json()["happenings"]
    assert {h["id"] for h in rich.get("/pair.json?a=Russia&b=Ukraine").json()} == {h["id"] for h in pair}
    found = rich.get("/api/v1/search?q=troops&status=claimed").json()
    told = rich.get("/search/happenings.jsonl?q=troops&status=claimed").text.splitlines()
    assert len(told) == found["happenings_total"] > 0
    assert rich.get("/promises.csv?kind=wish").status == 400


@pytest.mark.parametrize(
    "path", ["/reports.plover", "/happenings.exe", "/actors/Nobody/statements.csv", "/nothing.csv"]
)
def test_what_is_no_list_or_form_is_not_found(path: str) -> None:
    assert server().get(path).status == server().get("/api/v1" + path).status == 404


def test_a_list_without_rows_is_an_empty_file() -> None:
    assert server().get("/happenings.json?place=Nowhere").json() == []
    assert server().get("/happenings.geojson?place=Nowhere").json() == {"type": "FeatureCollection", "features": []}
    assert server().get("/happenings.csv?place=Nowhere").text.startswith("id,first,status")
    assert server().get("/reports.json?outlet=None").json() == []
    assert server().get("/reports.csv?outlet=None").text.count("\n") == 1


@given(some.text(max_size=6, alphabet=some.sampled_from([*sorted(BEGIN), "'", "1", "5", "a", "."])))
def test_a_cell_is_safe_and_comes_back(cell: str) -> None:
    assert bare(safe(cell)) == cell
    assert safe(cell)[:1] not in BEGIN or re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", safe(cell))


def test_numbers_stay_numbers_in_a_file() -> None:
    assert row([-5, -2.5, "-5", "-5 men", "+49 1", None, True, ["a", "=b"], ["=b"]]) == [
        "-5", "-2.5", "-5", "'-5 men", "'+49 1", "", "true", "a;=b", "'=b",
    ]  # fmt: skip


async def _sent(app: Any, path: str, tag: str = "") -> list[Mapping[str, Any]]:
    bare_path, _, query = path.partition("?")
    headers = [(b"host", b"127.0.0.1")] + ([(b"if-none-match", tag.encode())] if tag else [])
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": bare_path, "raw_path": bare_path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    found: list[Mapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        found.append(message)

    await app(scope, receive, send)
    return found


@pytest.mark.parametrize("path", ["/happenings.csv", "/happenings.plover", "/happenings.geojson", "/reports.json"])
def test_a_long_list_is_sent_while_it_is_written(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "AT_ONCE", 5)
    app = create_app(kept().desk)
    found = asyncio.run(_sent(app, path))
    bodies = [one["body"] for one in found if one["type"] == "http.response.body"]
    assert len(bodies) > 3 and found[0]["status"] == 200
    assert b"".join(bodies).decode() == "".join(_pieces(path))
    [tag] = [value.decode() for name, value in found[0]["headers"] if name == b"etag"]
    again = asyncio.run(_sent(app, path, tag))
    assert again[0]["status"] == 304 and b"".join(one.get("body", b"") for one in again) == b""


def _pieces(path: str) -> Iterator[str]:
    moment = server().desk.moment()
    if path.startswith("/reports"):
        yield from (p.decode() for p in lists.table(tabled.columns("reports"), tabled.reports(moment, None), "json"))
    else:
        form = path.rpartition(".")[2]
        yield from (p.decode() for p in lists.happenings(moment, moment.chosen(Filter()), form))


def test_what_a_file_has_written_is_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "AT_ONCE", 5)
    moment = kept().desk.moment()
    assert isinstance(moment, Kept)
    held = [len(moment.book._happenings) for _ in lists.happenings(moment, moment.chosen(Filter()), "csv")]
    moment.close()
    assert held[0] > 5 and len(held) > 3 and not any(held[1:])
