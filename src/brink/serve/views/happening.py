"""One happening: its status and why, each telling with relay chain and quote, counts, unknowns, history."""

from __future__ import annotations

from brink.brief import Admission
from brink.brief.happening import mark
from brink.brief.names import clean, named, opened, origin, table
from brink.brief.report import who
from brink.brief.voices import sentence
from brink.codebook import cameo_loss, quad
from brink.errors import CodebookError
from brink.export.happenings import to_record
from brink.ledger import why
from brink.records import CodedReport, Happening, Origin, OwnedQuantity, Place, Report, StatusChange, Telling
from brink.serve.moment import Moment
from brink.serve.views.rows import Row, row
from brink.serve.words import words


def happening(moment: Moment, h: Happening) -> Row:
    """All that the record holds on a happening."""
    reasons = list(why(h, {}))
    return row(moment, h) | {
        "rule": reasons[1].removeprefix("Rule: "),
        "would_change": words()["change"].get(h.status),
        "cameo_loses": _loss(h),
        "where": place(h.place),
        "origins": [_origin(moment, o) for o in _ordered(h)],
        "counts": [_count(moment, q) for q in h.quantity],
        "unknown": [_unknown(moment, a) for a in moment.admitted(h)],
        "at_odds": [_other(moment, o) for i in h.opposes if (o := moment.by_id.get(i)) is not None],
        "history": [_change(moment, c) for c in h.history],
        "record": to_record(h),
    }


def _ordered(h: Happening) -> list[Origin]:
    """Those who stand first, those who say so before those who deny, the outcome before the claim."""
    order = {"asserts": 0, "denies": 1, "doubts": 2}
    return sorted(h.origins, key=lambda o: (o.until is not None, order[o.stance], o.of != "outcome", o.since or ""))


def _loss(h: Happening) -> str | None:
    try:
        return cameo_loss(h.event, h.mode)
    except CodebookError:
        return None


def place(one: Place | None) -> Row | None:
    """A place, as exactly as it was told."""
    if one is None:
        return None
    names = ("name", "country", "admin1", "lat", "lon", "geonameid", "precision")
    return {name: getattr(one, name) for name in names}


def _origin(moment: Moment, o: Origin) -> Row:
    return {
        "name": o.name,
        "label": opened(origin(o)),
        "country": o.country,
        "kind": o.kind,
        "camp": o.camp,
        "anonymous": o.anonymous,
        "stance": o.stance,
        "stance_words": words()["stance"][o.stance],
        "on": o.on,
        "of": o.of,
        "since": o.since,
        "until": o.until,
        "tellings": [_telling(moment, t) for t in o.tellings],
    }


def _telling(moment: Moment, t: Telling) -> Row:
    """One telling: who published it, through whom it came, whose words, and the sentence with what is around it."""
    held = moment.reports.get(t.report)
    said, event = moment.statement(t.report, t.statement), moment.event(t.report, t.event)
    return {
        "report": t.report,
        **source(held),
        "event": t.event,
        "statement": t.statement,
        "relay": [clean(name) for name in t.relay],
        "speaker": clean(who(said.speaker)) if said and said.speaker else None,
        "cue": said.cue.text if said and said.cue else None,
        "cue_class": said.cue.cue_class if said and said.cue else None,
        "quoted": said.quoted if said else None,
        "confidence": event.confidence if event else said.confidence if said else None,
        "quote": _quote(held, t, (event.trigger.start, event.trigger.end) if event else None),
    }


def source(held: CodedReport | None) -> Row:
    """Who published a report and when."""
    return published(held.report if held else None)


def published(report: Report | None) -> Row:
    """The same of a report that is not opened."""
    return {
        "outlet": report.outlet if report else None,
        "title": report.title if report else None,
        "published": report.published.isoformat() if report and report.published else None,
    }


def _quote(held: CodedReport | None, t: Telling, trigger: tuple[int, int] | None) -> Row | None:
    """The sentence in parts: before, the words that tell the event, after; and the sentences on both sides."""
    if held is None:
        return None
    text, sentences = held.report.text, held.layout.sentences
    at = next((i for i, s in enumerate(sentences) if s.start <= t.start < s.end), None)
    start, end = trigger if trigger and t.start <= trigger[0] and trigger[1] <= t.end else (t.end, t.end)
    near = sentences[at].paragraph if at is not None else -1
    earlier = at is not None and at > 0 and sentences[at - 1].paragraph == near
    later = at is not None and at + 1 < len(sentences) and sentences[at + 1].paragraph == near
    return {
        "before": clean(sentences[at - 1].text) if at is not None and earlier else "",
        "head": _cut(text[t.start : start]),
        "trigger": _cut(text[start:end]),
        "tail": _cut(text[end : t.end]),
        "after": clean(sentences[at + 1].text) if at is not None and later else "",
    }


def _cut(text: str) -> str:
    """`clean` that keeps one blank at either end, so that parts of a sentence can be joined."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return left + clean(text) + right


def _count(moment: Moment, q: OwnedQuantity) -> Row:
    one = q.quantity
    return {
        "owner": q.owner,
        "label": opened(named(q.owner)),
        "as_of": q.as_of,
        "report": q.report,
        "outlet": source(moment.reports.get(q.report))["outlet"],
        "text": clean(one.text),
        "kind": one.kind,
        "low": one.low,
        "high": one.high,
        "unit": one.unit,
        "approximate": one.approximate,
    }


def _unknown(moment: Moment, admission: Admission) -> Row:
    return {
        "attribute": admission.attribute,
        "asked": table("words")["unknown"][admission.attribute],
        "text": clean(admission.text),
        "report": admission.report,
        **source(moment.reports.get(admission.report)),
    }


def _other(moment: Moment, other: Happening) -> Row:
    return {
        "id": other.id,
        "sentence": sentence(moment.view, other),
        "status": other.status,
        "mark": mark(other),
        "quad": quad(other.event).value,
    }


def _change(moment: Moment, c: StatusChange) -> Row:
    cited = []
    for one in c.because:
        held = moment.reports.get(one.report)
        told = clean(held.report.text[one.start : one.end]) if held else ""
        cited.append({"report": one.report, **source(held), "text": told})
    return {"date": c.date, "status": c.status, "mark": table("words")["status"][c.status], "because": cited}
