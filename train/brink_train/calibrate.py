"""Biases and confidences on the development parts (wikinews dev_ids, PolNeAR dev), written into the card.

A head's bias is added to its O logit: the value with the best F1 there. Calibration is a logistic regression of
"this span is right" on the logit of the span's mean probability, for each head.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from brink.model import codec
from brink.model.card import Card, load_card
from brink.model.labelling import opens
from brink.model.packing import Window, pack
from brink.model.session import Output, load_session
from brink_train import others, own
from brink_train.documents import Document
from brink_train.windows import prepare

OVERLAP = frozenset({"event", "deed", "content", "content_inner", "unknown", "party", "circumstance"})
"""Heads judged by overlap with the right label, as the scorers judge them; all others by exact span."""
GRID = np.arange(-1.6, 1.61, 0.2)


@dataclass(slots=True)
class Run:
    """One development document through the network."""

    document: Document
    windows: list[Window]
    outputs: list[Output]


def development(corpora: Path) -> list[Document]:
    """Development documents of both kinds."""
    folder = corpora / "wikinews-plover"
    named = frozenset((folder / "dev_ids.txt").read_text().split())
    wikinews = [d for d in own.load(folder) if d.id in named]
    return wikinews + others.polnear(corpora / "polnear/data/dev")


def calibrate(args: Namespace) -> None:
    """Fill `bias` and `calibration` of the card in args.model."""
    load_card.cache_clear()
    session = load_session(args.model, threads=2)
    runs = []
    for prepared in prepare(development(args.corpora), session.tokeniser):
        windows = list(pack(prepared.words, session.cls, session.sep))
        runs.append(Run(prepared.document, windows, session.run(windows)))
    path = args.model / "card.json"
    stored: dict[str, Any] = json.loads(path.read_text())
    stored["bias"], stored["calibration"], figures = {}, {}, {}
    for name, head in session.card.heads.items():
        mine = [r for r in runs if name in r.document.heads]
        if head.way != "tags" or not mine:
            continue
        scored = [(f1(rows), bias, rows) for bias in GRID for rows in [spans(name, mine, session.card, float(bias))]]
        best = max(scored, key=lambda x: (x[0], -abs(x[1])))
        stored["bias"][name] = round(float(best[1]), 2)
        stored["calibration"][name] = logistic(best[2])
        figures[name] = round(best[0], 4)
        print(
            f"{name:16s} bias {best[1]:+.1f} F1 {best[0]:.3f} (without {f1(spans(name, mine, session.card, 0.0)):.3f})",
            flush=True,
        )
    stored["development"] = figures
    path.write_text(json.dumps(stored, indent=1) + "\n")


@dataclass(slots=True)
class Judged:
    """Spans of one head over all documents: found ones with confidence and verdict, and how many there are."""

    found: list[tuple[float, bool]]
    gold: int
    hit: int


def spans(name: str, runs: Sequence[Run], card: Card, bias: float) -> Judged:
    """Decode one head with `bias` and compare with the annotation."""
    head = card.heads[name]
    judged = Judged([], 0, 0)
    for run in runs:
        logits = [o.logits.copy() for o in run.outputs]
        for rows in logits:
            rows[:, head.start] += np.float32(bias)
        tagged = codec.decode(logits, [opens(w) for w in run.windows], [head])
        gold = [(m.start, m.end, m.kind) for m in run.document.marks if m.head == name]
        seen: set[int] = set()
        for t in tagged:
            words = run.windows[t.window].words
            span = (words[t.first].start, words[t.last].end, head.labels[t.label])
            match = next((i for i, g in enumerate(gold) if i not in seen and _same(name, span, g)), None)
            if match is not None:
                seen.add(match)
            judged.found.append((t.confidence, match is not None))
        judged.gold += len(gold)
        judged.hit += len(seen)
    return judged


def _same(name: str, a: tuple[int, int, str], b: tuple[int, int, str]) -> bool:
    if a[2] != b[2]:
        return False
    if name not in OVERLAP:
        return a[:2] == b[:2]
    shared = min(a[1], b[1]) - max(a[0], b[0])
    if name.startswith("content"):
        return shared / (max(a[1], b[1]) - min(a[0], b[0])) >= 0.5
    return shared > 0


def f1(j: Judged) -> float:
    """Micro F1."""
    return 2 * j.hit / max(1, len(j.found) + j.gold)


def logistic(judged: Judged, steps: int = 400) -> list[float]:
    """Slope and intercept by Newton's method with a small ridge."""
    if len(judged.found) < 20:
        return [1.0, 0.0]
    p = np.clip(np.array([c for c, _ in judged.found]), 1e-6, 1 - 1e-6)
    x = np.stack([np.log(p / (1 - p)), np.ones_like(p)], axis=1)
    y = np.array([float(v) for _, v in judged.found])
    w = np.array([1.0, 0.0])
    for _ in range(steps):
        q = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (q * (1 - q))[:, None]).T @ x + np.eye(2)
        change = np.linalg.solve(hessian, x.T @ (q - y) + (w - np.array([1.0, 0.0])))
        # Short steps: with few spans a full one can overshoot beyond return.
        w = w - np.clip(change, -0.3, 0.3)
        if np.abs(change).max() < 1e-7:
            break
    return [round(float(v), 4) for v in w]
