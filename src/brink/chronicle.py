"""Reports into a kept ledger, and the ledger's happenings brought up to date.

`read_in` codes what the store does not know yet and enters it; `settle` lays all reports into happenings again and
keeps them. A report that was read before costs neither coding nor change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from brink import ledger, pipeline
from brink.records import Crisis, Happening, Register, Rejection, Report
from brink.store import Store, text_sha


def read_in(store: Store, items: Iterable[Report | Rejection], register: Register) -> Iterator[str]:
    """Enter reports and rejections one by one and tell what became of each.

    "new", "same", "version" or "recoded" as `Store.add` says, "rejected" for a rejection. Raises StoreError where the
    ledger cannot be written; what was entered before stands.
    """
    coder = pipeline.coder(register)
    for item in items:
        if isinstance(item, Rejection):
            store.reject(item)
            yield "rejected"
        elif store.known(item.id, text_sha(item.text), coder):
            yield "same"
        else:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            yield store.add(pipeline.annotate_one(item, register), now)


def settle(store: Store, crisis: Crisis | None = None, as_of: date | None = None) -> tuple[Happening, ...]:
    """Happenings of all reports in the store as of a day, decisions by hand included; kept only without `as_of`."""
    coded = store.coded(as_of.isoformat() if as_of else None)
    found = ledger.ledger(coded, crisis, as_of, store.decisions())
    if as_of is None:
        store.save_happenings(found)
    return found


def told(outcomes: Iterable[str]) -> str:
    """One sentence on what was read: "12 new, 3 same, 1 rejected"."""
    counted = Counter(outcomes)
    order = ("new", "version", "recoded", "same", "rejected")
    return ", ".join(f"{counted[name]} {name}" for name in order if counted[name]) or "nothing to read"
