"""What is coded, and how: the part of a run that its rows depend on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from brink.errors import UsageError

SHARD = 500
"""Reports of a shard, unless the caller says otherwise: some ten seconds of one process."""


@dataclass(frozen=True, slots=True)
class Job:
    """Inputs and options. Two runs of equal jobs over unchanged inputs give the same rows.

    `published`, `outlet`: as for `brink code`; `register` and `config` are paths; `least` the confidence below which
    statements and events are left out. `limit` takes the first inputs (lines and files), `sample` that share of them,
    chosen by their hash; `since` leaves out reports published before that day or without a day. `size`: inputs a shard.
    Raises UsageError where one of them makes no sense.
    """

    inputs: tuple[str, ...]
    published: str | None = None
    outlet: str | None = None
    register: str | None = None
    config: str | None = None
    least: float = 0.0
    limit: int | None = None
    sample: float | None = None
    since: str | None = None
    size: int = SHARD

    def __post_init__(self) -> None:
        if self.size < 1 or (self.limit is not None and self.limit < 1):
            raise UsageError("The size of a shard and the limit must be 1 or more.")
        if self.sample is not None and not 0 < self.sample <= 1:
            raise UsageError(f"The sample must be a share above 0 and up to 1, not {self.sample:g}.")
        try:
            date.fromisoformat(self.since or "2000-01-01")
        except ValueError:
            raise UsageError(f"'{self.since}' is no day of the form YYYY-MM-DD; since wants one.") from None

    def record(self) -> dict[str, Any]:
        """The job as the manifest keeps it."""
        return asdict(self) | {"inputs": list(self.inputs)}


def job_of(record: Mapping[str, Any]) -> Job:
    """The job that a manifest tells of."""
    return Job(**{**record, "inputs": tuple(record["inputs"])})
