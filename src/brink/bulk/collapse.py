"""One-a-day: of events with one day, actors, recipients and type, only the first in the input stays.

The old way of event data against many papers telling of one event. It knows nothing of origins and denials; the ledger
does. A dataset's own tables are never collapsed, only what is released from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from brink.records import Actor, CodedReport, Event


def one_a_day(reports: Iterable[CodedReport]) -> Iterator[CodedReport]:
    """The reports with the events that are the first of their kind; an event without any day stays.

    Events seen are held as eight bytes each.
    """
    seen: set[bytes] = set()
    for coded in reports:
        kept = []
        for event in coded.events:
            key = _key(event, coded)
            if key is None or key not in seen:
                kept.append(event)
            if key is not None:
                seen.add(key)
        yield replace(coded, events=tuple(kept))


def _key(event: Event, coded: CodedReport) -> bytes | None:
    day = event.time.start if event.time and event.time.start else coded.report.published
    if day is None:
        return None
    modal = "/".join(sorted(event.auxiliary))
    parts = [str(day), event.event, modal, _parties(event.actor), _parties(event.recipient)]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest()


def _parties(actors: Iterable[Actor]) -> str:
    return ";".join(sorted({f"{a.country or a.name}:{a.sector[0] if a.sector else ''}" for a in actors}))
