"""The crisis brief as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from brink.brief.content import CrisisBrief, Entry, Line, Pair, Section, Source
from brink.brief.names import day, opened
from brink.brief.plots import breaks, middles, widths

MARGIN = 15
"""The column at which the text of a labelled line begins."""


def crisis_text(brief: CrisisBrief, width: int = 96) -> str:
    """The brief as text, wrapped at `width` columns; reports are cited by number and listed at the end."""
    parts = [_head(brief, width)]
    parts += [part for s in brief.sections for part in _section(brief, s, width)]
    parts += [*_tension(brief, width), _sources(brief, width)]
    return "\n\n".join(p for p in parts if p) + "\n"


def _head(brief: CrisisBrief, width: int) -> str:
    title = f"{brief.name.upper()}: BRIEF AS OF {day(brief.as_of).upper()}"
    lines = [_wrap(_text(brief, line), width, "", "") for line in brief.summary]
    return "\n".join([title, "=" * min(width, len(title)), *lines])


def _section(brief: CrisisBrief, section: Section, width: int) -> Iterator[str]:
    head = [section.title.upper(), "-" * min(width, len(section.title))]
    yield "\n".join([*head, *([_wrap(section.note, width, "", "")] if section.note else [])])
    for one in section.entries:
        yield _entry(brief, one, width)
    if section.more:
        yield _wrap(section.more, width, "", "")


def _entry(brief: CrisisBrief, one: Entry, width: int) -> str:
    mark = ", ".join(filter(None, (one.mark.upper(), one.news)))
    lead = f"* [{mark}] " if mark else "* "
    lines = [_wrap(_text(brief, one.head), width, lead, "  ")]
    lines += [_labelled(line.label, _text(brief, line), width) for line in one.lines]
    return "\n".join(lines)


def _tension(brief: CrisisBrief, width: int) -> Iterator[str]:
    if not brief.pairs:
        return
    note = (
        "−10 is conflict, +10 cooperation; all rows end on the brief's day. First row: the middle of the band. "
        "Second: its width, high where little is known or much is disputed. ^ marks a day on which the course breaks."
    )
    yield "\n".join(["TENSION, IN WORDS AND IN DEEDS", "-" * 30, _wrap(note, width, "", "")])
    for pair in brief.pairs:
        yield _pair(brief, pair, width)


def _pair(brief: CrisisBrief, pair: Pair, width: int) -> str:
    lines = ["* " + opened(" and ".join(pair.names))]
    room = min(width - MARGIN, max(len(c.band.points) for p in brief.pairs for c in p.courses))
    for course in pair.courses:
        points = course.band.points[-room:]
        rows = [middles(points), widths(points), breaks(course.band, points)]
        labels = [course.band.line, "  width", ""]
        plots = [(label, row) for label, row in zip(labels, rows, strict=True) if row.strip()]
        lines += [f"    {label:<{MARGIN - 5}} {row:>{room}}".rstrip() for label, row in plots]
        lines.append(_wrap(_text(brief, course.line), width, " " * MARGIN, " " * MARGIN))
    return "\n".join(lines)


def _sources(brief: CrisisBrief, width: int) -> str:
    lines = ["REPORTS CITED", "-" * 13]
    return "\n".join([*lines, *(_wrap(f"[{s.number}] {told(s)}", width, "", "     ") for s in brief.sources)])


def told(source: Source) -> str:
    """A report in one line: outlet, day, title, id and address."""
    title = f"“{source.title}”" if source.title else ""
    when = day(source.published) if source.published else "no date"
    return ", ".join(filter(None, (source.outlet or "outlet not given", when, title, source.report, source.url)))


def _text(brief: CrisisBrief, line: Line) -> str:
    numbers = brief.numbers(line)
    return line.text + (f" [{spans(numbers)}]" if numbers else "")


def spans(numbers: Sequence[int]) -> str:
    """Numbers in ascending order as text, three or more in a row as a span: "1, 4–7"."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    told = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(told)


def _labelled(label: str, text: str, width: int) -> str:
    return _wrap(text, width, f"    {label:<{MARGIN - 5}} ", " " * MARGIN)


def _wrap(text: str, width: int, first: str, rest: str) -> str:
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
