"""Sentences of one report -> labelled spans with confidence.

Takes the report's text and its `Sentence`s; gives a `Labelling` (labels in text order, links between them).
Raises ModelError if the weights are missing or damaged. onnxruntime is loaded with the first report.
`use_types` adds a user's own event types, which `brink.model.own` fits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brink.errors import TypesError
from brink.records import Labelling, Sentence

if TYPE_CHECKING:
    from brink.model.own import OwnType


def label(text: str, sentences: Sequence[Sentence], heads: Sequence[str] | None = None) -> Labelling:
    """Label one report; `heads` names other heads than those Brink's own records need (see `labelling.PRODUCT`).

    Without `heads`, events of the own types in use are labelled too.
    """
    return begin(text, sentences, heads)()


def begin(text: str, sentences: Sequence[Sentence], heads: Sequence[str] | None = None) -> Callable[[], Labelling]:
    """Set this process's threads to one report; its `label` is that of what comes back, when it is called.

    With one thread the work is done then; with several it goes on meanwhile.
    """
    from brink.model.labelling import PRODUCT, read_labels
    from brink.model.packing import pack, words_of
    from brink.model.session import load_session

    session = load_session(threads=_threads[0])
    words = words_of(sentences, session.tokeniser)
    windows = list(pack(words, session.cls, session.sep))
    own = () if heads else _types
    outputs = session.begin(windows)
    return lambda: read_labels(text, windows, outputs(), session.card, heads or PRODUCT, own)


def threads() -> int:
    """How many threads this process's network runs on."""
    return _threads[0]


_threads = [1]


def use_threads(number: int) -> None:
    """Let this process's network read `number` windows at once (default 1); for before the first report."""
    _threads[:] = [number]


def use_types(paths: Iterable[Path]) -> None:
    """Let this process code a user's own event types, from files of `brink types fit`; none: no longer.

    Raises TypesError where a file is none, was fitted to another model, or gives a name a second time.
    """
    found: list[OwnType] = []
    for path in paths:
        from brink.model.own import load

        one = load(path, version())
        if any((x.name, x.of) == (one.name, one.of) for x in found):
            raise TypesError(f"{path} gives the own type {one.name} a second time; name it once.")
        found.append(one)
    _types[:] = found


def types_version() -> str:
    """Hash of the own types in use; empty where there are none."""
    told = " ".join(sorted(one.hash for one in _types))
    return hashlib.sha256(told.encode()).hexdigest()[:8] if told else ""


_types: list[OwnType] = []


def version() -> str:
    """Hash of the weights in use; it travels with every record."""
    from brink.model.card import load_card

    return load_card().hash
