"""What the readers of times share: the sentence and the day of writing, and the turn of a yearly time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from brink.coding.tense import FUTURE, NONE, PAST, Tense
from brink.coding.time_periods import Period, unresolved


@dataclass(slots=True)
class Scene:
    """What a reader may ask: the sentence, its tense, the day of writing, the time and the day last spoken of."""

    text: str
    tense: Tense
    written: date | None
    last: Period | None = None
    last_day: date | None = None

    def spoken_of(self, period: Period) -> None:
        """Note that a time has been told, for "the next day" and "a year later" to count from."""
        self.last = period
        if period.start == period.end:
            self.last_day = period.start

    def tense_of(self, match: re.Match[str]) -> int:
        """The tense at a match."""
        return self.tense.at(match.start(), match.end())

    def yearly_tense(self, match: re.Match[str]) -> int:
        """The tense for a date without its year; NONE for an attribute ("announced the 1 March launch")."""
        tense = self.tense_of(match)
        governed = re.search(
            r"(?:\b(?:on|in|since|from|by|until|till|to|of|at|after|before)|,)\s+(?:the\s+)?$",
            self.text[: match.start()],
        )
        return tense if governed or tense == FUTURE or not self.text[: match.start()].strip() else NONE


Reader = Callable[[re.Match[str], Scene], Period | None]
"""Gives the interval of a match, perhaps an unresolved one; None where the words are no time after all."""


def choose_year(make: Callable[[int], Period | None], scene: Scene, tense: int) -> Period | None:
    """The year's turn of a yearly time that the tense asks for: the last begun, the next to end, or else the nearest.

    Gives None where there is no such time in any year near, an unresolved one where the day of writing is not known.
    """
    if scene.written is None:
        found = make(2000)
        return unresolved(found.precision) if found else None
    near = [p for y in range(scene.written.year - 4, scene.written.year + 5) if (p := make(y)) is not None]
    past = [p for p in near if p.start is not None and p.start <= scene.written]
    future = [p for p in near if p.end is not None and p.end >= scene.written]
    if not past or not future:
        return past[-1] if past else future[0] if future else None
    if tense == NONE:
        return min(past[-1], future[0], key=lambda p: (_distance(p, scene.written), p is not past[-1]))
    return past[-1] if tense == PAST else future[0]


def _distance(period: Period, day: date | None) -> int:
    assert period.start is not None and period.end is not None and day is not None
    return max((period.start - day).days, (day - period.end).days, 0)


def relative_year(word: str | None, scene: Scene) -> int | None:
    """The year that "last", "this" or "next" names; None without a day of writing or a word."""
    if word is None or scene.written is None:
        return None
    return scene.written.year + {"last": -1, "next": 1}.get(word.lower(), 0)
