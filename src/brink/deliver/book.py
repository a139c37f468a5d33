"""The book of alerts: what is met by rules -> new alerts, and new wordings of those that were raised before.

There is one alert for each happening, whichever rules it meets and however its id changes: an alert belongs to the
happening that holds most of its tellings.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from brink.deliver.matching import Met, met
from brink.deliver.rules import Rules
from brink.deliver.wording import Find, Record, band_record, happening_record, sign_of
from brink.records import Crisis, Happening
from brink.store import Alert

SAME_CHANGE = 4
"""Days by which a change point may move and still be the same one."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What rules are held against: the ledger as of a day, where to find its reports, the time `at` (ISO 8601)."""

    happenings: Sequence[Happening]
    crisis: Crisis | None
    as_of: date
    at: str
    find: Find


def revised(known: Iterable[Alert], rules: Rules, scene: Scene) -> list[tuple[Alert, list[str]]]:
    """New alerts and new wordings, each with the ways on which it goes out; what has no news is not among them."""
    book = {alert.subject: alert for alert in known}
    found = met(rules, scene.happenings, scene.crisis, scene.as_of)
    changed = _happenings(book, found, rules, scene)
    return changed + _bands(book, [one for one in found if one.happening is None], rules, scene)


def _happenings(
    book: Mapping[str, Alert], found: Sequence[Met], rules: Rules, scene: Scene
) -> list[tuple[Alert, list[str]]]:
    names: dict[str, list[str]] = {}
    for one in found:
        if one.happening is not None:
            names.setdefault(one.happening.id, []).append(one.rule.name)
    owners = _owners(book.values(), scene.happenings)
    alerted = {t for alert in book.values() for t in json.loads(alert.record).get("tellings", ())}
    changed = []
    for h in scene.happenings:
        before = owners.get(h.id)
        if before is None and (h.id not in names or _told_before(h, alerted)):
            continue
        record = json.loads(before.record) if before else {}
        rules_met = list(dict.fromkeys([*record.get("rules", ()), *names.get(h.id, ())]))
        sign = sign_of(h, rules_met)
        if before is None or before.sign != sign:
            told = happening_record(h, scene.crisis, scene.as_of.isoformat(), scene.find) | {"rules": rules_met}
            channels = rules.channels(rules.of(rules_met))
            changed.append((_alert(before, before.subject if before else h.id, sign, told, scene), channels))
    return changed


def _told_before(h: Happening, alerted: set[str]) -> bool:
    """Whether all its tellings stood in other alerts already: a happening that was parted is no news."""
    tellings = {f"{t.report}/{t.start}/{t.event}" for o in h.origins for t in o.tellings}
    return bool(tellings) and tellings <= alerted


def _owners(alerts: Iterable[Alert], happenings: Sequence[Happening]) -> dict[str, Alert]:
    """The alert of each happening: the one raised first among those that share most of its tellings."""
    where = {f"{t.report}/{t.start}/{t.event}": h.id for h in happenings for o in h.origins for t in o.tellings}
    there = {h.id for h in happenings}
    owners: dict[str, Alert] = {}
    for alert in alerts:
        record = json.loads(alert.record)
        shared = Counter(where[t] for t in record.get("tellings", ()) if t in where)
        ids = [alert.subject] if alert.subject in there else []
        best = max(sorted(shared), key=lambda id: shared[id], default=None)
        for id in [best] if best else ids:
            owners.setdefault(id, alert)
    return owners


def _bands(
    book: Mapping[str, Alert], found: Sequence[Met], rules: Rules, scene: Scene
) -> list[tuple[Alert, list[str]]]:
    changed = []
    seen = set(book)
    for one in found:
        if not any(_same_change(one.subject, subject) for subject in seen):
            seen.add(one.subject)
            told = band_record(one) | {"rules": [one.rule.name]}
            changed.append((_alert(None, one.subject, "", told, scene), rules.channels([one.rule])))
    return changed


def _same_change(one: str, other: str) -> bool:
    """Whether two subjects are one; a change point wanders by some days as more becomes known."""
    if one == other:
        return True
    name, _, day = one.rpartition(":")
    before, _, known = other.rpartition(":")
    if name != before or not name.startswith("change:"):
        return False
    return abs((date.fromisoformat(day) - date.fromisoformat(known)).days) <= SAME_CHANGE


def _alert(before: Alert | None, subject: str, sign: str, record: Record, scene: Scene) -> Alert:
    id = hashlib.sha256(subject.encode()).hexdigest()[:12]
    return Alert(
        subject=subject,
        raised=before.raised if before else scene.at,
        changed=scene.at,
        revision=before.revision + 1 if before else 1,
        sign=sign,
        record=json.dumps(record | {"id": id, "as_of": scene.as_of.isoformat()}, ensure_ascii=False),
    )
