"""The rules that find times: each pattern of data/times/patterns.toml with the function that reads its matches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from brink.coding.calendar_words import fill, times_table
from brink.coding.time_dates import CALENDAR
from brink.coding.time_relative import RELATIVE
from brink.coding.time_scene import Reader
from brink.coding.time_units import UNITS


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of expression, its pattern and its reader."""

    kind: str
    pattern: re.Pattern[str]
    read: Reader


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    readers = {**CALENDAR, **RELATIVE, **UNITS}
    rows = [*times_table("patterns")["calendar"], *times_table("patterns")["relative"]]
    return tuple(Rule(row["kind"], fill(row["pattern"]), readers[row["read"]]) for row in rows)
