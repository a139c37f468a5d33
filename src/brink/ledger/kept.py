"""What a report brings to the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from brink.ledger.blocks import Ref
from brink.ledger.copies import Notice, notices
from brink.ledger.evidence import Evidence, evidence_of
from brink.records import CodedReport


@dataclass(frozen=True, slots=True)
class Kept:
    """A report's tellings in order, and its notices; `day` is that of its publication (ordinal)."""

    report: str
    outlet: str | None
    day: int | None
    tellings: tuple[Evidence, ...]
    notices: tuple[Notice, ...]

    @property
    def refs(self) -> dict[Ref, Evidence]:
        """Its tellings by their places in the ledger."""
        return {(*e.key, number): e for number, e in enumerate(self.tellings)}


def kept_of(coded: CodedReport) -> Kept:
    """What a coded report brings."""
    report = coded.report
    day = report.published.toordinal() if report.published else None
    return Kept(report.id, report.outlet, day, tuple(evidence_of(coded)), tuple(notices([coded])))
