"""Joining atoms of time: date with hour, "early", "end of", ranges, "since", "by", "until".

Works on the sentence with each atom's characters replaced by a mark, so that a pattern can speak of "an atom".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache

from brink.coding.calendar_words import MARK, fill, times_table
from brink.coding.tense import FUTURE, Tense
from brink.coding.time_periods import (
    COARSENESS,
    DAY,
    HOUR,
    MONTH,
    WEEK,
    Period,
    days,
    part_of,
)
from brink.coding.time_rules import words_present


@dataclass(frozen=True, slots=True)
class Atom:
    """A time found in a sentence; `clock` marks a time of day whose day is not its own, `zone` what its words name."""

    start: int
    end: int
    period: Period
    clock: bool = False
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a join may ask: the sentence, its tense, the day of writing."""

    text: str
    tense: Tense
    written: date | None


Join = Callable[[re.Match[str], list[Atom], Setting], Period | None]


def join(atoms: Sequence[Atom], setting: Setting) -> list[Atom]:
    """Join atoms where words between or before them say so; atoms that nothing joins stay as they are."""
    found = sorted(atoms, key=lambda a: a.start)
    if not found:
        return found
    masked = _masked(setting.text, found)
    present = words_present(masked)
    for pattern, read, least in _joins_for(present):
        if len(found) < least:
            continue
        joined = _apply(pattern, read, found, setting, masked)
        if joined is not found:
            found, masked = joined, _masked(setting.text, joined)
    return found


def _masked(text: str, atoms: Sequence[Atom]) -> str:
    """The sentence with a mark for each character of an atom."""
    parts, at = [], 0
    for atom in atoms:
        parts += [text[at : atom.start], MARK * (atom.end - atom.start)]
        at = atom.end
    return "".join([*parts, text[at:]])


def _apply(pattern: re.Pattern[str], read: Join, atoms: list[Atom], setting: Setting, masked: str) -> list[Atom]:
    """The atoms after one kind of join; the same list where nothing is joined."""
    for match in pattern.finditer(masked):
        inside = [a for a in atoms if match.start() <= a.start and a.end <= match.end()]
        if not inside or (period := _joined(read, match, inside, setting)) is None:
            continue
        zone = next((a.zone for a in inside if a.zone), None)
        whole = Atom(match.start(), match.end(), period, all(a.clock for a in inside), zone)
        atoms = sorted([a for a in atoms if a not in inside] + [whole], key=lambda a: a.start)
    return atoms


def _joined(read: Join, match: re.Match[str], inside: list[Atom], setting: Setting) -> Period | None:
    try:
        return read(match, inside, setting)
    except OverflowError:
        # Beyond the calendar ("before" its first day): the parts stay as they were read.
        return None


@lru_cache(maxsize=1024)
def _joins_for(present: frozenset[str]) -> tuple[tuple[re.Pattern[str], Join, int], ...]:
    """The joins whose words a sentence holds, with their readers and the atoms they take at least."""
    return tuple((pattern, read, least) for pattern, read, least, needs in _joins() if needs <= present)


@cache
def _joins() -> tuple[tuple[re.Pattern[str], Join, int, frozenset[str]], ...]:
    """Each join's pattern, its reader, how many atoms it takes at least, and the lists of words it needs."""
    readers: dict[str, Join] = {
        "hour_of": _hour_of, "either_of": _either_of, "night_of": _night_of,
        "clock_and_day": _clock_and_day, "part_of_time": _part_of_time, "side_of_time": _side_of_time,
        "so_far": _so_far, "range": _range, "same_grain": _same_grain, "bound": _bound,
    }  # fmt: skip
    rows = times_table("patterns")["join"]
    return tuple(
        (
            fill(row["pattern"]),
            readers[row["read"]],
            2 if "<B>" in row["pattern"] else 1,
            frozenset(row.get("needs", ())),
        )
        for row in rows
    )


def _hour_of(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    return replace(atoms[0].period, precision=HOUR) if is_day(atoms[0].period) else None


def is_day(period: Period) -> bool:
    """Whether a time is a day or finer, resolved or not."""
    return period.start == period.end and COARSENESS[period.precision] <= COARSENESS[DAY]


def _either_of(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    """ "Tuesday (15 February)": the fuller of two tellings of one day."""
    first, second = atoms[0], atoms[-1]
    if first.clock != second.clock:
        return _clock_and_day(match, atoms, setting)
    if not (is_day(first.period) and is_day(second.period)):
        return None
    dated = any(c.isdigit() for c in setting.text[second.start : second.end])
    return second.period if dated or not first.period.known else first.period


def _night_of(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    """ "Overnight on July 16": the day named."""
    night = "night" in setting.text[atoms[0].start : atoms[0].end].lower()
    return atoms[-1].period if night and len(atoms) == 2 and is_day(atoms[-1].period) else None


def _clock_and_day(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    clocks, others = [a for a in atoms if a.clock], [a for a in atoms if not a.clock]
    if len(clocks) == 1 and len(others) == 1 and is_day(others[0].period):
        return replace(others[0].period, precision=clocks[0].period.precision)
    return None


_PARTS = {
    "early": "early", "late": "late", "mid": "mid", "beginning": "start", "start": "start", "end": "end",
    "close": "end", "middle": "mid", "first days": "early", "last days": "late",
}  # fmt: skip


def _part_of_time(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    word, period = match["p"].lower(), atoms[0].period
    if is_day(period):
        return period if word in ("early", "late", "end", "close") else None
    if not period.known or period.start is None or period.end is None:
        return period
    if word in _PARTS:
        return part_of(period, _PARTS[word])
    if "half" in word:
        middle = period.start + (period.end - period.start) / 2
        half = (middle + timedelta(1), period.end) if word[0] in "sl" else (period.start, middle)
        return Period(*half, period.precision)
    if word == "first week":
        return days(period.start, period.start + timedelta(6), WEEK)
    return days(period.end - timedelta(6), period.end, WEEK)


def _side_of_time(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    """ "Earlier this year": up to the writing; "later this year": from it on."""
    period = atoms[0].period
    if is_day(period) or setting.written is None or period.start is None or period.end is None:
        return period
    if not period.start <= setting.written <= period.end:
        return part_of(period, "early" if match["p"].lower() == "earlier" else "late")
    if match["p"].lower() == "earlier":
        return Period(period.start, setting.written, period.precision)
    return Period(setting.written, period.end, period.precision)


def _so_far(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    period = atoms[0].period
    if setting.written is None or period.start is None or period.start > setting.written:
        return period
    return Period(period.start, setting.written, period.precision)


def _range(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    first, last = atoms[0].period, atoms[-1].period
    if len(atoms) != 2:
        return None
    if first.start is None or last.end is None:
        return first if not first.known and not last.known else None
    if first.start > last.end:
        return _range_of_days(first.start, last.end, setting.tense.at(match.start(), match.end()))
    return Period(first.start, last.end, max(first.precision, last.precision, key=lambda p: COARSENESS[p]))


def _range_of_days(first: date, last: date, tense: int) -> Period | None:
    """ "From Monday to Thursday": each was placed for itself; the later must follow the earlier within a week."""
    if (first - last).days >= 7:
        return None
    return days(first, last + timedelta(7)) if tense == FUTURE else days(first - timedelta(7), last)


def _same_grain(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    """ "September and October", "2013 or 2014": neighbours of one grain that follow each other."""
    if len(atoms) != 2 or COARSENESS[atoms[0].period.precision] < COARSENESS[MONTH]:
        return None
    first, last = atoms[0].period, atoms[1].period
    if first.end is None or last.start is None or first.precision != last.precision:
        return None
    longest = (first.end - first.start).days if first.start else 0
    return _range(match, atoms, setting) if longest <= 366 and last.start == first.end + timedelta(1) else None


def _bound(match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period | None:
    word, period, written = match["p"].lower(), atoms[0].period, setting.written
    if not period.known or period.start is None or period.end is None or written is None:
        return period
    grain = period.precision
    if word == "through" and setting.text[atoms[0].start : atoms[0].end].islower():
        return None
    if word in ("since", "ever since"):
        return Period(period.start, written, grain) if period.start <= written else period
    if word in ("from", "as of"):
        return Period(period.start, written, grain) if match["on"] and period.start <= written else period
    if word in ("by", "until", "till", "no later than", "not later than", "through"):
        return Period(written, period.end, grain) if period.end > written else period
    if word in ("before", "prior to", "ahead of"):
        return _before(period, written, match, setting)
    return _after(period, written, match, atoms, setting)


def _before(period: Period, written: date, match: re.Match[str], setting: Setting) -> Period:
    assert period.start is not None and period.end is not None
    if COARSENESS[period.precision] < COARSENESS[DAY]:
        return period
    if period.start > written:
        # "Before the end of the year": its last day is in it.
        closing = re.search(r"\b(?:end|close)\b", setting.text[match.start() : match.end()].lower())
        return Period(written, period.start - timedelta(0 if closing else 1), period.precision)
    return Period(None, period.start - timedelta(1), period.precision)


def _after(period: Period, written: date, match: re.Match[str], atoms: list[Atom], setting: Setting) -> Period:
    assert period.start is not None and period.end is not None
    if COARSENESS[period.precision] < COARSENESS[DAY] or atoms[0].clock:
        return period
    told = setting.tense.at(match.start(), match.end()) != FUTURE and period.end < written
    return Period(period.end + timedelta(1), written if told else None, period.precision)
