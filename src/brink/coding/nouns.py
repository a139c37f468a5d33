"""Common nouns that stand for a party ("soldiers", "the foreign minister") and the sectors they tell."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from brink.coding.countries import rows
from brink.coding.tokens import Tokens, key_of_word
from brink.coding.vocabulary import words

OFFICE, PERSON, BODY, SPEAKS_FOR, WORK = "o", "p", "b", "s", "w"
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of nouns.tsv. `flag` says what it is: office, person, body, one who speaks for another, or a work."""

    word: str
    sectors: tuple[str, ...]
    flag: str


@dataclass(frozen=True, slots=True)
class NounHit:
    """A noun in a report: word indexes `first` to before `last`, and whether it is a plural."""

    first: int
    last: int
    noun: Noun
    plural: bool

    @property
    def personal(self) -> bool:
        """Whether it stands for a person or persons."""
        return self.noun.flag in (OFFICE, PERSON) or self.noun.word in words("personal")


@functools.cache
def nouns() -> Mapping[str, Noun]:
    """Every noun by the keys of its words, parted by spaces; ranks written short included."""
    table = {}
    for word, sectors, flag in rows("nouns.tsv"):
        table[" ".join(Tokens(word).keys)] = Noun(word, tuple(sectors.split(";")), flag)
    for short, word in titles()["abbreviations"].items():
        table[" ".join(Tokens(short).keys)] = table[" ".join(Tokens(word).keys)]
    return table


@functools.cache
def titles() -> Mapping[str, Any]:
    """The table titles.toml, read once."""
    return tomllib.loads(files("brink.data").joinpath("actors/titles.toml").read_text("utf-8"))


@functools.cache
def courtesy() -> frozenset[str]:
    """Keys of courtesy titles ("Mr")."""
    return frozenset(key_of_word(word) for group in titles()["courtesy"].values() for word in group)


@functools.lru_cache(maxsize=20_000)
def singulars(key: str) -> tuple[str, ...]:
    """The singulars that a plural's key may have, none where it looks like no plural."""
    if key.endswith("ies"):
        return (f"{key[:-3]}y",)
    if key.endswith(("ses", "xes", "ches", "shes", "sses")):
        return (key[:-2], key[:-1])
    if key.endswith("s") and not key.endswith("ss") and len(key) > 3:
        return (key[:-1],)
    return (f"{key[:-3]}man",) if key.endswith("men") and len(key) > 3 else ()


def noun_ending(tokens: Tokens, last: int, lowest: int) -> NounHit | None:
    """Find the longest noun that ends before word `last` and begins at `lowest` or later."""
    for length in range(min(LONGEST, last - lowest), 0, -1):
        first = last - length
        found = _entry(tokens.keys[first:last])
        if found and all(tokens.joined(i) for i in range(first, last - 1)):
            return NounHit(first, last, *found)
    return None


@functools.lru_cache(maxsize=20_000)
def _entry(keys: tuple[str, ...]) -> tuple[Noun, bool] | None:
    table, key = nouns(), " ".join(keys)
    if key in table:
        return table[key], keys[-1] in words("plurals")
    lead = " ".join(keys[:-1])
    for single in singulars(keys[-1]):
        if (found := table.get(f"{lead} {single}".strip())) is not None:
            return found, True
    head, _, rest = key.partition(" ")  # "secretaries of state", "attorneys general"
    for single in singulars(head) if rest else ():
        if (found := table.get(f"{single} {rest}")) is not None:
            return found, True
    return None


def _free_from(at: int, taken: Collection[int]) -> int:
    """The first of the words before `at`, at most the longest noun's, of which none is in `taken`."""
    low = at - 1
    while low > 0 and at - low < LONGEST and low - 1 not in taken:
        low -= 1
    return low


@functools.cache
def _last_words() -> frozenset[str]:
    return frozenset(key.rpartition(" ")[2] for key in nouns()) | frozenset(
        key.partition(" ")[2] for key in nouns() if " " in key
    )


def noun_hits(tokens: Tokens, taken: Collection[int]) -> list[NounHit]:
    """Find the nouns of a report, each word in at most one and none in `taken`, the longest from the right."""
    found, at, ends = [], len(tokens), _last_words()
    while at > 0:
        key = tokens.keys[at - 1]
        likely = at - 1 not in taken and (key in ends or not ends.isdisjoint(singulars(key)))
        hit = noun_ending(tokens, at, _free_from(at, taken)) if likely else None
        if hit:
            found.append(hit)
        at = hit.first if hit else at - 1
    return found[::-1]
