"""What a brief looks at: its material, its crisis and its window of days, and how lines are made from them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from brink.brief.content import Admission, Line, Material
from brink.brief.names import clean, day, days, quoted
from brink.records import CodedReport, Crisis, First, Happening, Interval, Telling


@dataclass(frozen=True)
class View:
    """One brief's window on its material. Days are ISO 8601; both ends of the window belong to it."""

    material: Material
    crisis: Crisis
    since: str
    as_of: str
    firsts: tuple[First, ...] = ()
    by_id: Mapping[str, Happening] = field(default_factory=dict)

    def within(self, iso: str | None) -> bool:
        """Whether a day lies in the window."""
        return iso is not None and self.since <= iso[:10] <= self.as_of

    def day(self, iso: str) -> str:
        """A day in words, without the year where it is the brief's."""
        return day(iso, self.as_of)

    def days(self, interval: Interval) -> str:
        """An interval in words, without the year where it is the brief's."""
        return days(interval, self.as_of)

    def published(self, report: str) -> str:
        """The publication day of a report, "" where it is not known."""
        found = self.material.reports.get(report)
        return found.published.isoformat() if found and found.published else ""

    def words(self, telling: Telling) -> str:
        """A telling's sentence in quotation marks, "" where the report's text is not at hand."""
        found = self.material.reports.get(telling.report)
        told = found.text[telling.start : telling.end] if found else ""
        return quoted(told) if told.strip() else ""

    @functools.cached_property
    def admitted(self) -> Mapping[str, tuple[Admission, ...]]:
        """Admissions of ignorance by the happening they are about; "" holds those about none."""
        about = {
            (t.report, t.event): h.id
            for h in self.material.happenings for o in h.origins for t in o.tellings if t.event
        }  # fmt: skip
        found: dict[str, list[Admission]] = defaultdict(list)
        for one in self.material.admissions:
            found[about.get((one.report, one.event), "") if one.event else ""].append(one)
        return {key: tuple(held) for key, held in found.items()}


def unique(reports: Iterable[str]) -> tuple[str, ...]:
    """Report ids once each, in their order."""
    return tuple(dict.fromkeys(reports))


def once(admissions: Iterable[Admission]) -> list[Line]:
    """Admissions as lines; the same sentence in several reports is one line that cites them all."""
    rows: dict[tuple[str, str], list[str]] = {}
    for one in admissions:
        rows.setdefault((one.attribute, clean(one.text)), []).append(one.report)
    return [Line(quoted(text), unique(reports), attribute) for (attribute, text), reports in rows.items()]


def admissions(coded: Iterable[CodedReport]) -> tuple[Admission, ...]:
    """What reports admit not to know, each with its whole sentence, in the order of reports and their text."""
    return tuple(
        Admission(c.report.id, u.about, u.attribute, _sentence(c, u.start, u.end)) for c in coded for u in c.unknowns
    )


def _sentence(coded: CodedReport, start: int, end: int) -> str:
    held = next((s for s in coded.layout.sentences if s.start <= start and end <= s.end), None)
    return held.text if held else coded.report.text[start:end]
