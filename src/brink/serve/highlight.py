"""A report's text cut into pieces, each with the codings that lie on it, so that a page can mark them.

Pieces never overlap and give the whole text when joined; nothing in a report's text is trusted to be more than text.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brink.records import CodedReport, Event

PLACES = frozenset({"GPE", "LOC", "FAC"})
ORDER = ("event", "unknown", "statement", "speaker", "place", "furniture")
_GAP = re.compile(r" {3,}")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters that a coding rests on. `kind` is one of ORDER, `id` names the coding ("" for none)."""

    start: int
    end: int
    kind: str
    id: str = ""
    quad: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters under the same marks. `opens` are ids of statements whose words begin here."""

    text: str
    kinds: tuple[str, ...]
    id: str
    quad: str
    opens: tuple[str, ...]


def marks(coded: CodedReport) -> list[Mark]:
    """All marks of a coded report, in the order of the text."""
    found = [Mark(c.start, c.end, "statement", s.id) for s in coded.statements for c in s.content]
    found += [Mark(s.speaker.start, s.speaker.end, "speaker", s.id) for s in coded.statements if s.speaker]
    found += [mark for e in coded.events for mark in _of_event(e)]
    found += [Mark(u.start, u.end, "unknown", f"u{n}") for n, u in enumerate(coded.unknowns, 1)]
    found += [Mark(m.start, m.end, "place") for m in coded.mentions if m.kind in PLACES]
    found += [Mark(f.start, f.end, "furniture") for f in coded.layout.furniture]
    size = len(coded.report.text)
    return sorted((m for m in found if 0 <= m.start < m.end <= size), key=lambda m: (m.start, -m.end, m.kind, m.id))


def _of_event(e: Event) -> Iterator[Mark]:
    yield Mark(e.trigger.start, e.trigger.end, "event", e.id, str(e.quad or ""))
    if e.place:
        yield Mark(e.place.start, e.place.end, "place")


def paragraphs(coded: CodedReport) -> list[list[Piece]]:
    """The text's paragraphs as pieces; where text was not kept, a piece says "[…]"."""
    text, found = coded.report.text, marks(coded)
    return [list(_pieces(text, found, m.start(), m.end())) for m in re.finditer(r"[^\n]+", text) if m[0].strip()]


def _pieces(text: str, found: Sequence[Mark], start: int, end: int) -> Iterator[Piece]:
    here = [m for m in found if m.start < end and m.end > start]
    edges = sorted({start, end, *(max(m.start, start) for m in here), *(min(m.end, end) for m in here)})
    active: list[Mark] = []
    waiting = list(reversed(here))
    for left, right in itertools.pairwise(edges):
        while waiting and waiting[-1].start <= left:
            active.append(waiting.pop())
        active = [m for m in active if m.end > left]
        yield _piece(text[left:right], active, left)


def _piece(text: str, over: Sequence[Mark], at: int) -> Piece:
    kinds = tuple(kind for kind in ORDER if any(m.kind == kind for m in over))
    top = next((m for kind in ORDER for m in over if m.kind == kind and m.id), None)
    opens = tuple(dict.fromkeys(m.id for m in over if m.kind == "statement" and m.start == at))
    return Piece(_GAP.sub(" […] ", plain(text)), kinds, top.id if top else "", top.quad if top else "", opens)


def plain(text: str) -> str:
    """The text without characters that steer what shows it: controls, and marks that turn its direction."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
