"""Who signs a report: a byline ("By Jane Roe in Kyiv", "Jane Roe, Diplomatic Correspondent")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from brink.text.dateline import is_agency, is_place
from brink.text.tables import either, table

# A byline is a short line.
LONGEST = 120

_LAST_NAME = re.compile(r"(?:(?<=, )|^)[^,]+$")
_WRITTEN_BY = re.compile(r"\W*(?:reporting|writing|written|compiled)(?: and \w+)?(?: by\b|:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline that fills a paragraph: `end` is where the names end, `place` where they say they wrote it."""

    start: int
    end: int
    place: str | None
    agency: str | None


def byline(text: str, start: int, end: int) -> Byline | None:
    """Take a text (straight quotes, plain dashes) and the extent of a paragraph, give the byline that fills it."""
    if end - start > LONGEST:
        return None
    paragraph = text[start:end]
    for pattern in _patterns():
        match = pattern.fullmatch(paragraph)
        if match is None:
            continue
        named = match.groupdict()
        place, agency = named.get("place"), named.get("agency")
        single = " " not in match["names"] and not is_agency(match["names"])
        if single or (place and not is_place(place)) or _no_name(match["names"]):
            continue
        last = _LAST_NAME.search(match["names"])
        if agency is None and last and is_agency(last.group()):
            agency = last.group()
        return Byline(start, start + match.end("names"), place, agency)
    return None


def signs(credit: str) -> bool:
    """Whether a credit says who wrote or sent the report ("Reporting by …", "(AFP)")."""
    return bool(_WRITTEN_BY.match(credit)) or is_agency(credit.strip(" \n()[]/.–—-"))


def _no_name(names: str) -> bool:
    """Names of days and months follow "By", too ("By Monday Night")."""
    lists = table("datelines")
    return bool(
        set(names.replace(",", " ").split()) & {*lists["weekdays"], *lists["months"]} - {"May", "April", "June"}
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lists = table("datelines")
    word = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'.-]*"
    name = rf"{word}(?:\s+(?:(?:de|van|von|der|al|el|bin|ben|da|dos|of|the)\s+)*{word}){{0,3}}"
    names = rf"(?P<names>{name}(?:,\s+{name})*(?:,?\s+(?i:and|&)\s+{name})?)"
    place = rf"(?P<place>{word}(?:[ -]{word}){{0,3}})(?:,\s+{word}(?:\s{word})?)?"
    elsewhere = rf"(?:\s+(?i:and)\s+{name}\s+in\s+{word}(?:\s{word}){{0,3}})*"
    agency = rf"(?P<agency>{either(lists['agencies'])})"
    roles = either(table("furniture")["bylines"]["roles"])
    role = rf"(?i:(?:[\w'&-]+\s+){{0,4}}{roles}s?(?:\s+(?:in|for|at)\s+[\w ,.-]+)?)"
    affiliation = rf"\s*[,|/(-]\s*(?:{agency}|{role})\)?"
    again = affiliation.replace("(?P<agency>", "(?:")
    return (
        re.compile(
            rf"(?i:by|text by|story by)[: ]\s*{names}(?:{affiliation})?(?:,?\s+in\s+{place}{elsewhere})?(?:{again})?"
        ),
        re.compile(rf"{names}\s+in\s+{place}{elsewhere}"),
        re.compile(rf"{names}{affiliation}(?:,?\s+in\s+{place})?"),
    )
