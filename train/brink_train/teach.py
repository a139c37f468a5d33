"""Soft labels: finished networks label text that nobody annotated for a head; the next network learns from them.

PolNeAR's articles are real political news with attributions alone. Their words get the mean probabilities of the
teachers for every BIO head in TAUGHT, so that one network learns what several agree on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from brink_train.heads import columns
from brink_train.network import Network
from brink_train.windows import IGNORE, TAG_NAMES, Example, batch

TAUGHT = ("mention", "attribution", "content", "content_inner", "event", "deed", "party", "circumstance", "unknown")
SETS = ("polnear",)


def taught_columns() -> list[tuple[str, int, int]]:
    """Head name and half-open range of columns within the soft rows."""
    found, at = [], 0
    for name in TAUGHT:
        left, right = columns()[name]
        found.append((name, at, at + right - left))
        at += right - left
    return found


def load(paths: Sequence[Path]) -> list[Network]:
    """Teachers' averaged weights (`weights.pt` of finished runs)."""
    teachers = []
    for path in paths:
        network = Network(dropout=0.0)
        network.load_state_dict(torch.load(path / "weights.pt"))
        teachers.append(network.eval())
    return teachers


def teach(teachers: Sequence[Network], found: Sequence[Example], size: int = 16) -> None:
    """Fill `soft` of every window of the SETS, in place."""
    event = TAG_NAMES.index("event")
    todo = [e for e in found if e.set in SETS and e.tags[0][event] == IGNORE]
    todo.sort(key=lambda e: len(e.window.ids))
    for at in range(0, len(todo), size):
        group = todo[at : at + size]
        rows = _mean(teachers, group)
        begin = 0
        for e in group:
            e.soft = rows[begin : begin + len(e.window.words)]
            begin += len(e.window.words)


@torch.inference_mode()
def _mean(teachers: Sequence[Network], group: Sequence[Example]) -> NDArray[np.float16]:
    b = batch(group)
    total = 0
    for teacher in teachers:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, _, _ = teacher(b.ids, b.shapes, b.mask, b.first)
        parts = [torch.softmax(logits[:, slice(*columns()[name])].float(), dim=-1) for name in TAUGHT]
        total = total + torch.cat(parts, dim=1)
    return (total / len(teachers)).numpy().astype(np.float16)
