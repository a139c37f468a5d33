"""Watching as a user meets it: feeds and pages in, reports out, whatever goes wrong on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from brink.cli import commands
from brink.coding import load_register
from brink.errors import StoreError
from brink.http import visitor
from brink.settings import Settings
from brink.store import open_store
from brink.store.feeds import Feeds
from brink.store.schema import FEEDS
from brink.watch import Clock, Watcher, Wishes, watch
from feed_server import FeedServer, Served, Told, feeding, long_text, page, rss

ENV = {**os.environ, "OMP_NUM_THREADS": "1"}


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with feeding() as served:
        yield served


@pytest.fixture
def db(tmp_path: Path) -> str:
    return str(tmp_path / "ledger.sqlite")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "brink", *arguments]


def once(db: str, *where: str, code: int = 0) -> Result:
    """One pass, in this process: what must be a process of its own is started as one."""
    visitor._visitor.cache_clear()  # ports are used again, so no pass may know another one's robots.txt
    done = CliRunner().invoke(commands, ["watch", *where, "--once", "--db", db, "--allow-private"])
    assert done.exit_code == code, done.output
    return done


def status(db: str) -> dict[str, Any]:
    done = CliRunner().invoke(commands, ["status", "--db", db, "--json"])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def until(done: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


def test_one_pass_reads_words_and_pages_and_the_next_one_nothing(site: FeedServer, db: str, tmp_path: Path) -> None:
    whole = [Told(f"a{n}", long_text(n)) for n in range(3)]
    pages = [site.article(n, long_text(100 + n)) for n in range(3)]
    site.paths["/a"], site.paths["/b"] = Served(rss(whole)), Served(rss(pages))
    site.paths["/old"] = Served(status=301, location="/b")
    opml = tmp_path / "feeds.opml"
    rows = "".join(f'<outline text="{n}" xmlUrl="{site.url(n)}"/>' for n in ("/a", "/old"))
    opml.write_text(f"<opml version='2.0'><body><outline text='all'>{rows}</outline></body></opml>")
    assert "6 new" in once(db, str(opml)).stdout
    first = status(db)
    assert (first["reports"], first["versions"], first["queue"], first["rejections"]) == (6, 6, 0, {})
    assert [f["address"] for f in first["feeds"]] == [site.url("/a"), site.url("/b")]
    asked = len(site.asked)
    once(db, str(opml))
    assert {code for _, code in site.asked[asked:] if _ != "/robots.txt"} == {304}
    second = status(db)
    assert {k: v for k, v in second.items() if k != "feeds"} == {k: v for k, v in first.items() if k != "feeds"}


def test_edits_are_versions_and_other_dates_are_not(site: FeedServer, db: str) -> None:
    def show(word: str, day: str) -> None:
        site.paths["/f"] = Served(rss([
            Told("a", f"{long_text(1)} {word}", day=day),
            site.article("p", f"{long_text(2)} {word}", day=day),
        ]))  # fmt: skip

    for word, day, versions in [
        ("", "2026-11-20", 2),
        ("", "2026-11-21", 2),
        ("The ministry gave no number.", "2026-11-21", 4),
    ]:
        show(word, f"{day}T08:00:00+00:00")
        once(db, site.url("/f"))
        assert (status(db)["reports"], status(db)["versions"]) == (2, versions)


def test_feeds_in_trouble_are_shown_and_the_rest_is_read(site: FeedServer, db: str) -> None:
    good = rss([Told("g", long_text(3))])
    bad = {
        "/500": Served(status=500),
        "/404": Served(status=404),
        "/page": Served(page(long_text(4)), content_type="text/html"),
        "/bomb": Served(b" " * 60_000_000, gzip=True),
        "/circle": Served(status=302, location="/circle"),
        "/json": Served(b'{"version": "https://jsonfeed.org/version/1.1", "items": [', content_type="application/json"),
    }
    site.paths |= bad | {"/good": Served(good)}
    done = once(db, *map(site.url, bad), site.url("/good"), code=1)
    found = status(db)
    assert found["reports"] == 1 and len(done.stderr.splitlines()) == len(bad)
    troubles = {f["url"]: f["trouble"] for f in found["feeds"]}
    assert all(troubles[site.url(path)] for path in bad) and troubles[site.url("/good")] is None


def test_items_that_are_odd(site: FeedServer, db: str) -> None:
    items = [
        Told("same", long_text(10)),
        Told("same", long_text(10)),
        Told("undated", long_text(11), day=None),
        Told("future", long_text(12), day="2199-01-01T00:00:00+00:00"),
        Told("wrong", long_text(13), day="Someday, soon"),
        Told("", long_text(14)),
        Told("gone", "Summary", link=site.url("/nowhere"), full=False),
        Told("bad-page", "Summary", link=site.url("/empty"), full=False),
    ]
    site.paths["/empty"] = Served(b"<html><body></body></html>", content_type="text/html")
    site.paths["/f"] = Served(rss(items))
    done = once(db, site.url("/f"))
    found = status(db)
    assert (found["reports"], found["versions"]) == (5, 5)
    assert found["rejections"] == {"http_status": 1, "no_article": 1}
    told = {one["where"]: one["reason"] for one in found["refused"]}
    assert told == {site.url("/nowhere"): "http_status", site.url("/empty"): "no_article"}
    words = CliRunner().invoke(commands, ["status", "--db", db]).stdout
    for one in found["refused"]:  # page and reason, in the pass's own words and whenever one asks
        assert f"{one['where']}: {one['message']}" in done.stderr and f"{one['where']}  {one['message']}" in words
    asked = site.count("/nowhere")
    once(db, site.url("/f"))
    assert status(db)["rejections"] == found["rejections"] and site.count("/nowhere") == asked == 1


def test_a_feed_that_breaks_off_loses_nothing(site: FeedServer, db: str) -> None:
    whole = rss([Told(f"a{n}", long_text(n)) for n in range(4)])
    site.paths["/f"] = Served(whole[: whole.rindex(b"</content:encoded>") - 40])
    once(db, site.url("/f"))
    assert status(db)["reports"] == 3
    site.paths["/f"] = Served(whole)
    once(db, site.url("/f"))
    assert (status(db)["reports"], status(db)["versions"]) == (4, 4)


def test_a_pass_ignores_back_off_and_is_well_once_every_feed_is_reached(site: FeedServer, db: str) -> None:
    item, site.paths["/f"] = site.article(1, long_text(1)), Served(status=503, headers={"Retry-After": "3600"})
    once(db, site.url("/f"), code=1)
    good, site.paths["/page/1"] = site.paths["/page/1"], Served(status=503, headers={"Retry-After": "3600"})
    site.paths["/f"] = Served(rss([item]))
    once(db, site.url("/f"))
    assert site.count("/page/1") == 1 and status(db)["rejections"] == {"http_status": 1}
    site.paths["/page/1"] = good
    once(db, site.url("/f"))
    assert status(db)["reports"] == 1


@pytest.mark.parametrize(
    ("allowed", "single", "url", "patience"),
    [
        (True, True, "http://127.0.0.1:8000/f", 0.0),
        (True, False, "http://10.1.2.3/f", 0.0),
        (True, True, "http://93.184.216.34/f", 1.0),
        (False, True, "http://127.0.0.1:8000/f", 1.0),
        (True, False, "http://93.184.216.34/f", None),
    ],
)
def test_how_long_it_waits_between_two_pages_of_a_host(
    allowed: bool, single: bool, url: str, patience: float | None
) -> None:
    """In a pass a second at most, on a private network that it may visit not at all; else what the site asks."""
    with open_store(None) as store:
        watcher = Watcher(store, Settings(allow_private=allowed), load_register(None), Clock(), single=single)
        assert watcher.patience(url) == patience


def test_a_feed_that_was_taken_off_the_list_is_no_trouble_for_ever(site: FeedServer, db: str) -> None:
    """Another watcher's feeds, which it looked at today, stay listed."""
    for path in ("/gone", "/other", "/kept"):
        site.paths[path] = Served(rss([Told(path, long_text(len(path)))]))
    once(db, site.url("/gone"), site.url("/other"))
    with open_store(db) as store, store._database.writing() as connection:
        gone = FEEDS.c.url == site.url("/gone")
        connection.execute(update(FEEDS).where(gone).values(polled="2026-01-01T00:00:00+00:00"))
    once(db, site.url("/kept"))
    listed = {feed["url"] for feed in status(db)["feeds"] if feed["listed"]}
    assert listed == {site.url("/other"), site.url("/kept")}


def test_a_page_that_comes_back_is_read_at_the_next_pass(site: FeedServer, db: str) -> None:
    item = site.article(1, long_text(1))
    good, site.paths["/page/1"] = site.paths["/page/1"], Served(status=503)
    site.paths["/f"] = Served(rss([item]))
    once(db, site.url("/f"))
    assert status(db)["rejections"] == {"http_status": 1} and status(db)["queue"] == 1
    site.paths["/page/1"] = good
    once(db, site.url("/f"))
    assert status(db)["reports"] == 1 and status(db)["queue"] == 0


def test_the_service_polls_reloads_and_stops(site: FeedServer, db: str, tmp_path: Path) -> None:
    site.paths["/a"] = Served(rss([Told("a1", long_text(1))]))
    site.paths["/b"] = Served(rss([Told("b1", long_text(2))]))
    site.paths["/dead"] = Served(status=500)
    site.paths["/drip"] = Served(rss([]), drip=0.5)
    opml = tmp_path / "feeds.opml"

    def listed(*paths: str) -> None:
        rows = "".join(f'<outline xmlUrl="{site.url(path)}"/>' for path in paths)
        opml.write_text(f"<opml version='2.0'><body>{rows}</body></opml>")

    listed("/a", "/dead", "/drip")
    arguments = ("watch", str(opml), "--db", db, "--allow-private", "--interval", "1")
    with subprocess.Popen(command(*arguments), stderr=subprocess.PIPE, text=True, env=ENV) as running:
        until(lambda: Path(db).exists())
        running.send_signal(signal.SIGHUP)  # while it still loads the model
        until(lambda: site.count("/a", 304) >= 2)
        site.paths["/a"] = Served(rss([Told("a2", long_text(3)), Told("a1", long_text(1))]))
        until(lambda: site.count("/a", 200) >= 2)
        listed("/a", "/b")
        running.send_signal(signal.SIGHUP)
        until(lambda: site.count("/b", 304) >= 1)
        assert site.count("/dead") < site.count("/a")
        began = time.monotonic()
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=15) == 0 and time.monotonic() - began < 10
        assert running.stderr and running.stderr.read().count(f"WARNING {site.url('/dead')}: ") == 1
    found = status(db)
    assert found["reports"] == 3 and found["queue"] == 0 and found["happenings"] > 0
    assert {f["url"]: f["listed"] for f in found["feeds"]}[site.url("/dead")] is False


def test_a_list_that_is_read_again_while_the_ledger_is_out_of_reach_is_taken_up(
    site: FeedServer, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.paths["/a"], site.paths["/b"] = Served(rss([Told("a", long_text(1))])), Served(rss([Told("b", long_text(2))]))
    lists, wishes, real, refused = [site.url("/a")], Wishes(), Feeds.enter, []

    def enter(self: Feeds, urls: Mapping[str, str | None]) -> list[int]:
        if site.url("/b") in urls and not refused:
            refused.append(1)
            raise StoreError("The ledger is out of reach.")
        return real(self, urls)

    monkeypatch.setattr(Feeds, "enter", enter)
    with open_store(db) as store:
        own = Settings(allow_private=True, watch_interval=1.0)
        arguments = (Watcher(store, own, load_register(None), Clock()), lambda: dict.fromkeys(lists), wishes)
        running = Thread(target=watch, args=arguments)
        running.start()
        until(lambda: site.count("/a") >= 1)
        lists[:], wishes.reload = [site.url("/b")], True
        until(lambda: site.count("/b") >= 1)
        wishes.stop = True
        running.join()
        assert refused and {feed.url: feed.listed for feed in store.feeds.every()} == {
            site.url("/a"): False, site.url("/b"): True,
        }  # fmt: skip
