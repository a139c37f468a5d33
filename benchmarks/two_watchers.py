"""Two watchers on one PostgreSQL ledger: nothing doubled, nothing lost, the happenings of one watcher alone.

    python benchmarks/two_watchers.py [--reports 2000] [--feeds 20] [--db postgresql://…]

Local feeds show the articles of the soak, one in ten through pages. One watcher reads them into a ledger of its own,
then two at once into one empty PostgreSQL ledger (without `--db`: on a server that this command starts, as tests do).
Exit code 1 if a report is missing or doubled, or a happening is another one.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from articles import Article, carried, written
from local_feeds import Site, serving

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the tests' PostgreSQL server, and their way of comparing ledgers

from ledgers_alike import happenings, versions  # noqa: E402
from store_places import fresh  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--feeds", type=int, default=20)
    parser.add_argument("--db", help="an empty PostgreSQL ledger, instead of a server of its own")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(chosen.feeds, breaking=False) as site:
        ids = publish(site, chosen.reports)
        alone, shared = str(Path(folder) / "alone.sqlite"), chosen.db or fresh("postgresql", Path(folder))
        print(f"One watcher alone: {watched(site, alone, 1):.0f} s; two on one ledger: ", end="", flush=True)
        print(f"{watched(site, shared, 2):.0f} s.")
        sys.exit(0 if told(ids, alone, shared) else 1)


def publish(site: Site, reports: int) -> set[str]:
    """Put articles of the last hundred days on the feeds, all of which they show; gives the ids of their reports."""
    chance, found, begin = random.Random(7), list[Article](), datetime.now(UTC) - timedelta(days=100)
    for number in range(reports):
        at = begin + timedelta(days=100) * number / reports
        old = chance.choice(found[-50:]) if found and chance.random() < 0.25 else None
        found.append(carried(number, old, chance, at) if old else written(number, chance, at))
        site.held[number % len(site.held)].insert(0, found[-1])
    return {one.report for one in found}


def watched(site: Site, db: str, watchers: int) -> float:
    """Seconds that so many passes at once take over all feeds. Raises AssertionError where one fails."""
    where = [site.url(n) for n in range(len(site.held))]
    command = [sys.executable, "-m", "brink", "watch", *where, "--once", "--db", db, "--allow-private"]
    with tempfile.TemporaryDirectory() as data:  # what is laid of a ledger on a server lies in the user's data folder
        return _run(command, watchers, os.environ | {"XDG_DATA_HOME": data})


def _run(command: list[str], watchers: int, env: dict[str, str]) -> float:
    began = time.monotonic()
    running = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env) for _ in range(watchers)
    ]
    for one in running:
        _, said = one.communicate()
        assert one.returncode == 0, said.decode()
    return time.monotonic() - began


def told(ids: set[str], alone: str, shared: str) -> bool:
    """Print how the two ledgers differ; tells whether they do not."""
    held, one, two = versions(shared), Counter(happenings(alone)), Counter(happenings(shared))
    lost, doubled = ids - held.keys(), [r for r, number in held.items() if number != 1 or r not in ids]
    apart = (one - two).total() + (two - one).total()
    print(f"{date.today()}: {len(ids)} reports published, {len(held)} in the shared ledger; {len(lost)} lost, "
          f"{len(doubled)} doubled; {one.total()} happenings alone, {two.total()} shared, {apart} differ.")  # fmt: skip
    return not (lost or doubled or apart)


if __name__ == "__main__":
    main()
