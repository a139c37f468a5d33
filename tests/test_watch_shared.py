"""Several watchers on one PostgreSQL ledger, and a server that stops and starts."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feed_server import FeedServer, Served, Told, feeding, long_text, rss
from ledgers_alike import alike
from store_places import fresh, server
from test_watch import ENV, command, once, status, until

REPORTS = int(os.environ.get("WATCH_REPORTS", "60"))
"""How many reports two watchers share; `python benchmarks/two_watchers.py` is the whole proof."""
STOPS = int(os.environ.get("WATCH_STOPS", "2"))
"""How often the database is stopped and started."""


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with feeding() as served:
        yield served


def _feeds(site: FeedServer, first: int, last: int) -> list[str]:
    """Two feeds that show messages up to `last`, from `first` on."""
    for half in (0, 1):
        told = [Told(f"n{n}", long_text(n)) for n in range(first + half, last, 2)]
        site.paths[f"/f{half}"] = Served(rss(told))
    return [site.url("/f0"), site.url("/f1")]


def test_two_watchers_double_and_lose_nothing(site: FeedServer, tmp_path: Path) -> None:
    where, alone, shared = _feeds(site, 0, REPORTS), str(tmp_path / "alone.sqlite"), fresh("postgresql", tmp_path)
    once(alone, *where)
    arguments = command("watch", *where, "--once", "--db", shared, "--allow-private")
    both = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV) for _ in range(2)]
    for one in both:
        assert one.wait(timeout=600) == 0, one.communicate()
    found = status(shared)
    assert found["reports"] == found["versions"] == REPORTS and found["queue"] == 0
    assert alike(alone, shared)
    assert sum(site.count(path, 200) for path in ("/f0", "/f1")) == 4  # twice each: alone, and one of two


def test_a_database_that_stops_and_starts_costs_nothing(site: FeedServer, tmp_path: Path) -> None:
    """Messages appear before, while and after the server is down, each time at another moment of the watch."""
    db, chance = fresh("postgresql", tmp_path), random.Random(3)
    where = _feeds(site, 0, 24)
    arguments = command("watch", *where, "--db", db, "--allow-private", "--interval", "1")
    with subprocess.Popen(arguments, stderr=subprocess.DEVNULL, env=ENV) as running:
        try:
            last = _through_stops(site, db, chance)
            running.send_signal(signal.SIGTERM)
            assert running.wait(timeout=120) == 0
        finally:
            running.kill()
    assert status(db)["versions"] == last
    calm = str(tmp_path / "calm.sqlite")
    once(calm, *where)
    assert alike(calm, db) and status(db)["happenings"] > 0


def _through_stops(site: FeedServer, db: str, chance: random.Random) -> int:
    """Stop and start the server, messages appearing meanwhile, until all are read; gives how many there are."""
    until(lambda: site.count("/f0") >= 1)
    for stop in range(1, STOPS + 1):
        time.sleep(chance.uniform(0.0, 1.5))
        server().stop()
        try:
            _feeds(site, 0, 24 + 8 * stop)
            time.sleep(chance.uniform(0.2, 2.5))
        finally:
            server().start()
    last = 24 + 8 * STOPS + 4
    _feeds(site, 0, last)
    until(lambda: status(db)["reports"] == last and status(db)["queue"] == 0, 90 + 12 * STOPS)
    return last
