"""What an amount counts: the noun after it, and what befell the persons counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from brink.coding.amounts import Amount, counting
from brink.coding.calendar_words import either

PERSONS = frozenset({"troops", "protesters", "persons", "displaced"})
"""Kinds of persons, whose fate ("killed") is a better kind than their noun."""
LONGEST_PHRASE = 6
REACH_AFTER, REACH_BEFORE = 70, 45
"""Characters within which a word after or before the persons counted tells their fate."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The kind of what is counted, the noun that names it (None: none does) and where the noun phrase ends."""

    kind: str
    noun: str | None
    end: int


@cache
def kinds_by_noun() -> dict[str, str]:
    """Every noun of counting.toml with its kind; the first list that holds a noun has it."""
    found: dict[str, str] = {}
    for kind, nouns in counting()["kinds"].items():
        for noun in nouns:
            found.setdefault(noun, kind)
    return found


def counted(amount: Amount, text: str) -> Counted:
    """Say what an amount counts."""
    if amount.currency:
        return Counted("money", amount.currency, amount.end)
    phrase = _phrase(amount, text)
    noun = _noun(phrase)
    kind = _kind(noun) if noun else ("items" if phrase else "persons")
    end = amount.end + len(phrase) if noun else amount.end
    if kind in PERSONS or not noun:
        fate = _fate(amount, end, text)
        kind = fate or (kind if noun else _kind_of_bare(text, amount))
    return Counted(kind, noun, end)


def _kind(noun: str) -> str:
    """The kind of a noun; nouns of agents that no list holds are persons ("physiotherapists")."""
    person = re.search(r"(?:ists|icians|men|women|workers|holders|makers|goers|seekers)$", noun.lower())
    return kinds_by_noun().get(noun.lower(), "persons" if person else "items")


def _phrase(amount: Amount, text: str) -> str:
    """The words right after a number, up to the end of its noun phrase."""
    rest = text[amount.end :]
    lead = re.match(r"[\s-](?:(?:of\s)?(?:the|its|his|her|their|our|these|those)\s|of\s)?", rest)
    if lead is None:
        return "%" if rest.startswith("%") else ""
    stops = set(counting()["grammar"]["stops"])
    taken, end = 0, 0
    for word in re.finditer(r"[\w’'-]+|[^\s\w]", rest[lead.end() :]):
        if taken == LONGEST_PHRASE or word.group().lower() in stops or not re.match(r"[\w“\"]", word.group()):
            break
        # "250 gunmen using rockets": a participle after a noun that is counted begins a clause.
        if re.search(r"(?:ing|ed)$", word.group()) and _noun(rest[lead.end() : lead.end() + end]):
            break
        taken, end = taken + 1, word.end()
    return rest[: lead.end() + end] if end else ""


def _noun(phrase: str) -> str | None:
    """The head of a noun phrase: its last word that the lists know, else its first plural."""
    words: list[str] = re.findall(r"\w[\w’'-]*\w|\w|%", phrase)
    lower = [word.lower() for word in words]
    if "per" in lower and "cent" in lower:
        return "per cent"
    known = [word for word in words if word.lower() in kinds_by_noun()]
    # "12 people dead": a fate is no head where a person stands before it.
    heads = [word for word in known if kinds_by_noun()[word.lower()] not in ("killed", "wounded")] or known
    if heads:
        return heads[-1]
    return next((word for word in words if word.islower() and re.search(r"s$|men$", word)), None)


def _kind_of_bare(text: str, amount: Amount) -> str:
    """A number with no noun ("the toll rose to 98") counts persons, unless it is small and in words ("from ten")."""
    if text[amount.start : amount.end].lower() == "twice":
        return "times"
    bound = amount.high if amount.low is None else amount.low
    small = (
        bound is None or bound != int(bound) or (bound < 20 and not re.search(r"\d", text[amount.start : amount.end]))
    )
    return "items" if small else "persons"


@cache
def _fates() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"(?<![\w-])(?:{either(words)})(?![\w-])", re.IGNORECASE))
        for kind, words in counting()["fates"].items()
    )


def _fate(amount: Amount, end: int, text: str) -> str | None:
    """The fate whose word stands nearest: in the noun phrase, then after it, then before the number."""
    inside = _nearest(text[amount.end : end], first=True)
    after = _nearest(_clause_after(text[end : end + REACH_AFTER]), first=True)
    before = _nearest(_clause_before(text[max(0, amount.start - REACH_BEFORE) : amount.start]), first=False)
    if inside:
        return inside[0]
    # "Killed 12 people and wounded 30" against "three died and eleven were wounded".
    if before and before[1] > 0 and after and after[1] <= 2:
        return after[0]
    if before and (after is None or before[1] <= 2 or before[1] < after[1]):
        return before[0]
    return after[0] if after else None


def _clause_after(text: str) -> str:
    return re.split(
        r"[;:.]\s|, (?:and|but|while|who|which|after)\b|\band (?:\w+ing\b|\d|\w+ (?:others|people))|\bafter\b|\bby \w",
        text,
    )[0]


def _clause_before(text: str) -> str:
    return re.split(r"[;:,]|\.\s", text)[-1]


def _nearest(text: str, *, first: bool) -> tuple[str, int] | None:
    """The fate whose word stands nearest to the start (`first`) or the end of a text, and how many words off."""
    hits = [(m, kind) for kind, pattern in _fates() for m in pattern.finditer(text)]
    if not hits:
        return None
    match, kind = min(hits, key=lambda h: h[0].start()) if first else max(hits, key=lambda h: h[0].end())
    between = text[: match.start()] if first else text[match.end() :]
    return kind, len(between.split())
