"""Several watchers on one PostgreSQL ledger, and a server that stops and starts."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feed_server import FeedServer, Served, Told, feeding, long_text, rss
from store_places import fresh, server
from test_watch import ENV, command, once, status, until

REPORTS = int(os.environ.get("WATCH_REPORTS", "60"))
"""How many reports two watchers share; `WATCH_REPORTS=2000` for the whole proof."""


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with feeding() as served:
        yield served


def _feeds(site: FeedServer, reports: int) -> list[str]:
    for half in (0, 1):
        told = [Told(f"n{n}", long_text(n)) for n in range(half, reports, 2)]
        site.paths[f"/f{half}"] = Served(rss(told))
    return [site.url("/f0"), site.url("/f1")]


def test_two_watchers_double_and_lose_nothing(site: FeedServer, tmp_path: Path) -> None:
    where, alone, shared = _feeds(site, REPORTS), str(tmp_path / "alone.sqlite"), fresh("postgresql", tmp_path)
    once(alone, *where)
    arguments = command("watch", *where, "--once", "--db", shared, "--allow-private")
    both = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV) for _ in range(2)]
    for one in both:
        assert one.wait(timeout=600) == 0, one.communicate()
    one, two = status(alone), status(shared)
    assert two["reports"] == two["versions"] == REPORTS and two["queue"] == 0
    assert {k: v for k, v in one.items() if k != "feeds"} == {k: v for k, v in two.items() if k != "feeds"}
    assert sum(site.count(path, 200) for path in ("/f0", "/f1")) == 4  # twice each: alone, and one of two


def test_a_server_that_stops_and_starts_costs_nothing(site: FeedServer, tmp_path: Path) -> None:
    where, db = _feeds(site, 40), fresh("postgresql", tmp_path)
    arguments = command("watch", *where, "--db", db, "--allow-private", "--interval", "1")
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, env=ENV) as running:
        try:
            until(lambda: site.count("/f0") >= 1)
            time.sleep(1.0)
            server().stop()
            time.sleep(2.0)
        finally:
            server().start()
        until(lambda: status(db)["reports"] == 40 and status(db)["queue"] == 0 and status(db)["happenings"] > 0, 60)
        asked = site.count("/f0")
        until(lambda: site.count("/f0") > asked)
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=15) == 0
    assert status(db)["versions"] == 40
    calm = str(tmp_path / "calm.sqlite")
    once(calm, *where)
    assert status(calm)["happenings"] == status(db)["happenings"]
