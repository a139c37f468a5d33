"""PLOVER's numbers and its conversion from and to CAMEO, read from data/plover (CC BY-SA 4.0, see LICENSE.md there)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeVar

from brink.codebook.words import Context, EventType, Mode, Quad
from brink.errors import CodebookError

_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Plover:
    """A CAMEO code in PLOVER's words."""

    event: EventType
    mode: Mode | None
    context: tuple[Context, ...]


def defines(event: str, mode: str | None = None) -> bool:
    """Whether PLOVER defines an event type, or a mode of it; a user's own types and modes it does not."""
    return (event, mode or "-") in _scores()


def score(event: str, modes: Iterable[str] = ()) -> float:
    """PLOVER's conflict-cooperation score, -10 to +10, of an event type with its modes.

    The type's own score without modes; of several modes the one furthest from zero counts. Raises CodebookError for
    a type or mode that PLOVER does not define.
    """
    table = _scores()
    values = [_of(table, (event, mode)) for mode in modes]
    return max(values, key=lambda v: (abs(v), v)) if values else _of(table, (event, "-"))


def quad(event: str) -> Quad:
    """The quad class of an event type. Raises CodebookError for an unknown type."""
    return _of(_quads(), event)


def modes_of(event: str) -> tuple[Mode, ...]:
    """The modes that PLOVER gives an event type, in the codebook's order. Raises CodebookError for an unknown type."""
    return _of(_modes(), event)


def cameo(event: str, modes: Iterable[str] = ()) -> str:
    """The one CAMEO code for a PLOVER type and its modes (the mode whose score counts). Raises CodebookError."""
    return _of(_to_cameo(), (event, _leading(event, modes)))[0]


def cameo_loss(event: str, modes: Iterable[str] = ()) -> str | None:
    """What `cameo` loses, in words; None where the code says as much. Raises CodebookError."""
    return _of(_to_cameo(), (event, _leading(event, modes)))[1] or None


def from_cameo(code: str) -> Plover:
    """A CAMEO event code, or a root of two digits, in PLOVER's words. Raises CodebookError for an unknown code.

    Codes of four digits that the table lacks are read as their base code. Modes and contexts that PLOVER 0.8 does
    not define are none, by the rule of unknown.toml.
    """
    table = _from_cameo()
    for known in (code, code[:3], f"{code}0") if code.isdigit() else ():
        if known in table:
            return table[known]
    raise CodebookError(f"{code!r} is no CAMEO event code; give two to four digits, such as 0871.")


def _leading(event: str, modes: Iterable[str]) -> str:
    """The mode whose score is furthest from zero, "-" where there is none."""
    table = _scores()
    return max(modes, key=lambda mode: (abs(_of(table, (event, mode))), mode), default="-")


def _of(table: Mapping[_K, _V], key: _K) -> _V:
    try:
        return table[key]
    except KeyError:
        told = "/".join(key) if isinstance(key, tuple) else key
        raise CodebookError(f"PLOVER 0.8 does not define {told}; `brink.codebook` lists what it defines.") from None


def _rows(name: str) -> list[list[str]]:
    lines = files("brink.data").joinpath(f"plover/{name}").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@functools.cache
def _scores() -> Mapping[tuple[str, str], float]:
    return {(event, mode): float(value) for event, mode, value, _ in _rows("events.tsv")}


@functools.cache
def _quads() -> Mapping[str, Quad]:
    return {event: Quad(name) for event, mode, _, name in _rows("events.tsv") if mode == "-"}


@functools.cache
def _modes() -> Mapping[str, tuple[Mode, ...]]:
    rows = _rows("events.tsv")
    return {e: tuple(Mode(m) for event, m, *_ in rows if event == e and m != "-") for e, *_ in rows}


@functools.cache
def _to_cameo() -> Mapping[tuple[str, str], tuple[str, str]]:
    return {(event, mode): (code, lost) for event, mode, code, lost in _rows("to_cameo.tsv")}


@functools.cache
def _from_cameo() -> Mapping[str, Plover]:
    unknown = tomllib.loads(files("brink.data").joinpath("plover/unknown.toml").read_text("utf-8"))
    return {row[0]: _plover(row, unknown) for row in _rows("cameo.tsv")}


def _plover(row: list[str], unknown: Mapping[str, list[str]]) -> Plover:
    code, event, mode, about = row
    known = mode != "-" and f"{event}/{mode}" not in unknown["modes"]
    contexts = [c for c in about.split(";") if c != "-" and c not in unknown["contexts"]]
    try:
        return Plover(EventType(event), Mode(mode) if known else None, tuple(Context(c) for c in contexts))
    except ValueError as error:
        raise CodebookError(f"data/plover/cameo.tsv, code {code}: {error}; define it or list it.") from None
