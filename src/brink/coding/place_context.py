"""What a report as a whole says about where it plays, and the choice among namesakes that follows from it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from brink.coding.gazetteer import Candidate, abbreviations, areas, gazetteer, hand_file
from brink.coding.gazetteer_file import key_of
from brink.records import Dateline, Mention, Sentence

PLACES = frozenset({"GPE", "LOC", "FAC"})
_PEOPLE = frozenset({"NORP", "PER", "ORG", "UNIT"})

# Without context a name is evidence only if its best reading leads the best one in another country by this much.
CLEAR_LEAD = 2.0

TITLE = -2
"""The sentence of what the title tells: none of the report's."""

# A report is at home somewhere once this many of its names have a country.
STRANGER_FROM = 2

_QUALIFIED = re.compile(r",\s{0,2}(?=[A-Z])")
_SHORT_FORM = re.compile(r"(?:[A-Z]\.\s?){2,3}|[A-Z]{2}\b|[A-Z][a-z]{1,4}\.")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One name of the report that belongs to a country (and perhaps a region of it), and the sentence it stands in."""

    key: str
    country: str
    region: int | None
    sentence: int


@dataclass(frozen=True, slots=True)
class ReportContext:
    """All that the choice among namesakes asks of a report. `senses` are names that the report itself qualifies
    somewhere ("Paris, Texas"): key to GeoNames id."""

    text: str
    sentence_starts: tuple[int, ...]
    mentions: tuple[Mention, ...]
    evidence: tuple[Evidence, ...]
    senses: Mapping[str, int]
    home: str | None

    def sentence_of(self, offset: int) -> int:
        """Give the index of the sentence that holds an offset; -1 before the first."""
        return bisect_right(self.sentence_starts, offset) - 1


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What the words beside a name say: the countries or regions it lies in, and whether it is itself a region."""

    countries: frozenset[str] = frozenset()
    regions: frozenset[int] = frozenset()
    is_region: bool = False


def report_context(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    dateline: Dateline | None,
    titled: Iterable[str] = (),
) -> ReportContext:
    """Read a report's mentions once, for all its places. `mentions` carry the countries that actor coding gave them,
    `titled` are those that the title tells.
    """
    starts = tuple(sentence.start for sentence in sentences)
    ordered = tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))
    bare = ReportContext(text, starts, ordered, (), {}, None)
    evidence = [Evidence(country, country, None, TITLE) for country in titled]
    senses: dict[str, int] = {}
    for mention in ordered:
        sentence = bare.sentence_of(mention.start)
        if mention.kind in PLACES:
            found, qualified = _clear(mention, bare, sentence)
            evidence.extend(found)
            senses |= qualified
        elif mention.kind in _PEOPLE and mention.country:
            evidence.append(Evidence(key_of(mention.text), mention.country, None, sentence))
    return ReportContext(text, starts, ordered, tuple(evidence), senses, _home(dateline, bare))


def choose(
    name: str, candidates: Iterable[Candidate], context: ReportContext, sentence: int, qualifier: Qualifier
) -> Candidate | None:
    """Give the candidate that a name most likely means in a sentence of the report, None where there is none."""
    left = within(_without_seats(candidates), qualifier)
    sense = context.senses.get(key_of(name))
    if sense is not None and qualifier == Qualifier():
        left = [c for c in left if c.id == sense] or left
    elif any(c.kind == "C" for c in left):
        left = [c for c in left if c.kind in "CA"]  # no town abroad, unless it is told where: "Lebanon, Pennsylvania"
    elif not qualifier.countries and not qualifier.regions:
        left = [c for c in left if not _stranger(c, key_of(name), context)]
    scored = [
        (_prior(c, qualifier.is_region) + _support(c, key_of(name), context, sentence), c.population, -c.id, c)
        for c in left
    ]
    return max(scored, default=(0, 0, 0, None))[3]


def within(candidates: Iterable[Candidate], qualifier: Qualifier) -> list[Candidate]:
    """Keep the candidates that lie in what the qualifier names, all of them where none does."""
    every = list(candidates)
    if any(c.kind == "C" for c in every):
        # "Jordan, Italy and the US" is a list; of a country's namesakes only a region can be meant ("Georgia, USA").
        every_region = [c for c in every if c.kind == "A" and c.country in qualifier.countries]
        return every_region or [c for c in every if c.region in qualifier.regions and c.kind == "P"] or every
    in_region = [c for c in every if c.region in qualifier.regions and c.kind != "A"]
    in_country = [c for c in every if c.country in qualifier.countries and c.kind != "C"]
    return in_region or in_country or every


def country_votes(countries: Iterable[str], context: ReportContext, sentence: int) -> str | None:
    """Choose among the states over which an area lies: the one the sentence names, else two thirds of the report."""
    allowed = set(countries)
    here = {e.country for e in context.evidence if e.sentence == sentence} & allowed
    if len(here) == 1:
        return here.pop()
    names = {(e.key, e.country) for e in context.evidence if e.country in allowed}
    for country in sorted(allowed):
        if 3 * sum(named == country for _, named in names) >= 2 * len(names) > 0:
            return country
    return None


def qualifier_after(end: int, text: str, following: Mention | None) -> Qualifier:
    """Read ", Texas", ", Ga." or ", Ukraine" after a name that ends at `end`."""
    comma = _QUALIFIED.match(text, end)
    if comma is None:
        return Qualifier()
    short = _SHORT_FORM.match(text, comma.end())
    number = abbreviations().get(re.sub(r"[.\s]", "", short[0])) if short else None
    if number is not None:
        return Qualifier(frozenset(), frozenset({number}))
    named = following.text if following and following.start == comma.end() else _next_name(text, comma.end())
    return qualifier_of(gazetteer().find(named)) if named else Qualifier()


def qualifier_of(candidates: Iterable[Candidate]) -> Qualifier:
    """Give the countries and regions among candidates: what a name beside a town can say of it."""
    found = list(candidates)
    return Qualifier(
        frozenset(c.country for c in found if c.kind == "C"), frozenset(c.id for c in found if c.kind == "A")
    )


def _next_name(text: str, start: int) -> str | None:
    found = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}").match(text, start)
    return found[0] if found else None


def _clear(mention: Mention, context: ReportContext, sentence: int) -> tuple[list[Evidence], dict[str, int]]:
    key = key_of(mention.text)
    if area := areas().get(key):
        return [Evidence(key, area.countries[0], None, sentence)] if len(area.countries) == 1 else [], {}
    candidates = _without_seats(gazetteer().find(mention.text))
    following = next((m for m in context.mentions if m.start > mention.end and m.kind in PLACES), None)
    qualifier = qualifier_after(mention.end, context.text, following)
    named = within(candidates, qualifier)
    best = max(named, key=lambda c: (_prior(c, False), c.population, -c.id), default=None)
    if best is None:
        return [Evidence(key, mention.country, None, sentence)] if mention.country else [], {}
    if len(named) < len(candidates):
        return [Evidence(key, best.country, best.region, sentence)], {key: best.id}
    rivals = [_prior(c, False) for c in named if c.country != best.country or (c.kind == "A") != (best.kind == "A")]
    clear = _prior(best, False) - max(rivals, default=-99.0) >= CLEAR_LEAD
    return [Evidence(key, best.country, best.region, sentence)] if clear else [], {}


def _without_seats(candidates: Iterable[Candidate]) -> list[Candidate]:
    """A country's name means the country, not a place of that name inside it (Singapore, Mexico)."""
    found = list(candidates)
    countries = {c.country for c in found if c.kind == "C"}
    return [c for c in found if c.kind == "C" or c.country not in countries]


def _stranger(candidate: Candidate, key: str, context: ReportContext) -> bool:
    """Say whether a small town lies in a country that a report, otherwise at home elsewhere, does not speak of."""
    others = {e.key for e in context.evidence if e.key != key}
    if candidate.kind != "P" or len(others) < STRANGER_FROM or candidate.country == context.home:
        return False
    least: Mapping[str, int] = hand_file("words.toml")["stranger"]
    small = candidate.population < least["own_name" if candidate.own_name else "alternate"]
    return small and not any(e.country == candidate.country and e.key != key for e in context.evidence)


def _prior(candidate: Candidate, region: bool) -> float:
    weights: Mapping[str, float] = hand_file("words.toml")["weights"]
    own = weights["own_name"] if candidate.own_name else 0.0
    if candidate.kind == "C":
        return weights["country"] + own
    size = log10(candidate.population + 10) + own
    if candidate.kind == "P":
        return size + (weights["capital"] if candidate.capital else 0.0)
    if candidate.kind == "A":
        return size + weights["region"] + (weights["region_word"] if region else 0.0)
    return size + weights["lower" if candidate.kind == "B" else "other"]


def _support(candidate: Candidate, key: str, context: ReportContext, sentence: int) -> float:
    weights: Mapping[str, float] = hand_file("words.toml")["weights"]
    others = [e for e in context.evidence if e.key != key]
    names = {e.key for e in others}
    same = [e for e in others if e.country == candidate.country]
    total = weights["report"] * len({e.key for e in same}) / (len(names) or 1)
    if any(e.sentence == sentence for e in same):
        total += weights["sentence"]
    if candidate.region is not None and any(e.region == candidate.region for e in same):
        total += weights["neighbourhood"]
    if context.home == candidate.country:
        total += weights["dateline"]
    return total


def _home(dateline: Dateline | None, bare: ReportContext) -> str | None:
    if dateline is None or not dateline.place:
        return None
    first, _, rest = dateline.place.partition(",")
    qualifier = qualifier_of(gazetteer().find(rest)) if rest else Qualifier()
    best = choose(first, gazetteer().find(first), bare, -1, qualifier)
    return best.country if best else None
