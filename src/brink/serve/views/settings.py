"""The settings in force and where each comes from, and the crises that may be chosen."""

from __future__ import annotations

from brink.records import Crisis
from brink.serve.desk import Desk
from brink.serve.views.rows import Row
from brink.settings import InForce
from brink.store import shown_address


def settings(desk: Desk) -> Row:
    """Settings are not changed here, crises may be added; passwords in addresses are left out."""
    return {
        "day": desk.day.isoformat(),
        "today": desk.as_of is None,
        "settings": [_setting(one) for one in desk.settings],
        "crises": crises(desk),
    }


def crises(desk: Desk) -> list[Row]:
    """The crises that may be chosen, those with which the server was started first; the file of those that were added
    on the pages, with who added it and when."""
    added = {one.id: one for one in desk.store.offered() if one.id not in desk.named}
    rows = []
    for key, one in desk.crises.items():
        told = added.get(key)
        by = {"text": told.text, "user": told.user, "at": told.at} if told else {"text": None, "user": None, "at": None}
        rows.append({"key": key, **_crisis(one), "added": told is not None, **by})
    return rows


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
    lists = {name: list(getattr(one, name)) for name in ("actors", "places", "words")}
    return {"name": one.name, "since": one.since, "until": one.until, "camps": camps, **lists}
