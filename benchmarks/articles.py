"""Made-up news for the soak: short articles with a fact or two of their own, some carried by other outlets."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

SEATS = {
    "Russia": "Moscow", "Ukraine": "Kyiv", "Poland": "Warsaw", "Turkey": "Ankara", "Iran": "Tehran", "Iraq": "Baghdad",
    "Egypt": "Cairo", "Israel": "Jerusalem", "India": "New Delhi", "Pakistan": "Islamabad", "China": "Beijing",
    "Japan": "Tokyo", "Vietnam": "Hanoi", "France": "Paris", "Germany": "Berlin", "Sudan": "Khartoum",
    "Ethiopia": "Addis Ababa", "Kenya": "Nairobi", "Nigeria": "Abuja", "Mali": "Bamako", "Armenia": "Yerevan",
    "Azerbaijan": "Baku", "Serbia": "Belgrade", "Colombia": "Bogota", "Venezuela": "Caracas", "Libya": "Tripoli",
}  # fmt: skip
ACTS = (
    "{one} withdrew {n} soldiers from the border with {two} on {day}, its defence ministry said.",
    "Soldiers of {one} shelled positions of {two} near {seat} on {day}, killing {n} people, officials in {seat} said.",
    "{one} imposed sanctions on {n} officials of {two} on {day}, its foreign ministry announced.",
    "The foreign ministers of {one} and {two} met in {seat} on {day} and agreed to hold further talks.",
    "{one} expelled {n} diplomats of {two} on {day}, a spokesman for its foreign ministry told reporters.",
    "{one} condemned {two} on {day} over the arrest of {n} fishermen.",
    "{one} sent {n} tonnes of food to {two} on {day}, the government in {seat} said.",
    "Thousands protested against {two} in the capital of {one} on {day}; police arrested {n} of them.",
    "{one} deployed {n} troops near its border with {two} on {day}, according to the defence minister of {two}.",
    "{one} threatened to close its border to {two} by Friday unless {n} prisoners are released.",
)
QUIET = (
    "It was not known when the next round would be held.",
    "A spokesman for the government gave no further details.",
    "Relations between the two countries have been strained for years.",
    "The markets took little notice, and the day passed calmly elsewhere.",
    "Diplomats said that much would depend on the weeks ahead.",
)


@dataclass(frozen=True, slots=True)
class Article:
    """What a feed shows of one article; `edits` counts how often its text was changed."""

    number: int
    title: str
    text: str
    published: str
    edits: int = 0

    @property
    def guid(self) -> str:
        """A name that is the same in the whole world."""
        return f"tag:soak.example,2026:{self.number}"

    @property
    def report(self) -> str:
        """The id that Brink gives the report (brink.intake.feeds)."""
        return sha256(self.guid.encode()).hexdigest()[:16]


def written(number: int, chance: random.Random, at: datetime | None = None) -> Article:
    """An article with two facts of its own, published now or `at` a time."""
    at = at or datetime.now(UTC)
    facts = [_fact(chance, at) for _ in range(2)]
    text = f"{facts[0]} {chance.choice(QUIET)}\n\n{facts[1]} {chance.choice(QUIET)}"
    return Article(number, facts[0].split(",")[0][:80], text, at.isoformat(timespec="seconds"))


def carried(number: int, whose: Article, chance: random.Random, at: datetime | None = None) -> Article:
    """The same news in another outlet, which adds a sentence of its own."""
    at = at or datetime.now(UTC)
    text = f"{whose.text}\n\n{_fact(chance, at)}"
    return Article(number, whose.title, text, at.isoformat(timespec="seconds"))


def edited(one: Article) -> Article:
    """The article with a sentence more."""
    text = f"{one.text}\n\nAn earlier version of this report was shorter; this is change {one.edits + 1}."
    return replace(one, text=text, edits=one.edits + 1)


def _fact(chance: random.Random, at: datetime) -> str:
    one, two = chance.sample(sorted(SEATS), 2)
    return chance.choice(ACTS).format(one=one, two=two, seat=SEATS[two], n=chance.randint(3, 900), day=f"{at:%A}")
