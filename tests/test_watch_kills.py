"""Killed at any moment and started again, the watch loses and doubles nothing, with feeds in every kind of trouble."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from brink import chronicle
from brink.store import open_store, text_sha
from feed_server import FeedServer, Served, Told, feeding, long_text, page, rss
from ledgers_alike import happenings, versions
from test_watch import ENV, command, once, status

KILLS = int(os.environ.get("WATCH_KILLS", "4"))
"""How often the watch is killed; `WATCH_KILLS=50` for the whole proof."""
ITEMS = int(os.environ.get("WATCH_ITEMS", "150"))
"""Items of the great feed; `WATCH_ITEMS=10000` for the whole proof."""
TIGHT = {"BRINK_TIMEOUT": "2", "BRINK_FEED_BYTES": "2000000"}
HUNG = "The page of an item that never comes."


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    for name, value in TIGHT.items():
        monkeypatch.setenv(name, value)
    with feeding() as served:
        yield served


@dataclass
class Press:
    """Feeds in and out of trouble, which change each time `print` is called; `texts` are all that each report had."""

    site: FeedServer
    held: list[Told] = field(default_factory=list)
    pages: list[Told] = field(default_factory=list)
    texts: dict[str, set[str]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    turn: int = 0

    @property
    def feeds(self) -> list[str]:
        """The feeds that are listed."""
        paths = ("/words", "/pages", "/old", "/cut", "/500", "/bomb", "/drip", "/circle")
        return [self.site.url(path) for path in paths]

    def print(self) -> None:
        """New items in each feed, and another text of an older one."""
        for _ in range(3):
            self.held.insert(0, self._words(next(self.numbers)))
            self.pages.insert(0, self._page(next(self.numbers)))
        if self.turn:
            at = 3 + self.turn % (len(self.held) - 3)
            self.held[at].text += f"\n\nThe ministry gave no number, it said in statement {self.turn}."
            self._note(self.held[at])
        self.turn += 1
        self._serve()

    def _words(self, n: int) -> Told:
        days = ["2026-11-20T08:00:00+00:00", None, "2199-01-01T00:00:00+00:00", "Someday, soon"]
        one = Told(f"tag:press,2026:{n}", long_text(n), day=days[n // 6 % 4])
        self._note(one)
        return one

    def _page(self, n: int) -> Told:
        one = self.site.article(n, long_text(n))
        one.guid = f"tag:press,2026:{n}"
        self._note(one)
        return one

    def _note(self, one: Told) -> None:
        self.texts.setdefault(one.guid, set()).add(text_sha(one.text))

    def _serve(self) -> None:
        site, whole = self.site, rss([*self.held, *self.held[-2:]])
        dead = Told("tag:press,2026:dead", HUNG, link=site.url("/hung"), full=False)
        site.paths |= {
            "/words": Served(whole),
            "/pages": Served(rss([*self.pages, dead])),
            "/old": Served(status=301, location="/moved"),
            "/moved": Served(rss(self.held[::2])),
            "/cut": Served(whole if self.turn % 3 == 0 else whole[: len(whole) // 2]),
            "/500": Served(status=500),
            "/bomb": Served(b" " * 4_000_000, gzip=True),
            "/drip": Served(whole, drip=0.1),
            "/circle": Served(status=302, location="/circle"),
            "/hung": Served(page(HUNG), drip=0.1, content_type="text/html"),
        }


def _killed(press: Press, db: str, chance: random.Random, spans: tuple[float, float]) -> None:
    """Start a watch, now a pass, now one without end, and kill it while it starts or some time into its work."""
    endless = chance.random() < 0.5
    how = ("--interval", "1") if endless else ("--once",)
    begun = len(press.site.asked)
    with subprocess.Popen(
        command("watch", *press.feeds, *how, "--db", db, "--allow-private"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENV | TIGHT,
    ) as running:  # fmt: skip
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0.0, spans[0]))
        else:
            while len(press.site.asked) == begun and running.poll() is None:
                time.sleep(0.01)
            time.sleep(chance.uniform(0.0, spans[1]))
        running.kill()


def _timed(press: Press, db: str) -> tuple[float, float]:
    """How long a watch takes until its first request, and from then to its end."""
    begun, at = len(press.site.asked), time.monotonic()
    with subprocess.Popen(
        command("watch", *press.feeds, "--once", "--db", db, "--allow-private"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENV | TIGHT,
    ) as running:  # fmt: skip
        while len(press.site.asked) == begun:
            time.sleep(0.01)
        first = time.monotonic()
        running.wait(timeout=600)
    return first - at, time.monotonic() - first


def test_killed_at_any_moment_it_loses_and_doubles_nothing(site: FeedServer, tmp_path: Path) -> None:
    press, chance = Press(site), random.Random(5)
    db, calm = str(tmp_path / "killed.sqlite"), str(tmp_path / "calm.sqlite")
    press.print()
    spans = _timed(press, str(tmp_path / "first.sqlite"))
    for _ in range(KILLS):
        press.print()
        _killed(press, db, chance, spans)
    once(db, *press.feeds, code=1)
    once(calm, *press.feeds, code=1)
    _same(db, calm, press)


def _same(db: str, calm: str, press: Press) -> None:
    """The same ledger as one that read the feeds in peace; of a text that changed, each wording once at most."""
    killed, want = status(db), status(calm)
    assert killed.pop("queue") <= want.pop("queue") == 1  # the page that hangs, which is given up after twelve tries
    for found in (killed, want):
        del found["feeds"], found["versions"]
    assert killed == want and killed["reports"] == len(press.texts)
    assert killed["rejections"] == {"timeout": 1}
    assert versions(db).keys() == versions(calm).keys() and happenings(db) == happenings(calm)
    known = {sha for texts in press.texts.values() for sha in texts}
    with open_store(db) as store, open_store(calm) as other:
        for report in versions(db):
            shas = [one.text_sha for one in store.versions(report)]
            assert len(shas) == len(set(shas)) and set(shas) <= known
            assert [v.text_sha for v in other.versions(report)] == [v.text_sha for v in store.versions(report)][-1:]


def test_a_great_feed_is_read_whole_through_kills(site: FeedServer, tmp_path: Path) -> None:
    """Killed again and again, it goes on where it was, though the feed is never read in one life.

    The lives together are about as long as reading takes, so that kills fall on all of it.
    """
    db, chance = str(tmp_path / "ledger.sqlite"), random.Random(8)
    told = [Told(f"n{n}", f"{long_text(n)[:90]} It was message {n}.") for n in range(ITEMS)]
    site.paths["/great"] = Served(rss(told))
    longest = max(4.0, ITEMS / 25 / KILLS)
    left = []
    for _ in range(KILLS):
        begun = len(site.asked)
        with subprocess.Popen(
            command("watch", site.url("/great"), "--interval", "1", "--db", db, "--allow-private"),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENV,
        ) as running:  # fmt: skip
            while len(site.asked) == begun:
                time.sleep(0.01)
            time.sleep(chance.uniform(0.0, longest))
            running.kill()
        left.append(status(db)["queue"])
    print(f"Items in the queue after each kill: {left}.")
    once(db, site.url("/great"))
    found = status(db)
    assert (found["reports"], found["versions"], found["queue"]) == (ITEMS, ITEMS, 0)
    with open_store(db) as store:
        held = Counter(text_sha(coded.report.text) for coded in store.coded())
        kept = {h.id: h for h in store.happenings()}
        calm = {h.id: h for h in chronicle.settle(store, None, datetime.now(UTC).date())}
    assert held == Counter(text_sha(one.text) for one in told) and kept == calm
