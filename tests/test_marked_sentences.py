"""Sentences with their events marked in the line, the form of `train/sentences/*.txt`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "train"))
from brink_train.sentences import FOLDER, load, read

LINE = "[Rebels|a1] {stormed|1 ASSAULT *} [the fort|r1] [overnight|t1] and {freed|2 RETREAT.release} [40 inmates|r2q2]."


def test_a_marked_line_becomes_a_document() -> None:
    doc = read(LINE, "x")
    assert doc.text == "Rebels stormed the fort overnight and freed 40 inmates."
    assert [(m.kind, doc.text[m.start : m.end]) for m in doc.marks if m.head == "event"] == [
        ("ASSAULT", "stormed"),
        ("RETREAT", "freed"),
    ]
    told = {(t.kind, doc.text[t.head :].split()[0], doc.text[t.tail :].split()[0]) for t in doc.ties}
    assert told == {
        ("actor", "stormed", "Rebels"),
        ("recipient", "stormed", "the"),
        ("time", "stormed", "overnight"),
        ("recipient", "freed", "40"),
        ("quantity", "freed", "40"),
    }
    assert [c.answers for c in doc.choices if c.head == "mode"] == [(), ("release",)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[Rebels|a] {stormed|RAID} the fort.", "unknown name 'RAID'"),
        ("[Rebels|a] {stormed|ASSAULT} the [fort|r.", "bracket"),
        ("{stormed|1 ASSAULT *} and {freed|1 RETREAT}", "one number"),
        ("{stormed|1 ASSAULT} and {freed|2 RETREAT}", "main"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(line, "x")


def test_every_line_of_the_project_can_be_read() -> None:
    assert len(load(FOLDER)) == sum(
        bool(line.strip()) and not line.startswith("#")
        for path in FOLDER.glob("*.txt")
        for line in path.read_text("utf-8").splitlines()
    )
