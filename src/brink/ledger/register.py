"""The register that reports teach: who holds which office by their own words, and from which day on.

It is for a person to look over and give to `--register`. What the ledger itself makes of it: `resolving`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TextIO

from brink.records import CodedReport

COLUMNS = ("person", "office", "country", "sectors", "since", "until")


@dataclass(frozen=True, slots=True)
class Taught:
    """An office holder as reports tell it: first and last day, how many reports, the first one's words."""

    person: str
    office: str
    country: str | None
    sectors: tuple[str, ...]
    first: date | None
    last: date | None
    reports: int
    words: str


def taught(reports: Iterable[CodedReport]) -> list[Taught]:
    """All office holders that reports name with their office, by person and office; the order of reports is free."""
    found: dict[tuple[str, str, str | None], list[tuple[date | None, str, str]]] = {}
    sectors: dict[str, tuple[str, ...]] = {}
    for coded in reports:
        report = coded.report
        sectors |= {m.name: m.sector for m in coded.mentions if m.sector and m.name not in sectors}
        for office in coded.offices:
            told = report.published, report.id, report.text[office.start : office.end]
            found.setdefault((office.person, office.office, office.country), []).append(told)
    return [
        _taught(*key, rows, sectors.get(key[0], ())) for key, rows in sorted(found.items(), key=lambda x: str(x[0]))
    ]


def _taught(
    person: str, office: str, country: str | None, rows: list[tuple[date | None, str, str]], sectors: tuple[str, ...]
) -> Taught:
    days = sorted(d for d, _, _ in rows if d is not None)
    first = min(rows, key=lambda r: (r[0] or date.max, r[1]))
    named = len({report for _, report, _ in rows})
    return Taught(
        person, office, country, sectors, days[0] if days else None, days[-1] if days else None, named, first[2]
    )


def write(rows: Iterable[Taught], out: TextIO) -> int:
    """Write them as CSV that `--register` reads back, and give their number.

    Each holds from the first day of its words on; when an office ended, no report says by naming its holder.
    """
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    count = 0
    for row in rows:
        since = row.first.isoformat() if row.first else "-"
        table.writerow([row.person, row.office, row.country or "-", ";".join(row.sectors) or "-", since, "-"])
        count += 1
    return count
