"""Network output -> Labels and Links of one report."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from brink.model import codec
from brink.model.card import Card
from brink.model.links import bucket, chances
from brink.model.own import applying
from brink.model.own.record import OwnType
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

CHOICES = {("attribution", "cue"): ("class",), ("content", "outer"): ("class",), ("content", "inner"): ("class",)}
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
    text: str, windows: Sequence[Window], outputs: Sequence[Output], card: Card, names: Sequence[str] = PRODUCT,
    own: Sequence[OwnType] = (),
) -> Labelling:  # fmt: skip
    """Decode the heads in `names`, a user's `own` types, and the links between what they found."""
    heads = [card.heads[n] for n in names]
    bias = _bias(card, names, len(outputs[0].logits[0])) if outputs else np.float32(0)
    logits = [o.logits + bias for o in outputs]
    openings = [opens(w) for w in windows]
    tagged = codec.decode(logits, openings, heads)
    quiet = _quiet(windows, outputs, card)
    tagged = [t for t in tagged if t.head not in EVENT_HEADS or windows[t.window].words[t.first].sentence not in quiet]
    # An own type may well be told in a sentence of sport or markets: its examples say where it is not.
    tagged += applying.triggers(outputs, openings, own)
    rows = list(zip(tagged, _labels(text, tagged, windows, outputs, card, own), strict=True))
    rows.sort(key=lambda r: (r[1].start, r[1].end, r[1].layer, r[1].kind))
    return Labelling(tuple(label for _, label in rows), tuple(_links(rows, outputs, card)))


def sentence_vectors(windows: Sequence[Window], outputs: Sequence[Output]) -> dict[int, NDArray[np.float64]]:
    """Mean word vector (384,) of each sentence, by sentence index."""
    parts: dict[int, list[codec.Floats]] = {}
    for window, output in zip(windows, outputs, strict=True):
        starts = np.flatnonzero(opens(window)).tolist()
        for start, end in itertools.pairwise([*starts, len(window.words)]):
            parts.setdefault(window.words[start].sentence, []).append(output.words[start:end])
    whole = {s: rows[0] if len(rows) == 1 else np.concatenate(rows) for s, rows in parts.items()}
    return {s: rows.mean(0).astype(np.float64) for s, rows in whole.items()}


def _quiet(windows: Sequence[Window], outputs: Sequence[Output], card: Card) -> set[int]:
    """Sentences of a kind in which no political event is told (sport, markets …)."""
    weights, bias = card.political
    return {s for s, v in sentence_vectors(windows, outputs).items() if float(v @ weights) + bias < 0}


def opens(window: Window) -> NDArray[np.bool_]:
    """For each word of a window, whether a sentence opens with it."""
    sentences = np.array([w.sentence for w in window.words])
    found = np.ones(len(sentences), bool)
    np.not_equal(sentences[1:], sentences[:-1], out=found[1:])
    return found


def _bias(card: Card, names: Sequence[str], columns: int) -> codec.Floats:
    """What is added to each column: the bias of each named head's O."""
    found = np.zeros(columns, np.float32)
    for name in names:
        found[card.heads[name].start] += np.float32(card.bias.get(name, 0.0))
    return found


def _labels(
    text: str, tagged: Sequence[codec.Tagged], windows: Sequence[Window], outputs: Sequence[Output], card: Card,
    own: Sequence[OwnType],
) -> list[Label]:  # fmt: skip
    kinds = [_kind(t, card, own) for t in tagged]
    scores = _scores(tagged, kinds, outputs, card)
    found: list[Label] = []
    for t, (layer, kind), row in zip(tagged, kinds, scores, strict=True):
        words = windows[t.window].words
        start, end = words[t.first].start, words[t.last].end
        confidence = _calibrated(t.confidence, card.calibration.get(t.head, (1.0, 0.0)))
        if own and layer == "event":
            row = {**row, **applying.modes(t, kind, outputs, own)}
        found.append(Label(start, end, text[start:end], layer, kind, words[t.first].sentence, confidence, row))
    return found


def _kind(t: codec.Tagged, card: Card, own: Sequence[OwnType]) -> tuple[str, str]:
    """Layer and label of a span."""
    if t.head == applying.HEAD:
        return "event", own[t.label].name
    return LAYERS[t.head], card.heads[t.head].labels[t.label]


def _calibrated(p: float, line: tuple[float, float]) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return 1.0 / (1.0 + math.exp(-(line[0] * math.log(p / (1 - p)) + line[1])))


def _scores(
    tagged: Sequence[codec.Tagged], kinds: Sequence[tuple[str, str]], outputs: Sequence[Output], card: Card
) -> list[Mapping[str, float]]:
    """What the further heads say of each span's first word; all words of one head go together."""
    found: list[Mapping[str, float]] = [{} for _ in tagged]
    asked: dict[tuple[str, ...], list[int]] = {}
    for i, (layer, kind) in enumerate(kinds):
        names: tuple[str, ...] = EVENT_CHOICES if layer == "event" else CHOICES.get((layer, kind), ())
        if names:
            asked.setdefault(names, []).append(i)
    for names, members in asked.items():
        rows = np.stack([outputs[tagged[i].window].logits[tagged[i].first] for i in members])
        keys = [key for name in names for key in _keys(PREFIX.get(name, f"{name}:"), card.heads[name].labels)]
        heads = [card.heads[name] for name in names]
        answers = [(codec.choices if head.way == "choice" else codec.several)(rows, head) for head in heads]
        for i, values in zip(members, np.concatenate(answers, axis=1).tolist(), strict=True):
            found[i] = dict(zip(keys, values, strict=True))
    return found


@functools.cache
def _keys(prefix: str, labels: tuple[str, ...]) -> list[str]:
    """Names of a head's labels among a span's scores."""
    return [prefix + label for label in labels]


def _links(rows: Sequence[tuple[codec.Tagged, Label]], outputs: Sequence[Output], card: Card) -> list[Link]:
    found: list[Link] = []
    by_window: dict[int, dict[str, list[int]]] = {}
    for i, (t, label) in enumerate(rows):
        named = by_window.setdefault(t.window, {})
        for name in _named(label.layer, label.kind):
            named.setdefault(name, []).append(i)
    firsts = np.array([t.first for t, _ in rows], np.int64)
    for window, named in by_window.items():
        ends: dict[Ends, tuple[Numbers, Numbers, NDArray[np.int64]] | None] = {}
        for number, kind in enumerate(card.links):
            names = HEADS_OF_LINKS[kind], TAILS_OF_LINKS[kind]
            if names not in ends:
                ends[names] = _ends(names, named, firsts)
            if (pair := ends[names]) is not None:
                heads, tails, buckets = pair
                vectors = outputs[window].links[:, :, number]
                p = chances(vectors[firsts[heads], 0], vectors[firsts[tails], 1], card.link_bias[number][buckets])
                found += _likely(kind, heads, tails, p)
    return found


Numbers = NDArray[np.int64]
Ends = tuple[tuple[str, ...], tuple[str, ...]]


@functools.cache
def _named(layer: str, kind: str) -> tuple[str, str]:
    return f"{layer}:{kind}", f"{layer}:*"


def _ends(names: Ends, named: Mapping[str, list[int]], firsts: Numbers) -> tuple[Numbers, Numbers, Numbers] | None:
    """Labels of a window that a kind of link may lead from and to, and the buckets of their distances."""
    heads, tails = (sorted([i for name in some for i in named.get(name, ())]) for some in names)
    if not (heads and tails):
        return None
    at = np.array(heads), np.array(tails)
    return *at, bucket(firsts[at[1]][None, :] - firsts[at[0]][:, None])


def _likely(kind: str, heads: Numbers, tails: Numbers, p: NDArray[np.float64]) -> list[Link]:
    at = np.nonzero(p >= LEAST_LINK)
    pairs = zip(heads[at[0]].tolist(), tails[at[1]].tolist(), p[at].tolist(), strict=True)
    return [Link(kind, head, tail, sure) for head, tail, sure in pairs if head != tail]
