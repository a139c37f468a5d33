"""The rules file (TOML): what raises an alert, on which ways it goes out, when it may."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from brink.codebook import EventType
from brink.errors import RulesError
from brink.store.alerts import REMEMBERED

KINDS = {
    "happening": "a new happening of a type",
    "contradiction": "a claim that is contradicted",
    "promise": "a promise that falls due, is overdue, broken, kept …",
    "first": "the first of its kind by an actor",
    "band": "a pair's tension over or under a score",
    "change": "a day on which a pair's tension breaks its course",
}
OUTCOMES = (
    "open", "due", "overdue", "kept", "broken", "called_off", "carried_out", "lapsed", "came_true", "not_true",
)  # fmt: skip
LINES = ("words", "deeds")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Empty lists stand for any; `event` and `mode` also match the deed of a promise."""

    name: str
    on: str
    event: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    line: str | None = None
    over: float | None = None
    under: float | None = None
    outcome: tuple[str, ...] = ("due", "overdue", "broken")
    ways: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way out. `kind`: stdout, webhook, mail or atom; the rest is what that kind needs."""

    name: str
    kind: str
    url: str = ""
    secret: str = ""
    secret_env: str = ""
    private: bool = False
    host: str = ""
    port: int = 0
    tls: str = "starttls"
    user: str = ""
    password_env: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which only urgent rules are heard; they may span midnight."""

    begin: time
    end: time
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Rules:
    """A whole rules file. `days`: how old news may be and still raise an alert; `most` alerts in `minutes` a way."""

    rules: tuple[Rule, ...]
    ways: tuple[Way, ...] = (Way("stdout", "stdout"),)
    quiet: Quiet | None = None
    days: int = 3
    most: int = 0
    minutes: float = 60.0

    def of(self, names: Iterable[str]) -> list[Rule]:
        """The rules with these names; one that is no longer in the file is left out."""
        by_name = {rule.name: rule for rule in self.rules}
        return [by_name[name] for name in names if name in by_name]

    def channels(self, rules: list[Rule]) -> list[str]:
        """The names of the ways on which an alert of these rules goes out."""
        named = [way for rule in rules for way in (rule.ways or tuple(w.name for w in self.ways))]
        return list(dict.fromkeys(named))


def load_rules(path: Path) -> Rules:
    """Read a rules file. Raises RulesError, in one sentence, where it cannot be read or says something odd."""
    try:
        with path.open("rb") as file:
            found = tomllib.load(file)
    except OSError as error:
        raise RulesError(f"The rules file {path} cannot be read: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"The rules file {path} is not valid TOML: {error}.") from error
    _known(found, ("rule", "way", "quiet", "limit", "days"), f"the rules file {path}")
    ways = tuple(_way(row, path) for row in _rows(found, "way", path)) or (Way("stdout", "stdout"),)
    rules = tuple(_rule(row, path, {way.name for way in ways}) for row in _rows(found, "rule", path))
    if not rules:
        raise RulesError(f"The rules file {path} holds no [[rule]].")
    for kind, names in (("rule", [r.name for r in rules]), ("way", [w.name for w in ways])):
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise RulesError(f"Two of the {kind}s in {path} are named '{twice}'; give each a name of its own.")
    limit = found.get("limit", {})
    _known(limit, ("alerts", "minutes"), f"[limit] in {path}")
    if _number(limit, "alerts", 0, path) > REMEMBERED:
        raise RulesError(f"'alerts' of [limit] in {path} may be {REMEMBERED} at most.")
    return Rules(
        rules, ways, _quiet(found.get("quiet"), path), _number(found, "days", 3, path),
        _number(limit, "alerts", 0, path), float(_number(limit, "minutes", 60, path)),
    )  # fmt: skip


def _rows(found: Mapping[str, Any], name: str, path: Path) -> list[Mapping[str, Any]]:
    rows = found.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RulesError(f"'{name}' in {path} must be written as [[{name}]].")
    return rows


def _rule(row: Mapping[str, Any], path: Path, ways: set[str]) -> Rule:
    place = f"the rule '{row.get('name', '?')}' in {path}"
    values = _typed(Rule, row, place)
    rule = Rule(**values)
    if rule.on not in KINDS:
        raise RulesError(f"'on' of {place} must be one of {', '.join(KINDS)}, not '{rule.on}'.")
    _among(rule.event, [str(e) for e in EventType], "event", place)
    _among(rule.outcome, OUTCOMES, "outcome", place)
    _among(rule.ways, sorted(ways), "ways", place)
    _among((rule.line,) if rule.line else (), LINES, "line", place)
    if rule.on == "band" and (rule.over is None) == (rule.under is None):
        raise RulesError(f"{place[:1].upper() + place[1:]} is on a band and needs either 'over' or 'under'.")
    if rule.pair and len(rule.pair) != 2:
        raise RulesError(f"'pair' of {place} must name two actors, not {len(rule.pair)}.")
    return rule


_NEEDS = {"stdout": (), "webhook": ("url",), "mail": ("host", "sender", "to"), "atom": ("path",)}


def _way(row: Mapping[str, Any], path: Path) -> Way:
    place = f"the way '{row.get('name', '?')}' in {path}"
    way = Way(**_typed(Way, row, place))
    if way.kind not in _NEEDS:
        raise RulesError(f"'kind' of {place} must be one of {', '.join(_NEEDS)}, not '{way.kind}'.")
    _among((way.tls,), ("starttls", "tls", "none"), "tls", place)
    if missing := [name for name in _NEEDS[way.kind] if not getattr(way, name)]:
        raise RulesError(f"{place[:1].upper() + place[1:]} lacks '{missing[0]}'.")
    return way


def _typed(kind: type[Rule] | type[Way], row: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The row's values as the record wants them: lists of texts as tuples, whole numbers for decimal ones."""
    wanted = {name: str(one.type) for name, one in kind.__dataclass_fields__.items()}
    _known(row, tuple(wanted), place)
    for name in ("name", "on" if kind is Rule else "kind"):
        if not isinstance(row.get(name), str) or not row[name]:
            raise RulesError(f"{place[:1].upper() + place[1:]} lacks '{name}'.")
    return {name: _value(wanted[name], value, f"'{name}' of {place}") for name, value in row.items()}


def _value(wanted: str, value: Any, place: str) -> Any:
    if wanted.startswith("tuple"):
        rows = [value] if isinstance(value, str) else value
        if isinstance(rows, list) and all(isinstance(one, str) for one in rows):
            return tuple(rows)
    elif wanted.startswith("float") and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    elif type(value).__name__ == wanted.split(" ")[0]:
        return value
    told = _WORDS[re.split(r"[ \[]", wanted)[0]]
    raise RulesError(f"{place[:1].upper() + place[1:]} must be {told}, not {value!r}.")


_WORDS = {
    "tuple": "a list of texts", "float": "a number", "int": "a whole number", "str": "text", "bool": "true or false",
}  # fmt: skip


def _known(row: Mapping[str, Any], names: tuple[str, ...], place: str) -> None:
    for name in row:
        if name not in names or name.startswith("_"):
            near = difflib.get_close_matches(name, names, n=1)
            hint = f"did you mean '{near[0]}'" if near else "known are " + ", ".join(names)
            raise RulesError(f"There is no '{name}' in {place}; {hint}?")


def _among(values: tuple[str | None, ...], known: Any, name: str, place: str) -> None:
    for value in values:
        if value not in known:
            raise RulesError(f"'{value}' is no '{name}' for {place}; known are {', '.join(known)}.")


def _number(found: Mapping[str, Any], name: str, default: int, path: Path) -> int:
    value = found.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise RulesError(f"'{name}' in {path} must be a whole number of 0 or more, not {value!r}.")
    return value


def _quiet(row: Any, path: Path) -> Quiet | None:
    if row is None:
        return None
    _known(row, ("from", "to", "zone"), f"[quiet] in {path}")
    try:
        begin, end = (time.fromisoformat(str(row[name])) for name in ("from", "to"))
        return Quiet(begin, end, ZoneInfo(str(row.get("zone", "UTC"))))
    except (KeyError, ValueError, OSError) as error:
        message = f"[quiet] in {path} needs from and to as HH:MM and a zone such as Europe/Paris ({error})."
        raise RulesError(message) from error
