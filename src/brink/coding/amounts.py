"""Amounts in a sentence: numbers with their bounds, ranges, vague words and money; what they count is not yet known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from brink.coding.calendar_words import either
from brink.coding.numbers import CARDINAL, FRACTION, Number, find_numbers, number_words


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, at least and at most (None: open), and its words; `currency` is an ISO 4217 code for money."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool = False
    currency: str | None = None


BEHIND = 100
"""Characters before a number in which the words are looked for that lead to it; the longest phrase has half as many."""


@cache
def counting() -> dict[str, Any]:
    """The tables of data/quantities/counting.toml."""
    path = resources.files("brink").joinpath("data", "quantities", "counting.toml")
    return tomllib.loads(path.read_text("utf-8"))


def find_amounts(text: str, taken: Callable[[], Sequence[tuple[int, int]]]) -> list[Amount]:
    """Give the amounts of a sentence in its order; `taken` finds spans that are no amounts, such as times."""
    found = [a for n in find_numbers(text) if (a := _of_number(n, text)) is not None]
    found += [_of_vague(m) for m in _vague().finditer(text)]
    found += [Amount(m.start(), m.end(), 0, 0) for m in _none().finditer(text)]
    if not found:
        return []
    others = taken()
    free = [a for a in found if not any(a.start < end and start < a.end for start, end in others)]
    joined = _ranges(_without_overlap(free), text)
    whole = [_bounded(_money(amount, text), text) for amount in joined]
    return [a for a in whole if not any(o is not a and o.start <= a.start and a.end <= o.end for o in whole)]


def _without_overlap(amounts: list[Amount]) -> list[Amount]:
    kept: list[Amount] = []
    for amount in sorted(amounts, key=lambda a: (a.start, -a.end)):
        if not kept or kept[-1].end <= amount.start:
            kept.append(amount)
    return kept


def _of_number(number: Number, text: str) -> Amount | None:
    if number.kind not in (CARDINAL, FRACTION) or _is_name(number, text):
        return None
    suffixed = text[number.end - 1] in "mM" and text[number.end - 2 : number.end - 1].isdecimal()
    if suffixed and not re.search(r"[$€£¥₽]\s?$", text[max(0, number.start - 2) : number.start]):
        return None
    return Amount(number.start, number.end, number.value, number.value)


@cache
def _named_after() -> re.Pattern[str]:
    return re.compile(rf"[\s-]*(?:{either(counting()['not_a_count']['after'])})(?![\w])")


def _is_name(number: Number, text: str) -> bool:
    """Whether a number names something ("T-72", "Flight 370", "a 24-year-old") or is part of a score or time."""
    rules = counting()["not_a_count"]
    before, after = text[max(0, number.start - BEHIND) : number.start], text[number.end :]
    word = _LAST_WORD.search("".join(before.rsplit(None, 1)[-1:]))
    last = word[0].lower() if word else ""
    if _JOINED_BEFORE.search(before[-2:]) or _JOINED_AFTER.match(after):
        return True
    if last in rules["before"] and not re.search(r"(?:total|number|toll|is|are) (?:of|to|at|is)\s*$", before):
        return not (last in ("is", "no", "age", "day") and re.match(r"\s[a-z]", after) and last == "is")
    if _named_after().match(after):
        return True
    # ", 24, " after a name is an age.
    aged = number.figures and number.value < 120 and after[:1] in (",", ")") and before.endswith(", ")
    if aged and re.search(r"[A-Z]\w+\)?, $", before):
        return True
    if number.value >= 30:
        return False
    # "2-1", "2 – 1": a score.
    first = _SCORE_AFTER.match(after)
    return bool(first or (_SCORE_BEFORE.search(before[-6:]) and not re.match(r"\d|\s[a-z]", after)))


_LAST_WORD = re.compile(r"[\w.’'-]+$")
_JOINED_BEFORE, _JOINED_AFTER = re.compile(r"[A-Za-z]-$|[#@№]$"), re.compile(r"-?[A-Z]\w|:\d|/\d")
_SCORE_BEFORE = re.compile(r"(?<!\d)\d{1,2}\s?[–-]\s?$")
_SCORE_AFTER = re.compile(r"\s?[–-]\s?\d{1,2}(?!\d|\s[a-z])")


@cache
def _vague() -> re.Pattern[str]:
    words = [w for w in counting()["vague"] if w != "some"]
    # "Some" counts where a noun follows that can be counted; "some time", "some kind of" do not.
    no_noun = "time|kind|sort|extent|way|degree|point|form|day|one|thing"
    some = rf"some(?=\s(?:of\s)?(?:(?:the|its|his|their|our)\s)?[a-z-]+)(?!\s(?:{no_noun}))"
    alone = r"(?<!\bas\s)(?<!\bhow\s)(?<!\bso\s)(?<!\btoo\s)"
    return re.compile(rf"(?<![\w-]){alone}(?:{either(words)}|{some})(?![\w-])", re.IGNORECASE)


@cache
def _none() -> re.Pattern[str]:
    kinds = counting()["kinds"]
    nouns = [n for kind in ("killed", "wounded", "arrested", "persons", "troops", "vehicles") for n in kinds[kind]]
    no = rf"no(?=\s(?:\w+\s)?(?:{either(nouns)})\b)"
    none = r"none(?=\s(?:of|were|was|had|has)\b|[.,;])"
    return re.compile(rf"(?<![\w-])(?:{no}|{none}|not\s(?:a\ssingle|one)(?=\s\w))(?!\w)", re.IGNORECASE)


def _of_vague(match: re.Match[str]) -> Amount:
    low, high = counting()["vague"][" ".join(match.group().lower().split())]
    exact = low == high
    return Amount(match.start(), match.end(), low, high or None, not exact)


def _ranges(amounts: list[Amount], text: str) -> list[Amount]:
    """Join "3,000 to 5,000", "between four and nine hundred", "at least two and as many as five"."""
    joined: list[Amount] = []
    for amount in amounts:
        previous = joined[-1] if joined else None
        both = _range(previous, amount, text) if previous else None
        if both is None:
            joined.append(amount)
        else:
            joined[-1] = both
    return joined


def _range(first: Amount, second: Amount, text: str) -> Amount | None:
    between = text[first.end : second.start]
    if len(between) > BEHIND:
        return None
    before = text[max(0, first.start - BEHIND) : first.start]
    led = re.search(r"(?i)\b(between|from|anywhere from)\s+[$€£]?$", before)
    plain = re.fullmatch(r"\s(?:to|or)\s(?:as many as |even |up to )?[$€£]?|\s?[–—-]\s?[$€£]?", between)
    bounds = re.search(r"(?i)\bat least\s+$", before) and re.fullmatch(
        r",? (?:and|but) (?:as many as|up to|no more than|perhaps) ", between
    )
    if not (plain or bounds or (led and re.fullmatch(r"\s(?:and|to)\s(?:as many as |over )?[$€£]?", between))):
        return None
    if first.low is None or second.high is None or first.approximate or second.approximate:
        return None
    low = _same_scale(first.low, text[second.start : second.end], second.high)
    if low >= second.high:
        return None
    head = first.start - len(before)
    start = head + led.start() if led else head + before.lower().rindex("at least") if bounds else first.start
    return Amount(
        start, second.end, low, second.high, approximate=not led and not (plain and plain[0].strip()[:1] in "–—-")
    )


def _same_scale(low: float, words: str, high: float) -> float:
    """ "Four to nine hundred" is 400 to 900: a scale that only the second number names is the first one's too."""
    scale = re.search(r"(?i)\b(hundred|thousand|million|billion|bn|m)$", words)
    if scale is None or (low >= high / 10 and low > 99):
        return low
    scales, letters = number_words("scales"), number_words("letters")
    return low * (scales.get(scale[1].lower()) or letters.get(scale[1].lower()) or 1)


def _money(amount: Amount, text: str) -> Amount:
    names = counting()["currencies"]
    sign_before, word_after = _currencies()
    sign = sign_before.search(text, max(0, amount.start - BEHIND), amount.start)
    if sign:
        return replace(amount, start=sign.start(), currency=names[sign.group().strip()])
    inside = re.search(r"[$€£¥₽]", text[amount.start : amount.end])
    word = word_after.match(text[amount.end :])
    if word:
        return replace(amount, end=amount.end + word.end(), currency=names[word["name"]])
    return replace(amount, currency=names[inside.group()]) if inside else amount


@cache
def _currencies() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The sign before an amount of money, and the word after it."""
    names = counting()["currencies"]
    words = either(n for n in names if n.isalpha())
    return (
        re.compile(rf"(?:{either(n for n in names if not n.islower())})\s?$"),
        re.compile(rf"\s(?:US |Australian |Canadian |Hong Kong )?(?P<name>{words})\b(?! of\b)"),
    )


def _bounded(amount: Amount, text: str) -> Amount:
    """Take the words before and after a number that make it a bound or a guess into the amount."""
    led = text[max(0, amount.start - BEHIND) : amount.start]
    for name, pattern in _before() if _leading().search(led) else ():
        match = pattern.search(text, max(0, amount.start - BEHIND), amount.start)
        if match and not (name == "exactly" and amount.low == 0) and not _particle().search(text[: match.start() + 5]):
            amount = replace(_with(name, amount), start=match.start())
            break
    after = _after().match(text[amount.end :])
    if after is None:
        return amount
    name = "least" if after["least"] else "about"
    return replace(_with(name, amount), end=amount.end + after.end())


@cache
def _leading() -> re.Pattern[str]:
    """The end of words that may lead to a number: the last word of any such phrase, or what may follow it."""
    ends = {phrase.split()[-1] for phrases in counting()["before"].values() for phrase in phrases}
    return re.compile(rf"(?:{either(ends)}|the|estimated|another)\s+$", re.IGNORECASE)


@cache
def _particle() -> re.Pattern[str]:
    """ "Handed over two smugglers": no bound, but a part of the verb."""
    return re.compile(r"(?i)\b(?:hand|turn|tak|took|mov|roll|brought|carr|g[ai]ve|sign|pass)\w*\s(?:over|up to)\s?$")


def _with(name: str, amount: Amount) -> Amount:
    if name == "least":
        return replace(amount, high=None)
    if name == "most":
        return replace(amount, low=None, approximate=True)
    if name == "below":
        whole = amount.high is not None and amount.high == int(amount.high) and amount.currency is None
        return replace(
            amount, low=None, high=amount.high - 1 if whole and amount.high else amount.high, approximate=True
        )
    return amount if name == "exactly" else replace(amount, approximate=True)


@cache
def _before() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = counting()["before"]
    return tuple(
        (name, re.compile(rf"(?<![\w-])(?:{either(table[name])})\s+(?:the |an? estimated |another )?$", re.IGNORECASE))
        for name in ("least", "most", "below", "about", "exactly")
    )


@cache
def _after() -> re.Pattern[str]:
    table = counting()["after"]
    return re.compile(
        rf"\s?(?:(?P<least>{either(table['least'])})|(?P<about>{either(table['about'])}))(?![\w-])", re.IGNORECASE
    )
