"""Cleaned views of a text, with the way back to the stored characters.

A step is a pure function from a text to the cleaned text and a map (None where positions stay). Steps have names, so
that each caller says which it wants: a splitter needs to know an opening from a closing quote, a matcher does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from brink.text.tables import table

Offsets = Sequence[int] | None
Step = Callable[[str], tuple[str, Offsets]]


@dataclass(frozen=True, slots=True)
class View:
    """A cleaned text; `offsets` gives the stored position of each of its characters, None where they are the same."""

    text: str
    offsets: Offsets = None

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """Take a span of the view, give the span of the stored text that it came from."""
        if self.offsets is None:
            return start, end
        if start == end:
            at = self.offsets[start] if start < len(self.offsets) else self.offsets[-1] + 1
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


def clean(text: str, names: Sequence[str]) -> View:
    """Apply the named steps in order; raises KeyError for a name that is not in `steps()`."""
    offsets: Offsets = None
    for name in names:
        text, moved = steps()[name](text)
        if moved is not None:
            offsets = moved if offsets is None else [offsets[i] for i in moved]
    return View(text, offsets)


@cache
def steps() -> Mapping[str, Step]:
    """The table of cleaning steps by name, as the data file lists their characters."""
    characters = table("characters")
    made: dict[str, Step] = {name: _swap(groups) for name, groups in characters["swap"].items()}
    return made | {name: _rewrite(groups) for name, groups in characters["rewrite"].items()}


def _swap(groups: Mapping[str, str]) -> Step:
    """One `str.replace` per character: most are absent, and that is far quicker than `str.translate`."""

    def step(text: str) -> tuple[str, Offsets]:
        for new, olds in groups.items():
            for old in olds:
                text = text.replace(old, new)
        return text, None

    return step


def _rewrite(groups: Mapping[str, str]) -> Step:
    new_by_old = {old: new for new, olds in groups.items() for old in olds}
    found = re.compile("[" + re.escape("".join(new_by_old)) + "]")

    def step(text: str) -> tuple[str, Offsets]:
        if not found.search(text):
            return text, None
        pieces: list[str] = []
        offsets: list[int] = []
        last = 0
        for match in found.finditer(text):
            new = new_by_old[match.group()]
            pieces += (text[last : match.start()], new)
            offsets.extend(range(last, match.start()))
            offsets.extend([match.start()] * len(new))
            last = match.end()
        offsets.extend(range(last, len(text)))
        return "".join(pieces) + text[last:], offsets

    return step
