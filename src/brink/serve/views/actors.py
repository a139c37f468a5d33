"""Actors and pairs of them: offices, statements, happenings, tension."""

from __future__ import annotations

from datetime import date

from brink.brief.names import clean, named, opened
from brink.brief.report import CLASS_WORDS, words
from brink.errors import UsageError
from brink.records import CodedReport, OfficeHolding, Statement
from brink.serve.filters import Filter
from brink.serve.links import Links
from brink.serve.moment import Moment
from brink.serve.naming import actor_named
from brink.serve.views import tension
from brink.serve.views.happening import source
from brink.serve.views.rows import Row, rows

SHOWN = 60
"""Statements and happenings that a page shows, the newest; the lists hold the rest."""


def actors(moment: Moment) -> tuple[list[Row], int]:
    """Everybody who acts, is acted upon or speaks, those of whom most is told first; and how many they are."""
    found = moment.actors()
    rows = [{"name": n, "label": opened(named(n)), "happenings": h, "statements": s} for n, h, s in found.items]
    return rows, found.total


def statements(moment: Moment, name: str, most: int) -> list[Row]:
    """What somebody says, by code or name, the newest first."""
    return [_statement(c, s) for c, s in moment.said(meant(moment, name), most).items]


def offices(moment: Moment, name: str) -> list[Row]:
    """Offices that somebody holds, or that are held for a state."""
    return [_office(c, o) for c, o in moment.offices(meant(moment, name))]


def actor(moment: Moment, name: str) -> Row | None:
    """One actor by country code or name, None where no report names it."""
    name = meant(moment, name)
    told = moment.listed(Filter(actor=name), None, SHOWN)
    said, held = moment.said(name, SHOWN), moment.offices(name)
    if not (told.items or said.items or held):
        return None
    return {
        "name": name,
        "label": opened(named(name)),
        "camp": moment.crisis.camp_of(name),
        "offices": [_office(c, o) for c, o in held],
        "pairs": tension.pairs(moment, name, 12),
        "happenings": rows(moment, told.items),
        "happenings_total": told.total,
        "statements": [_statement(c, s) for c, s in said.items],
        "statements_total": said.total,
    }


def meant(moment: Moment, name: str) -> str:
    """The name under which an actor is listed who is called `name`, that itself where nobody is."""
    try:
        return actor_named(name, moment.named)
    except UsageError:
        return name


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
    one, other = sorted(meant(moment, name) for name in (one, other))
    names = (one, other)
    view = moment.glance(since, None)
    told = moment.of_pair(names)
    if not told.items:
        return None
    return {
        **tension.drawing(moment, names, view, links),
        "names": list(names),
        "labels": [opened(named(n)) for n in names],
        "bands": tension.points(tension.courses(moment, names, since)),
        "happenings": rows(moment, told.items),
        "happenings_total": told.total,
    }
