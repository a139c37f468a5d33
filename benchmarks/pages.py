"""Server time of every page and its JSON twin over a ledger of `big_ledger.py`, and many readers while one writes.

    python benchmarks/pages.py big.sqlite [--rounds 20] [--readers 100] [--only WORD]

The application is called in this process, without a network: timed is from the request to the last byte of its answer,
one request at a time; `cpu` is the processor time of the same, `first byte` the wait for a file that is sent while it
is written. Each round asks every page for something else (another happening, report, actor, word, day) and once as of a
past day. With `--readers` so many ask at once, each a page of its own after another, while reports and happenings are
written as a watch writes them; told is how many answers were no answer. Exit code 1 if any was.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from big_ledger import ACTS, FIRST, OUTLETS, STATES, WORDS, Maker, enter, happenings, keep, standing
from brink.chronicle import camps_of, decided
from brink.chronicle.rows import laid, laid_report
from brink.serve import NO_CRISIS, Desk, at_ease, create_app
from brink.store import Laying, Step, Store, open_store

HOST = [(b"host", b"127.0.0.1"), (b"accept-encoding", b"gzip")]
ASKED = 200
"""Milliseconds that a page may take (p95)."""
FILES = ("CSV", "JSON of", "PLOVER", "GeoJSON")
"""Files are sent while they are written: of them what counts is the first byte."""
NO_TWINS = ("feed", "brief", *FILES)


def paths(rng: random.Random, counts: Mapping[str, int], last: date) -> dict[str, str]:
    """One address of every page, drawn by chance; pages first, then their twins, then all as of a past day."""
    happening, report = f"h{rng.randrange(counts['happenings']):07}", f"r{rng.randrange(counts['reports']):07}"
    one, other = rng.sample(STATES[:8], 2)
    day = FIRST + timedelta(days=rng.randrange(60, (last - FIRST).days - 40))
    period = f"since={day}&until={day + timedelta(days=3)}"
    word, status = (
        rng.choice((rng.choice(WORDS), "troops", "officials")),
        rng.choice(("claimed", "contradicted", "planned")),
    )
    pages = {
        "crisis": "/", "crisis, a period": f"/?{period}", "crisis, a status": f"/?{period}&status={status}",
        "crisis, a pair": f"/?pair={one}~{other}",
        "happenings": "/happenings", "happenings, a status": f"/happenings?status={status}",
        "happenings, an actor": f"/happenings?actor={one}", "happenings, a period": f"/happenings?{period}",
        "happenings, type and actor": f"/happenings?event={rng.choice(ACTS)[0]}&actor={one}",
        "happenings, type and status": f"/happenings?event={rng.choice(ACTS)[0]}&status={status}",
        "happening": f"/happenings/{happening}", "reports": "/reports",
        "reports, an outlet": f"/reports?outlet={quote(rng.choice(OUTLETS))}", "report": f"/reports/{report}",
        "actors": "/actors", "actor": f"/actors/{one}", "pair": f"/pair?a={one}&b={other}",
        "promises": "/promises", "promises, a kind": "/promises?kind=pledge", "sources": "/sources",
        "search": f"/search?q={word}", "search, two words": f"/search?q={word}+{rng.choice(WORDS)}",
        "search, narrowed": f"/search?q={word}&status={status}&actor={one}", "health": "/health",
        "settings": "/settings", "feed": "/feed.atom", "CSV of a period": f"/happenings.csv?{period}",
        "PLOVER of a period": f"/happenings.plover?{period}", "GeoJSON of a period": f"/happenings.geojson?{period}",
        "brief": "/brief.html", "brief, Markdown": "/brief.md",
    }  # fmt: skip
    twins = {
        f"{name} (JSON)": "/api/v1" + ("/crisis" + path[1:] if path == "/" or path.startswith("/?") else path)
        for name, path in pages.items()
        if not name.startswith(NO_TWINS)
    } | {"map (JSON)": f"/api/v1/map?{period}", "ledger (JSON)": "/api/v1/ledger"}
    then = {
        f"{name}, replayed": path + ("&" if "?" in path else "?") + f"as_of={day + timedelta(days=20)}"
        for name, path in pages.items()
        if name not in ("settings", "happening", "report")
    }
    return pages | twins | then


async def ask(app: Any, path: str) -> tuple[int, int, float]:
    """Status and bytes of an answer, and milliseconds until the first of them came."""
    bare, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "headers": HOST,
        "path": bare, "raw_path": bare.encode(), "query_string": query.encode(), "root_path": "",
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    status, size, first, asked, began = 0, 0, 0.0, False, time.perf_counter()

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:  # nobody hangs up
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        nonlocal status, size, first
        if message["type"] == "http.response.start":
            status = message["status"]
        elif message.get("body"):
            first = first or 1e3 * (time.perf_counter() - began)
            size += len(message["body"])

    await app(scope, receive, send)
    return status, size, first


async def rounds(app: Any, number: int, known: tuple[Mapping[str, int], date], only: str) -> bool:
    """Print a row for each page; tells whether all answered."""
    times: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    failed = defaultdict[str, set[int]](set)
    for turn in range(number + 1):
        for name, path in paths(random.Random(turn), *known).items():
            if only not in name:
                continue
            wall, cpu = time.perf_counter(), time.process_time()
            status, _, first = await ask(app, path)
            took = 1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - cpu), first
            if turn:  # the first round warms caches, as the first minute of a server does
                times[name].append(took)
            if status != 200:
                failed[f"{name} {path}"].add(status)
    head = f"{'p50':>7} {'p95':>7} {'max':>7}"
    print(f"{'page':34} {head}   cpu {head}   first byte {head}   (ms)")
    for name, held in times.items():
        wall_, cpu_, first_ = (sorted(row[part] for row in held) for part in (0, 1, 2))
        waits = first_ if name.startswith(FILES) else wall_
        slow = "" if waits[math.ceil(0.95 * len(waits)) - 1] < ASKED else f"   over {ASKED} ms"
        print(f"{name:34} {_told(wall_)}       {_told(cpu_)}              {_told(first_)}{slow}")
    for name, statuses in failed.items():
        print(f"no answer: {name}: {statuses}")
    return not failed


def _told(held: Sequence[float]) -> str:
    return " ".join(f"{held[max(0, math.ceil(share * len(held)) - 1)]:7.1f}" for share in (0.5, 0.95, 1.0))


async def crowd(app: Any, readers: int, known: tuple[Mapping[str, int], date], each: int = 5) -> bool:
    """So many readers at once; tells whether all were answered."""
    statuses = defaultdict[int, int](int)

    async def reader(number: int) -> None:
        rng = random.Random(number)
        for _ in range(each):
            offered = list(paths(rng, *known).values())
            status, _, _ = await ask(app, rng.choice(offered))
            statuses[status] += 1

    began = time.perf_counter()
    await asyncio.gather(*(reader(number) for number in range(readers)))
    print(
        f"{readers} readers at once, {each} pages each: {time.perf_counter() - began:.1f} s, answers {dict(statuses)}"
    )
    return set(statuses) == {200}


class Writer:
    """Writes as a watch does, a few reports and their happenings at a time, until it is stopped."""

    def __init__(self, store: Store, last: date, counts: Mapping[str, int]) -> None:
        self.store, self.day, self.over, self.steps = store, last, threading.Event(), 0
        self.maker = Maker(random.Random(7), counts["reports"] + 1_000_000)
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self) -> None:
        """Steps without a pause but for a breath."""
        rng, outlets = random.Random(8), dict[str, str]()
        while not self.over.wait(0.2):
            told = list(happenings(4, 1, rng))
            for m in told:
                m.id, m.day = f"n{rng.randrange(10**9)}", self.day
            report = self.maker.report(self.day, told)
            enter(self.store, [report])
            outlets[report.report.id] = report.report.outlet or ""
            found = [standing(m) for m in told]
            kept = self.store.laying(camps_of(None))
            assert kept is not None
            mark = self.store.news(2**40).mark
            stand = Laying(kept.camps, kept.clock, mark, kept.taken, decided(()), kept.sign)
            rows = [laid(h, (), None, outlets.__getitem__) for h in found]
            assert self.store.lay(Step(stand, rows, (), [laid_report(report)], (), {}))
            keep(self.store, rows, found)
            self.steps += 1

    def stop(self) -> None:
        """The last step is finished."""
        self.over.set()
        self.thread.join(60)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--readers", type=int, default=0)
    parser.add_argument("--day", type=date.fromisoformat, help="the day the pages stand at (default: the last)")
    parser.add_argument("--only", default="", help="pages whose name has this word")
    parser.add_argument("--whole", type=int, default=0, help="texts up to which the ledger is held in memory")
    args = parser.parse_args()
    with open_store(str(args.path), make=False) as store:
        kept = store.laying(camps_of(None))
        if kept is None:
            sys.exit(f"{args.path} was not made by big_ledger.py.")
        last = args.day or date.fromisoformat(kept.clock)
        book = store.book(kept, last.isoformat())
        counts = {"happenings": book.number("all"), "reports": book.number("reports"), "events": book.number("events")}
        book.close()
        print(f"{counts['events']:,} events, {counts['reports']:,} reports, {counts['happenings']:,} happenings")
        app = create_app(Desk(store, NO_CRISIS, last, whole=args.whole))
        at_ease()
        well = asyncio.run(rounds(app, args.rounds, (counts, last), args.only)) if args.rounds else True
        if args.readers:
            writer = Writer(store, last, counts)
            writer.thread.start()
            well = asyncio.run(crowd(app, args.readers, (counts, last))) and well
            writer.stop()
            print(f"meanwhile {writer.steps} reports were written with their happenings")
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
