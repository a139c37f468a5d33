"""What a crisis brief says, before anybody renders it: plain frozen records, each line with the reports it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from brink.records import Band, Happening, Report


@dataclass(frozen=True, slots=True)
class Admission:
    """A report's own words that something is not known. `event` is the event of that report it is about, or None;
    `text` is its sentence."""

    report: str
    event: str | None
    attribute: str
    text: str


@dataclass(frozen=True, slots=True)
class Material:
    """What a brief is made from: happenings as of one day, the reports they cite by id, and what reports admit not to
    know."""

    happenings: tuple[Happening, ...]
    reports: Mapping[str, Report]
    admissions: tuple[Admission, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence and the ids of the reports it rests on. `label` says what kind of line it is, "" for none."""

    text: str
    reports: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a section tells: its mark ("disputed"), what is new about it ("was claimed"), a head, lines below.

    `status` is the ledger's word for the mark, "" for none; `happening` is the id, None where it is about none.
    """

    head: Line
    lines: tuple[Line, ...] = ()
    mark: str = ""
    news: str = ""
    status: str = ""
    happening: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the brief; `note` says how to read it, `more` how much was left out, each "" for nothing."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    note: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Words or deeds of one pair over time: the band and what it says in a sentence."""

    band: Band
    line: Line


@dataclass(frozen=True, slots=True)
class Pair:
    """The tension between two actors: their names, and a course for words, deeds or both."""

    names: tuple[str, str]
    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A cited report, numbered in the order of citation; `published` is an ISO 8601 day."""

    number: int
    report: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class CrisisBrief:
    """A brief of a crisis as of one day. Days are ISO 8601; `summary` stands at its head."""

    name: str
    since: str
    as_of: str
    summary: tuple[Line, ...]
    sections: tuple[Section, ...]
    pairs: tuple[Pair, ...]
    sources: tuple[Source, ...]

    def numbers(self, line: Line) -> list[int]:
        """The numbers under which a line's reports are cited, in order."""
        cited = set(line.reports)
        return [s.number for s in self.sources if s.report in cited]
