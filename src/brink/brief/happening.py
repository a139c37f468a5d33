"""One happening as an entry of the brief: head, why it has its status, whose word, counts, what is unknown, history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from brink.brief.content import Entry, Line
from brink.brief.names import clean, count, listed, named, opened, origin, table
from brink.brief.view import View, once, unique
from brink.brief.voices import Voices, names_of, only_outlets_tell_it_done, reports_of, sentence, voices
from brink.ledger.counts import is_known, standing_counts
from brink.records import Happening, Interval, Origin, OwnedQuantity

ORIGINS = 6
"""Origins of one happening that are named each on a line; more are counted."""


def entry(view: View, h: Happening, news: str = "") -> Entry:
    """A happening with all that the record holds on it, every line with its reports."""
    told = voices(h)
    heads = reports_of((*told.asserting, *told.denying)) or h.reports
    lines = [_reason(h, told), *_voices(view, h), *_counts(view, h), *_unknown(view, h), *_odds(view, h)]
    lines += [*_history(view, h), *_by_hand(h)]
    return Entry(Line(sentence(view, h), heads), tuple(lines), mark(h), news, h.status, h.id)


def mark(h: Happening) -> str:
    """A happening's status in the brief's words."""
    return str(table("words")["status"][h.status])


def _reason(h: Happening, told: Voices) -> Line:
    """Why it has its status: on how many origins it rests and of how many camps."""
    yes, no = len(names_of(told.asserting)), len(names_of(told.denying))
    reports = reports_of((*told.asserting, *told.denying)) or h.reports
    if h.standing == "contradicted":
        text = f"Asserted by {count(yes, 'origin')}, denied by {no}." if no else _blame(told)
    elif h.standing == "corroborated":
        text = f"Told by {count(yes or no, 'origin')} independently{_camps(told.asserting or told.denying)}."
    else:
        text = _claimed(h, told)
    return Line(text + _promise(h, told), reports, "why")


def _blame(told: Voices) -> str:
    return f"{count(len(names_of(told.asserting)), 'origin')} lay it to different actors."


def _claimed(h: Happening, told: Voices) -> str:
    if h.status == "retracted":
        return "Nobody who told it stands by it."
    seen = told.asserting or told.denying
    if not seen:
        return "No origin stands behind it today."
    if all(o.kind == "outlet" for o in seen) or only_outlets_tell_it_done(h):
        return "Told by outlets in their own voice only, which corroborates nothing."
    number = len(names_of(seen))
    verb = "Claimed" if told.asserting else "Denied"
    return f"{verb} by {count(number, 'origin')}{_camps(seen) if number > 1 else ''}."


def _camps(origins: Sequence[Origin]) -> str:
    camps = list(dict.fromkeys(o.camp for o in origins if o.camp))
    outside = len({o.name for o in origins if not o.camp})
    told = [f"camp{'s' if len(camps) > 1 else ''} {listed([clean(c) for c in camps])}"] if camps else []
    told += [f"{outside} outside all camps"] if outside else []
    return f" ({', '.join(told)})"


def _promise(h: Happening, told: Voices) -> str:
    """What the status rests on where it is a promise's."""
    if h.promise is None or h.status not in ("fulfilled", "not_fulfilled"):
        return ""
    by = h.promise.by or ""
    outcome = table("words")["outcome"][h.promise.outcome]
    alone = h.standing == "claimed" and {o.name for o in told.asserting} == {by} and not only_outlets_tell_it_done(h)
    return f" {opened(outcome)}{', by its own word only' if alone else ''}."


def _voices(view: View, h: Happening) -> Iterator[Line]:
    """A line for each body and what it says; rows of one body that say the same are one line."""
    rows: dict[tuple[str, str], list[Origin]] = defaultdict(list)
    for one in sorted(h.origins, key=lambda o: (o.until is not None, o.of != "outcome", o.stance, o.since or "")):
        rows[origin(one), _stance(h, one)].append(one)
    shown: set[str] = set()
    held = list(rows.items())
    for (_, label), one_body in held[:ORIGINS]:
        yield _voice(view, one_body, label, shown)
    if rest := held[ORIGINS:]:
        told = listed([f"{name} ({label})" for (name, label), _ in rest], len(rest))
        yield Line(f"{opened(told)}.", reports_of([o for _, one_body in rest for o in one_body]), "also")


def _voice(view: View, rows: Sequence[Origin], label: str, shown: set[str]) -> Line:
    """An origin with its camp, its relay, since when, and its newest sentence, which is not quoted twice."""
    held = (t for o in rows for t in o.tellings)
    tellings = sorted(held, key=lambda t: (view.published(t.report), t.event is not None))
    words = next((w for t in reversed(tellings) if (w := view.words(t)) and w not in shown), "")
    shown.add(words)
    return Line(f"{opened(_who(view, rows))}{': ' + words if words else '.'}", reports_of(rows), label)


def _who(view: View, rows: Sequence[Origin]) -> str:
    one = rows[0]
    relays = unique(clean(r) for o in rows for t in o.tellings for r in t.relay)
    since = min((o.since for o in rows if o.since), default="")
    until = "" if any(o.until is None for o in rows) else max(o.until or "" for o in rows)
    facts = [
        f"camp {clean(one.camp)}" if one.camp and one.camp not in (one.name, one.country) else "",
        "official not named" if all(o.anonymous for o in rows) and one.kind == "state" else "",
        "saw it" if one.kind == "witness" and not one.anonymous else "",
        f"through {listed([named(r) for r in relays])}" if relays else "",
        f"{_span(view, since, until)}" if since and until else f"since {view.day(since)}" if since else "",
    ]
    return f"{origin(one)} ({', '.join(filter(None, facts))})" if any(facts) else origin(one)


def _span(view: View, since: str, until: str) -> str:
    return view.days(Interval(since, until))


def _stance(h: Happening, one: Origin) -> str:
    if one.stance == "asserts" and h.promise is not None and one.of == "claim":
        return "announced" if one.name == h.promise.by and h.promise.kind != "prediction" else "foretold"
    verb = {"asserts": "says so", "denies": "denies", "doubts": "doubts"}[one.stance]
    return verb if one.until is None else {"asserts": "said so", "denies": "denied", "doubts": "doubted"}[one.stance]


def _counts(view: View, h: Happening) -> Iterator[Line]:
    """Counts side by side by owner; what an owner's later count replaced is named as earlier."""
    known = [q for q in h.quantity if is_known(q.quantity)]
    now = standing_counts(known)
    told = [_count(view, q) for q in now]
    if told:
        yield Line("; ".join(told) + ".", unique(q.report for q in now), "counts")
    former = [q for q in known if q not in now]
    if former:
        yield Line("; ".join(_count(view, q) for q in former) + ".", unique(q.report for q in former), "earlier")
    mute = [q for q in h.quantity if not is_known(q.quantity)]
    if mute and h.id not in view.admitted:
        yield Line("How many is not said.", unique(q.report for q in mute), "unknown")


def _count(view: View, q: OwnedQuantity) -> str:
    owner = opened(named(q.owner))
    told, kind = clean(q.quantity.text), q.quantity.kind
    unit = "" if kind.rstrip("s") in told.lower() or kind in ("money", "persons", "items") else f" {kind}"
    return f"{owner}: “{told}”{unit}" + (f" ({view.day(q.as_of)})" if q.as_of else "")


def _unknown(view: View, h: Happening) -> Iterator[Line]:
    for line in once(view.admitted.get(h.id, ())):
        asked = opened(table("words")["unknown"][line.label])
        yield Line(f"{asked}: {line.text}{closed(view, h, line)}", line.reports, "unknown")


def closed(view: View, h: Happening, line: Line) -> str:
    """The count that a teller of these reports gave later: "Since then: …"; "" where none did, or only "some"."""
    if line.label != "quantity":
        return ""
    day = max((view.published(r) for r in line.reports), default="")
    tellers = {o.name for o in h.origins for t in o.tellings if t.report in line.reports}
    later = [q for q in h.quantity if q.owner in tellers and day < (q.as_of or "") and (q.quantity.high or 0) > 0]
    return f" Since then: {_count(view, later[-1])}." if later else ""


def _odds(view: View, h: Happening) -> Iterator[Line]:
    others = [o for i in h.opposes if (o := view.by_id.get(i)) is not None]
    for one in others[:2]:
        yield Line(sentence(view, one), one.reports, "at odds")


def _history(view: View, h: Happening) -> Iterator[Line]:
    if len(h.history) > 1:
        steps = [f"{table('words')['status'][c.status]} ({view.day(c.date)})" for c in h.history if c.date]
        yield Line(" → ".join(steps), unique(b.report for c in h.history for b in c.because) or h.reports, "history")


def _by_hand(h: Happening) -> Iterator[Line]:
    if h.by_hand:
        yield Line(f"Decided by hand: {listed([clean(d) for d in h.by_hand])}.", h.reports, "by hand")
