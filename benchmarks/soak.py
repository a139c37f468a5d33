"""A long watch over many local feeds: `make soak`, or `python benchmarks/soak.py [--minutes 120] [--feeds 200]`.

Articles appear at `--rate` a minute on feeds of which some break down, have moved, drip or need their pages; some are
carried by other outlets, some are edited later. Beside `brink watch`, a line a minute tells its memory and the delays
from an item's first being sent to Brink until a happening of it is in the ledger. At the end: what was lost or doubled,
whether the happenings are those of one calm laying, and whether memory grew. Exit code 1 if the ledger is not right.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from articles import Article, carried, edited, written
from local_feeds import Site, serving

SETTLED = "SELECT value FROM watched WHERE name = 'settled'"
TOLD = "SELECT DISTINCT j.value FROM happenings AS h, json_each(h.record, '$.reports') AS j"
CARRIED, EDITED, OLD = 0.25, 0.05, 120.0
"""Shares of articles that are carried or edited; an article is edited once it has been seen for so many seconds."""
WAITING = "SELECT count(*) FROM items WHERE waiting"
STEP = 0.25
BREAKDOWN, DRAIN, FAREWELL = 75.0, 600.0, 600.0
"""Seconds for feeds that are down to come back; at most for the last items to come in; at most until it has stopped."""


class Press:
    """Publishes articles on a site at a rate, until it is told to stop."""

    def __init__(self, site: Site, rate: float, seed: int) -> None:
        self.site, self.rate, self.chance = site, rate, random.Random(seed)
        self.when: dict[str, float] = {}
        self.where: list[tuple[int, Article]] = []
        self.over = threading.Event()

    def run(self) -> None:
        """Publish without end."""
        while not self.over.wait(self.chance.expovariate(self.rate / 60)):
            feed, one = self._next()
            self.when.setdefault(one.report, time.monotonic())
            self.site.put(feed, one)

    def _next(self) -> tuple[int, Article]:
        draw = self.chance.random()
        old = [at for at in range(max(0, len(self.where) - 200), len(self.where)) if self._may_change(*self.where[at])]
        if draw < EDITED and old:
            at = self.chance.choice(old)
            feed, one = self.where[at][0], edited(self.where[at][1])
            self.where[at] = (feed, one)
            return feed, one
        feed, number = self.chance.randrange(len(self.site.held)), len(self.where)
        if draw < EDITED + CARRIED and self.where:
            one = carried(number, self.chance.choice(self.where[-50:])[1], self.chance)
        else:
            one = written(number, self.chance)
        self.where.append((feed, one))
        return feed, one

    def _may_change(self, feed: int, one: Article) -> bool:
        """Pages are looked at again so seldom that no edit of theirs would be seen."""
        shown = self.site.shown.get((one.report, one.edits))
        return feed % 10 != 0 and shown is not None and time.monotonic() - shown > OLD


@dataclass
class Seen:
    """What was seen of the ledger and of the watcher: when each report was in a happening, memory over time."""

    db: Path
    pid: int
    told: dict[str, float] = field(default_factory=dict)
    memory: list[tuple[float, float]] = field(default_factory=list)
    settled: str = ""

    def look(self) -> None:
        """Look at the ledger if its happenings were laid again, and at the watcher's memory."""
        self.memory.append((time.monotonic(), _resident(self.pid)))
        if not self.db.exists():
            return
        try:
            with sqlite3.connect(f"file:{self.db}?mode=ro", uri=True, timeout=5.0) as ledger:
                row = ledger.execute(SETTLED).fetchone()
                if row is None or row[0] == self.settled:
                    return
                now = time.monotonic()
                for (report,) in ledger.execute(TOLD):
                    self.told.setdefault(report, now)
                self.settled = row[0]
        except sqlite3.OperationalError:  # tables that are not there yet
            return

    def waiting(self) -> int:
        """How many items wait in the queue."""
        with sqlite3.connect(f"file:{self.db}?mode=ro", uri=True, timeout=5.0) as ledger:
            return int(ledger.execute(WAITING).fetchone()[0])


def _resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    text = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(text.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--rate", type=float, default=15.0, help="articles a minute on all feeds together")
    parser.add_argument("--interval", type=float, default=10.0, help="seconds between two looks at a feed")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--warm", type=float, help="minutes until caches are full (default: half of all)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(chosen.feeds) as site:
        press, seen = _soak(chosen, site, Path(folder))
        sys.exit(0 if _report(chosen, site, press, seen) else 1)


def _soak(chosen: argparse.Namespace, site: Site, folder: Path) -> tuple[Press, Seen]:
    db, press = folder / "ledger.sqlite", Press(site, chosen.rate, chosen.seed)
    opml = folder / "feeds.opml"
    rows = "".join(f'<outline xmlUrl="{site.url(n)}"/>' for n in range(chosen.feeds))
    opml.write_text(f"<opml version='2.0'><body>{rows}</body></opml>", "utf-8")
    command = [sys.executable, "-m", "brink", "watch", str(opml), "--db", str(db), "--allow-private"]
    log = (Path(tempfile.gettempdir()) / "brink-soak.log").open("w", encoding="utf-8")
    running = subprocess.Popen([*command, "--interval", str(chosen.interval)], stdout=log, stderr=log)
    seen = Seen(db, running.pid)
    try:
        thread = threading.Thread(target=press.run, daemon=True)
        thread.start()
        _follow(chosen.minutes * 60, site, press, seen)
        press.over.set()
        thread.join()
        _drain(seen)
    finally:
        running.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        code = running.wait(timeout=FAREWELL)
        print(f"On SIGTERM it ended after {time.monotonic() - asked:.1f} s with exit code {code}.", flush=True)
    return press, seen


def _follow(seconds: float, site: Site, press: Press, seen: Seen) -> None:
    """Look on, and tell once a minute what was seen."""
    began = told_at = time.monotonic()
    while (now := time.monotonic()) - began < seconds:
        seen.look()
        if now - told_at >= 60:
            recent = _delays(site.shown, seen, since=told_at - 30)
            print(
                f"{(now - began) / 60:6.1f} min  {seen.memory[-1][1]:6.0f} MB  {len(press.where):6} published  "
                f"{len(seen.told):6} in happenings  {_spread(recent)}  {site.asked:7} requests",
                flush=True,
            )
            told_at = now
        time.sleep(STEP)


def _drain(seen: Seen) -> None:
    """Let what was published last come in: feeds that are down come back, the queue is empty, all is laid."""
    began = last = time.monotonic()
    stamp = seen.settled
    while (now := time.monotonic()) - began < DRAIN:
        seen.look()
        if seen.settled != stamp:
            stamp, last = seen.settled, now
        if now - began > BREAKDOWN and now - last > 15 and not seen.waiting():
            return
        time.sleep(STEP)


def _delays(shown: dict[tuple[str, int], float], seen: Seen, since: float = 0.0) -> list[float]:
    """Seconds from an item's being sent to its happening, of items that were sent since a time."""
    return [at - shown[report, 0] for report, at in seen.told.items() if shown.get((report, 0), -1.0) >= since]


def _spread(delays: list[float]) -> str:
    if len(delays) < 2:
        return "delay -"
    cuts = statistics.quantiles(delays, n=20, method="inclusive")
    return f"delay p50 {statistics.median(delays):4.1f} s, p95 {cuts[-1]:4.1f} s, most {max(delays):4.1f} s"


def _report(chosen: argparse.Namespace, site: Site, press: Press, seen: Seen) -> bool:
    """Print the figures of the whole run; tells whether nothing was lost or doubled."""
    held, calm = _held(seen.db)
    want = {report: max(e for r, e in site.shown if r == report) + 1 for report, _ in site.shown}
    lost = [r for r in want if r not in held] + [r for r in held if r not in want]
    wrong = {r: (held[r], want[r]) for r in want if r in held and held[r] != want[r]}
    apart = sum(a != b for a, b in calm.values())
    from_published = [at - press.when[report] for report, at in seen.told.items() if report in press.when]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {platform.machine()}, {os.cpu_count()} cores, Python "
          f"{platform.python_version()}; {chosen.minutes:g} minutes, {chosen.feeds} feeds looked at every "
          f"{chosen.interval:g} s, {chosen.rate:g} articles a minute, seed {chosen.seed}.")  # fmt: skip
    print(
        f"Reports: {len(want)} shown, {len(held)} in the ledger, {len(lost)} lost or unasked; versions: "
        f"{sum(want.values())} shown, {sum(held.values())} in the ledger, {len(wrong)} reports with another number."
    )
    print(f"Happenings: {len(calm)}; {apart} differ from one calm laying of the same ledger.")
    print(f"From being sent to Brink: {_spread(_delays(site.shown, seen))}; {len(seen.told)} reports with a happening.")
    print(f"From publication, with the wait for the next look: {_spread(from_published)}.")
    print(_memory(seen.memory))
    print(_growth(seen, 60 * (chosen.minutes / 2 if chosen.warm is None else chosen.warm)))
    return not (lost or wrong or apart)


def _memory(rows: list[tuple[float, float]]) -> str:
    """Memory by quarters of the run, the first of which still loads the model."""
    begin, end = rows[0][0], rows[-1][0]
    quarters: list[list[float]] = [[], [], [], []]
    for at, size in rows:
        quarters[min(3, int(4 * (at - begin) / (end - begin + 1e-9)))].append(size)
    middle = [statistics.median(one) for one in quarters]
    grown = middle[3] / middle[1] - 1
    return (f"Memory (median of each quarter): {', '.join(f'{one:.0f}' for one in middle)} MB, at most "
            f"{max(size for _, size in rows):.0f} MB; from the second to the last quarter {grown:+.1%}.")  # fmt: skip


def _growth(seen: Seen, warm: float) -> str:
    """Memory from `warm` seconds after the beginning on, when caches are full and the models are there."""
    begin, end = seen.memory[0][0] + warm, seen.memory[-1][0]
    more = sum(begin < at <= end for at in seen.told.values())
    sizes = [statistics.median(size for at, size in seen.memory if abs(at - when) < 60) for when in (begin, end)]
    told = f"{(sizes[1] - sizes[0]) * 1024 / more:.0f} kB a report" if more else "no report"
    return (f"From minute {warm / 60:.0f} on {sizes[0]:.0f} to {sizes[1]:.0f} MB ({sizes[1] / sizes[0] - 1:+.1%}) over "
            f"{more} reports, {told}.")  # fmt: skip


def _held(db: Path) -> tuple[dict[str, int], dict[str, tuple[Any, Any]]]:
    """Versions of each report in the ledger; its happenings beside those of one calm laying."""
    from brink import chronicle
    from brink.export.happenings import to_record
    from brink.store import open_store

    with sqlite3.connect(db) as ledger:
        held = dict(ledger.execute("SELECT report, count(*) FROM versions GROUP BY report").fetchall())
    with open_store(str(db)) as store:
        kept = {h.id: to_record(h) for h in store.happenings()}
        laid = {h.id: to_record(h) for h in chronicle.settle(store, None, datetime.now(UTC).date())}
    return held, {id: (kept.get(id), laid.get(id)) for id in kept | laid}


if __name__ == "__main__":
    main()
