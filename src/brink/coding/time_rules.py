"""The rules that find times: each pattern of data/times/patterns.toml with the function that reads its matches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from brink.coding.calendar_words import fill, times_table
from brink.coding.time_dates import CALENDAR
from brink.coding.time_relative import RELATIVE
from brink.coding.time_scene import Reader
from brink.coding.time_units import UNITS

KEPT = 512
"""Sentences whose matches are kept: times and quantities of one report ask for the same ones."""

# Case-insensitive patterns take these for an i; folding does not.
_LETTERS_I = str.maketrans({"ı": "i", "İ": "i"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of expression, its pattern, its reader, and the lists of words it needs (`needs` of patterns.toml)."""

    kind: str
    pattern: re.Pattern[str]
    read: Reader
    needs: frozenset[str] = frozenset()


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    readers = {**CALENDAR, **RELATIVE, **UNITS}
    rows = [*times_table("patterns")["calendar"], *times_table("patterns")["relative"]]
    return tuple(
        Rule(row["kind"], fill(row["pattern"]), readers[row["read"]], frozenset(row.get("needs", ()))) for row in rows
    )


@lru_cache(maxsize=KEPT)
def matches(text: str) -> tuple[tuple[Rule, re.Match[str]], ...]:
    """What the rules' patterns find in a sentence, the longest first."""
    present = words_present(text)
    found = [(rule, m) for rule in rules() if rule.needs <= present for m in rule.pattern.finditer(text)]
    found.sort(key=lambda pair: (pair[1].start() - pair[1].end(), pair[1].start()))
    return tuple(found)


def words_present(text: str) -> set[str]:
    """The lists of patterns.toml of which the sentence holds a word."""
    folded = text.lower() if text.isascii() else text.translate(_LETTERS_I).casefold()
    return {name for name, words in _needs().items() if any(word in folded for word in words)}


@cache
def _needs() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in times_table("patterns")["needs"].items()}
