"""How many cores this process may use."""

from __future__ import annotations

import os


def cores() -> int:
    """Cores this process is allowed on, at least one: a container or `taskset` may leave fewer than there are."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
