"""Marks that may end a sentence, each with its surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from brink.text.tables import either, table

# How far a decision looks around a mark: words are shorter, and a cap keeps odd text (a megabyte of "A. ") linear.
REACH = 48
# Quotation marks are counted back so far to tell a closing from an opening one.
QUOTE_REACH = 2000

_BEFORE = re.compile(r"""[^\s"“”'‘’(\[—–/]*$""")
_NEXT = re.compile(r"""\s*(?P<openers>(?:["'“”‘’«(\[{]|[-–—*]+\s?)*)(?P<word>[\w$£€¥@#][\w'’.-]*)?""")


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of marks at `text[at:]`, closing quotes and brackets up to `stop`, in the paragraph `text[start:end]`.

    `before` is the word that the run stands on, `next` the word that follows (after the quotes and dashes `openers`),
    `after` the character behind `next`. A bullet inside a paragraph, or the label of a
    credit that no stop separates from its caption, is a mark of its own, with `run` empty.
    """

    text: str
    start: int
    at: int
    stop: int
    end: int
    run: str
    closers: str
    unspaced: bool
    before: str
    openers: str
    next: str
    after: str


def inside_quotes(mark: Mark) -> bool:
    """Whether a quotation that opened before the mark, in the same paragraph, is still open there."""
    first = max(mark.start, mark.at - QUOTE_REACH)
    curly = mark.text.rfind("“", first, mark.at) > mark.text.rfind("”", first, mark.at)
    return curly or mark.text.count('"', first, mark.at) % 2 == 1


@cache
def _marks() -> re.Pattern[str]:
    """A run of marks is taken whole and only from its first mark on, so that no run is read twice."""
    labels = either(table("furniture")["glued"]["labels"])
    return re.compile(
        rf"""(?<![.!?…]) (?P<run>[.!?…]++) (?P<closers>(?:["'”’»)\]}}]|\[\d{{1,3}}\])*+)
             (?: (?=\s|$) | (?P<unspaced>(?=[A-Z][a-z’]|["“][A-Z])) )
          | (?<=\s) (?: [•▪●■►‣](?=\s) | \*(?=\s[A-Z]) | {labels}(?=:\s[A-Z]) )""",
        re.VERBOSE,
    )


def marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Take a text and the extent of a paragraph, give its marks in order."""
    for match in _marks().finditer(text, start, end):
        at, stop = match.start(), match.end()
        if match["run"] is None:
            yield Mark(text, start, at, at, end, "", "", False, "", "", "", "")
            continue
        before = _BEFORE.search(text[max(start, at - REACH) : at])
        following = _NEXT.match(text, stop, min(end, stop + REACH))
        yield Mark(
            text=text,
            start=start,
            at=at,
            stop=stop,
            end=end,
            run=match["run"],
            closers=match["closers"],
            unspaced=match["unspaced"] is not None,
            before=before.group() if before else "",
            openers=following["openers"] if following else "",
            next=(following["word"] or "") if following else "",
            after=text[following.end() : min(end, following.end() + 1)] if following else "",
        )
