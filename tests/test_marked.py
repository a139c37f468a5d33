"""Codings marked right on the pages, exported by `brink markings`, become documents that `train/` trains on."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from brink.export.markings import to_line
from brink.records import CodedReport, Marking
from serve_places import ledger

sys.path.insert(0, str(Path(__file__).parents[1] / "train"))
from brink_train import marked
from brink_train.documents import Document
from brink_train.heads import CHOICES, SEVERAL, TAGS


def _reports() -> list[CodedReport]:
    return [c for c in ledger().coded() if c.report.id.startswith("u")]


def _ids(coded: CodedReport) -> list[str]:
    unknowns = [f"u{n}" for n, _ in enumerate(coded.unknowns, 1)]
    return [e.id for e in coded.events] + [s.id for s in coded.statements] + unknowns


def _exported(path: Path, coded: Iterable[CodedReport], verdicts: dict[str, str] | None = None) -> Path:
    """A file of markings: all right but for those that `verdicts` names; "none" is left unmarked."""
    lines = []
    for one in coded:
        for id in _ids(one):
            verdict = (verdicts or {}).get(id, "right")
            word = Marking(one.report.id, "sha", one.coder, id, verdict, "ada", "2022-02-17T12:00:00+00:00", None)
            if verdict != "none":
                lines.append(json.dumps(to_line(word, one), ensure_ascii=False))
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def _of(found: list[Document], kind: str) -> list[Document]:
    return [doc for doc in found if doc.id.endswith(kind)]


def test_every_coding_marked_right_is_a_label_at_its_characters(tmp_path: Path) -> None:
    reports = _reports()
    found = marked.load(_exported(tmp_path / "marked.jsonl", reports))
    texts = {c.report.id: c.report.text for c in reports}
    events = {(d.text, m.start, m.end, m.kind) for d in _of(found, "event") for m in d.marks if m.head == "event"}
    assert events == {
        (c.report.text, e.trigger.start, e.trigger.end, e.event) for c in reports for e in c.events
    }  # fmt: skip
    cues = {(d.text, m.start) for d in _of(found, "statement") for m in d.marks if m.kind == "cue"}
    inside = {(texts[c.report.id], s.cue.start) for c in reports for s in c.statements if s.cue}
    assert len(cues) > 50 and cues <= inside
    unknowns = sum(len(d.marks) for d in _of(found, "unknown"))
    assert 0 < unknowns <= sum(len(c.unknowns) for c in reports)


def test_labels_are_those_that_the_network_has(tmp_path: Path) -> None:
    found = marked.load(_exported(tmp_path / "marked.jsonl", _reports()))
    for doc in found:
        assert all(m.kind in TAGS[m.head] and m.head in doc.heads for m in doc.marks)
        assert all(set(c.answers) <= set(CHOICES.get(c.head) or SEVERAL[c.head]) for c in doc.choices)
        spans = [(m.start, m.end) for m in doc.marks]
        assert all(any(a <= at < b for a, b in doc.sentences) for start, end in spans for at in (start, end - 1))
        assert {t.kind for t in doc.ties} <= set(doc.links)
    ties = {t.kind for d in found for t in d.ties}
    assert {"actor", "recipient", "speaker", "content"} <= ties


@pytest.mark.parametrize("verdict", ["wrong", "none"])
def test_a_sentence_with_a_coding_that_is_not_right_teaches_nothing_of_its_kind(tmp_path: Path, verdict: str) -> None:
    coded = next(c for c in _reports() if len(c.events) > 2 and c.statements)
    first = coded.events[0]
    held = next(s for s in coded.layout.sentences if s.start <= first.trigger.start < s.end)
    found = marked.load(_exported(tmp_path / "marked.jsonl", [coded], {first.id: verdict}))
    [doc] = _of(found, "event")
    assert (held.start, held.end) not in doc.sentences and doc.sentences
    assert all(not held.start <= m.start < held.end for m in doc.marks)
    whole = marked.load(_exported(tmp_path / "marked.jsonl", [coded]))
    assert [d.sentences for d in _of(found, "statement")] == [d.sentences for d in _of(whole, "statement")]


def test_one_readers_no_outweighs_anothers_yes(tmp_path: Path) -> None:
    coded = next(c for c in _reports() if len(c.events) == 1)
    path = _exported(tmp_path / "a.jsonl", [coded])
    assert _of(marked.load(tmp_path), "event")
    _exported(tmp_path / "b.jsonl", [coded], {coded.events[0].id: "wrong"})
    assert path.exists() and not _of(marked.load(tmp_path), "event")


def test_a_line_that_is_no_marking_is_named(tmp_path: Path) -> None:
    path = _exported(tmp_path / "marked.jsonl", _reports()[:1])
    number = len(path.read_text().splitlines()) + 1
    path.write_text(path.read_text() + '{"id": "e1"}\n')
    with pytest.raises(ValueError, match=rf"marked.jsonl, line {number} is none of brink markings"):
        marked.load(path)
