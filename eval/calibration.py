"""Is the confidence of events honest? `python eval/calibration.py ../shared/corpora` prints its calibration error.

Events of the test parts of wikinews-plover and corpus/: an event is right where its trigger overlaps a gold one of its
type. Expected calibration error over ten equal bins of confidence.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from annotated import coded, folder_of, ids_of
from told import scorer

SETS = ("wikinews", "corpus")
BINS = 10


def judged(corpora: Path, name: str) -> list[tuple[float, bool]]:
    """Confidence of each found event, and whether it is right."""
    score, folder, ids = scorer(corpora), folder_of(corpora, name), ids_of(corpora, name, "test")
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


def main() -> None:
    """Print the errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    for name, value in figures(parser.parse_args().corpora).items():
        print(f"{name}: {value:.3f}")


if __name__ == "__main__":
    main()
