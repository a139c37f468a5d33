"""How the ledger's matching was fitted: `python eval/matching.py ../shared/corpora [--words]`.

Pairs of tellings of wire-groups (the development set of the ledger), coded by Brink and by hand (`wire_groups.jsonl`),
are told apart by a ridge logistic regression on the features of `brink.ledger.matching`. Beside the pairs within groups
stand pairs from two groups that share a party, moved to the same days: look-alikes that a large ledger would hold.
Prints the weights of data/ledger/matching.toml; `--words` prints data/ledger/words.tsv instead.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import gold
import ledger
from brink.ledger import linking, matching, wording
from brink.ledger.evidence import Evidence, evidence_of
from brink.ledger.tables import kin

SETS = ("wikinews-plover", "wire-plover", "ukraine2014-plover", "re3d-plover")
RIDGE = 2.0
CROSS = 0.7
"""Pairs across groups for each pair within one."""
LEAST_SENTENCES = 12


def happening_by_hand(path: Path) -> dict[tuple[str, str], str | None]:
    """Which happening each event coded by hand tells, by report and event."""
    lines = map(json.loads, path.read_text("utf-8").splitlines())
    return {(line["id"], e["id"]): e["h"] for line in lines for e in line["events"]}


def fitting(e: Evidence, happenings: list[ledger.Json]) -> str | None:
    """The gold happening that a telling of ours fits by act, parties and origin, None where none does well."""
    best, found = 1.0, None
    for h in happenings:
        act = h["deed"][0] if h["deed"] else h["event"]
        if e.telling.report not in h["reports"] or not kin(e.act, act):
            continue
        value = 1.0 if e.act in (act, h["event"]) else 0.4
        mine, theirs = {a.split("/")[0] for a in e.actors}, {a.split("-")[0] for a in h["actor"]}
        value += 0.6 if mine & theirs else -0.3 if mine and theirs else 0.0
        names = {o["name"].split("-")[0] for o in h["origins"] if e.telling.report in o["reports"]}
        value += 0.6 * bool(names & {e.body.name, e.body.country})
        value += 0.3 * bool(set(h["mode"]) & set(e.mode))
        if value >= best:
            best, found = value, str(h["key"])
    return found


def rows(groups: list[ledger.Json], by_hand: bool, path: Path) -> Iterator[tuple[list[float], bool]]:
    """Features of pairs and whether both tell one happening: all pairs within groups, then a draw across groups."""
    coded = gold.stored(path, groups) if by_hand else ledger.code(groups)
    told = happening_by_hand(path)
    held: list[list[Evidence]] = []
    count = 0
    for group in groups:
        refs = linking.refs_of(e for r in group["reports"] for e in evidence_of(coded[r["id"]]))
        found = list(refs.values())
        places = {ref: i for i, ref in enumerate(refs)}
        held.append(found)
        names = [
            told.get((e.telling.report, e.telling.event or "")) if by_hand else fitting(e, group["happenings"])
            for e in found
        ]
        for i, j in sorted((places[a], places[b]) for a, b in linking.candidates(refs)):
            if names[i] is not None and names[j] is not None:
                count += 1
                yield _row(found[i], found[j]), names[i] == names[j]
    for a, b in across(held, int(count * CROSS)):
        yield _row(a, b), False


def _row(a: Evidence, b: Evidence) -> list[float]:
    found = matching.features(a, b)
    return [*(found.get(name, 0.0) for name in matching.FEATURES), 1.0]


def across(held: list[list[Evidence]], count: int) -> list[tuple[Evidence, Evidence]]:
    """Pairs from two groups with a common party, the later group's days moved beside the earlier's."""
    rng = random.Random(0)
    found = []
    for i, one in enumerate(held):
        for other in held[i + 1 :]:
            for a in one:
                for b in other:
                    if (a.actors | a.recipients) & (b.actors | b.recipients):
                        moved = _moved(b, (a.day or 0) - (b.day or 0) + rng.choice([-1, 0, 1, 2, 3]))
                        if matching.may(a, moved):
                            found.append((a, moved))
    rng.shuffle(found)
    return found[:count]


def _moved(e: Evidence, days: int) -> Evidence:
    when = (e.days[0] + days, e.days[1] + days) if e.days else None
    return replace(e, day=e.day + days if e.day is not None else None, days=when)


def fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x.T * (p * (1 - p))) @ x + RIDGE * np.eye(len(w))
        w -= np.linalg.solve(hessian, x.T @ (p - y) + RIDGE * w)
    return w


def rare_words(corpora: Path) -> Iterator[str]:
    """Lines of words.tsv: stems and their weights in the training parts of the project's sets."""
    counted: Counter[str] = Counter()
    sentences = 0
    kept = corpora / "wikinews-plover"
    apart = {n for part in ("test", "dev") for n in (kept / f"{part}_ids.txt").read_text().split()}
    for name in SETS:
        for doc in map(json.loads, (corpora / name / "docs.jsonl").read_text("utf-8").splitlines()):
            if str(doc["id"]) not in apart:
                sentences += len(doc["sentences"])
                counted.update(stem for s in doc["sentences"] for stem in wording.stems(s))
    for stem, count in sorted(counted.items(), key=lambda row: (-row[1], row[0])):
        if count >= LEAST_SENTENCES:
            yield f"{stem}\t{math.log(sentences / count):.1f}"


def main() -> None:
    """Print weights, or words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--words", action="store_true")
    args = parser.parse_args()
    if args.words:
        print("\n".join(rare_words(args.corpora)))
        return
    groups = ledger.groups_of(args.corpora / "wire-groups")
    path = Path(__file__).parent / "wire_groups.jsonl"
    found = [row for by_hand in (False, True) for row in rows(groups, by_hand, path)]
    w = fit(np.array([x for x, _ in found]), np.array([float(y) for _, y in found]))
    for name, value in zip([*matching.FEATURES, "bias"], w, strict=True):
        print(f"{name} = {value:.2f}")


if __name__ == "__main__":
    main()
