"""Happenings -> bands per pair of actors, change points, firsts (docs/design.md, section 7).

`bands(happenings, crisis, since, until)` gives one Band per pair and line (words, deeds), a point a day; `weighed`
gives what each happening adds, so that every point drills down to its happenings; `firsts` gives the first of its kind
by an actor. Nothing here reads a clock; the same happenings give the same numbers in any order.

    weighing   a happening's score, pair, line and day
    bands      the formula, day by day
    changes    change points
    firsts     first of its kind in how many days
"""

from __future__ import annotations

from brink.tension.bands import bands
from brink.tension.firsts import firsts
from brink.tension.weighing import weighed

__all__ = ["bands", "firsts", "weighed"]
