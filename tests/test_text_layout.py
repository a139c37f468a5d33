"""The layout as a whole: what holds for any text."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brink.records import Report, TextLayout
from brink.text import layout
from brink.text.clean import clean
from brink.text.layout import READING

PIECES = [
    "KYIV, Feb 15 (Reuters) - ",
    "New Delhi: ",
    "By Jane Roe in Kyiv",
    "By Jane Roe",
    "The convoy left. ",
    "He said no. ",
    "“We go. We stay,” ",
    'Roe asked: "Why?" ',
    "ALSO READ | ",
    "Image: Jane Roe. ",
    "(AFP)",
    "14:35 GMT - ",
    "-ENDS-",
    "Gen. J. Roe ",
    "U.S. ",
    "... ",
    "\n",
    "\n\n",
    " ",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\ufeff",
    "ﬁ",
    "* * *",
    "• ",
    '"',
    "”",
    "(",
    ")",
    "© 2022 ",
    "Tuesday, August 30, 2007",
    "1. ",
    ".",
    "?!",
    "é",
    "中文。",
    "\U0001f600",
    "\t",
    "\r",
    "Watch: ",
    "a",
    "Z",
]
ANY_TEXT = st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=80))


def parts(found: TextLayout) -> list[tuple[int, int]]:
    """The extents that share the characters of a report among them, in order."""
    extents = [(piece.start, piece.end) for piece in (*found.sentences, *found.furniture)]
    if found.dateline is not None:
        extents.append((found.dateline.start, found.dateline.end))
    return sorted(extents)


@given(ANY_TEXT)
@example("\ufeffSoft\u00ad hyphen. Next\u200b one.")
def test_spans_point_to_their_characters(text: str) -> None:
    found = layout(Report("r", text))
    for sentence in found.sentences:
        assert sentence.text == text[sentence.start : sentence.end] != ""
        assert sentence.text == sentence.text.strip()
    if found.signature is not None:
        assert found.signature.text == text[found.signature.start : found.signature.end]


@given(ANY_TEXT)
def test_parts_do_not_overlap(text: str) -> None:
    extents = parts(layout(Report("r", text)))
    assert all(start < end for start, end in extents)
    assert all(before[1] <= after[0] for before, after in pairwise(extents))


@given(ANY_TEXT)
def test_sentences_are_in_order(text: str) -> None:
    found = layout(Report("r", text)).sentences
    assert [sentence.index for sentence in found] == list(range(len(found)))
    numbers = [sentence.paragraph for sentence in found]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(max(numbers, default=-1) + 1))


@given(ANY_TEXT)
def test_nothing_visible_is_lost(text: str) -> None:
    covered = {at for start, end in parts(layout(Report("r", text))) for at in range(start, end)}
    for at, character in enumerate(text):
        assert at in covered or not clean(character, READING).text.strip()


@given(ANY_TEXT)
def test_same_text_same_layout(text: str) -> None:
    assert layout(Report("r", text)) == layout(Report("other", text, title="Another title"))


def test_empty_text_has_an_empty_layout() -> None:
    assert layout(Report("r", "")) == TextLayout((), None, ())


def test_live_blog() -> None:
    text = "LIVE\n\n14:35 GMT - The convoy left. Nobody was hurt.\n\n14:20 GMT\n\nThe convoy was seen."
    found = layout(Report("r", text))
    assert [(sentence.paragraph, sentence.text) for sentence in found.sentences] == [
        (0, "LIVE"),
        (1, "The convoy left."),
        (1, "Nobody was hurt."),
        (2, "The convoy was seen."),
    ]


@pytest.mark.parametrize(
    "piece", ["\n", "Twitter ", "Reuters, ", "#a", "*", "By Jane Roe, ", "14:35 ", "Feb 15, 2022 ", ".\n", "Aa "]
)
def test_odd_masses_of_text_end(piece: str) -> None:
    text = (piece * 60 + "x\n\n") * 60
    text += "Published 15 February 2022 " + piece * 40 + "x"
    covered = sum(end - start for start, end in parts(layout(Report("r", text))))
    assert covered >= 60


def test_importing_the_stage_is_cheap() -> None:
    heavy = ("babel", "trafilatura", "onnxruntime", "numpy")
    code = f"import sys, brink.text; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
