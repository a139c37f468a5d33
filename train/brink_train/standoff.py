"""Annotations of other people's text, kept without the text: offsets and labels alone.

`python -m brink_train.standoff FOLDER... OUT` turns annotations made to the guide (documents with the offset of
each sentence in the original text, field `starts`) into lines of `standoff/*.jsonl`; `read` lays them over Documents.
"""

from __future__ import annotations

import bisect
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from brink_train import own
from brink_train.documents import Choice, Document, Mark, Tie

EVENTS = ("event", "deed", "party", "circumstance", "unknown")
STATEMENTS = ("attribution", "content", "content_inner")
EVENT_LINKS = ("actor", "recipient", "place", "time", "quantity")
STATEMENT_LINKS = ("speaker", "relay", "content")
FOLDER = Path(__file__).parents[1] / "standoff"


def read(documents: Iterable[Document], path: Path) -> Iterator[Document]:
    """A Document for each line of the file: that of `documents` with its labels, cut to what was read."""
    named = {doc.id: doc for doc in documents}
    for one in map(json.loads, path.read_text("utf-8").splitlines()):
        if (whole := named.get(one["id"])) is None:
            continue
        doc = replace(whole, choices=list(whole.choices))
        heads, links = _read_for(one.get("events", True), one.get("statements", False))
        _cut(doc, one.get("since", 0), one.get("until", len(doc.text)))
        doc.heads, doc.links = (*doc.heads, *heads), (*doc.links, *links)
        doc.marks += [Mark(*m) for m in one["marks"]]
        doc.choices += [Choice(head, at, tuple(answers)) for head, at, answers in one["choices"]]
        doc.ties += [Tie(*t) for t in one["ties"]]
        yield doc


def _read_for(events: bool, statements: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Heads and links of the layers for which a text was read."""
    heads = (*(EVENTS if events else ()), *(STATEMENTS if statements else ()))
    return heads, (*(EVENT_LINKS if events else ()), *(STATEMENT_LINKS if statements else ()))


def _cut(doc: Document, since: int, until: int) -> None:
    """Leave out the sentences before offset `since` and from `until` on, and what is marked in them."""
    doc.sentences = [s for s in doc.sentences if since <= s[0] < until]
    doc.marks = [m for m in doc.marks if since <= m.start < until]
    doc.ties = [t for t in doc.ties if all(since <= at < until for at in (t.head, t.tail))]


def names(path: Path) -> frozenset[str]:
    """Ids of the documents that a file annotates."""
    return frozenset(str(json.loads(line)["id"]) for line in path.read_text("utf-8").splitlines())


def lines(folder: Path) -> Iterable[str]:
    """One JSON line for each annotated document, offsets in the original text."""
    docs = {d["id"]: d for d in map(json.loads, (folder / "docs.jsonl").read_text("utf-8").splitlines())}
    records = [_whole(json.loads(line)) for line in (folder / "annotations.jsonl").read_text("utf-8").splitlines()]
    events, full = (any(record[layer] for record in records) for layer in ("events", "statements"))
    for record in records:
        found = own.annotated(folder.name, docs[record["id"]], record)
        yield json.dumps(_offsets(found, docs[record["id"]], events, full))


def _whole(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the fields that a hurried reader left out where they are empty."""
    blank: dict[str, Any] = {"m": [], "x": [], "aux": [], "a": [], "r": [], "loc": None, "time": None, "n": None}
    record["events"] = [blank | {"c": "certain", "st": None} | e for e in record["events"]]
    record["statements"] = [{"speaker": None, "cue": None, "relay": []} | s for s in record["statements"]]
    return record


def _offsets(doc: Document, source: dict[str, Any], events: bool, full: bool) -> dict[str, Any]:
    heads, links = _read_for(events, full)
    laid_out = [a for a, _ in doc.sentences]
    origin = source["starts"][-len(doc.sentences) :]

    def moved(offset: int) -> int:
        i = bisect.bisect_right(laid_out, offset) - 1
        return int(origin[i] + offset - laid_out[i])

    record = {
        "id": doc.id,
        "marks": [(m.head, m.kind, moved(m.start), moved(m.end - 1) + 1) for m in doc.marks if m.head in heads],
        "choices": [(c.head, moved(c.at), c.answers) for c in doc.choices if full or c.head != "class"],
        "ties": [(t.kind, moved(t.head), moved(t.tail)) for t in doc.ties if t.kind in links],
        "since": source["starts"][0],
        "until": source["starts"][-1] + 1,
    }
    return record | ({"statements": True} if full else {}) | ({} if events else {"events": False})


if __name__ == "__main__":
    out = Path(sys.argv[-1])
    out.write_text("".join(f"{line}\n" for folder in sys.argv[1:-1] for line in lines(Path(folder))), "utf-8")
