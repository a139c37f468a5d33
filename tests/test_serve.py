"""The pages over HTTP: each has its JSON twin, asks nobody else for anything, and trusts no report."""

from __future__ import annotations

import csv
import html
import http.client
import io
import json
import re
import subprocess
import sys
import urllib.request
from dataclasses import replace
from importlib import resources
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pyarrow.parquet
import pytest

from brink.errors import UsageError
from brink.records import Crisis, Place
from brink.serve import Desk, is_loopback
from brink.serve.views.map import areas, point_of, shade_of
from brink.settings import in_force
from serve_places import AS_OF, EVIL, HOSTILE, ROOT, SAMPLE, ledger, server, started

PAGES = (
    "/", "/happenings", "/reports", "/reports/u035", "/actors", "/actors/RUS", "/pair?a=RUS&b=UKR", "/promises",
    "/sources", "/search?q=withdrawal", "/health", "/settings", "/about", "/?since=2022-02-15&until=2022-02-16",
)  # fmt: skip


def first_happening(**asked: str) -> dict[str, object]:
    query = "&".join(f"{k}={v}" for k, v in asked.items())
    return server().get(f"/api/v1/happenings?limit=1&{query}").json()["items"][0]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_the_crisis_and_its_twin_and_asks_nobody_else(path: str) -> None:
    found = server().get(path)
    assert found.status == 200 and "Ukraine 2022 (reconstruction)" in found.text
    for address in re.findall(r'(?:src|href|action)="([^"]*)"', found.text):
        assert address.startswith(("/", "#")), address
    assert "style=" not in found.text and "<style" not in found.text and not re.search(r"\son\w+=", found.text)
    twin = re.search(r'type="application/json" href="([^"]+)"', found.text)
    if path != "/about":
        assert twin and server().get(twin[1].replace("&amp;", "&")).json()


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/v1/health", "/static/brink.css"])
def test_every_answer_bears_the_security_headers(path: str) -> None:
    headers = server().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"


def test_the_crisis_page_tells_tension_and_what_changed_in_a_period() -> None:
    found = server().get("/api/v1/crisis?since=2022-02-15&until=2022-02-16").json()
    assert (found["since"], found["until"], found["as_of"]) == ("2022-02-15", "2022-02-16", "2022-02-17")
    assert found["changed"] and found["tension"]["courses"]
    page = server().get("/?since=2022-02-15&until=2022-02-16").text
    assert page.count('<svg class="tension"') == 2 and 'class="window"' in page
    retreat = [r for r in found["changed"] if r["event"] == "RETREAT"]
    assert retreat and f'/happenings/{retreat[0]["id"]}"' in page


def test_a_happening_shows_each_telling_with_its_quote_and_relay() -> None:
    one = first_happening(event="RETREAT", actor="RUS", status="contradicted")
    found = server().get(f"/api/v1/happenings/{one['id']}").json()
    tellings = [t for o in found["origins"] for t in o["tellings"]]
    assert tellings and all(t["outlet"] and t["published"] for t in tellings)
    for telling in tellings:
        text = ledger().report(telling["report"]).report.text  # type: ignore[union-attr]
        told = "".join(telling["quote"][part] for part in ("head", "trigger", "tail"))
        assert " ".join(told.split()) in " ".join(text.split())
    page = server().get(f"/happenings/{one['id']}").text
    assert "Who says so" in page and "What would change it" in page and "PLOVER RETREAT" in page


def test_a_report_is_marked_and_its_pieces_make_its_text() -> None:
    found = server().get("/api/v1/reports/u036").json()
    joined = " ".join("".join(piece["text"] for piece in held) for held in found["text"])
    assert joined.split() == found["record"]["report"]["text"].split()
    page = server().get("/reports/u036").text
    for one in (*found["events"], *found["statements"]):
        assert f'id="{one["id"]}"' in page and f'href="#{one["id"]}"' in page


def test_a_hostile_report_is_plain_text() -> None:
    address = quote(HOSTILE.id, safe="")
    page = server().get(f"/reports/{address}")
    assert page.status == 200
    assert "<script>document" not in page.text and "<img" not in page.text and "<h1>Title" not in page.text
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page.text) and "\u202e" not in page.text
    assert "&lt;script&gt;" in page.text and "&amp;lt;b" in page.text
    assert server().get(f"/api/v1/reports/{address}").json()["record"]["report"]["text"] == EVIL
    for path in ("/reports", "/search?q=onerror", "/sources", "/feed.atom", "/?since=2022-02-14"):
        assert "<i>Outlet" not in server().get(path).text


def test_replay_knows_only_what_was_published_by_then() -> None:
    then = server().get("/api/v1/crisis?as_of=2022-02-15").json()
    assert then["totals"]["last"] == "2022-02-15" and then["totals"]["reports"] < 15
    assert server().get("/reports/u050").status == 200
    assert server().get("/reports/u050?as_of=2022-02-15").status == 404
    assert not server().get("/api/v1/search?q=kindergarten&as_of=2022-02-15").json()["reports"]
    page = server().get("/?as_of=2022-02-15").text
    assert "Replay." in page
    inner = re.findall(r'<a [^>]*href="(/happenings[^"]*)"', page)
    assert inner and all("as_of=2022-02-15" in a for a in inner)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/happenings/nothing", 404, "not_found"),
        ("/api/v1/nothing", 404, "not_found"),
        ("/api/v1/happenings?as_of=2022-02-30", 422, "invalid"),
        ("/api/v1/happenings?limit=0", 422, "invalid"),
        ("/api/v1/happenings?cursor=xx", 400, "bad_request"),
        ("/api/v1/happenings?cursor=%ff", 400, "bad_request"),
        ("/api/v1/crisis?as_of=2023-01-01", 400, "bad_request"),
        ("/api/v1/happenings?since=2022-02-17&until=2022-02-15", 400, "bad_request"),
        ("/api/v1/pair?a=RUS&b=nobody", 404, "not_found"),
        ("/api/v1/happenings?status=denied", 400, "bad_request"),
        ("/api/v1/happenings?event=SHELLING", 400, "bad_request"),
        ("/api/v1/crisis?quad=conflict", 400, "bad_request"),
        ("/api/v1/search?q=troops&actor=Ruritania", 400, "bad_request"),
        ("/api/v1/promises?kind=vow", 400, "bad_request"),
    ],
)
def test_errors_have_one_shape(path: str, status: int, code: str) -> None:
    found = server().get(path)
    assert found.status == status and found.json()["error"]["code"] == code
    assert set(found.json()) == {"error"} and found.json()["error"]["message"].endswith(".")
    assert "Traceback" not in found.text
    page = server().get(path.replace("/api/v1", "").replace("/crisis", "/"))
    assert page.status in (status, 200, 422) and page.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("given", ["Russia", "rus", "the%20Kremlin", "Moscow"])
def test_an_actor_may_be_given_by_name(given: str) -> None:
    wanted = server().get("/api/v1/happenings?limit=200&actor=RUS").json()
    found = server().get(f"/api/v1/happenings?limit=200&actor={given}").json()
    assert found["total"] and found["items"] == wanted["items"]


def test_pages_of_actors_and_pairs_take_names_too() -> None:
    assert server().get("/api/v1/actors/Russia").json() == server().get("/api/v1/actors/RUS").json()
    named, coded = (server().get(f"/api/v1/pair?{asked}").json() for asked in ("a=Ukraine&b=russia", "a=RUS&b=UKR"))
    assert named == coded and named["names"] == ["RUS", "UKR"]


def test_a_filter_that_is_none_says_what_there_is() -> None:
    said = server().get("/api/v1/happenings?status=denied").json()["error"]["message"]
    assert said.startswith("There is no status 'denied'; choose one of claimed, corroborated")
    assert "no country, body or office holder" in server().get("/happenings?actor=Ruritania").text
    nobody = server().get("/api/v1/happenings?actor=New%20Zealand").json()
    assert nobody["total"] == 0


def test_an_answer_that_has_not_changed_is_not_sent_again() -> None:
    first = server().get("/api/v1/crisis")
    again = server().get("/api/v1/crisis", If_None_Match=first.headers["ETag"])
    assert (again.status, again.text) == (304, "") and again.headers["ETag"] == first.headers["ETag"]
    assert server().get("/api/v1/sources", If_None_Match=first.headers["ETag"]).status == 200


def test_a_list_walked_by_cursor_gives_everything_once() -> None:
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = server().get(f"/api/v1/happenings?limit=7&cursor={cursor}").json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] > 7


@pytest.mark.parametrize("facet", ["status", "event", "quad", "actor", "place"])
def test_a_facet_counts_what_its_filter_leaves(facet: str) -> None:
    found = server().get("/api/v1/search?q=Russia").json()
    groups = {g["name"]: g["values"] for g in found["facets"]}
    for value in groups[facet][:3]:
        asked = f"/api/v1/search?q=Russia&{facet}={quote(value['value'])}"
        assert server().get(asked).json()["happenings_total"] == value["count"]


def test_lists_come_as_files_that_can_be_read_back() -> None:
    rows = list(csv.DictReader(io.StringIO(server().get("/happenings.csv?actor=RUS").text)))
    lines = [json.loads(x) for x in server().get("/happenings.jsonl?actor=RUS").text.splitlines()]
    assert [r["id"] for r in rows] == [x["id"] for x in lines] and len(rows) > 3
    features = server().get("/happenings.geojson").json()["features"]
    for one in features:
        assert one["geometry"] is None or one["properties"]["precision"] in ("point", "city")
    plover = server().get("/happenings.plover?event=RETREAT").text.splitlines()
    assert plover and all(json.loads(x) for x in plover)
    assert server().get("/happenings.exe").status == 404


def test_a_list_comes_as_parquet() -> None:
    with urllib.request.urlopen(server().address + "/happenings.parquet?actor=RUS", timeout=60) as found:
        rows = pyarrow.parquet.read_table(io.BytesIO(found.read())).to_pylist()
    listed = [json.loads(x) for x in server().get("/happenings.jsonl?actor=RUS").text.splitlines()]
    assert [r["id"] for r in rows] == [x["id"] for x in listed] and json.loads(rows[0]["record"]) == listed[0]


def test_the_map_pins_places_and_cities_alone() -> None:
    found = server().get("/api/v1/map?since=2022-02-14").json()
    assert found["points"] and found["shaded"]
    placed = {h["id"] for one in (*found["points"], *found["shaded"]) for h in one["happenings"]}
    for h in server().get("/happenings.geojson").json()["features"]:
        pinned = any(h["id"] == one["id"] for p in found["points"] for one in p["happenings"])
        assert pinned == (h["geometry"] is not None) or h["id"] not in placed
    page = server().get("/?since=2022-02-14").text
    for one in (*found["points"], *found["shaded"]):
        assert html.escape(one.get("label") or one["name"]) in page
    assert "world-atlas puts Crimea in Russia" in page and all(a["name"] in html.unescape(page) for a in found["areas"])


@pytest.mark.parametrize(
    ("place", "shade", "point"),
    [
        (Place(0, 0, "", "Kyiv", "UKR", None, 50.45, 30.52, 703448, "city"), ("UKR", None), (30.52, 50.45)),
        (Place(0, 0, "", "Ukraine", "UKR", None, 49.0, 32.0, 690791, "country"), ("UKR", None), None),
        (Place(0, 0, "", "Crimea", "UKR", None, 45.0, 34.0, 703883, "admin1"), (None, "crimea"), None),
        (Place(0, 0, "", "eastern Ukraine", "UKR", None, None, None, None, "area"), (None, "donbas"), None),
        (Place(0, 0, "", "Donetsk", "UKR", None, 48.0, 37.8, 709717, "city"), ("UKR", None), (37.8, 48.0)),
        (Place(0, 0, "", "Taiwan", "TWN", None, None, None, None, "country"), (None, "taiwan"), None),
        (Place(0, 0, "", "Pristina", "XKX", None, None, None, None, "city"), ("XKX", "kosovo"), None),
        (Place(0, 0, "", "Black Sea", None, None, None, None, None, "area"), None, None),
    ],
)
def test_where_a_place_stands_on_the_map(place: Place, shade: object, point: object) -> None:
    one = replace(server().desk.moment().happenings[0], place=place)
    assert (shade_of(one), point_of(one)) == (shade, point)


def test_disputed_areas_are_named_both_ways_and_say_where_their_outlines_come_from() -> None:
    atlas = json.loads((resources.files("brink.serve") / "static/map/countries.json").read_text("utf-8"))
    shapes = atlas["objects"]["countries"]["geometries"]
    known = {str(g.get("id") or g["properties"]["name"]) for g in shapes}
    for one in areas()["area"]:
        sources = one.keys() & {"feature", "piece", "outline", "points"}
        assert len(sources) == 1 and len(one["both"]) >= 2, one["key"]
        assert one.get("feature", "643") in known
        for x, y in (*one.get("outline", ()), *one.get("points", ())):
            assert -180 <= x <= 180 and -60 <= y <= 85


def test_the_settings_page_says_what_is_in_force_and_why(tmp_path: Path) -> None:
    file = tmp_path / "brink.toml"
    file.write_text("timeout = 3.5\n")
    known = in_force(file, {"BRINK_REDIRECTS": "2"}, {"db": "postgresql://ada:secret@db.example/crisis"})
    free = started(Desk(ledger(), as_of=AS_OF, settings=known))
    rows = {r["name"]: r for r in free.get("/api/v1/settings").json()["settings"]}
    assert (rows["timeout"]["value"], rows["timeout"]["source"]) == (3.5, f"the settings file {file}")
    assert (rows["redirects"]["value"], rows["redirects"]["source"]) == (2, "the environment variable BRINK_REDIRECTS")
    assert rows["db"]["source"] == "the command line" and rows["threads"]["source"] == "default"
    page = free.get("/settings").text
    assert (
        "secret" not in page and "db.example" in page and all(r["help"] in html.unescape(page) for r in rows.values())
    )


def test_several_crises_are_chosen_among() -> None:
    other = Crisis("Another view", None, None, (("RUS", "one"), ("UKR", "one")))
    free = started(replace(server().desk, others=(other,)))
    assert "Another view" in free.get("/").text
    page = free.get("/happenings?crisis=another-view").text
    inner = re.findall(r'<a [^>]*href="(/(?:happenings|actors|reports)[^"]*)"', page)
    assert inner and all("crisis=another-view" in a for a in inner)
    assert free.get("/api/v1/crisis?crisis=another-view").json()["name"] == "Another view"
    assert free.get("/api/v1/crisis?crisis=nothing").status == 400
    keys = [c["key"] for c in free.get("/api/v1/settings").json()["crises"]]
    assert keys == ["ukraine-2022-reconstruction", "another-view"]
    with pytest.raises(UsageError, match="named 'another-view'"):
        Desk(ledger(), other, others=(other,))


def test_the_feed_is_atom() -> None:
    feed = ElementTree.fromstring(server().get("/feed.atom").text.encode())
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.findtext("a:title", "", names) == "Ukraine 2022 (reconstruction)"
    entries = feed.findall("a:entry", names)
    assert entries and all(e.findtext("a:updated", "", names).endswith("Z") for e in entries)


def test_a_stranger_name_or_a_huge_body_is_refused() -> None:
    assert server().get("/", Host="evil.example").status == 400
    line = http.client.HTTPConnection(server().address.removeprefix("http://"), timeout=20)
    line.putrequest("POST", "/api/v1/code")
    line.putheader("Content-Length", "7000001")
    line.endheaders()
    answer = line.getresponse()
    assert answer.status == 413 and json.load(answer)["error"]["code"] == "too_large"


def test_which_hosts_are_this_machine_alone() -> None:
    assert [is_loopback(h) for h in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "::", "192.168.1.4", "x.org")] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip


def test_the_command_prints_its_address_and_serves(tmp_path: object) -> None:
    ledger()
    path = server().desk.store._database.address.path
    command = [sys.executable, "-m", "brink", "serve", "--db", str(path), "--port", "0", "--as-of", AS_OF.isoformat()]
    command += ["--crisis", str(SAMPLE / "crisis.toml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as running:
        assert running.stdout
        try:
            address = re.search(r"http://\S+", running.stdout.readline())
            assert address
            with urllib.request.urlopen(address[0] + "api/v1/health", timeout=60) as found:
                assert json.load(found)["day"] == AS_OF.isoformat()
        finally:
            running.terminate()
