"""What two sentences share: stems of their content words, names and numbers."""

from __future__ import annotations

import functools
import re
from importlib import resources
from math import fsum

import snowballstemmer

from brink.ledger.tables import table, words

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBER = re.compile(r"\d[\d,.]*(?:st|nd|rd|th)?\b|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b")
_STEMMER = snowballstemmer.stemmer("english")


@functools.cache
def _stop() -> frozenset[str]:
    return frozenset(str(table("acts")["stop"]).split())


@functools.cache
def _weights() -> dict[str, float]:
    lines = (resources.files("brink") / "data/ledger/words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {stem: float(weight) for stem, weight in rows}


@functools.lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(re.split(r"['’]", word)[0]))


def stems(text: str) -> frozenset[str]:
    """Content words, lower case, cut to what their forms share."""
    found = (m.lower() for m in _WORD.findall(text))
    return frozenset(_stem(w) for w in found if w not in _stop() and len(w) > 2)


def names(text: str) -> frozenset[str]:
    """Stems of words with a capital that do not open the sentence."""
    found = [m for m in _WORD.finditer(text) if m.group()[0].isupper() and m.start() > 0]
    return frozenset(_stem(m.group().lower()) for m in found if m.group().lower() not in _stop())


def numbers(text: str) -> frozenset[str]:
    """Figures and ordinals as written, commas dropped."""
    return frozenset(n.replace(",", "").rstrip(".").lower() for n in _NUMBER.findall(text))


@functools.lru_cache(maxsize=8192)
def weight(stem: str) -> float:
    """How rare a stem is in news, in nats; data/ledger/words.tsv says on what it was counted."""
    return _weights().get(stem, float(table("acts")["most"]))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Weight of what two sets share over the weight of the lighter one; 0 where either is empty."""
    if not one or not other or one.isdisjoint(other):
        return 0.0
    least = min(_whole(one), _whole(other))
    return fsum(map(weight, one & other)) / least if least else 0.0


@functools.lru_cache(maxsize=1024)
def _whole(stems: frozenset[str]) -> float:
    """The weight of a set; exact, as the order in a set is not the same in every process."""
    return fsum(map(weight, stems))


def medium(sentence: str) -> str | None:
    """The outlet or agency whose reporter a sentence speaks of ("a Reuters correspondent saw")."""
    found = words("agency_reporter").search(sentence)
    return (found[1] or found[2]).strip() if found else None


def places(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """Whether two tellings' places agree: the same, or one's names all in the other's; None where nothing says so."""
    if not one.isdisjoint(other):
        return True
    mine, yours = _proper(one), _proper(other)
    if not mine or not yours:
        return None
    return mine <= yours or yours <= mine


@functools.lru_cache(maxsize=2048)
def _proper(places: frozenset[str]) -> frozenset[str]:
    """The words with a capital in the names of places."""
    found = (re.split(r"['’]", m)[0] for place in places for m in _WORD.findall(place) if m[0].isupper())
    return frozenset(w.lower() for w in found if w.lower() not in _stop())
