"""The tension of a pair as inline SVG: words and deeds as bands, change points, and each happening as a mark.

Colours, patterns and opacity come from the page's styles; marks are links, so that a keyboard reaches each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from brink.brief.names import day, opened
from brink.codebook import quad
from brink.records import Band, Happening
from brink.serve.links import Links

WIDE, SLIM = 1080.0, 372.0
"""The drawing's width on a screen and on a phone, in its own units, which are pixels there."""
LEFT, RIGHT = 30.0, 8.0
TOP, LANE, GAP = 8.0, 84.0, 14.0
"""Where the first band's lane begins, the height of a lane, and between two of them."""
FOOT = 18.0
"""Room for the days below the marks."""
STEP = 11.0
"""Between marks of one day, one above the other."""
STACK = 7


@dataclass(frozen=True, slots=True)
class Frame:
    """The days a drawing spans, as ordinals, and its place in it."""

    start: int
    end: int
    width: float

    @property
    def right(self) -> float:
        """Where the last day stands."""
        return self.width - RIGHT

    def x(self, iso: str) -> float:
        """Where a day stands."""
        at = date.fromisoformat(iso[:10]).toordinal()
        share = (at - self.start) / (self.end - self.start) if self.end > self.start else 1.0
        return LEFT + (self.right - LEFT) * min(1.0, max(0.0, share))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a drawing shows: bands, the happenings on it with their sentence and their status in words, its window, and
    what reads it out. `stack` is how many marks of a day there is room for; a happening may be None where there is no
    room."""

    bands: Sequence[Band]
    happenings: Sequence[tuple[str, Happening | None]]
    sentence: Callable[[Happening], str]
    marks: Mapping[str, str]
    window: tuple[str, str]
    label: str
    stack: int


def svg(drawn: Drawn, links: Links, width: float = WIDE) -> str:
    """The drawing; "" where there is nothing to draw."""
    days = [p.day for b in drawn.bands for p in b.points] + [d for d, _ in drawn.happenings]
    if not days:
        return ""
    frame = Frame(_ordinal(min(days)), max(_ordinal(max(days)), _ordinal(drawn.window[1])), width)
    height = _top(len(drawn.bands)) + 4 + _tallest(drawn) * STEP + FOOT
    head = (
        f'<svg class="tension" viewBox="0 0 {width:.0f} {height:.0f}" role="group" aria-label="{escape(drawn.label)}" '
        f'data-from="{_iso(frame.start)}" data-to="{_iso(frame.end)}" data-left="{LEFT}" data-right="{frame.right}">'
    )
    parts = [*_window(drawn, frame, height), *_axis(frame, height)]
    parts += [part for lane, band in enumerate(drawn.bands) for part in _band(band, frame, _top(lane))]
    parts += list(_marks(drawn, frame, links, height))
    return head + "".join(parts) + "</svg>"


def _top(lane: int) -> float:
    """Where a lane begins."""
    return TOP + lane * (LANE + GAP)


def _y(value: float, top: float) -> float:
    """Where a score stands in the lane that begins at `top`."""
    return top + (10.0 - value) / 20.0 * LANE


def _tallest(drawn: Drawn) -> int:
    return min(drawn.stack, max(Counter(d for d, _ in drawn.happenings).values(), default=0))


def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso[:10]).toordinal()


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _window(drawn: Drawn, frame: Frame, height: float) -> Iterator[str]:
    """The days that the page looks at, a day's width where it is but one."""
    begin, end = frame.x(drawn.window[0]), frame.x(drawn.window[1])
    yield (
        f'<rect class="window" x="{min(begin, frame.right - 4):.1f}" y="{TOP}" width="{max(4.0, end - begin):.1f}" '
        f'height="{height - TOP - FOOT:.1f}"/>'
    )


def _axis(frame: Frame, height: float) -> Iterator[str]:
    """The days below, as many as there is room to name."""
    span = frame.end - frame.start
    step = next((s for s in (1, 2, 7, 14, 30, 91, 182, 365, 1826) if span / s <= frame.width / 110), 3652)
    for at in range(frame.end, frame.start - 1, -step):
        x = frame.x(_iso(at))
        anchor = "end" if at == frame.end else "start" if x < LEFT + 20 else "middle"
        words = day(_iso(at), _iso(frame.end)) if step < 365 else _iso(at)[:7]
        yield f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{height - FOOT + 3:.1f}"/>'
        yield f'<text x="{x:.1f}" y="{height - 3:.1f}" text-anchor="{anchor}">{words}</text>'


def _band(band: Band, frame: Frame, top: float) -> Iterator[str]:
    """A lane: its scale, the band between its edges, its middle line, a dashed line where its course breaks."""
    points = [(frame.x(p.day), _y(p.upper, top), _y(p.lower, top)) for p in band.points]
    if len(points) == 1:
        points = [(points[0][0] - 6, *points[0][1:]), points[0]]
    edge = [f"{x:.1f},{high:.1f}" for x, high, _ in points] + [f"{x:.1f},{low:.1f}" for x, _, low in reversed(points)]
    middle = [f"{x:.1f},{(high + low) / 2:.1f}" for x, high, low in points]
    yield f'<g class="{escape(band.line)}"><polygon class="band" points="{" ".join(edge)}"/>'
    yield from _scale(frame, top)
    yield f'<polyline class="middle" points="{" ".join(middle)}"/>'
    for change in band.changes:
        x = frame.x(change)
        yield f'<line class="break" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{top + LANE}">'
        yield f"<title>The course of {escape(band.line)} breaks on {day(change)}</title></line>"
    yield f'<text class="lane" x="{LEFT + 6}" y="{top + 12}">{escape(opened(band.line))}</text></g>'


def _scale(frame: Frame, top: float) -> Iterator[str]:
    for value, text in ((10.0, "+10"), (0.0, "0"), (-10.0, "−10")):
        kind, at = "zero" if value == 0 else "scale", _y(value, top)
        yield f'<line class="{kind}" x1="{LEFT}" x2="{frame.right}" y1="{at:.1f}" y2="{at:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{at + 3.5:.1f}" text-anchor="end">{text}</text>'


def _marks(drawn: Drawn, frame: Frame, links: Links, height: float) -> Iterator[str]:
    """Happenings below the bands, those of one day one above the other; what does not fit is a number."""
    counted: Counter[str] = Counter()
    total = Counter(d for d, _ in drawn.happenings)
    for on, h in drawn.happenings:
        counted[on] += 1
        at = counted[on]
        x, top = frame.x(on), height - FOOT - 6 - (at - 1) * STEP
        x = min(max(x, LEFT + 5), frame.right - 5)
        if at == drawn.stack and total[on] > drawn.stack:
            yield f'<text class="more" x="{x:.1f}" y="{top + 4:.1f}" text-anchor="middle">+{total[on] - at + 1}</text>'
        elif at <= drawn.stack and h is not None:
            name = escape(f"{day(on)}: {drawn.sentence(h)} ({drawn.marks[h.status]})")
            yield f'<a href="{escape(links.happening(h.id))}" aria-label="{name}" class="{h.status}">'
            yield f'<title>{name}</title><use href="#st-{h.status}" class="q-{quad(h.event).value}" '
            yield f'x="{x - 5:.1f}" y="{top - 5:.1f}" width="10" height="10"/></a>'
