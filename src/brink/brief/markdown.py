"""The crisis brief as plain Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brink.brief.content import CrisisBrief, Entry, Line, Pair, Section
from brink.brief.names import day, opened
from brink.brief.plots import middles, widths
from brink.brief.terminal import spans, told

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")


def crisis_markdown(brief: CrisisBrief) -> str:
    """The brief as Markdown; reports are cited by number and listed at the end."""
    parts = [f"# {_plain(brief.name)}: brief as of {day(brief.as_of)}"]
    parts += [_text(brief, line) for line in brief.summary]
    parts += [part for s in brief.sections for part in _section(brief, s)]
    parts += list(_tension(brief))
    parts += ["## Reports cited", "\n".join(f"{s.number}. {_plain(told(s))}" for s in brief.sources)]
    return "\n\n".join(parts) + "\n"


def _section(brief: CrisisBrief, section: Section) -> Iterator[str]:
    yield f"## {_plain(section.title)}"
    if section.note:
        yield _plain(section.note)
    if section.entries:
        yield "\n".join(line for one in section.entries for line in _entry(brief, one))
    if section.more:
        yield _plain(section.more)


def _entry(brief: CrisisBrief, one: Entry) -> Iterator[str]:
    mark = ", ".join(filter(None, (one.mark, one.news)))
    yield f"- {f'**{opened(_plain(mark))}.** ' if mark else ''}{_text(brief, one.head)}"
    for line in one.lines:
        yield f"  - {f'*{opened(line.label)}*: ' if line.label else ''}{_text(brief, line)}"


def _tension(brief: CrisisBrief) -> Iterator[str]:
    if brief.pairs:
        yield "## Tension, in words and in deeds"
        yield (
            "−10 is conflict, +10 cooperation. First row: the middle of the band, day by day; second: its width, high "
            "where little is known or much is disputed."
        )
    for pair in brief.pairs:
        yield f"### {_plain(opened(' and '.join(pair.names)))}"
        yield from _pair(brief, pair)


def _pair(brief: CrisisBrief, pair: Pair) -> Iterator[str]:
    for course in pair.courses:
        points = course.band.points
        yield f"*{opened(course.band.line)}*: {_text(brief, course.line)}"
        yield f"```\n{middles(points)}\n{widths(points)}\n```"


def _text(brief: CrisisBrief, line: Line) -> str:
    numbers = brief.numbers(line)
    return _plain(line.text) + (f" \\[{spans(numbers)}\\]" if numbers else "")


def _plain(text: str) -> str:
    """A report's words must not become markup."""
    return _MARKS.sub(r"\\\1", text)
