"""Arrays <-> spans: hard BIO decoding of all heads at once, confidences, links.

The decoding is exact under the one rule that I-x follows B-x or I-x; O and B-x may follow anything. Nothing but that
rule ties a word to its neighbours, so where the best label of each word keeps it, they are the best sequence. Only the
stretches where they break it go through Viterbi, those of all heads together: each from the opening of its sentence,
over which no span runs, to the first word after the last break whose best label is not an I-: from there on the best
labels keep the rule whatever stands before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from brink.model.card import Head

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Tags = NDArray[np.int64]
NEVER = np.float32(-1e9)
OVER_SENTENCES = frozenset({"polnear"})
"""Heads whose spans may run over the end of a sentence."""


class Tagged(NamedTuple):
    """A decoded span: words `first`..`last` (inclusive) of one window, label number, mean log-probability."""

    head: str
    label: int
    window: int
    first: int
    last: int
    confidence: float


def decode(logits: Sequence[Floats], opens: Sequence[Flags], heads: Sequence[Head]) -> list[Tagged]:
    """Best label sequences of every BIO head in every window, as spans.

    `logits`: per window (words, columns), biases already added. `opens`: per window (words,), True where a sentence
    opens: no span of our own heads runs over it (PolNeAR's contents do). Spans come window by window, head by head.
    """
    if not logits:
        return []
    edges = np.cumsum([0, *(len(rows) for rows in logits)])
    rows = np.concatenate(logits)
    windows = np.zeros(len(rows), bool)
    windows[edges[:-1][edges[:-1] < len(rows)]] = True
    sentences = np.concatenate(opens) | windows
    scores = [rows[:, head.start : head.stop] for head in heads]
    tags = best_tags(scores, [windows if head.name in OVER_SENTENCES else sentences for head in heads])
    spans = [span for row in zip(heads, tags, scores, strict=True) for span in _spans(*row, edges)]
    spans.sort(key=lambda span: span.window)
    return spans


def best_tags(scores: Sequence[Floats], opens: Sequence[Flags]) -> list[Tags]:
    """Best allowed tags (words,) of each head: O, B-0, I-0, B-1 …; an I- follows its own B- or I-.

    `scores`: per head (words, tags). `opens`: per head (words,), True where no I- may stand, as at the first word.
    """
    tags = [part.argmax(1) for part in scores]
    stretches = [(h, a, b) for h in range(len(tags)) for a, b in _stretches(tags[h], opens[h])]
    if stretches:
        best = _viterbi([scores[h][a:b] for h, a, b in stretches])
        for (h, a, b), found in zip(stretches, best, strict=True):
            tags[h][a:b] = found
    return tags


def _stretches(tags: Tags, opens: Flags) -> list[tuple[int, int]]:
    """Where the best tags of the words break the rule, from an opening to where breaks no longer reach."""
    inside = (tags > 0) & (tags % 2 == 0)
    before = np.concatenate([tags[:1], tags[:-1]])
    broken = np.flatnonzero(inside & (opens | ((before != tags) & (before != tags - 1))))
    if not len(broken):
        return []
    starts = np.flatnonzero(opens)
    outside = np.append(np.flatnonzero(~inside), len(tags))
    firsts = starts[np.searchsorted(starts, broken, side="right") - 1]
    ends = np.append(starts, len(tags))[np.searchsorted(starts, broken, side="right")]
    lasts = np.minimum(ends, outside[np.searchsorted(outside, broken)])
    return list(dict(zip(firsts.tolist(), lasts.tolist(), strict=True)).items())


def _viterbi(parts: Sequence[Floats]) -> list[list[int]]:
    """Best tags of each stretch (words, tags), padded with words that cost nothing and tags that never stand."""
    longest, width = max(len(part) for part in parts), max(part.shape[1] for part in parts)
    scores = np.zeros((longest, len(parts), width), np.float32)
    for p, part in enumerate(parts):
        scores[: len(part), p, : part.shape[1]] = part
        scores[:, p, part.shape[1] :] = NEVER
    best = scores[0].copy()
    best[:, 2::2] = NEVER
    tops = np.zeros((longest, len(parts)), np.int64)
    goes_on = np.zeros((longest, len(parts), width // 2), bool)
    for t in range(1, longest):
        begun, going = best[:, 1::2], best[:, 2::2]
        tops[t] = best.argmax(1)
        goes_on[t] = going >= begun
        value = np.empty_like(best)
        value[:] = best.max(1, keepdims=True)
        value[:, 2::2] = np.maximum(begun, going)
        value += scores[t]
        best = value
    ends = best.argmax(1).tolist()
    return [_trace(ends[p], tops[:, p], goes_on[:, p])[: len(part)] for p, part in enumerate(parts)]


def _trace(end: int, tops: Tags, goes_on: Flags) -> list[int]:
    """Tags from the last one back: an I-x came from I-x or its B-x, all else from the best before it."""
    sources, continued = tops.tolist(), goes_on.tolist()
    tags = [end]
    for t in range(len(sources) - 1, 0, -1):
        tag = tags[-1]
        if tag and tag % 2 == 0:
            tags.append(tag if continued[t][tag // 2 - 1] else tag - 1)
        else:
            tags.append(sources[t])
    return tags[::-1]


def _spans(head: Head, tags: Tags, scores: Floats, edges: Tags) -> list[Tagged]:
    """Spans of one head in all windows; `edges` are the windows' first words and the number of all words."""
    firsts = np.flatnonzero(tags % 2 == 1)
    if not len(firsts):
        return []
    outside = np.append(np.flatnonzero((tags == 0) | (tags % 2 == 1)), len(tags))
    ends = outside[np.searchsorted(outside, firsts, side="right")]
    windows = np.searchsorted(edges, firsts, side="right") - 1
    logs = np.exp(_means(tags, scores, firsts, ends))
    offsets = edges[windows]
    places = np.stack([tags[firsts] // 2, windows, firsts - offsets, ends - 1 - offsets], axis=1).tolist()
    return [Tagged(head.name, k, w, a, b, p) for (k, w, a, b), p in zip(places, logs.tolist(), strict=True)]


def _means(tags: Tags, scores: Floats, firsts: Tags, ends: Tags) -> Floats:
    """Mean log-probability of each span's tags."""
    words = np.flatnonzero(tags)
    part = scores[words]
    top = part.max(-1, keepdims=True)
    part = part - (top + np.log(np.exp(part - top).sum(-1, keepdims=True)))
    logs = part[np.arange(len(words)), tags[words]]
    # Each tagged word lies in a span, so a span's words end where the next one's begin.
    sums: Floats = np.add.reduceat(logs, np.searchsorted(words, firsts))
    return np.asarray(sums / (ends - firsts).astype(np.float32), np.float32)


def choices(rows: Floats, head: Head) -> NDArray[np.float64]:
    """Probabilities (words, labels) of a one-of-several head at each of the words."""
    part = rows[:, head.start : head.stop].astype(np.float64)
    part = np.exp(part - part.max(-1, keepdims=True))
    return np.asarray(part / part.sum(-1, keepdims=True))


def several(rows: Floats, head: Head) -> NDArray[np.float64]:
    """Probabilities (words, labels) of independent yes/no answers at each of the words."""
    return np.asarray(1.0 / (1.0 + np.exp(-rows[:, head.start : head.stop].astype(np.float64))))
