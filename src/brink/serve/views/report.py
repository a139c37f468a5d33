"""One report: its text with marks, and what the coder read in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from brink.brief.names import clean, table
from brink.brief.report import CLASS_WORDS, QUOTED_WORDS, event_line, who, words
from brink.export.records import to_record
from brink.records import CodedReport, Event, Marking, Statement
from brink.serve.highlight import paragraphs
from brink.serve.moment import Moment
from brink.serve.views.happening import place, source
from brink.serve.views.rows import Row, codes, row
from brink.store import Version


def report(
    moment: Moment, coded: CodedReport, versions: Sequence[Version] = (), markings: Sequence[Marking] = ()
) -> Row:
    """Everything a report yields; `text` comes in paragraphs of pieces that say which codings lie on them, `markings`
    are those of the codings shown, by their ids."""
    one, dateline = coded.report, coded.layout.dateline
    shown = _shown(versions, moment.day)
    return {
        "id": one.id,
        **source(coded),
        "url": one.url if one.url and one.url.lower().startswith(("http://", "https://")) else None,
        "published_at": one.published_at,
        "dateline": asdict(dateline) if dateline else None,
        "kept": moment.kept.get(one.id, "full"),
        "text": [[asdict(piece) for piece in held] for held in paragraphs(coded)],
        "statements": [_statement(s) for s in coded.statements],
        "events": [_event(moment, coded, e) for e in coded.events],
        "unknowns": _unknowns(coded),
        "offices": [_office(coded, n) for n in range(len(coded.offices))],
        "happenings": [row(moment, h) for h in moment.telling_of(one.id)],
        "versions": [asdict(v) for v in shown],
        "markings": _markings(coded, shown_sha(versions, moment.day), markings),
        "coder": coded.coder,
        "record": to_record(coded),
    }


def _shown(versions: Sequence[Version], day: date) -> list[Version]:
    return [v for v in versions if v.valid_from is None or v.valid_from <= day.isoformat()]


def shown_sha(versions: Sequence[Version], day: date) -> str:
    """The hash of the text that a report has as of a day, "" where it has none."""
    shown = _shown(versions, day)
    return shown[-1].text_sha if shown else ""


def _markings(coded: CodedReport, sha: str, markings: Sequence[Marking]) -> dict[str, list[Row]]:
    """What readers say of these very codings: a report read anew begins without any."""
    found: dict[str, list[Row]] = {}
    for m in markings:
        if (m.text_sha, m.coder) == (sha, coded.coder):
            said = {"verdict": m.verdict, "user": m.user, "at": m.at, "note": m.note}
            found.setdefault(m.coding, []).append(said)
    return found


def _statement(s: Statement) -> Row:
    return {
        "id": s.id,
        "who": clean(who(s.speaker)),
        "name": s.speaker.name if s.speaker else None,
        "class": s.cue.cue_class if s.cue else "say",
        "verb": CLASS_WORDS[s.cue.cue_class] if s.cue else "is quoted",
        "cue": s.cue.text if s.cue else None,
        "relay": [clean(r.name) for r in s.relay],
        "quoted": s.quoted,
        "quoted_words": QUOTED_WORDS[s.quoted],
        "words": clean(words(s.content)),
        "confidence": s.confidence,
    }


def _event(moment: Moment, coded: CodedReport, e: Event) -> Row:
    return {
        "id": e.id,
        "line": clean(event_line(e)),
        **codes(e.event, e.mode),
        "context": list(e.context),
        "auxiliary": list(e.auxiliary),
        "trigger": clean(e.trigger.text),
        "main": e.main,
        "certainty": e.certainty,
        "statement": e.statement,
        "where": place(e.place),
        "time": {"start": e.time.start, "end": e.time.end, "text": clean(e.time.text)} if e.time else None,
        "quantity": [clean(q.text) for q in e.quantity],
        "confidence": e.confidence,
        "happening": moment.of_event(coded.report.id, e.id),
    }


def _unknowns(coded: CodedReport) -> list[Row]:
    asked = table("words")["unknown"]
    return [
        {
            "id": f"u{n}",
            "attribute": u.attribute,
            "asked": asked[u.attribute],
            "text": clean(u.text),
            "about": u.about,
            "statement": u.statement,
        }
        for n, u in enumerate(coded.unknowns, 1)
    ]


def _office(coded: CodedReport, number: int) -> dict[str, Any]:
    one = coded.offices[number]
    return {"person": one.person, "office": one.office, "country": one.country}
