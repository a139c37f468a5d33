"""Where it happened: from the words of a place to a place of the gazetteer, no more precise than the words are.

Coordinates stand beside "city" (a populated place: its centre) and "point" (a facility of an imported full dump)
alone. A country, a region and an area have none: their middle is not where anything happened.
"""

from __future__ import annotations

import re
from dataclasses import replace

from brink.coding.gazetteer import Area, Candidate, gazetteer, hand_file
from brink.coding.gazetteer_file import key_of
from brink.coding.place_context import (
    PLACES,
    Qualifier,
    ReportContext,
    choose,
    country_votes,
    qualifier_after,
    qualifier_of,
    report_context,
)
from brink.coding.place_phrases import Named, has_distance, has_word, names_in, strip_lead, words
from brink.records import Place

__all__ = ["report_context", "resolve_place"]

QUARTERS = {"north": "PRK", "south": "KOR", "east": None, "west": None}
"""Quarters of the sky that stand alone: a Korea where the report speaks of Korea, else no place of their own."""
_FINEST_FIRST = ("point", "city", "admin1", "area", "country")
_PRECISION = {"C": "country", "A": "admin1", "P": "city", "S": "point"}
_TAIL = re.compile(r",? ?(?:(?:in|of|near|outside) )?(?:the )?$")
_POSSESSOR = re.compile(r"(?:[’']s)? (?:[\w-]+ )?$")


def resolve_place(start: int, end: int, context: ReportContext) -> Place | None:
    """Give the place that the words `context.text[start:end]` name, or None where they name none.

    `context` is `report_context` of the report. Words that name a place which the gazetteer does not know give an
    "area" of that name, with the country that the words themselves tell.
    """
    text = context.text[start:end]
    names = names_in(start, end, context)
    if not names:
        return _without_names(start, end, context)
    tail = _tail(end, context)
    options = [_option(named, names + tail, context) for named in names]
    if any(named.site for named in names) and not any(o.precision in {"city", "point"} for o in options if o):
        options += [_town_of_site(named, names + tail, context) for named in names if named.site]
        options += [o for named in tail if (o := _option(named, tail, context)) and o.precision == "city"]
    best = min((o for o in options if o), key=lambda o: _FINEST_FIRST.index(o.precision), default=None)
    if best is None:
        return Place(start, end, text, strip_lead(text), None, None, None, None, None, "area")
    return replace(_framed(best, text, names, context), start=start, end=end, text=text)


def _option(named: Named, all_names: list[Named], context: ReportContext) -> Place | None:
    """Resolve one name, with what the phrase's other names and the words after it say of it."""
    sentence = context.sentence_of(named.start)
    qualifier = _qualifier(named, all_names, context)
    if named.area:
        return _of_area(named, named.area, qualifier, context)
    if named.people:
        return _country(named, named.people)
    if (key := key_of(named.text)) in QUARTERS:
        korean = any(e.country in QUARTERS.values() for e in context.evidence)
        return _country(named, str(QUARTERS[key])) if korean and QUARTERS[key] else None
    if named.site and not named.candidates:
        return None
    best = choose(named.text, named.candidates, context, sentence, qualifier)
    if best is None:
        return _unknown(named, qualifier, context)
    if named.lower and not any(e.country == best.country for e in context.evidence):
        return _unknown(named, qualifier, context)
    if named.lower or (named.region and best.kind == "P"):
        return _surroundings(named, best)
    place = _of_candidate(named, best)
    if named.part and best.kind in "CA":
        return replace(place, precision="area", geonameid=None, name=_with_part(named, context.text))
    return place


def _qualifier(named: Named, all_names: list[Named], context: ReportContext) -> Qualifier:
    others = [other for other in all_names if other is not named]
    following = next((m for m in context.mentions if m.start > named.end and m.kind in PLACES), None)
    after = qualifier_after(named.end, context.text, following)
    parts = [qualifier_of(other.candidates) for other in others if not _also_town(other, named)]
    told = {other.people for other in others if other.people}
    told |= {o.area.countries[0] for o in others if o.area and len(o.area.countries) == 1}
    return Qualifier(
        after.countries.union(told, *(part.countries for part in parts)),
        after.regions.union(*(part.regions for part in parts)),
        named.region,
    )


def _also_town(other: Named, named: Named) -> bool:
    """A name of equal standing ("Donetsk and Luhansk") says nothing about where its neighbour lies."""
    kinds = {c.kind for c in other.candidates}
    return "P" in kinds and "C" not in kinds and bool({c.kind for c in named.candidates} & {"A"})


def _of_candidate(named: Named, best: Candidate) -> Place:
    precision = _PRECISION.get(best.kind, "area")
    region = gazetteer().by_id(best.region) if best.region else None
    located = precision in {"city", "point"}
    return Place(
        named.start, named.end, named.text, best.told or best.name, best.country, region.name if region else None,
        best.lat if located else None, best.lon if located else None, best.id, precision,
    )  # fmt: skip


def _of_area(named: Named, area: Area, qualifier: Qualifier, context: ReportContext) -> Place:
    known = gazetteer().by_id(area.id) if area.id else None
    if known and area.precision != "area":
        return replace(_of_candidate(named, known), name=known.name if area.precision == "city" else area.name)
    told = qualifier.countries & set(area.countries)
    country = area.countries[0] if len(area.countries) == 1 else next(iter(told)) if len(told) == 1 else None
    if country is None and not told:
        country = country_votes(area.countries, context, context.sentence_of(named.start))
    home = gazetteer().country(country) if country and area.precision == "country" else None
    return Place(
        named.start, named.end, named.text, area.name, country, known.name if known else None, None, None,
        home.id if home else None, area.precision,
    )  # fmt: skip


def _country(named: Named, iso3: str) -> Place:
    home = gazetteer().country(iso3)
    name, number = (home.name, home.id) if home else (named.text, None)
    return Place(named.start, named.end, named.text, name, iso3, None, None, None, number, "country")


def _unknown(named: Named, qualifier: Qualifier, context: ReportContext) -> Place:
    """A name that the gazetteer lacks: an area of its own name, in the one country that the words tell."""
    coded = next((m.country for m in context.mentions if (m.start, m.end) == (named.start, named.end)), None)
    country = next(iter(qualifier.countries)) if len(qualifier.countries) == 1 else coded
    region = gazetteer().by_id(next(iter(qualifier.regions))) if len(qualifier.regions) == 1 else None
    if region:
        country = region.country
    return Place(
        named.start,
        named.end,
        named.text,
        named.text,
        country,
        region.name if region else None,
        None,
        None,
        None,
        "area",
    )


def _surroundings(named: Named, best: Candidate) -> Place:
    """ "Zaporizhzhia region" is the region that has the town's name; "Mariupol district" lies in the town's region."""
    region = gazetteer().by_id(best.region) if best.region else None
    same_name = region is not None and key_of(region.name)[:4] == key_of(named.text)[:4]
    if region and (best.kind == "A" or same_name) and not named.lower:
        return _of_candidate(named, region)
    admin1 = region.name if region else None
    return Place(named.start, named.end, named.text, named.text, best.country, admin1, None, None, None, "area")


def _town_of_site(named: Named, all_names: list[Named], context: ReportContext) -> Place | None:
    """ "Donetsk airport" is in Donetsk: the longest run of the building's words that names a town."""
    tokens = [(t.start(), t.end()) for t in re.finditer(r"[^\W_]+(?:[’'-][^\W_]+)*", named.text)]
    for length in range(len(tokens), 0, -1):
        for index in range(len(tokens) - length + 1):
            a, b = tokens[index][0], tokens[index + length - 1][1]
            name = named.text[a:b]
            towns = tuple(c for c in gazetteer().find(name) if c.kind in "PC") if name[0].isupper() else ()
            inner = Named(named.start + a, named.start + b, name, towns)
            if any(c.kind == "P" for c in towns) and (place := _option(inner, [*all_names, inner], context)):
                return place if place.precision == "city" and not has_word(name, "area") else None
    return None


def _tail(end: int, context: ReportContext) -> list[Named]:
    """The name that follows the phrase directly: "the hospital" + "in Homs"."""
    following = next((m for m in context.mentions if m.start >= end and m.kind in {"GPE", "LOC"}), None)
    if following is None or not _TAIL.fullmatch(context.text[end : following.start]):
        return []
    return names_in(following.start, following.end, context)


def _framed(best: Place, text: str, names: list[Named], context: ReportContext) -> Place:
    """Take back precision that the words around the name do not bear out: borders, coasts, distances."""
    if has_distance(text) and best.precision in {"city", "point"}:
        name = strip_lead(text)
        return replace(best, name=name, lat=None, lon=None, geonameid=None, precision="area")
    if best.precision in {"city", "point"} or any(named.area and named.area.name == best.name for named in names):
        return best
    if has_word(text, "between"):
        return replace(best, name=strip_lead(text), country=_border_of(best, text, names, context), geonameid=None,
                       precision="area")  # fmt: skip
    if has_word(text, "area"):
        return replace(best, name=strip_lead(text), geonameid=None, precision="area")
    return best


def _border_of(best: Place, text: str, names: list[Named], context: ReportContext) -> str | None:
    """Of two states at a border, the one that owns it in the words ("Poland's border with Belarus"), else neither."""
    options = [(named, option) for named in names if (option := _option(named, names, context))]
    countries = {option.country for _, option in options if option.country}
    if len(countries) < 2:
        return best.country
    for named, option in options:
        head = re.search(r"\b(?:" + "|".join(words("between")) + r")\b", context.text[named.end : named.end + 40])
        joined = context.text[named.start - 1 : named.start] in {"-", "–"}
        if head and not joined and _POSSESSOR.fullmatch(context.text[named.end : named.end + head.start()]):
            return option.country
    return None


def _with_part(named: Named, text: str) -> str:
    before = re.search(r"([\w-]+)[ -](?:of (?:the )?)?$", text[max(0, named.start - 40) : named.start])
    return text[named.start - len(before[0]) : named.end] if before else named.text


def _without_names(start: int, end: int, context: ReportContext) -> Place | None:
    """ "The city" stands for the last town named before; "the border" is an area; other common nouns are no place."""
    text = context.text[start:end]
    phrase = " ".join(re.sub(r"^(?:in|at|near|across|throughout) ", "", text.lower()).split())
    for precision, phrases in hand_file("words.toml")["anaphora"].items():
        if phrase in phrases:
            earlier = (m for m in reversed(context.mentions) if m.end <= start and m.kind in {"GPE", "LOC"})
            places = (place for m in earlier if (place := resolve_place(m.start, m.end, context)))
            found = next((place for place in places if place.precision == precision), None)
            return replace(found, start=start, end=end, text=text) if found else None
    if has_word(text, "between") or has_word(text, "area"):
        return Place(start, end, text, strip_lead(text), None, None, None, None, None, "area")
    return None
