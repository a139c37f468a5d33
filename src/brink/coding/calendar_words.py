"""Reads the word lists of times (src/brink/data/times/*.toml) and makes pieces of regular expressions of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from brink.coding.numbers import number_words, parse_number

MARK = "\ue000"
"""Stands for each character of an expression already found, in patterns that join expressions."""


@cache
def times_table(name: str) -> dict[str, Any]:
    """The content of `data/times/NAME.toml`; raises FileNotFoundError where there is no such list."""
    path = resources.files("brink").joinpath("data", "times", f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def either(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first; apostrophes of both kinds are one."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("'", "['’]").replace(r"\ ", r"\s+") for word in ordered)


@cache
def pieces() -> dict[str, str]:
    """Named pieces of regular expressions, to be put into a pattern by `fill`; some stand in pieces.toml."""
    calendar, relative = times_table("calendar"), times_table("relative")
    named = {
        "MONTH": either(calendar["months"]),
        "SHORTMONTH": either(calendar["short_months"]),
        "WEEKDAY": either(calendar["weekdays"]),
        "SHORTDAY": either(calendar["short_weekdays"]),
        "UNIT": either(relative["units"]),
        "SEASON": either([*calendar["seasons"], "fall"]),
        "ORDINALWORD": either(_ordinal_words()),
        "SMALLNUMBER": either([*_small_words(), *relative["vague"]]),
        "DEICTIC": either(relative["deictic"]),
        "ANAPHORIC": either(relative["anaphoric"]),
        "PARTS": either([*relative["parts"]["phrases"], *relative["parts"]["words"]]),
        "PART": either(relative["parts"]["after_day"]),
        "UTC": either(relative["zones"]["utc"]),
        "ANYZONE": either([*relative["zones"]["utc"], *relative["zones"]["place"]]),
        "HOLIDAY": either(name for group in times_table("holidays").values() for name in group),
        "DEICTICWORD": _telling(relative["deictic"]),
        "ANAPHORICWORD": _telling(relative["anaphoric"]),
        "HOLIDAYWORD": _telling(name for group in times_table("holidays").values() for name in group),
        "PARTWORD": _telling([x for kind in ("phrases", "words", "after_day") for x in relative["parts"][kind]]),
        "MARK": MARK,
    }
    found = {name: f"(?:{pattern})" for name, pattern in named.items()}
    for name, pattern in times_table("pieces").items():
        found[name] = _filled(pattern, found)
    return found


_COMMON = frozenset(("the", "that", "this", "same", "last", "next", "and"))


def _telling(phrases: Iterable[str]) -> str:
    """One word of each phrase, without which it cannot stand in a sentence; a long one, rare in other phrases."""
    words = (re.findall("[a-z0-9]+", phrase.lower()) for phrase in phrases)
    return "|".join(sorted({max(found, key=lambda w: (w not in _COMMON, len(w), w)) for found in words}))


def _ordinal_words() -> list[str]:
    ordinals = list(number_words("ordinals"))
    return [*ordinals, *(f"{tens}-{word}" for tens in ("twenty", "thirty") for word in ordinals[:9])]


def _small_words() -> list[str]:
    words = number_words("small")
    units = [word for word, value in words.items() if 1 <= value <= 9]
    return [*words, *(f"{tens}-{unit}" for tens, value in words.items() if value >= 20 for unit in units)]


def _filled(pattern: str, found: dict[str, str]) -> str:
    for name, piece in found.items():
        pattern = pattern.replace(f"<{name}>", piece)
    return pattern


def fill(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which `<MONTH>`, `<DAY>` … stand for pieces; a space matches any white space."""
    pattern = _filled(pattern, pieces())
    return re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)


def month_number(word: str) -> int:
    """The month that a name or short form means; KeyError where it is none."""
    calendar, key = times_table("calendar"), word.lower().rstrip(".")
    return int(calendar["months"].get(key) or calendar["short_months"][key])


def weekday_number(word: str) -> int:
    """The weekday that a name or short form means, 0 for Monday; KeyError where it is none."""
    calendar, key = times_table("calendar"), word.lower().rstrip(".")
    full: dict[str, int] = calendar["weekdays"]
    return int(full[key] if key in full else calendar["short_weekdays"][key])


def day_number(word: str) -> int | None:
    """The day of the month: "5", "5th", "fifth", "twenty-first"; None where it is none."""
    value = parse_number(word)
    return int(value) if value is not None and 1 <= value <= 31 and value == int(value) else None


def unit_of(word: str) -> str:
    """The unit that a word names ("nights" -> "day")."""
    return str(times_table("relative")["units"][word.lower()])


def count_of(word: str) -> tuple[float, float] | None:
    """How many at least and at most: ("three" -> 3, 3), ("several" -> 2, 7); None where it is no count."""
    key = " ".join(word.lower().split())
    if key in times_table("relative")["vague"]:
        low, high = times_table("relative")["vague"][key]
        return low, high
    value = 1.0 if key in ("a", "an", "one") else parse_number(key)
    return None if value is None else (value, value)
