"""Atoms of time that are told from the day of writing, or from the day last spoken of."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from brink.coding.calendar_words import count_of, day_number, either, fill, times_table, unit_of, weekday_number
from brink.coding.tense import FUTURE, PAST
from brink.coding.time_periods import (
    DAY,
    HOUR,
    MINUTE,
    MONTH,
    WEEK,
    YEAR,
    Period,
    days,
    make_day,
    month_of,
    months_of,
    one_day,
    shift,
    unit_period,
    unresolved,
    weekend_of,
)
from brink.coding.time_rules import Reader, Rule, Scene, season_of

_STEP = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}
_PRECISION = {
    "minute": DAY, "hour": DAY, "day": DAY, "week": WEEK, "fortnight": WEEK, "month": MONTH, "year": YEAR,
    "decade": YEAR, "century": YEAR,
}  # fmt: skip


@cache
def relative_rules() -> tuple[Rule, ...]:
    """The rules of relative times."""
    table = times_table("relative")
    deictic, anaphoric = either(table["deictic"]), either(table["anaphoric"])
    parts = "|".join((either(table["parts"]["phrases"]), either(table["parts"]["words"])))
    about = r"(?:about|around|almost|nearly|roughly|approximately|some|just over|just under|over|more than|less than|at least|only|just|exactly|a little over)"
    patterns: list[tuple[str, str, Reader]] = [
        ("deictic", rf"(?<![\w-])(?P<w>{deictic})(?!\w|['’]s (?:Homes?|Show)|-)", _deictic),
        ("same", r"\bthe same (?:month|period|time|quarter|week|day)(?: of| in|,)? (?:a year ago|a year earlier|(?:the )?(?:last|previous) year|the year before)\b", _year_before),
        ("anaphoric", rf"(?<![\w-])(?P<w>{anaphoric})(?![\w-])", _anaphoric),
        ("weekday", r"(?<![\w-])(?:(?P<rel>last|next|this|this past|this coming|the following|the previous|following|previous|past|coming|all) )?(?P<wd><WEEKDAY>)(?: \((?P<n>\d{1,2})\))?(?: (?P<week>next week|last week|week))?(?!\w|['’]s? (?:(?-i:[A-Z])\w+ (?:Mirror|Times)))", _weekday),
        ("weekday", r"(?<![\w-])(?P<wd>(?:mon|tues?|wed|thurs?|fri|sat|sun)\.)(?= |,)", _weekday),
        ("weekend", r"(?<![\w-])(?:(?P<rel>last|next|this|this past|past|this coming|coming|previous|following|the|the past|a) )?weekend(?![\w-])", _weekend),
        ("unit", r"\b(?:the )?(?P<rel>last|this|next|previous|current|coming|following|same|that) (?P<u>week|fortnight|month|year|decade|century|quarter)s?(?![\w-]| of (?:<MONTH>|last|next|this))", _unit),
        ("unit", r"\b(?:the )?(?P<u>year|month|week) (?P<rel>before|previous|earlier|after|later)(?=[.,;]|$)", _unit_after),
        ("year", r"\bthe (?P<u>year|month|week)\b", _this_unit),
        ("year", r"\b(?:the |this |last )?(?P<u>year|month|week)(?:['’]s)?[ -]end\b(?! of)", _unit_end),
        ("season", r"\b(?:(?P<rel>last|this|next|this past|this coming|that|in|by|until|in the|since|during the|for the) )(?P<s><SEASON>)(?![\w-]| (?-i:[A-Z]))", _season),
        ("quarter", r"\b(?:the |its )?(?P<n>first|second|third|fourth|final)[ -](?P<k>quarter|half)(?: of the year)?(?![\w-])(?! final)", _quarter),
        ("ago", rf"(?<![\w-])(?:{about} )?(?P<n><COUNT>)(?: and a half| or so| more)?[ -](?P<u><UNIT>)(?: or so)? ago\b(?: (?P<to>today|yesterday|this week|this month))?", _ago),
        ("later", rf"(?<![\w-])(?:{about} )?(?P<n><COUNT>) (?P<u><UNIT>) (?P<dir>later|earlier|before|previously|beforehand|afterwards?)(?! (?:than|this|that|the)\b)", _later),
        ("fromnow", r"(?<![\w-])(?P<n><COUNT>) (?P<u><UNIT>) (?:from (?:now|today)|hence)\b", _from_now),
        ("pastn", rf"\b(?:the |these )?(?:last|past|preceding|previous) (?:{about} )?(?P<n><COUNT>)(?:-plus)?[ -](?P<u><UNIT>)(?: or so)?(?![\w-])", _past_span),
        ("past1", r"\b(?:the (?:past|last)|this past|in past) (?P<u>day|week|fortnight|month|year|decade)(?![\w-]| of (?:<MONTH>|last|next|this))", _past_span),
        ("nextn", r"\b(?:the |these )?(?:next|coming|following) (?P<n><COUNT>)[ -](?P<u><UNIT>)(?![\w-])", _next_span),
        ("within", rf"\b(?P<prep>within|inside|in) (?:the next )?(?:{about} |another )?(?P<n><COUNT>|the)[ -](?P<u><UNIT>)['’]?s?(?: time)?(?![\w-])(?! (?:of|after|ago|later|since|and)\b)", _within),
        ("for", rf"\bfor (?:{about} )?(?P<n><COUNT>)[ -](?P<u><UNIT>)(?![\w-])", _for_span),
        ("nthday", r"\bfor (?:a|the|his|her|its|their) (?P<n><ORDINAL>)(?: (?:straight|consecutive|successive))? (?P<u>day|night|week)(?: running| in a row)?\b", _nth_day),
        ("the nth", r"\b(?P<prep>on|by|since|until|till|from|before|to|and) (?:the )?(?P<d>(?:[12]?\d|3[01])(?:st|nd|rd|th))(?P<next> of (?:next|this|last) month)?(?=\s*(?:[.,;:)]|$|and\b|to\b|at\b|in\b|but\b|with\b|after\b|the\b))", _the_nth),
        ("the nth", r"\b(?P<prep>by|since|until|till|from|on) the (?P<d><ORDINAL>)(?P<next> of (?:next|this|last) month)(?![\w-])", _the_nth),
        ("the nth", r"\b(?P<prep>by|since|until|till|on) the (?P<d><ORDINAL>)(?=[.,;]|$)(?P<next>)", _the_nth),
        ("clock", r"(?<![\w:.$£€+])(?:between (?P<from><CLOCK>) and )?(?P<c><CLOCK>)(?P<zone><ZONE>)?(?![:\w]|\.\d)", _clock),
        ("clock", r"(?<![\w:.$£€+])(?<=\bat\s)(?P<c>(?:[01]?\d|2[0-3])\.[0-5]\d)(?P<zone><ZONE>)?(?![:\w]|\.\d)", _clock),
        ("clock", rf"(?<![\w-])(?P<c>{parts})(?P<zone><ZONE>)?(?![\w-])", _clock),
    ]  # fmt: skip
    return tuple(Rule(name, fill(pattern), read) for name, pattern, read in patterns)


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


def _unit(match: re.Match[str], scene: Scene) -> Period | None:
    relation, unit = match["rel"].lower(), match["u"].lower()
    if match.group().lower().startswith("the last ") and unit != "century":
        return _past_span(match, scene)
    if unit == "quarter":
        return _quarter_step(relation, scene)
    if relation in ("same", "that", "previous", "following"):
        anchor = scene.last.start if scene.last else None
    else:
        anchor = scene.written
    return unit_period(anchor, unit, _STEP.get(relation, 0)) if anchor else unresolved(_PRECISION[unit])


def _quarter_step(relation: str, scene: Scene) -> Period | None:
    if scene.written is None or relation in ("same", "that", "previous", "following"):
        return unresolved(MONTH)
    first = (scene.written.month - 1) // 3 * 3 + 1 + 3 * _STEP.get(relation, 0)
    return months_of(scene.written.year, first, 3)


def _unit_after(match: re.Match[str], scene: Scene) -> Period | None:
    """ "The year before", told from the time last spoken of."""
    unit = match["u"].lower()
    step = -1 if match["rel"].lower() in ("before", "previous", "earlier") else 1
    anchor = scene.last.start if scene.last else None
    return unit_period(anchor, unit, step) if anchor else unresolved(_PRECISION[unit])


def _this_unit(match: re.Match[str], scene: Scene) -> Period | None:
    unit = match["u"].lower()
    if not re.search(
        r"\b(?:end|start|beginning|middle|rest|remainder|half|quarter|part|course)\s+of\s+$",
        scene.text[: match.start()],
    ):
        return None
    return unit_period(scene.written, unit, 0) if scene.written else unresolved(_PRECISION[unit])


def _unit_end(match: re.Match[str], scene: Scene) -> Period | None:
    unit = match["u"].lower()
    if unit == "week" or scene.written is None:
        return None if unit == "week" else unresolved(DAY)
    end = unit_period(scene.written, unit, 0).end
    return one_day(end) if end else None


def _season(match: re.Match[str], scene: Scene) -> Period | None:
    if match["s"][0].isupper() or scene.written is None:
        return None if match["s"][0].isupper() else unresolved(MONTH)
    if match["s"].lower() == "fall" and match["rel"].lower() not in ("last", "this", "next", "in the", "this past"):
        return None
    relation, written = match["rel"].lower(), scene.written
    options = [season_of(match["s"], y) for y in range(written.year - 2, written.year + 3)]
    past = [p for p in options if p.end and p.end < written]
    future = [p for p in options if p.start and p.start > written]
    now = [p for p in options if p not in past and p not in future]
    if relation in ("last", "this past"):
        return past[-1]
    if relation in ("next", "this coming"):
        return future[0]
    return now[0] if now else _season_by_tense(relation, past[-1], future[0], scene, match)


def _season_by_tense(relation: str, past: Period, future: Period, scene: Scene, match: re.Match[str]) -> Period:
    tense = scene.tense_of(match)
    if relation in ("by", "until") or tense == FUTURE:
        return future
    if relation == "this" and tense != PAST:
        return future
    return past


def _quarter(match: re.Match[str], scene: Scene) -> Period | None:
    """A quarter without its year: this year's, or last year's where this year's has not begun and the tense is past."""
    if scene.written is None:
        return unresolved(MONTH)
    if not match["k"].lower().startswith("quarter") and "year" not in match.group().lower():
        return None
    length = 3 if match["k"].lower() == "quarter" else 6
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 12 // length}
    first = length * (names[match["n"].lower()] - 1) + 1
    if first > 12:
        return None
    back = first > scene.written.month and scene.tense_of(match) == PAST
    return months_of(scene.written.year - (1 if back else 0), first, length)


def _ago(match: re.Match[str], scene: Scene) -> Period | None:
    count = count_of(match["n"])
    anchor = scene.written
    if count is None:
        return None
    unit = unit_of(match["u"])
    if anchor is None:
        return unresolved(_PRECISION[unit])
    low, high = count if "half" not in match.group() else (count[0] + 0.5, count[1] + 0.5)
    return moved(anchor, unit, -high, -low)


def moved(anchor: date, unit: str, first: float, last: float) -> Period:
    """The time some units from a day: a day for days and weeks, a month for months, a year for longer units."""
    if unit in ("month",):
        return Period(
            month_of(anchor.year, anchor.month + int(first)).start,
            month_of(anchor.year, anchor.month + int(last)).end,
            MONTH,
        )
    if unit in ("year", "decade", "century"):
        start, end = shift(anchor, unit, first), shift(anchor, unit, last)
        return Period(date(start.year, 1, 1), date(end.year, 12, 31), YEAR)
    return days(shift(anchor, unit, first), shift(anchor, unit, last))


def _later(match: re.Match[str], scene: Scene) -> Period | None:
    count, unit = count_of(match["n"]), unit_of(match["u"])
    anchor = scene.last_day or (scene.last.start if scene.last and unit in ("month", "year", "decade") else None)
    if count is None:
        return None
    if anchor is None:
        return unresolved(_PRECISION[unit])
    back = match["dir"].lower() in ("earlier", "before", "previously", "beforehand")
    low, high = (-count[1], -count[0]) if back else count
    return moved(anchor, unit, low, high)


def _from_now(match: re.Match[str], scene: Scene) -> Period | None:
    count, unit = count_of(match["n"]), unit_of(match["u"])
    if count is None or scene.written is None:
        return None if count is None else unresolved(_PRECISION[unit])
    return moved(scene.written, unit, *count)


def _past_span(match: re.Match[str], scene: Scene) -> Period | None:
    count, unit = count_of(match.groupdict().get("n") or "one"), unit_of(match["u"])
    if count is None or scene.written is None or count[0] != count[1] and unit in ("month", "year", "decade"):
        return None if count is None else unresolved(_PRECISION[unit])
    return days(shift(scene.written, unit, -count[1]), scene.written)


def _next_span(match: re.Match[str], scene: Scene) -> Period | None:
    count, unit = count_of(match["n"]), unit_of(match["u"])
    if count is None or scene.written is None:
        return None if count is None else unresolved(_PRECISION[unit])
    return days(scene.written, shift(scene.written, unit, count[1]))


def _within(match: re.Match[str], scene: Scene) -> Period | None:
    """ "Within 48 hours", "in thirty days": from the writing on, or up to it where the sentence tells the past."""
    word, unit = match["n"], unit_of(match["u"])
    count = (1.0, 1.0) if word.lower() == "the" else count_of(word)
    if (
        count is None
        or match["prep"].lower() == "in"
        and (word.lower() == "the" or count[0] != count[1] or count[1] > 400)
    ):
        return None
    if scene.written is None:
        return unresolved(_PRECISION[unit])
    tense = scene.tense_of(match)
    if tense == FUTURE or match["prep"].lower() != "in":
        return days(scene.written, shift(scene.written, unit, count[1]))
    return days(shift(scene.written, unit, -count[1]), scene.written) if tense == PAST else None


_PERFECT = re.compile(r"(?:\b(?:has|have)|['’]ve|n['’]t)\b[^,;:“”\"]{0,60}$", re.IGNORECASE)


def _for_span(match: re.Match[str], scene: Scene) -> Period | None:
    """ "Has stood for three weeks": up to the writing; "will stay for two days": from it on; else a mere length."""
    count, unit = count_of(match["n"]), unit_of(match["u"])
    if count is None or count[0] != count[1] or match["n"].lower() in ("a", "an"):
        return None
    future, perfect = scene.tense_of(match) == FUTURE, _PERFECT.search(scene.text[: match.start()])
    if scene.written is None or not (future or perfect):
        return None if not (future or perfect) else unresolved(_PRECISION[unit])
    other = shift(scene.written, unit, -count[1] if perfect else count[1])
    return days(scene.written, other)


def _nth_day(match: re.Match[str], scene: Scene) -> Period | None:
    number, unit = day_number(match["n"]), unit_of(match["u"])
    if number is None or scene.written is None:
        return unresolved(DAY)
    return days(shift(scene.written, unit, 1 - number), scene.written)


def _the_nth(match: re.Match[str], scene: Scene) -> Period | None:
    """ "By the 28th": the month of writing, or the nearest one that the tense allows."""
    number, preposition = day_number(match["d"]), match["prep"].lower()
    if number is None or scene.written is None:
        return None if number is None else unresolved(DAY)
    tense = (
        FUTURE if preposition in ("by", "until", "till") else PAST if preposition == "since" else scene.tense_of(match)
    )
    year, month = scene.written.year, scene.written.month
    step = next((s for w, s in (("next", 1), ("last", -1), ("this", 0)) if w in (match["next"] or "").lower()), None)
    near = [month_of(year, month + s).start for s in ((step,) if step is not None else (-1, 0, 1))]
    options = [d for m in near if m and (d := make_day(m.year, m.month, number))]
    fitting = [d for d in options if (d >= scene.written if tense == FUTURE else d <= scene.written)] or options
    best = min(fitting, key=lambda d: abs((d - scene.written).days)) if scene.written and fitting else None
    return one_day(best) if best else unresolved(DAY)


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
