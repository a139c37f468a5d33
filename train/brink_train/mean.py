"""The weighted mean of finished runs' weights: runs of one lineage agree better on new text than any of them alone."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import torch


def mean(runs: Sequence[str], out: Path) -> None:
    """Write the mean of `runs` ("FOLDER:WEIGHT") into `out`; they must go on from one another (`--after`)."""
    parts = [(Path(run.rpartition(":")[0]), float(run.rpartition(":")[2])) for run in runs]
    stored = [(torch.load(folder / "weights.pt"), weight) for folder, weight in parts]
    total = sum(weight for _, weight in stored)
    found = {
        name: sum(state[name] * (weight / total) for state, weight in stored) if first.is_floating_point() else first
        for name, first in stored[0][0].items()
    }
    torch.save(found, out / "weights.pt")
    shutil.copy(parts[-1][0] / "log.jsonl", out / "log.jsonl")
