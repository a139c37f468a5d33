"""How much memory what lies on a shelf takes, about, in quarters of a kilobyte (measured with tracemalloc)."""

from __future__ import annotations

from typing import Any

from brink.ledger.building import Built
from brink.ledger.kept import Kept
from brink.ledger.paged import Pages
from brink.records import Happening

TELLING = 24
"""What one telling of a report takes, with its sentence, stems and names."""
VOICE = 4
"""What one telling, one origin or one turn of a happening takes."""


def size_of(value: Any) -> int:
    """The size of a value, a list, or a page of one."""
    if isinstance(value, str):
        return 1 + len(value) // 256
    if isinstance(value, Kept):
        return 4 + TELLING * len(value.tellings)
    if isinstance(value, Built):
        return 4 + size_of(value.happening)
    if isinstance(value, Happening):
        return 8 + VOICE * (len(value.history) + sum(1 + len(o.tellings) for o in value.origins))
    if isinstance(value, Pages):
        return 2 + len(value.counts)
    if isinstance(value, (list, tuple)):
        return 2 + sum(size_of(one) if isinstance(one, Happening) else 1 for one in value)
    return 2
