"""Relay chains: through whom a statement came, outermost first."""

from __future__ import annotations

import pytest

from statement_marks import join, relay, speaker

CHAINS = [
    (
        "agency quotes",
        "“<o>All is calm</o>,” <r>AFP</r> <c>quoted</c> <s>a spokesman</s> as saying.",
        ["AFP"],
        "a spokesman",
    ),
    (
        "quoted by",
        "<s>A spokesman</s> was <c>quoted</c> by <r>AFP</r> as saying <o>all was calm</o>.",
        ["AFP"],
        "A spokesman",
    ),
    (
        "according to, citing",
        "<o>All is calm</o>, <c>according to</c> <r>Interfax</r>, citing <s>a source in the General Staff</s>.",
        ["Interfax"],
        "a source in the General Staff",
    ),
    (
        "a statement that is not marked",
        "<s>The army</s> <c>said</c> in a written statement that <o>all was calm</o>.",
        ["a written statement"],
        "The army",
    ),
    (
        "a network that is not marked",
        "<o>All is calm</o>, <s>the mayor</s> <c>wrote</c> on Telegram.",
        ["Telegram"],
        "the mayor",
    ),
    (
        "a statement from the mission, marked whole",
        "<s>A separate statement from the mission</s> <c>said</c> <o>all was calm</o>.",
        ["A separate statement"],
        "the mission",
    ),
    (
        "a statement from a spokesman, marked as his medium",
        "“<o>All is calm</o>,” <s>a statement</s> from <r>his spokesman</r> <c>said</c>.",
        ["a statement"],
        "his spokesman",
    ),
    (
        "agency quotes, both marked as speakers",
        "“<o>All is calm</o>,” <s>AFP</s> <c>quoted</c> <s>a spokesman</s> as saying.",
        ["AFP"],
        "a spokesman",
    ),
    (
        "agency in a closing clause",
        "<s>The army</s> <c>said</c> <o>all was calm</o>, <s>Reuters</s> <c>reported</c>.",
        ["Reuters"],
        "The army",
    ),
    (
        "according to an agency, at the end",
        "<s>The army</s> has <c>urged</c> <o>calm at once</o>, <c>according to</c> <s>Interfax</s>.",
        ["Interfax"],
        "The army",
    ),
    (
        "a name marked in two parts",
        "<s>Marsh</s> <c>told</c> <r>the</r> <r>Harbour News</r> <o>all was calm</o>.",
        ["the Harbour News"],
        "Marsh",
    ),
    ("told", "<s>Marsh</s> <c>told</c> <r>the BBC</r> <o>all was calm</o>.", ["the BBC"], "Marsh"),
    ("told reporters", "<s>Marsh</s> <c>told</c> reporters <o>all was calm</o>.", [], "Marsh"),
    ("only the agency", "<s>Reuters</s> <c>reported</c> that <o>all was calm</o>.", [], "Reuters"),
    ("only the agency, marked as relay", "<r>Reuters</r> <c>reported</c> that <o>all was calm</o>.", [], "Reuters"),
    (
        "document",
        "<s>The group</s> <c>said</c> in <r>an audiotape</r> <o>it would go on</o>.",
        ["an audiotape"],
        "The group",
    ),
    (
        "network",
        "<s>The mayor</s> <c>wrote</c> on <r>Telegram</r> that <o>all was calm</o>.",
        ["Telegram"],
        "The mayor",
    ),
    (
        "statement read on",
        "In <r>a statement</r> read on <r>state television</r>, <s>the council</s> <c>said</c> <o>it ruled</o>.",
        ["state television", "a statement"],
        "the council",
    ),
    (
        "letter seen by",
        "<o>No grain will come</o>, <s>the secretary</s> <c>wrote</c> in <r>a letter</r> seen by <r>Reuters</r>.",
        ["Reuters", "a letter"],
        "the secretary",
    ),
    (
        "told B, quoted by A",
        "<s>A doctor</s> <c>told</c> <r>Petra FM</r>, quoted by <r>the daily Al-Ghad</r>, that <o>six were dead</o>.",
        ["the daily Al-Ghad", "Petra FM"],
        "A doctor",
    ),
    (
        "A, citing B, citing C",
        "<r>The Post</r>, citing <r>a Windhoek weekly</r>, which quoted <r>a guard</r> who heard <s>the cook</s>, "
        "<c>said</c> <o>the general was named</o>.",
        ["The Post", "a Windhoek weekly", "a guard"],
        "the cook",
    ),
    (
        "A reported what B was told",
        "<o>The pact stands</o>, <s>a minister</s> <c>told</c> <r>Radio Sel</r>, <r>the agency Nord</r> reported.",
        ["the agency Nord", "Radio Sel"],
        "a minister",
    ),
    (
        "quoted by A as telling B",
        "<s>A deputy</s> was <c>quoted</c> by <r>the paper Aravot</r> as telling <r>Mtsvane</r> <o>no boots came</o>.",
        ["the paper Aravot", "Mtsvane"],
        "A deputy",
    ),
    (
        "told an outlet that nobody knows",
        "<s>Marsh</s> <c>told</c> Petra Dispatch that <o>all was calm</o>.",
        ["Petra Dispatch"],
        "Marsh",
    ),
    (
        "told an outlet right before a pronoun that is marked",
        "<o>He wept</o>: <s>Marsh</s> <c>told</c> Interfax, <s>he</s> being tired, in the evening.",
        ["Interfax"],
        "Marsh",
    ),
    (
        "told a station that a noun before the name tells",
        "<o>All is calm</o>, <s>a guard</s> <c>told</c> the Lisbon radio station Antena Sul.",
        ["Antena Sul"],
        "a guard",
    ),
    (
        "told an outlet that is marked as a speaker",
        "<s>Marsh</s> <c>told</c> <s>Reuters</s> <o>all was calm</o>.",
        ["Reuters"],
        "Marsh",
    ),
    (
        "told state television",
        "<s>Marsh</s> <c>told</c> state television that <o>all was calm</o>.",
        ["state television"],
        "Marsh",
    ),
    (
        "told a news conference",
        "<s>Marsh</s> <c>told</c> a television conference that <o>all was calm</o>.",
        [],
        "Marsh",
    ),
    ("told an assembly", "<s>Marsh</s> <c>told</c> the House of Commons that <o>all was calm</o>.", [], "Marsh"),
    ("told people whom a name describes", "<s>Marsh</s> <c>told</c> Harbour envoys <o>all was calm</o>.", [], "Marsh"),
    ("told a capital", "<s>Marsh</s> <c>told</c> Beijing that <o>all was calm</o>.", [], "Marsh"),
    (
        "in its complaint",
        "In its complaint, <s>the union</s> <c>said</c> <o>nobody was paid</o>.",
        ["its complaint"],
        "the union",
    ),
    ("in his post", "In his post, <s>the mayor</s> <c>said</c> <o>all was calm</o>.", ["his post"], "the mayor"),
    (
        "a post on a network is the network's",
        "<o>All is calm</o>, <s>the mayor</s> <c>wrote</c> in a post on Telegram.",
        ["Telegram"],
        "the mayor",
    ),
    (
        "a message that an outlet played is the outlet's",
        "<o>All is calm</o>, <s>a guard</s> <c>said</c> in a voice message that <r>the BBC</r> played.",
        ["the BBC"],
        "a guard",
    ),
    ("soldiers in a post of theirs", "<s>Marsh</s> <c>said</c> <o>three died</o> in a border post.", [], "Marsh"),
    (
        "a document only spoken of",
        "<s>Marsh</s> <c>said</c> <o>he had never named her in a letter</o>.",
        [],
        "Marsh",
    ),
    ("in a speech", "<s>Marsh</s> <c>said</c> in a speech that <o>all was calm</o>.", [], "Marsh"),
    ("unmarked outlet", "<s>Marsh</s> <c>told</c> Harbour News <o>all was calm</o>.", ["Harbour News"], "Marsh"),
    ("unmarked agency", "<o>All is calm</o>, <s>a guard</s> <c>said</c>, quoted by Interfax.", ["Interfax"], "a guard"),
    (
        "whom the speaker belongs to",
        "“<o>All is calm</o>,” <c>said</c> <s>Ulla Brandner</s> of the Hamburg institute <r>Seeblick</r>.",
        [],
        "Ulla Brandner",
    ),
    (
        "quoted by one as telling another, no cue marked",
        "“<o>All is calm</o>,” <s>a deputy</s> was quoted by <r>Interfax</r> as telling the site <r>Mtsvane</r>.",
        ["Interfax", "Mtsvane"],
        "a deputy",
    ),
    (
        "quoted as saying that, no cue marked",
        "<r>Interfax</r> quoted <s>a source</s> as saying that <o>all was calm</o>.",
        ["Interfax"],
        "a source",
    ),
    (
        "told one, according to another",
        "<s>A doctor</s> <c>told</c> <r>Interfax</r>, <c>according to</c> <r>the BBC</r>, that <o>all was calm</o>.",
        ["the BBC", "Interfax"],
        "A doctor",
    ),
    (
        "an outlet cites, both marked as speakers",
        "<s>Reuters</s>, citing <s>security officials</s>, <c>reported</c> that <o>all was calm</o>.",
        ["Reuters"],
        "security officials",
    ),
    (
        "a programme of the broadcaster",
        "<s>Marsh</s> <c>told</c> <r>the BBC</r>'s “<r>Evening Hour</r>” <o>all was calm</o>.",
        ["the BBC"],
        "Marsh",
    ),
    ("an audience", "<s>Marsh</s> <c>told</c> <r>a cheering crowd</r> <o>all was calm</o>.", [], "Marsh"),
    (
        "an interview with a named outlet",
        "<s>Marsh</s> <c>said</c> in <r>an interview</r> with <r>Interfax</r> that <o>all was calm</o>.",
        ["Interfax"],
        "Marsh",
    ),
    (
        "a poll by an institute",
        "<s>A poll by the Harbour Institute</s> <c>found</c> that <o>all was calm</o>.",
        ["A poll"],
        "the Harbour Institute",
    ),
]


@pytest.mark.parametrize(("marked", "chain", "who"), [row[1:] for row in CHAINS], ids=[row[0] for row in CHAINS])
def test_chain(marked: str, chain: list[str], who: str) -> None:
    (statement,) = join(marked)[1]
    assert (relay(statement), speaker(statement)) == (chain, who)


def test_a_nested_statement_came_through_its_teller() -> None:
    _, found = join(
        "<r>Interfax</r> reports that <s>a clerk</s> <c>said</c> <o>the crew had a call that "
        "<s>a stranger</s> <c>warned</c> <i>of a bomb</i></o>."
    )
    assert [(speaker(s), relay(s)) for s in found] == [
        ("a clerk", ["Interfax"]),
        ("a stranger", ["Interfax", "a clerk"]),
    ]


def test_nobody_relays_himself() -> None:
    _, found = join(
        "<s>Ana Brel</s> <c>said</c> <o><s>she</s> <c>believed</c> <i>the dam would hold</i></o>.", {"she": "Ana Brel"}
    )
    assert [relay(s) for s in found] == [[], []]


def test_i_is_the_quoted_speaker_and_he_is_not() -> None:
    _, found = join(
        "“<o><s>I</s> <c>believe</c> <i>the dam will hold</i></o>,” <c>said</c> <s>Ana Brel</s>.\n"
        "“<o><s>He</s> <c>promised</c> <i>a new dam</i></o>,” <c>said</c> <s>Ana Brel</s>."
    )
    assert [(speaker(s), relay(s)) for s in found] == [
        ("Ana Brel", []),
        ("I", []),
        ("Ana Brel", []),
        ("He", ["Ana Brel"]),
    ]


def test_impersonal_words_came_through_an_outlet_only() -> None:
    _, outlet = join("<s>Reuters</s> <c>says</c> <o>the crew <c>is believed to</c> <i>be safe</i></o>.")
    _, person = join("<s>A priest</s> <c>says</c> <o>the crew <c>is believed to</c> <i>be safe</i></o>.")
    assert [relay(s) for s in outlet] == [[], ["Reuters"]]
    assert [relay(s) for s in person] == [[], []]


def test_direct_speech_that_goes_on_keeps_its_relay() -> None:
    _, found = join(
        """
        “<o>We hold the road</o>,” <s>Ana Brel</s> <c>told</c> <r>the BBC</r>.
        “<o>We shall hold it.</o>
        <o>All winter</o>,” <s>Brel</s> <c>said</c>.
        <s>Ilo Marsh</s> <c>said</c> “<o>nobody holds it</o>”.
        """,
        {"Brel": "Ana Brel"},
    )
    assert [relay(s) for s in found] == [["the BBC"], ["the BBC"], ["the BBC"], []]


def test_a_document_announced_before_carries_what_follows() -> None:
    _, found = join(
        """
        The group's leader has released <r>a new videotape</r>.
        <s>Omar Dahl</s> <c>said</c> <o>the war would go on</o>.
        <s>Omar Dahl</s> <c>called for</c> <o>a strike</o>.
        <s>The police</s> <c>said</c> <o>they had seen it</o>.
        """
    )
    assert [relay(s) for s in found] == [["a new videotape"], ["a new videotape"], []]


def test_the_chain_ends_at_a_semicolon() -> None:
    _, found = join(
        "<s>London</s> <c>wants</c> <o>it back</o>; <r>Interfax</r> <c>quoted</c> <s>an aide</s> as saying <o>no</o>."
    )
    assert [relay(s) for s in found] == [[], ["Interfax"]]


def test_a_document_that_speaks_stands_for_its_author() -> None:
    _, told = join(
        "<s>The ministry</s> <c>said</c> in <r>a statement</r> that <o>all was calm</o>.\n"
        "<s>The statement</s> <c>said</c> <o>nobody was hurt</o>.\n"
        "<s>A letter</s> <c>said</c> <o>two were hurt</o>."
    )
    assert [(speaker(s), s.speaker.name if s.speaker else None, relay(s)) for s in told] == [
        ("The ministry", "The ministry", ["a statement"]),
        ("The statement", "The ministry", []),
        ("A letter", "A letter", []),
    ]


def test_he_who_goes_on_in_the_sentence_was_heard_by_the_same_outlet() -> None:
    _, found = join(
        "“<o>It is a fake</o>,” <s>Ana Brel</s> <c>told</c> <r>the BBC</r>; <o>her forces had no guns</o>, "
        "<s>she</s> <c>added</c>.",
        {"she": "Ana Brel"},
    )
    assert [relay(s) for s in found] == [["the BBC"], ["the BBC"]]


def test_a_relative_clause_says_in_passing_what_no_outlet_heard() -> None:
    _, found = join(
        "<s>The militia</s>, which <c>vowed</c> <o>revenge</o>, <c>denied</c> <o>the attack</o> in <r>a message</r>."
    )
    assert [(speaker(s), relay(s)) for s in found] == [("The militia", []), ("The militia", ["a message"])]
