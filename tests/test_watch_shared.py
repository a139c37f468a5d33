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

from brink.store import open_store
from brink.store.leading import leaders
from feed_server import FeedServer, Served, Told, feeding, long_text, rss
from ledgers_alike import alike
from store_places import fresh, server
from test_watch import ENV, command, once, status, until

REPORTS = int(os.environ.get("WATCH_REPORTS", "60"))
"""How many reports two watchers share; `python benchmarks/two_watchers.py` is the whole proof."""
STOPS = int(os.environ.get("WATCH_STOPS", "2"))
"""How often the database is stopped and started."""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is laid of a ledger on a server lies in the user's data folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setitem(ENV, "XDG_DATA_HOME", str(tmp_path / "data"))


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


def test_one_of_two_lays_for_both_until_it_dies(site: FeedServer, tmp_path: Path) -> None:
    """The second one reads too, and lays as soon as the first is killed."""
    db, running = fresh("postgresql", tmp_path), list[subprocess.Popen[bytes]]()
    try:
        for last in (12, 24, 36):
            where = _feeds(site, 0, last)
            if len(running) < 2:
                arguments = command("watch", *where, "--db", db, "--allow-private", "--interval", "1")
                running.append(subprocess.Popen(arguments, stderr=subprocess.DEVNULL, env=ENV))
            else:
                running[0].kill()
                running[0].wait()
            until(lambda last=last: status(db)["reports"] == last and _is_settled(db), 90)  # type: ignore[misc]
            assert _leader(db) == running[last // 36].pid
        running[1].send_signal(signal.SIGTERM)
        assert running[1].wait(timeout=60) == 0
    finally:
        for one in running:
            one.kill()
            one.wait()
    calm = str(tmp_path / "calm.sqlite")
    once(calm, *where)
    assert alike(calm, db) and _leader(db) is None


def _is_settled(db: str) -> bool:
    with open_store(db) as store:
        return store.feeds.told("settled") == store.feeds.stamp()


def _leader(db: str) -> int | None:
    """The process that lays the ledger."""
    with open_store(db) as store, store._database.reading() as connection:
        found = [int(holder.split("/")[1]) for holder in leaders(connection, time.time())]
    assert len(found) <= 1
    return found[0] if found else None


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
