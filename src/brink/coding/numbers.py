"""English numbers in words and figures: the one parser that times and quantities share.

`find_numbers(text)` gives every cardinal, ordinal and fraction with its characters and value. It decides nothing about
what a number counts, nor whether it is a year, an age or a model's name.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

CARDINAL, ORDINAL, FRACTION = "cardinal", "ordinal", "fraction"

_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+|\d{1,3}(?: 000)+|\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: `text[start:end]`, its value, its kind, and whether it is written in figures."""

    start: int
    end: int
    value: float
    kind: str
    figures: bool


@cache
def number_words(table: str) -> dict[str, float]:
    """A table of data/quantities/numbers.toml: small, scales, letters, ordinals or fractions."""
    path = resources.files("brink").joinpath("data", "quantities", "numbers.toml")
    tables: dict[str, dict[str, float]] = tomllib.loads(path.read_text("utf-8"))
    return tables[table]


def find_numbers(text: str) -> tuple[Number, ...]:
    """Give the numbers of a text in its order, none overlapping another; raises nothing."""
    if not any(map(_begins_number, text.split())):
        return ()
    found = [n for m in _pattern().finditer(text) if (n := _read(m)) is not None]
    return tuple(found)


@lru_cache(maxsize=30_000)
def _begins_number(word: str) -> bool:
    """Whether a word without white space holds a figure or a word of number, which every number has at least one of."""
    return _number_word().search(word) is not None


@cache
def _number_word() -> re.Pattern[str]:
    tables = ("small", "scales", "fractions", "ordinals")
    words = "|".join(sorted({re.escape(word) for table in tables for word in number_words(table)}))
    return re.compile(rf"\d|\b(?:half|{words})\b", re.IGNORECASE)


def parse_number(text: str) -> float | None:
    """The value of a text that is one number and nothing else ("twenty-three", "1.5 million", "4th"), else None."""
    numbers = find_numbers(text.strip())
    whole = len(numbers) == 1 and numbers[0].start == 0 and numbers[0].end == len(text.strip())
    return numbers[0].value if whole else None


@cache
def _pattern() -> re.Pattern[str]:
    small, scales = _either(number_words("small")), _either(number_words("scales"))
    letters, ordinals = _either(number_words("letters")), _either(number_words("ordinals"))
    tens = "|".join(w for w, value in number_words("small").items() if value >= 20)
    part = rf"(?:(?:{tens})[\s-](?:{small})|{small})"
    below = rf"(?:{part})(?:[\s-](?:{scales}))*"
    # "and" joins only after a scale: "two hundred and six", never "six and seven".
    more = rf"(?:(?:(?<=hundred)|(?<=illion)|(?<=ousand))(?:,?\s(?:and\s)?|-){below})*"
    kinds = (
        rf"(?P<top>an?|{part})[\s-](?P<bottom>{_either(number_words('fractions'))})(?:\s(?:of\s)?an?[\s-](?P<of>{scales}))?",
        rf"(?P<rank>(?:(?:{tens})-)?(?:{ordinals}))",
        rf"(?P<words>(?:{below}|(?:half\s)?an?[\s-](?:{scales})(?:[\s-](?:{scales}))*){more})",
        r"(?P<part>half)(?=\s(?:of|the|its|their)\b)",
    )
    after = rf"(?:(?P<th>st|nd|rd|th)\b|(?P<letter>{letters})\b|(?P<scale>(?:[\s-](?:{scales}))+)\b)?"
    figure = rf"(?<![\w.,])(?P<figure>{_FIGURE}){after}(?!\w|[.,]\d)"
    half = rf"(?P<half>\sand\sa\shalf\b(?:\s(?P<after>{scales})\b)?)?"
    return re.compile(rf"(?:{figure}|\b(?:{'|'.join(kinds)})\b){half}", re.IGNORECASE)


def _either(words: dict[str, float]) -> str:
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


def _read(match: re.Match[str]) -> Number | None:
    kind, value = _value(match)
    if value is not None and match["half"]:
        value = _and_a_half(value, match)
    if value is None or not math.isfinite(value):  # four hundred digits are no count
        return None
    return Number(match.start(), match.end(), value, kind, match["figure"] is not None)


def _and_a_half(value: float, match: re.Match[str]) -> float:
    """ "Two and a half million" and "two million and a half" are the same."""
    if match["after"]:
        return (value + 0.5) * number_words("scales")[match["after"].lower()]
    scale = max((size for size in number_words("scales").values() if size >= 1000 and value >= size), default=1.0)
    return value + 0.5 * scale if value % scale == 0 else value + 0.5


def _value(match: re.Match[str]) -> tuple[str, float | None]:
    if match["figure"]:
        return _figure_value(match)
    if match["bottom"]:
        return _fraction_value(match)
    if match["rank"]:
        return ORDINAL, sum(_simple(w) for w in re.split(r"[\s-]", match["rank"].lower()))
    if match["part"]:
        return FRACTION, 0.5
    return CARDINAL, words_value(match["words"])


def _figure_value(match: re.Match[str]) -> tuple[str, float | None]:
    value = float(re.sub(r"[^\d.]", "", match["figure"]))
    if match["th"]:
        return ORDINAL, value
    if match["letter"]:
        return CARDINAL, _tidy(value * number_words("letters")[match["letter"].lower()])
    for scale in re.split(r"[\s-]", (match["scale"] or "").lower()):
        value *= number_words("scales").get(scale, 1)
    return CARDINAL, _tidy(value)


def _fraction_value(match: re.Match[str]) -> tuple[str, float | None]:
    top = 1.0 if match["top"].lower() in ("a", "an") else words_value(match["top"])
    bottom = match["bottom"].lower()
    # "a half", "two thirds", "a quarter of a million"; "one third", but "a third" is a rank as often as a part.
    value = top * number_words("fractions")[bottom]
    if match["of"]:
        return CARDINAL, _tidy(value * number_words("scales")[match["of"].lower()])
    if bottom == "third" and match["top"].lower() == "a":
        return ORDINAL, 3.0
    return FRACTION, value


def words_value(text: str) -> float:
    """The value of a cardinal in words, as `find_numbers` matches them ("two hundred and six", "half a million")."""
    total = current = 0.0
    scales = number_words("scales")
    for word in re.split(r"[\s,-]+", text.lower()):
        if word in ("a", "an"):
            current = current or 1.0
        elif word in scales and scales[word] < 1000:
            current = (current or 1.0) * scales[word]
        elif word in scales:
            total, current = total + (current or 1.0) * scales[word], 0.0
        elif word != "and":
            current += _simple(word)
    return _tidy(total + current)


def _simple(word: str) -> float:
    for table in ("small", "ordinals", "fractions"):
        if word in number_words(table):
            return number_words(table)[word]
    return 0.0


def _tidy(value: float) -> float:
    """Take the noise of binary fractions off a product: 3.2 billion is a whole number."""
    if not math.isfinite(value):
        return value
    return float(round(value)) if abs(value - round(value)) < 1e-6 * max(1.0, abs(value)) else value
