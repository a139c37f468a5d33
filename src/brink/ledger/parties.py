"""Whom a telling names, as keys by which matching knows a party again.

A state's authorities and people go by its code. A group or person goes by the name the tables know, else by the words
of the name that have a capital ("Seleka fighters", "the Seleka rebels"). Who is told by a common noun or a pronoun
alone ("guerrillas", "two people", "they") is vague: such a key, with a "~", agrees with nobody for certain and
contradicts no name of its country and kind.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from brink.coding import named_in
from brink.ledger.tables import table
from brink.records import Actor

AUTHORITIES = frozenset({"GOV", "MIL", "SPY", "COP", "LEG", "JUD"})
ARMED = frozenset({"REB", "UAF", "OPP", "CRM", "PTY"})
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")
_GEOGRAPHIC = frozenset({"country", "people"})


@functools.cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(table("bodies")["words"][name], re.IGNORECASE)


def party(actor: Actor) -> str:
    """The key of a party: the state's code for its authorities and people, else its name within the country."""
    if actor.country and (not actor.sector or actor.sector[0] in AUTHORITIES):
        return actor.country
    name = _name(actor.name, actor.country) or _vague(actor)
    return f"{actor.country}/{name}" if actor.country else name


def parties(actors: Iterable[Actor]) -> frozenset[str]:
    """The keys of all parties of a side."""
    return frozenset(map(party, actors))


@functools.lru_cache(maxsize=8192)
def _name(text: str, country: str | None) -> str | None:
    """What a name has of its own, None for common nouns and pronouns."""
    known = next((k for k in named_in(text) if k.kind not in _GEOGRAPHIC and k.country in (None, country)), None)
    if known is not None and (known.kind in ("group", "party", "body", "organisation") or country is None):
        return known.name.lower() if country else known.name
    own = [re.split(r"['’]s?$", w)[0].lower() for w in _CAPITAL.findall(text) if not _is_common(w)]
    return " ".join(own) or None


@functools.lru_cache(maxsize=8192)
def _is_common(word: str) -> bool:
    """Whether a word with a capital names nobody: it opens a sentence, or tells the country, which the key has."""
    if _words("common").fullmatch(word) or _words("armed").fullmatch(word) or _words("title").fullmatch(word):
        return True
    found = named_in(word)
    return bool(found) and all(k.kind in _GEOGRAPHIC for k in found)


def _vague(actor: Actor) -> str:
    """Armed men, people, or a thing by its own words."""
    first = actor.sector[0] if actor.sector else None
    if first in ARMED or _words("armed").search(actor.name):
        return "~armed"
    if first is not None or _words("common").search(actor.name):
        return "~people"
    return " ".join(actor.name.lower().split())


def is_vague(key: str) -> bool:
    """Whether a key names nobody by name."""
    return "~" in key


@functools.lru_cache(maxsize=2048)
def compared(one: frozenset[str], other: frozenset[str]) -> str | None:
    """How two sides compare: "same", "other", "vague" where nothing says that they differ, None where one is empty."""
    if not one or not other:
        return None
    if any(not is_vague(key) for key in one & other):
        return "same"
    vague = [(a, b) for a in one for b in other if is_vague(a) or is_vague(b)]
    return "vague" if any(_compatible(a, b) or _compatible(b, a) for a, b in vague) else "other"


def _compatible(vague: str, key: str) -> bool:
    """Whether a vague key may stand for another: of its country, and armed men for no state."""
    if not is_vague(vague):
        return False
    country, _, kind = vague.rpartition("/")
    if key == vague:
        return True
    if key.partition("/")[0] != country:
        return False
    return "/" in key and not is_vague(key) if kind == "~armed" else True
