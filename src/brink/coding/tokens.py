"""A report's words with their offsets, each with the key under which tables file it."""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

from brink.coding.vocabulary import words

# "Saudi-led" and "London-based" name a state by their first half: two words. "Russian-backed" names none of its own.
_WORD = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?"
    r"|[^\W_]+(?:[-&/](?!(?:led|run|based)\b)[^\W_]+|['’](?!s\b)[^\W_]+)*|['’]s\b"
)
_DROPPED = str.maketrans(dict.fromkeys(".'’‘ʻ`´", None))


class Tokens:
    """The words of a text, in order: parallel tuples of start, end, text and key; a possessive 's is its own word."""

    __slots__ = ("ends", "keys", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        """Split `text` into words; punctuation is left out."""
        found = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
        self.text = text
        self.starts = tuple(f[0] for f in found)
        self.ends = tuple(f[1] for f in found)
        self.words = tuple(f[2] for f in found)
        self.keys = tuple(map(key_of_word, self.words))

    def __len__(self) -> int:
        return len(self.words)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of word indexes that lie within characters `start:end`."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Give the characters from word `first` to before word `last` (at least one word)."""
        return self.starts[first], self.ends[last - 1]

    def gap(self, index: int) -> str:
        """Give the characters between word `index` and the next one."""
        return self.text[self.ends[index] : self.starts[index + 1]] if index + 1 < len(self) else "\n\n"

    def joined(self, index: int) -> bool:
        """Whether nothing but space (or the point of a short form) parts a word from the next one."""
        gap = self.gap(index)
        if gap == " ":
            return True
        return (not gap.strip() and "\n" not in gap) or (gap.strip() == "." and self.is_short(index))

    def is_short(self, index: int) -> bool:
        """Whether a word is a title's short form or an initial, whose point ends no sentence."""
        return len(self.words[index]) == 1 or self.keys[index] in words("short")


@functools.lru_cache(maxsize=20_000)
def key_of_word(word: str) -> str:
    """Give the key of one word: no case, accents, points or apostrophes; the WHO is not the word "who"."""
    if word == "WHO":
        return "w.h.o"
    plain = word.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    return plain.translate(_DROPPED) or plain


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


@functools.lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """Give the key of a name: the keys of its words, parted by spaces; a leading "the" and possessives are left out."""
    keys = [key_of_word(m.group()) for m in _WORD.finditer(name)]
    return " ".join(without_article([key for key in keys if key != "s"]))


def without_article(keys: Sequence[str]) -> Sequence[str]:
    """Leave out a leading "the"."""
    return keys[1:] if len(keys) > 1 and keys[0] == "the" else keys
