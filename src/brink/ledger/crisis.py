"""The crisis file: a dated TOML of actors, camps, places and words, and the span it holds for."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from brink.errors import CrisisError
from brink.records import Crisis

KEYS = frozenset({"name", "since", "until", "camps", "actors", "places", "words", "note", "reconstruction"})


def load_crisis(path: Path) -> Crisis:
    """Read a crisis file. Raises CrisisError with one sentence if it cannot be read or says something odd.

    `[camps]` lists each camp's actors (country codes or names as Brink gives them); an actor stands in one camp only.
    """
    return parse_crisis(crisis_text(path), path)


def crisis_text(path: Path) -> str:
    """The text of a crisis file. Raises CrisisError where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise CrisisError(f"The crisis file {path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise CrisisError(f"The crisis file {path} is not valid TOML: {error}.") from error


def parse_crisis(text: str, path: Path) -> Crisis:
    """The crisis that a crisis file's text tells of; `path` names it. Raises CrisisError as `load_crisis` does."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CrisisError(f"The crisis file {path} is not valid TOML: {error}.") from error
    unknown = sorted(set(found) - KEYS)
    if unknown:
        known = ", ".join(sorted(KEYS))
        raise CrisisError(f"The crisis file {path} has the unknown key '{unknown[0]}'; known are {known}.")
    return Crisis(
        name=_text(found, "name", path) or path.stem,
        since=_day(found, "since", path),
        until=_day(found, "until", path),
        camps=_camps(found.get("camps", {}), path),
        actors=_list(found, "actors", path),
        places=_list(found, "places", path),
        words=_list(found, "words", path),
    )


def _camps(table: Any, path: Path) -> tuple[tuple[str, str], ...]:
    rows: dict[str, str] = {}
    if not isinstance(table, dict):
        raise CrisisError(f"'camps' in {path} must be a table of camp = [actors].")
    for camp, members in table.items():
        for member in _strings(members, f"camps.{camp}", path):
            if rows.setdefault(member, camp) != camp:
                raise CrisisError(f"'{member}' stands in two camps of {path}: {rows[member]} and {camp}; name it once.")
    return tuple(sorted(rows.items()))


def _strings(value: Any, key: str, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise CrisisError(f"'{key}' in {path} must be a list of texts, not {value!r}.")
    return tuple(value)


def _list(found: dict[str, Any], key: str, path: Path) -> tuple[str, ...]:
    return _strings(found.get(key, []), key, path)


def _text(found: dict[str, Any], key: str, path: Path) -> str | None:
    value = found.get(key)
    if value is not None and not isinstance(value, str):
        raise CrisisError(f"'{key}' in {path} must be text, not {value!r}.")
    return value


def _day(found: dict[str, Any], key: str, path: Path) -> str | None:
    value = found.get(key)
    if isinstance(value, date):
        return value.isoformat()[:10]
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise CrisisError(f"'{key}' in {path} must be a date YYYY-MM-DD, not {value!r}.") from None
