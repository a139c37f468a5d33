"""Publication dates as people and feeds write them -> a date and how precise it is. Nothing is ever filled in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:[T ](?P<time>\d{2}.*))?)?)?", re.ASCII)
_HOUR = re.compile(r"\d{2}(?:Z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII)
_MIDNIGHT = re.compile(r"00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?", re.ASCII)


def published(text: str) -> tuple[date, str]:
    """The date that `text` gives, and its precision: year, month, day, hour or minute.

    Takes YYYY, YYYY-MM, YYYY-MM-DD and ISO 8601 dates with a time; the day is the one written, in the zone written.
    Midnight sharp counts as "day", because that is how programs write a date for which they know no time. A year stands
    for its first day and so does a month. Raises ValueError with one sentence.
    """
    form = _FORM.fullmatch(text.strip())
    try:
        if form is None:
            raise ValueError(text)
        if form["time"]:
            precision = _time_precision(form["time"])
            return datetime.fromisoformat(text.strip()).date(), precision
        found = date(int(form["year"]), int(form["month"] or 1), int(form["day"] or 1))
    except ValueError:
        raise ValueError(f"'{_short(text)}' is no date of the form YYYY, YYYY-MM, YYYY-MM-DD or ISO 8601.") from None
    return found, "day" if form["day"] else "month" if form["month"] else "year"


def instant(text: str) -> str | None:
    """The same text's moment in UTC ("2022-02-15T08:10:00Z"), None where it gives none or lies beyond 9999.

    No zone means UTC.
    """
    form = _FORM.fullmatch(text.strip())
    if form is None or not form["time"] or _time_precision(form["time"]) == "day":
        return None
    found = datetime.fromisoformat(text.strip())
    try:
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None
    return found.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _time_precision(time: str) -> str:
    if _MIDNIGHT.fullmatch(time):
        return "day"
    return "hour" if _HOUR.fullmatch(time) else "minute"


def _short(text: str) -> str:
    return " ".join(text.split())[:60]
