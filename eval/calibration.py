"""Is the confidence of events honest? `python eval/calibration.py ../shared/corpora` prints its calibration error.

Events of the test parts of wikinews-plover and corpus/: an event is right where its trigger overlaps a gold one of its
type. Expected calibration error over ten equal bins of confidence. `--write` fits the card's calibration of events
anew, on the same sets' development parts, end to end.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from annotated import coded, folder_of, ids_of
from told import scorer

SETS = ("wikinews", "corpus")
BINS = 10
CARD = Path(__file__).parents[1] / "src/brink/data/model/card.json"


def judged(corpora: Path, name: str, part: str = "test") -> list[tuple[float, bool]]:
    """Confidence of each found event, and whether it is right."""
    score, folder, ids = scorer(corpora), folder_of(corpora, name), ids_of(corpora, name, part)
    docs = {str(d["id"]): d for d in score.load(folder / "docs.jsonl")}
    read = {str(a["id"]): a for a in score.load(folder / "annotations.jsonl")}
    found = []
    for report in coded(corpora, name, ids):
        offsets = score.layout(docs[report.report.id])[1]
        told = [
            (e["e"], score.place(docs[report.report.id], offsets, e["s"], e["t"]))
            for e in read[report.report.id]["events"]
        ]
        for e in report.events:
            right = any(
                kind == e.event and at and at[0] < e.trigger.end and e.trigger.start < at[1] for kind, at in told
            )
            found.append((e.confidence, right))
    return found


def error(given: list[tuple[float, bool]]) -> float:
    """Expected calibration error: the bins' distance between mean confidence and share right, weighed by size."""
    total = 0.0
    for k in range(BINS):
        inside = [(c, r) for c, r in given if k / BINS < c <= (k + 1) / BINS]
        if inside:
            total += abs(sum(c - r for c, r in inside))
    return total / max(1, len(given))


def figures(corpora: Path) -> dict[str, float]:
    """The error of each set."""
    return {f"expected calibration error of events, {name}": error(judged(corpora, name)) for name in SETS}


def fitted(given: list[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and intercept on the log-odds of confidence that make it likeliest, by Newton's method."""
    p = np.clip([c for c, _ in given], 1e-4, 1 - 1e-4)
    x = np.stack([np.log(p / (1 - p)), np.ones(len(p))], axis=1)
    y, w = np.array([float(r) for _, r in given]), np.array([1.0, 0.0])
    for _ in range(50):
        q = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x.T * (q * (1 - q))) @ x + np.eye(2), x.T @ (q - y) + w - np.array([1.0, 0.0]))
    return float(w[0]), float(w[1])


def write(corpora: Path) -> None:
    """Put the fit behind the calibration that the card has."""
    slope, intercept = fitted([row for name in SETS for row in judged(corpora, name, "dev")])
    card = json.loads(CARD.read_text("utf-8"))
    a, b = card["calibration"]["event"]
    card["calibration"]["event"] = [round(a * slope, 4), round(b * slope + intercept, 4)]
    CARD.write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def main() -> None:
    """Print the errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.write:
        write(args.corpora)
        return
    for name, value in figures(args.corpora).items():
        print(f"{name}: {value:.3f}")


if __name__ == "__main__":
    main()
