"""Named days of the year ("Christmas Eve", "Easter Monday") and their dates."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

from brink.coding.calendar_words import either, times_table
from brink.coding.time_periods import make_day


@cache
def holiday_names() -> str:
    """A regular expression of all named days, the longest first."""
    table = times_table("holidays")
    return either(name for group in table.values() for name in group)


def holiday_in(name: str, year: int) -> date | None:
    """The date of a named day (lower case) in a year; None where it has none. Raises KeyError for unknown names."""
    table = times_table("holidays")
    if name in table["fixed"]:
        month, day = table["fixed"][name]
        return make_day(year, month, day)
    if name in table["nth"]:
        return _nth(year, *table["nth"][name])
    group = "easter" if name in table["easter"] else "orthodox"
    return _easter(year, orthodox=group == "orthodox") + timedelta(table[group][name])


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    found = [week[weekday] for week in calendar.monthcalendar(year, month) if week[weekday]]
    return date(year, month, found[which if which < 0 else which - 1])


def _easter(year: int, *, orthodox: bool) -> date:
    # dateutil comes with dateparser; it is imported where it is needed, to keep the package quick to load.
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

    return easter(year, EASTER_ORTHODOX if orthodox else EASTER_WESTERN)
