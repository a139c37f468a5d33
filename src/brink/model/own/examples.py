"""A TOML file of marked sentences -> Examples.

type = "AID_LOOTING"                 # a new event type; or mode = "aid-looting" and of = "COERCE"
about = "Aid is looted."
examples = ["Gunmen {looted} a convoy."]
counter_examples = ["A convoy arrived."]
leave_out = ["plunder"]              # background sentences with these letters are not used: they tell the type
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brink import codebook
from brink.errors import TypesError

FEWEST = 10
"""Fewer examples than this cannot be cross-validated; 20 to 50 are asked for."""

KEYS = ("type", "mode", "of", "about", "examples", "counter_examples", "leave_out")
NAME = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
MODE_NAME = re.compile(r"[a-z]+(-[a-z]+)*")
OLD_NAMES = frozenset(("FIGHT", "DEMAND", "DISAPPROVE", "INVESTIGATE"))
"""Names that PLOVER's types once had; readers of old files would take them for those."""

_MARK = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and the characters (start, end) of each trigger in it; none in a counter-example."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Examples:
    """What a user gives: `name` of the type, or of a mode of the PLOVER type `of`; examples and counter-examples.

    `leave_out`: letters, in small, of background sentences that are not to be learnt against.
    """

    name: str
    of: str | None
    about: str
    examples: tuple[Line, ...]
    counter: tuple[Line, ...]
    leave_out: tuple[str, ...] = ()


def read_examples(path: Path, fewest: int = FEWEST) -> Examples:
    """Read a file of examples. Raises TypesError, naming the line, where it is not as the form wants it.

    `fewest` examples are needed: one is enough to check a type, not to fit it.
    """
    raw = _table(path)
    if odd := [key for key in raw if key not in KEYS]:
        raise TypesError(f"{path} has the key '{odd[0]}', which says nothing here; known are {', '.join(KEYS)}.")
    name, of = _name(raw, path)
    examples = tuple(_line(line, path) for line in _texts(raw, "examples", path))
    counter = tuple(_line(line, path) for line in _texts(raw, "counter_examples", path))
    _check(examples, counter, path, fewest)
    leave_out = tuple(x.casefold() for x in _texts(raw, "leave_out", path))
    return Examples(name, of, str(raw.get("about", "")), examples, counter, leave_out)


def _table(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TypesError(f"The file of examples {path} cannot be read: {error}.") from error


def _name(raw: Mapping[str, Any], path: Path) -> tuple[str, str | None]:
    """The name, and for a mode the type it belongs to."""
    if ("type" in raw) == ("mode" in raw) or ("mode" in raw) != ("of" in raw):
        raise TypesError(f'{path} needs either type = "NEW_TYPE", or mode = "new-mode" and of = "TYPE".')
    name, of = raw.get("type", raw.get("mode")), raw.get("of")
    if of is None:
        check_type(name, str(path))
    else:
        check_mode(name, of, str(path))
    return str(name), of


def check_type(name: object, place: str) -> None:
    """Raise TypesError where `name` cannot be the name of a new event type; `place` says where it stands."""
    if not isinstance(name, str) or not NAME.fullmatch(name) or len(name) > 40:
        raise TypesError(f"{place}: {name!r} is no name of a type; use capitals, digits and _ such as AID_LOOTING.")
    if codebook.defines(name) or name in OLD_NAMES:
        raise TypesError(f"{place}: {name} is a type of PLOVER's; give the new type another name.")


def check_mode(name: object, of: object, place: str) -> None:
    """Raise TypesError where `name` cannot be a new mode of the PLOVER type `of`."""
    if not isinstance(of, str) or not codebook.defines(of):
        raise TypesError(f"{place}: a mode belongs to one of PLOVER's types, {of!r} is none: {_types()}.")
    if not isinstance(name, str) or not MODE_NAME.fullmatch(name):
        raise TypesError(f"{place}: {name!r} is no name of a mode; use small letters and - such as aid-looting.")
    if name in codebook.modes_of(of):
        raise TypesError(f"{place}: PLOVER gives {of} the mode {name} already; give the new mode another name.")


def _types() -> str:
    return ", ".join(codebook.EventType)


def _texts(raw: Mapping[str, Any], key: str, path: Path) -> list[str]:
    found = raw.get(key, [])
    if not isinstance(found, list) or not all(isinstance(x, str) and x.strip() for x in found):
        raise TypesError(f"{path}: {key} must be a list of texts.")
    return [" ".join(x.split()) for x in found]


def _line(line: str, path: Path) -> Line:
    text, at, marks = "", 0, []
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        words = mark[1].strip()
        marks.append((len(text), len(text) + len(words)))
        text, at = text + words, mark.end()
    text += line[at:]
    if "{" in text or "}" in text:
        raise TypesError(f"{path}: a brace stands alone in '{line}'; mark trigger words as {{looted}}.")
    return Line(text, tuple(marks))


def _check(examples: Sequence[Line], counter: Sequence[Line], path: Path, fewest: int) -> None:
    if bare := [x.text for x in examples if not x.marks]:
        raise TypesError(f"{path}: an example marks no {{trigger}}: '{bare[0]}'.")
    if marked := [x.text for x in counter if x.marks]:
        raise TypesError(f"{path}: a counter-example marks a trigger: '{marked[0]}'; make it an example.")
    texts = [x.text.casefold() for x in (*examples, *counter)]
    if twice := [x for i, x in enumerate(texts) if x in texts[:i]]:
        # A sentence on both sides of a fold would be learnt by heart and counted as found.
        raise TypesError(f"{path} holds a sentence twice: '{twice[0]}'; leave one out.")
    if len(examples) < fewest:
        raise TypesError(f"{path} has {len(examples)} example(s); {fewest} are the fewest, 20 to 50 are better.")
