"""Readers of weeks, months, years and spans told from the day of writing ("last week", "two years ago")."""

from __future__ import annotations

import re
from datetime import date

from brink.coding.calendar_words import count_of, unit_of
from brink.coding.tense import FUTURE, PAST
from brink.coding.time_dates import season_of
from brink.coding.time_periods import (
    DAY,
    MONTH,
    WEEK,
    YEAR,
    Period,
    days,
    month_of,
    months_of,
    one_day,
    shift,
    unit_period,
    unresolved,
)
from brink.coding.time_scene import Reader, Scene

_STEP = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}

_PRECISION = {
    "minute": DAY, "hour": DAY, "day": DAY, "week": WEEK, "fortnight": WEEK, "month": MONTH, "year": YEAR,
    "decade": YEAR, "century": YEAR,
}  # fmt: skip


def _unit(match: re.Match[str], scene: Scene) -> Period | None:
    relation, unit = match["rel"].lower(), match["u"].lower()
    if match.group().lower().startswith("the last ") and unit not in ("quarter", "century"):
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
    if count is None or scene.written is None or (count[0] != count[1] and unit in ("month", "year", "decade")):
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
    if count is None or (
        match["prep"].lower() == "in" and (word.lower() == "the" or count[0] != count[1] or count[1] > 400)
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


UNITS: dict[str, Reader] = {
    "unit": _unit,
    "unit_after": _unit_after,
    "this_unit": _this_unit,
    "unit_end": _unit_end,
    "season": _season,
    "relative_quarter": _quarter,
    "ago": _ago,
    "later": _later,
    "from_now": _from_now,
    "past_span": _past_span,
    "next_span": _next_span,
    "within": _within,
    "for_span": _for_span,
}
"""Readers by the name that patterns.toml gives them; "relative_quarter" is a quarter without its year."""
