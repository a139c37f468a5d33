"""What every corpus is turned into: sentences with labelled spans, choices at spans, and links between spans."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span: characters of one sentence (or running into later ones, by document offsets)."""

    head: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer at the word that starts at offset `at`: `head` of CHOICES or SEVERAL, `answers` the true labels."""

    head: str
    at: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A link of `kind` from the word at offset `head` to the word at offset `tail`."""

    kind: str
    head: int
    tail: int


@dataclass(slots=True)
class Document:
    """Text with sentence offsets; `heads` are the TAGS annotated in full (an absent span there means O).

    `bag` names event types of which at least one word of the text tells (a headline tells its type, not its trigger).
    """

    set: str
    id: str
    text: str
    sentences: list[tuple[int, int]]
    heads: tuple[str, ...]
    marks: list[Mark] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    links: tuple[str, ...] = ()
    bag: tuple[str, ...] = ()
