"""Atoms of time: patterns that find one expression, and what each reads it as.

A rule is a pattern and a reader. A reader takes the match and the `Scene` and gives a `Period` (perhaps unresolved), or
None where the words are no time after all. This file holds the rules of calendar dates; `time_relative` holds those
that need the day of writing or the day last spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from brink.coding.calendar_words import day_number, fill, month_number, times_table, weekday_number
from brink.coding.holidays import holiday_in, holiday_names
from brink.coding.tense import FUTURE, NONE, PAST, Tense
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


Reader = Callable[[re.Match[str], Scene], Period | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of expression. `strength` decides between matches of the same length."""

    name: str
    pattern: re.Pattern[str]
    read: Reader


@cache
def calendar_rules() -> tuple[Rule, ...]:
    """The rules of calendar dates."""
    head = r"(?:(?P<wd><ANYDAY>),? (?:the )?)?"
    patterns: list[tuple[str, str, Reader]] = [
        ("day", head + r"\b(?P<d><DAY>|(?:the )<ORDINAL>)(?: day)?(?: of)?[ -](?P<m><ANYMONTH>)(?:,? of |,? |-)(?P<y><YEAR>)\b(?![,.]?\d)", _full),
        ("day", head + r"\b(?P<m><ANYMONTH>) (?:the )?(?P<d><DAY>|<ORDINAL>),? (?P<y><YEAR>)\b(?![,.]?\d)", _full),
        ("day", head + r"\b(?P<d><DAY>|the <ORDINAL>)(?: day)?(?: of)? (?P<m><ANYMONTH>)(?:,? (?:of )?(?P<rel>last|this|next) year)?(?![\w-])", _part),
        ("day", head + r"\b(?P<m><ANYMONTH>) (?:the )?(?P<d><DAY>|<ORDINAL>)\b(?:,? (?:of )?(?P<rel>last|this|next) year)?(?![:%\w]|[.,]\d| ?(?:million|percent|per cent|people))", _part),
        ("days", r"\b(?P<d><DAY>)(?: ?[-–—] ?| (?:and|to|through|or) (?:the )?)(?P<e><DAY>)(?: of)? (?P<m><ANYMONTH>)(?:,? (?P<y><YEAR>))?\b", _span),
        ("days", r"\b(?P<m><ANYMONTH>) (?P<d><DAY>)(?: ?[-–—] ?| (?:and|to|through|or) (?:the )?)(?P<e><DAY>)\b(?:,? (?P<y><YEAR>)\b)?(?![,.:]?\d)", _span),
        ("iso", r"\b(?P<y><YEAR>)-(?P<mm>0[1-9]|1[0-2])-(?P<dd>0[1-9]|[12]\d|3[01])\b", _iso),
        ("numeric", r"(?<![\d/.])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?![\d/.]\d|\d)", _numeric),
        ("month", r"\b(?P<m><ANYMONTH>)(?:,| of|,? of the year)? (?P<y><YEAR>)\b(?![,.]?\d)", _month_year),
        ("month", r"\b(?P<m><MONTH>),? (?:of )?(?P<rel>last|this|next) year\b", _month_relative),
        ("month", r"\b(?:(?P<rel>last|next|this|this past|this coming) )?(?P<m><MONTH>)(?!\w|['’]s? (?-i:[A-Z])|-(?-i:[A-Z]))", _month),
        ("season", r"\b(?:the )?(?P<s><SEASON>)(?: of|,)? (?P<y><YEAR>)\b", _season_year),
        ("quarter", r"\b(?:the )?(?P<n><ORDINAL>|final|last)[ -](?P<k>quarter|half) of (?:(?P<y><YEAR>)|(?P<rel>last|this|next|the) year)\b", _quarter),
        ("quarter", r"\b(?:Q(?P<n>[1-4])) (?P<y><YEAR>)\b", _quarter),
        ("decade", r"(?<!\w)(?:the )?(?P<y>(?:1[0-9]|20)\d)0['’]?s\b", _decade),
        ("decade", r"\b(?:the )?['’]?(?P<yy>[2-9])0s\b", _decade),
        ("century", r"\b(?:the )?(?P<n><ORDINAL>)[ -]century\b", _century),
        ("years", r"(?<![\w.,/-])(?P<y><YEAR>) ?[-–—/] ?(?P<z><YEAR>|\d\d)(?![\w-]|[.,]\d)", _years),
        ("year", r"(?:(?<![\w.,/$£€₽¥#-])|(?<=mid-))(?P<y><YEAR>)(?![\w%/-]|[.,:]\d)", _year),
        ("year", r"(?<![\w.,/$£€-])(?P<y><YEAR>)(?=-(?:[a-z]|\d{4}))", _year),
        ("holiday", rf"(?<![\w-])(?P<h>{holiday_names()})(?! (?:tree|card|present|gift|shopping|island|accords|agreement|market|truce))\b(?:,? (?:of |in )?(?:(?P<y><YEAR>)\b|(?P<rel>last|this|next) year))?", _holiday),
    ]  # fmt: skip
    return tuple(Rule(name, fill(pattern), read) for name, pattern, read in patterns)


FAR, NEAR = 200, 60
"""Days: a date that far back is given up for one that near ahead, whatever the tense ("announced the 25 October launch")."""


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
    if not near or not past or not future:
        return None
    if tense == NONE or _distance(past[-1], scene.written) > FAR and _distance(future[0], scene.written) < NEAR:
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
        return one_day(day) if day and weekday in (None, day.weekday()) else None

    return choose_year(make, scene, scene.tense_of(match)) or choose_year(
        lambda y: one_day(d) if (d := make_day(y, month, number)) else None, scene, scene.tense_of(match)
    )


def _span(match: re.Match[str], scene: Scene) -> Period | None:
    first, last, month = day_number(match["d"]), day_number(match["e"]), month_number(match["m"])
    if first is None or last is None or first > last or match["m"].islower():
        return None

    def make(year: int) -> Period | None:
        start, end = make_day(year, month, first), make_day(year, month, last)
        return days(start, end) if start and end else None

    return make(int(match["y"])) if match["y"] else choose_year(make, scene, scene.tense_of(match))


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
