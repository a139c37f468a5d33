"""Happenings and reports as laid -> the tables that pages read (`schema_laid`), each state with the days it holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, delete, func, insert, select, text, update

from brink.store.reading import holds
from brink.store.schema import CODINGS, VERSIONS
from brink.store.schema_laid import (
    ALWAYS,
    FILED,
    LAID,
    LAID_ACTS,
    LAID_DAYS,
    LAID_NAMES,
    LAID_ORIGINS,
    LAID_PAIRS,
    LAID_RECORDS,
    LAID_REPORTS,
    LAID_SAID,
    LAID_TELLINGS,
    LAYINGS,
)
from brink.store.words import sha

AT_ONCE = 500
Tallied = tuple[tuple[str, str, int], ...]
"""What something counts under: kind, name, how often."""


@dataclass(frozen=True, slots=True)
class Laying:
    """What a ledger was laid with (hashes of camps and decisions), from what (`mark`, `taken`), up to which day."""

    camps: str
    clock: str
    mark: int
    taken: str
    decisions: str
    sign: str = ""
    key: int = 0


@dataclass(frozen=True, slots=True)
class LaidHappening:
    """A happening with all that pages find it by; `values` are columns of `laid`, and its `record`."""

    id: str
    values: Mapping[str, Any]
    names: tuple[str, ...]
    acts: tuple[str, ...]
    told: str | None
    days: Mapping[str, bool]
    pairs: tuple[tuple[str, str, str, str, float, float], ...]
    tellings: tuple[tuple[str, str | None], ...]
    tallied: Tallied

    @property
    def sign(self) -> str:
        """What tells one state of a happening from another."""
        return sha(repr((self.values["record"], self.pairs, self.tallied)))[:16]


@dataclass(frozen=True, slots=True)
class LaidReport:
    """A report with what lists show of it; `said` are its statements' numbers with the speaker's code or name."""

    id: str
    values: Mapping[str, Any]
    said: tuple[tuple[int, str], ...]
    tallied: Tallied


@dataclass(frozen=True, slots=True)
class Step:
    """What changed by laying the ledger as of a day: states that are new, ids that are gone, origins met first.

    `outside` are reports that do not belong to it, whatever they did before. `reports` stand in the version that holds
    as of a day, the newest where it is None.
    """

    laying: Laying
    happenings: Sequence[LaidHappening]
    gone: Sequence[str]
    reports: Sequence[LaidReport]
    outside: Sequence[str]
    origins: Mapping[str, str]
    as_of: str | None = None


def found(connection: Connection, camps: str) -> Laying | None:
    """What is kept of a ledger laid with these camps, None for nothing."""
    row = connection.execute(select(LAYINGS).where(LAYINGS.c.camps == camps)).mappings().first()
    return Laying(**row) if row else None


def drop(connection: Connection, camps: str) -> None:
    """Take away what is kept of a ledger laid with these camps."""
    connection.execute(delete(LAYINGS).where(LAYINGS.c.camps == camps))


def begin(connection: Connection, camps: str) -> str:
    """Take away what is kept of a ledger laid with these camps, and give the sign for the first step."""
    drop(connection, camps)
    values = {"camps": camps, "clock": "", "mark": 0, "taken": "", "decisions": "", "sign": uuid4().hex}
    connection.execute(insert(LAYINGS).values(values))
    return str(values["sign"])


def signs(connection: Connection, key: int) -> dict[str, str]:
    """Ids and signs of the happenings that hold now."""
    chosen = select(LAID.c.happening, LAID.c.sign).where(LAID.c.laying == key, LAID.c.until == ALWAYS)
    return {row.happening: row.sign for row in connection.execute(chosen)}


def behind(connection: Connection, key: int, as_of: str | None) -> tuple[str, ...]:
    """Reports of which another coding was laid, or none, than the one that holds as of a day, None for the newest."""
    laid = (LAID_REPORTS.c.laying == key) & (LAID_REPORTS.c.until == ALWAYS)
    same = (LAID_REPORTS.c.coding == CODINGS.c.key) & (LAID_REPORTS.c.report == VERSIONS.c.report)
    held = VERSIONS.join(CODINGS, (CODINGS.c.version == VERSIONS.c.key) & CODINGS.c.current)
    chosen = select(VERSIONS.c.report).select_from(held.outerjoin(LAID_REPORTS, same & laid))
    missing = connection.scalars(chosen.where(holds(as_of), LAID_REPORTS.c.key.is_(None)))
    there = select(VERSIONS.c.key).where(VERSIONS.c.report == LAID_REPORTS.c.report, holds(as_of)).exists()
    return tuple(sorted({*missing, *connection.scalars(select(LAID_REPORTS.c.report).where(laid, ~there))}))


def write(connection: Connection, step: Step) -> str | None:
    """Keep a step and give the sign for the next; None, and nothing done, where others wrote since `laying.sign`."""
    kept = found(connection, step.laying.camps)
    if kept is None or kept.sign != step.laying.sign:
        return None
    day, counted = step.laying.clock, Counter[tuple[str, str]]()
    for some in _slices(step.happenings):
        _close(connection, LAID, kept.key, day, ([h.id for h in some], "happening"), counted)
        _enter(connection, kept.key, day, some, counted)
    for gone in _slices(step.gone):
        _close(connection, LAID, kept.key, day, (gone, "happening"), counted)
    for out in _slices(step.outside):
        _close(connection, LAID_REPORTS, kept.key, day, (out, "report"), counted)
    for told in _slices(step.reports):
        _close(connection, LAID_REPORTS, kept.key, day, ([r.id for r in told], "report"), counted)
        _enter_reports(connection, kept.key, (day, step.as_of), told, counted)
    _tally(connection, kept.key, day, counted)
    _enter_origins(connection, kept.key, step.origins)
    new = {name: getattr(step.laying, name) for name in ("clock", "mark", "taken", "decisions")}
    sign = uuid4().hex
    connection.execute(update(LAYINGS).where(LAYINGS.c.key == kept.key).values(**new, sign=sign))
    return sign


def _slices(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def _close(
    connection: Connection, table: Table, key: int, day: str, which: tuple[Sequence[str], str],
    counted: Counter[tuple[str, str]],
) -> None:  # fmt: skip
    """States that hold no longer: until the day before; one that came the same day was never seen on any."""
    ids, name = which
    holds = (table.c.laying == key, table.c[name].in_(ids), table.c.until == ALWAYS)
    tallied = LAID_RECORDS.c.tallied if table is LAID else table.c.tallied
    source = LAID.join(LAID_RECORDS) if table is LAID else table
    chosen = select(table.c.key, table.c.since, tallied).select_from(source)
    rows = connection.execute(chosen.where(*holds)).all()
    for row in rows:
        for kind, what, number in json.loads(row.tallied):
            counted[kind, what] -= number
    same = [row.key for row in rows if row.since >= day]
    if same:
        connection.execute(delete(table).where(table.c.key.in_(same)))
    if former := [row.key for row in rows if row.since < day]:
        connection.execute(update(table).where(table.c.key.in_(former)).values(until=day))
        if table is LAID:
            for beside in (LAID_PAIRS, LAID_NAMES):
                connection.execute(update(beside).where(beside.c.laid.in_(former)).values(until=day))


def _enter(
    connection: Connection, laying: int, day: str, some: Iterable[LaidHappening], counted: Counter[tuple[str, str]]
) -> None:
    key = connection.scalar(select(func.max(LAID.c.key))) or 0
    rows: dict[Table, list[dict[str, Any]]] = {
        table: [] for table in (LAID, LAID_RECORDS, LAID_NAMES, LAID_ACTS, LAID_DAYS, LAID_PAIRS, LAID_TELLINGS)
    }
    for one in some:
        key += 1
        of, at = {"laid": key, "laying": laying}, {"first": one.values["first"], "happening": one.id}
        record, columns = one.values["record"], {name: v for name, v in one.values.items() if name != "record"}
        state = {"key": key, "laying": laying, "happening": one.id, "since": day, "until": ALWAYS, "sign": one.sign}
        rows[LAID].append(state | columns)
        rows[LAID_RECORDS].append({"laid": key, "tallied": json.dumps(one.tallied), "record": record})
        filed = {name: one.values[name] for name in FILED} | {"since": day, "until": ALWAYS}
        rows[LAID_NAMES] += [{**of, **at, **filed, "name": name} for name in one.names]
        if one.told:
            act = {"event": one.values["event"], "told": one.told, "happening": one.id}
            rows[LAID_ACTS] += [{**of, **act, "actor": name} for name in one.acts]
        rows[LAID_DAYS] += [{**of, "day": on, "moved": moved} for on, moved in one.days.items()]
        names = ("one", "other", "line", "day", "low", "high")
        holds = {"happening": one.id, "since": day, "until": ALWAYS}
        rows[LAID_PAIRS] += [{**of, **holds, **dict(zip(names, pair, strict=True))} for pair in one.pairs]
        rows[LAID_TELLINGS] += [
            {**of, "number": number, "report": report, "event": event}
            for number, (report, event) in enumerate(one.tellings)
        ]
        _count(counted, one.tallied)
    for table, held in rows.items():
        if held:
            connection.execute(insert(table), held)


def _enter_reports(
    connection: Connection, laying: int, days: tuple[str, str | None], told: Sequence[LaidReport],
    counted: Counter[tuple[str, str]],
) -> None:  # fmt: skip
    day, as_of = days
    key = connection.scalar(select(func.max(LAID_REPORTS.c.key))) or 0
    joined = VERSIONS.join(CODINGS, (CODINGS.c.version == VERSIONS.c.key) & CODINGS.c.current)
    chosen = select(VERSIONS.c.report, CODINGS.c.key).select_from(joined)
    meant = chosen.where(VERSIONS.c.report.in_([r.id for r in told]), holds(as_of))
    coded = {row.report: row.key for row in connection.execute(meant)}
    reports, said = [], []
    for one in told:
        key += 1
        reports.append({
            "key": key, "laying": laying, "report": one.id, "since": day, "until": ALWAYS,
            "coding": coded.get(one.id, 0), "tallied": json.dumps(one.tallied), **one.values,
        })  # fmt: skip
        said += [
            {"laid": key, "number": number, "name": name, "laying": laying, "at": one.values["at"]}
            for number, name in one.said
        ]
        _count(counted, one.tallied)
    connection.execute(insert(LAID_REPORTS), reports)
    if said:
        connection.execute(insert(LAID_SAID), said)


def _count(counted: Counter[tuple[str, str]], tallied: Tallied) -> None:
    for kind, name, number in tallied:
        counted[kind, name] += number


_ADD = text(
    "INSERT INTO tallies (laying, kind, grain, period, name, n) VALUES (:laying, :kind, :grain, :period, :name, :n) "
    "ON CONFLICT (laying, kind, grain, period, name) DO UPDATE SET n = tallies.n + excluded.n"
)


def _tally(connection: Connection, laying: int, day: str, counted: Mapping[tuple[str, str], int]) -> None:
    rows = [
        {"laying": laying, "kind": kind, "grain": grain, "period": day[:grain], "name": name, "n": number}
        for (kind, name), number in counted.items()
        if number
        for grain in (4, 7, 10)
    ]
    if rows:
        connection.execute(_ADD, rows)


def _enter_origins(connection: Connection, laying: int, origins: Mapping[str, str]) -> None:
    """What an origin is stands as it was told first."""
    for names in _slices(list(origins)):
        chosen = select(LAID_ORIGINS.c.name).where(LAID_ORIGINS.c.laying == laying, LAID_ORIGINS.c.name.in_(names))
        known = set(connection.scalars(chosen))
        new = [{"laying": laying, "name": name, "record": origins[name]} for name in names if name not in known]
        if new:
            connection.execute(insert(LAID_ORIGINS), new)
