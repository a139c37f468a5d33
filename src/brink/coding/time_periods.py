"""Closed intervals of days and the arithmetic of the calendar on them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DAY, WEEK, MONTH, YEAR, HOUR, MINUTE = "day", "week", "month", "year", "hour", "minute"
COARSENESS = {MINUTE: 0, HOUR: 1, DAY: 2, WEEK: 3, MONTH: 4, YEAR: 5}
FIRST_YEAR, LAST_YEAR = 1000, 2999


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of days, both ends in it; an end is None where it is open or not known."""

    start: date | None
    end: date | None
    precision: str

    @property
    def known(self) -> bool:
        """Whether both ends are dates."""
        return self.start is not None and self.end is not None


UNRESOLVED_DAY = Period(None, None, DAY)


def unresolved(precision: str) -> Period:
    """A time that is told but cannot be placed."""
    return Period(None, None, precision)


def one_day(day: date, precision: str = DAY) -> Period:
    """A single day."""
    return Period(day, day, precision)


def days(start: date, end: date, precision: str = DAY) -> Period:
    """From one day to another, put in order."""
    return Period(min(start, end), max(start, end), precision)


def make_day(year: int, month: int, day: int) -> date | None:
    """A date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = day - timedelta(day.weekday())
    return Period(monday, monday + timedelta(6), WEEK)


def weekend_of(day: date) -> Period:
    """The Saturday and Sunday of a day's week."""
    saturday = day + timedelta(5 - day.weekday())
    return Period(saturday, saturday + timedelta(1), DAY)


def month_of(year: int, month: int) -> Period:
    """A whole month; months past 12 or before 1 run over into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), MONTH)


def months_of(year: int, month: int, count: int) -> Period:
    """Some months in a row: a quarter, a season, a half."""
    return Period(month_of(year, month).start, month_of(year, month + count - 1).end, MONTH)


def year_of(year: int) -> Period:
    """A whole year."""
    return Period(date(year, 1, 1), date(year, 12, 31), YEAR)


def years_of(first: int, last: int) -> Period:
    """Whole years in a row."""
    return Period(date(first, 1, 1), date(last, 12, 31), YEAR)


def add_months(day: date, count: int) -> date:
    """The same day some months on, or the last of that month where it is shorter."""
    month = month_of(day.year, day.month + count)
    assert month.start is not None and month.end is not None
    return date(month.start.year, month.start.month, min(day.day, month.end.day))


def shift(day: date, unit: str, count: float) -> date:
    """A day moved by units; part of a unit counts in days, hours and minutes by the day they reach."""
    if unit == "month":
        return add_months(day, int(count))
    if unit in ("year", "decade", "century"):
        return add_months(day, round(count * 12 * {"year": 1, "decade": 10, "century": 100}[unit]))
    size = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14}[unit]
    total = count * size
    whole = int(total) if total == int(total) else int(total) + (1 if total > 0 else -1)
    return day + timedelta(0 if abs(total) < 0.5 else whole)


def unit_period(day: date, unit: str, offset: int) -> Period:
    """The week, month, year … that holds a day, or one some units on."""
    if unit == "day":
        return one_day(day + timedelta(offset))
    if unit in ("week", "fortnight"):
        return week_of(day + timedelta(7 * offset))
    if unit == "month":
        return month_of(day.year, day.month + offset)
    if unit == "year":
        return year_of(day.year + offset)
    size = 10 if unit == "decade" else 100
    first = (day.year // size + offset) * size
    return years_of(first, first + size - 1)


def part_of(period: Period, part: str) -> Period:
    """Early, mid, late: the first, second, last part; start, end: the first or last day.

    The parts of months and years are those that the annotators of wikinews-plover took.
    """
    if period.start is None or period.end is None:
        return period
    length = (period.end - period.start).days + 1
    if length <= 2 or part == "whole":
        return period
    if part == "start":
        return one_day(period.start)
    if part == "end":
        return one_day(period.end)
    return Period(*_third(period.start, period.end, length, part), period.precision)


def _third(start: date, end: date, length: int, part: str) -> tuple[date, date]:
    if 28 <= length <= 31:
        edges = (start, start + timedelta(10), start + timedelta(19 if part == "late" else 20))
    elif 365 <= length <= 366:
        edges = (start, add_months(start, 5 if part == "mid" else 4), add_months(start, 8))
    elif start.year % 10 == 0 and end.year == start.year + 9:
        edges = (start, add_months(start, 48), add_months(start, 84))
    else:
        edges = (start, start + timedelta(length // 3), end - timedelta(length // 3 - 1))
    if part == "early":
        return start, edges[1] - timedelta(1)
    if part == "mid":
        return edges[1], edges[2] - timedelta(1)
    return edges[2], end
