"""Codings that readers marked right or wrong, as training data: the coding, the text it was read in, the word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brink.export.records import to_record
from brink.records import CodedReport, Marking, Sentence

KINDS = {"e": "events", "s": "statements", "u": "unknowns"}
"""Which list of a record an id stands in, by its first letter."""

Record = dict[str, Any]


def coding_of(record: Record, id: str) -> Record | None:
    """Give the event, statement or unknown of a record that an id names, None where there is none; unknowns count from
    u1, having no id of their own."""
    held = record.get(KINDS.get(id[:1], ""), [])
    if id[:1] == "u":
        return next((one for number, one in enumerate(held, 1) if f"u{number}" == id), None)
    return next((one for one in held if one["id"] == id), None)


def to_line(marking: Marking, coded: CodedReport) -> Record | None:
    """Give one marking as a line of docs/formats.md, None where the coding is not in `coded`."""
    record = to_record(coded)
    coding = coding_of(record, marking.coding)
    if coding is None:
        return None
    start, end = _span(coding)
    held = next((s for s in coded.layout.sentences if s.start <= start < s.end), None)
    report = {name: record["report"][name] for name in ("id", "outlet", "published", "text")}
    return {
        "report": report | {"text_sha": marking.text_sha},
        "kind": KINDS[marking.coding[:1]].removesuffix("s"),
        "id": marking.coding,
        "verdict": marking.verdict,
        "user": marking.user,
        "at": marking.at,
        "note": marking.note,
        "coding": coding,
        "start": start,
        "end": end,
        "sentence": _sentence(held, record) if held else None,
        "coder": marking.coder,
    }


def _sentence(held: Sentence, record: Record) -> Record:
    """The sentence, with the ids of all codings that begin in it: who trains must know what nobody marked."""
    found = [id for id, coding in _codings(record) if held.start <= _span(coding)[0] < held.end]
    return {"start": held.start, "end": held.end, "text": held.text, "codings": found}


def _codings(record: Record) -> Iterator[tuple[str, Record]]:
    yield from ((one["id"], one) for kind in ("events", "statements") for one in record[kind])
    yield from ((f"u{number}", one) for number, one in enumerate(record["unknowns"], 1))


def _span(coding: Record) -> tuple[int, int]:
    """The characters that a coding rests on."""
    if "trigger" in coding:
        return coding["trigger"]["start"], coding["trigger"]["end"]
    if "quoted" in coding:
        spans = coding["content"] or [coding["cue"]]
        return spans[0]["start"], spans[-1]["end"]
    return coding["start"], coding["end"]
