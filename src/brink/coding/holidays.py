"""Named days of the year ("Christmas Eve", "Easter Monday") and their dates."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from brink.coding.calendar_words import times_table
from brink.coding.time_periods import make_day


def holiday_in(name: str, year: int) -> date | None:
    """The date of a named day (lower case) in a year; None where it has none. Raises KeyError for unknown names."""
    table = times_table("holidays")
    if name in table["fixed"]:
        month, day = table["fixed"][name]
        return make_day(year, month, day)
    if name in table["nth"]:
        return nth_weekday(year, *table["nth"][name])
    group = "easter" if name in table["easter"] else "orthodox"
    return _easter(year, orthodox=group == "orthodox") + timedelta(table[group][name])


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The first, second … weekday (0 Monday) of a month, the last for -1; IndexError where it has not so many."""
    found = [week[weekday] for week in calendar.monthcalendar(year, month) if week[weekday]]
    return date(year, month, found[which if which < 0 else which - 1])


def _easter(year: int, *, orthodox: bool) -> date:
    # Imported where it is needed, to keep the package quick to load.
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter  # type: ignore[import-untyped]

    found: date = easter(year, EASTER_ORTHODOX if orthodox else EASTER_WESTERN)
    return found
