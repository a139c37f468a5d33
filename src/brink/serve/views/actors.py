"""Actors and pairs of them: offices, statements, happenings, tension."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from brink.brief.names import clean, named, opened
from brink.brief.report import CLASS_WORDS, words
from brink.brief.view import View
from brink.errors import UsageError
from brink.records import CodedReport, Happening, OfficeHolding, Statement
from brink.serve.filters import Filter, by_day, chosen
from brink.serve.links import Links
from brink.serve.moment import Moment, keys_of
from brink.serve.naming import actor_named
from brink.serve.views import tension
from brink.serve.views.happening import source
from brink.serve.views.rows import Row, rows

SHOWN = 60
"""Statements and happenings that a page shows, the newest; the lists hold the rest."""


def actors(moment: Moment) -> list[Row]:
    """Everybody who acts, is acted upon or speaks, those of whom most is told first."""
    acting: Counter[str] = Counter(key for h in moment.happenings for key in _parties(h))
    speaking: Counter[str] = Counter(name for _, s in _statements(moment) for name in _speakers(s))
    found = [
        {"name": n, "label": opened(named(n)), "happenings": acting[n], "statements": speaking[n]}
        for n in acting.keys() | speaking.keys()
    ]
    return sorted(found, key=lambda r: (-int(str(r["happenings"])), -int(str(r["statements"])), str(r["name"])))


def _parties(h: Happening) -> set[str]:
    return {key for p in (*h.actor, *h.recipient) for key in keys_of(p)}


def _statements(moment: Moment) -> Iterator[tuple[CodedReport, Statement]]:
    for coded in moment.reports.values():
        for one in coded.statements:
            yield coded, one


def _speakers(s: Statement) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (s.speaker.name, s.speaker.country)))) if s.speaker else ()


def actor(moment: Moment, name: str) -> Row | None:
    """One actor by country code or name, None where no report names it."""
    name = _meant(moment, name)
    told = chosen(moment.happenings, Filter(actor=name))
    said = [(c, s) for c, s in _statements(moment) if name in _speakers(s)]
    held = [(c, o) for c in moment.reports.values() for o in c.offices if name in (o.person, o.country)]
    if not (told or said or held):
        return None
    said.sort(key=lambda row: _published(row[0]), reverse=True)
    near = Counter(w.pair for w in moment.weighed if name in w.pair)
    return {
        "name": name,
        "label": opened(named(name)),
        "camp": moment.crisis.camp_of(name),
        "offices": [_office(c, o) for c, o in _unique(held)],
        "pairs": [
            {"pair": list(p), "label": tension.pair_label(moment, p), "count": n} for p, n in near.most_common(12)
        ],
        "happenings": rows(moment, sorted(told, key=by_day, reverse=True)[:SHOWN]),
        "happenings_total": len(told),
        "statements": [_statement(c, s) for c, s in said[:SHOWN]],
        "statements_total": len(said),
    }


def _meant(moment: Moment, name: str) -> str:
    """The name under which an actor is listed who is called `name`, that itself where nobody is."""
    speaking = {one for _, s in _statements(moment) for one in _speakers(s)}
    holding = {o.person for c in moment.reports.values() for o in c.offices}
    try:
        return actor_named(name, moment.acting | speaking | holding)
    except UsageError:
        return name


def _published(coded: CodedReport) -> str:
    return coded.report.published_at or str(coded.report.published or "")


def _unique(held: list[tuple[CodedReport, OfficeHolding]]) -> list[tuple[CodedReport, OfficeHolding]]:
    """The first report that says each: who has held which office since when, as far as reports tell."""
    found: dict[tuple[str, str], tuple[CodedReport, OfficeHolding]] = {}
    for coded, one in sorted(held, key=lambda row: _published(row[0])):
        found.setdefault((one.person, one.office), (coded, one))
    return list(found.values())


def _office(coded: CodedReport, one: OfficeHolding) -> Row:
    inside = (s for s in coded.layout.sentences if s.start <= one.start and one.end <= s.end)
    held = next(inside, None)
    return {
        "person": one.person,
        "office": one.office,
        "country": one.country,
        "report": coded.report.id,
        **source(coded),
        "sentence": clean(held.text if held else coded.report.text[one.start : one.end]),
    }


def _statement(coded: CodedReport, s: Statement) -> Row:
    return {
        "report": coded.report.id,
        **source(coded),
        "id": s.id,
        "speaker": clean(s.speaker.name) if s.speaker else None,
        "office": s.speaker.office if s.speaker else None,
        "verb": CLASS_WORDS[s.cue.cue_class] if s.cue else "is quoted",
        "relay": [clean(r.name) for r in s.relay],
        "quoted": s.quoted,
        "words": clean(words(s.content)),
    }


def pair(moment: Moment, one: str, other: str, links: Links, since: date | None = None) -> Row | None:
    """Two actors: their tension, and the happenings that it rests on; None where nothing is told of both."""
    one, other = sorted(_meant(moment, name) for name in (one, other))
    names = (one, other)
    view: View = moment.window(since, None)
    own = dict.fromkeys(w.happening for w in moment.weighed if w.pair == names)
    if not own:
        return None
    told = sorted((moment.by_id[i] for i in own), key=by_day, reverse=True)
    return {
        **tension.drawing(moment, names, view, links),
        "names": list(names),
        "labels": [opened(named(n)) for n in names],
        "bands": tension.points(tension.courses(moment, names, since)),
        "happenings": rows(moment, told),
    }
