"""Counts of a happening side by side, by owner and day; they never touch whether it occurred."""

from __future__ import annotations

from collections.abc import Sequence

from brink.ledger.evidence import Evidence
from brink.records import OwnedQuantity, Quantity


def counts_of(tellings: Sequence[Evidence]) -> tuple[OwnedQuantity, ...]:
    """One row per owner, kind, day and value, in order of telling."""
    found: dict[tuple[str, str, str | None, float | None, float | None], OwnedQuantity] = {}
    for e in tellings:
        if e.stance != "asserts" and e.on != "quantity":
            continue  # who denies the act gives no count of it
        for quantity in e.event.quantity:
            key = (e.body.name, quantity.kind, e.published, quantity.low, quantity.high)
            found.setdefault(key, OwnedQuantity(quantity, e.body.name, e.published, e.telling.report))
    return tuple(found.values())


def standing_counts(rows: Sequence[OwnedQuantity]) -> tuple[OwnedQuantity, ...]:
    """The range that stands: each owner's latest count of a kind."""
    latest: dict[tuple[str, str], OwnedQuantity] = {}
    for row in rows:
        key = (row.owner, row.quantity.kind)
        if key not in latest or (row.as_of or "") >= (latest[key].as_of or ""):
            latest[key] = row
    return tuple(latest.values())


def is_known(quantity: Quantity) -> bool:
    """Whether a count says anything: "did not say how many" has neither bound."""
    return quantity.low is not None or quantity.high is not None
