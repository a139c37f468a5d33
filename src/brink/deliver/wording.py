"""What an alert says: the brief's words on one happening, with the reports they rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from brink.brief import Material, admissions
from brink.brief.happening import entry
from brink.brief.names import clean, named
from brink.brief.view import View
from brink.deliver.matching import Met
from brink.records import CodedReport, Crisis, Happening

Find = Callable[[str], CodedReport | None]
Record = dict[str, Any]


def happening_record(h: Happening, crisis: Crisis | None, as_of: str, find: Find) -> Record:
    """What there is to say of a happening: sentences, each somebody's word, and the reports it rests on."""
    coded = [c for c in (find(id) for id in h.reports) if c is not None]
    material = Material((h,), {c.report.id: c.report for c in coded}, admissions(coded))
    view = View(material, crisis or Crisis("", None, None, ()), "", as_of, (), {h.id: h})
    told = entry(view, h)
    return {
        "title": told.head.text,
        "mark": told.mark,
        "lines": [f"{line.label}: {line.text}" if line.label else line.text for line in told.lines],
        "happening": h.id,
        "event": h.event,
        "status": h.status,
        "standing": h.standing,
        "phase": h.phase,
        "tellings": sorted(f"{t.report}/{t.start}/{t.event}" for o in h.origins for t in o.tellings),
        "reports": [_report(c) for c in coded],
    }


def _report(coded: CodedReport) -> Record:
    report = coded.report
    return {
        "id": report.id,
        "outlet": clean(report.outlet or "") or None,
        "title": clean(report.title or "") or None,
        "url": clean(report.url or "") or None,
        "published": report.published.isoformat() if report.published else None,
    }


def band_record(one: Met) -> Record:
    """What there is to say of a pair's tension."""
    kind, pair, line, *_ = one.subject.split(":")
    names = " and ".join(named(name) for name in pair.split("-", 1))
    told = {"words": "Words", "deeds": "Deeds"}[line]
    return {"title": f"{told} between {names}: the band {one.text}.", "mark": kind, "lines": [], "reports": []}


def sign_of(h: Happening, rules: Iterable[str]) -> str:
    """A sign that changes when there is news of a happening: its status, who says what of it, which rules it meets."""
    said = sorted((o.name, o.stance, o.of, o.on, o.until is None) for o in h.origins)
    outcome = h.promise.outcome if h.promise else None
    parts = (h.event, h.status, h.standing, h.phase, outcome, sorted(h.contradicted_on), said, sorted(rules))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def plain_text(record: Mapping[str, Any]) -> str:
    """An alert as a person reads it."""
    lines = [f"{record['title']} [{record['mark']}]", *(f"  {line}" for line in record["lines"])]
    lines += [f"  {' · '.join(filter(None, _cited(report)))}" for report in record["reports"]]
    return "\n".join(lines)


def _cited(report: Mapping[str, Any]) -> list[str | None]:
    return [report["published"], report["outlet"], report["title"], report["url"] or report["id"]]
