"""The ledger's matching at 10 million happenings, simulated: `python benchmarks/simulation.py [--happenings N]`.

Three steps. (1) Measure: the corpus's reports, coded once, are told again in worlds that share parties but no place or
name, spread over time, and each step of laying a ledger (candidates, chances, joining, happenings) is timed at several
sizes. (2) From these: the seconds a pair, a candidate and a happening cost. (3) A world of N happenings is drawn: how
many tellings each entry of the index holds, entry by entry (parties by a power law fitted to the corpus, time cut into
the stretches of the ledger's own index), and the pairs that the index puts before the matching are counted from that.

It prints measured and simulated figures side by side where both were done, so that whoever reads them sees how far the
simulation is off. Only the way in memory is simulated: 10 million happenings would need a machine that holds them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from brink import coding, pipeline
from brink.ledger import matching
from brink.ledger.build import happening_of
from brink.ledger.evidence import Evidence, evidence_of
from brink.ledger.tables import table
from speed import reports

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one laying of a ledger took: numbers of things and seconds of CPU of each step."""

    tellings: int
    happenings: int
    looked_at: int
    candidates: int
    seconds: dict[str, float]


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
    """Lay a ledger of the tellings step by step."""
    marks = [time.process_time()]
    ordered = sorted(given, key=lambda e: e.key)
    pairs = list(matching.candidates(ordered))
    marks.append(time.process_time())
    chances = {pair: matching.probability(ordered[pair[0]], ordered[pair[1]]) for pair in pairs}
    marks.append(time.process_time())
    least = float(table("matching")["least"])
    parts = [
        part
        for component, held in matching._components(len(ordered), chances, least / 2)
        for part in matching._joined(component, held, least)
    ]
    marks.append(time.process_time())
    for part in parts:
        happening_of([ordered[i] for i in sorted(part)], None, None)
    marks.append(time.process_time())
    steps = dict(zip(("candidates", "chances", "joining", "happenings"), np.diff(marks).tolist(), strict=True))
    return Measured(len(ordered), len(parts), looked_at(ordered), len(pairs), steps)


def entries(ordered: Sequence[Evidence]) -> Counter[tuple[str, str, int]]:
    """How many tellings each entry of the index holds."""
    return Counter((*key, span) for e in ordered for key in matching._keys(e) for span in matching._spans(e))


def looked_at(ordered: Sequence[Evidence]) -> int:
    """Pairs that the index puts before the matching, counted without making them: what a telling is compared with."""
    held = entries(ordered)
    same = sum(n * (n - 1) // 2 for n in held.values())
    return same + sum(n * held.get((kind, value, span + 1), 0) for (kind, value, span), n in held.items())


@dataclass(frozen=True, slots=True)
class Shape:
    """What a world is drawn from: entries a telling, the power of its parties' frequencies, tellings a happening."""

    parties: float
    local: float
    power: float
    names: int
    per_happening: float


def shape_of(own: Sequence[Evidence], measured: Measured) -> Shape:
    """The corpus's shape. `power` is the slope of the logarithm of a party's frequency over that of its rank."""
    parties = Counter(v for e in own for kind, v in matching._keys(e) if kind == "party")
    others = sum(kind != "party" for e in own for kind, _ in matching._keys(e))
    counts = np.array([n for _, n in parties.most_common()], float)
    ranks = np.arange(1, len(counts) + 1)
    power = -float(np.polyfit(np.log(ranks), np.log(counts), 1)[0])
    total, held = len(own), measured.tellings / measured.happenings
    return Shape(parties.total() / total, others / total, power, len(counts), held)


def simulated(happenings: int, years: float, shape: Shape, local: float, seed: int = 7) -> tuple[int, float]:
    """Tellings of a world of `happenings` in `years`, and the pairs that its index puts before the matching.

    Parties are drawn by their frequencies for each stretch of days, entry by entry (Poisson); `local` are the pairs a
    telling that places, names and its own report bring, which do not grow with the world.
    """
    rng = np.random.default_rng(seed)
    count = round(happenings * shape.per_happening)
    spans = max(2, round(years * 365 / int(table("matching")["days"])))
    weights = np.arange(1, shape.names + 1, dtype=float) ** -shape.power
    expected = count * shape.parties / spans * weights / weights.sum()
    pairs, before = 0.0, np.zeros(len(expected))
    for _ in range(spans):
        held = rng.poisson(expected).astype(float)
        pairs += float((held * (held - 1) / 2 + held * before).sum())
        before = held
    return count, pairs + local * count


def fitted(runs: Sequence[Measured]) -> dict[str, float]:
    """Seconds a pair looked at, a candidate, a telling and a happening: least squares through all runs."""
    looked = _slope([(r.looked_at, r.seconds["candidates"]) for r in runs])
    chance = _slope([(r.candidates, r.seconds["chances"]) for r in runs])
    joined = _slope([(r.candidates, r.seconds["joining"]) for r in runs])
    built = _slope([(r.happenings, r.seconds["happenings"]) for r in runs])
    kept = _slope([(r.looked_at, float(r.candidates)) for r in runs])
    return {"pair": looked, "chance": chance, "joining": joined, "happening": built, "kept": kept}


def _slope(points: Sequence[tuple[float, float]]) -> float:
    return sum(x * y for x, y in points) / sum(x * x for x, _ in points)


def seconds(happenings: int, pairs: float, cost: dict[str, float]) -> float:
    """CPU seconds of laying a ledger in which the index puts `pairs` before the matching."""
    candidates = pairs * cost["kept"]
    return pairs * cost["pair"] + candidates * (cost["chance"] + cost["joining"]) + happenings * cost["happening"]


def main() -> None:
    """Measure, fit, simulate, print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--happenings", type=int, default=10_000_000)
    asked.add_argument("--years", type=float, default=10.0, help="years over which they are spread")
    asked.add_argument("--reports", type=int, default=100)
    asked.add_argument("--copies", type=int, nargs="+", default=[1, 2, 4, 8])
    asked.add_argument("--json", type=Path, help="write the figures here too")
    args = asked.parse_args()
    own = tellings(args.reports)
    runs = [timed(list(worlds(own, copies, 365 * copies))) for copies in args.copies]
    cost, shape = fitted(runs), shape_of(own, runs[0])
    alone = simulated(runs[0].happenings, 1.0, shape, 0.0)[1]
    local = max(0.0, (runs[0].looked_at - alone) / runs[0].tellings)
    print(f"{len(own)} tellings of {args.reports} reports; entries of their index {len(entries(own)):,}; {shape}")
    print("cost in microseconds: " + ", ".join(f"{k} {v * 1e6:.2f}" for k, v in cost.items() if k != "kept"))
    print(f"of pairs looked at {cost['kept']:.3f} are candidates; pairs a telling that do not grow: {local:.1f}")
    for copies, run in zip(args.copies, runs, strict=True):
        drawn = simulated(run.happenings, float(copies), shape, local)
        told = seconds(run.happenings, drawn[1], cost)
        real = sum(run.seconds.values())
        print(
            f"{run.happenings:>12,} happenings in {copies} year(s): measured {run.looked_at:,} pairs, {real:.2f} s; "
            f"simulated {drawn[1]:,.0f} pairs, {told:.2f} s"
        )
    found = {}
    for size in sorted({100_000, 1_000_000, args.happenings}):
        count, pairs = simulated(size, args.years, shape, local)
        found[size] = {"tellings": count, "pairs": pairs, "seconds": seconds(size, pairs, cost)}
        hours = found[size]["seconds"] / 3600
        print(f"{size:>12,} happenings in {args.years:g} years: {pairs:.3g} pairs, {hours:,.1f} CPU hours")
    if args.json:
        args.json.write_text(json.dumps({"cost": cost, "found": found}, indent=1))


if __name__ == "__main__":
    main()
