"""Orders that lists stand in, the same for a ledger in memory and in tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from brink.brief.changes import RANK as RANK
from brink.records import CodedReport, OfficeHolding


def by_publication(one: dict[str, Any]) -> list[str]:
    """The order of lists of reports."""
    return [one["published_at"] or one["published"] or "", one["id"]]


def published(coded: CodedReport) -> str:
    """When a report was published, as exactly as it is known."""
    return coded.report.published_at or str(coded.report.published or "")


def first_offices(held: Iterable[tuple[CodedReport, OfficeHolding]]) -> list[tuple[CodedReport, OfficeHolding]]:
    """The first report that says each: who has held which office since when, as far as reports tell."""
    found: dict[tuple[str, str], tuple[CodedReport, OfficeHolding]] = {}
    for coded, one in sorted(held, key=lambda row: published(row[0])):
        found.setdefault((one.person, one.office), (coded, one))
    return list(found.values())
