"""Small reports of our own (invented persons) made into indexes, for the tests of actors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from brink.coding.actors import ActorIndex, index_actors
from brink.coding.register import load_register
from brink.records import Actor, Label, Register, Sentence


def sentences_of(text: str) -> list[Sentence]:
    """Sentences by full stops before a capital, paragraphs by blank lines."""
    found: list[Sentence] = []
    paragraph = at = 0
    for part in re.split(r"(?<=[.!?]) (?=[A-Z“\"])|(\n\n)", text):
        if part == "\n\n":
            paragraph += 1
        elif part:
            start = text.index(part, at)
            at = start + len(part)
            found.append(Sentence(len(found), paragraph, start, at, part))
    return found


def index(
    text: str,
    names: Mapping[str, str] | None = None,
    published: date | None = date(2012, 5, 3),
    register: Register | None = None,
) -> ActorIndex:
    """Index a text whose mentions are all occurrences of `names` (surface to kind)."""
    labels = [
        Label(m.start(), m.end(), surface, "mention", kind, 0, 1.0)
        for surface, kind in (names or {}).items()
        for m in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text)
    ]
    labels = [a for a in labels if not any(b is not a and b.start <= a.start and a.end <= b.end for b in labels)]
    return index_actors(text, sentences_of(text), labels, register or load_register(None), published)


def actor(
    text: str,
    span: str,
    names: Mapping[str, str] | None = None,
    published: date | None = date(2012, 5, 3),
    register: Register | None = None,
) -> Actor:
    """The actor that the last occurrence of `span` stands for."""
    start = max(m.start() for m in re.finditer(rf"(?<!\w){re.escape(span)}(?!\w)", text))
    return index(text, names, published, register).actor(start, start + len(span))
