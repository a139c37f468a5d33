"""Documents -> windows with targets -> batches of tensors."""

from __future__ import annotations

import bisect
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from brink.model.packing import Window, Word, pack, words_of
from brink.records import Sentence
from brink_train.documents import Document
from brink_train.heads import CHOICES, LINKS, SEVERAL, TAGS

IGNORE = -100
TAG_NAMES = tuple(TAGS)
SIZES = (192, 256, 320, 384)


@dataclass(slots=True)
class Prepared:
    """A document with its words, made once."""

    document: Document
    words: list[list[Word]]


@dataclass(slots=True)
class Example:
    """A window and its targets; `tags` holds one list of label numbers per word, one number per TAGS head."""

    window: Window
    tags: list[list[int]]
    choices: list[tuple[str, int, tuple[int, ...]]]
    ties: list[tuple[int, int, int]]
    linked: list[tuple[int, int]]
    bag: tuple[int, ...]
    set: str
    soft: NDArray[np.float16] | None = None


@dataclass(slots=True)
class Batch:
    """Tensors of several windows; `pairs` are (kind, head, tail, yes) rows over words of the batch."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    tags: Tensor
    choices: dict[str, tuple[Tensor, Tensor]]
    pairs: Tensor
    bags: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)
    soft_rows: Tensor | None = None
    soft: Tensor | None = None
    sets: list[str] = field(default_factory=list)


def prepare(documents: Sequence[Document], tokeniser: Tokenizer) -> list[Prepared]:
    """Tokenise every document once."""
    found = []
    for doc in documents:
        spans = [Sentence(i, 0, a, b, doc.text[a:b]) for i, (a, b) in enumerate(doc.sentences)]
        found.append(Prepared(doc, words_of(spans, tokeniser)))
    return found


def examples(prepared: Prepared, size: int, cls: int, sep: int) -> Iterator[Example]:
    """The document's windows, with targets."""
    for window in pack(prepared.words, cls, sep, size):
        yield _example(prepared.document, window)


def _example(doc: Document, window: Window) -> Example:
    starts = [w.start for w in window.words]
    left, right = window.words[0].start, window.words[-1].end
    tags = [[0 if name in doc.heads else IGNORE for name in TAG_NAMES] for _ in window.words]
    for mark in doc.marks:
        if mark.end > left and mark.start < right:
            _tag(tags, window.words, starts, mark.head, mark.kind, (mark.start, mark.end))

    def word_at(offset: int) -> int | None:
        if not left <= offset < right:
            return None
        i = bisect.bisect_right(starts, offset) - 1
        return i if offset < window.words[i].end else min(i + 1, len(starts) - 1)

    choices = []
    for choice in doc.choices:
        at = word_at(choice.at)
        if at is not None:
            labels = CHOICES.get(choice.head) or SEVERAL[choice.head]
            answers = tuple(labels.index(a) for a in choice.answers if a in labels)
            if answers or choice.head in SEVERAL:
                choices.append((choice.head, at, answers))
    ties = []
    for tie in doc.ties:
        head, tail = word_at(tie.head), word_at(tie.tail)
        if head is not None and tail is not None:
            ties.append((LINKS.index(tie.kind), head, tail))
    linked = sorted({(LINKS.index(kind), head) for kind in doc.links for head in _heads(doc, kind, word_at)})
    bag = tuple(TAGS["event"].index(kind) for kind in doc.bag)
    return Example(window, tags, choices, ties, linked, bag, doc.set)


def _heads(doc: Document, kind: str, word_at: object) -> list[int]:
    """Words from which links of `kind` may start: every cue (or cueless content), or every trigger."""
    if kind.startswith("polnear"):
        offsets = [m.start for m in doc.marks if m.head == "polnear" and m.kind == "cue"]
    elif kind in ("speaker", "relay", "content"):
        offsets = [c.at for c in doc.choices if c.head == "class"]
    else:
        offsets = [m.start for m in doc.marks if m.head == "event"]
    found = [word_at(o) for o in offsets]  # type: ignore[operator]
    return [w for w in found if w is not None]


def _tag(
    tags: list[list[int]], words: Sequence[Word], starts: list[int], head: str, kind: str, span: tuple[int, int]
) -> None:
    column = TAG_NAMES.index(head)
    label = TAGS[head].index(kind)
    i = max(bisect.bisect_right(starts, span[0]) - 1, 0)
    if words[i].end <= span[0]:
        i += 1
    opened = False
    while i < len(words) and words[i].start < span[1]:
        tags[i][column] = 1 + 2 * label + opened
        opened = True
        i += 1


def batch(items: Sequence[Example], pad: int = 0) -> Batch:
    """Pad and stack; for every link head all words of its window are candidates."""
    longest = max(len(e.window.ids) for e in items)
    ids = torch.full((len(items), longest), pad)
    shapes, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    first: list[int] = []
    tags: list[list[int]] = []
    answers: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
    pairs: list[tuple[int, int, int, int]] = []
    bags: list[tuple[int, int, tuple[int, ...]]] = []
    for row, e in enumerate(items):
        n, base = len(e.window.ids), len(first)
        ids[row, :n] = torch.tensor(e.window.ids)
        shapes[row, :n] = torch.tensor(e.window.shapes)
        mask[row, :n] = 1
        first += [row * longest + p for p in e.window.first]
        tags += e.tags
        for head, at, labels in e.choices:
            answers.setdefault(head, []).append((base + at, labels))
        pairs += _pairs(e, base)
        if e.bag:
            bags.append((base, len(first), e.bag))
    choices = {head: _answers(head, rows) for head, rows in answers.items()}
    rows = torch.tensor(pairs) if pairs else torch.zeros((0, 4), dtype=torch.long)
    marks = (torch.tensor(first), torch.tensor(tags), choices, rows, bags)
    return Batch(ids, shapes, mask, *marks, *_soft(items), [e.set for e in items])


def _soft(items: Sequence[Example]) -> tuple[Tensor | None, Tensor | None]:
    """Rows (of the batch's words) that have soft labels, and those labels."""
    at, rows, labels = 0, [], []
    for e in items:
        if e.soft is not None:
            rows.append(torch.arange(at, at + len(e.window.words)))
            labels.append(torch.from_numpy(e.soft).float())
        at += len(e.window.words)
    return (torch.cat(rows), torch.cat(labels)) if rows else (None, None)


def _pairs(e: Example, base: int) -> list[tuple[int, int, int, int]]:
    true = set(e.ties)
    return [
        (kind, base + head, base + tail, int((kind, head, tail) in true))
        for kind, head in e.linked
        for tail in range(len(e.window.words))
    ]


def _answers(head: str, rows: list[tuple[int, tuple[int, ...]]]) -> tuple[Tensor, Tensor]:
    at = torch.tensor([r[0] for r in rows])
    if head in CHOICES:
        return at, torch.tensor([r[1][0] for r in rows])
    target = torch.zeros((len(rows), len(SEVERAL[head])))
    for i, (_, labels) in enumerate(rows):
        target[i, list(labels)] = 1.0
    return at, target


def schedule(prepared: Sequence[Prepared], passes: float, rng: random.Random, cls: int, sep: int) -> list[Example]:
    """Windows of `passes` passes over a set; every pass packs anew with another window size."""
    found: list[Example] = []
    whole = int(passes)
    for number in range(whole + (passes > whole)):
        share = 1.0 if number < whole else passes - whole
        for p in prepared:
            if share == 1.0 or rng.random() < share:
                found += examples(p, rng.choice(SIZES), cls, sep)
    return found


def batches(found: list[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    """Length-grouped batches of about `pieces` pieces, in random order."""
    rng.shuffle(found)
    grouped: list[list[Example]] = []
    step = 2048
    for at in range(0, len(found), step):
        chunk = sorted(found[at : at + step], key=lambda e: len(e.window.ids))
        held: list[Example] = []
        for e in chunk:
            if held and (len(held) + 1) * len(e.window.ids) > pieces:
                grouped.append(held)
                held = []
            held.append(e)
        if held:
            grouped.append(held)
    rng.shuffle(grouped)
    return grouped
