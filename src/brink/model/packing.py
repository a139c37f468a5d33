"""Sentences -> windows of word pieces: whole sentences, packed greedily, one report only.

A window never holds two reports and its packing depends on that report alone (docs/design.md, rule 4), because
dynamic int8 scales over a whole window, so a neighbour could change labels. Training packs with the same code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brink.records import Sentence

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

PIECES = 256
"""Pieces in a window, [CLS] and [SEP] included. Longer windows than 160 gain two points on events (docs/model.md)."""

SHAPES = ("none", "lower", "capital", "upper", "mixed", "digit", "punctuation", "initial")
"""Case shapes of words: the encoder is uncased, so each word's shape is a feature of its own."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the tokeniser splits them: characters of the report's text, sentence index, pieces and case shape."""

    start: int
    end: int
    sentence: int
    pieces: tuple[int, ...]
    shape: int


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive words that go through the encoder together; `first` are positions of their first pieces."""

    words: tuple[Word, ...]
    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    first: tuple[int, ...]


def shape_of(word: str, opens: bool) -> int:
    """Case shape of a word as an index into SHAPES; `opens`: it is the first word of its sentence."""
    if word.isdigit():
        return 5
    if not any(c.isalnum() for c in word):
        return 6
    if word.isupper():
        return 7 if len(word) == 1 else 3
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        # A capital that only opens the sentence says little; it keeps a shape of its own.
        return 7 if opens else 2
    return 1 if word.islower() else 4


def words_of(sentences: Sequence[Sentence], tokeniser: Tokenizer) -> list[list[Word]]:
    """Words of each sentence, in order."""
    encodings = tokeniser.encode_batch([s.text for s in sentences], add_special_tokens=False)
    return [_words(sentence, encoding) for sentence, encoding in zip(sentences, encodings, strict=True)]


def _words(sentence: Sentence, encoding: Encoding) -> list[Word]:
    found: list[Word] = []
    pieces: list[int] = []
    start = end = 0
    current: int | None = None
    for piece, number, (left, right) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
        if number != current:
            if pieces:
                found.append(_word(sentence, start, end, pieces, not found))
            current, pieces, start = number, [], left
        pieces.append(piece)
        end = right
    if pieces:
        found.append(_word(sentence, start, end, pieces, not found))
    return found


def _word(sentence: Sentence, start: int, end: int, pieces: list[int], opens: bool) -> Word:
    shape = shape_of(sentence.text[start:end], opens)
    return Word(sentence.start + start, sentence.start + end, sentence.index, tuple(pieces), shape)


def pack(words: Sequence[Sequence[Word]], cls: int, sep: int, size: int = PIECES) -> Iterator[Window]:
    """Windows of whole sentences, at most `size` pieces each; a longer sentence is cut between words."""
    room = size - 2
    held: list[Word] = []
    used = 0
    for sentence in words:
        for part in _parts(sentence, room):
            need = sum(len(w.pieces) for w in part)
            if held and used + need > room:
                yield _window(held, cls, sep)
                held, used = [], 0
            held.extend(part)
            used += need
    if held:
        yield _window(held, cls, sep)


def _parts(sentence: Sequence[Word], room: int) -> Iterator[list[Word]]:
    part: list[Word] = []
    used = 0
    for word in sentence:
        if part and used + len(word.pieces) > room:
            yield part
            part, used = [], 0
        # A single word of more pieces than a window (a long address) keeps its first ones.
        kept = Word(word.start, word.end, word.sentence, word.pieces[:room], word.shape)
        part.append(kept)
        used += len(kept.pieces)
    if part:
        yield part


def _window(words: Sequence[Word], cls: int, sep: int) -> Window:
    ids, shapes, first = [cls], [0], []
    for word in words:
        first.append(len(ids))
        ids.extend(word.pieces)
        shapes.extend([word.shape] * len(word.pieces))
    return Window(tuple(words), (*ids, sep), (*shapes, 0), tuple(first))
