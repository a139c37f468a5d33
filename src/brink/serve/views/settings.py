"""The settings in force and where each comes from, and the crises that may be chosen."""

from __future__ import annotations

from brink.records import Crisis
from brink.serve.desk import Desk, key_of
from brink.serve.views.rows import Row
from brink.settings import InForce
from brink.store import shown_address


def settings(desk: Desk) -> Row:
    """Nothing of it can be changed here; passwords in addresses are left out."""
    return {
        "day": desk.day.isoformat(),
        "today": desk.as_of is None,
        "settings": [_setting(one) for one in desk.settings],
        "crises": [_crisis(one) for one in desk.crises.values()],
    }


def _setting(one: InForce) -> Row:
    row = one.row
    value = shown_address(str(one.value)) if row.name == "db" and one.value else one.value
    return {
        "name": row.name, "value": value, "source": one.source, "default": row.default, "variable": row.variable,
        "help": row.help,
    }  # fmt: skip


def _crisis(one: Crisis) -> Row:
    camps: dict[str, list[str]] = {}
    for actor, camp in one.camps:
        camps.setdefault(camp, []).append(actor)
    return {"key": key_of(one), "name": one.name, "since": one.since, "until": one.until, "camps": camps}
