"""Readers of days told from the day of writing or the day last spoken of ("on Monday", "the next day", "at noon")."""

from __future__ import annotations

import re
from datetime import date, timedelta

from brink.coding.calendar_words import day_number, times_table, unit_of, weekday_number
from brink.coding.tense import FUTURE, PAST
from brink.coding.time_periods import (
    DAY,
    HOUR,
    MINUTE,
    MONTH,
    Period,
    days,
    make_day,
    month_of,
    one_day,
    shift,
    unit_period,
    unresolved,
    weekend_of,
)
from brink.coding.time_scene import Reader, Scene


def _deictic(match: re.Match[str], scene: Scene) -> Period | None:
    key = " ".join(match["w"].lower().split())
    first, last = times_table("relative")["deictic"][key]
    precision = HOUR if re.search(r"morning|afternoon|evening|night", key) and first == last else DAY
    if scene.written is None:
        return unresolved(precision)
    return days(scene.written + timedelta(first), scene.written + timedelta(last), precision)


def _anaphoric(match: re.Match[str], scene: Scene) -> Period | None:
    day = scene.last_day
    key = " ".join(match["w"].lower().split())
    precision = HOUR if re.search(r"morning|afternoon|evening|night", key) else DAY
    if day is None:
        return unresolved(precision)
    return one_day(day + timedelta(times_table("relative")["anaphoric"][key]), precision)


def _year_before(match: re.Match[str], scene: Scene) -> Period | None:
    """ "The same month last year": the time last spoken of, a year back."""
    last = scene.last
    if last is None or last.start is None or last.end is None:
        return unresolved(MONTH)
    end = shift(last.end + timedelta(1), "year", -1) - timedelta(1)
    return Period(shift(last.start, "year", -1), end, last.precision)


def _weekday(match: re.Match[str], scene: Scene) -> Period | None:
    groups = match.groupdict()
    if match["wd"].islower() or named(match.start("wd"), match.end("wd"), scene.text):
        return None
    if scene.written is None:
        return unresolved(DAY)
    relation, weekday = (groups.get("rel") or "").lower(), weekday_number(match["wd"])
    if groups.get("week"):
        monday = unit_period(scene.written, "week", {"last week": -1}.get(groups["week"].lower(), 1)).start
        return one_day(monday + timedelta(weekday)) if monday else None
    if "following" in relation or "previous" in relation:
        return _weekday_from_last(relation, weekday, scene)
    return one_day(_weekday_near(relation, weekday, scene, scene.tense_of(match), scene.written))


def _weekday_near(relation: str, weekday: int, scene: Scene, tense: int, written: date) -> date:
    back = timedelta((written.weekday() - weekday) % 7)
    ahead = timedelta((weekday - written.weekday()) % 7)
    if relation in ("last", "this past", "past"):
        return written - (back or timedelta(7))
    if relation in ("next", "this coming", "coming"):
        return written + (ahead or timedelta(7))
    return written + ahead if tense == FUTURE else written - back


def _weekday_from_last(relation: str, weekday: int, scene: Scene) -> Period | None:
    day = scene.last_day
    if day is None:
        return unresolved(DAY)
    if "following" in relation:
        return one_day(day + timedelta((weekday - day.weekday() - 1) % 7 + 1))
    return one_day(day - timedelta((day.weekday() - weekday - 1) % 7 + 1))


def named(start: int, end: int, text: str) -> bool:
    """Whether the name of a day is part of a longer name ("Sunday Times", "Bloody Sunday")."""
    words = times_table("calendar")["words"]
    before, after = re.search(r"([\w'’]+)\s+$", text[:start]), re.match(r"\s+([A-Z]\w+)", text[end:])
    if after and after[1].lower() in words["names_after"]:
        return True
    return bool(before and before[1][0].isupper() and before[1].lower() in words["names_before"])


def _weekend(match: re.Match[str], scene: Scene) -> Period | None:
    relation = (match["rel"] or "").lower()
    if relation == "a":
        return None
    if scene.written is None:
        return unresolved(DAY)
    this = weekend_of(scene.written)
    if "last" in relation or "past" in relation or "previous" in relation:
        return weekend_of(scene.written - timedelta(7))
    if relation in ("next", "following"):
        return weekend_of(scene.written + timedelta(7))
    if "coming" in relation or scene.tense_of(match) != PAST or scene.written.weekday() >= 5:
        return this
    return weekend_of(scene.written - timedelta(7))


def _the_nth(match: re.Match[str], scene: Scene) -> Period | None:
    """ "By the 28th": the month of writing, or the nearest one that the tense allows."""
    number, preposition = day_number(match["d"]), match["prep"].lower()
    if number is None or scene.written is None:
        return None if number is None else unresolved(DAY)
    tense = {"by": FUTURE, "until": FUTURE, "till": FUTURE, "since": PAST}.get(preposition, scene.tense_of(match))
    options = _days_called(number, (match["next"] or "").lower(), scene.written)
    fitting = [d for d in options if (d >= scene.written if tense == FUTURE else d <= scene.written)] or options
    distances = [(abs((d - scene.written).days), d) for d in fitting]
    return one_day(min(distances)[1]) if distances else unresolved(DAY)


def _days_called(number: int, month_words: str, written: date) -> list[date]:
    """The days of that number in the month of writing and its neighbours, or in the one that the words name."""
    named = next((s for word, s in (("next", 1), ("last", -1), ("this", 0)) if word in month_words), None)
    firsts = [month_of(written.year, written.month + s).start for s in ((named,) if named is not None else (-1, 0, 1))]
    return [day for first in firsts if first and (day := make_day(first.year, first.month, number))]


def _nth_day(match: re.Match[str], scene: Scene) -> Period | None:
    number, unit = day_number(match["n"]), unit_of(match["u"])
    if number is None or scene.written is None:
        return unresolved(DAY)
    return days(shift(scene.written, unit, 1 - number), scene.written)


def _clock(match: re.Match[str], scene: Scene) -> Period | None:
    """A time of day alone: the day last spoken of, where it is near the writing, else the day of writing."""
    word = match["c"]
    precision = MINUTE if re.search(r"\d[:.]?\d\d", word) else HOUR
    if (
        word.isdigit()
        and len(word) == 4
        and not match["zone"]
        and not re.match(r"\s?(?:h|hours|hrs)\b", scene.text[match.end() :])
    ):
        return None
    if scene.written is None:
        return unresolved(precision)
    day = scene.last_day
    near = day is not None and abs((day - scene.written).days) <= 7
    return one_day(day if day and near else scene.written, precision)


RELATIVE: dict[str, Reader] = {
    "deictic": _deictic,
    "anaphoric": _anaphoric,
    "year_before": _year_before,
    "weekday": _weekday,
    "weekend": _weekend,
    "the_nth": _the_nth,
    "nth_day": _nth_day,
    "clock": _clock,
}
"""Readers by the name that patterns.toml gives them."""
