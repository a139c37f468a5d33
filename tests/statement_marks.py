"""Marked text for the tests of statements: each line a sentence, an empty line a new paragraph.

<s>speaker</s>, <c>cue</c>, <r>relay</r>, <o>content</o> and <i>content within another</i> become labels.
"""

from __future__ import annotations

import re

from brink.coding.statements import join_statements
from brink.records import Actor, Label, Labelling, Link, Sentence, Statement

KINDS = {
    "s": ("attribution", "speaker"),
    "c": ("attribution", "cue"),
    "r": ("attribution", "relay"),
    "o": ("content", "outer"),
    "i": ("content", "inner"),
}
OUTLETS = frozenset(("reuters", "interfax", "afp", "bbc", "harbour news"))


def read(marked: str) -> tuple[str, list[Sentence], list[Label]]:
    """Text, sentences and labels of a marked text."""
    text, sentences, labels = "", [], []
    paragraph = 0
    for line in marked.strip().splitlines():
        if not line.strip():
            paragraph += 1
            continue
        text += "" if not text else "\n\n" if sentences[-1].paragraph != paragraph else " "
        start = len(text)
        text, found = _line(text, line.strip(), len(sentences))
        labels += found
        sentences.append(Sentence(len(sentences), paragraph, start, len(text), text[start:]))
    labels.sort(key=lambda x: (x.start, x.end))
    return text, sentences, [_pointing(x, text) for x in labels]


def _line(text: str, line: str, index: int) -> tuple[str, list[Label]]:
    open_at: dict[str, list[int]] = {}
    found = []
    for part in re.split(r"(</?[scroi]>)", line):
        tag = re.fullmatch(r"<(/?)([scroi])>", part)
        if tag is None:
            text += part
        elif not tag[1]:
            open_at.setdefault(tag[2], []).append(len(text))
        else:
            found.append(Label(open_at[tag[2]].pop(), len(text), "", *KINDS[tag[2]], index, 0.9))
    return text, found


def _pointing(x: Label, text: str) -> Label:
    return Label(x.start, x.end, text[x.start : x.end], x.layer, x.kind, x.sentence, x.confidence, x.scores)


def join(
    marked: str, names: dict[str, str] | None = None, links: tuple[Link, ...] = ()
) -> tuple[str, tuple[Statement, ...]]:
    """The statements of a marked text; `names` says whom a span's words stand for."""
    text, sentences, labels = read(marked)

    def resolve(start: int, end: int) -> Actor:
        words = text[start:end]
        return Actor(start, end, words, (names or {}).get(words, words))

    return text, join_statements(text, sentences, Labelling(tuple(labels), links), resolve, OUTLETS)


def speaker(statement: Statement) -> str | None:
    """The words of a statement's speaker."""
    return statement.speaker.text if statement.speaker else None


def relay(statement: Statement) -> list[str]:
    """The words of a statement's chain."""
    return [r.text for r in statement.relay]
