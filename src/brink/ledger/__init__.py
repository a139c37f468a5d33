"""Coded reports -> happenings with a status: who vouches for each on how many independent origins, and who disagrees.

`ledger(coded, crisis, as_of, decisions)` takes CodedReports in any order and gives Happenings by first publication,
report and place in it. It reads no clock: `as_of` (default: the newest publication) is the only one. The rules are
docs/design.md, section 6. `Laying` gives only what a few reports change, to whoever keeps the rest; `Book` and
`resolved` then do what `ledger` does by itself: persons are known by the offices that all the reports teach.
`why` tells the rule and the sentences behind a status; `load_crisis` reads a crisis file.

    evidence   a report's events and bare denials as tellings
    stance     whether a telling asserts, denies or doubts, and on what
    bodies     in whose name a speaker speaks
    parties    whom a telling names, as keys for matching
    near       copies of a passage: MinHash to find them, runs of words to know them
    copies     corrections, in the report itself and in near copies of it
    blocks     at whom a telling looks: those told just before it, by party, place, name and report
    matching   how likely two tellings tell of one happening
    joining    which of the happenings told before it a telling joins
    linking    tellings -> happenings, all at once
    standing   origins, stance, standing, status
    promises   pledges, threats, predictions and what became of them
    scope      what lies inside a crisis, by its file's span and lists
    rivals     words taken back, rival versions
    register   the office holders that reports teach
    resolving  parties named by name alone, by the office that other reports give them
    stories    reports that tell of the same happenings
    build      one happening from its tellings
    laying     the same, kept up to date where reports touch it: parts, amends, by_hand, building over a shelf (disk)
    paged, sizes, pickled      long lists in pages, how much is held, records as bytes: what a shelf on disk is made of
    found      the happenings that were laid, on such a shelf
    counts, opposites, decisions, crisis, wording, tables      what their names say
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from brink.ledger import copies, decisions, linking, opposites, register, resolving
from brink.ledger.build import happening_of
from brink.ledger.crisis import crisis_text, load_crisis, parse_crisis
from brink.ledger.decisions import check as check_decision
from brink.ledger.disk import Disk
from brink.ledger.evidence import evidence_of
from brink.ledger.found import Found
from brink.ledger.laying import Changes, Laying
from brink.ledger.resolving import Book, resolved
from brink.ledger.scope import belongs, in_span
from brink.ledger.shelf import Memory, Shelf
from brink.ledger.stories import stories
from brink.ledger.why import why
from brink.records import CodedReport, Crisis, Decision, Happening

__all__ = [
    "Book",
    "Changes",
    "Disk",
    "Found",
    "Laying",
    "Memory",
    "Shelf",
    "check_decision",
    "crisis_text",
    "in_span",
    "ledger",
    "load_crisis",
    "parse_crisis",
    "register",
    "resolved",
    "stories",
    "why",
]


def ledger(
    coded: Iterable[CodedReport],
    crisis: Crisis | None = None,
    as_of: date | None = None,
    by_hand: Sequence[Decision] = (),
) -> tuple[Happening, ...]:
    """All happenings of a crisis as of a day; reports published later, or outside its span, are not looked at."""
    coded = (c for c in coded if in_span(c.report.published, crisis))
    known = [c for c in coded if as_of is None or c.report.published is None or c.report.published <= as_of]
    reports = list({c.report.id: c for c in sorted(known, key=_published)}.values())
    roll = resolving.roll_of(reports)
    reports = [resolving.resolved(c, roll) for c in reports]
    tellings = copies.corrected([e for c in reports for e in evidence_of(c)], reports)
    clock = as_of or max((c.report.published for c in reports if c.report.published), default=None)
    parts = decisions.partition(linking.happenings(tellings), by_hand)
    camps = decisions.crisis_with(crisis, by_hand)
    day = clock.toordinal() if clock else None
    found = [happening_of(part, camps, day) for part in parts if belongs(part, crisis)]
    return tuple(decisions.marked(opposites.linked(found), by_hand))


def _published(coded: CodedReport) -> tuple[str, str, str]:
    report = coded.report
    return report.published_at or (report.published.isoformat() if report.published else ""), report.id, report.text
