"""A report's labels of the statement layers at hand by sentence, and statements in the making."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files

from brink.coding.vocabulary import words
from brink.records import Label, Labelling, Sentence

Pair = tuple[int, int]
LINKS = frozenset(("speaker", "relay", "content"))
"""Kinds of links that statements ask for."""


@dataclass(slots=True)
class Draft:
    """A statement in the making.

    `links` are the confidences of the model's links that were followed, `inherited` what rules take off the
    confidence, `spoken` marks words told after a colon without quotation marks (transcripts, press statements).
    """

    contents: list[Label]
    cue: Label | None = None
    speaker: tuple[int, int] | None = None
    speaker_label: Label | None = None
    relay: list[tuple[int, int]] = field(default_factory=list)
    links: list[float] = field(default_factory=list)
    inherited: float = 1.0
    spoken: bool = False
    quoted: str = "indirect"

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.contents[0].start

    @property
    def end(self) -> int:
        """Where the content ends."""
        return max(c.end for c in self.contents)

    @property
    def sentence(self) -> int:
        """The sentence of the cue, else of the content."""
        return (self.cue or self.contents[0]).sentence

    def holds(self, span: Label | tuple[int, int]) -> bool:
        """Whether a span lies within the content's hull."""
        left, right = (span.start, span.end) if isinstance(span, Label) else span
        return self.start <= left and right <= self.end


@dataclass(slots=True)
class Page:
    """A report's labels of the statement layers, by sentence, and the model's links between them."""

    text: str
    sentences: Sequence[Sentence]
    cues: list[Label]
    contents: list[Label]
    parties: list[Label]
    links: dict[tuple[str, int, int], float]
    sorted: dict[str, dict[int, list[Label]]] = field(default_factory=dict)
    tails: set[tuple[str, int]] | None = None

    def cues_in(self, sentence: int) -> Sequence[Label]:
        """The cues of a sentence."""
        return self._of("cue").get(sentence, ())

    def contents_in(self, sentence: int) -> Sequence[Label]:
        """The contents of a sentence."""
        return self._of("content").get(sentence, ())

    def parties_in(self, sentence: int) -> Sequence[Label]:
        """The speakers and relays of a sentence."""
        return self._of("party").get(sentence, ())

    def add_parties(self, labels: Sequence[Label]) -> None:
        """Take further parties in, in text order."""
        if labels:
            self.parties = sorted([*self.parties, *labels], key=lambda x: (x.start, x.end))
            self.sorted.pop("party", None)

    def take_parties(self, sentence: int, labels: Sequence[Label]) -> None:
        """Put `labels` in the place of the parties of a sentence."""
        if labels != self.parties_in(sentence):
            self.parties = [x for x in self.parties if x.sentence != sentence]
            self.add_parties(labels)

    def take_cues(self, labels: list[Label]) -> None:
        """Put `labels` in the place of all cues."""
        self.cues = labels
        self.sorted.pop("cue", None)

    def _of(self, what: str) -> dict[int, list[Label]]:
        if what not in self.sorted:
            found: dict[int, list[Label]] = {}
            for x in {"cue": self.cues, "content": self.contents, "party": self.parties}[what]:
                found.setdefault(x.sentence, []).append(x)
            self.sorted[what] = found
        return self.sorted[what]

    def linked(self, kind: str, tail: Label) -> bool:
        """Whether the model links a label as tail to any head."""
        if self.tails is None:
            self.tails = {(k, t) for k, _, t in self.links}
        return (kind, tail.start) in self.tails

    def link(self, kind: str, head: Label, tail: Label) -> float:
        """Confidence of the model's link, 0 where there is none."""
        return self.links.get((kind, head.start, tail.start), 0.0)


@functools.cache
def costs() -> Mapping[str, Mapping[str, float]]:
    """The table of `data/statements/joining.toml`."""
    table = files("brink.data").joinpath("statements/joining.toml").read_text("utf-8")
    return tomllib.loads(table)


def page(text: str, sentences: Sequence[Sentence], labelling: Labelling) -> Page:
    """Sort the labels of a report.

    Takes the model's labels; a content that runs over several sentences is cut at their ends (one statement per
    sentence). A label that repeats another, or does not point to words of its sentence, is left out.
    """
    kinds: dict[str, dict[tuple[Pair, str], Label]] = {"cue": {}, "party": {}, "content": {}}
    for x in labelling.labels:
        if not _points(x, text, sentences) or _tells_nothing(x):
            continue
        if x.layer == "content":
            for part in _cut(x, sentences, text):
                kinds["content"].setdefault(((part.start, part.end), ""), part)
        elif x.layer == "attribution":
            where = "cue" if x.kind == "cue" else "party"
            kinds[where].setdefault(((x.start, x.end), x.kind), x)
    cues, parties, contents = (
        [found[k] for k in sorted(found)] for found in map(kinds.__getitem__, ("cue", "party", "content"))
    )
    return Page(text, sentences, cues, contents, _whole_names(text, parties), _links(labelling))


def _whole_names(text: str, parties: Sequence[Label]) -> list[Label]:
    """Parties with the parts of one name put together ("the" + "Financial Times"), bare function words left out."""
    whole: list[Label] = []
    for x in parties:
        before = whole[-1] if whole else None
        if before and before.kind == x.kind and before.sentence == x.sentence and text[before.end : x.start] == " ":
            joined = text[before.start : x.end]
            sure = max(before.confidence, x.confidence)
            whole[-1] = replace(before, end=x.end, text=joined, confidence=sure)
        else:
            whole.append(x)
    return [x for x in whole if x.text.lower() not in words("function")]


def _tells_nothing(x: Label) -> bool:
    """Whether a content is function words and auxiliaries alone ("be"), or a cue the "it" of an impersonal one."""
    if x.layer == "content":
        return all(word in words("function") or word in words("auxiliaries") for word in x.text.lower().split())
    return x.kind == "cue" and x.text.lower() == "it"


def _points(x: Label, text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a label points to words of its sentence (a cue may be a colon)."""
    if not 0 <= x.sentence < len(sentences) or text[x.start : x.end] != x.text:
        return False
    sentence = sentences[x.sentence]
    return sentence.start <= x.start < sentence.end and bool(x.text.strip())


def _links(labelling: Labelling) -> dict[tuple[str, int, int], float]:
    labels = labelling.labels
    return {
        (k.kind, labels[k.head].start, labels[k.tail].start): k.confidence for k in labelling.links if k.kind in LINKS
    }


def _cut(label: Label, sentences: Sequence[Sentence], text: str) -> Iterable[Label]:
    """The parts of a content in each of its sentences."""
    at = label.sentence
    if label.end <= sentences[at].end:
        yield label
        return
    start = label.start
    while start < label.end and at < len(sentences):
        end = min(label.end, sentences[at].end)
        if any(c.isalnum() for c in text[start:end]):
            part = text[start:end]
            yield Label(start, end, part, label.layer, label.kind, at, label.confidence, label.scores)
        at += 1
        start = sentences[at].start if at < len(sentences) else label.end
