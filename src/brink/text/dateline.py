"""The dateline at the head of a report: place, date, agency ("KYIV, Feb 15 (Reuters) -", "New Delhi:").

A pattern reads the parts; what it read is believed only with evidence: a date, a known agency, capitals, or a place
that the lists know. Otherwise "Analysts: …" and "Breaking - …" would become places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from brink.text.tables import either, table

# No dateline is longer.
LONGEST = 160

_SECOND_DASH = re.compile(r"[^.!?\n]*?\s[-–—]\s[a-z]")

Extent = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Head:
    """A dateline found: where it stands and its parts as written, None where a part is missing."""

    start: int
    end: int
    place: str | None
    date: str | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class _Parts:
    place: str | None
    region: str | None
    date: str | None
    agency: str | None
    separator: str
    end: int


def dateline(text: str, start: int, end: int) -> Head | None:
    """Take a text (quotes and spaces cleaned) and the extent of a paragraph, give the dateline at its head or None."""
    head = text[start : min(end, start + LONGEST)]
    for pattern in _patterns():
        match = pattern.match(head)
        if match is None:
            continue
        parts = _parts(match)
        rest = text[start + match.end() : min(end, start + match.end() + 3)].lstrip()
        if _fits_rest(parts, rest) and _believed(parts, _has_stop(text, end)) and not _apposition(match, text, start):
            place = f"{parts.place}, {parts.region}" if parts.place and parts.region else parts.place
            return Head(start, start + match.end(), place, parts.date, parts.agency)
    return None


def calendar_date() -> str:
    """A regular expression of a written date with its day and month ("Tuesday, Feb. 15, 2022", "15th March")."""
    lists = table("datelines")
    month, weekday = either(lists["months"]), either(lists["weekdays"])
    year, day = r"(?:,?\s+\d{4})?", r"\d{1,2}(?:st|nd|rd|th)?"
    dated = rf"(?:{month}\b\.?\s*{day}\b{year}|{day}\s+{month}\b\.?{year})"
    return rf"(?:(?:{weekday}\b\.?,?\s+)?{dated})"


def is_agency(name: str) -> bool:
    """Whether a name is that of an agency or outlet of the list."""
    return name.strip().casefold() in _folded("agencies")


def is_place(name: str) -> bool:
    """Whether the lists know a name as that of a place."""
    return _known(name)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lists = table("datelines")
    upper = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
    calendar = rf"(?!{either([*lists['months'], *lists['weekdays']])}\b)"
    word = rf"{upper}[\w.']*"
    link = r"(?:(?:de|del|la|las|los|do|da|of|the|es|el|al|i|e|ez|on|sur)[ -])?"
    place = rf"{calendar}{word}(?:[ -]{link}{calendar}{word}){{0,4}}"
    places = rf"(?P<place>{place}(?:\s?/\s?{place}|\s+and\s+{place}){{0,3}})"
    region = rf"(?:,\s+(?P<region>{place}(?:,\s+{place})?))?"
    clock = r"(?:,?\s+\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s+[A-Z]{2,4}\b)?)?"
    date = rf"(?P<date>{calendar_date()}{clock}|{either(lists['weekdays'])}\b)"
    known = rf"(?P<known>{either(lists['agencies'])})"
    agency = rf"(?:\((?P<agency>[^()\n]{{2,40}})\)|/(?P<slashed>{upper}[^/\n]{{1,30}})/\.?|-+\s+{known}\b)"
    separator = r"(?P<separator>\s*\.?[-‐-―−]{1,3}\s+|\s*[—―]\s*|:\s+|\s*\|\s+|\s*-{2,3}\s*|(?<=[/)])\.?\s*|$)"
    return (
        re.compile(rf"{places}{region}(?:[,.]?\s+{date})?[.,]?(?:\s*{agency})?{separator}"),
        re.compile(rf"{date},?(?:\s+{places}{region})?[.,]?(?:\s*{agency})?{separator}"),
        re.compile(rf"{agency}{separator}"),
        re.compile(rf"{known}(?P<separator>\s+[-‐-―−]{{1,3}}\s+)"),
    )


def _parts(match: re.Match[str]) -> _Parts:
    named = match.groupdict()
    place, region = named.get("place"), named.get("region")
    agency = named.get("agency") or named.get("slashed") or named.get("known")
    if region and not agency and is_agency(region.split(", ")[-1]):
        *kept, agency = region.split(", ")
        region = kept[0] if kept else None
    if place and region is None and place.endswith(".") and place.casefold() not in _cities():
        place = place.rstrip(".")
    return _Parts(place, region, named.get("date"), agency, named["separator"].strip(), match.end())


def _fits_rest(parts: _Parts, rest: str) -> bool:
    """A sentence must follow, or the dateline fills its paragraph, in which case it needs a date or an agency."""
    if rest:
        return bool(parts.separator or parts.agency) and not rest[0].islower()
    return bool(parts.date or parts.agency)


def _believed(parts: _Parts, has_stop: bool) -> bool:
    """Whether there is evidence enough that the parts are a dateline."""
    if parts.place is None:
        if parts.agency:
            return is_agency(parts.agency)
        return bool(parts.date and re.search(r"\d", parts.date) and parts.separator and parts.separator != ":")
    if _ordinary(parts.place):
        return False
    known = _known(parts.place) or (parts.region is not None and _known_region(parts.region))
    if parts.agency:
        return is_agency(parts.agency) or (bool(parts.separator) and (known or parts.place.isupper()))
    if parts.date and re.search(r"\d", parts.date):
        return known or parts.place.isupper() or parts.separator not in ("", ":")
    if parts.separator == ":":
        return has_stop and _first(parts.place).casefold() in _cities()
    return bool(parts.separator) and (known or _looks_like_town(parts.place))


def _apposition(match: re.Match[str], text: str, start: int) -> bool:
    """ "Kyiv – Ukraine's capital – was hit": a second dash that goes on with a small letter closes a parenthesis."""
    following = text[start + match.end() : start + match.end() + LONGEST]
    return match["separator"].strip() in tuple("-–—") and bool(_SECOND_DASH.match(following))


def _has_stop(text: str, end: int) -> bool:
    """Whether the paragraph ends like a sentence and not like a heading."""
    return text[max(0, end - 4) : end].rstrip("\"') ").endswith((".", "?", "!", "…", ":"))


def _first(place: str) -> str:
    return re.split(r"\s?/\s?|\s+and\s+", place)[0]


def _ordinary(place: str) -> bool:
    words = place.casefold().rstrip(".")
    ordinary = _folded("not_places")
    return (
        words in ordinary
        or words.split()[0].rstrip(".") in {"mr", "mrs", "ms", "dr", "gen", "by", "the update"}
        or (words.split()[0] in {"update", "breaking", "exclusive", "wrapup", "factbox", "analysis", "watch", "live"})
    )


def _known(place: str) -> bool:
    first = _first(place).casefold()
    return first in _cities() or first in _countries()


def _known_region(region: str) -> bool:
    return region.split(", ")[-1].casefold() in _folded("regions") | _countries()


def _looks_like_town(place: str) -> bool:
    if place.isupper():
        return len(place) >= 4 and len(place.split()) <= 3
    return len(place.split()) <= 2 and place.endswith(tuple(table("datelines")["town_endings"]))


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in table("datelines")[name])


@cache
def _cities() -> frozenset[str]:
    return frozenset(city.strip().casefold() for part in table("places").values() for city in part.split(";"))


@cache
def _countries() -> frozenset[str]:
    """Names of countries and of the cities that time zones are called after, from CLDR."""
    from babel import Locale
    from babel.core import get_global

    english = Locale("en")
    countries = {name for code, name in english.territories.items() if len(code) == 2 and code.isalpha()}
    cities = {zone.rsplit("/", 1)[-1].replace("_", " ") for zone in get_global("zone_territories")}
    return frozenset(name.casefold() for name in countries | cities)
