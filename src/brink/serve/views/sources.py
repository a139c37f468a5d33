"""Outlets, agencies and origins: what they told first and what was later disputed. Counts alone, no ratings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from brink.brief.names import clean, opened, origin
from brink.records import Happening
from brink.serve.moment import Moment
from brink.serve.views.rows import Row


def sources(moment: Moment) -> Row:
    """Three tables, those told of most first."""
    return {
        "as_of": moment.day.isoformat(),
        "outlets": _outlets(moment),
        "agencies": _agencies(moment),
        "origins": _origins(moment),
    }


def _outlets(moment: Moment) -> list[Row]:
    reports = Counter(_outlet(moment, id) for id in moment.reports)
    told, first, disputed = Counter[str](), Counter[str](), Counter[str]()
    for h in moment.happenings:
        outlets = {_outlet(moment, r) for r in h.reports}
        told.update(outlets)
        disputed.update(outlets if h.status == "contradicted" else ())
        first.update([_outlet(moment, h.reports[0])] if h.reports else [])
    return [
        {"name": n, "reports": c, "happenings": told[n], "first": first[n], "disputed": disputed[n]}
        for n, c in reports.most_common()
    ]


def _outlet(moment: Moment, report: str) -> str:
    held = moment.reports.get(report)
    return clean(held.report.outlet) if held and held.report.outlet else ""


def _agencies(moment: Moment) -> list[Row]:
    """Who stands in relay chains: how many statements and reports came through each."""
    statements, reports = Counter[str](), defaultdict[str, set[str]](set)
    outlets = defaultdict[str, set[str]](set)
    for coded in moment.reports.values():
        for name in (clean(r.name) for s in coded.statements for r in s.relay):
            statements[name] += 1
            reports[name].add(coded.report.id)
            outlets[name].add(_outlet(moment, coded.report.id))
    return [
        {"name": n, "statements": c, "reports": len(reports[n]), "outlets": sorted(outlets[n])}
        for n, c in statements.most_common()
    ]


def _origins(moment: Moment) -> list[Row]:
    """In whose name is spoken: what each asserts and denies, and what others deny of what it asserts."""
    rows: dict[str, Row] = {}
    for h in moment.happenings:
        for name, found in _stances(h):
            held = rows.setdefault(name, _empty(h, name))
            for key in found:
                held[key] += 1
    return sorted(rows.values(), key=lambda r: (-r["asserts"], -r["denies"], r["name"]))


def _empty(h: Happening, name: str) -> Row:
    one = next(o for o in h.origins if o.name == name)
    numbers = dict.fromkeys(("asserts", "denies", "doubts", "first", "disputed", "revised"), 0)
    return {"name": name, "label": opened(origin(one)), "kind": one.kind, "camp": one.camp, **numbers}


def _stances(h: Happening) -> Iterator[tuple[str, Iterable[str]]]:
    """Each origin of a happening with what it counts under; `revised`: it has since said something else."""
    earliest = min((o.since for o in h.origins if o.since), default=None)
    for name in dict.fromkeys(o.name for o in h.origins):
        mine = [o for o in h.origins if o.name == name]
        found = {o.stance for o in mine}
        found |= {"first"} if any(o.since == earliest and o.stance == "asserts" for o in mine) else set()
        others = any(o.name != name and o.stance == "denies" for o in h.origins)
        found |= {"disputed"} if others and "asserts" in found else set()
        found |= {"revised"} if any(o.until for o in mine) else set()
        yield name, found
