"""The ledger's matching at 10 million happenings, reckoned: `python benchmarks/simulation.py [--happenings N]`.

The corpus's reports, coded once, are told again in worlds that share parties but no place or name, spread over time,
and laid into a ledger at several sizes: counted are the tellings with which one is compared, and timed is the CPU of
choosing and of building a happening. Both depend on what is told in the days about, not on how much is there, and no
telling is compared with more than `blocks.most()`. So a ledger of N happenings is reckoned from the costs of the
largest world measured, with as many comparisons as were counted there, and with the most there can be. Copying, reading
and writing a database, and what a shelf on disk costs are not in it (benchmarks/ledger.py measures the last).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from brink import coding, pipeline
from brink.ledger import linking
from brink.ledger.blocks import most
from brink.ledger.build import happening_of
from brink.ledger.evidence import Evidence, evidence_of
from brink.ledger.matching import probability
from speed import reports


@dataclass(frozen=True, slots=True)
class Measured:
    """What one laying of a ledger took: numbers of things, and seconds of CPU of choosing, of building, of a pair."""

    tellings: int
    happenings: int
    compared: int
    choosing: float
    building: float
    pair: float


def tellings(count: int) -> list[Evidence]:
    """Tellings of the corpus's reports."""
    register = coding.load_register(None)
    return [e for r in reports(count) for e in evidence_of(pipeline.annotate_one(r, register))]


def worlds(own: Sequence[Evidence], copies: int, days: int) -> Iterator[Evidence]:
    """The tellings again, `copies` times, each in a world of its own: no shared reports, but shared parties and days.

    Parties stay, since states are in every crisis; places and names get the number of the world. Worlds are spread
    evenly over `days` days.
    """
    for copy in range(copies):
        shift = copy * days // copies
        mark = f"#{copy}"
        for e in own:
            yield replace(
                e,
                telling=replace(e.telling, report=e.telling.report + mark),
                day=None if e.day is None else e.day + shift,
                days=None if e.days is None else (e.days[0] + shift, e.days[1] + shift),
                place=frozenset(p + mark for p in e.place),
                names=frozenset(n + mark for n in e.names),
            )


def timed(given: Sequence[Evidence]) -> Measured:
    """Lay a ledger of the tellings."""
    start = time.process_time()
    parts = linking.happenings(given)
    chosen = time.process_time()
    for part in parts:
        happening_of(part, None, None)
    built = time.process_time()
    held = linking.refs_of(given)
    pairs = linking.candidates(held)
    counted = time.process_time()
    for a, b in pairs:
        probability(held[a], held[b])
    pair = (time.process_time() - counted) / max(1, len(pairs))
    return Measured(len(given), len(parts), len(pairs), chosen - start, built - chosen, pair)


def seconds(happenings: int, run: Measured, compared: float) -> float:
    """CPU seconds of laying so many happenings with `compared` comparisons a telling, from the costs of a world."""
    count = happenings * run.tellings / run.happenings
    rest = max(0.0, run.choosing - run.compared * run.pair) / run.tellings
    return count * (rest + compared * run.pair) + happenings * run.building / run.happenings


def main() -> None:
    """Measure, reckon, print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--happenings", type=int, default=10_000_000)
    asked.add_argument("--reports", type=int, default=40)
    asked.add_argument("--copies", type=int, nargs="+", default=[1, 2, 4])
    asked.add_argument("--json", type=Path, help="write the figures here too")
    args = asked.parse_args()
    own = tellings(args.reports)
    runs = [timed(list(worlds(own, copies, 365 * copies))) for copies in args.copies]
    for run in runs:
        each = 1e6 * run.choosing / run.tellings
        print(
            f"{run.tellings:,} tellings, {run.happenings:,} happenings: {run.compared / run.tellings:.1f} comparisons "
            f"and {each:.0f} microseconds a telling, {1e6 * run.building / run.happenings:.0f} a happening"
        )
    last = runs[-1]
    found = {}
    for size in sorted({100_000, 1_000_000, args.happenings}):
        as_here, at_most = seconds(size, last, last.compared / last.tellings), seconds(size, last, most())
        found[size] = {"as measured": as_here, "at most": at_most}
        print(
            f"{size:>12,} happenings: {as_here / 3600:,.2f} CPU hours, {at_most / 3600:,.2f} with {most()} comparisons"
        )
    if args.json:
        args.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
