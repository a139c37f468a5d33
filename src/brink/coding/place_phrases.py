"""Reading a phrase of place: the names in it, and the words beside them that change what they locate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from brink.coding.gazetteer import Area, Candidate, areas, gazetteer, hand_file
from brink.coding.gazetteer_file import key_of
from brink.coding.place_context import PLACES, ReportContext
from brink.records import Mention

LONGEST_AREA_NAME = 7

_TOKEN = re.compile(r"[^\W_]+(?:[.'’‑-][^\W_]+)*\.?")
_CAPITALS = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:(?: (?:of|the|al|el|and|de|la|du))?[ -][^\W\d_a-z][\w.'’-]*)*")
_LEAD = re.compile(r"(?i)(?:(?:in|at|near|on|from|to|around|outside|inside|across|along|off|of|into|the|a|an)\s+)+")
_DISTANCE = re.compile(r"\d[\d,.]*[\s-]*([a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a phrase: what it may mean, and what the words beside it make of it.

    `people` marks a name of a people or a possessor-like adjective ("Ukrainian"), which only tells the country;
    `site` a building or the like; `region`/`lower` a word for a region or a unit below it; `part` "eastern", "rural".
    """

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...] = ()
    area: Area | None = None
    people: str | None = None
    site: bool = False
    region: bool = False
    lower: bool = False
    part: bool = False


@cache
def words(group: str) -> frozenset[str]:
    """Give a group of words.toml."""
    return frozenset(hand_file("words.toml")[group])


def strip_lead(text: str) -> str:
    """Take prepositions and articles off the head of a phrase."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead and lead.end() < len(text) else text


def has_word(text: str, group: str) -> bool:
    """Say whether a phrase holds a word of a group of words.toml."""
    tokens = {token[0].lower().rstrip(".") for token in _TOKEN.finditer(text)}
    parts = {part for token in tokens for part in token.split("-")}
    return bool((tokens | parts) & words(group))


def has_distance(text: str) -> bool:
    """Say whether a phrase measures a distance ("60 km north of")."""
    return any(found[1] in words("distance") for found in _DISTANCE.finditer(text.lower()))


def names_in(start: int, end: int, context: ReportContext) -> list[Named]:
    """Give the names of a phrase in text order: hand-written areas first, then mentions, else words in capitals."""
    inside = [m for m in context.mentions if start <= m.start and m.end <= end]
    # "South Africa" is not Africa, nor Atlantic City the Atlantic.
    known = [(m.start, m.end) for m in inside if m.kind in PLACES and _known(m.text)]
    found = [
        named
        for named in _areas_in(start, end, context.text)
        if not any(a <= named.start and named.end <= b and named.end - named.start < b - a for a, b in known)
    ]
    for mention in inside:
        free = all(mention.end <= named.start or mention.start >= named.end for named in found)
        if free and (mention.kind in PLACES or (mention.kind == "NORP" and mention.country)):
            found.append(_of_mention(mention, context.text))
    if not any(named.area or named.candidates or named.site for named in found):
        taken = [(named.start, named.end) for named in found]
        found += [
            n for n in _capitals_in(start, end, context.text) if all(n.end <= a or n.start >= b for a, b in taken)
        ]
    return sorted(found, key=lambda named: named.start)


def _of_mention(mention: Mention, text: str) -> Named:
    if mention.kind == "NORP":
        return Named(mention.start, mention.end, mention.text, people=mention.country)
    named = _read(mention.start, mention.end, text)
    if mention.kind == "FAC":
        return Named(named.start, named.end, named.text, tuple(c for c in named.candidates if c.kind == "S"), site=True)
    return named


def _read(start: int, end: int, text: str) -> Named:
    """Look a name up whole, then without the words of kind and direction that some mentions take along."""
    name = text[start:end]
    candidates = _known(name)
    if not candidates:
        core = re.compile(r"\S+").findall(name)
        while len(core) > 1 and core[-1].lower() in words("region") | words("lower"):
            core = core[:-1]
        while len(core) > 1 and core[0].lower() in words("part") | {"the"}:
            core = core[1:]
        shorter = " ".join(core)
        at = text.find(shorter, start, end)
        if shorter != name and at >= 0:
            return _read(at, at + len(shorter), text)
    before, after = text[max(0, start - 40) : start].lower(), text[end : end + 40].lower()
    return Named(
        start, end, name, candidates, areas().get(key_of(name)),
        region=_beside(before, after, "region"),
        lower=_beside(before, after, "lower"),
        part=_follows(before, "part"),
    )  # fmt: skip


def _known(name: str) -> tuple[Candidate, ...]:
    # "US" is a country, "us" and a "Us" at the head of a sentence are not.
    letters = name.replace(".", "")
    if len(letters) <= 2 and not letters.isupper():
        return ()
    return gazetteer().find(re.sub(r"[’']s$", "", name))


def _beside(before: str, after: str, group: str) -> bool:
    alternatives = "|".join(sorted(map(re.escape, words(group))))
    return bool(
        re.match(rf"(?: and [\w'’-]+|, [\w'’-]+)*[ -](?:{alternatives})\b", after)
        or re.search(rf"\b(?:{alternatives}) of (?:[\w'’-]+ and )?$", before)
    )


def _follows(before: str, group: str) -> bool:
    last = re.search(r"([\w-]+)[ -](?:of (?:the )?)?$", before)
    return bool(last) and (last[1] in words(group) or last[1].split("-")[-1] in words(group))  # type: ignore[index]


def _areas_in(start: int, end: int, text: str) -> Iterator[Named]:
    """Find the longest hand-written names. A name of up to two words must have its capital, and one word that ends a
    longer name in capitals ("Kowloon West") is a part of that name."""
    tokens = [(start + t.start(), start + t.end()) for t in _TOKEN.finditer(text[start:end])]
    index = 0
    while index < len(tokens):
        for length in range(min(LONGEST_AREA_NAME, len(tokens) - index), 0, -1):
            a, b = tokens[index][0], tokens[index + length - 1][1]
            area = areas().get(key_of(text[a:b]))
            if (
                area
                and _written_as_name(text[a:b], length)
                and not (length == 1 and _ends_name(tokens[:index], a, text))
            ):
                yield Named(a, b, text[a:b], area=area, part=_follows(text[max(0, a - 40) : a].lower(), "part"))
                index += length - 1
                break
        index += 1


def _written_as_name(name: str, length: int) -> bool:
    initials = len(name) <= 3  # "LoC", never "loc"
    return (length > 2 or name[0].isupper()) and (not initials or name[-1].isupper())


def _ends_name(before: list[tuple[int, int]], start: int, text: str) -> bool:
    if not before or text[before[-1][1] : start] != " ":
        return False
    word = text[slice(*before[-1])]
    return word[0].isupper() and word.lower() not in words("part")


def _capitals_in(start: int, end: int, text: str) -> Iterator[Named]:
    for found in _CAPITALS.finditer(text, start, end):
        name = re.sub(r"(?:[’']s|[.,])$", "", found[0])
        named = _read(found.start(), found.start() + len(name), text)
        if named.candidates or named.area:
            yield named
