"""Whole reports with statements and events marked in the line, the form of `train/reports/*.txt`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "train"))
from brink_train.reports import FOLDER, laid_over, load, read

LINES = [
    "[The governor|s1] <said|c1 claim> «1 [two convoys|a1q1] had {left|1 RETREAT.withdraw @} [Dunmore|p1]».",
    "[Radio Lir|y2] <quoted|c2 deny> [an aide|s2a3] as {<urging|c3 ask>|3 REQUEST >ASSAULT} «3 them to <shell|ASSAULT> "
    "[Dun|a2] or «2 {move|2 RETREAT !neg @ ~possible *}», [how many|u quantity]».",
]


def test_marked_lines_become_one_document() -> None:
    doc = read(LINES, "x")
    assert [doc.text[a:b] for a, b in doc.sentences] == [
        "The governor said two convoys had left Dunmore.",
        "Radio Lir quoted an aide as urging them to shell Dun or move, how many.",
    ]
    words = {(m.head, m.kind, doc.text[m.start : m.end]) for m in doc.marks}
    assert {
        ("attribution", "speaker", "The governor"), ("attribution", "relay", "Radio Lir"),
        ("content", "outer", "two convoys had left Dunmore"), ("content_inner", "inner", "move"),
        ("event", "REQUEST", "urging"), ("deed", "ASSAULT", "shell"), ("party", "party", "two convoys"),
        ("circumstance", "quantity", "two convoys"), ("unknown", "quantity", "how many"),
    } <= words  # fmt: skip
    ties = {(t.kind, doc.text[t.head :].split()[0], doc.text[t.tail :].split()[0]) for t in doc.ties}
    assert {("relay", "quoted", "Radio"), ("speaker", "quoted", "an"), ("content", "quoted", "move,")} <= ties
    assert {("actor", "urging", "an"), ("place", "left", "Dunmore.")} <= ties
    answers = {(c.head, doc.text[c.at :].split()[0]): c.answers for c in doc.choices}
    assert answers["aux", "move,"] == ("negation",) and answers["certainty", "move,"] == ("possible",)
    assert answers["flag", "move,"] == ("main", "attributed") and answers["class", "quoted"] == ("deny",)
    assert answers["deed_type", "urging"] == ("ASSAULT",)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[Rebels|a1] {stormed|1 RAID} it.", "unknown name 'RAID'"),
        ("[Rebels|a1] {stormed|1 ASSAULT} it, he <said|s1 say>.", "neither a cue"),
        ("[Rebels|a2] {stormed|1 ASSAULT} it.", "a2 names nothing"),
        ("[Rebels|a1] {stormed|1 ASSAULT it.", "{ is not closed"),
        ("«1 [Rebels|a1 {stormed|1 ASSAULT}».", "is not closed"),
        ("[Rebels|] {stormed|1 ASSAULT} it.", "not roles"),
        ("{stormed|1 ASSAULT} and {freed|2 RETREAT}", "not exactly one main"),
        ("{stormed|1 ASSAULT *} and {freed|1 RETREAT}", "two triggers with number 1"),
    ],
)
def test_a_report_that_cannot_be_read_says_why(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read([line], "x")


def test_marks_over_a_text_of_others_keep_its_offsets_and_not_its_words() -> None:
    doc = read(["[Peru|a1] {shelled|1 ASSAULT} Lima.", "It rained."], "n1")
    record = {"of": "one", "sentences": ["Peru shelled Lima.", "It rained."], "starts": [100, 130]}
    row = laid_over(doc, record)
    assert row["marks"] == [["event", "ASSAULT", 105, 112], ["party", "party", 100, 104]]
    assert (row["since"], row["until"], row["ties"]) == (100, 140, [["actor", 105, 100]])
    with pytest.raises(ValueError, match="not as in the original: It rained"):
        laid_over(doc, record | {"sentences": ["Peru shelled Lima.", "It poured."]})


def test_every_report_of_the_project_can_be_read() -> None:
    assert len(load()) >= 200 and list(FOLDER.glob("*.txt"))
    assert len(load(FOLDER.parent / "news")) >= 1000
