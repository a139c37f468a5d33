"""Alerts onto their ways: quiet hours, so many in a time, again and again until each has arrived."""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from brink.deliver.book import Scene, revised
from brink.deliver.rules import Quiet, Rules, Way
from brink.deliver.ways import send
from brink.errors import DeliveryError, StoreError
from brink.settings import Settings
from brink.store import Delivery, Hold, Store

log = logging.getLogger(__name__)

LEASE = 120.0
MOST = 50
FIRST_WAIT, LONGEST_WAIT = 10.0, 3600.0
"""Seconds until a way that failed is tried again: first, and at most."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What sends alerts: a ledger, rules, settings, the name under which it holds what it sends."""

    store: Store
    rules: Rules
    settings: Settings
    holder: str


def note(desk: Desk, scene: Scene) -> int:
    """Hold the rules against the ledger and keep new alerts and new wordings; tells how many. Raises StoreError."""
    return desk.store.alerts.save(revised(desk.store.alerts.every(), desk.rules, scene))


def send_due(desk: Desk, clock: Callable[[], float] = time.time) -> int:
    """Send what is due, each alert once; tells how many arrived.

    What did not arrive is tried again later, for ever. An alert leaves the ledger's list only once its way took it, so
    that one who is killed in between sends it again, with the same id and revision. Raises StoreError.
    """
    arrived = 0
    ways = {way.name: way for way in desk.rules.ways}
    for delivery in desk.store.alerts.due(list(ways), Hold(desk.holder, clock(), LEASE), MOST):
        later = _not_before(desk, delivery, clock())
        if later is not None:
            desk.store.alerts.postponed(delivery, later)
        else:
            arrived += _send(desk, ways[delivery.channel], delivery, clock)
    return arrived


def keep_sending(desk: Desk, stopped: Callable[[], bool]) -> None:
    """Send what is due, about once a second, until `stopped`. A ledger that cannot be reached is waited for."""
    pause = 1.0
    while not stopped():
        try:
            send_due(desk)
            pause = 1.0
        except StoreError as error:
            log.warning("Alerts wait: %s", error)
            pause = min(pause * 2, 30.0)
        until = time.monotonic() + pause
        while not stopped() and time.monotonic() < until:
            time.sleep(0.2)


def _send(desk: Desk, way: Way, delivery: Delivery, clock: Callable[[], float]) -> int:
    book = desk.store.alerts.every() if way.kind == "atom" else []
    try:
        send(way, delivery.alert, book, desk.settings)
    except DeliveryError as error:
        wait = min(FIRST_WAIT * 2.0 ** min(delivery.tries, 12), LONGEST_WAIT) * random.uniform(0.9, 1.1)
        log.warning("An alert waits %.0f s for the way '%s': %s", wait, way.name, error)
        desk.store.alerts.failed(delivery, str(error), clock() + wait)
        return 0
    desk.store.alerts.sent(delivery, clock())
    return 1


def _not_before(desk: Desk, delivery: Delivery, now: float) -> float | None:
    """When a delivery may go out, None for at once. A file that is read is neither loud nor too much."""
    rules = desk.rules
    way = next(way for way in rules.ways if way.name == delivery.channel)
    if way.kind == "atom":
        return None
    urgent = any(rule.urgent for rule in rules.of(json.loads(delivery.alert.record)["rules"]))
    if not urgent and rules.quiet is not None and (end := quiet_until(rules.quiet, now)) is not None:
        return end
    if rules.most:
        sent = desk.store.alerts.sent_since(delivery.channel, now - 60 * rules.minutes)
        if len(sent) >= rules.most:
            return sent[-rules.most] + 60 * rules.minutes
    return None


def quiet_until(quiet: Quiet, now: float) -> float | None:
    """The end of the quiet hours in which `now` lies (seconds since 1970), None if it lies in none."""
    local = datetime.fromtimestamp(now, quiet.zone)
    clock = local.time().replace(tzinfo=None)
    spans = quiet.begin > quiet.end
    if not (quiet.begin <= clock < quiet.end or (spans and (clock >= quiet.begin or clock < quiet.end))):
        return None
    day = local.date() + timedelta(days=1 if spans and clock >= quiet.begin else 0)
    return datetime.combine(day, quiet.end, quiet.zone).timestamp()
