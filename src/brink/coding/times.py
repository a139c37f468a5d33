"""Times: sentences and a day of writing go in, every expression of time with its interval comes out.

`find_times` gives the times of a report; `event_time` chooses the one that dates an event. Neither raises. A time that
cannot be placed (no day of writing, nothing before it to count from, a date that may be read two ways) keeps its words
and has neither start nor end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from brink.coding.calendar_words import times_table
from brink.coding.event_times import event_time
from brink.coding.tense import read_tense
from brink.coding.time_joins import Atom, Setting, join
from brink.coding.time_periods import DAY, Period, unresolved
from brink.coding.time_rules import Rule, matches
from brink.coding.time_scene import Scene
from brink.records import Dateline, Sentence, TimeValue

DATELINE_REACH = 3
"""Days that a dateline's date may lie before publication and still be believed to be the day of writing."""

_MAYBE = re.compile(
    r"(?i)\d|day|night|noon|dawn|dusk|week|month|year|morrow|morning|evening|date|sun(?:rise|set)|first light|dark"
    r"|lunch|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|quarter|decade|centur|ago|easter"
    r"|christmas|hour|minute|thanks|pentecost|hallow|epiphany|eve|anzac|midnight|breakfast|mon\.|tue|wed|thu|fri|sat\."
)


def find_times(
    text: str, sentences: Sequence[Sentence], published: date | None, dateline: Dateline | None
) -> tuple[TimeValue, ...]:
    """Give every time that the sentences tell, in text order.

    `published` is the report's date, `dateline` its dateline, both perhaps None; a date in the dateline that lies close
    before publication is the day that "today" means. Values are intervals of days; `text[text_start:text_end] == text`.
    """
    written, zone = day_of_writing(published, dateline)
    found: list[TimeValue] = []
    before = Scene("", read_tense(""), written)
    for sentence in sentences:
        if not matches(sentence.text) or _MAYBE.search(sentence.text) is None:
            continue
        scene = replace(before, text=sentence.text, tense=read_tense(sentence.text))
        atoms, before = times_of(scene), scene
        found += [_value(atom, sentence, text, zone) for atom in atoms]
    return tuple(found)


def times_of(scene: Scene) -> list[Atom]:
    """The times of one sentence; the scene learns the time and the day last spoken of."""
    atoms: list[Atom] = []
    for rule, match in _chosen(scene):
        period = _read(rule, match, scene)
        if period is None:
            continue
        start, end = rule_span(match)
        atoms.append(Atom(start, end, period, rule.kind == "clock", _zone_of(match)))
        if period.known and rule.kind != "clock":
            scene.spoken_of(period)
    return join(atoms, Setting(scene.text, scene.tense, scene.written))


def day_of_writing(published: date | None, dateline: Dateline | None) -> tuple[date | None, str]:
    """The day from which relative times count, and what decided it: the dateline's date where there is one."""
    if published is None or dateline is None or dateline.date is None:
        return published, "UTC"
    atoms = times_of(Scene(dateline.date, read_tense(""), published))
    days = [a.period.start for a in atoms if a.period.start and a.period.start == a.period.end]
    if days and 0 <= (published - days[0]).days <= DATELINE_REACH:
        return days[0], "dateline"
    return published, "UTC"


def _chosen(scene: Scene) -> list[tuple[Rule, re.Match[str]]]:
    """Matches that are times, none overlapping another, in text order; the longer match wins."""
    taken: list[tuple[Rule, re.Match[str]]] = []
    for rule, match in matches(scene.text):
        free = all(match.end() <= m.start() or m.end() <= match.start() for _, m in taken)
        if free and _read(rule, match, scene) is not None:
            taken.append((rule, match))
    return sorted(taken, key=lambda pair: pair[1].start())


def _read(rule: Rule, match: re.Match[str], scene: Scene) -> Period | None:
    try:
        return rule.read(match, scene)
    except (OverflowError, ValueError, LookupError):
        # Beyond the calendar ("5,000 centuries ago") or its tables ("FRİDAY"): the words are a time, but no date.
        return unresolved(DAY)


def _zone_of(match: re.Match[str]) -> str | None:
    word = (match.groupdict().get("zone") or "").strip(" ()").lower()
    if not word:
        return None
    zones = times_table("relative")["zones"]
    return "UTC" if any(word.startswith(z) for z in zones["utc"]) else "place"


def rule_span(match: re.Match[str]) -> tuple[int, int]:
    """The words of a match without the preposition that "on the 10th" needed to be believed."""
    groups = match.groupdict()
    if not groups.get("prep") or not groups.get("d"):
        return match.span()
    article = re.match(r"\w+\s+(the\s+)?", match.group())
    return match.start() + (
        article.start(1) if article and article[1] else match.start("d") - match.start()
    ), match.end()


def _value(atom: Atom, sentence: Sentence, text: str, zone: str) -> TimeValue:
    start, end = sentence.start + atom.start, sentence.start + atom.end
    period = atom.period
    return TimeValue(
        period.start.isoformat() if period.start else None,
        period.end.isoformat() if period.end else None,
        period.precision,
        text[start:end],
        start,
        end,
        atom.zone or zone,
    )


__all__ = ["event_time", "find_times"]
