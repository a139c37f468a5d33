"""Names of actors, origins, camps and days as a sentence writes them."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import resources
from typing import Any

from brink.coding.countries import country_name
from brink.records import Interval, Origin, Party

LONGEST = 280
"""Characters of a quoted sentence; what is longer is cut at a word."""


@functools.cache
def table(name: str) -> Mapping[str, Any]:
    """`data/brief/<name>.toml` as plain dicts."""
    return tomllib.loads((resources.files("brink") / f"data/brief/{name}.toml").read_text("utf-8"))


def clean(text: str) -> str:
    """One line without control characters: a report's words must not steer the terminal or page that shows them."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))


def quoted(text: str) -> str:
    """A report's words in quotation marks, on one line, cut at a word where they are long."""
    text = clean(text)
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition(" ")[0].rstrip(",;:") + " …"
    return f"“{text}”"


@functools.lru_cache(maxsize=8192)  # a page names the same few hundreds of times
def named(name: str) -> str:
    """An actor's code or name in a sentence: "the United States", "NATO", "the Luhansk People's Republic"."""
    if name == "outlets":
        return "outlets in their own voice"
    place, dash, house = name.partition("-")
    if dash and _is_country(place):
        return _house(country_name(place), house)
    told = country_name(name) if _is_country(name) else clean(name)
    if re.fullmatch(r"[A-Z]?[^A-Z\d]+ [^A-Z\d]+|[^A-Z\d]+", told):
        return f"“{told}”"  # common nouns ("lawmakers", "Two civilians"): the report's own words, not a name
    the = name in table("words")["the"] or re.search(table("words")["the_last"], told)
    return f"the {told}" if the and not told.lower().startswith("the ") else told


def _is_country(name: str) -> bool:
    return len(name) == 3 and name.isupper() and country_name(name) != name


def _house(country: str, house: str) -> str:
    kinds = {"Parliament": "parliament", "Courts": "courts", "Opposition": "opposition"}
    if house in kinds:
        return f"the {kinds[house]} of {country}"
    return f"local authorities ({clean(house)}, {country})"


def party(one: Party) -> str:
    """A party's name in a sentence."""
    return named(one.name)


def origin(one: Origin) -> str:
    """An origin's name in a sentence; what outlets tell without naming anybody has them for its origin."""
    return named(one.name)


def is_plural(name: str) -> bool:
    """Whether a name takes a plural verb: common nouns in -s, and outlets."""
    last = re.split(r" (?:in|of|from|near|at) ", name.strip("“”"))[0].split(" ")[-1]
    common = last.islower() and last.endswith("s") and not last.endswith("ss")
    return common or name.startswith(("outlets ", "local authorities"))


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names as a list in a sentence; beyond `most` the rest is a number."""
    names = list(dict.fromkeys(names))
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 origin", "3 origins"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def opened(text: str) -> str:
    """The same sentence with a capital first letter."""
    return text[:1].upper() + text[1:]


@functools.lru_cache(maxsize=4096)
def day(iso: str, year: str = "") -> str:
    """A day in words: "15 February 2022"; without the year where it is the brief's own."""
    told = date.fromisoformat(iso[:10])
    return f"{told.day} {told:%B}" + ("" if iso[:4] == year[:4] else f" {told.year}")


def days(interval: Interval, year: str = "") -> str:
    """An interval of days in words: "15 February", "15 to 20 February"."""
    start, end = interval.start, interval.end
    if start is None or end is None or start[:10] == end[:10]:
        return day(start or end or "", year) if start or end else ""
    if start[:7] == end[:7]:
        return f"{int(start[8:10])} to {day(end, year)}"
    return f"{day(start, year)} to {day(end, year)}"
