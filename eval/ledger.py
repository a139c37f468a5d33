"""The ledger on groups of reports with gold happenings: `python eval/ledger.py ../shared/corpora/wire-groups`.

One ledger per group, coded by the installed package; the main happening is scored. Of our happenings the one is taken
that best fits the gold one (reports, act, actor). Figures: same-happening pairwise F1 over pairs of reports, origin
count (distinct names that assert a claim), status, contradicted attribute (of the contradicted ones).
`--coded FILE` takes coded reports instead of coding them anew; `--gold` takes codings made by hand.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import gold as annotations
from brink import coding, pipeline
from brink.export.records import loads
from brink.intake.dates import instant, published
from brink.ledger import ledger
from brink.ledger.tables import kin
from brink.records import CodedReport, Crisis, Happening, Report

Json = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts over groups; `rows` tell each group's outcome for reading."""

    pairs: list[int] = field(default_factory=lambda: [0, 0, 0])
    origins: int = 0
    always_one: int = 0
    status: int = 0
    attribute: list[int] = field(default_factory=lambda: [0, 0])
    groups: int = 0
    rows: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Name -> value, shares between 0 and 1."""
        both, ours, gold = self.pairs
        return {
            "same-happening pairwise F1": 2 * both / max(1, ours + gold),
            "origin count": self.origins / max(1, self.groups),
            "origin count, always one": self.always_one / max(1, self.groups),
            "status": self.status / max(1, self.groups),
            "contradicted attribute": self.attribute[0] / max(1, self.attribute[1]),
            "groups": self.groups,
        }


def groups_of(folder: Path) -> list[Json]:
    """The groups of a folder."""
    return [json.loads(line) for line in (folder / "groups.jsonl").read_text("utf-8").splitlines()]


def code(groups: Iterable[Json]) -> dict[str, CodedReport]:
    """Every report of the groups, coded alone."""
    register = coding.load_register(None)
    found = {}
    for group in groups:
        for r in group["reports"]:
            day, precision = published(r["published"])
            report = Report(
                r["id"], r["text"], None, r["outlet"], r["title"], day, precision,
                published_at=instant(r["published"]),
            )  # fmt: skip
            found[r["id"]] = pipeline.annotate_one(report, register)
    return found


def crisis_of(group: Json) -> Crisis | None:
    """The group's camps as a crisis file would give them."""
    return Crisis(group["id"], None, None, tuple(sorted(group["camps"].items()))) if group["camps"] else None


def score(groups: Iterable[Json], coded: dict[str, CodedReport]) -> Score:
    """Build one ledger per group and compare its main happening."""
    total = Score()
    for group in groups:
        reports = [coded[r["id"]] for r in group["reports"]]
        found = ledger(reports, crisis_of(group), date.fromisoformat(group["as_of"][:10]))
        gold = next(h for h in group["happenings"] if h["main"])
        _add(total, group["id"], gold, best(gold, found))
    return total


def best(gold: Json, found: Iterable[Happening]) -> Happening | None:
    """Our happening that fits a gold one best: the reports they share, the act, the actors."""
    return max(found, key=lambda h: (fit(gold, h), h.id), default=None)


def fit(gold: Json, h: Happening) -> float:
    """How well a happening of ours fits a gold one."""
    reports = set(gold["reports"])
    shared = len(reports & set(h.reports)) / len(reports | set(h.reports))
    act = gold["deed"][0] if gold["deed"] else gold["event"]
    ours = h.deed.event if h.deed else h.event
    same = 1.0 if act == ours else 0.5 if kin(act, ours) else 0.0
    actors = {p.country or p.name for p in h.actor} & {a.split("-")[0] for a in gold["actor"]}
    return shared + 0.6 * same + 0.3 * bool(actors or not gold["actor"])


def _add(total: Score, name: str, gold: Json, h: Happening | None) -> None:
    total.groups += 1
    names = {o["name"] for o in gold["origins"] if (o["stance"], o["of"]) == ("asserts", "claim")}
    total.always_one += len(names) == 1
    if h is None:
        total.pairs[2] += len(list(combinations(gold["reports"], 2)))
        total.attribute[1] += bool(gold["contradicted_on"])
        total.rows.append(f"{name} nothing found")
        return
    ours = {o.name for o in h.origins if (o.stance, o.of) == ("asserts", "claim")}
    mine, theirs = _pairs(h.reports), _pairs(gold["reports"])
    total.pairs = [a + b for a, b in zip(total.pairs, (len(mine & theirs), len(mine), len(theirs)), strict=True)]
    total.origins += len(ours) == len(names)
    total.status += h.status == gold["status"]
    if gold["contradicted_on"]:
        total.attribute[0] += set(h.contradicted_on) == set(gold["contradicted_on"])
        total.attribute[1] += 1
    total.rows.append(
        f"{name} {'ok ' if h.status == gold['status'] else 'NOT'} status {h.status} / {gold['status']}; "
        f"origins {sorted(ours)} / {sorted(names)}; reports {sorted(h.reports)} / {sorted(gold['reports'])}; "
        f"on {h.contradicted_on} / {gold['contradicted_on']}; {h.event} {h.phase} / {gold['event']} {gold['phase']}"
    )


def _pairs(reports: Iterable[str]) -> set[tuple[str, str]]:
    return {(min(p), max(p)) for p in combinations(set(reports), 2)}


def main() -> None:
    """Score the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--coded", type=Path, help="coded reports (JSONL) instead of coding anew")
    parser.add_argument("--gold", action="store_true", help="take the folder's annotations instead of coding")
    parser.add_argument("--show", action="store_true", help="print each group's outcome")
    args = parser.parse_args()
    for folder in args.folders:
        groups = groups_of(folder)
        found = score(groups, _coded(args, folder, groups))
        print(folder.name, {k: round(v, 3) for k, v in found.figures().items()})
        if args.show:
            print("\n".join(found.rows))


def gold_of(folder: Path, groups: list[Json]) -> dict[str, CodedReport]:
    """Codings by hand: beside the groups, or for wire-groups those that the project keeps without text."""
    if (folder / "annotations.jsonl").exists():
        return annotations.coded(folder)
    return annotations.stored(Path(__file__).parent / "wire_groups.jsonl", groups)


def figures(folder: Path) -> dict[str, float]:
    """All figures of a folder of groups, with our codings and with those made by hand."""
    groups = groups_of(folder)
    found = score(groups, code(groups)).figures()
    by_hand = score(groups, gold_of(folder, groups)).figures()
    return found | {f"{k}, codings by hand": v for k, v in by_hand.items() if k != "groups" and "always" not in k}


def read_coded(paths: Iterable[Path]) -> dict[str, CodedReport]:
    """Coded reports kept in files, by id."""
    lines = (line for path in paths for line in path.read_text("utf-8").splitlines())
    return {c.report.id: c for c in map(loads, lines)}


def _coded(args: argparse.Namespace, folder: Path, groups: list[Json]) -> dict[str, CodedReport]:
    if args.gold:
        return gold_of(folder, groups)
    if args.coded:
        return read_coded([args.coded])
    return code(groups)


if __name__ == "__main__":
    main()
