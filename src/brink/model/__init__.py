"""Sentences of one report -> labelled spans with confidence.

Takes the report's text and its `Sentence`s; gives a `Labelling` (labels in text order, links between them).
Raises ModelError if the weights are missing or damaged. onnxruntime is loaded with the first report.
"""

from __future__ import annotations

from collections.abc import Sequence

from brink.records import Labelling, Sentence


def label(text: str, sentences: Sequence[Sentence], heads: Sequence[str] | None = None) -> Labelling:
    """Label one report; `heads` names other heads than those Brink's own records need (see `labelling.PRODUCT`)."""
    from brink.model.labelling import PRODUCT, read_labels
    from brink.model.packing import pack, words_of
    from brink.model.session import load_session

    session = load_session(threads=_threads[0])
    words = words_of(sentences, session.tokeniser)
    windows = list(pack(words, session.cls, session.sep))
    return read_labels(text, windows, session.run(windows), session.card, heads or PRODUCT)


_threads = [1]


def use_threads(number: int) -> None:
    """Let this process's network run on `number` threads (default 1); for before the first report."""
    _threads[:] = [number]


def version() -> str:
    """Hash of the weights in use; it travels with every record."""
    from brink.model.card import load_card

    return load_card().hash
