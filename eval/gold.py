"""Annotations of docs.jsonl + annotations.jsonl as coded reports, as if Brink had coded them without a fault.

With them the ledger's matching is measured apart from the coder's errors. `coded` reads a folder's annotations,
`stored` the codings of wire-groups that this project keeps as offsets and labels, without the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from brink.codebook import quad, score
from brink.intake.dates import instant, published
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
    Unknown,
)

Json = dict[str, Any]


def coded(folder: Path) -> dict[str, CodedReport]:
    """Every annotated report of a folder, by id."""
    docs = {d["id"]: d for d in _lines(folder / "docs.jsonl")}
    return {a["id"]: _Gold(docs[a["id"]], a).report() for a in _lines(folder / "annotations.jsonl")}


def _lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def stored(path: Path, groups: Iterable[Json]) -> dict[str, CodedReport]:
    """Codings kept without their text (`eval/wire_groups.jsonl`), laid over the groups' reports."""
    reports = {r["id"]: r for group in groups for r in group["reports"]}
    found = {}
    for line in _lines(path):
        source = reports[line["id"]]
        day, precision = published(source["published"])
        text = source["text"].replace("\n", " ")
        report = Report(
            line["id"], text, None, source["outlet"], source["title"], day, precision,
            published_at=instant(source["published"]),
        )  # fmt: skip
        found[report.id] = _filled(report, line)
    return found


def _filled(report: Report, line: Json) -> CodedReport:
    from brink.text import layout

    text = report.text

    def span(v: Json) -> tuple[int, int, str]:
        return v.get("start", 0), v["end"], text[v.get("start", 0) : v["end"]]

    def actor(v: Json) -> Actor:
        start, end, words = span(v)
        return Actor(start, end, words, v.get("name", words), words, v.get("country"), tuple(v.get("sector", ())))

    statements = tuple(
        Statement(
            s["id"], actor(s["speaker"]) if "speaker" in s else None,
            tuple(Relay(*span(r), span(r)[2]) for r in s.get("relay", ())),
            Cue(*span(s["cue"]), s["cue"]["class"]) if "cue" in s else None,
            tuple(Span(*span(c)) for c in s.get("content", ())), s["quoted"], 1.0,
        )
        for s in line["statements"]
    )  # fmt: skip
    events = tuple(_event_of(e, span, actor) for e in line["events"])
    return CodedReport(report, layout(report), (), statements, events, (), (), "gold")


def _event_of(e: Json, span: Callable[[Json], tuple[int, int, str]], actor: Callable[[Json], Actor]) -> Event:
    d, t, p = e.get("deed"), e.get("time"), e.get("place")
    modes = tuple(e.get("mode", ()))
    deed = Deed(d["event"], tuple(d.get("mode", ())), None, None, None, d.get("negation", False)) if d else None
    time = TimeValue(t["start"], t["end"], t["precision"], "", t.get("text_start", 0), t["text_end"]) if t else None
    counts = tuple(
        Quantity(*span(q), q["kind"], q["low"], q["high"], None, q.get("approximate", False))
        for q in e.get("quantity", ())
    )
    place = Place(*span(p), span(p)[2], None, None, None, None, None, "area") if p else None
    return Event(
        e["id"], e["event"], modes, (), tuple(e.get("auxiliary", ())), deed, Span(*span(e["trigger"])),
        e.get("main", False), tuple(map(actor, e.get("actor", ()))), tuple(map(actor, e.get("recipient", ()))), place,
        time, counts, e["certainty"], e.get("statement"), None, score(e["event"], modes), quad(e["event"]), 1.0,
    )  # fmt: skip


class _Gold:
    def __init__(self, doc: Json, record: Json) -> None:
        self.doc, self.record = doc, record
        self.text = " ".join(doc["sentences"])
        self.starts, at = [], 0
        for sentence in doc["sentences"]:
            self.starts.append(at)
            at += len(sentence) + 1

    def report(self) -> CodedReport:
        """The annotation as the contract has it."""
        day, precision = published(self.doc["published"])
        sentences = tuple(
            Sentence(i, 0, a, a + len(s), s)
            for i, (a, s) in enumerate(zip(self.starts, self.doc["sentences"], strict=True))
        )
        report = Report(
            self.doc["id"], self.text, None, self.doc["outlet"], self.doc["title"], day, precision,
            published_at=instant(self.doc["published"]),
        )  # fmt: skip
        statements = tuple(self._statement(i, s) for i, s in enumerate(self.record["statements"]))
        events = tuple(self._event(i, e) for i, e in enumerate(self.record["events"]))
        unknowns = tuple(filter(None, (self._unknown(u) for u in self.record["unknowns"])))
        return CodedReport(report, TextLayout(sentences, None, ()), (), statements, events, unknowns, (), "gold")

    def _span(self, sentence: int, text: Any) -> Span | None:
        if text is None:
            return None
        words, nth = (text[0], text[1]) if isinstance(text, list) and isinstance(text[1], int) else (text, 0)
        if isinstance(words, list):
            first, last = self._span(sentence, words[0]), self._span(sentence, words[-1])
            return Span(first.start, last.end, self.text[first.start : last.end]) if first and last else None
        at = -1
        for _ in range(nth + 1):
            at = self.doc["sentences"][sentence].find(words, at + 1)
        start = self.starts[sentence] + at
        return Span(start, start + len(words), words) if at >= 0 else None

    def _actor(self, sentence: int, text: Any, code: str | None, sectors: list[str]) -> Actor | None:
        span = self._span(sentence, text) or self._anywhere(text)
        if span is None:
            return None
        country = code if code and len(code) == 3 and code.isupper() and code not in ("ICC", "IMF", "WHO") else None
        if code and "IGO" in sectors:
            country = None
        name = span.text if country or not code else code
        return Actor(span.start, span.end, span.text, name, span.text, country, tuple(sectors))

    def _anywhere(self, text: Any) -> Span | None:
        words = text[0] if isinstance(text, list) else text
        at = self.text.find(words) if words else -1
        return Span(at, at + len(words), words) if at >= 0 else None

    def _statement(self, number: int, s: Json) -> Statement:
        code, sector = (s.get("sp") or [None, None])[:2]
        speaker = None
        if s["speaker"]:
            speaker = self._actor(s.get("speaker_s", s["s"]), s["speaker"], code, [sector] if sector else [])
        cue = self._span(s["s"], s["cue"])
        content = self._span(s.get("content_s", s["s"]), s["content"])
        relay = tuple(Relay(r.start, r.end, r.text, r.text) for r in (self._span(s["s"], t) for t in s["relay"]) if r)
        return Statement(
            f"s{number}", speaker, relay, Cue(cue.start, cue.end, cue.text, s["class"]) if cue else None,
            (content,) if content else (Span(self.starts[s["s"]], self.starts[s["s"]], ""),), s["q"], 1.0,
        )  # fmt: skip

    def _event(self, number: int, e: Json) -> Event:
        trigger = self._span(e["s"], e["t"]) or Span(self.starts[e["s"]], self.starts[e["s"]], "")
        sides = [tuple(filter(None, (self._actor(e["s"], *a[:2], list(a[2])) for a in e[side]))) for side in ("a", "r")]
        d = e.get("d")
        deed = Deed(d[0], tuple(d[1]), d[2], None, None, len(d) > 3) if d else None
        return Event(
            f"e{number}", e["e"], tuple(e["m"]), (), tuple(e["aux"]), deed, trigger, bool(e["main"]), sides[0],
            sides[1], self._place(e), self._time(e), self._quantity(e), e["c"],
            None if e["st"] is None else f"s{e['st']}", None,
            score(e["e"], e["m"]), quad(e["e"]), 1.0,
        )  # fmt: skip

    def _place(self, e: Json) -> Place | None:
        span = self._span(e["s"], e["loc"])
        return Place(span.start, span.end, span.text, span.text, None, None, None, None, None, "area") if span else None

    def _time(self, e: Json) -> TimeValue | None:
        if not e["val"] or not e["val"][0]:
            return None
        span = self._span(e["s"], e["time"]) or Span(self.starts[e["s"]], self.starts[e["s"]], "")
        return TimeValue(e["val"][0], e["val"][1], "day", span.text, span.start, span.end)

    def _quantity(self, e: Json) -> tuple[Quantity, ...]:
        n = e["n"]
        span = self._span(e["s"], n["text"]) if n else None
        if not n or span is None:
            return ()
        return (Quantity(span.start, span.end, span.text, "persons", n["low"], n["high"], None, bool(n["approx"])),)

    def _unknown(self, u: Json) -> Unknown | None:
        span = self._span(u["s"], u["text"])
        about = None if u["ev"] is None else f"e{u['ev']}"
        return Unknown(span.start, span.end, span.text, about, u["attr"], None) if span else None
