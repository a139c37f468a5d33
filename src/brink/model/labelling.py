"""Network output -> Labels and Links of one report."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from brink.model import codec
from brink.model.card import Card
from brink.model.links import chances
from brink.model.packing import Window
from brink.model.session import Output
from brink.records import Label, Labelling, Link

LAYERS = {
    "mention": "mention", "attribution": "attribution", "content": "content", "content_inner": "content",
    "event": "event", "deed": "deed", "party": "argument", "circumstance": "argument", "unknown": "unknown",
    "mention_coarse": "mention_coarse", "polnear": "polnear",
}  # fmt: skip
PRODUCT = tuple(h for h in LAYERS if h not in ("mention_coarse", "polnear"))
"""Heads decoded unless others are asked for; the two others are schemes of foreign corpora, used to measure."""

CHOICES = {"attribution:cue": ("class",), "content:outer": ("class",), "content:inner": ("class",)}
EVENT_CHOICES = ("certainty", "deed_type", "flag", "aux", "mode", "context", "deed_mode")
PREFIX = {"flag": "", "class": "class:", "deed_type": "deed:", "deed_mode": "deed_mode:"}
LEAST_LINK = 0.02
EVENT_HEADS = ("event", "deed")

HEADS_OF_LINKS = {
    "speaker": ("attribution:cue", "content:outer", "content:inner"),
    "relay": ("attribution:cue", "content:outer", "content:inner"),
    "content": ("attribution:cue",),
    "polnear_source": ("polnear:cue",),
    "polnear_content": ("polnear:cue",),
    **dict.fromkeys(("actor", "recipient", "place", "time", "quantity"), ("event:*",)),
}
TAILS_OF_LINKS = {
    "speaker": ("attribution:speaker",),
    "relay": ("attribution:relay",),
    "content": ("content:outer", "content:inner"),
    "polnear_source": ("polnear:source",),
    "polnear_content": ("polnear:content",),
    "actor": ("argument:party",),
    "recipient": ("argument:party",),
    "place": ("argument:place",),
    "time": ("argument:time",),
    "quantity": ("argument:quantity",),
}


def read_labels(
    text: str, windows: Sequence[Window], outputs: Sequence[Output], card: Card, names: Sequence[str] = PRODUCT
) -> Labelling:
    """Decode the heads in `names` and the links between what they found."""
    heads = [card.heads[n] for n in names]
    logits = [_biased(o.logits, card, names) for o in outputs]
    tagged = codec.decode(logits, [opens(w) for w in windows], heads)
    quiet = _quiet(windows, outputs, card)
    tagged = [t for t in tagged if t.head not in EVENT_HEADS or windows[t.window].words[t.first].sentence not in quiet]
    rows = [(t, _label(text, t, windows[t.window], outputs[t.window].logits[t.first], card)) for t in tagged]
    rows.sort(key=lambda r: (r[1].start, r[1].end, r[1].layer, r[1].kind))
    return Labelling(tuple(label for _, label in rows), tuple(_links(rows, outputs, card)))


def sentence_vectors(windows: Sequence[Window], outputs: Sequence[Output]) -> dict[int, NDArray[np.float64]]:
    """Mean word vector (384,) of each sentence, by sentence index."""
    parts: dict[int, list[codec.Floats]] = {}
    for window, output in zip(windows, outputs, strict=True):
        sentences = np.array([w.sentence for w in window.words])
        for sentence in np.unique(sentences):
            parts.setdefault(int(sentence), []).append(output.words[sentences == sentence])
    return {s: np.concatenate(rows).mean(0).astype(np.float64) for s, rows in parts.items()}


def _quiet(windows: Sequence[Window], outputs: Sequence[Output], card: Card) -> set[int]:
    """Sentences of a kind in which no political event is told (sport, markets …)."""
    weights, bias = card.political
    return {s for s, v in sentence_vectors(windows, outputs).items() if float(v @ weights) + bias < 0}


def opens(window: Window) -> NDArray[np.bool_]:
    """For each word of a window, whether a sentence opens with it."""
    sentences = np.array([w.sentence for w in window.words])
    return np.concatenate([[True], sentences[1:] != sentences[:-1]])


def _biased(logits: codec.Floats, card: Card, names: Sequence[str]) -> codec.Floats:
    out = logits.copy()
    for name in names:
        out[:, card.heads[name].start] += np.float32(card.bias.get(name, 0.0))
    return out


def _label(text: str, t: codec.Tagged, window: Window, row: codec.Floats, card: Card) -> Label:
    start, end = window.words[t.first].start, window.words[t.last].end
    layer, kind = LAYERS[t.head], card.heads[t.head].labels[t.label]
    confidence = _calibrated(t.confidence, card.calibration.get(t.head, (1.0, 0.0)))
    scores = _scores(layer, kind, row, card)
    return Label(start, end, text[start:end], layer, kind, window.words[t.first].sentence, confidence, scores)


def _calibrated(p: float, line: tuple[float, float]) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return 1.0 / (1.0 + math.exp(-(line[0] * math.log(p / (1 - p)) + line[1])))


def _scores(layer: str, kind: str, row: codec.Floats, card: Card) -> Mapping[str, float]:
    names = EVENT_CHOICES if layer == "event" else CHOICES.get(f"{layer}:{kind}", ())
    found: dict[str, float] = {}
    for name in names:
        head = card.heads[name]
        answers = codec.choice(row, head) if head.way == "choice" else codec.several(row, head)
        found |= {PREFIX.get(name, f"{name}:") + k: v for k, v in answers.items()}
    return found


def _links(rows: Sequence[tuple[codec.Tagged, Label]], outputs: Sequence[Output], card: Card) -> list[Link]:
    found: list[Link] = []
    by_window: dict[int, list[int]] = {}
    for i, (t, _) in enumerate(rows):
        by_window.setdefault(t.window, []).append(i)
    for window, members in by_window.items():
        for number, kind in enumerate(card.links):
            heads = [i for i in members if _is(rows[i][1], HEADS_OF_LINKS[kind])]
            tails = [i for i in members if _is(rows[i][1], TAILS_OF_LINKS[kind])]
            if heads and tails:
                at = np.array([rows[i][0].first for i in heads]), np.array([rows[i][0].first for i in tails])
                vectors = outputs[window].links[:, :, number]
                distance = at[1][None, :] - at[0][:, None]
                p = chances(vectors[at[0], 0], vectors[at[1], 1], distance, card.link_bias[number])
                found += _likely(kind, heads, tails, p)
    return found


def _is(label: Label, wanted: Sequence[str]) -> bool:
    return f"{label.layer}:{label.kind}" in wanted or f"{label.layer}:*" in wanted


def _likely(kind: str, heads: list[int], tails: list[int], p: NDArray[np.float64]) -> list[Link]:
    return [
        Link(kind, h, t, float(p[i, j]))
        for i, h in enumerate(heads)
        for j, t in enumerate(tails)
        if h != t and p[i, j] >= LEAST_LINK
    ]
