"""Explicit admissions of ignorance: which attribute of which event nobody knows, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from brink.coding.events import statement_of
from brink.records import Event, Label, Labelling, Sentence, Span, Statement, Unknown

NEAR = 2
"""An admission without an event of its own is about the last event told at most this many sentences before."""


def find_unknowns(
    labelling: Labelling, events: Sequence[Event], statements: Sequence[Statement], sentences: Sequence[Sentence]
) -> tuple[Unknown, ...]:
    """Unknowns of one report in text order."""
    index = {s.index: s for s in sentences}
    found = []
    for label in labelling.labels:
        if label.layer == "unknown":
            event = _about(label, events, index)
            span = Span(label.start, label.end, label.text)
            statement = statement_of(span, statements)
            found.append(
                Unknown(label.start, label.end, label.text, event, label.kind, statement.id if statement else None)
            )
    return tuple(found)


def _about(label: Label, events: Sequence[Event], sentences: dict[int, Sentence]) -> str | None:
    """An event told inside the admission or its sentence, else the nearest one told before it."""
    inside = [e for e in events if label.start <= e.trigger.start < label.end]
    here = sentences[label.sentence]
    same = [e for e in events if here.start <= e.trigger.start < here.end]
    if inside or same:
        return min(inside or same, key=lambda e: abs(e.trigger.start - label.start)).id
    first = sentences.get(label.sentence - NEAR, here)
    before = [e for e in events if first.start <= e.trigger.start < label.start]
    return before[-1].id if before else None
