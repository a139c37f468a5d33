"""Arrays <-> spans: hard BIO decoding of all heads at once, confidences, links.

The decoding is exact Viterbi under the one rule that I-x follows B-x or I-x; O and B-x may follow anything. So a
step needs only each head's best previous score and two candidates per I-x: O(labels), not O(labels squared), and all
heads of all windows of a report advance together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brink.model.card import Head

Floats = NDArray[np.float32]
NEVER = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A decoded span: words `first`..`last` (inclusive) of one window, label number, mean log-probability."""

    head: str
    label: int
    window: int
    first: int
    last: int
    confidence: float


def decode(logits: Sequence[Floats], opens: Sequence[NDArray[np.bool_]], heads: Sequence[Head]) -> list[Tagged]:
    """Best label sequences of every BIO head in every window, as spans.

    `logits`: per window (words, columns), biases already added. `opens`: per window (words,), True where a sentence
    opens: no span of our own heads runs over it (PolNeAR's contents do). Spans come window by window, head by head.
    """
    if not logits:
        return []
    scores, columns, starts = _stack(logits, heads)
    blocked = _blocked(opens, scores.shape, heads, columns)
    path = _viterbi(scores, blocked, starts)
    found: list[Tagged] = []
    for w, rows in enumerate(logits):
        for h, head in enumerate(heads):
            left = starts[h]
            tags = path[w, : len(rows), h]
            found += _spans(head, w, tags, scores[w, : len(rows), left : left + 1 + 2 * len(head.labels)])
    return found


def _stack(logits: Sequence[Floats], heads: Sequence[Head]) -> tuple[Floats, NDArray[np.int64], list[int]]:
    """Log-probabilities (windows, words, columns of the BIO heads only), padded with zeros."""
    columns = np.concatenate([np.arange(h.start, h.stop) for h in heads])
    starts = np.cumsum([0] + [h.stop - h.start for h in heads])[:-1].tolist()
    longest = max(len(rows) for rows in logits)
    out = np.zeros((len(logits), longest, len(columns)), np.float32)
    for w, rows in enumerate(logits):
        out[w, : len(rows)] = rows[:, columns]
    for head, left in zip(heads, starts, strict=True):
        part = out[:, :, left : left + head.stop - head.start]
        top = part.max(-1, keepdims=True)
        part -= top + np.log(np.exp(part - top).sum(-1, keepdims=True))
    return out, columns, starts


def _blocked(
    opens: Sequence[NDArray[np.bool_]], shape: tuple[int, ...], heads: Sequence[Head], columns: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """(windows, words, columns): True where an I- label may not stand because a sentence opens."""
    inside = np.zeros(len(columns), bool)
    at = 0
    for head in heads:
        if head.name != "polnear":
            inside[at + 2 : at + head.stop - head.start : 2] = True
        at += head.stop - head.start
    out = np.zeros((shape[0], shape[1], 1), bool)
    for w, flags in enumerate(opens):
        out[w, : len(flags), 0] = flags
    return out & inside


def _viterbi(scores: Floats, blocked: NDArray[np.bool_], starts: list[int]) -> NDArray[np.int64]:
    """Best tag per (window, word, head), numbered within the head."""
    windows, words, width = scores.shape
    ends = [*starts[1:], width]
    owner = np.repeat(np.arange(len(starts)), np.diff([*starts, width]))
    local = np.arange(width) - np.array(starts)[owner]
    is_inside = (local > 0) & (local % 2 == 0)
    previous = np.where(is_inside, np.arange(width) - 1, 0)  # the B- column of an I- column
    back = np.zeros((windows, words, width), np.int32)
    best = np.where(is_inside, NEVER, scores[:, 0])
    for t in range(1, words):
        tops = np.maximum.reduceat(best, starts, axis=1)
        which = np.stack([best[:, a:b].argmax(1) + a for a, b in zip(starts, ends, strict=True)], axis=1)
        begun, going = best[:, previous], best
        goes_on = going >= begun
        value = np.where(is_inside, np.where(goes_on, going, begun), tops[:, owner])
        source = np.where(is_inside, np.where(goes_on, np.arange(width), previous), which[:, owner])
        best = np.where(blocked[:, t], NEVER, value) + scores[:, t]
        back[:, t] = source
    return _trace(best, back, starts, ends)


def _trace(best: Floats, back: NDArray[np.int32], starts: list[int], ends: list[int]) -> NDArray[np.int64]:
    windows, words, _ = back.shape
    path = np.zeros((windows, words, len(starts)), np.int64)
    rows = np.arange(windows)
    for h, (a, b) in enumerate(zip(starts, ends, strict=True)):
        at = best[:, a:b].argmax(1) + a
        for t in range(words - 1, -1, -1):
            path[:, t, h] = at - a
            at = back[rows, t, at]
            if t == 0:
                break
    return path


def _spans(head: Head, window: int, tags: NDArray[np.int64], logs: Floats) -> list[Tagged]:
    found: list[Tagged] = []
    if not tags.any():
        return found
    t, n = 0, len(tags)
    while t < n:
        tag = int(tags[t])
        if tag == 0:
            t += 1
            continue
        end = t + 1
        while end < n and tags[end] == tag + 1:
            end += 1
        chosen = logs[np.arange(t, end), tags[t:end]]
        found.append(Tagged(head.name, (tag - 1) // 2, window, t, end - 1, float(np.exp(chosen.mean()))))
        t = end
    return found


def choice(row: Floats, head: Head) -> dict[str, float]:
    """Probabilities of a one-of-several head at one word."""
    part = row[head.start : head.stop].astype(np.float64)
    part = np.exp(part - part.max())
    part /= part.sum()
    return {label: float(p) for label, p in zip(head.labels, part, strict=True)}


def several(row: Floats, head: Head) -> dict[str, float]:
    """Probabilities of independent yes/no answers at one word."""
    part = 1.0 / (1.0 + np.exp(-row[head.start : head.stop].astype(np.float64)))
    return {label: float(p) for label, p in zip(head.labels, part, strict=True)}
