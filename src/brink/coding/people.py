"""The persons of a report: which mentions are one person, and what the report and the register say of him."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from brink.coding.nouns import courtesy
from brink.coding.offices import Evidence, american_seat, nationality, read_evidence
from brink.coding.register import holders
from brink.coding.scene import Scene
from brink.coding.tokens import Tokens, key_of
from brink.coding.vocabulary import numbers, words
from brink.records import Label, OfficeHolding, Register, RegisterEntry


@dataclass(slots=True)
class Person:
    """One person of a report: the fullest name, all mentions, all evidence in text order, and the register's entry.

    `led` is the country that whoever bears the last name has led, where the report gives no more than that name.
    """

    name: str
    mentions: list[Label] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    entry: RegisterEntry | None = None
    seat: str | None = None
    nationality: str | None = None
    led: str | None = None


class People:
    """The persons of one report, by mention."""

    def __init__(self, scene: Scene, register: Register, published: date | None) -> None:
        """Group the person mentions of `scene`, read what is said of them and look them up in `register`."""
        self._scene = scene
        self._published = published
        self._holders = holders(register)
        self.by_start: dict[int, Person] = {}
        self.everybody: list[Person] = []
        for name, mentions in _grouped(scene.people):
            person = Person(name, mentions)
            person.evidence = [e for m in mentions for e in read_evidence(scene, m)]
            person.nationality = next((c for m in mentions if (c := nationality(scene, m))), None)
            person.seat = next((s for m in mentions if (s := american_seat(scene, m))), None)
            person.entry = self._entry(person)
            person.led = None if person.entry else self._led(person)
            if person.entry and " " not in key_of(name):
                person.name = person.entry.person
            self.everybody.append(person)
            self.by_start |= {m.start: person for m in mentions}
            if person.entry and person.entry.country:
                country = person.entry.country
                scene.served[country] = scene.served.get(country, 0.0) + numbers("home")["served"] * len(mentions)

    def called(self, text: str) -> Person | None:
        """The one person whom words name that no label marks as a person's: "Putin" beside "Vladimir Putin"."""
        if not text[:1].isupper():
            return None
        keys = _name_keys(text)
        found = [p for p in self.everybody if any(_one_person(keys, _name_keys(m.text)) for m in p.mentions)]
        return found[0] if len(found) == 1 else None

    def _entry(self, person: Person) -> RegisterEntry | None:
        names = sorted({m.text for m in person.mentions} | {person.name}, key=len, reverse=True)
        for name in names:
            if entry := self._holders.named(_bare(name), self._published):
                return entry if _agrees(entry, person) or _holds(entry, name, person) else None
        if " " in key_of(_bare(person.name)):
            return None
        return self._by_last_name(person)

    def _by_last_name(self, person: Person) -> RegisterEntry | None:
        """A last name alone: whoever holds office that day and whose country or office the report names."""
        last = key_of(_bare(person.name)).rpartition(" ")[2]
        found = self._holders.last_named(last, self._published)
        if not self._published:
            found = self._of_office(last, person)
        fitting = [e for e in found if _agrees(e, person) and self._fits(e, person)]
        return fitting[0] if len({e.person for e in fitting}) == 1 else None

    def _led(self, person: Person) -> str | None:
        """The country of the leaders who bear a last name alone: "Erdogan" in a report that does not name Turkey.

        On a known day one of them must hold office. A name that many bear ("Brown") tells nobody.
        """
        last = key_of(_bare(person.name))
        if " " in last or last in words("common_names"):
            return None
        day = self._published
        found = self._holders.last_named(last, day) if day else self._holders.every_last_named(last)
        leaders = [e for e in found if key_of(e.office).replace(" ", "-") in words("leaders") and _agrees(e, person)]
        countries = {e.country for e in leaders}
        return countries.pop() if len(countries) == 1 else None

    def _of_office(self, last: str, person: Person) -> list[RegisterEntry]:
        offices = {key_of(e.role.head.noun.word) for e in person.evidence}
        return [e for e in self._holders.every_last_named(last) if key_of(e.office) in offices]

    def _fits(self, entry: RegisterEntry, person: Person) -> bool:
        if entry.country is None:
            office = f" {key_of(entry.office)} "
            return any(f" {key_of(r.known.name)} " in office for r in self._scene.references if not r.known.country)
        return entry.country in self._scene.votes or any(_same_office(e, entry) for e in person.evidence)


def _agrees(entry: RegisterEntry, person: Person) -> bool:
    """Whether nothing that the report says speaks against a register's entry: another country for the person."""
    told = {e.role.country for e in person.evidence if e.role.country and not e.role.body}
    if person.nationality:
        told.add(person.nationality)
    return not told or entry.country is None or entry.country in told


def _holds(entry: RegisterEntry, name: str, person: Person) -> bool:
    """Whether a person of first and last name has the very office of a register's entry, whoever's the words make it.

    "Joint action against Ukraine authorities Prime Minister Donald Tusk …": a headline without its full stop.
    """
    return " " in key_of(_bare(name)) and any(_same_office(e, entry) and not e.role.former for e in person.evidence)


def _same_office(evidence: Evidence, entry: RegisterEntry) -> bool:
    return key_of(evidence.role.head.noun.word) in key_of(entry.office)


def _bare(name: str) -> str:
    """A name without courtesy titles before it."""
    parts = name.split()
    while len(parts) > 1 and key_of(parts[0]) in courtesy():
        parts = parts[1:]
    return " ".join(parts)


def _grouped(people: Sequence[Label]) -> list[tuple[str, list[Label]]]:
    """Mentions grouped into persons, each with its fullest name; a short name goes to the last full name before it."""
    groups: list[tuple[set[tuple[str, ...]], list[Label]]] = []
    for label in people:
        keys = _name_keys(label.text)
        at = _group_of(keys, groups)
        if at is None:
            groups.append(({keys}, [label]))
        else:
            groups[at][0].add(keys)
            groups[at][1].append(label)
    return [(_fullest(labels), labels) for _, labels in groups]


@functools.lru_cache(maxsize=4096)
def _name_keys(name: str) -> tuple[str, ...]:
    keys = tuple(k for k in Tokens(_bare(name)).keys if k != "s")
    return tuple(k for k in keys if k not in words("suffixes")) or keys


def _group_of(keys: tuple[str, ...], groups: Sequence[tuple[set[tuple[str, ...]], list[Label]]]) -> int | None:
    for i in range(len(groups) - 1, -1, -1):
        if any(_one_person(keys, other) for other in groups[i][0]):
            return i
    return None


def _one_person(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: one is part of the other, or an initial stands for the first name."""
    if short == full:
        return True
    few, many = sorted((short, full), key=len)
    if len(few) <= 1:
        return bool(few) and few[0] in many and few[0] not in words("particles")
    if set(few) <= set(many):
        return True
    return few[-1] == many[-1] and _initials(few[0], many[0])


def _initials(a: str, b: str) -> bool:
    return a[0] == b[0] and (len(a) == 1 or len(b) == 1)


def _fullest(labels: Sequence[Label]) -> str:
    counts = Counter(_bare(label.text) for label in labels)
    best = max(counts, key=lambda n: (len(_name_keys(n)), counts[n], n))
    plain = re.sub(r"\s+", " ", re.sub(r"['’]s$", "", best))
    return plain.title() if plain.isupper() and " " in plain else plain


def office_holdings(people: People, country_of: Mapping[int, str | None]) -> tuple[OfficeHolding, ...]:
    """What the report says of who holds which office, in text order, each once.

    `country_of` gives the country of each person (by the start of a mention).
    """
    found: dict[tuple[str, str], OfficeHolding] = {}
    for person in people.everybody:
        for e in person.evidence:
            if e.role.former or e.role.head.noun.flag == "p":
                continue
            country = e.role.country or (None if e.role.body else country_of.get(e.person.start))
            holding = OfficeHolding(person.name, e.role.office, country, e.start, e.end)
            found.setdefault((person.name, key_of(e.role.office)), holding)
    return tuple(sorted(found.values(), key=lambda h: h.start))


__all__ = ["People", "Person", "office_holdings"]
