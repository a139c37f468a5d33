"""What a report names, read once: its words, the known names and nouns among them, and the countries it is about."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from math import log10

from brink.coding.belonging import belongs_to
from brink.coding.gazetteer import Candidate, areas, gazetteer
from brink.coding.gazetteer_file import key_of as key_of_place
from brink.coding.names import GEOGRAPHIC, Known, Reference, references, settled
from brink.coding.nouns import OFFICE, NounHit, noun_ending, noun_hits
from brink.coding.tokens import Tokens
from brink.coding.vocabulary import numbers
from brink.records import Label, Sentence

PLACES = frozenset(("GPE", "LOC", "FAC"))


class Scene:
    """One report's words and names. `people` are its mentions of persons, in text order; `titled` counts the countries
    that its title names, `served` also those that persons known from elsewhere serve, set once by whoever knows them.
    """

    def __init__(
        self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Label], titled: Mapping[str, float]
    ) -> None:
        """Read a report's text, sentences and mention labels."""
        self.text = text
        self.sentences = sentences
        self.mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self.people = [m for m in self.mentions if m.kind == "PER"]
        self.tokens = Tokens(text)
        self.titled = titled
        self.served = dict(titled)
        self._person_ends = [m.end for m in self.people]
        self._starts = [s.start for s in sentences]

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Known names and places of the report, those within a person's name left out."""
        taken = _covered(self.tokens, self.people)
        places = [r for m in self.mentions if m.kind in PLACES and (r := self._place(m, taken))]
        taken = taken.union(*(range(r.first, r.last) for r in places)) if places else taken
        found = [r for r in self._named if not taken.intersection(range(r.first, r.last))]
        found = [r for i, r in enumerate(found) if not (i and self._owned(found[i - 1], r))]
        every = sorted([*found, *places], key=lambda r: r.first)
        return self._qualified([self._settled(r) for r in every])

    @cached_property
    def _named(self) -> tuple[Reference, ...]:
        """Known names as they stand, before the report is asked which of several is meant."""
        return tuple(r for r in references(self.tokens) if self._is_name(r))

    @cached_property
    def _named_starts(self) -> list[int]:
        return [r.first for r in self._named]

    def _is_name(self, r: Reference) -> bool:
        """Whether words are a name here: not the sign of a currency, not "The Star" only because a sentence begins."""
        if self.text[r.end : r.end + 1] == "$":
            return False
        article = r.first > 0 and self.tokens.words[r.first - 1] == "The" and r.known.name.startswith("The ")
        if r.known.kind != "outlet" or not article or r.last - r.first > 1:
            return True
        opens = self.tokens.starts[r.first - 1] == self._starts[max(0, self.sentence_of(r.start))]
        return not opens or any(m.kind == "ORG" and m.start < r.end and r.start < m.end for m in self.mentions)

    def _qualified(self, found: list[Reference]) -> tuple[Reference, ...]:
        """Places with the country of the region that follows them: "Panama City, Florida"."""
        lies: dict[str, Known] = {}
        for a, b in itertools.pairwise(found):
            apart = self.text[a.end : b.start] == ", " and a.known.kind in ("seat", "place")
            if apart and b.known.kind in ("place", "country") and b.known.country != a.known.country:
                name = self.text[a.start : a.end]
                lies[name] = Known(name, b.known.country, ("GOV",), "place")
        named = ((r, lies.get(self.text[r.start : r.end])) for r in found)
        return tuple(Reference(r.first, r.last, r.start, r.end, (place,)) if place else r for r, place in named)

    def _owned(self, before: Reference, body: Reference) -> bool:
        """Whether a body's name is a country's own: "Georgia's Security Council", "the Polish Red Cross"."""
        if body.known.kind != "body" or before.known.kind not in GEOGRAPHIC or body.last - body.first < 2:
            return False
        between = self.tokens.keys[before.last : body.first]
        return between in ((), ("s",)) and not self.text[before.end : body.start].strip("'’s ")

    def _place(self, mention: Label, taken: set[int]) -> Reference | None:
        """A place that only the gazetteer knows; a name that the tables know whole is left to them."""
        first, last = self.tokens.within(mention.start, mention.end)
        if first == last or taken.intersection(range(first, last)) or self._whole_name(first, last):
            return None
        country = _country_of_place(mention.text, frozenset(self._plainly_named))
        known = Known(mention.text, country, ("GOV",), "place") if country else None
        return Reference(first, last, mention.start, mention.end, (known,)) if known else None

    def _whole_name(self, first: int, last: int) -> bool:
        """Whether known names cover the words, save an article before or a possessive behind them."""
        if self.tokens.keys[first] == "the":
            first += 1
        at = bisect_right(self._named_starts, first) - 1
        found = self._named[at] if at >= 0 else None
        return found is not None and found.first <= first and last <= found.last

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
        for r in self._named:
            if len(r.readings) == 1 and r.known.country and not r.known.shared and r.known.kind != "outlet":
                weight = 1.0 if r.known.kind in GEOGRAPHIC else numbers("home")["other"]
                early = 2.0 if r.start < numbers("home")["head"] else 1.0
                votes[r.known.country] = votes.get(r.known.country, 0.0) + weight * early
        return votes

    @cached_property
    def nouns(self) -> tuple[NounHit, ...]:
        """Nouns of the report that lie in no person's name and no known name of several words."""
        taken = _covered(self.tokens, self.people)
        taken |= {i for r in self.references if r.known.kind != "people" for i in range(r.first, r.last)}
        return tuple(noun_hits(self.tokens, taken))

    @cached_property
    def uniforms(self) -> Counter[str]:
        """How often the report speaks of police (COP) and of armed forces (MIL), ranks left out."""
        return Counter(h.noun.sectors[0] for h in self.nouns if h.noun.flag != OFFICE and h.noun.word != "officer")

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
        found = [h for h in self.nouns[low:high] if h.last <= last]
        if low < high and self.nouns[high - 1].last > last and (cut := noun_ending(self.tokens, last, first)):
            found.append(cut)  # "the police" of "the police officers"
        return found

    def references_within(self, first: int, last: int) -> list[Reference]:
        """Give the known names among words `first` to before `last`."""
        low = bisect_right(self._reference_starts, first - 1)
        high = bisect_right(self._reference_starts, last - 1)
        return [r for r in self.references[low:high] if r.last <= last]

    def person_from(self, offset: int) -> Label | None:
        """Give the first mention of a person that ends behind an offset."""
        at = bisect_right(self._person_ends, offset)
        return self.people[at] if at < len(self.people) else None

    def fullest_name(self, person: Label) -> str:
        """The longest mention of a person that ends in the same name: "Noboru Kitagaki" for "Kitagaki"."""
        last = person.text.split()[-1]
        return max((m.text for m in self.people if m.text.split()[-1] == last), key=len)

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
        tells = numbers("home")
        begin = self._starts[0] if self._starts else 0
        for r in self.references:
            if not r.known.country or r.known.kind == "outlet":
                continue
            weight = tells["dateline"] if r.start < begin else tells.get(r.known.kind, tells["other"])
            early = 2.0 if r.start < begin + tells["head"] else 1.0
            votes[r.known.country] = votes.get(r.known.country, 0.0) + weight * early
        return votes

    @cached_property
    def home(self) -> str | None:
        """The country that the report is mostly about, None where it names none; `served` is set before it is asked."""
        votes = {c: self.votes.get(c, 0.0) + self.served.get(c, 0.0) for c in {*self.votes, *self.served}}
        return max(votes, key=lambda c: (votes[c], c)) if votes else None

    @cached_property
    def telling(self) -> tuple[Reference, ...]:
        """The names that tell of a country, outlets' left out."""
        return tuple(r for r in self.references if r.known.country in self.votes and r.known.kind != "outlet")

    @cached_property
    def telling_starts(self) -> list[int]:
        """First words of `telling`."""
        return [r.first for r in self.telling]

    @cached_property
    def dateline_countries(self) -> frozenset[str]:
        """Countries named before the first sentence."""
        begin = self._starts[0] if self._starts else 0
        return frozenset(str(r.known.country) for r in self.telling if r.start < begin)

    def opens(self, r: Reference) -> bool:
        """Whether a name stands among the first four words of its sentence."""
        return r.first - self.bounds(r.start)[0] <= 3

    def country_near(self, start: int, end: int, kind: str) -> str | None:
        """The country that words without one of their own belong to, by `belonging`."""
        return belongs_to(self, start, end, kind)


def _likelihood(reading: Known, named: Mapping[str, float]) -> float:
    """A country that the report names, then what belongs to none, then the rest in the tables' order."""
    if reading.country and not reading.shared and named.get(reading.country, 0.0) > 0:
        return named[reading.country]
    return 0.5 if reading.kind == "body" else 0.0


def _covered(tokens: Tokens, labels: Sequence[Label]) -> set[int]:
    return {i for m in labels for i in range(*tokens.within(m.start, m.end))}


@lru_cache(maxsize=4096)
def _country_of_place(name: str, named: frozenset[str]) -> str | None:
    """The country of the best known place of that name, best in a country that the report names; None without one."""
    if (area := areas().get(key_of_place(name))) is not None:
        return area.countries[0] if len(area.countries) == 1 else None
    found = [c for c in gazetteer().find(name) if c.kind in "CPA"]
    found = [c for c in found if c.kind != "P" or c.population >= numbers("places")["small"] or c.country in named]

    def likelihood(c: Candidate) -> float:
        kind = 3.0 if c.kind == "C" else 1.5 if c.kind == "A" and c.own_name else 0.0
        return kind + log10(c.population + 1) + (numbers("places")["named"] if c.country in named else 0.0)

    best = max(found, key=lambda c: (likelihood(c), -c.id), default=None)
    return best.country if best else None
