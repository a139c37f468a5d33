"""The crisis brief as one page of HTML that needs nothing else: no script, no request, its styles within."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from html import escape
from importlib import resources

from brink.brief.content import Course, CrisisBrief, Entry, Line, Pair, Section, Source
from brink.brief.names import day, opened
from brink.brief.plots import svg

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@functools.cache
def _styles() -> str:
    return (resources.files("brink") / "data/brief/page.css").read_text("utf-8")


def crisis_page(brief: CrisisBrief) -> str:
    """The brief as a self-contained HTML page; citations lead to the list of reports, and that to their addresses."""
    title = escape(f"{brief.name}: brief as of {day(brief.as_of)}")
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>\n<style>\n{_styles()}</style>\n</head>\n<body>\n<main>",
            *_head(brief),
            *(part for s in brief.sections for part in _section(brief, s)),
            *_tension(brief),
            *_sources(brief),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _head(brief: CrisisBrief) -> Iterator[str]:
    yield f"<header><h1>{escape(brief.name)}</h1>"
    yield f'<p class="when">Brief as of {day(brief.as_of)}, looking back to {day(brief.since)}</p>'
    yield from (f"<p>{_text(brief, line)}</p>" for line in brief.summary)
    links = [(s.key, s.title) for s in brief.sections]
    links += [("tension", "Tension")] if brief.pairs else []
    links += [("reports", "Reports cited")]
    items = "".join(f'<li><a href="#{escape(key)}">{escape(title)}</a></li>' for key, title in links)
    yield f'<nav aria-label="Sections"><ul>{items}</ul></nav></header>'


def _section(brief: CrisisBrief, section: Section) -> Iterator[str]:
    yield f'<section id="{escape(section.key)}"><h2>{escape(section.title)}</h2>'
    if section.note:
        yield f'<p class="note">{escape(section.note)}</p>'
    yield from (part for one in section.entries for part in _entry(brief, one))
    if section.more:
        yield f'<p class="note">{escape(section.more)}</p>'
    yield "</section>"


def _entry(brief: CrisisBrief, one: Entry) -> Iterator[str]:
    news = f' <span class="news">{escape(one.news)}</span>' if one.news else ""
    mark = f'<span class="mark {escape(one.status)}">{escape(one.mark)}</span>{news}' if one.mark else ""
    yield f"<article>{f'<p class=marks>{mark}</p>' if mark else ''}<h3>{_text(brief, one.head)}</h3>"
    if one.lines:
        yield "<dl>"
        yield from (f"<dt>{escape(line.label)}</dt><dd>{_text(brief, line)}</dd>" for line in one.lines)
        yield "</dl>"
    yield "</article>"


def _tension(brief: CrisisBrief) -> Iterator[str]:
    if not brief.pairs:
        return
    yield '<section id="tension"><h2>Tension, in words and in deeds</h2>'
    yield (
        '<p class="note">−10 is conflict, +10 cooperation. The band is wide where little is known or much is disputed. '
        "Shaded: the days of this brief; dashed: where the course breaks; ticks: days with happenings.</p>"
    )
    first = min(c.band.points[0].day for pair in brief.pairs for c in pair.courses)
    yield from (part for pair in brief.pairs for part in _pair(brief, pair, first))
    yield "</section>"


def _pair(brief: CrisisBrief, pair: Pair, first: str) -> Iterator[str]:
    names = opened(" and ".join(pair.names))
    yield f'<article><h3>{escape(names)}</h3><div class="plots">'
    yield from (_course(brief, course, first, names) for course in pair.courses)
    yield "</div></article>"


def _course(brief: CrisisBrief, course: Course, first: str, names: str) -> str:
    line = course.band.line
    drawn = svg(course.band, first, brief.since, f"{names}, {line}: {course.line.text}")
    return f"<figure><figcaption><b>{opened(line)}</b> {_text(brief, course.line)}</figcaption>{drawn}</figure>"


def _sources(brief: CrisisBrief) -> Iterator[str]:
    yield '<section id="reports"><h2>Reports cited</h2><ol class="sources">'
    yield from (f'<li id="r{s.number}">{_source(s)}</li>' for s in brief.sources)
    yield "</ol></section>"


def _source(source: Source) -> str:
    title = escape(f"“{source.title}”") if source.title else escape(source.report)
    if source.url and source.url.lower().startswith(("http://", "https://")):
        title = f'<a href="{escape(source.url)}" rel="noopener noreferrer nofollow">{title}</a>'
    when = day(source.published) if source.published else "no date"
    tail = f" <small>{escape(source.report)}</small>" if source.title else ""
    return f"{escape(source.outlet or 'Outlet not given')}, {when}: {title}{tail}"


def _text(brief: CrisisBrief, line: Line) -> str:
    cites = "".join(f'<a href="#r{n}">{n}</a>' for n in brief.numbers(line))
    return escape(line.text) + (f' <span class="cites" aria-label="reports">{cites}</span>' if cites else "")
