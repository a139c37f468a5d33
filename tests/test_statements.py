"""Statements joined from labels: who speaks by which cue, told how, with what class."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brink.coding.statements import join_statements
from brink.records import Actor, Label, Labelling, Link, Sentence
from statement_marks import OUTLETS, join, read, relay, speaker

MARKED = [
    ("said that", "<s>Ana Brel</s> <c>said</c> that <o>the bridge was open</o>.", ["Ana Brel"]),
    ("inverted", "“<o>We are leaving</o>,” <c>said</c> <s>the colonel</s>.", ["the colonel"]),
    ("according to", "<o>Two men were hurt</o>, <c>according to</c> <s>the clinic</s>.", ["the clinic"]),
    ("hearer is no speaker", "<s>The mayor</s> <c>told</c> Harbour News <o>he would stay</o>.", ["the mayor"]),
    (
        "two in a sentence",
        "<s>Oslo</s> <c>said</c> <o>it was ready</o>, and <s>Riga</s> <c>denied</c> <o>any such plan</o>.",
        ["Oslo", "Riga"],
    ),
    (
        "one speaker, two cues",
        "<s>Ana Brel</s> <c>said</c> <o>the dam held</o> and <c>added</c> that <o>no one was missing</o>.",
        ["Ana Brel", "Ana Brel"],
    ),
    (
        "by-phrase",
        "<s>The vote</s> was <c>called</c> <o>a farce</o> by <s>President Ilo Marsh</s>.",
        ["President Ilo Marsh"],
    ),
    ("quoted as saying", "<s>A monk</s> was <c>quoted as saying</c> that <o>rice had run out</o>.", ["A monk"]),
    ("impersonal", "The <s>general</s> <c>is believed to</c> <o>have fled</o>.", [None]),
    ("reportedly", "Shots were <c>reportedly</c> <o>fired at the pier</o>.", [None]),
    ("asked", "<c>Asked</c> <o>whether he would go</o>, <s>Marsh</s> <c>said</c> <o>no</o>.", [None, "Marsh"]),
    (
        "allegations",
        "<c>Allegations</c> of <o>bribery</o> have followed the long and much disputed public career of <s>Marsh</s>.",
        [None],
    ),
]


@pytest.mark.parametrize(("marked", "expected"), [row[1:] for row in MARKED], ids=[row[0] for row in MARKED])
def test_marked_speakers(marked: str, expected: list[str | None]) -> None:
    found = [speaker(s) for s in join(marked)[1]]
    assert [f and f.lower() for f in found] == [e and e.lower() for e in expected]


UNMARKED = [
    ("pronoun", "She <c>said</c> <o>the talks had failed</o>.", "She"),
    ("name before a cue", "On Friday Ilo Marsh also <c>said</c> <o>the talks had failed</o>.", "Ilo Marsh"),
    ("role before a cue", "The foreign minister <c>said</c> <o>the talks had failed</o>.", "The foreign minister"),
    ("name behind a cue", "“<o>The talks have failed</o>,” <c>said</c> Ilo Marsh.", "Ilo Marsh"),
    ("headline", "Marsh: <o>Talks have failed</o>", "Marsh"),
    ("nobody", "It is <c>thought</c> that <o>the talks have failed</o>.", None),
    ("passive", "He was <c>told</c> <o>the talks had failed</o>.", None),
]


@pytest.mark.parametrize(("marked", "expected"), [row[1:] for row in UNMARKED], ids=[row[0] for row in UNMARKED])
def test_speakers_by_grammar(marked: str, expected: str | None) -> None:
    (statement,) = join(marked)[1]
    assert speaker(statement) == expected


def test_a_quotation_over_sentences_keeps_its_speaker() -> None:
    _, found = join(
        """
        “<o>We will come back</o>,” <c>said</c> <s>Ana Brel</s>.
        “<o>Not this year.</o>
        <o>Perhaps not next year.</o>”

        <s>Ilo Marsh</s> <c>disagreed</c>: “<o>Never.</o>
        <o>Not while I live.</o>”
        """
    )
    assert [speaker(s) for s in found] == ["Ana Brel"] * 3 + ["Ilo Marsh"] * 2
    assert [s.quoted for s in found] == ["direct"] * 5
    assert [s.cue and s.cue.text for s in found] == ["said", None, None, "disagreed", None]
    assert found[1].confidence < found[0].confidence


def test_a_quotation_before_its_cue_belongs_to_that_cue() -> None:
    _, found = join(
        """
        <s>Ana Brel</s> <c>said</c> <o>it rained</o>.
        “<o>The road is gone.</o>
        <o>The rail is next</o>,” <c>said</c> <s>Ilo Marsh</s>.
        """
    )
    assert [speaker(s) for s in found] == ["Ana Brel", "Ilo Marsh", "Ilo Marsh"]


def test_paragraphs_that_open_anew_are_one_quotation() -> None:
    _, found = join(
        """
        <s>Ana Brel</s> <c>said</c>: “<o>The road is gone.</o>

        “<o>The rail is next.</o>

        “<o>Then the port.</o>”
        """
    )
    assert [(speaker(s), s.quoted) for s in found] == [("Ana Brel", "direct")] * 3


def test_transcripts_and_press_statements_are_direct_without_marks() -> None:
    _, found = join(
        """
        <s>The minister</s> <c>said</c>:
        <o>I welcome the report.</o>
        <o>It is a first step.</o>
        """
    )
    assert [(speaker(s), s.quoted) for s in found] == [("The minister", "direct")] * 2


def test_an_interrupted_content_is_two_spans_of_one_statement() -> None:
    text, (statement,) = join("<o>“We hold the ridge,” <s>the captain</s> <c>said</c>, “and the road.”</o>")
    assert [s.text for s in statement.content] == ["“We hold the ridge", "and the road.”"]
    assert statement.quoted == "direct"
    assert all(text[s.start : s.end] == s.text for s in statement.content)
    _, (parted,) = join("“<o>We hold the ridge</o>,” <s>the captain</s> <c>said</c>, “<o>and the road</o>.”")
    assert [s.text for s in parted.content] == ["We hold the ridge", "and the road"]


QUOTED = [
    ("<s>Marsh</s> <c>said</c> “<o>we go</o>”.", "direct"),
    ('<s>Marsh</s> <c>said</c> "<o>we go</o>".', "direct"),
    ("<s>Marsh</s> <c>said</c> «<o>we go</o>».", "direct"),
    ("<s>Marsh</s> <c>said</c> ``<o>we go</o>''.", "direct"),
    ("<s>Marsh</s> <c>said</c> ‘<o>we go home today</o>’.", "direct"),
    ("<s>Marsh</s> <c>said</c> <o>they would “go very soon”</o>.", "mixed"),
    ("<s>Marsh</s> <c>said</c> <o>they would go</o>.", "indirect"),
    ("<s>Marsh</s> <c>said</c> <o>the captain's men don't go</o>.", "indirect"),
    ("<s>Marsh</s> <c>said</c> <o>the “War of Salt” was over</o>.", "indirect"),
]


@pytest.mark.parametrize(("marked", "expected"), QUOTED)
def test_quoted(marked: str, expected: str) -> None:
    (statement,) = join(marked)[1]
    assert statement.quoted == expected


CLASSES = [
    ("<s>Marsh</s> <c>denied</c> <o>the theft</o>.", "deny"),
    ("<s>Marsh</s> <c>has ruled out</c> <o>a truce</o>.", "deny"),
    ("<s>Marsh</s> <c>confirmed</c> <o>the theft</o>.", "confirm"),
    ("<s>Marsh</s> <c>claims</c> <o>a win</o>.", "claim"),
    ("<s>Marsh</s> <c>doubts</c> <o>the count</o>.", "doubt"),
    ("<s>Marsh</s> <c>warned</c> of <o>a flood</o>.", "warn"),
    ("<s>Marsh</s> <c>threatens</c> <o>to close the port</o>.", "threaten"),
    ("<s>Marsh</s> <c>blamed</c> <o>the neighbours</o>.", "accuse"),
    ("<s>Marsh</s> <c>pledged</c> <o>to pay</o>.", "promise"),
    ("<s>Marsh</s> <c>called for</c> <o>calm</o>.", "ask"),
    ("The river <c>is expected to</c> <o>rise</o>.", "predict"),
    ("<s>Marsh</s> <c>said</c> <o>it rained</o>.", "say"),
    ("<s>Marsh</s> <c>said</c> <o>we will rebuild the school</o>.", "promise"),
    ("<s>Marsh</s> <c>said</c> <o>the report was false</o>.", "deny"),
    ("<s>Marsh</s> <c>said</c> <o>the order is a forgery</o>.", "deny"),
    ("<s>Marsh</s> <c>said</c> <o>he was freed on Friday, not on Monday</o>.", "deny"),
    ("<s>Marsh</s> <c>said</c> <o>the guns fired at Sokh and never at Sogment</o>.", "deny"),
    ("<s>Marsh</s> <c>said</c> <o>this is the start, not the end</o>.", "say"),
    ("<s>Marsh</s> <c>said</c> <o>if they land, we will respond with force</o>.", "threaten"),
]


@pytest.mark.parametrize(("marked", "expected"), CLASSES)
def test_cue_classes_without_scores(marked: str, expected: str) -> None:
    (statement,) = join(marked)[1]
    assert statement.cue is not None
    assert statement.cue.cue_class == expected


@pytest.mark.parametrize(
    ("cue", "scores", "expected"),
    [
        ("said", {"class:say": 0.3, "class:accuse": 0.7}, "accuse"),
        ("denied", {"class:say": 0.5, "class:deny": 0.4}, "deny"),
        ("denied", {"class:confirm": 0.95, "class:deny": 0.05}, "confirm"),
    ],
)
def test_scores_and_lexicon_together(cue: str, scores: dict[str, float], expected: str) -> None:
    text, sentences, labels = read(f"<s>Marsh</s> <c>{cue}</c> <o>it rained</o>.")
    scored = [Label(x.start, x.end, x.text, x.layer, x.kind, x.sentence, 0.9, scores) for x in labels]
    (found,) = join_statements(text, sentences, Labelling(tuple(scored), ()), _name(text), OUTLETS)
    assert found.cue is not None
    assert found.cue.cue_class == expected


def test_contents_and_cues_left_unmarked_are_found_where_they_are_plain() -> None:
    _, found = join(
        """
        It <c>is believed to</c> be the first attempt, but nobody knows.
        “We hold the ridge,” <c>said</c> <s>the captain</s>.
        <s>Marsh</s> <c>said</c> late on Monday that the road was gone.
        “<o>We hold the road</o>,” <s>Ana Brel</s> said.
        """
    )
    assert [(speaker(s), s.cue and s.cue.text, s.content[0].text) for s in found] == [
        (None, "is believed to", "be the first attempt"),
        ("the captain", "said", "We hold the ridge"),
        ("Marsh", "said", "the road was gone"),
        ("Ana Brel", "said", "We hold the road"),
    ]


def test_links_overrule_distance() -> None:
    marked = "<s>Oslo</s> met <s>Riga</s> and <c>said</c> <o>it was ready</o>."
    _, (near,) = join(marked)
    _, (linked,) = join(marked, links=(Link("speaker", 2, 0, 0.9),))
    assert (speaker(near), speaker(linked)) == ("Riga", "Oslo")


def test_confidence_is_the_mean_of_labels_and_links() -> None:
    marked = "<s>Marsh</s> <c>said</c> <o>it rained</o>."
    assert join(marked)[1][0].confidence == pytest.approx(0.9)
    lowered = join(marked, links=(Link("speaker", 1, 0, 0.3),))[1][0].confidence
    assert lowered == pytest.approx((0.9**3 * 0.3) ** 0.25, abs=1e-3)


def test_a_content_over_sentences_is_one_statement_each() -> None:
    text, sentences, labels = read("<s>Marsh</s> <c>said</c>: “<o>The road is gone.</o>\n<o>The rail is next.</o>”")
    cue = [x for x in labels if x.layer == "attribution"]
    first, second = (x for x in labels if x.layer == "content")
    whole = Label(first.start, second.end, text[first.start : second.end], "content", "outer", 0, 0.8)
    found = join_statements(text, sentences, Labelling((*cue, whole), ()), _name(text), OUTLETS)
    assert [(s.id, speaker(s)) for s in found] == [("s1", "Marsh"), ("s2", "Marsh")]


def _name(text: str):  # type: ignore[no-untyped-def]
    return lambda start, end: Actor(start, end, text[start:end], text[start:end])


WORDS = st.sampled_from(
    ["Marsh", "said", "the", "Reuters", "told", "“", "”", '"', ",", "that", "we", "will", ":", "quoted", "by", ";", "."]
)
SPANS = st.tuples(
    st.integers(0, 60), st.integers(1, 12), st.sampled_from(["speaker", "cue", "relay", "outer", "inner"]),
    st.floats(0, 1), st.integers(-1, 4),
)  # fmt: skip


@given(st.lists(st.lists(WORDS, min_size=1, max_size=14), min_size=1, max_size=4), st.lists(SPANS, max_size=14))
def test_any_labels_give_statements_that_point_to_their_words(lines: list[list[str]], spans: list) -> None:  # type: ignore[type-arg]
    text, sentences, _ = read("\n".join(" ".join(line) for line in lines))
    labels = tuple(
        Label(a, a + n, text[a : a + n], "content" if kind in ("outer", "inner") else "attribution", kind, at, p)
        for a, n, kind, p, at in spans
    )
    links = tuple(Link("speaker", i, len(labels) - 1 - i, 0.5) for i in range(len(labels)))
    found = join_statements(text, sentences, Labelling(labels, links), _name(text), OUTLETS)
    assert [s.id for s in found] == [f"s{n}" for n in range(1, len(found) + 1)]
    for s in found:
        parts = [*s.content, *s.relay, *(x for x in (s.speaker, s.cue) if x)]
        assert s.content
        assert all(x.start < x.end and text[x.start : x.end] == x.text for x in parts)
        assert 0.0 <= s.confidence <= 1.0
        assert speaker(s) is None or all(r.start != s.speaker.start for r in s.relay)  # type: ignore[union-attr]
    assert [s.content[0].start for s in found] == sorted(s.content[0].start for s in found)


def test_no_labels_no_statements() -> None:
    assert join_statements("", [], Labelling((), ()), _name(""), OUTLETS) == ()
    line = [Sentence(0, 0, 0, 9, "It rained")]
    assert join_statements("It rained", line, Labelling((), ()), _name("It rained"), OUTLETS) == ()


def test_a_sample_report_of_two_capitals() -> None:
    _, found = join(
        """
        <s>The Defence Ministry of Velmark</s> <c>said</c> that <o>some troops are returning to base</o>.

        “<o>Two units have begun loading</o>," agency <r>AFP</r> <c>quoted</c> <s>a ministry spokesman</s> as saying.

        It <c>is believed to</c> <o>be the first attempt to calm the crisis</o>.

        <s>Foreign Minister Ilo Marsh</s> <c>said</c> in an interview “<o>We could be on the edge</o>.”

        "<o>There is still time.</o>
        <o>But not much</o>," <s>Marsh</s> <c>added</c>.

        <s>He</s> <c>told</c> the president <o>that talks were worth pursuing</o>.
        """,
        {"Marsh": "Ilo Marsh", "Foreign Minister Ilo Marsh": "Ilo Marsh", "He": "Ilo Marsh"},
    )
    assert [(speaker(s), relay(s), s.quoted) for s in found] == [
        ("The Defence Ministry of Velmark", [], "indirect"),
        ("a ministry spokesman", ["AFP"], "direct"),
        (None, [], "indirect"),
        ("Foreign Minister Ilo Marsh", [], "direct"),
        ("Marsh", [], "direct"),
        ("Marsh", [], "direct"),
        ("He", [], "indirect"),
    ]


def test_an_auxiliary_alone_is_no_content_and_it_alone_no_cue() -> None:
    _, told = join("<c>It</c> <c>is believed to</c> <o>be</o> <o>the first attempt at calm</o>.")
    assert [(s.cue.text if s.cue else None, [c.text for c in s.content]) for s in told] == [
        ("is believed to", ["the first attempt at calm"])
    ]


def test_words_without_cue_or_marks_within_a_sentence_are_nobodys() -> None:
    assert join("Remarks on Monday have raised <o>hope of talks</o> again.")[1] == ()


@pytest.mark.parametrize(("sure", "told"), [(0.9, ["the charges"]), (0.5, [])])
def test_two_words_of_which_the_model_is_unsure_are_no_statement(sure: float, told: list[str]) -> None:
    text, sentences, labels = read("<s>Marsh</s> <c>denied</c> <o>the charges</o>.")
    unsure = tuple(replace(x, confidence=sure) if x.layer == "content" else x for x in labels)
    found = join_statements(text, sentences, Labelling(unsure, ()), lambda a, b: Actor(a, b, text[a:b], text[a:b]), ())
    assert [s.content[0].text for s in found] == told


def test_what_is_told_of_a_claim_holds_the_claim() -> None:
    _, found = join("<o><s>Oslo</s>’s <c>claim</c> that</o> <o>it is leaving is false</o>, <s>Riga</s> <c>said</c>.")
    told = [(speaker(s), s.content[0].text) for s in found]
    assert told == [("Riga", "Oslo’s claim that it is leaving is false"), ("Oslo", "it is leaving")]
