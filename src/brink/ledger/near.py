"""Near copies of a text: shared runs of three words, and MinHash, by which the few that may be copies are found.

Two texts that share a share J of their runs share one MinHash value with probability J (Broder 1997), so that of
`prints` such values (data/ledger/acts.toml) at least one is the same with 1 - (1 - J)^prints: .98 at J = .4 with eight.
Texts are compared run by run only where they share one. The values depend on the text alone.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from brink.ledger.tables import table

_WORD = re.compile(r"\w+")
Runs = frozenset[str]
"""The runs of three words of a text, lower case; a shorter text is one run."""


@functools.lru_cache(maxsize=4096)
def runs(text: str) -> Runs:
    """The runs of a text, none where it has no word."""
    found = [w.lower() for w in _WORD.findall(text)]
    return frozenset(" ".join(found[i : i + 3]) for i in range(max(1, len(found) - 2))) if found else frozenset()


def contained(one: Runs, other: Runs) -> float:
    """Share of the shorter text's runs that the other has, 0 where one has none."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def is_copy(one: str, other: str) -> bool:
    """Whether the shorter of two texts is for the most part in the other; of an empty text nothing is known."""
    return contained(runs(one), runs(other)) >= float(table("acts")["copies"]["contained"])


@functools.lru_cache(maxsize=4096)
def prints(text: str) -> tuple[str, ...]:
    """The MinHash values of a text as keys, each with its place; none of a text of fewer runs than `least_runs`.

    So short a text ("the ministry said on Monday") is the same by chance.
    """
    found = runs(text)
    if len(found) < int(table("acts")["copies"]["least_runs"]):
        return ()
    sketch = _empty().copy()
    sketch.update_batch([run.encode() for run in sorted(found)])
    return tuple(f"{i}:{int(value)}" for i, value in enumerate(sketch.hashvalues))


@functools.cache
def _empty() -> Any:
    """A sketch of nothing. The library, half a second with what it imports, is loaded by whoever lays a ledger."""
    from datasketch import MinHash

    return MinHash(num_perm=int(table("acts")["copies"]["prints"]), seed=1)
