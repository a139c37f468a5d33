"""Whether a place in a sentence speaks of what was or of what is to come, by the nearest verb that tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from brink.coding.calendar_words import either, times_table

PAST, NONE, FUTURE = -1, 0, 1

AFTER_COSTS = 4.0
"""A verb after the time counts as that many times farther off: a time mostly follows its verb."""
BREAK_COSTS = 40
"""What a clause's edge between verb and time adds, in characters."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells the tense, with its characters in the sentence."""

    start: int
    end: int
    tense: int


@dataclass(frozen=True, slots=True)
class Tense:
    """The tense cues of one sentence."""

    text: str
    cues: tuple[Cue, ...]

    def at(self, start: int, end: int) -> int:
        """Give PAST, FUTURE, or NONE for a span of the sentence, by the cue that costs least to reach."""
        preposition = _preposition().search(self.text, max(0, start - BEHIND), start)
        word = preposition[1].lower() if preposition else ""
        reach = [(self._cost(cue, start, end), cue) for cue in self.cues if cue.end <= start or end <= cue.start]
        nearest = min(reach, key=lambda pair: pair[0])[1] if reach else None
        if word == "since":
            return PAST
        if word in ("by", "until", "till", "for"):
            return PAST if nearest and self._done(nearest, start) else FUTURE
        if nearest is None:
            return NONE
        return self._tense_of(nearest) if end <= nearest.start else self._after(nearest, start)

    def _after(self, cue: Cue, start: int) -> int:
        """The tense after a verb: "promised on Monday to go" is past, "promised to go on Monday" is not."""
        word, between = self.text[cue.start : cue.end], self.text[cue.end : start]
        said = word in times_table("tense")["demands"] and " to " not in between and not word.endswith(" to")
        return PAST if said and not _present_be().search(self.text[: cue.start]) else cue.tense

    def _done(self, cue: Cue, start: int) -> bool:
        """ "Were gone by Monday", but neither "were told to be gone" nor "demanded an answer by Monday"."""
        word, between = self.text[cue.start : cue.end], self.text[cue.end : start]
        return cue.tense == PAST and word not in times_table("tense")["demands"] and " to " not in between

    def _tense_of(self, cue: Cue) -> int:
        """The tense of a verb that follows: "In May they promised to go" is past, "is expected" is not."""
        finite = self.text[: cue.end].endswith("ed") and not _present_be().search(self.text[: cue.start])
        return PAST if finite else cue.tense

    def _cost(self, cue: Cue, start: int, end: int) -> float:
        between = self.text[cue.end : start] if cue.end <= start else self.text[end : cue.start]
        factor = 1.0 if cue.end <= start else AFTER_COSTS
        return len(between) * factor + BREAK_COSTS * len(_edges().findall(between))


def read_tense(text: str) -> Tense:
    """Find the tense cues of a sentence."""
    cues = []
    for match in _cue_pattern().finditer(text):
        if match["future"]:
            cues.append(Cue(match.start(), match.end(), FUTURE))
        elif not _after_be(text, match.start()) and (match["past"] or _is_past(match["regular"])):
            cues.append(Cue(match.start(), match.end(), PAST))
    return Tense(text, tuple(cues))


def _is_past(word: str) -> bool:
    return word.islower() and word not in times_table("tense")["not_past"]


def _after_be(text: str, start: int) -> bool:
    """ "Will be completed": the participle tells nothing, the auxiliary before it does."""
    return _BEFORE_BE.search(text, max(0, start - BEHIND), start) is not None


_BEFORE_BE = re.compile(r"\b(?:be|being|to|not|will|would|get)\s+(?:\w+ly\s+)?$")
BEHIND = 80
"""Characters before a verb or a time in which a preposition or an auxiliary with its adverb is looked for."""


@cache
def _preposition() -> re.Pattern[str]:
    return re.compile(
        r"\b(since|by|until|till|for)\s+(?:the\s+|(?:early|late|mid)\s+|about\s+|around\s+)?$", re.IGNORECASE
    )


@cache
def _present_be() -> re.Pattern[str]:
    return re.compile(r"\b(?:is|are|be|been|being|will|to)\s+(?:\w+ly\s+)?$")


@cache
def _edges() -> re.Pattern[str]:
    return re.compile(r"[;:“”\"—]|, |\b(?:that|which|who|and|but|while|because|whereas)\b")


@cache
def _cue_pattern() -> re.Pattern[str]:
    table = times_table("tense")
    future = [w for w in table["future"] if w != "may"]
    # "May" is a month; "may" before a lower-case word is a verb.
    return re.compile(
        rf"(?<![\w-])(?:(?P<future>(?i:{either(future)})|may(?=\s[a-z]))|(?P<past>{either(table['past'])})|(?P<regular>\w+ed))(?![\w-])"
    )
