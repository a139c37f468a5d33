"""Alerts that were raised, and how far each has come on its ways out.

An alert is about one subject and rewrites itself: its revision counts its wordings. A delivery knows the revision that
arrived last, so that a way out that is dead loses nothing: it is sent the newest wording once it lives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from brink.store.database import Database, new_key
from brink.store.feeds import Hold, tell
from brink.store.schema import ALERTS, DELIVERIES, WATCHED
from brink.store.words import storable

REMEMBERED = 1000
"""Sendings on a way of which the times are kept: the most that a limit can count."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. `subject` says what it is about, `sign` changes with what it says, `record` is what it says, as JSON.

    `raised` and `changed` are ISO 8601; `revision` is 1 for the first wording.
    """

    subject: str
    raised: str
    changed: str
    revision: int
    sign: str
    record: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """An alert that must go out on one way (`channel`). `sent` is the revision that arrived last, 0 for none."""

    key: int
    channel: str
    sent: int
    tries: int
    alert: Alert


class Alerts:
    """The alerts of a ledger. Every method is one transaction and raises StoreError where it cannot be done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> list[Alert]:
        """Give all alerts in the order in which they were raised."""
        with self._database.reading() as connection:
            return [_alert(row) for row in connection.execute(select(ALERTS).order_by(ALERTS.c.key))]

    def save(self, alerts: Iterable[tuple[Alert, Sequence[str]]]) -> int:
        """Keep new alerts and new wordings, each with its ways out, and tell how many were kept.

        One that another watcher raised or rewrote meanwhile stays as that one has it.
        """
        with self._database.writing() as connection:
            return sum(_save(connection, alert, channels) for alert, channels in alerts)

    def due(self, channels: Sequence[str], hold: Hold, most: int) -> list[Delivery]:
        """Hold deliveries on these ways that are due, and give them, the oldest news first."""
        free = or_(DELIVERIES.c.holder.is_(None), DELIVERIES.c.held_until <= hold.now)
        which = [DELIVERIES.c.channel.in_(channels), DELIVERIES.c.due <= hold.now, free]
        joined = DELIVERIES.join(ALERTS, ALERTS.c.key == DELIVERIES.c.alert)
        parts = [DELIVERIES.c[name] for name in ("key", "channel", "sent", "tries")]
        columns = [*parts, *(ALERTS.c[name] for name in Alert.__dataclass_fields__)]
        chosen = select(*columns).select_from(joined).where(*which, DELIVERIES.c.sent < ALERTS.c.revision)
        with self._database.writing() as connection:
            rows = connection.execute(chosen.order_by(ALERTS.c.changed, ALERTS.c.key).limit(most)).all()
            held = update(DELIVERIES).where(DELIVERIES.c.key.in_([row.key for row in rows]))
            connection.execute(held.values(holder=hold.holder, held_until=hold.now + hold.seconds))
            return [Delivery(row.key, row.channel, row.sent, row.tries, _alert(row)) for row in rows]

    def sent(self, delivery: Delivery, now: float) -> None:
        """Say that the alert arrived as it was given; a later wording is due at once."""
        values = {"sent": delivery.alert.revision, "sent_at": now, "tries": 0, "due": now, "trouble": None}
        with self._database.writing() as connection:
            _put(connection, delivery, values)
            times = [*_sent_on(connection, delivery.channel), now]
            tell(connection, _sendings(delivery.channel), json.dumps(times[-REMEMBERED:]))

    def failed(self, delivery: Delivery, trouble: str, due: float) -> None:
        """Say that the alert did not arrive, why, and when to try again."""
        with self._database.writing() as connection:
            _put(connection, delivery, {"trouble": storable(trouble), "tries": delivery.tries + 1, "due": due})

    def postponed(self, delivery: Delivery, due: float) -> None:
        """Let the alert wait until a time."""
        with self._database.writing() as connection:
            _put(connection, delivery, {"due": due})

    def sent_since(self, channel: str, since: float) -> list[float]:
        """Give when messages went out on a way since a time, the earliest first (seconds since 1970).

        Each wording is one; of more than `REMEMBERED` the last ones.
        """
        with self._database.reading() as connection:
            return sorted(at for at in _sent_on(connection, channel) if at > since)

    def waiting(self) -> dict[str, int]:
        """Count the alerts that still must go out, by way."""
        joined = DELIVERIES.join(ALERTS, ALERTS.c.key == DELIVERIES.c.alert)
        chosen = select(DELIVERIES.c.channel, func.count()).select_from(joined)
        with self._database.reading() as connection:
            rows = connection.execute(
                chosen.where(DELIVERIES.c.sent < ALERTS.c.revision).group_by(DELIVERIES.c.channel)
            )
            return {channel: int(number) for channel, number in rows}


def _put(connection: Connection, delivery: Delivery, values: dict[str, Any]) -> None:
    which = update(DELIVERIES).where(DELIVERIES.c.key == delivery.key)
    connection.execute(which.values(holder=None, held_until=0.0, **values))


def _sendings(channel: str) -> str:
    return f"sent on {channel}"


def _sent_on(connection: Connection, channel: str) -> list[float]:
    """When messages went out on a way, as far as that is remembered."""
    said = connection.scalar(select(WATCHED.c.value).where(WATCHED.c.name == _sendings(channel)))
    times: list[float] = json.loads(said) if said else []
    return times


def _save(connection: Connection, alert: Alert, channels: Sequence[str]) -> bool:
    values = {
        "raised": alert.raised,
        "changed": alert.changed,
        "revision": alert.revision,
        "sign": alert.sign,
        "record": storable(alert.record),
    }
    stored = connection.execute(select(ALERTS).where(ALERTS.c.subject == alert.subject)).first()
    if (stored.revision if stored else 0) != alert.revision - 1:
        return False
    if stored is None:
        key = new_key(connection, insert(ALERTS).values(subject=alert.subject, **values))
    else:
        key = int(stored.key)
        connection.execute(update(ALERTS).where(ALERTS.c.key == key).values(values))
    known = set(connection.scalars(select(DELIVERIES.c.channel).where(DELIVERIES.c.alert == key)))
    rows = [
        {"alert": key, "channel": channel, "sent": 0, "sent_at": 0.0, "tries": 0, "due": 0.0, "held_until": 0.0}
        for channel in dict.fromkeys(channels)
        if channel not in known
    ]
    if rows:
        connection.execute(insert(DELIVERIES), rows)
    return True


def _alert(row: Row[Any]) -> Alert:
    values = row._mapping
    return Alert(**{name: values[name] for name in Alert.__dataclass_fields__})
