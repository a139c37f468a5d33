"""Which country words without one of their own belong to: "civilians", "the army", a person of whom nothing is said.

Every country that the report names is a candidate; a softmax over hand-made features, whose weights stand in
`data/actors/belonging.toml` (fitted by `python eval/belonging.py`), says which is likeliest.
"""

from __future__ import annotations

import functools
import math
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brink.coding.name_origins import likeness
from brink.coding.names import GEOGRAPHIC, Reference

if TYPE_CHECKING:
    from brink.coding.scene import Scene

PATH = Path(__file__).parents[1] / "data" / "actors" / "belonging.toml"
JOINED = frozenset(("in", "of", "from", "at", "near", "outside", "inside", "around"))
WHERE = frozenset(("in", "at", "near", "outside", "inside", "across", "from", "around", "over"))
TOWARDS = frozenset(("against", "to", "with", "on", "by", "for", "between"))
STATE = frozenset(("GOV", "MIL", "SPY", "COP", "JUD", "LEG", "ELI"))
ARMED = frozenset(("REB", "UAF", "CRM"))
PLACES = frozenset(("seat", "place"))
CROSSED = frozenset(
    (
        "home",
        "rank",
        "title",
        "before",
        "behind",
        "nearest before",
        "where",
        "dateline",
        "joined",
        "last told",
        "subject",
        "town",
        "towards",
    )
)
"""Signs that also count by what the words are and how they are introduced."""


def belongs_to(scene: Scene, start: int, end: int, kind: str) -> str | None:
    """The likeliest country of the words `start:end`; None where the report names no country at all.

    `kind` is what the words are: "state", "armed", "people" or "person" (see `kind_of`).
    """
    found = _signs(scene, start, end)
    if len(found) < 2:
        return next(iter(found), None)
    weights = _weights_for(kind, _manner(scene, start))
    best, least = None, -math.inf
    for country, signs in found.items():
        # Rounded, so that countries of the same signs are equal, whatever order they were summed in.
        score = round(sum([weights.get(name, 0.0) * value for name, value in signs.items()]), 9)
        if score > least:
            best, least = country, score
    return best


def kind_of(sectors: Sequence[str]) -> str:
    """What words with these sectors are, for the weights."""
    first = sectors[0] if sectors else ""
    return "state" if first in STATE else "armed" if first in ARMED else "people"


@functools.cache
def load_weights() -> Mapping[str, float]:
    """Weights by the names of signs."""
    return dict(tomllib.loads(PATH.read_text("utf-8"))["weights"])


@functools.lru_cache(maxsize=64)
def _weights_for(kind: str, manner: str) -> Mapping[str, float]:
    """What each sign weighs for words of a kind and manner, which count on top of the sign itself."""
    plain = load_weights()
    crossed = {name: sum(plain.get(f"{how} {name}", 0.0) for how in (kind, manner)) for name in CROSSED}
    return {name: plain.get(name, 0.0) + crossed.get(name, 0.0) for name in {*plain, *CROSSED}}


def signs_of(scene: Scene, start: int, end: int, kind: str) -> dict[str, dict[str, float]]:
    """For each country that the report names, its signs by name, in the alphabet's order of the countries."""
    found = _signs(scene, start, end)
    asked = (kind, _manner(scene, start)) if found else ()
    for signs in found.values():
        for name in CROSSED.intersection(signs):
            signs |= {f"{how} {name}": signs[name] for how in asked}
    return found


def _signs(scene: Scene, start: int, end: int) -> dict[str, dict[str, float]]:
    votes = {c: scene.votes.get(c, 0.0) + scene.served.get(c, 0.0) for c in sorted({*scene.votes, *scene.served})}
    if not votes:
        return {}
    top, all_votes = max(votes.values()), sum(votes.values())
    found: dict[str, dict[str, float]] = {}
    for country, vote in votes.items():
        signs = {
            "share": vote / (all_votes or 1.0),
            "rank": math.log((vote + 0.5) / (top + 0.5)),
            "home": float(country == scene.home),
            "title": float(country in scene.titled),
        }
        if country in scene.dateline_countries:
            signs["dateline"] = 1.0
        found[country] = signs
    _in_sentence(scene, start, end, found)
    _in_sentences_before(scene, start, found)
    _by_name(scene, start, end, found)
    return found


def _manner(scene: Scene, start: int) -> str:
    """How the words are introduced: they open the sentence, follow "by", a definite article, or stand otherwise."""
    first, _ = scene.bounds(start)
    at = scene.tokens.within(start, start + 1)[0]
    before = scene.tokens.keys[max(0, at - 1) : at + 1]
    if at - first <= 1:
        return "opening"
    if "by" in before:
        return "by"
    return "definite" if "the" in before else "plain"


def _in_sentence(scene: Scene, start: int, end: int, found: dict[str, dict[str, float]]) -> None:
    """Signs of the names in the words' own sentence."""
    first, last = scene.bounds(start)
    at, stop = scene.tokens.within(start, end)
    here = [r for r in scene.telling if first <= r.first and r.last <= last]
    before = [r for r in here if r.last <= at]
    behind = [r for r in here if r.first >= stop]
    for side, names in (("before", before), ("behind", behind)):
        for r in names:
            signs = found[str(r.known.country)]
            signs[side] = 1.0
            _place_signs(scene, r, signs)
    if before:
        near, opening = before[-1], before[0]
        signs = found[str(near.known.country)]
        signs["nearest before"] = 1.0
        signs["nearness before"] = 1.0 / (1.0 + at - near.last)
        signs[f"nearest is {near.known.kind}"] = 1.0
        found[str(opening.known.country)]["subject"] = float(opening.first - first <= 3)
    if behind:
        near = behind[0]
        signs = found[str(near.known.country)]
        signs["nearest behind"] = 1.0
        signs["nearness behind"] = 1.0 / (1.0 + near.first - stop)
        between = scene.tokens.keys[stop : near.first]
        signs["joined"] = float(len(between) <= 3 and bool(JOINED.intersection(between)))
    countries = {r.known.country for r in here}
    if len(countries) == 1:
        found[str(next(iter(countries)))]["alone here"] = 1.0


def _by_name(scene: Scene, start: int, end: int, found: dict[str, dict[str, float]]) -> None:
    """Sign of a person's own name, where the words hold one: how like each country's names it is."""
    person = scene.person_from(start)
    if len(found) > 1 and person is not None and start <= person.start < end:
        for country, value in likeness(scene.fullest_name(person), found).items():
            found[country]["name"] = value


def _place_signs(scene: Scene, r: Reference, signs: dict[str, float]) -> None:
    """Signs of the word before a name: whether it says where, or against whom."""
    keys = scene.tokens.keys[max(0, r.first - 2) : r.first]
    if WHERE.intersection(keys) and r.known.kind in GEOGRAPHIC:
        signs["where"] = 1.0
    if TOWARDS.intersection(keys):
        signs["towards"] = 1.0
    if r.known.kind in PLACES:
        signs["town"] = 1.0


def _in_sentences_before(scene: Scene, start: int, found: dict[str, dict[str, float]]) -> None:
    """Signs of the names told last before the words' sentence."""
    number = scene.sentence_of(start)
    at = bisect_left(scene.telling_starts, scene.bounds(start)[0])
    earlier = scene.telling[:at]
    if earlier:
        found[str(earlier[-1].known.country)]["last told"] = 1.0
    for r in reversed(earlier):
        back = number - scene.sentence_of(r.start)
        if back > 2:
            break
        signs = found[str(r.known.country)]
        signs[f"{back} back"] = 1.0
        if back == 1 and scene.opens(r):
            signs["opened before"] = 1.0
