"""What a report names, read once: its words, the known names and nouns among them, and the countries it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from brink.coding.gazetteer import gazetteer
from brink.coding.names import GEOGRAPHIC, Known, Reference, references, settled
from brink.coding.nouns import NounHit, noun_hits
from brink.coding.tokens import Tokens
from brink.records import Label, Sentence

PLACES = frozenset(("GPE", "LOC", "FAC"))
HEAD = 600
"""Characters at the head of a report whose names count double for what it is about."""

WEIGHTS = {"country": 1.0, "people": 1.0, "seat": 1.0, "metonym": 0.8, "place": 0.7, "group": 0.6}
"""What a name tells of the country that a report is about; any other kind tells less. Set by hand."""

OTHER = 0.4
DATELINE = 2.0


class Scene:
    """One report's words and names. `people` are its mentions of persons, in text order."""

    def __init__(self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Label]) -> None:
        """Read a report's text, sentences and mention labels."""
        self.text = text
        self.sentences = sentences
        self.mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self.people = [m for m in self.mentions if m.kind == "PER"]
        self.tokens = Tokens(text)
        self._starts = [s.start for s in sentences]

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Known names and places of the report, those within a person's name left out."""
        taken = _covered(self.tokens, self.people)
        found = [r for r in references(self.tokens) if not taken.intersection(range(r.first, r.last))]
        found = [r for i, r in enumerate(found) if not (i and self._owned(found[i - 1], r))]
        covered = {i for r in found for i in range(r.first, r.last)} | taken
        found += [r for m in self.mentions if m.kind in PLACES and (r := self._place(m, covered))]
        return tuple(self._settled(r) for r in sorted(found, key=lambda r: r.first))

    def _owned(self, before: Reference, body: Reference) -> bool:
        """Whether a body's name is a country's own: "Georgia's Security Council", "the Polish Red Cross"."""
        if body.known.kind != "body" or before.known.kind not in GEOGRAPHIC:
            return False
        between = self.tokens.keys[before.last : body.first]
        return between in ((), ("s",)) and not self.text[before.end : body.start].strip("'’s ")

    def _place(self, mention: Label, covered: set[int]) -> Reference | None:
        """A place that only the gazetteer knows, or a name within a compound ("Russia-Ukraine")."""
        first, last = self.tokens.within(mention.start, mention.end)
        if first == last or covered.intersection(range(first, last)):
            return None
        country = _country_of_place(mention.text)
        known = Known(mention.text, country, ("GOV",), "place") if country else None
        return Reference(first, last, mention.start, mention.end, (known,)) if known else None

    def _settled(self, reference: Reference) -> Reference:
        """A reference with its likeliest reading first: that of a country which the report names elsewhere."""
        if len(reference.readings) == 1 and not reference.known.shared:
            return reference
        named = self._plainly_named
        best = sorted(reference.readings, key=lambda k: _likelihood(k, named), reverse=True)
        chosen = settled(best[0], max(named, key=lambda c: named[c]) if named else None)
        rest = tuple(k for k in best[1:])
        return Reference(reference.first, reference.last, reference.start, reference.end, (chosen, *rest))

    @cached_property
    def _plainly_named(self) -> Mapping[str, float]:
        votes: dict[str, float] = {}
        for r in references(self.tokens):
            if len(r.readings) == 1 and r.known.kind in GEOGRAPHIC and r.known.country:
                votes[r.known.country] = votes.get(r.known.country, 0.0) + (2.0 if r.start < HEAD else 1.0)
        return votes

    @cached_property
    def nouns(self) -> tuple[NounHit, ...]:
        """Nouns of the report that lie in no person's name and no known name of several words."""
        taken = _covered(self.tokens, self.people)
        taken |= {i for r in self.references if r.known.kind != "people" for i in range(r.first, r.last)}
        return tuple(h for h in noun_hits(self.tokens) if not taken.intersection(range(h.first, h.last)))

    @cached_property
    def _noun_starts(self) -> list[int]:
        return [h.first for h in self.nouns]

    @cached_property
    def _reference_starts(self) -> list[int]:
        return [r.first for r in self.references]

    def nouns_within(self, first: int, last: int) -> list[NounHit]:
        """Give the nouns among words `first` to before `last`."""
        low = bisect_right(self._noun_starts, first - 1)
        high = bisect_right(self._noun_starts, last - 1)
        return [h for h in self.nouns[low:high] if h.last <= last]

    def references_within(self, first: int, last: int) -> list[Reference]:
        """Give the known names among words `first` to before `last`."""
        low = bisect_right(self._reference_starts, first - 1)
        high = bisect_right(self._reference_starts, last - 1)
        return [r for r in self.references[low:high] if r.last <= last]

    def sentence_of(self, offset: int) -> int:
        """Give the position in `sentences` of the one that holds an offset, -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def bounds(self, offset: int) -> tuple[int, int]:
        """Give the word indexes of the sentence that holds an offset."""
        number = self.sentence_of(offset)
        if number < 0:
            return self.tokens.within(0, self._starts[0] if self._starts else len(self.text))
        sentence = self.sentences[number]
        return self.tokens.within(sentence.start, max(sentence.end, offset + 1))

    @cached_property
    def votes(self) -> Mapping[str, float]:
        """How much of the report is about each country."""
        votes: dict[str, float] = {}
        begin = self._starts[0] if self._starts else 0
        for r in self.references:
            if not r.known.country or r.known.kind == "outlet":
                continue
            weight = DATELINE if r.start < begin else WEIGHTS.get(r.known.kind, OTHER)
            votes[r.known.country] = votes.get(r.known.country, 0.0) + weight * (2.0 if r.start < begin + HEAD else 1.0)
        return votes

    @cached_property
    def home(self) -> str | None:
        """The country that the report is mostly about, None where it names none."""
        return max(self.votes, key=lambda c: (self.votes[c], c)) if self.votes else None

    def country_near(self, offset: int) -> str | None:
        """The country that words without one of their own belong to.

        The nearest country named before them in their sentence; else the one the report is mostly about.
        """
        first, last = self.bounds(offset)
        at = self.tokens.within(offset, offset + 1)[0]
        here = [r for r in self.references_within(first, last) if r.known.country and r.known.kind != "outlet"]
        before = [r for r in here if r.first < at]
        if before:
            return before[-1].known.country
        return self.home


def _likelihood(reading: Known, named: Mapping[str, float]) -> float:
    """A country that the report names, then what belongs to none, then the rest in the tables' order."""
    if reading.country and not reading.shared and named.get(reading.country, 0.0) > 0:
        return named[reading.country]
    return 0.5 if reading.kind == "body" else 0.0


def _covered(tokens: Tokens, labels: Sequence[Label]) -> set[int]:
    return {i for m in labels for i in range(*tokens.within(m.start, m.end))}


@lru_cache(maxsize=4096)
def _country_of_place(name: str) -> str | None:
    """The country of the best known place of that name; None where the gazetteer has none."""
    found = [c for c in gazetteer().find(name) if c.kind in "CPA"]
    best = max(found, key=lambda c: (c.kind == "C", c.kind == "A" and c.own_name, c.population, -c.id), default=None)
    return best.country if best else None
