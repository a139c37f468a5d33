"""The installed package against documents annotated to the guide (wikinews-plover, corpus/).

    python eval/annotated.py ../shared/corpora wikinews [--part test|dev]
    python eval/annotated.py ../shared/corpora corpus

Scored by `score_annotated.py` that lies beside the corpora: statements match where contents have IoU >= 0.5, events
where triggers overlap. Mentions: strict span and kind, by groups (ORG+UNIT and GPE+LOC count as one kind each).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from brink import coding, pipeline
from brink.export.records import to_record
from brink.records import CodedReport, Report
from told import scorer

Json = dict[str, Any]
GROUPS = {"PER": "PER", "ORG": "ORG+UNIT", "UNIT": "ORG+UNIT", "GPE": "GPE+LOC", "LOC": "GPE+LOC", "NORP": "NORP"}


def folder_of(corpora: Path, name: str) -> Path:
    """Where a set lies: the project's own corpus in the repository, all others beside the scorer."""
    return Path(__file__).parents[1] / "corpus" if name == "corpus" else corpora / f"{name}-plover"


def coded(corpora: Path, name: str, ids: set[str]) -> list[CodedReport]:
    """Every named document coded alone, from its plain text."""
    from brink.intake.dates import published as parse_published

    score = scorer(corpora)
    register = coding.load_register(None)
    found = []
    for doc in score.load(folder_of(corpora, name) / "docs.jsonl"):
        if str(doc["id"]) in ids:
            published, precision = parse_published(doc["published"]) if doc.get("published") else (None, None)
            report = Report(
                str(doc["id"]),
                score.layout(doc)[0],
                outlet=doc.get("outlet"),
                title=doc.get("title"),
                published=published,
                published_precision=precision,
            )
            found.append(pipeline.annotate_one(report, register))
    return found


def ids_of(corpora: Path, name: str, part: str) -> set[str]:
    """Document ids of a part."""
    return set((folder_of(corpora, name) / f"{part}_ids.txt").read_text().split())


def mention_f1(corpora: Path, name: str, found: list[CodedReport]) -> dict[str, float]:
    """Strict F1 of mentions by group and over all groups."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "train"))
    gold = gold_mentions(folder_of(corpora, name), scorer(corpora))
    counts = {g: [0, 0, 0] for g in {*GROUPS.values(), "all"}}
    for one in found:
        ours = {(m.start, m.end, GROUPS[m.kind]) for m in one.mentions if m.kind in GROUPS}
        theirs = gold[one.report.id]
        for group, c in counts.items():
            a = {x for x in ours if group in ("all", x[2])}
            b = {x for x in theirs if group in ("all", x[2])}
            c[0] += len(a & b)
            c[1] += len(a)
            c[2] += len(b)
    return {g: 2 * c[0] / max(1, c[1] + c[2]) for g, c in sorted(counts.items())}


def gold_mentions(folder: Path, score: ModuleType) -> dict[str, set[tuple[int, int, str]]]:
    """Annotated mentions of every document as offsets of the laid-out text; the longest of nested ones counts."""
    from brink_train.own import load

    return {
        d.id: {(m.start, m.end, GROUPS[m.kind]) for m in d.marks if m.head == "mention" and m.kind in GROUPS}
        for d in load(folder)
    }


def figures(corpora: Path, name: str, part: str, errors: int = 0) -> Json:
    """All figures of one part as numbers."""
    score, ids = scorer(corpora), ids_of(corpora, name, part)
    found = coded(corpora, name, ids)
    folder = folder_of(corpora, name)
    outs = [json.loads(json.dumps(to_record(c))) for c in found]
    c, aux, types = score.score(
        score.load(folder / "docs.jsonl"), score.load(folder / "annotations.jsonl"), outs, ids, errors
    )
    return {
        "counts": dict(c),
        "aux": {k: dict(v) for k, v in aux.items()},
        "types": {k: dict(v) for k, v in types.items()},
        "mentions": mention_f1(corpora, name, found),
    }


def f1(tp: float, p: float, g: float) -> float:
    """F1 from counts."""
    return 2 * tp / max(1, p + g)


SHARES = {
    "speaker": ("speaker", "st_tp"),
    "speaker country": ("cty", "cty_n"),
    "quoted": ("quoted", "st_tp"),
    "relay where any": ("relay1", "relay1_n"),
    "mode": ("mode", "mode_n"),
    "actor country": ("actor", "actor_n"),
    "recipient country": ("recip", "recip_n"),
    "own voice or attributed": ("own", "ev_tp"),
    "right statement": ("which", "which_n"),
    "certainty": ("cert", "ev_tp"),
    "quantity": ("q", "q_n"),
    "time": ("t", "t_n"),
}
FOUND = {
    "statements F1": ("st_tp", "st_p", "st_g"),
    "events trigger F1": ("tr_tp", "ev_p", "ev_g"),
    "events trigger+type F1": ("ev_tp", "ev_p", "ev_g"),
    "unknowns F1": ("un_tp", "un_p", "un_g"),
}


def named_figures(raw: Json) -> dict[str, float]:
    """The figures that the gate and docs/accuracy.md name."""

    def of(name: str) -> float:
        return float(raw["counts"].get(name, 0))

    out = {label: f1(*map(of, names)) for label, names in FOUND.items()}
    out |= {label: of(n) / max(1, of(k)) for label, (n, k) in SHARES.items()}
    for name, v in raw["aux"].items():
        out[f"aux {name} F1"] = f1(v.get("tp", 0), v.get("p", 0), v.get("g", 0))
        out[f"aux {name} cases"] = v.get("g", 0)
    return out | {f"mentions {k} F1": v for k, v in raw["mentions"].items()}


def main() -> None:
    """Print the figures of one part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("set", choices=("wikinews", "corpus", "wire", "re3d", "ukraine2014"))
    parser.add_argument("--part", default="test")
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    raw = figures(args.corpora, args.set, args.part, args.errors)
    print(f"{args.set} {args.part}: {raw['counts'].get('st_g')} statements, {raw['counts'].get('ev_g')} events")
    for name, value in named_figures(raw).items():
        print(f"  {name:36s} {value:.3f}")
    for kind, v in sorted(raw["types"].items(), key=lambda x: -x[1].get("g", 0)):
        print(f"    {kind:10s} F1 {f1(v.get('tp', 0), v.get('p', 0), v.get('g', 0)):.3f} (gold {v.get('g', 0)})")


if __name__ == "__main__":
    main()
