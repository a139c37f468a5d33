"""Explicit admissions of ignorance: which attribute of which event nobody knows, and who says so."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from brink.coding.events import retold, statement_of
from brink.records import Event, Labelling, Sentence, Span, Statement, Unknown

NEAR = 2
"""An admission without an event of its own is about the last event told at most this many sentences before."""

GAP = 25
"""Characters between two marked parts of one admission ("it is not clear … how many")."""

ASKING = (
    ("quantity", re.compile(r"\b(?:how (?:many|much)|numbers?|what number|the size|how large|figures?|toll)\b", re.I)),
    ("time", re.compile(r"\b(?:when|how soon|how long|the date)\b", re.I)),
    ("place", re.compile(r"\b(?:where|whereabouts|which (?:town|place|country|border|base))\b", re.I)),
    ("cause", re.compile(r"\b(?:why|motives?|reasons?|what caused|the cause)\b", re.I)),
    ("actor", re.compile(r"\b(?:who|whom|whose|claimed responsibility|by which|which (?:group|side|party))\b", re.I)),
    ("occurrence", re.compile(r"\b(?:whether|if)\b", re.I)),
)
"""Words that say what is not known; the first one decides, the model where there is none."""


@dataclass(frozen=True, slots=True)
class Admission:
    """The words of one admission."""

    start: int
    end: int
    attribute: str
    sentence: int


def find_unknowns(
    text: str,
    labelling: Labelling,
    events: Sequence[Event],
    statements: Sequence[Statement],
    sentences: Sequence[Sentence],
) -> tuple[Unknown, ...]:
    """Unknowns of one report in text order."""
    index = {s.index: s for s in sentences}
    again = {i: labelling.labels[k].start for i, k in retold(labelling.labels).items()}
    meant = {labelling.labels[i].sentence: start for i, start in again.items()}
    return tuple(_unknown(text, a, events, statements, index, meant.get(a.sentence)) for a in _admissions(labelling))


def _admissions(labelling: Labelling) -> Iterator[Admission]:
    """Marked admissions, parts of one put together."""
    held: Admission | None = None
    for label in labelling.labels:
        if label.layer != "unknown":
            continue
        if held and held.sentence == label.sentence and label.start - held.end <= GAP:
            held = Admission(held.start, max(held.end, label.end), held.attribute, held.sentence)
            continue
        if held:
            yield held
        held = Admission(label.start, label.end, label.kind, label.sentence)
    if held:
        yield held


def _unknown(
    text: str,
    a: Admission,
    events: Sequence[Event],
    statements: Sequence[Statement],
    sentences: dict[int, Sentence],
    meant: int | None,
) -> Unknown:
    """`meant` is where the event is told that the admission names again."""
    words = text[a.start : a.end]
    statement = statement_of(Span(a.start, a.end, words), statements)
    named = next((e.id for e in events if e.trigger.start == meant), None)
    about = named or _about(text, a, events, sentences)
    return Unknown(a.start, a.end, words, about, attribute_of(words, a.attribute), statement.id if statement else None)


def attribute_of(words: str, otherwise: str) -> str:
    """What an admission says is not known: by its first asking word, else `otherwise`."""
    found = [(m.start(), name) for name, pattern in ASKING if (m := pattern.search(words))]
    return min(found)[1] if found else otherwise


def _about(text: str, a: Admission, events: Sequence[Event], sentences: dict[int, Sentence]) -> str | None:
    """An event told inside the admission or its sentence, else the nearest one told before it that its words name.

    Whose number is not known is first of all what was told of "some" or "more than" so many.
    """
    inside = [e for e in events if a.start <= e.trigger.start < a.end]
    here = sentences[a.sentence]
    same = [e for e in events if here.start <= e.trigger.start < here.end]
    if inside or same:
        return min(inside or same, key=lambda e: abs(e.trigger.start - a.start)).id
    near = min(s.start for i, s in sentences.items() if a.sentence - NEAR <= i <= a.sentence)
    before = [e for e in events if near <= e.trigger.start < a.start]
    words = text[a.start : a.end]
    open_count = attribute_of(words, a.attribute) == "quantity"

    def fit(e: Event) -> tuple[int, bool, int]:
        return _named(e, words), open_count and any(q.high is None for q in e.quantity), e.trigger.start

    return max(before, key=fit).id if before else None


def _named(event: Event, words: str) -> int:
    """2 where the words of an admission name an act of the event's type, 1 where they name that of its deed, else 0."""
    kinds = {kind for kind, pattern in acts().items() if pattern.search(words)}
    return 2 * (event.event in kinds) or int(event.deed is not None and event.deed.event in kinds)


@functools.cache
def acts() -> Mapping[str, re.Pattern[str]]:
    """Words by which an admission names an act again, by type (`data/coding/acts.toml`)."""
    table = tomllib.loads(files("brink.data").joinpath("coding/acts.toml").read_text("utf-8"))
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in table.items()}
