"""Reads the word lists of times (src/brink/data/times/*.toml) and makes pieces of regular expressions of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from brink.coding.numbers import number_words, parse_number


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
    """Named pieces of regular expressions, to be put into a pattern by `fill`."""
    calendar, relative = times_table("calendar"), times_table("relative")
    months, short = list(calendar["months"]), list(calendar["short_months"])
    days, short_days = list(calendar["weekdays"]), list(calendar["short_weekdays"])
    ordinals = [w for w in number_words("ordinals")]
    tens = [f"{t}-{w}" for t in ("twenty", "thirty") for w in ordinals[:9]]
    small = [*number_words("small"), *(f"{t}-{w}" for t in ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety") for w in list(number_words("small"))[1:10])]  # fmt: skip
    return {
        "MONTH": rf"(?:{either(months)})",
        "ANYMONTH": rf"(?:{either(months)}|(?:{either(short)})\b\.?)",
        "WEEKDAY": rf"(?:{either(days)})",
        "ANYDAY": rf"(?:{either(days)}|(?:{either(short_days)})\b\.?)",
        "DAY": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?",
        "ORDINAL": rf"(?:{either([*ordinals, *tens])}|\d{{1,2}}(?:st|nd|rd|th))",
        "YEAR": r"(?:1[0-9]\d\d|20\d\d)",
        "UNIT": rf"(?:{either(relative['units'])})",
        "SEASON": rf"(?:{either(calendar['seasons'])}|fall)",
        "COUNT": rf"(?:\d+(?:\.\d+)?|{either([*small, *relative['vague']])}|an?|one)",
        "CLOCK": r"(?:\d{1,2}(?:[:.]\d{2}){0,2}\s?(?:[ap]\.\s?m\.|[ap]\.?m\b)|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|(?:[01]\d|2[0-3])[0-5]\d(?=\s?(?:h\b|hours|hrs|local|gmt|utc)))",
        "PART": rf"(?:{either(relative['parts']['after_day'])})",
        "ZONE": rf"(?:\s?\(?(?:{either([*relative['zones']['utc'], *relative['zones']['place']])})\b(?:\s?[+-]\d{{1,2}}(?::\d\d)?)?(?:,?\s\(?(?:{either(relative['zones']['utc'])})\s?[+-]?\d{{0,2}}(?::\d\d)?)?\)?)",
    }  # fmt: skip


def fill(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which `<MONTH>`, `<DAY>` … stand for pieces; a space matches any white space."""
    for name, piece in pieces().items():
        pattern = pattern.replace(f"<{name}>", piece)
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
