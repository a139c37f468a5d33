"""Ledger time per report where few and many are there: `python benchmarks/ledger.py [--events 2000 200000]`.

Coded records of `crisis.py` enter one by one, in order of publication, into ledgers that are kept up to date, each over
a shelf on disk; timed is the CPU of each, coding and database left out. p50 and p99 are of the last 1,000 reports (of
all, where there are no more), which the ledgers take in turns, so that what else the machine does falls on all alike;
the ratio is of the last row to the first. With `--reports N` a row stops after so many reports, which are then the
first days of a crisis as busy. The crisis knows which tellings tell of one happening: pairwise precision and recall are
of the first 2,000 reports, laid at once. With `--memory REPORTS` the peak of memory of a process of its own, which lays
so many reports, is told at each tenth of them.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import comb
from multiprocessing import get_context

import crisis
from brink.ledger import Disk, Laying
from brink.ledger.evidence import evidence_of
from brink.ledger.linking import happenings

LAST = 1000
COMPARED = 2000


def measured(counts: Sequence[int], most: int | None) -> list[list[float]]:
    """Seconds of CPU for each of the last reports of crises of so many events, in order."""
    rows = [_laid(crisis.reports(events), _number(events, most)) for events in counts]
    found: list[list[float]] = [[] for _ in rows]
    for row, events in zip(rows, counts, strict=True):
        for _ in islice(row, max(0, _number(events, most) - LAST)):
            pass
    left = list(zip(rows, found, strict=True))
    while left:
        left = [one for one in left if _has_taken(*one)]
    return [sorted(times) for times in found]


def _number(events: int, most: int | None) -> int:
    return min(events // 2, most or events)


def _laid(reports: Iterable[crisis.CodedReport], most: int) -> Iterator[float]:
    """What each report cost."""
    kept = Laying(Disk())
    for report in islice(reports, most):
        before = time.process_time()
        kept.update([report])
        yield time.process_time() - before


def _has_taken(row: Iterator[float], times: list[float]) -> bool:
    """One more report of a row; False where there is none."""
    spent = next(row, None)
    times += [] if spent is None else [spent]
    return spent is not None


def precision_and_recall(events: int, most: int | None) -> tuple[float, float]:
    """Of the pairs of tellings joined, the share that tell of one happening; and the share of such that are joined."""
    truth: dict[tuple[str, str | None], int] = {}
    tellings = []
    for report, numbers in islice(crisis.reports_and_truth(events), min(_number(events, most), COMPARED)):
        truth |= {(report.report.id, event.id): number for event, number in zip(report.events, numbers, strict=True)}
        tellings += evidence_of(report)
    parts = [
        [truth[e.telling.report, e.telling.event] for e in part if e.telling.event] for part in happenings(tellings)
    ]
    both = sum(_pairs(Counter(part).values()) for part in parts)
    return both / _pairs(map(len, parts)), both / _pairs(Counter(truth.values()).values())


def _pairs(counts: Iterable[int]) -> int:
    return sum(comb(count, 2) for count in counts)


def memory(reports: int) -> None:
    """Print the peak of memory at each tenth of so many reports."""
    for count, _ in enumerate(_laid(crisis.reports(2 * reports), reports), 1):
        if count % max(1, reports // 10) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"  {count:,} reports: {peak:.0f} MB", flush=True)


def main() -> None:
    """Print a row for each number of events, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[2000, 200_000])
    parser.add_argument("--reports", type=int, help="stop each row after so many reports")
    parser.add_argument("--memory", type=int, help="reports over which the peak of memory is told")
    args = parser.parse_args()
    middle, high = [], []
    for events, times in zip(args.events, measured(args.events, args.reports), strict=True):
        middle.append(1e3 * times[len(times) // 2])
        high.append(1e3 * times[int(len(times) * 0.99)])
        count = _number(events, args.reports)
        print(f"{events:,} events, {count:,} reports: p50 {middle[-1]:.2f} ms, p99 {high[-1]:.2f} ms")
        right, found = precision_and_recall(events, args.reports)
        print(f"  same happening: pairwise precision {right:.3f}, recall {found:.3f}", flush=True)
    print(f"ratio of the last to the first: p50 {middle[-1] / middle[0]:.2f}, p99 {high[-1] / high[0]:.2f}")
    if args.memory:
        with get_context("spawn").Pool(1) as pool:
            pool.apply(memory, (args.memory,))


if __name__ == "__main__":
    main()
