"""Parties that a report names by their name alone, known by the office that other reports give them.

The roll is what the reports of one laying teach (`offices`), and stays as it is throughout it. Codings are not
rewritten: what is laid is a copy, which bears the hash of the teachings that it rests on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from brink.coding import key_of
from brink.ledger.shelf import Memory, Shelf
from brink.ledger.tables import table
from brink.records import Actor, CodedReport, Event, Statement

_Known = Callable[[Actor], Actor]
SAYS_NOTHING = frozenset({(), ("CVL",)})
"""Sectors of a person of whom a report tells neither office nor body."""


@dataclass(frozen=True, slots=True, order=True)
class Teaching:
    """A report's word that a person holds an office; `day` is its publication (ordinal), 0 where that is not known."""

    day: int
    office: str
    country: str
    sector: tuple[str, ...]
    report: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Who holds which office, by the keys of full names. A view of a book: it stands until more is entered there."""

    shelf: Shelf

    def holder(self, name: str, published: date | None) -> Teaching | None:
        """The teaching nearest to a day; None where none is near it, or where those near it name two countries."""
        day = published.toordinal() if published else 0
        taught: list[Teaching] = [t for (t,) in self.shelf.row(_taught(key_of(name)))]
        rows = [t for t in taught if not (day and t.day) or abs(t.day - day) <= _reach()]
        if len({t.country for t in rows}) != 1:
            return None
        return min(rows, key=lambda t: (abs(t.day - day) if day and t.day else 0, t))


def _reach() -> int:
    """How many days before and after it a word on an office is believed."""
    return int(table("bodies")["register"]["reach"])


def roll_of(reports: Iterable[CodedReport]) -> Roll:
    """What reports teach, in any order."""
    book = Book()
    book.enter(reports)
    return book.roll


def resolved(coded: CodedReport, roll: Roll) -> CodedReport:
    """The report with the parties that the roll knows, and the hash of what it rests on; itself where it knows none."""
    used: set[tuple[str, Teaching]] = set()

    def known(actor: Actor) -> Actor:
        found = roll.holder(actor.name, coded.report.published) if _is_unknown(actor) else None
        if found is None:
            return actor
        used.add((key_of(actor.name), found))
        return replace(actor, office=found.office, country=found.country or None, sector=found.sector)

    events = tuple(_with_parties(e, known) for e in coded.events)
    statements = tuple(_with_speaker(s, known) for s in coded.statements)
    if not used:
        return coded
    sign = hashlib.sha256(repr(sorted(used)).encode()).hexdigest()[:8]
    return replace(coded, events=events, statements=statements, taught=sign)


def _with_parties(event: Event, known: _Known) -> Event:
    actor, recipient = tuple(map(known, event.actor)), tuple(map(known, event.recipient))
    same = (actor, recipient) == (event.actor, event.recipient)
    return event if same else replace(event, actor=actor, recipient=recipient)


def _with_speaker(statement: Statement, known: _Known) -> Statement:
    speaker = known(statement.speaker) if statement.speaker else None
    return statement if speaker == statement.speaker else replace(statement, speaker=speaker)


def _is_unknown(actor: Actor) -> bool:
    """A person's full name of which its report says nothing: a last name alone may be anybody's."""
    return actor.office is None and actor.sector in SAYS_NOTHING and _is_full(actor.name)


def _is_full(name: str) -> bool:
    return len(key_of(name).split()) > 1 and name[:1].isupper()


def _unknown(coded: CodedReport) -> Iterator[str]:
    """The keys of the persons whom a report leaves unknown."""
    parties = (a for e in coded.events for a in (*e.actor, *e.recipient))
    for actor in (*parties, *(s.speaker for s in coded.statements if s.speaker)):
        if _is_unknown(actor):
            yield key_of(actor.name)


def _teachings(coded: CodedReport) -> Iterator[tuple[str, Teaching]]:
    """What a report teaches of persons by their full names; whose body it does not tell, it teaches nothing of."""
    day = coded.report.published.toordinal() if coded.report.published else 0
    sectors = {m.name: m.sector for m in coded.mentions if m.sector not in SAYS_NOTHING}
    for one in coded.offices:
        if _is_full(one.person) and (sector := sectors.get(one.person)):
            yield key_of(one.person), Teaching(day, one.office, one.country or "", sector, coded.report.id)


@dataclass(slots=True)
class Book:
    """The roll of a ledger that is kept up to date, and which reports wait for a word on whom they leave unknown."""

    shelf: Shelf = field(default_factory=Memory)

    @property
    def roll(self) -> Roll:
        """What is taught now."""
        return Roll(self.shelf)

    def enter(self, reports: Iterable[CodedReport], gone: Iterable[str] = ()) -> set[str]:
        """Take reports in, in place of former ones of the same ids, and others out.

        Gives the ids of the rest that must be resolved again.
        """
        told = {coded.report.id: coded for coded in reports}
        out = {id for id in gone if id not in told}
        changed: set[tuple[str, Teaching]] = set()
        for id in out:
            changed |= self._leave(id)
        for id, coded in told.items():
            new = tuple(dict.fromkeys(_teachings(coded)))
            changed |= self._leave(id) ^ set(new)
            self._come(id, new, tuple(dict.fromkeys(_unknown(coded))))
        return {id for key, _ in changed for (id,) in self.shelf.row(_waiting(key))} - told.keys() - out

    def _leave(self, id: str) -> set[tuple[str, Teaching]]:
        taught, unknown = self.shelf.get("roll", id) or ((), ())
        for key, row in taught:
            self.shelf.remove(_taught(key), (row,))
        for key in unknown:
            self.shelf.remove(_waiting(key), (id,))
        if taught or unknown:
            self.shelf.put("roll", id, None)
        return set(taught)

    def _come(self, id: str, taught: tuple[tuple[str, Teaching], ...], unknown: tuple[str, ...]) -> None:
        for key, row in taught:
            self.shelf.insert(_taught(key), (row,))
        for key in unknown:
            self.shelf.insert(_waiting(key), (id,))
        if taught or unknown:
            self.shelf.put("roll", id, (taught, unknown))


def _taught(key: str) -> str:
    """The list of what is taught of a person."""
    return f"taught\t{key}"


def _waiting(key: str) -> str:
    """The list of reports that leave a person unknown."""
    return f"waiting\t{key}"
