"""Short coded reports written by hand, for the ledger's tests: one sentence each, as the coder would give them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from brink.codebook import quad, score
from brink.records import (
    Actor,
    CodedReport,
    Cue,
    Deed,
    Event,
    Place,
    Quantity,
    Relay,
    Report,
    Sentence,
    Span,
    Statement,
    TextLayout,
    TimeValue,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One report of one sentence. Parties are "RUS", "RUS MIL" or "Taliban@AFG REB"; `by` is the speaker.

    `deed` is a type with modes, and "not" where it is promised that the act will not be done.
    """

    id: str
    day: str
    text: str
    event: str
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    by: str | None = None
    mode: tuple[str, ...] = ()
    aux: tuple[str, ...] = ()
    deed: tuple[str, ...] | None = None
    cue: str = "say"
    place: str | None = None
    on: tuple[str, str] | None = None
    count: tuple[float | None, float | None] | None = None
    relay: tuple[str, ...] = ()
    outlet: str = "Harbour Times"
    title: str | None = None
    certainty: str = "certain"
    background: bool = field(default=False)


def actor(told: str, text: str) -> Actor:
    """A party as told above; its span is the whole sentence."""
    who, _, sectors = told.partition(" ")
    name, _, country = who.replace("_", " ").partition("@")
    state = len(name) == 3 and name.isupper() and not country
    code = name if state else (country or None)
    found = tuple(sectors.split(",")) if sectors else (("GOV",) if state else ())
    return Actor(0, len(text), text if state else name, name, None, code, found)


def coded(t: Told, *more: Told) -> CodedReport:
    """The report as the coder would give it; `more` are further events of the same sentence and speaker."""
    events = tuple(replace(_coded(one).events[0], id=f"e{i}") for i, one in enumerate((t, *more), 1))
    return replace(_coded(t), events=events)


def _coded(t: Told) -> CodedReport:
    whole = Span(0, len(t.text), t.text)
    statement = None
    if t.by is not None:
        relay = tuple(Relay(0, 1, name, name) for name in t.relay)
        statement = Statement("s1", actor(t.by, t.text), relay, Cue(0, 1, "said", t.cue), (whole,), "indirect", 1.0)
    modes = tuple(m for m in (t.deed or ())[1:] if m != "not")
    deed = Deed(t.deed[0], modes, None, None, None, "not" in t.deed) if t.deed else None
    place = Place(0, 1, t.place, t.place, None, None, None, None, None, "city") if t.place else None
    time = TimeValue(t.on[0], t.on[1], "day", t.text[:1], 0, 1) if t.on else None
    count = (Quantity(0, 1, "", "troops", t.count[0], t.count[1], "persons", False, "s1"),) if t.count else ()
    aux = (*t.aux, *(("historical",) if t.background else ()))
    event = Event(
        "e1", t.event, t.mode, (), aux, deed, whole, True, tuple(actor(a, t.text) for a in t.actor),
        tuple(actor(r, t.text) for r in t.recipient), place, time, count, t.certainty, "s1" if statement else None,
        None, score(t.event, t.mode), quad(t.event), 1.0,
    )  # fmt: skip
    report = Report(t.id, t.text, None, t.outlet, t.title, date.fromisoformat(t.day[:10]), "day", published_at=None)
    layout = TextLayout((Sentence(0, 0, 0, len(t.text), t.text),), None, ())
    statements = (statement,) if statement else ()
    return CodedReport(report, layout, (), statements, (event,), (), (), "test")
