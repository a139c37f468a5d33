"""Quantities: sentences go in, every count with its kind and bounds comes out.

`find_quantities` gives the counts of a report; `event_quantities` chooses those of an event. Neither raises. Dates,
ages, times of day, ranks, scores, names of models and the like are no counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from brink.coding.amounts import Amount, counting, find_amounts
from brink.coding.calendar_words import either
from brink.coding.counted import Counted, counted
from brink.coding.event_counts import event_quantities
from brink.coding.tense import read_tense
from brink.coding.time_scene import Scene
from brink.coding.times import times_of
from brink.records import Quantity, Sentence

_MAYBE = re.compile(
    r"(?i)\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundreds?|thousands?|\w*illions?|dozens?"
    r"|scores?|several|few|some|many|no|none|not|numerous|couple|pair|handful|numbers?|tens|half|multiple|various|countless|twice)\b|\b(?:kill|died|dead|wound|injur|arrest|detain|captur)"
)


def find_quantities(text: str, sentences: Sequence[Sentence]) -> tuple[Quantity, ...]:
    """Give every count that the sentences tell, in text order, their `statement` open.

    `text[start:end] == quantity.text`; `low` and `high` are None where they are open, both 0 for none at all.
    """
    found: list[Quantity] = []
    for sentence in sentences:
        if _MAYBE.search(sentence.text):
            found += _of_sentence(text, sentence)
    return tuple(found)


def _of_sentence(text: str, sentence: Sentence) -> list[Quantity]:
    amounts = find_amounts(sentence.text, lambda: _times_in(sentence.text))
    told = [(a, c) for a in amounts if _is_count(a, c := counted(a, sentence.text), sentence.text)]
    told += [
        (a, c) for a, c in _singles(sentence.text) if not any(a.start < o.end and o.start < c.end for o, _ in told)
    ]
    return [_quantity(a, c, text, sentence) for a, c in sorted(told, key=lambda pair: pair[0].start)]


def _times_in(text: str) -> list[tuple[int, int]]:
    """The characters of a sentence that tell times."""
    return [(a.start, a.end) for a in times_of(Scene(text, read_tense(""), None))]


@cache
def _single() -> re.Pattern[str]:
    nouns = [
        n
        for kind in ("persons", "troops")
        for n in counting()["kinds"][kind]
        if not re.search(r"(?:s|men|ren|people|police|crew|staff)$", n)
    ]
    return re.compile(
        rf"(?<![\w-])(?<!\bby\s)(?:an?|another)\s(?:[\w-]+\s){{0,2}}?(?:{either(nouns)})(?![\w-])", re.IGNORECASE
    )


def _singles(text: str) -> list[tuple[Amount, Counted]]:
    """One person, told by an article, whose fate is told: "killed an aid worker", "another policeman was injured"."""
    found = []
    for match in _single().finditer(text):
        amount = Amount(match.start(), match.end(), 1, 1)
        kind = counted(amount, text).kind
        if kind in ("killed", "wounded", "arrested"):
            found.append((amount, Counted(kind, match.group().split()[-1], match.end())))
    return found


def _is_count(amount: Amount, what: Counted, text: str) -> bool:
    """Leave out "one" as a pronoun and vague words that count nothing named."""
    word = text[amount.start : amount.end].lower()
    if word == "one":
        return (what.noun is not None and what.kind != "items") or re.match(
            r"\s(?:was|had been|died)\b", text[amount.end :]
        ) is not None
    if (
        what.noun is None
        and re.search(r"(?i)\b(?:at|by|until|till|since|before|from)\s$", text[max(0, amount.start - 9) : amount.start])
        and (amount.high or 99) <= 24
    ):
        # "At ten" is an hour.
        return what.kind not in ("items", "persons")
    if word == "some" and what.kind == "items":
        return False
    if word in ("some", "many", "several", "various", "multiple", "numerous", "a number of", "few", "a few"):
        return what.noun is not None
    return True


def _quantity(amount: Amount, what: Counted, text: str, sentence: Sentence) -> Quantity:
    # "Some" and "no" alone say nothing; with their noun they do.
    words = text[sentence.start + amount.start : sentence.start + what.end].lower()
    whole = re.match(r"(?:some|no)\s(?!of\b)", words) is not None and amount.end - amount.start <= 4
    start, end = sentence.start + amount.start, sentence.start + (what.end if whole else amount.end)
    unit = counting()["units"].get(what.kind) or (amount.currency if what.kind == "money" else None)
    if unit is None:
        unit = what.noun.lower() if what.noun and what.kind == "items" else what.kind
    return Quantity(start, end, text[start:end], what.kind, amount.low, amount.high, unit, amount.approximate)


__all__ = ["event_quantities", "find_quantities"]
