"""What stands in each list that is no list of happenings; data/serve/lists.toml tells the columns."""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from importlib import resources
from typing import Any

from brink.export.markings import to_line
from brink.export.parquet import Column
from brink.serve.moment import Moment, PairName
from brink.serve.views.rows import Row
from brink.serve.views.tension import courses, pairs
from brink.store import Store
from brink.store.pages import refused

REFUSED = 100_000
"""Refused inputs that a file lists."""
PAIRS = 10_000


@functools.cache
def columns(name: str) -> tuple[Column, ...]:
    """The columns of a list."""
    return tuple(Column(*row) for row in _lists()[name]["columns"])


def about(name: str) -> str:
    """What the rows of a list are."""
    return str(_lists()[name]["help"])


@functools.cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("brink") / "data/serve/lists.toml").read_text("utf-8"))


def reports(moment: Moment, outlet: str | None) -> Iterator[Row]:
    """Reports (of an outlet), the newest first."""
    cursor: str | None = None
    while True:
        found = moment.listed_reports(outlet, cursor, 200)
        yield from found.items
        cursor = found.cursor
        if cursor is None:
            return


def stories(moment: Moment) -> Iterator[Row]:
    """Stories, the latest first."""
    return (asdict(one) for one in reversed(moment.stories()))


def pairs_of(moment: Moment, name: str) -> Iterator[Row]:
    """The pairs of an actor."""
    found = pairs(moment, name, PAIRS)
    return ({"one": p["pair"][0], "other": p["pair"][1], **p} for p in found)


def tension(moment: Moment, pair: PairName, since: date | None) -> Iterator[Row]:
    """The points of a pair's bands."""
    for band in courses(moment, pair, since):
        yield from ({"line": band.line, **asdict(point)} for point in band.points)


def rejections(store: Store) -> Iterator[Row]:
    """Refused inputs."""
    return (asdict(one) for one in refused(store, REFUSED))


def markings(store: Store) -> list[Row]:
    """Codings marked right or wrong, as training data, the newest first."""
    lines = [line for one, coded in store.marked() if (line := to_line(one, coded))]
    return sorted(lines, key=marked_at, reverse=True)


def marked_at(line: Row) -> list[str]:
    """The order of lists of markings."""
    report = line["report"]
    return [line["at"], report["id"], report["text_sha"], line["coder"], line["id"], line["user"]]


def marked(store: Store) -> Iterator[Row]:
    """The same in columns."""
    for line in markings(store):
        held = line["sentence"]
        yield line | {"report": line["report"]["id"], "sentence": held["text"] if held else None}


def alerts(store: Store) -> Iterator[Row]:
    """Alerts that a watch raised, the newest first."""
    for one in reversed(store.alerts.every()):
        told = json.loads(one.record)
        known = {name: getattr(one, name) for name in ("subject", "raised", "changed", "revision")}
        lists = {"rules": told.get("rules", []), "lines": told["lines"], "reports": _ids(told["reports"])}
        yield known | {"title": told["title"], "mark": told.get("mark")} | lists


def _ids(reports: Iterable[Mapping[str, Any]]) -> Sequence[str]:
    return [str(one["id"]) for one in reports]
