"""Marked sentences -> word vectors of the frozen encoder, with the words of their marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from brink.model.own.examples import Line
from brink.model.own.regression import Floats
from brink.model.own.spans import Run
from brink.model.packing import Word, pack, words_of
from brink.model.session import Session
from brink.records import Label, Sentence


@dataclass(frozen=True, slots=True)
class Read:
    """One line as the encoder sees it: `vectors` (words, 384), `marked` words, `told`: words of events of one type."""

    vectors: Floats
    marked: tuple[Run, ...]
    told: tuple[Run, ...]

    @property
    def answers(self) -> Floats:
        """For each word, 1.0 where a mark holds it, else 0.0."""
        found = np.zeros(len(self.vectors))
        for first, last in self.marked:
            found[first : last + 1] = 1.0
        return found


def read_lines(lines: Sequence[Line], session: Session, of: str | None) -> list[Read]:
    """Each line by itself through the encoder; with `of`, the triggers of that type which the model finds in it."""
    return [_read(line, session, of) for line in lines]


def _read(line: Line, session: Session, of: str | None) -> Read:
    from brink.model.labelling import read_labels  # which itself applies what is fitted here

    sentence = Sentence(0, 0, 0, len(line.text), line.text)
    windows = list(pack(words_of([sentence], session.tokeniser), session.cls, session.sep))
    outputs = session.run(windows)
    words = [w for window in windows for w in window.words]
    vectors = np.concatenate([o.words for o in outputs]).astype(np.float64)
    labels: Sequence[Label] = read_labels(line.text, windows, outputs, session.card).labels if of else ()
    told = [(x.start, x.end) for x in labels if x.layer == "event" and x.kind == of]
    return Read(vectors, tuple(_runs(words, line.marks)), tuple(_runs(words, told)))


def _runs(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> Iterator[Run]:
    for start, end in spans:
        inside = [i for i, w in enumerate(words) if w.start < end and start < w.end]
        if inside:
            yield inside[0], inside[-1]
