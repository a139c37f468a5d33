"""Paragraphs: blank lines, one newline a paragraph, hard-wrapped text."""

from __future__ import annotations

import pytest

from brink.text.paragraphs import paragraphs

WRAPPED = """The army said on Monday that it had taken the hill above the town of
Ostrava Vale and that its men would stay there until the end of the
month, when talks are due to begin again under a new mediator. Colonel
Jan Roe declined to say how many they were.
A second paragraph follows without a blank line, and it is long enough
to be wrapped as well, which is what the reader of old wire copy has to
expect.

The third one comes behind a blank line and is wrapped in the same way,
so that its second line belongs to it."""

TABLE = [
    ("blank lines", "One.\n\n\nTwo.\n \nThree.", ["One.", "Two.", "Three."]),
    (
        "one newline a paragraph",
        "One went home.\nTwo stayed.\nThree slept.",
        ["One went home.", "Two stayed.", "Three slept."],
    ),
    ("cut in mid-sentence", "The men went\nhome on Monday.", ["The men went\nhome on Monday."]),
    ("cut behind an article", "The men told the\nMinister of it.", ["The men told the\nMinister of it."]),
    ("cut behind a title", "A shell wounded Gen.\nRoe at noon.", ["A shell wounded Gen.\nRoe at noon."]),
    ("a heading above its text", "Talks fail again\nThe talks failed.", ["Talks fail again", "The talks failed."]),
    ("bullets", "They want:\n- peace\n- bread", ["They want:", "- peace", "- bread"]),
    ("numbered", "Demands\n1. peace\n2. bread", ["Demands", "1. peace", "2. bread"]),
    ("white space around", "  \n\n  One.  \n\n", ["One."]),
    ("nothing", "", []),
    ("only white space", " \n\t\n ", []),
]


@pytest.mark.parametrize(("name", "text", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_paragraphs(name: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == expected


def test_hard_wrapped_lines_are_joined() -> None:
    found = [WRAPPED[start:end].split()[:2] for start, end in paragraphs(WRAPPED)]
    assert found == [["The", "army"], ["A", "second"], ["The", "third"]]
