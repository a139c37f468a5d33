"""The day at which a watched ledger stands: now, a day that was named, or the newest publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """`kind`: "now", "published" (the clock runs with the items' dates) or "fixed", which stands at `day`."""

    kind: str = "now"
    day: date | None = None

    def today(self) -> date | None:
        """The day the ledger stands at; None stands for its newest publication."""
        if self.kind == "now":
            return datetime.now(UTC).date()
        return self.day
