"""Annotations kept without their text: laid over it again, they say what was annotated."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "train"))
from brink_train import standoff
from brink_train.documents import Document

TEXT = "Vesna said Peru shelled Lima.\n\nNobody knows how many died.  Peru denied it."
STARTS = [0, 31, 60]


def _folder(tmp_path: Path, read: int, full: bool) -> Path:
    sentences = ["Vesna said Peru shelled Lima.", "Nobody knows how many died.", "Peru denied it."][:read]
    told = {"s": 0, "speaker": "Vesna", "sp": [None, "CVL"], "cue": "said", "class": "say", "q": "indirect"}
    event = {"s": 0, "t": "shelled", "e": "ASSAULT", "a": [["Peru", "PER", []]], "main": True}
    doc = {"id": "one", "sentences": sentences, "starts": STARTS[:read]}
    record = {
        "id": "one",
        "statements": [told | {"relay": [], "content": "Peru shelled Lima"}] if full else [],
        "events": [event],
        "unknowns": [{"s": 1, "text": "Nobody knows", "attr": "quantity", "ev": 0}],
    }
    (tmp_path / "docs.jsonl").write_text(json.dumps(doc))
    (tmp_path / "annotations.jsonl").write_text(json.dumps(record))
    return tmp_path


def _laid(tmp_path: Path, read: int, full: bool) -> Document:
    path = tmp_path / "kept.jsonl"
    path.write_text("".join(standoff.lines(_folder(tmp_path, read, full))))
    assert "Peru" not in path.read_text()
    spans = [(0, 29), (31, 58), (60, 75)]
    [found] = standoff.read([Document("set", "one", TEXT, spans, ())], path)
    return found


@pytest.mark.parametrize("full", [True, False])
def test_labels_come_back_to_their_words(tmp_path: Path, full: bool) -> None:
    found = _laid(tmp_path, 3, full)
    told = {(m.head, TEXT[m.start : m.end]) for m in found.marks}
    events = {("event", "shelled"), ("party", "Peru"), ("unknown", "Nobody knows")}
    statements = {("attribution", "Vesna"), ("attribution", "said"), ("content", "Peru shelled Lima")}
    assert told == (events | statements if full else events)
    assert ("content" in found.heads) is full


def test_what_was_not_read_is_left_out(tmp_path: Path) -> None:
    assert _laid(tmp_path, 2, True).sentences == [(0, 29), (31, 58)]


def test_a_text_read_in_two_places_is_two_documents(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    read = {"id": "one", "marks": [], "choices": [], "ties": []}
    path.write_text("".join(json.dumps(read | {"since": a, "until": b}) + "\n" for a, b in ((0, 29), (60, 75))))
    spans = [(0, 29), (31, 58), (60, 75)]
    found = list(standoff.read([Document("set", "one", TEXT, spans, ())], path))
    assert [d.sentences for d in found] == [[(0, 29)], [(60, 75)]]
