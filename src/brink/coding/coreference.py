"""Pronouns and role phrases -> the party named before that they mean."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from brink.coding.entities import FEMALE, MALE, Entity, entities, table
from brink.coding.nouns import noun_ending
from brink.coding.people import People
from brink.coding.scene import Scene
from brink.coding.vocabulary import words

Pair = tuple[int, int]


@functools.cache
def pronouns() -> Mapping[str, str]:
    """What each pronoun asks for: male, female, plural, thing, first, group, relative."""
    return {word: kind for kind, listed in table()["pronouns"].items() for word in listed}


class Coreference:
    """Antecedents within one report."""

    def __init__(self, scene: Scene, people: People) -> None:
        """Index the parties of a report once."""
        self._scene = scene
        self._people = people
        self._entities = entities(scene, people)
        self._starts = [e.start for e in self._entities]
        self._genders = self._learnt()

    def resolve(self, start: int, end: int) -> Pair | None:
        """Give the span that a pronoun or a definite role phrase at `start:end` stands for, or None."""
        kind = pronouns().get(self._scene.text[start:end].strip().lower())
        if kind:
            found = self._of_pronoun(kind, start, end)
        else:
            found = self._of_phrase(start, end)
        return (found.start, found.end) if found else None

    def _of_pronoun(self, kind: str, start: int, end: int) -> Entity | None:
        if kind == "relative":
            return next((e for e in reversed(self._before(start, 0)) if e.end <= start), None)
        if kind in ("first", "group"):
            return self._speaker(start, kind == "group")
        return self._best(start, _FITS[kind], MALE if kind == "male" else FEMALE if kind == "female" else None)

    def _before(self, start: int, reach: int) -> Sequence[Entity]:
        """Parties named before an offset, in its sentence and `reach` sentences back."""
        here = self._scene.sentence_of(start)
        found = self._entities[: bisect_left(self._starts, start)]
        low = len(found)
        while low and found[low - 1].sentence >= here - reach:
            low -= 1
        return [e for e in found[low:] if e.end <= start]

    def _best(self, start: int, fits: Callable[[Entity], bool], gender: str | None) -> Entity | None:
        weights = table()["weights"]
        found = [e for e in self._before(start, int(weights["reach"])) if fits(e)]
        if gender:
            found = [e for e in found if self._gender(e) in (gender, None)]
        return max(found, key=lambda e: (self._score(e, start, gender, weights), e.start), default=None)

    def _score(self, e: Entity, start: int, gender: str | None, weights: Mapping[str, float]) -> float:
        here = self._scene.sentence_of(start)
        back = here - e.sentence
        score = weights["sentence"] * back + weights["repeated"] * min(e.times, 10)
        score += weights["subject"] * e.subject + weights["speaking"] * e.speaking + weights["person"] * e.named
        if gender and self._gender(e) == gender:
            score += weights[gender]
        if e.sentence >= 0 and here >= 0 and self._paragraph(e.sentence) != self._paragraph(here):
            score += weights["paragraph"]
        return score

    def _paragraph(self, sentence: int) -> int:
        return self._scene.sentences[sentence].paragraph

    def _gender(self, e: Entity) -> str | None:
        person = self._people.by_start.get(e.start)
        return self._genders.get(id(person)) or e.gender if person else e.gender

    def _learnt(self) -> dict[int, str]:
        """The gender of each person, from any of the mentions that tells it."""
        found: dict[int, str] = {}
        for e in self._entities:
            person = self._people.by_start.get(e.start)
            if person and e.gender:
                found.setdefault(id(person), e.gender)
        return found

    def _speaker(self, start: int, group: bool) -> Entity | None:
        """Whoever speaks the words around an offset: the party beside a verb of saying here, else the last."""
        here = self._scene.sentence_of(start)
        fits = [e for e in self._entities if e.speaking and not (e.plural and not group)]
        same = [e for e in fits if e.sentence == here and e.start != start]
        if same:
            return min(same, key=lambda e: abs(e.start - start))
        before = [e for e in fits if e.sentence < here]
        after = [e for e in fits if e.sentence == here + 1]
        return max(before, key=lambda e: e.start, default=None) or min(after, key=lambda e: e.start, default=None)

    def _of_phrase(self, start: int, end: int) -> Entity | None:
        tokens = self._scene.tokens
        first, last = tokens.within(start, end)
        while last > first and tokens.keys[last - 1] == "s":
            last -= 1
        if first >= last:
            return None
        if named := self._shortened(first, last, start):
            return named
        head = noun_ending(tokens, last, first)
        if head is None or (tokens.keys[first] not in words("determiners") and last - first > head.last - head.first):
            return None
        if head.noun.word in words("spokespeople"):
            return self._spoken_for(start)
        return self._titled(start, head.noun.word) or self._alike(start, head.noun.word)

    def _shortened(self, first: int, last: int, start: int) -> Entity | None:
        """The last longer name that ends in the same words: "the Study Group" after "Iraq Study Group"."""
        keys = self._scene.tokens.keys
        short = keys[first + 1 : last] if keys[first] == "the" else keys[first:last]
        if not short or len(short) > 3 or (keys[first] != "the" and not self._scene.tokens.words[first][:1].isupper()):
            return None
        for e in reversed(self._before(start, 60)):
            longer = e.head is None and e.kind == "thing" and e.last - e.first > len(short)
            if longer and keys[e.last - len(short) : e.last] == short and keys[e.first] != "the":
                return e
        return None

    def _spoken_for(self, start: int) -> Entity | None:
        """Whom "a spokesman" without more speaks for: the last body or spokesman of one, two sentences back."""
        for e in reversed(self._before(start, 2)):
            if e.head is not None and e.head.noun.word in words("spokespeople") and self._tells(e):
                return e
            if e.head is None and e.kind == "thing":
                return e
        return None

    def _titled(self, start: int, word: str) -> Entity | None:
        """The last named person whom the report gives this office ("the minister" after a foreign minister)."""
        for e in reversed(self._before(start, 40)):
            person = self._people.by_start.get(e.start) if e.kind == "person" else None
            if person and any(_ends_with(x.role.head.noun.word, word) for x in person.evidence):
                return e
            if person and person.entry and person.entry.office.lower() == word:
                return e
        return None

    def _alike(self, start: int, word: str) -> Entity | None:
        """The last phrase with the same noun that said more, or a known name of the sort that the noun means."""
        sorts = [sort for sort, listed in table()["anaphora"].items() if word in listed]
        for e in reversed(self._before(start, 12)):
            if e.head is not None and _ends_with(e.head.noun.word, word) and self._tells(e):
                return e
            if e.head is None and sorts and self._sort(e) in sorts:
                return e
        return None

    def _tells(self, e: Entity) -> bool:
        return bool(self._scene.references_within(e.first, e.last)) or e.last - e.first > 2

    def _sort(self, e: Entity) -> str | None:
        found = self._scene.references_within(e.first, e.last)
        if not found:
            return "organisation" if e.kind == "thing" else None
        kind = found[-1].known.kind
        return {"party": "organisation", "seat": "country"}.get(kind, kind)


def _ends_with(noun: str, word: str) -> bool:
    return noun == word or noun.endswith(f" {word}")


def _singular_person(e: Entity) -> bool:
    return e.kind == "person" and not e.plural


_FITS: Mapping[str, Callable[[Entity], bool]] = {
    "male": _singular_person,
    "female": _singular_person,
    "plural": lambda e: e.plural or e.kind in ("thing", "people") or (e.kind == "country" and not e.plural),
    "thing": lambda e: e.kind in ("thing", "country") and not e.plural,
}


@functools.cache
def default_bodies() -> Mapping[str, str]:
    """The body that a noun means where the report names none before it: "the alliance" is NATO."""
    return {noun: body for body, listed in table()["defaults"].items() for noun in listed}


__all__ = ["Coreference", "default_bodies", "pronouns"]
