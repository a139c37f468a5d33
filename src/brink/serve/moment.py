"""The ledger as of one day, with what pages look up in it."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from brink.brief import Material, admissions
from brink.brief.view import View
from brink.records import CodedReport, Crisis, Event, First, Happening, Party, Statement, Weighed
from brink.tension import firsts, weighed

BACK = timedelta(days=3)
"""How far "what changed" looks back where no day is given."""


@dataclass(frozen=True)
class Moment:
    """What the reports published up to `day` tell. `kept` says what is left of shortened texts, by report id."""

    day: date
    revision: str
    crisis: Crisis
    happenings: tuple[Happening, ...]
    reports: Mapping[str, CodedReport]
    kept: Mapping[str, str] = field(default_factory=dict)

    @functools.cached_property
    def material(self) -> Material:
        """The same, as briefs take it in."""
        held = self.reports.values()
        return Material(self.happenings, {c.report.id: c.report for c in held}, admissions(held))

    @functools.cached_property
    def by_id(self) -> Mapping[str, Happening]:
        """Happenings by id."""
        return {h.id: h for h in self.happenings}

    @functools.cached_property
    def acting(self) -> frozenset[str]:
        """The codes and names of all who act or are acted upon."""
        return frozenset(key for h in self.happenings for p in (*h.actor, *h.recipient) for key in keys_of(p))

    @functools.cached_property
    def firsts(self) -> tuple[First, ...]:
        """First of their kind."""
        return firsts(self.happenings)

    @functools.cached_property
    def view(self) -> View:
        """A brief's view over the three days up to this one."""
        return self.window(None, None)

    def window(self, since: date | None, until: date | None) -> View:
        """A brief's view over a period; what is known is that of this moment. By default the three days up to it."""
        end = min(until or self.day, self.day)
        begin = since or end - BACK
        return View(self.material, self.crisis, begin.isoformat(), end.isoformat(), self.firsts, self.by_id)

    @functools.cached_property
    def of_event(self) -> Mapping[tuple[str, str], Happening]:
        """The happening that an event of a report tells of, by report and event id."""
        return {
            (t.report, t.event): h
            for h in self.happenings for o in h.origins for t in o.tellings if t.event
        }  # fmt: skip

    @functools.cached_property
    def of_report(self) -> Mapping[str, tuple[Happening, ...]]:
        """The happenings that a report tells of, by its id."""
        found: dict[str, list[Happening]] = defaultdict(list)
        for h in self.happenings:
            for report in h.reports:
                found[report].append(h)
        return {key: tuple(held) for key, held in found.items()}

    @functools.cached_property
    def weighed(self) -> tuple[Weighed, ...]:
        """What each happening adds to the tension of which pair, up to this day."""
        return tuple(w for w in weighed(self.happenings, self.crisis) if w.day <= self.day.isoformat())

    def statement(self, report: str, id: str | None) -> Statement | None:
        """A statement of a report, None where there is none of that id."""
        held = self.reports.get(report)
        return next((s for s in held.statements if s.id == id), None) if held and id else None

    def event(self, report: str, id: str | None) -> Event | None:
        """An event of a report, None where there is none of that id."""
        held = self.reports.get(report)
        return next((e for e in held.events if e.id == id), None) if held and id else None


def keys_of(party: Party) -> tuple[str, ...]:
    """The names under which a party is found: its own, and its state's where it is an organ of it."""
    return tuple(dict.fromkeys(filter(None, (party.name, party.country))))
