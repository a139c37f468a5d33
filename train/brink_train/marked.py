"""Codings that readers marked right on the pages (`brink markings`, docs/formats.md) -> Documents.

A sentence counts as read for events, statements or unknowns where every coding of that kind in it was marked right and
none wrong by anybody: what was left unmarked is no label, and "wrong" does not say what would be right. So a report
gives up to three Documents, one a kind, of such sentences alone; what reaches out of them is left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from brink_train.documents import Choice, Document, Mark, Tie
from brink_train.heads import ATTRIBUTES, EVENT_TYPES

Json = dict[str, Any]
Span = tuple[int, int]
HEADS = {
    "event": ("event", "deed", "party", "circumstance"),
    "statement": ("attribution", "content", "content_inner"),
    "unknown": ("unknown",),
}
LINKS = {
    "event": ("actor", "recipient", "place", "time", "quantity"),
    "statement": ("speaker", "relay", "content"),
    "unknown": (),
}
WITH_DEED = ("AGREE", "CONCEDE", "THREATEN", "REQUEST")


def load(source: Path) -> list[Document]:
    """Documents of one file, or of all `*.jsonl` of a folder, in the order of report, text and coder.

    Raises ValueError naming the line that is none of `brink markings`, OSError where there is no such file.
    """
    held: dict[tuple[str, str, str], list[Json]] = defaultdict(list)
    for path in sorted(source.glob("*.jsonl")) if source.is_dir() else [source]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                one = _read(line, f"{path.name}, line {number}")
                held[one["report"]["id"], one["report"]["text_sha"], one["coder"]].append(one)
    return [doc for key in sorted(held) for kind in HEADS for doc in _documents(held[key], kind)]


def _read(line: str, where: str) -> Json:
    try:
        one: Json = json.loads(line)
        known = one["kind"] in HEADS and one["report"]["text_sha"] and one["coder"] and one["coding"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{where} is none of brink markings: {error!r}") from error
    if not known:
        raise ValueError(f"{where} is none of brink markings.")
    return one


def _documents(lines: list[Json], kind: str) -> Iterator[Document]:
    """What the lines about one coding of a report tell of a kind: one Document, none where no sentence was read."""
    text = lines[0]["report"]["text"]
    right = {one["id"]: one["coding"] for one in lines if one["verdict"] == "right"}
    for one in lines:
        if one["verdict"] != "right":
            right.pop(one["id"], None)
    sentences = {}
    for one in lines:
        held = one["sentence"]
        if one["kind"] == kind and held and held["text"] == text[held["start"] : held["end"]]:
            sentences[held["start"], held["end"]] = [id for id in held["codings"] if id[0] == kind[0]]
    read = {
        span: [right[id] for id in ids]
        for span, ids in sorted(sentences.items())
        if all(id in right and _is_taught(kind, right[id], text) for id in ids)
    }
    if read:
        report = lines[0]["report"]
        doc = Document("marked", f"{report['id']} {kind}", text, list(read), HEADS[kind], links=LINKS[kind])
        _fill(doc, kind, [coding for codings in read.values() for coding in codings])
        yield doc


def _is_taught(kind: str, coding: Json, text: str) -> bool:
    """Whether a coding stands at its characters and is one that the network has a label for."""
    if kind == "event":
        return _stands(coding["trigger"], text) and coding["event"] in EVENT_TYPES
    if kind == "unknown":
        return _stands(coding, text) and coding["attribute"] in ATTRIBUTES
    parts = [*coding["content"], *filter(None, (coding["cue"],))]
    return bool(parts) and all(_stands(part, text) for part in parts)


def _stands(part: Json, text: str) -> bool:
    return bool(text[part["start"] : part["end"]] == part["text"] != "")


def _fill(doc: Document, kind: str, codings: list[Json]) -> None:
    contents = [_span(part) for one in codings if kind == "statement" for part in one["content"]]
    for coding in codings:
        if kind == "event":
            _event(doc, coding)
        elif kind == "statement":
            _statement(doc, coding, contents)
        else:
            _mark(doc, "unknown", coding["attribute"], _span(coding))


def _event(doc: Document, e: Json) -> None:
    at, deed = e["trigger"]["start"], e["deed"]
    _mark(doc, "event", e["event"], _span(e["trigger"]))
    told = {"main": e["main"], "attributed": e["statement"], "deed_negation": deed and deed["negation"]}
    doc.choices += [
        Choice("flag", at, tuple(name for name, yes in told.items() if yes)),
        Choice("aux", at, tuple(e["auxiliary"])),
        Choice("certainty", at, (e["certainty"],)),
        Choice("mode", at, tuple(e["mode"])),
        Choice("context", at, tuple(e["context"])),
    ]
    if e["event"] in WITH_DEED:
        doc.choices.append(Choice("deed_type", at, (deed["event"] if deed else "none",)))
    if deed:
        doc.choices.append(Choice("deed_mode", at, tuple(deed["mode"])))
        if deed["start"] is not None:
            _mark(doc, "deed", deed["event"], _span(deed))
    _circumstances(doc, e, at)


def _circumstances(doc: Document, e: Json, at: int) -> None:
    for role in ("actor", "recipient"):
        for party in e[role]:
            _tie(doc, role, at, _span(party), ("party", "party"))
    if e["place"]:
        _tie(doc, "place", at, _span(e["place"]), ("circumstance", "place"))
    if e["time"] and e["time"]["text_start"] is not None:
        span = e["time"]["text_start"], e["time"]["text_end"]
        _tie(doc, "time", at, span, ("circumstance", "time"))
    for quantity in e["quantity"]:
        _tie(doc, "quantity", at, _span(quantity), ("circumstance", "quantity"))


def _statement(doc: Document, s: Json, contents: Iterable[Span]) -> None:
    others = list(contents)
    for part in s["content"]:
        left, right = span = _span(part)
        inside = any(other != span and other[0] <= left and right <= other[1] for other in others)
        _mark(doc, "content_inner" if inside else "content", "inner" if inside else "outer", span)
    head = (s["cue"] or s["content"][0])["start"]
    doc.choices.append(Choice("class", head, (s["cue"]["class"] if s["cue"] else "say",)))
    if s["cue"]:
        _mark(doc, "attribution", "cue", _span(s["cue"]))
        for part in s["content"]:
            _tie(doc, "content", head, _span(part), None)
    if s["speaker"]:
        _tie(doc, "speaker", head, _span(s["speaker"]), ("attribution", "speaker"))
    for relay in s["relay"]:
        _tie(doc, "relay", head, _span(relay), ("attribution", "relay"))


def _span(part: Json) -> Span:
    return part["start"], part["end"]


def _tie(doc: Document, kind: str, head: int, span: Span, label: tuple[str, str] | None) -> None:
    """A link to a span, which gets its label; neither where one of them lies in a sentence that was not read."""
    if _is_inside(doc, (head, head + 1)) and _is_inside(doc, span):
        doc.ties.append(Tie(kind, head, span[0]))
        if label:
            _mark(doc, *label, span)


def _mark(doc: Document, head: str, kind: str, span: Span) -> None:
    mark = Mark(head, kind, *span)
    if _is_inside(doc, span) and mark not in doc.marks:
        doc.marks.append(mark)


def _is_inside(doc: Document, span: Span) -> bool:
    """Whether a span lies within the sentences that were read, from the first's beginning to the last's end."""
    return all(any(a <= at < b for a, b in doc.sentences) for at in (span[0], span[1] - 1))
