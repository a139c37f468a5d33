"""Fit `data/actors/belonging.toml`: to which country words without one of their own belong.

    python eval/belonging.py ../shared/corpora [--write]

Cases are annotated spans of speakers, actors and recipients with a country, of the training parts of wikinews-plover,
wire-plover, re3d-plover and corpus/, for which the actor's index had to ask where the words stand, and whose country
the report names. A softmax over the report's countries, fitted by gradient descent with a ridge. Printed: the share of
right answers on the training part (five-fold, by report) and on the development parts (wikinews-plover, corpus/).
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from actors import labels_of
from annotated import folder_of
from brink import text
from brink.coding.actors import ActorIndex
from brink.coding.belonging import PATH, signs_of
from brink.coding.headline import countries_told
from brink.coding.register import load_register
from brink.coding.scene import Scene
from brink.records import Report
from told import scorer

Json = dict[str, Any]
SETS = ("wikinews", "wire", "re3d", "corpus")
RIDGE = 3.0
FOLDS = 5
Floats = NDArray[np.float64]


class Asked(Scene):
    """A scene that keeps the questions put to it."""

    questions: list[tuple[int, int, str]] | None = None

    def country_near(self, start: int, end: int, kind: str) -> str | None:
        """Answer as ever, and note the question."""
        self.questions = [*(self.questions or []), (start, end, kind)]
        return super().country_near(start, end, kind)


@dataclass(frozen=True, slots=True)
class Case:
    """One question: its report, the signs of each candidate, which of them is right, and what is answered now."""

    report: str
    candidates: dict[str, dict[str, float]]
    right: str
    now: str | None


def cases(corpora: Path, name: str, part: str) -> Iterator[Case]:
    """Cases of one part of a set."""
    score, folder = scorer(corpora), folder_of(corpora, name)
    read = {k: _ids(folder / f"{k}_ids.txt") for k in ("test", "dev")}
    docs = {str(d["id"]): d for d in score.load(folder / "docs.jsonl")}
    named = {str(m["id"]): m for m in score.load(folder / "mentions.jsonl")}
    for reading in score.load(folder / "annotations.jsonl"):
        i = str(reading["id"])
        if (i in read["dev"]) == (part == "dev") and i not in read["test"]:
            yield from _of_report(docs[i], reading, named[i], score)


def _ids(path: Path) -> set[str]:
    return set(path.read_text().split()) if path.exists() else set()


def _of_report(doc: Json, reading: Json, named: Json, score: Any) -> Iterator[Case]:
    body, offsets = score.layout(doc)
    published = datetime.date.fromisoformat(doc["published"][:10]) if doc.get("published") else None
    labels = [x[0] for x in labels_of(doc, offsets, named)]
    scene = Asked(body, text.layout(Report("x", body)).sentences, labels, countries_told(doc.get("title")))
    for s, words, gold in _spans(reading):
        span = score.place(doc, offsets, s, words)
        if span and gold:
            scene.questions = None
            found = ActorIndex(scene, load_register(None), published).actor(*span)
            if scene.questions:
                candidates = signs_of(scene, *scene.questions[-1])
                if gold in candidates:
                    yield Case(str(doc["id"]), candidates, gold, found.country)


def _spans(reading: Json) -> Iterator[tuple[int, Any, str | None]]:
    for st in reading["statements"]:
        yield st.get("speaker_s", st["s"]), st["speaker"], st["sp"][0]
    for event in reading["events"]:
        for words, country, *_ in (*event["a"], *event["r"]):
            yield event["s"], words, country


def fit(found: list[Case], names: list[str], steps: int = 400, rate: float = 0.1) -> Floats:
    """Weights of a softmax over each case's candidates, by Adam on the whole, with a ridge."""
    at = {n: k for k, n in enumerate(names)}
    rows, owner, right = [], [], []
    for n, case in enumerate(found):
        for country, signs in case.candidates.items():
            row = np.zeros(len(names))
            for name, value in signs.items():
                row[at[name]] = value
            rows.append(row)
            owner.append(n)
            right.append(country == case.right)
    x, group, y = np.array(rows), np.array(owner), np.array(right, dtype=float)
    w, m, v = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, steps + 1):
        e = np.exp(np.clip(x @ w, -30, 30))
        p = e / np.bincount(group, e)[group]
        g = x.T @ (p - y) + RIDGE * w
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        w -= rate * (1 - step / steps) * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return w


def share(found: list[Case], weights: dict[str, float]) -> float:
    """Share of cases whose likeliest candidate is right."""
    return sum(answer(c, weights) == c.right for c in found) / max(1, len(found))


def answer(case: Case, weights: dict[str, float]) -> str:
    """The likeliest candidate."""
    scores = {c: sum(weights.get(n, 0.0) * v for n, v in signs.items()) for c, signs in case.candidates.items()}
    return max(scores, key=lambda c: scores[c])


def main() -> None:
    """Print the shares, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    training = [c for name in SETS for c in cases(args.corpora, name, "train")]
    names = sorted({n for c in training for signs in c.candidates.values() for n in signs})
    reports = sorted({c.report for c in training})
    fold = {r: k % FOLDS for k, r in enumerate(reports)}
    held = []
    for k in range(FOLDS):
        w = dict(zip(names, fit([c for c in training if fold[c.report] != k], names), strict=True))
        held += [answer(c, w) == c.right for c in training if fold[c.report] == k]
    print(f"training part: {len(training)} cases, now {_now(training):.3f}, five-fold {np.mean(held):.3f}")
    weights = dict(zip(names, (round(float(v), 2) for v in fit(training, names)), strict=True))
    for name in ("wikinews", "corpus"):
        dev = list(cases(args.corpora, name, "dev"))
        print(f"{name} dev: {len(dev)} cases, now {_now(dev):.3f}, fitted {share(dev, weights):.3f}")
    if args.write:
        lines = "".join(f'"{n}" = {v}\n' for n, v in sorted(weights.items()))
        PATH.write_text(HEAD.format(n=len(training), day=datetime.date.today()) + "[weights]\n" + lines, "utf-8")


def _now(found: list[Case]) -> float:
    return sum(c.now == c.right for c in found) / max(1, len(found))


HEAD = """# Weights of the signs by which words without a country of their own get one (`brink.coding.belonging`).
# Fitted on {n} annotated spans of the training parts of wikinews-plover, wire-plover, re3d-plover and corpus/, {day}:
# python eval/belonging.py ../shared/corpora --write

"""

if __name__ == "__main__":
    main()
