"""One coded report -> a brief that can be acted on within a minute, as text or as JSON.

Brink never says what is true: a brief says who says what and through whom, what the outlet tells in its own voice,
what nobody knows, and what was set aside.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from brink.coding.countries import country_name
from brink.records import Actor, CodedReport, Event, Span, Statement

CLASS_WORDS = {
    "say": "says", "claim": "claims", "confirm": "confirms", "deny": "denies", "doubt": "doubts", "warn": "warns",
    "threaten": "threatens", "accuse": "accuses", "promise": "promises", "ask": "asks", "predict": "predicts",
}  # fmt: skip
QUOTED_WORDS = {"direct": "word for word", "mixed": "partly word for word", "indirect": "in paraphrase"}


def brief_text(coded: CodedReport, width: int = 96) -> str:
    """The brief as plain text, wrapped at `width` columns."""
    parts = [_head(coded, width), *_statements(coded, width), *_events(coded, width)]
    parts += [*_unknowns(coded, width), *_offices(coded, width), *_furniture(coded, width)]
    return "\n\n".join(parts) + "\n"


def brief_record(coded: CodedReport) -> dict[str, Any]:
    """The brief as JSON-ready data: the same lines, by section, with ids that lead back to the records."""
    return {
        "outlet": coded.report.outlet,
        "published": coded.report.published.isoformat() if coded.report.published else None,
        "place": coded.layout.dateline.place if coded.layout.dateline else None,
        "title": coded.report.title,
        "statements": [_statement_record(s) for s in coded.statements],
        "events": [{"id": e.id, "line": event_line(e), "statement": e.statement} for e in coded.events],
        "unknowns": [{"attribute": u.attribute, "text": u.text, "about": u.about} for u in coded.unknowns],
        "furniture": [coded.report.text[f.start : f.end] for f in coded.layout.furniture],
    }


def _statement_record(s: Statement) -> dict[str, Any]:
    return {
        "id": s.id,
        "who": who(s.speaker),
        "class": s.cue.cue_class if s.cue else "say",
        "through": [r.name for r in s.relay],
        "quoted": s.quoted,
        "words": words(s.content),
        "confidence": s.confidence,
    }


def who(actor: Actor | None) -> str:
    """A party in one phrase: name, office, country and sectors, as far as the report tells them."""
    if actor is None:
        return "Nobody named"
    name = actor.name or actor.text
    told = [actor.office or "", country_name(actor.country) if actor.country else "", ", ".join(actor.sector)]
    details = "; ".join(t for t in told if t and t != name)
    return f"{name} ({details})" if details else name


def words(content: Sequence[Span]) -> str:
    """The content of a statement on one line."""
    return " … ".join(" ".join(c.text.split()) for c in content)


def event_line(e: Event) -> str:
    """An event in one line: who, what, to whom, where, when, how many, and how it is told."""
    parties = ", ".join(who(a) for a in e.actor) or "somebody not named"
    line = f"{parties}: {e.event}{_in_brackets(e.mode)}"
    if e.recipient:
        line += " towards " + ", ".join(who(a) for a in e.recipient)
    if e.deed:
        line += f", namely {'not ' if e.deed.negation else ''}{e.deed.event}{_in_brackets(e.deed.mode)}"
    where = f" in {e.place.name}" if e.place else ""
    when = f", {_when(e)}" if e.time else ""
    count = "".join(f", {q.text}" for q in e.quantity)
    told = [*e.auxiliary, *([] if e.certainty == "certain" else [e.certainty])]
    return f"{line}{where}{when}{count}{_in_brackets(told)}"


def _when(e: Event) -> str:
    if e.time is None or e.time.start is None:
        return f"“{e.time.text}” (no date resolved)" if e.time else ""
    return e.time.start if e.time.start == e.time.end else f"{e.time.start} to {e.time.end or '…'}"


def _in_brackets(parts: Sequence[str]) -> str:
    return f" [{', '.join(parts)}]" if parts else ""


def _wrap(text: str, width: int, first: str, rest: str) -> str:
    return textwrap.fill(text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False)


def _head(coded: CodedReport, width: int) -> str:
    report, dateline = coded.report, coded.layout.dateline
    published = report.published.isoformat() if report.published else "no publication date given"
    place = f"written in {dateline.place}" if dateline and dateline.place else "place of writing not told"
    agency = f"carrying {dateline.agency}" if dateline and dateline.agency else ""
    facts = " · ".join(x for x in (report.outlet or "outlet not given", published, place, agency) if x)
    return "\n".join(_wrap(x, width, "", "  ") for x in (report.title or "", facts) if x)


def _statements(coded: CodedReport, width: int) -> Iterator[str]:
    groups = {
        "QUOTED WORD FOR WORD": [s for s in coded.statements if s.quoted == "direct"],
        "IN PARAPHRASE, OR QUOTED IN PART": [s for s in coded.statements if s.quoted != "direct"],
    }
    for title, group in groups.items():
        if group:
            yield "\n".join([title, *(_statement(s, width) for s in group)])


def _statement(s: Statement, width: int) -> str:
    verb = CLASS_WORDS[s.cue.cue_class] if s.cue else "is quoted"
    relay = f", through {' and '.join(r.name for r in s.relay)}" if s.relay else ""
    cue = f" “{s.cue.text}”" if s.cue else ""
    head = _wrap(f"{s.id}. {who(s.speaker)} {verb}{cue}{relay}:", width, "  ", "      ")
    return head + "\n" + _wrap(words(s.content), width, "      ", "      ")


def _section(title: str, lines: Sequence[str], width: int, mark: str = "") -> Iterator[str]:
    """A titled section with one wrapped entry a line; nothing where there are no entries."""
    if lines:
        rest = " " * (len(mark) + 2 if mark else 6)
        yield "\n".join([title, *(_wrap(line, width, f"  {mark}", rest) for line in lines)])


def _events(coded: CodedReport, width: int) -> Iterator[str]:
    told = [f"{e.id}. {event_line(e)} — told in {e.statement}" for e in coded.events if e.statement]
    own = [f"{e.id}. {event_line(e)}" for e in coded.events if e.statement is None]
    yield from _section("EVENTS THAT SOMEBODY TELLS", told, width)
    yield from _section("EVENTS IN THE OUTLET'S OWN VOICE", own, width)


def _unknowns(coded: CodedReport, width: int) -> Iterator[str]:
    lines = []
    for u in coded.unknowns:
        about = f", about {u.about}" if u.about else ""
        lines.append(f"{u.attribute}{about}: “{' '.join(u.text.split())}”")
    yield from _section("NOT KNOWN", lines, width, "- ")


def _offices(coded: CodedReport, width: int) -> Iterator[str]:
    lines = []
    for o in coded.offices:
        country = f", {country_name(o.country)}" if o.country else ""
        lines.append(f"{o.person}: {o.office}{country}")
    yield from _section("OFFICES AS THE REPORT GIVES THEM", lines, width, "- ")


def _furniture(coded: CodedReport, width: int) -> Iterator[str]:
    text = coded.report.text
    lines = [f"{f.kind}: {' '.join(text[f.start : f.end].split())}" for f in coded.layout.furniture]
    yield from _section("SET ASIDE (furniture of the page, not coded)", lines, width, "- ")
