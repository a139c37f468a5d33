"""From which of several countries a personal name is likeliest: letters in threes against lists of names by country.

The lists (`data/actors/names.tsv`: code, family names, given names) were written by the team from general knowledge.
What comes out is a hint among countries that a report names, never a nationality by itself.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from brink.coding.tokens import key_of_word

PATH = Path(__file__).parents[1] / "data" / "actors" / "names.tsv"
SMOOTHING = 60.0
WORD = re.compile(r"[^\W\d_]+")
MOST = 4.0


def likeness(name: str, countries: Iterable[str]) -> dict[str, float]:
    """How much more each country's names are like this one than all names are: mean log-ratio of its threes, -4 to 4.

    A country without a list gets 0.
    """
    counts, everywhere, total = _counts()
    threes = list(_threes(name))
    found = {}
    for country in countries:
        own = counts.get(country)
        if not own or not threes:
            found[country] = 0.0
            continue
        size = own.total()
        score = 0.0
        for three in threes:
            share = (everywhere[three] + 0.1) / (total + 1000.0)
            score += math.log((own[three] + SMOOTHING * share) / (size + SMOOTHING) / share)
        found[country] = max(-MOST, min(MOST, score / len(WORD.findall(name))))
    return found


def _threes(name: str) -> Iterator[str]:
    for word in WORD.findall(name):
        padded = f"^{key_of_word(word)}$"
        yield padded
        for i in range(len(padded) - 2):
            yield padded[i : i + 3]


@functools.cache
def _counts() -> tuple[Mapping[str, Counter[str]], Counter[str], int]:
    """Threes by country, over all countries, and how many there are."""
    counts: dict[str, Counter[str]] = {}
    everywhere: Counter[str] = Counter()
    for line in PATH.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, *names = line.split("\t")
            own = Counter(three for name in " ".join(names).split() for three in _threes(name.replace("-", " ")))
            counts[country] = own
            everywhere.update(own)
    return counts, everywhere, everywhere.total()
