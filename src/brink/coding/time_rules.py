"""The rules that find times: each pattern of data/times/patterns.toml with the function that reads its matches."""

from __future__ import annotations

import re
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
    found = [(rule, m) for rule in _rules_for(words_present(text)) for m in rule.pattern.finditer(text)]
    found.sort(key=lambda pair: (pair[1].start() - pair[1].end(), pair[1].start()))
    return tuple(found)


@lru_cache(maxsize=4096)
def _rules_for(present: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.needs <= present)


@lru_cache(maxsize=KEPT)
def words_present(text: str) -> frozenset[str]:
    """The lists of patterns.toml of which the sentence holds a word."""
    held = 0
    for word in folded(text).split():
        held |= _lists_of(word)
    return _named(held)


def folded(text: str) -> str:
    """A sentence in small letters, as patterns that pass over case read it."""
    return text.lower() if text.isascii() else text.translate(_LETTERS_I).casefold()


@lru_cache(maxsize=30_000)
def _lists_of(word: str) -> int:
    """One bit for each list of which a folded word without white space holds a word: no list's words hold any."""
    return sum(1 << n for n, (_, test) in enumerate(_needs()) if test.search(word))


@lru_cache(maxsize=4096)
def _named(held: int) -> frozenset[str]:
    return frozenset(name for n, (name, _) in enumerate(_needs()) if held >> n & 1)


@cache
def _needs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each list of patterns.toml, as words or as a pattern."""
    tables = times_table("patterns")["needs"].items()
    return tuple(
        (name, fill(words if isinstance(words, str) else "|".join(map(re.escape, words)))) for name, words in tables
    )
