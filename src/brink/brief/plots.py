"""Small plots of a band: block characters for a terminal, inline SVG for a page. -10 is conflict, +10 cooperation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from brink.brief.names import day
from brink.records import Band, BandPoint

BLOCKS = "▁▂▃▄▅▆▇█"
EDGE = 10.0
WIDTH, HEIGHT, LEFT, BASE = 320.0, 96.0, 22.0, 80.0
"""The drawing's size in its own units, its left margin for the scale and the y of -10."""


def block(value: float, low: float, high: float) -> str:
    """The block character for a value on a scale."""
    step = int((value - low) / (high - low) * len(BLOCKS))
    return BLOCKS[min(len(BLOCKS) - 1, max(0, step))]


def middles(points: Sequence[BandPoint]) -> str:
    """A band's middle day by day, low blocks for conflict and high ones for cooperation."""
    return "".join(block((p.lower + p.upper) / 2, -EDGE, EDGE) for p in points)


def widths(points: Sequence[BandPoint]) -> str:
    """A band's width day by day: the higher the block, the less is known."""
    return "".join(block(p.upper - p.lower, 0.0, 2 * EDGE) for p in points)


def breaks(band: Band, points: Sequence[BandPoint]) -> str:
    """A mark under each of these days on which the course breaks, blanks elsewhere."""
    return "".join("^" if p.day in band.changes else " " for p in points)


def svg(band: Band, first: str, since: str, label: str) -> str:
    """A band as inline SVG on the days from `first` on, with its middle line and its change points dashed.

    The window from `since` on is shaded, days with happenings are ticked. `label` is read out instead of the drawing;
    colours come from the page's styles.
    """
    points = band.points
    start, end = _ordinal(min(first, points[0].day)), _ordinal(points[-1].day)
    xs = [_x(_ordinal(p.day), start, end) for p in points]
    window, top = _x(max(_ordinal(since), start), start, end), _y(EDGE)
    parts = [
        f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-label="{escape(label)}" class="{band.line}">',
        f'<rect class="window" x="{window:.1f}" y="{top:.1f}" width="{WIDTH - window:.1f}" height="{BASE - top:.1f}"/>',
        *_scale(date.fromordinal(start).isoformat(), points[-1].day),
        *_curve(points, xs),
    ]
    for x, p in zip(xs, points, strict=True):
        if p.day in band.changes:
            parts.append(f'<line class="break" x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{BASE:.1f}"/>')
        if p.happenings:
            parts.append(f'<line class="told" x1="{x:.1f}" x2="{x:.1f}" y1="{BASE:.1f}" y2="{BASE + 3:.1f}"/>')
    return "".join([*parts, "</svg>"])


def _curve(points: Sequence[BandPoint], xs: Sequence[float]) -> list[str]:
    if len(points) == 1:
        # One day has no width: draw it a little wide, so that it can be seen at all.
        xs, points = (xs[0] - 4, xs[0]), (points[0], points[0])
    upper = [f"{x:.1f},{_y(p.upper):.1f}" for x, p in zip(xs, points, strict=True)]
    lower = [f"{x:.1f},{_y(p.lower):.1f}" for x, p in zip(xs, points, strict=True)]
    middle = [f"{x:.1f},{_y((p.lower + p.upper) / 2):.1f}" for x, p in zip(xs, points, strict=True)]
    return [
        f'<polygon class="band" points="{" ".join(upper + lower[::-1])}"/>',
        f'<polyline class="middle" points="{" ".join(middle)}"/>',
    ]


def _scale(first: str, last: str) -> list[str]:
    lines = [
        f'<line class="scale" x1="{LEFT:.0f}" x2="{WIDTH:.0f}" y1="{_y(v):.1f}" y2="{_y(v):.1f}"/>'
        f'<text x="{LEFT - 4:.0f}" y="{_y(v) + 3:.1f}" text-anchor="end">{text}</text>'
        for v, text in ((-EDGE, "−10"), (0.0, "0"), (EDGE, "+10"))
    ]
    foot = f'y="{HEIGHT - 3:.0f}"'
    lines += [f'<text x="{LEFT:.0f}" {foot}>{day(first, last)}</text>'] if first != last else []
    return [*lines, f'<text x="{WIDTH:.0f}" {foot} text-anchor="end">{day(last, last)}</text>']


def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso[:10]).toordinal()


def _x(ordinal: int, start: int, end: int) -> float:
    return LEFT + (WIDTH - LEFT) * ((ordinal - start) / (end - start) if end > start else 1.0)


def _y(value: float) -> float:
    return 6.0 + (EDGE - value) / (2 * EDGE) * (BASE - 6.0)
