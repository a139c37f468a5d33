"""The modes of an event: words that name a mode speak first, the model where none does."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from brink import codebook

PATH = Path(__file__).parents[1] / "data" / "coding" / "modes.toml"
FURTHER = 0.5
"""Least probability of a second mode beside the likeliest."""

ALWAYS = frozenset(("ACCUSE", "COERCE", "MOBILIZE", "PROTEST", "REQUEST", "RETREAT", "SANCTION"))
"""Types of which nine in ten events have a mode (4,667 of 4,961 in our training parts): the likeliest counts anyhow."""

RULES = ("near", "never", "needs", "doer", "done")
"""Tables of modes.toml that look at other words than those by which a trigger names its mode."""

Patterns = Mapping[str, re.Pattern[str]]


def modes_of(kind: str, scores: Mapping[str, float], least: float, trigger: str, sentence: str) -> tuple[str, ...]:
    """Modes of an event of PLOVER type `kind`, in the codebook's order.

    `scores` are the model's probabilities as "mode:NAME"; the likeliest mode counts from `least` on (of the types in
    ALWAYS at any chance), others from FURTHER on. A mode that the trigger names replaces the model's (the first in the
    table where several match: a hunger strike is no strike); so does one that the sentence names where the model is
    not sure of any. A mode of which no needed word stands in the sentence does not count.
    """
    never = _named(f"never {kind}", trigger)
    needed = _words().get(f"needs {kind}", {})
    unnamed = needed.keys() - _told(needed, f"{trigger} {sentence}")
    known = [m for m in _modes(kind) if m not in never and m not in unnamed]
    told = _by_doer(kind, trigger, sentence) or [m for m in _named(kind, trigger) if m in known]
    ranked = sorted(((scores.get(f"mode:{m}", 0.0), m) for m in known), reverse=True)
    if not told and ranked and ranked[0][0] < FURTHER:
        told = _told(_words().get(f"near {kind}", {}), sentence)
    if told:
        return (told[0],)
    found = {m for p, m in ranked if p >= FURTHER} | {m for p, m in ranked[:1] if p >= least or (p and kind in ALWAYS)}
    return tuple(m for m in known if m in found)


def _by_doer(kind: str, trigger: str, sentence: str) -> list[str]:
    """Modes that a doer named before the trigger fixes: "jets bombed". So 28 of 38 such acts in our training parts."""
    done = _told(_words().get(f"done {kind}", {}), trigger)
    doers = _words().get(f"doer {kind}", {})
    before = sentence[: max(0, sentence.find(trigger))]
    return [mode for mode in done if doers[mode].search(before)]


@functools.lru_cache(maxsize=1024)
def _modes(kind: str) -> tuple[str, ...]:
    return tuple(str(m) for m in codebook.modes_of(kind))


@functools.lru_cache(maxsize=20_000)
def _named(table: str, trigger: str) -> tuple[str, ...]:
    """Modes that a trigger's words name; kept, since most events are told in the same few words."""
    return tuple(_told(_words().get(table, {}), trigger))


def _told(patterns: Patterns, text: str) -> list[str]:
    return [mode for mode, pattern in patterns.items() if pattern.search(text)]


@functools.cache
def _words() -> Mapping[str, Patterns]:
    """Patterns by type and mode; those of RULES for other words than a trigger's (modes.toml tells of each)."""
    raw = tomllib.loads(PATH.read_text("utf-8"))
    marked = {f"{name} {kind}": modes for name in RULES for kind, modes in raw.pop(name).items()}
    tables = raw | marked
    return {kind: {mode: _pattern(stems) for mode, stems in modes.items()} for kind, modes in tables.items()}


def _pattern(stems: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})", re.IGNORECASE)
