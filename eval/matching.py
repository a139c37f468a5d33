"""How the ledger's matching was fitted: `python eval/matching.py ../shared/corpora [--coded FILE…] [--words]`.

Pairs of tellings of the development sets of the ledger, wire-groups and corpus/dev_groups, coded by Brink and by hand,
are told apart by a ridge logistic regression on the features of `brink.ledger.matching`; each set weighs the same.
Beside the pairs within groups stand pairs from two groups that share a party, moved near each other in time:
look-alikes that a large ledger would hold. Prints the weights of data/ledger/matching.toml; `--coded` takes coded
reports instead of coding anew; `--words` prints data/ledger/words.tsv instead.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import ledger
from brink.ledger import linking, matching, wording
from brink.ledger.evidence import Evidence, evidence_of
from brink.ledger.tables import kin
from brink.records import CodedReport

SETS = ("wikinews-plover", "wire-plover", "ukraine2014-plover", "re3d-plover")
RIDGE = 2.0
CROSS = 0.7
"""Pairs across groups for each pair within one."""
APART = range(-1, 6)
"""Days by which look-alikes of another group are moved apart."""
LEAST_SENTENCES = 12
DEV_GROUPS = Path(__file__).resolve().parents[1] / "corpus" / "dev_groups"
Told = Mapping[tuple[str, str], str | None]
"""Which happening an event tells, by report and event."""


def happening_by_hand(folder: Path) -> dict[tuple[str, str], str | None]:
    """Which happening each event coded by hand tells."""
    own = folder / "annotations.jsonl"
    path = own if own.exists() else Path(__file__).parent / "wire_groups.jsonl"
    lines = map(json.loads, path.read_text("utf-8").splitlines())
    return {(line["id"], e.get("id", f"e{i}")): e["h"] for line in lines for i, e in enumerate(line["events"])}


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


def rows(
    groups: list[ledger.Json], coded: Mapping[str, CodedReport], told: Told | None
) -> Iterator[tuple[list[float], bool]]:
    """Features of pairs and whether both tell one happening: all pairs within groups, then a draw across groups.

    Without `told` the happening that fits a telling of ours best is taken for its own.
    """
    held: list[list[Evidence]] = []
    count = 0
    for group in groups:
        refs = linking.refs_of(e for r in group["reports"] for e in evidence_of(coded[r["id"]]))
        found = list(refs.values())
        places = {ref: i for i, ref in enumerate(refs)}
        held.append(found)
        names = [
            fitting(e, group["happenings"]) if told is None else told.get((e.telling.report, e.telling.event or ""))
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
                        moved = _moved(b, (a.day or 0) - (b.day or 0) + rng.choice(APART))
                        if matching.may(a, moved):
                            found.append((a, moved))
    rng.shuffle(found)
    return found[:count]


def _moved(e: Evidence, days: int) -> Evidence:
    when = (e.days[0] + days, e.days[1] + days) if e.days else None
    return replace(e, day=e.day + days if e.day is not None else None, days=when)


def fit(x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton's method; `weight` is each row's."""
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x.T * (weight * p * (1 - p))) @ x + RIDGE * np.eye(len(w))
        w -= np.linalg.solve(hessian, x.T @ (weight * (p - y)) + RIDGE * w)
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


def pairs(folder: Path, kept: Mapping[str, CodedReport] | None) -> list[tuple[list[float], bool]]:
    """The rows of one set, coded by Brink and by hand."""
    groups = ledger.groups_of(folder)
    ours = rows(groups, kept or ledger.code(groups), None)
    return [*ours, *rows(groups, ledger.gold_of(folder, groups), happening_by_hand(folder))]


def balanced(
    sets: list[list[tuple[list[float], bool]]],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Features, answers and weights of all rows; each set weighs as much as the largest."""
    most = max(map(len, sets))
    flat = [row for found in sets for row in found]
    weight = np.concatenate([np.full(len(found), most / len(found)) for found in sets])
    return np.array([x for x, _ in flat]), np.array([float(y) for _, y in flat]), weight


def main() -> None:
    """Print weights, or words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--coded", type=Path, nargs="*", help="coded reports (JSONL) instead of coding anew")
    parser.add_argument("--words", action="store_true")
    args = parser.parse_args()
    if args.words:
        print("\n".join(rare_words(args.corpora)))
        return
    folders = (args.corpora / "wire-groups", DEV_GROUPS)
    kept = ledger.read_coded(args.coded) if args.coded else None
    w = fit(*balanced([pairs(folder, kept) for folder in folders]))
    for name, value in zip([*matching.FEATURES, "bias"], w, strict=True):
        print(f"{name} = {value:.2f}")


if __name__ == "__main__":
    main()
