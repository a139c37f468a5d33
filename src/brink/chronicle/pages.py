"""The tables that pages read, brought up to date by whoever lays the ledger: each state with the days it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from brink.chronicle.rows import first_told, laid, laid_report
from brink.ledger import Shelf, in_span
from brink.records import CodedReport, Crisis, Decision, Happening
from brink.store import LaidHappening, LaidReport, Laying, Step, Store

Held = Mapping[str, tuple[tuple[object, ...], Happening]]
"""Happenings by id, each with its place in the ledger's order."""


def camps_of(crisis: Crisis | None) -> str:
    """What of a crisis a ledger is laid with (camps, span and lists), as a hash: crises alike in it share tables."""
    return _hash(repr(replace(crisis, name="") if crisis else Crisis("", None, None, ())))


def decided(decisions: Sequence[Decision]) -> str:
    """Decisions by hand as a hash."""
    return _hash(repr(tuple(decisions)))


def _hash(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(slots=True)
class Pages:
    """What was laid but not written yet, for one store and crisis. `sign` is that of the last writing, None before.

    `shelf` holds who published each report. `as_of` is the day as of which versions of reports are read, None for
    the newest.
    """

    store: Store
    crisis: Crisis | None
    shelf: Shelf
    sign: str | None = None
    as_of: str | None = None
    _reports: dict[str, LaidReport] = field(default_factory=dict)
    _outside: set[str] = field(default_factory=set)
    _changed: set[str] = field(default_factory=set)
    _gone: set[str] = field(default_factory=set)

    def kept(self) -> Laying | None:
        """What is there already of a ledger laid with these camps."""
        return self.store.laying(camps_of(self.crisis))

    def begin(self) -> None:
        """Take away what is there; what is laid from now on is written day by day."""
        self.sign = self.store.begin_laying(camps_of(self.crisis))

    def take(self, reports: Iterable[CodedReport], out: Iterable[str], as_of: str | None) -> None:
        """Reports that are laid next as of a day, and ids of those that leave."""
        self.as_of = as_of
        self._enter(reports)
        self._leave(out)

    def _leave(self, out: Iterable[str]) -> None:
        for id in out:
            self._reports.pop(id, None)
            self._outside.add(id)

    def _enter(self, reports: Iterable[CodedReport]) -> None:
        """Reports outside the crisis's span are not laid, and leave if they were."""
        for coded in reports:
            id = coded.report.id
            if in_span(coded.report.published, self.crisis):
                self.shelf.put("outlet", id, coded.report.outlet)
                self._reports[id] = laid_report(coded)
                self._outside.discard(id)
            else:
                self._leave([id])

    def note(self, changed: Iterable[Happening], gone: Iterable[str]) -> None:
        """What became of it. What a changed one opposes may weigh differently now."""
        for h in changed:
            self._changed |= {h.id, *h.opposes}
            self._gone.discard(h.id)
        for id in gone:
            self._gone.add(id)
            self._changed.discard(id)

    def write(self, stand: Laying, held: Held) -> None:
        """Write what was noted since the last time, as of the day `stand.clock`; all where others wrote meanwhile."""
        if self.sign is not None:
            rows = [self._row(held[id][1], held) for id in sorted(self._changed) if id in held]
            gone = sorted(id for id in self._gone if id not in held)
            self.sign = self._written(stand, self.sign, rows, gone, held)
        if self.sign is None:
            self._write_all(stand, held)
        self._changed.clear()
        self._gone.clear()
        self._reports.clear()
        self._outside.clear()

    def _write_all(self, stand: Laying, held: Held) -> None:
        """Write what differs from what is there, unless that is of a later day: it would be lost."""
        while self.sign is None:
            kept = self.kept()
            if kept is None:
                self.begin()
                kept = self.kept()
                assert kept is not None
            if kept.clock > stand.clock:
                return
            signs = self.store.laid_signs(kept)
            rows = [row for _, h in held.values() if signs.get(h.id) != (row := self._row(h, held)).sign]
            self._catch_up(kept, stand.clock)
            self.sign = self._written(stand, kept.sign, rows, sorted(signs.keys() - held.keys()), held)

    def _catch_up(self, kept: Laying, clock: str) -> None:
        """Take the reports in of which the tables hold another version; those of days to come wait."""
        for id in self.store.not_laid(kept, self.as_of):
            coded = self.store.report(id, self.as_of)
            if coded is None:
                self._leave([id])
            elif str(coded.report.published or "") <= clock:
                self._enter([coded])

    def _row(self, h: Happening, held: Held) -> LaidHappening:
        near = [held[id][1] for id in h.opposes if id in held]
        return laid(h, near, self.crisis, lambda report: self.shelf.get("outlet", report) or "")

    def _written(
        self, stand: Laying, sign: str, rows: Sequence[LaidHappening], gone: Sequence[str], held: Held
    ) -> str | None:
        """The new sign, None where others wrote since `sign`."""
        origins: dict[str, str] = {}
        for row in sorted(rows, key=lambda row: held[row.id][0]):
            for name, record in first_told(held[row.id][1]).items():
                origins.setdefault(name, record)
        known = replace(stand, camps=camps_of(self.crisis), sign=sign)
        reports, outside = list(self._reports.values()), sorted(self._outside)
        return self.store.lay(Step(known, rows, gone, reports, outside, origins, self.as_of))
