"""Packing: whole sentences, in order, nothing lost, and by one report alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from brink.model.packing import SHAPES, Word, _words, pack, shape_of, words_of
from brink.model.session import load_session
from brink.records import Sentence


def words(lengths: list[list[int]]) -> list[list[Word]]:
    """Sentences of words with the given numbers of pieces."""
    found, at = [], 0
    for sentence, sizes in enumerate(lengths):
        row = []
        for size in sizes:
            row.append(Word(at, at + 1, sentence, tuple(range(size)), 1))
            at += 2
        found.append(row)
    return found


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=12), max_size=8))
def test_every_word_once_in_order_and_no_window_too_long(lengths: list[list[int]]) -> None:
    given_words = words(lengths)
    windows = list(pack(given_words, 101, 102, size=20))
    assert [w for window in windows for w in window.words] == [w for row in given_words for w in row]
    for window in windows:
        assert len(window.ids) == len(window.shapes) <= 20
        assert window.ids[0] == 101 and window.ids[-1] == 102
        assert all(window.ids[p] == w.pieces[0] for p, w in zip(window.first, window.words, strict=True))


def test_a_sentence_that_fits_is_never_cut() -> None:
    windows = list(pack(words([[5, 5], [5, 5], [5]]), 101, 102, size=17))
    assert [[w.sentence for w in window.words] for window in windows] == [[0, 0], [1, 1, 2]]


def test_shapes() -> None:
    cases = {
        "troops": "lower",
        "Kyiv": "capital",
        "NATO": "upper",
        "McCain": "mixed",
        "300": "digit",
        "-": "punctuation",
    }
    assert {w: SHAPES[shape_of(w, opens=False)] for w in cases} == cases
    assert SHAPES[shape_of("The", opens=True)] == "initial"


LETTERS = st.one_of(
    st.sampled_from("abcXYZ019 .,'’“”-–—…$£€é\tİßŁ[]_"),
    st.characters(max_codepoint=0x2FF),
    st.sampled_from(["[SEP]", "[CLS]", "\u200b", "\u0301", "\xad", "中", "troops", "Kyiv", "withdrawal"]),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=25))
def test_words_kept_from_before_are_those_that_the_tokeniser_gives(letters: list[str]) -> None:
    text = "".join(letters)
    sentence, tokeniser = Sentence(3, 0, 7, 7 + len(text), text), load_session().tokeniser
    assert words_of([sentence], tokeniser) == [_words(sentence, tokeniser)]
