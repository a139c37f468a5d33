"""Which time of a sentence is an event's, and which only dates the saying."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from brink.coding.calendar_words import times_table
from brink.coding.time_periods import MONTH, YEAR, Period, month_of, one_day, year_of
from brink.records import Sentence, Span, TimeValue

# Set on the training documents of wikinews-plover and on wire-plover, in words.
CLAUSE_COSTS = 6.0
"""What a clause's edge between a time and a verb costs."""
COMMA_COSTS = 3.0
"""What a comma between them costs."""
FRONT_FACTOR = 1.2
"""A time at the head of its clause stands before its verb: that many times as far off."""
BEFORE_FACTOR = 3.0
"""A time in the midst of its clause mostly follows its verb; a verb after it is that many times as far off."""
NAME_COSTS = 10.0
"""What a bare year without "in" or the like costs: mostly it belongs to a name ("the 2008 Olympics")."""
SAYING_REACH = 8.0
"""A time farther off than that from a cue does not date the saying."""

_NO_VERB = frozenset({"according", "by", "in", "on", "as", "per", "for"})
_EDGE = re.compile(
    r"[;:“”\"—]|\b(?:that|which|who|whose|where|when|and|but|while|because|whereas|after|before|although|though|as|if|since|until)\b"
)
_FRONT = re.compile(
    r"(?:^|[,;:“\"—]|\b(?:and|but|that|which|who))\s*(?:on|in|at|early|late|earlier|by|since)?\s*$", re.I
)
_YEAR_WORD = re.compile(r"\b(?:in|since|during|until|by|from|before|after|of|early|late|mid)[\s-]+$", re.I)


def event_time(
    trigger: Span, sentence: Sentence, times: Sequence[TimeValue], sayings: Sequence[Span], *, verbal: bool = False
) -> TimeValue | None:
    """Give the time of the sentence that dates the event of `trigger`; None where none does.

    `times` are the report's times, `sayings` the cue spans of its statements. A time that stands nearer to a cue than
    to the trigger dates the saying, unless the event is `verbal`: done by being said ("said on Monday that it rejects
    the plan"). Offsets of all of them count the report's characters.
    """
    here = [t for t in times if sentence.start <= t.text_start and t.text_end <= sentence.end]
    cues = [s for s in sayings if sentence.start <= s.start < sentence.end and not _overlap(s, trigger) and _says(s)]
    own: list[tuple[float, int, TimeValue]] = []
    said: list[tuple[float, int, TimeValue]] = []
    for time in here:
        cost = reach(time, trigger, sentence)
        to_cue = min((reach(time, cue, sentence) for cue in cues), default=SAYING_REACH + 1)
        (own if cost <= to_cue or to_cue > SAYING_REACH else said).append((cost, time.text_start, time))
    found = own or (said if verbal else [])
    return _of_trigger(min(found, key=lambda entry: entry[:2])[2], trigger, sentence) if found else None


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


@cache
def _plans() -> frozenset[str]:
    return frozenset(times_table("tense")["future"])


def _says(cue: Span) -> bool:
    """Whether a time can date a cue: not "according to", nor "expected", whose time is that of what is expected."""
    words = cue.text.lower().split()
    return bool(words) and words[0] not in _NO_VERB and words[-1] not in _plans()


def reach(time: TimeValue, verb: Span, sentence: Sentence) -> float:
    """How far a time stands from a verb: words between, more across commas and the edges of clauses."""
    after = verb.end <= time.text_start
    first, last = (verb.end, time.text_start) if after else (time.text_end, verb.start)
    between = sentence.text[max(0, first - sentence.start) : max(0, last - sentence.start)]
    steps = len(between.split()) + COMMA_COSTS * between.count(",") + CLAUSE_COSTS * len(_EDGE.findall(between))
    before = sentence.text[: time.text_start - sentence.start]
    name = NAME_COSTS if re.fullmatch(r"\d{4}", time.text) and not _YEAR_WORD.search(before) else 0.0
    if after or first > last:
        return steps + name
    return (FRONT_FACTOR * steps if _FRONT.search(before) else BEFORE_FACTOR * (steps + 1)) + name


def _of_trigger(time: TimeValue, trigger: Span, sentence: Sentence) -> TimeValue:
    """ "The first attack since the 2003 bombings": the bombings' own time is 2003, not the years since."""
    follows = sentence.text[max(0, time.text_end - sentence.start) : max(0, trigger.start - sentence.start)]
    inner = time.text_start < trigger.end and trigger.start < time.text_end
    if (
        not re.match(r"since\b", time.text, re.I)
        or time.start is None
        or not (inner or (re.match(r", when\b|(?:\s+\w+){0,3}\s*$", follows) and time.text_end <= trigger.start))
    ):
        return time
    if (re.match(r"\s*,", follows) and "when" not in follows) or re.search(
        r"^\w+ (?:this|last|the (?:start|beginning))", time.text, re.I
    ):
        return time
    unit = _unit(date.fromisoformat(time.start), time.precision)
    if unit.start is None or unit.end is None or unit.start.isoformat() != time.start:
        return time
    return replace(time, end=unit.end.isoformat())


def _unit(day: date, precision: str) -> Period:
    if precision == YEAR:
        return year_of(day.year)
    return month_of(day.year, day.month) if precision == MONTH else one_day(day)
