"""Which happenings a list shows, what else there is to choose from, and one page of them at a time."""

from __future__ import annotations

import base64
import binascii
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from brink.brief.names import named, opened, table
from brink.chronicle.rows import names_of
from brink.codebook import EventType, Quad, quad
from brink.errors import UsageError
from brink.records import Happening
from brink.serve.words import words

STATUSES = (
    "claimed", "corroborated", "contradicted", "planned", "overdue", "fulfilled", "not_fulfilled", "retracted",
)  # fmt: skip
FACETS = ("status", "event", "quad", "actor", "place")
KNOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "status": ("status", STATUSES),
    "event": ("event type", tuple(EventType)),
    "quad": ("class", tuple(Quad)),
}
"""Filters whose values are fixed: what each is called, and its values."""
MOST = 12
"""Values of a facet that are offered."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; None for anything. `since` and `until` bound the days on which it changed."""

    status: str | None = None
    event: str | None = None
    quad: str | None = None
    actor: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Raises UsageError, in one sentence, where a status, type or class is none, or the period is upside down."""
        for name, (said, values) in KNOWN.items():
            given = getattr(self, name)
            if given and given not in values:
                raise UsageError(f"There is no {said} '{given}'; choose one of {', '.join(values)}.")
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"The period begins on {self.since}, after its end on {self.until}.")

    def chosen(self) -> dict[str, str]:
        """What was asked for, by name."""
        known = {name: getattr(self, name) for name in (*FACETS, "since", "until")}
        return {name: str(value) for name, value in known.items() if value}


def chosen(happenings: Iterable[Happening], by: Filter) -> list[Happening]:
    """The happenings that a filter lets through, the newest first."""
    found = [h for h in happenings if _fits(h, by)]
    return sorted(found, key=lambda h: (h.first or "", h.id), reverse=True)


def _fits(h: Happening, by: Filter) -> bool:
    wanted = ((name, getattr(by, name)) for name in FACETS)
    return all(value in _values(h, name) for name, value in wanted if value) and _within(h, by)


def _within(h: Happening, by: Filter) -> bool:
    if not (by.since or by.until):
        return True
    since, until = str(by.since or ""), str(by.until or "9999")
    told = [h.first, *(c.date for c in h.history), *(o.since for o in h.origins)]
    return any(since <= day[:10] <= until for day in told if day)


def _values(h: Happening, facet: str) -> tuple[str, ...]:
    """What a happening is filed under."""
    if facet == "actor":
        return names_of(h)
    if facet == "place":
        return (h.place.name,) if h.place else ()
    return (str(quad(h.event)) if facet == "quad" else getattr(h, facet),)


def facets(by: Filter, counted: Callable[[str, Filter], Mapping[str, int]]) -> list[dict[str, Any]]:
    """What a list could be narrowed to, each value with the number of happenings that it would leave.

    `counted` gives the values of a facet with their numbers, for a filter that leaves the facet itself out.
    """
    found = []
    for name in FACETS:
        rows = [
            {"value": value, "label": value, "count": number, "chosen": value == getattr(by, name)}
            for value, number in counted(name, replace(by, **{name: None})).items()
        ]
        rows.sort(key=lambda row: (-row["count"], row["value"]))
        kept = [r | {"label": label(name, r["value"])} for at, r in enumerate(rows) if at < MOST or r["chosen"]]
        found.append({"name": name, "values": kept, "more": len(rows) - len(kept)})
    return found


def values(happenings: Iterable[Happening], name: str) -> Counter[str]:
    """The values of a facet with the number of happenings of each."""
    return Counter(value for h in happenings for value in _values(h, name))


def label(facet: str, value: str) -> str:
    """A facet's value in words."""
    if facet == "status":
        return str(table("words")["status"].get(value, value))
    if facet == "quad":
        return str(words()["quad"].get(value, value))
    return opened(named(value)) if facet in ("actor", "place") else value


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list; `cursor` asks for what follows, None at its end. `total` may be cut off (`at_least`)."""

    items: list[Any]
    total: int
    cursor: str | None
    at_least: bool = False


def paged(items: Sequence[Any], key: Callable[[Any], Any], cursor: str | None, limit: int) -> Page:
    """The `limit` items after the one that `cursor` names; an item that has gone does not upset the rest.

    `items` stand in falling order of `key`, a list of texts. Raises UsageError where `cursor` was not given by us.
    """
    after = read_cursor(cursor)
    rest = [item for item in items if after is None or key(item) < after]
    shown = rest[:limit]
    more = len(rest) > limit
    return Page(shown, len(items), cursor_after(key(shown[-1])) if more and shown else None)


def cursor_after(key: Any) -> str:
    """The cursor that asks for what follows the item with this key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None) -> list[str] | None:
    """The key of the item after which a page begins. Raises UsageError where the cursor was not given by us."""
    if not cursor:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, UnicodeError, binascii.Error):
        found = None
    if not isinstance(found, list) or not all(isinstance(part, str) for part in found):
        raise UsageError("The cursor is none that this list gave; begin again without one.")
    return found


def by_day(h: Happening) -> list[str]:
    """The order of lists of happenings, as `paged` wants it."""
    return [h.first or "", h.id]
