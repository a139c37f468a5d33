"""Ledger time per report where few and many are there: `python benchmarks/ledger.py [--events 2000 200000]`.

Coded records of `crisis.py` enter one by one, in order of publication, into a ledger that is kept up to date over a
shelf on disk; timed is the CPU of each, coding and database left out. p50 and p99 are of the last 1,000 reports (of
all, where there are no more), and the ratio is of the last row to the first. With `--reports N` a row stops after so
many reports, which are then the first days of a crisis as busy. The crisis knows which tellings tell of one happening:
pairwise precision and recall are of the first 2,000 reports, laid at once. The peak of memory is of a process of its
own for each row; with `--memory REPORTS` it is told at each tenth of so many reports.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter, deque
from collections.abc import Iterable
from itertools import islice
from math import comb
from multiprocessing import get_context

import crisis
from brink.ledger import Disk, Laying
from brink.ledger.evidence import evidence_of
from brink.ledger.linking import happenings

LAST = 1000
COMPARED = 2000


def measured(events: int, most: int | None, told: bool = False) -> tuple[int, float, float, float]:
    """Reports, p50 and p99 in milliseconds, and the peak of memory in MB."""
    kept = Laying(Disk())
    times: deque[float] = deque(maxlen=LAST)
    count = 0
    for report in islice(crisis.reports(events), most):
        before = time.process_time()
        kept.update([report])
        times.append(time.process_time() - before)
        count += 1
        if told and count % max(1, events // 20) == 0:
            print(f"  {count:,} reports: {_peak():.0f} MB", flush=True)
    ordered = sorted(times)
    return count, 1e3 * ordered[len(ordered) // 2], 1e3 * ordered[int(len(ordered) * 0.99)], _peak()


def precision_and_recall(events: int, most: int | None) -> tuple[float, float]:
    """Of the pairs of tellings joined, the share that tell of one happening; and the share of such that are joined."""
    truth: dict[tuple[str, str | None], int] = {}
    tellings = []
    for report, numbers in islice(crisis.reports_and_truth(events), min(most or COMPARED, COMPARED)):
        truth |= {(report.report.id, event.id): number for event, number in zip(report.events, numbers, strict=True)}
        tellings += evidence_of(report)
    parts = [
        [truth[e.telling.report, e.telling.event] for e in part if e.telling.event] for part in happenings(tellings)
    ]
    both = sum(_pairs(Counter(part).values()) for part in parts)
    return both / _pairs(map(len, parts)), both / _pairs(Counter(truth.values()).values())


def _pairs(counts: Iterable[int]) -> int:
    return sum(comb(count, 2) for count in counts)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a row for each number of events, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[2000, 200_000])
    parser.add_argument("--reports", type=int, help="stop each row after so many reports")
    parser.add_argument("--memory", type=int, help="reports over which the peak of memory is told")
    args = parser.parse_args()
    rows = []
    for events in args.events:
        with get_context("spawn").Pool(1) as pool:
            rows.append(pool.apply(measured, (events, args.reports)))
            right, found = pool.apply(precision_and_recall, (events, args.reports))
        count, middle, high, peak = rows[-1]
        print(f"{events:,} events, {count:,} reports: p50 {middle:.2f} ms, p99 {high:.2f} ms, peak {peak:.0f} MB")
        print(f"  same happening: pairwise precision {right:.3f}, recall {found:.3f}", flush=True)
    (_, p50, p99, _), (_, last50, last99, _) = rows[0], rows[-1]
    print(f"ratio of the last to the first: p50 {last50 / p50:.2f}, p99 {last99 / p99:.2f}")
    if args.memory:
        with get_context("spawn").Pool(1) as pool:
            pool.apply(measured, (2 * args.memory, args.reports, True))


if __name__ == "__main__":
    main()
