"""Units -> shards: consecutive ones, numbered, with a hash of all that they hold.

The plan depends on the inputs and the job alone, so a second run makes the same shards and knows the finished ones.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from brink.bulk.job import Job
from brink.bulk.units import Unit, units_of
from brink.intake.unpack import chunks
from brink.settings import Settings

MOST_BYTES = 32 * 1024 * 1024
"""A shard of long lines ends here, whatever their number."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Units that are coded together; `size` in bytes, for progress; `sha` of their places and contents."""

    number: int
    units: tuple[Unit, ...]
    sha: str
    size: int


def plan(job: Job, settings: Settings) -> Iterator[Shard]:
    """The shards of a job, one after the other; a part of the inputs is held at a time. Raises UsageError."""
    units: Iterable[Unit] = units_of(job.inputs, settings)
    if job.sample is not None:
        share = job.sample
        units = (unit for unit in units if _chance(unit) < share)
    if job.limit is not None:
        units = itertools.islice(units, job.limit)
    for number, part in enumerate(_parts(units, job.size)):
        yield _shard(number, part)


def _parts(units: Iterable[Unit], size: int) -> Iterator[tuple[Unit, ...]]:
    held: list[Unit] = []
    used = 0
    for unit in units:
        if held and (unit.many or len(held) >= size or used >= MOST_BYTES):
            yield tuple(held)
            held, used = [], 0
        if unit.many:
            yield (unit,)
            continue
        held.append(unit)
        used += len(unit.line or b"")
    if held:
        yield tuple(held)


def _chance(unit: Unit) -> float:
    """A number from 0 to 1 that depends on the unit alone."""
    digest = hashlib.sha256(unit.line if unit.line is not None else unit.where.encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _shard(number: int, units: tuple[Unit, ...]) -> Shard:
    digest, size = hashlib.sha256(), 0
    for unit in units:
        refusal = "" if unit.refused is None else f"{unit.refused[0]} {unit.refused[1]}"
        digest.update(f"{unit.where}\0{refusal}\0".encode("utf-8", "replace"))
        if unit.line is not None:
            digest.update(hashlib.sha256(unit.line).digest())
            size += len(unit.line) + 1
        elif unit.refused is None:
            size += _file_into(unit.where, digest)
    return Shard(number, units, digest.hexdigest(), size)


def _file_into(where: str, digest: hashlib._Hash) -> int:
    """Hash a file's bytes; one that cannot be read counts by its name alone, as does one in a store far off."""
    size = 0
    path = Path(where)
    if "\0" in where or not path.is_file():
        return 0
    try:
        with path.open("rb") as file:
            for piece in chunks(file):
                digest.update(piece)
                size += len(piece)
    except OSError:
        return size
    return size
