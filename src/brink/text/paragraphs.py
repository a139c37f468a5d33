"""Where paragraphs begin and end.

A blank line always ends one. A single newline does so too, unless it is the trace of hard wrapping: a line that was
cut because the next word would not have fitted, or that plainly stops in the middle of a sentence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache

from brink.text.tables import either, table

# Hard-wrapped text has columns of about 60 to 80 characters; quoted mail and narrow columns widen the range.
NARROWEST, WIDEST = 38, 130
# So many single newlines, and such a share of them cut in mid-sentence, make a text hard-wrapped.
LEAST_LINES, LEAST_SHARE = 3, 0.5

Extent = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"(?:[-*•▪●■►‣◦–—·>+]|\(?(?:\d{1,2}|[a-z])[.)])\s")
_STOPPED = re.compile(r"""[.!?…:;]["'”’»)\]]*$""")


def paragraphs(text: str) -> list[Extent]:
    """Take a text, give the extents of its paragraphs in order, white space at their ends left out."""
    lines = _lines(text)
    width = _wrap_width(text, lines)
    found: list[Extent] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and _adjacent(text, before, line) and _joined(text, before, line, width):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return found


def _lines(text: str) -> list[Extent]:
    extents = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            extents.append((start, start + len(stripped)))
    return extents


def _adjacent(text: str, before: Extent, line: Extent) -> bool:
    return text.count("\n", before[1], line[0]) == 1


def _wrap_width(text: str, lines: Sequence[Extent]) -> int | None:
    """The column at which the text was wrapped, None where its newlines are not the work of wrapping."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if _adjacent(text, a, b)]
    if len(pairs) < LEAST_LINES:
        return None
    lengths = sorted(end - start for (start, end), _ in pairs)
    width = lengths[-1 - len(lengths) // 20]
    if not NARROWEST <= width <= WIDEST:
        return None
    cut = sum(_full(text, a, b, width) and not _stopped(text, a) for a, b in pairs)
    return width if cut >= LEAST_SHARE * len(pairs) else None


def _joined(text: str, before: Extent, line: Extent, width: int | None) -> bool:
    """Whether the newline between two adjacent lines only wraps a paragraph."""
    if _BULLET.match(text, line[0], line[1]):
        return False
    if _dangling(text, before) or (text[line[0]].islower() and not _stopped(text, before)):
        return True
    return width is not None and _full(text, before, line, width)


def _full(text: str, before: Extent, line: Extent, width: int) -> bool:
    """Whether the first word of a line would not have fitted on the line before it."""
    word = re.compile(r"\S+").match(text, line[0], min(line[1], line[0] + width))
    return before[1] - before[0] + 1 + len(word.group() if word else "") > width


def _stopped(text: str, line: Extent) -> bool:
    return bool(_STOPPED.search(text, max(line[0], line[1] - 8), line[1]))


def _dangling(text: str, line: Extent) -> bool:
    """Whether a line ends in a word that no sentence or heading ends in."""
    return bool(_dangling_end().search(text, max(line[0], line[1] - 16), line[1]))


@cache
def _dangling_end() -> re.Pattern[str]:
    return re.compile(r"(?:\s" + either(table("abbreviations")["never_last"]) + r"|,)$")
