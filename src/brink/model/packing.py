"""Sentences -> windows of word pieces: whole sentences, packed greedily, one report only.

A window never holds two reports and its packing depends on that report alone (docs/design.md, rule 4), because
dynamic int8 scales over a whole window, so a neighbour could change labels. Training packs with the same code.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from brink.records import Sentence

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PIECES = 256
"""Pieces in a window, [CLS] and [SEP] included. Longer windows than 160 gain two points on events (docs/model.md)."""

SHAPES = ("none", "lower", "capital", "upper", "mixed", "digit", "punctuation", "initial")
"""Case shapes of words: the encoder is uncased, so each word's shape is a feature of its own."""


_PLAIN = re.compile(r"[\t\n\r -Z\\-~£€À-ÖØ-öø-ſ‘’“”–—…]*")
"""Sentences whose words the tokeniser splits by white space and marks alone: no "[", which may open a [SEP]."""
_WORD = re.compile(r"[0-9A-Za-z£€À-ÖØ-öø-ſ]+|\S")
"""A word of such a sentence."""
KEPT = 30_000
"""Words whose pieces are kept; far more than the vocabulary of a day's news."""


class Word(NamedTuple):
    """A word as the tokeniser splits them: characters of the report's text, sentence index, pieces and case shape.

    A tuple, since a report makes hundreds and a frozen record takes five times as long to make.
    """

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


@functools.lru_cache(maxsize=20_000)
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
    """Words of each sentence, in order.

    The pieces of a word depend on that word alone, so those of words met before are kept; sentences with characters
    that the tokeniser drops or sets apart by rules of its own go through it whole.
    """
    read = _reader(tokeniser)
    return [
        _known(sentence, read) if _PLAIN.fullmatch(sentence.text) else _words(sentence, tokeniser)
        for sentence in sentences
    ]


@functools.lru_cache(maxsize=4)
def _reader(tokeniser: Tokenizer) -> Callable[[str], tuple[tuple[int, ...], int, int]]:
    """Asks a tokeniser for a word's pieces and its shapes, in a sentence and at its beginning."""

    @functools.lru_cache(maxsize=KEPT)
    def read(word: str) -> tuple[tuple[int, ...], int, int]:
        pieces = tokeniser.encode(word, add_special_tokens=False).ids
        return tuple(pieces), shape_of(word, False), shape_of(word, True)

    return read


def _known(sentence: Sentence, read: Callable[[str], tuple[tuple[int, ...], int, int]]) -> list[Word]:
    found: list[Word] = []
    base, index = sentence.start, sentence.index
    for match in _WORD.finditer(sentence.text):
        pieces, shape, opening = read(match[0])
        start, end = match.span()
        found.append(Word(base + start, base + end, index, pieces, shape if found else opening))
    return found


def _words(sentence: Sentence, tokeniser: Tokenizer) -> list[Word]:
    encoding = tokeniser.encode(sentence.text, add_special_tokens=False)
    numbers, pieces, offsets = encoding.word_ids, encoding.ids, encoding.offsets
    firsts = [i for i, number in enumerate(numbers) if i == 0 or number != numbers[i - 1]]
    found: list[Word] = []
    for first, after in itertools.pairwise([*firsts, len(numbers)]):
        start, end = offsets[first][0], offsets[after - 1][1]
        shape = shape_of(sentence.text[start:end], first == 0)
        place = sentence.start + start, sentence.start + end, sentence.index
        found.append(Word(*place, tuple(pieces[first:after]), shape))
    return found


def pack(words: Sequence[Sequence[Word]], cls: int, sep: int, size: int = PIECES) -> Iterator[Window]:
    """Windows of whole sentences, at most `size` pieces each; a longer sentence is cut between words."""
    room = size - 2
    held: list[Word] = []
    used = 0
    for sentence in words:
        for part in _parts(sentence, room):
            need = _need(part)
            if held and used + need > room:
                yield _window(held, cls, sep)
                held, used = [], 0
            held.extend(part)
            used += need
    if held:
        yield _window(held, cls, sep)


def _need(words: Sequence[Word]) -> int:
    return sum([len(w.pieces) for w in words])


def _parts(sentence: Sequence[Word], room: int) -> Iterator[Sequence[Word]]:
    if _need(sentence) <= room:
        if sentence:
            yield sentence
        return
    part: list[Word] = []
    used = 0
    for word in sentence:
        if part and used + len(word.pieces) > room:
            yield part
            part, used = [], 0
        # A single word of more pieces than a window (a long address) keeps its first ones.
        kept = word if len(word.pieces) <= room else word._replace(pieces=word.pieces[:room])
        part.append(kept)
        used += len(kept.pieces)
    if part:
        yield part


def _window(words: Sequence[Word], cls: int, sep: int) -> Window:
    ids = [cls, *itertools.chain.from_iterable([w.pieces for w in words]), sep]
    shapes = [0, *itertools.chain.from_iterable([(w.shape,) * len(w.pieces) for w in words]), 0]
    first = itertools.accumulate([len(w.pieces) for w in words[:-1]], initial=1)
    return Window(tuple(words), tuple(ids), tuple(shapes), tuple(first))
