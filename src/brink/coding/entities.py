"""The parties of a report that a later pronoun or role phrase may mean, in text order."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from brink.coding.nouns import BODY, PERSON, NounHit, titles
from brink.coding.people import People
from brink.coding.scene import Scene
from brink.coding.tokens import Tokens, key_of_word
from brink.coding.vocabulary import words

MALE, FEMALE = "male", "female"
NAMED_KINDS = {"ORG": "thing", "UNIT": "thing", "GPE": "country", "NORP": "people", "PER": "person"}


@dataclass(frozen=True, slots=True)
class Entity:
    """A party named in the report. `kind`: person, thing (a body or country), country, people; `head` is the noun of a
    phrase that has no name; `first`/`last` are word indexes."""

    start: int
    end: int
    first: int
    last: int
    sentence: int
    kind: str
    plural: bool
    gender: str | None
    named: bool
    head: NounHit | None
    subject: bool
    speaking: bool
    times: int


@functools.cache
def table() -> Mapping[str, Any]:
    """The table coreference.toml, read once."""
    return tomllib.loads(files("brink.data").joinpath("actors/coreference.toml").read_text("utf-8"))


@functools.cache
def _sayings() -> frozenset[str]:
    return frozenset(table()["saying"]["verbs"].split())


@functools.cache
def _adverbs() -> frozenset[str]:
    return frozenset(table()["saying"]["adverbs"].split())


@functools.cache
def _first_names() -> Mapping[str, str]:
    names = tomllib.loads(files("brink.data").joinpath("actors/first_names.toml").read_text("utf-8"))
    return {key_of_word(name): gender for gender in (MALE, FEMALE) for name in names[gender].split()}


@functools.cache
def _gendered() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for group in ("gender", "courtesy"):
        for gender in (MALE, FEMALE):
            found |= {key_of_word(word): gender for word in titles()[group][gender]}
    return found


def entities(scene: Scene, people: People) -> list[Entity]:
    """Every party of the report in text order: named ones, known names, and phrases with a noun that stands for one."""
    found: dict[int, tuple[int, int, str, NounHit | None]] = {}
    named = {scene.tokens.within(m.start, m.end)[0] for m in scene.people}
    for hit in scene.nouns:
        if hit.last in named and scene.tokens.joined(hit.last - 1):
            continue  # a title: the person is the party
        first = _phrase_start(scene, hit)
        kind = "person" if hit.personal or hit.noun.flag == PERSON else "thing"
        found[hit.last] = (first, hit.last, kind, hit)
    for r in scene.references:
        if r.known.kind in ("outlet", "place") or r.last in found:
            continue
        kind = {"country": "country", "seat": "country", "people": "people"}.get(r.known.kind, "thing")
        if kind != "people" or scene.tokens.words[r.last - 1].endswith("s"):
            found[r.last] = (r.first, r.last, kind, None)
    for m in scene.mentions:
        if m.kind in NAMED_KINDS:
            first, last = scene.tokens.within(m.start, m.end)
            if first < last and not (m.kind == "NORP" and last in found):
                found[last] = (first, last, NAMED_KINDS[m.kind], None)
    return _described(scene, people, sorted(found.values()))


def _phrase_start(scene: Scene, hit: NounHit) -> int:
    start, low = hit.first, scene.bounds(scene.tokens.starts[hit.first])[0]
    while start > low and hit.first - start < 6 and scene.tokens.joined(start - 1):
        key = scene.tokens.keys[start - 1]
        if key in words("breaks") or key in ("and", "or", "but"):
            break
        start -= 1
        if key in words("determiners"):
            return start
    names = [r.first for r in scene.references_within(start, hit.first)]
    return min(names, default=hit.first)


def _described(scene: Scene, people: People, spans: list[tuple[int, int, str, NounHit | None]]) -> list[Entity]:
    found, seen = [], -1
    for k, (first, last, kind, head) in enumerate(spans):
        start, end = scene.tokens.span(first, last)
        sentence = scene.sentence_of(start)
        person = people.by_start.get(start) if kind == "person" and head is None else None
        found.append(
            Entity(
                start,
                end,
                first,
                last,
                sentence,
                kind,
                _plural(scene, first, kind, head),
                _gender(scene, first, last, head, person is not None),
                head is None,
                head,
                sentence != seen,
                _speaks(scene.tokens, first, last),
                len(person.mentions) if person else 1,
            )
        )
        if k + 1 == len(spans) or not _describes(scene, last, spans[k + 1][0]):
            seen = sentence
    return found


def _describes(scene: Scene, last: int, first: int) -> bool:
    """Whether a name before word `last` only describes the one at `first`: "Russian President Vladimir Putin"."""
    between = range(last, first)
    if len(between) > 3 or not all(scene.tokens.joined(i - 1) for i in range(last, first + 1)):
        return False
    return all(scene.tokens.words[i][:1].isupper() or scene.nouns_within(i, i + 1) for i in between)


def _plural(scene: Scene, first: int, kind: str, head: NounHit | None) -> bool:
    if head is None:
        return kind == "people"
    return head.plural or (head.noun.flag == BODY and head.noun.word in words("many"))


def _gender(scene: Scene, first: int, last: int, head: NounHit | None, named: bool) -> str | None:
    """The gender that a title, noun or given name tells."""
    keys = scene.tokens.keys
    if head is not None:
        return next((_gendered()[k] for k in reversed(keys[head.first : head.last]) if k in _gendered()), None)
    if not named:
        return None
    for i in (first - 1, first):
        if i >= 0 and keys[i] in _gendered():
            return _gendered()[keys[i]]
    return _first_names().get(keys[first]) if last - first > 1 else None


def _speaks(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a verb of saying stands right behind the words, or right before them."""
    if first > 0 and tokens.keys[first - 1] in _sayings() and not tokens.gap(first - 1).strip():
        return True
    at = last
    while at < min(len(tokens), last + 3):
        if tokens.gap(at - 1).strip(' ,\u201d"'):
            return False
        if tokens.keys[at] in _sayings():
            return True
        if tokens.keys[at] not in _adverbs():
            return False
        at += 1
    return False


__all__ = ["FEMALE", "MALE", "Entity", "entities", "table"]
