"""Readers of calendar dates ("15 February 2022", "in March", "the 1990s", "Easter Sunday")."""

from __future__ import annotations

import re

from brink.coding.calendar_words import day_number, month_number, times_table, weekday_number
from brink.coding.holidays import holiday_in, nth_weekday
from brink.coding.tense import FUTURE, PAST
from brink.coding.time_periods import (
    DAY,
    FIRST_YEAR,
    LAST_YEAR,
    MONTH,
    Period,
    days,
    make_day,
    month_of,
    months_of,
    one_day,
    unresolved,
    year_of,
    years_of,
)
from brink.coding.time_scene import Reader, Scene, choose_year, relative_year


def _full(match: re.Match[str], scene: Scene) -> Period | None:
    number = day_number(match["d"].lower().removeprefix("the "))
    day = make_day(int(match["y"]), month_number(match["m"]), number or 0)
    return one_day(day) if day else None


def _part(match: re.Match[str], scene: Scene) -> Period | None:
    number, month = day_number(match["d"].lower().removeprefix("the ")), month_number(match["m"])
    if number is None or match["m"].islower() or make_day(2000, month, number) is None:
        return None
    if match["rel"] is not None:
        year = relative_year(match["rel"], scene)
        day = make_day(year, month, number) if year else None
        return one_day(day) if day else unresolved(DAY)
    weekday = weekday_number(match["wd"]) if match["wd"] else None

    def make(year: int) -> Period | None:
        day = make_day(year, month, number)
        near = scene.written is None or abs(year - scene.written.year) <= 1
        return one_day(day) if day and (weekday is None or (near and weekday == day.weekday())) else None

    return choose_year(make, scene, scene.yearly_tense(match)) or choose_year(
        lambda y: one_day(d) if (d := make_day(y, month, number)) else None, scene, scene.yearly_tense(match)
    )


def _nth_weekday(match: re.Match[str], scene: Scene) -> Period | None:
    """ "The first Sunday of June"."""
    if match["m"].islower():
        return None
    which = -1 if match["n"].lower() == "last" else day_number(match["n"]) or 1
    month, weekday = month_number(match["m"]), weekday_number(match["wd"])
    if match["y"]:
        return one_day(nth_weekday(int(match["y"]), month, weekday, which))
    return choose_year(lambda y: one_day(nth_weekday(y, month, weekday, which)), scene, scene.yearly_tense(match))


def _span(match: re.Match[str], scene: Scene) -> Period | None:
    first, last, month = day_number(match["d"]), day_number(match["e"]), month_number(match["m"])
    if first is None or last is None or first > last or match["m"].islower():
        return None

    def make(year: int) -> Period | None:
        start, end = make_day(year, month, first), make_day(year, month, last)
        return days(start, end) if start and end else None

    return make(int(match["y"])) if match["y"] else choose_year(make, scene, scene.yearly_tense(match))


def _iso(match: re.Match[str], scene: Scene) -> Period | None:
    day = make_day(int(match["y"]), int(match["mm"]), int(match["dd"]))
    return one_day(day) if day else None


def _numeric(match: re.Match[str], scene: Scene) -> Period | None:
    """Day and month in either order: resolved where one order alone makes a date, or one lies before the writing."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if match["sep"] == "." and len(match["y"]) == 2:
        return None
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    found = {d for d in (make_day(year, b, a), make_day(year, a, b)) if d}
    if len(found) == 2 and match["sep"] == ".":
        found = {d for d in (make_day(year, b, a),) if d}
    if len(found) == 2 and scene.written and scene.tense_of(match) != FUTURE:
        found = {d for d in found if d <= scene.written} or found
    if not found:
        return None
    return one_day(found.pop()) if len(found) == 1 else unresolved(DAY)


def _month_year(match: re.Match[str], scene: Scene) -> Period | None:
    if match["m"].islower():
        return None
    return month_of(int(match["y"]), month_number(match["m"]))


def _month_relative(match: re.Match[str], scene: Scene) -> Period | None:
    year = relative_year(match["rel"], scene)
    if match["m"].islower():
        return None
    return month_of(year, month_number(match["m"])) if year else unresolved(MONTH)


def _month(match: re.Match[str], scene: Scene) -> Period | None:
    if match["m"].islower() or not (match["rel"] or is_month(match.start("m"), match.end("m"), scene.text)):
        return None
    month, relation = month_number(match["m"]), (match["rel"] or "").lower()
    tense = {"last": PAST, "this past": PAST, "next": FUTURE, "this coming": FUTURE}.get(relation)
    if scene.written is None:
        return unresolved(MONTH)
    if relation == "this":
        return month_of(scene.written.year, month)
    if tense is not None:
        # "Last March", written in March, is a year ago.
        offset = 0 if (month - scene.written.month) * tense > 0 else tense
        return month_of(scene.written.year + offset, month)
    return choose_year(lambda y: month_of(y, month), scene, scene.tense_of(match))


def is_month(start: int, end: int, text: str) -> bool:
    """Whether the name of a month is one where it stands, and no verb, name of a person or of a thing."""
    words = times_table("calendar")["words"]
    before = re.search(r"([\w'’]+|[-–])\s*$", text[:start])
    after = re.match(r"\s*([\w'’]+)", text[end:])
    if after and (after[1].lower() in words["names_after"] and after[1][0].isupper()):
        return False
    if before and before[1].lower() in words["names_before"] and before[1][0].isupper():
        return False
    if text[start:end].lower() not in words["doubtful_months"]:
        return True
    return (
        before is not None
        and before[1].lower() in words["before_month"]
        and not (after and after[1][0].isupper() and after.group()[0].isspace())
    )


def _season_year(match: re.Match[str], scene: Scene) -> Period | None:
    return season_of(match["s"], int(match["y"]))


def season_of(name: str, year: int) -> Period:
    """The three months of a season; winter begins in the year named."""
    key = "autumn" if name.lower() == "fall" else name.lower()
    return months_of(year, times_table("calendar")["seasons"][key], 3)


def _quarter(match: re.Match[str], scene: Scene) -> Period | None:
    groups = match.groupdict()
    kind = (groups.get("k") or "quarter").lower()
    parts, length = (4, 3) if kind == "quarter" else (2, 6)
    number = parts if match["n"].lower() in ("final", "last") else day_number(match["n"])
    year = int(match["y"]) if match["y"] else relative_year(groups.get("rel"), scene)
    if number is None or number > parts:
        return None
    return months_of(year, length * (number - 1) + 1, length) if year else unresolved(MONTH)


def _decade(match: re.Match[str], scene: Scene) -> Period | None:
    groups = match.groupdict()
    if groups.get("yy"):
        before = scene.text[: match.start()].rstrip().lower()
        # "in his 70s" is an age.
        if (
            re.search(r"\b(?:his|her|their|my|mid|low|high|upper|lower)-?$", before)
            or scene.text[match.start() : match.start() + 1] in "$£€"
        ):
            return None
        return years_of(1900 + 10 * int(match["yy"]), 1909 + 10 * int(match["yy"]))
    first = int(match["y"]) * 10
    return years_of(first, first + 9)


def _century(match: re.Match[str], scene: Scene) -> Period | None:
    number = day_number(match["n"])
    return years_of(100 * number - 99, 100 * number) if number and 10 < number < 22 else None


def _years(match: re.Match[str], scene: Scene) -> Period | None:
    first = int(match["y"])
    last = int(match["z"]) if len(match["z"]) == 4 else first - first % 100 + int(match["z"])
    return years_of(first, last) if first < last <= first + 150 else None


def _year(match: re.Match[str], scene: Scene) -> Period | None:
    year = int(match["y"])
    return year_of(year) if FIRST_YEAR <= year <= LAST_YEAR and is_year(match, scene.text) else None


def is_year(match: re.Match[str], text: str) -> bool:
    """Whether four figures are a year: not a count, a flight, a resolution or the like."""
    words = times_table("calendar")["words"]
    before = re.search(r"([^\s(\[]+)\s*$", text[: match.start("y")])
    after = re.match(r"\s*([A-Za-z]+)", text[match.end("y") :])
    last = before[1].lower().strip("“”\"'") if before else ""
    if last in words["not_year_before"] or (after and after[1].lower() in words["not_year_after"]):
        return False
    if int(match["y"]) < 1800 or int(match["y"]) > 2099:
        return last in ("in", "since", "until", "of", "from", "by", "year", "to", "before", "around", "circa")
    return True


def _holiday(match: re.Match[str], scene: Scene) -> Period | None:
    name = " ".join(match["h"].lower().replace("’", "'").split())
    if match["h"].islower() or re.match(r"['’]s [a-z]+ (?:speech|address|message)", scene.text[match.end() :]):
        return None
    year = int(match["y"]) if match["y"] else relative_year(match["rel"], scene)
    if year:
        day = holiday_in(name, year)
        return one_day(day) if day else None
    if match["rel"]:
        return unresolved(DAY)
    return choose_year(lambda y: one_day(d) if (d := holiday_in(name, y)) else None, scene, scene.tense_of(match))


CALENDAR: dict[str, Reader] = {
    "full": _full,
    "part": _part,
    "span": _span,
    "nth_weekday": _nth_weekday,
    "iso": _iso,
    "numeric": _numeric,
    "month_year": _month_year,
    "month_relative": _month_relative,
    "month": _month,
    "season_year": _season_year,
    "quarter": _quarter,
    "decade": _decade,
    "century": _century,
    "years": _years,
    "year": _year,
    "holiday": _holiday,
}
"""Readers by the name that patterns.toml gives them."""
