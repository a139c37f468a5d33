"""Every setting of Brink in one table: name, type, default, help.

A value is looked up in this order, the later one winning: the default, the settings file (TOML; `--config PATH` or the
environment variable BRINK_CONFIG), the environment (BRINK_ and the name in capitals), the command line. A name that
is not in the table is an error wherever it stands, so that a typing mistake is never silently without effect.
"""

from __future__ import annotations

import difflib
import math
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from brink import __version__
from brink.errors import SettingError

PREFIX = "BRINK_"
CONFIG_VARIABLE = "BRINK_CONFIG"

Value = bool | int | float | str

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_TYPES: dict[str, type[Value]] = {"bool": bool, "int": int, "float": float, "str": str}


def _setting(default: Any, help: str, least: float | None = None, ascii: bool = True) -> Any:
    return field(default=default, metadata={"help": help, "least": least, "ascii": ascii})


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force. Its fields are the table: add a setting here and nowhere else."""

    timeout: float = _setting(15.0, "Seconds that fetching one page may take in all, its redirects included.", 0.001)
    redirects: int = _setting(5, "Redirects followed before a page is given up.", 0)
    page_bytes: int = _setting(10_000_000, "Largest page or saved page in bytes, after unpacking.", 1)
    feed_bytes: int = _setting(50_000_000, "Largest feed in bytes, after unpacking.", 1)
    page_elements: int = _setting(20_000, "Most elements a page may hold; more than that is no article.", 1)
    text_characters: int = _setting(500_000, "Longest report text in characters.", 1)
    unpack_ratio: int = _setting(200, "How many times its size a packed file (gzip, Parquet) may unpack to.", 1)
    user_agent: str = _setting(
        f"brink-monitor/{__version__}",
        "How Brink names itself to web servers; add where you can be reached.",
    )
    robots: bool = _setting(True, "Keep to the robots.txt of each site.")
    fetch_delay: float = _setting(1.0, "Seconds between two pages of one site; a Crawl-delay may lengthen it.", 0)
    allow_private: bool = _setting(False, "Let addresses lead to private, loopback and link-local networks.")
    gazetteer: str = _setting(
        "", "Gazetteer made by `brink gazetteer import`; empty for the built-in one.", ascii=False
    )
    db: str = _setting(
        "", "Ledger: a SQLite file or postgresql://USER@HOST/NAME; empty for the file in your data folder.", ascii=False
    )
    watch_interval: float = _setting(300.0, "Seconds between two looks at one feed; a feed in trouble waits longer.", 1)
    threads: int = _setting(
        1, "Windows of text that a process reads at once; the records are the same at any number.", 1
    )
    types: str = _setting(
        "", "Own event types: files of `brink types fit`, parted by commas; empty for none.", ascii=False
    )
    alerts: str = _setting("", "File of alert rules for `brink watch`; empty for no alerts.", ascii=False)
    db_wait: float = _setting(30.0, "Seconds to wait while another program writes to the ledger.", 0)


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table; `least` is the smallest number allowed, None where there is no such bound.

    `ascii`: a text may hold ASCII alone, as what goes into a header must; a path may hold more.
    """

    name: str
    type: type[Value]
    default: Value
    help: str
    least: float | None
    ascii: bool

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()


def _rows() -> Iterator[Setting]:
    for one in fields(Settings):
        if one.default is MISSING:
            raise SettingError(f"The setting '{one.name}' has no default.")
        kind = _TYPES[str(one.type)]
        yield Setting(one.name, kind, one.default, one.metadata["help"], one.metadata["least"], one.metadata["ascii"])


TABLE: tuple[Setting, ...] = tuple(_rows())
_BY_NAME = {row.name: row for row in TABLE}


def load(
    path: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, object] | None = None,
) -> Settings:
    """Settings from file, environment and command line, the later winning.

    `path` names the settings file (else BRINK_CONFIG does, else none is read); `environ` is `os.environ` unless given;
    `overrides` are what the command line says, None standing for "not given". Raises SettingError on an unknown
    name, a value of the wrong type or out of bounds, or a file that cannot be read.
    """
    environ = os.environ if environ is None else environ
    path = path or environ.get(CONFIG_VARIABLE) or None
    values = _from_file(Path(path)) if path else {}
    values |= _from_environment(environ)
    for name, value in (overrides or {}).items():
        if value is not None:
            row = _row(name, "the command line")
            values[name] = _checked(row, value, f"the option '{name}'")
    return Settings(**values)


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting's value, and in words where it comes from."""

    row: Setting
    value: Value
    source: str


def in_force(
    path: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, object] | None = None,
) -> tuple[InForce, ...]:
    """Every setting with the value that `load` gives it and what sets it. Takes and raises what `load` does."""
    environ = os.environ if environ is None else environ
    found = load(path, environ, overrides)
    file = path or environ.get(CONFIG_VARIABLE) or None
    sources = dict.fromkeys(_from_file(Path(file)), f"the settings file {file}") if file else {}
    sources |= {row.name: f"the environment variable {row.variable}" for row in TABLE if row.variable in environ}
    sources |= {name: "the command line" for name, value in (overrides or {}).items() if value is not None}
    return tuple(InForce(row, getattr(found, row.name), sources.get(row.name, "default")) for row in TABLE)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            found = tomllib.load(file)
    except OSError as error:
        raise SettingError(f"The settings file {path} cannot be read: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"The settings file {path} is not valid TOML: {error}.") from error
    place = f"the settings file {path}"
    return {name: _typed(_row(name, place), value, f"'{name}' in {place}") for name, value in found.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for variable, text in environ.items():
        if variable.startswith(PREFIX) and variable != CONFIG_VARIABLE:
            row = _row(variable.removeprefix(PREFIX).lower(), "the environment", variable)
            values[row.name] = _checked(row, text, f"the environment variable {variable}")
    return values


def _row(name: str, place: str, shown: str | None = None) -> Setting:
    if name in _BY_NAME:
        return _BY_NAME[name]
    near = difflib.get_close_matches(name, _BY_NAME, n=1)
    hint = f"did you mean '{near[0]}'" if near else "the known ones are " + ", ".join(_BY_NAME)
    raise SettingError(f"There is no setting '{shown or name}', which {place} sets; {hint}?")


def _checked(row: Setting, value: object, place: str) -> Value:
    """A value that may still be text, as the environment and the command line give it."""
    if not isinstance(value, str) or row.type is str:
        return _typed(row, value, place)
    text = value.strip()
    if row.type is bool and text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    try:
        number: object = value if row.type is bool else row.type(text)
    except ValueError:
        number = value
    return _typed(row, number, place)


def _typed(row: Setting, value: object, place: str) -> Value:
    """`value` if it has the row's type and keeps its bound; a whole number stands for a decimal one."""
    if row.type is float and type(value) is int:
        value = float(value)
    if type(value) is not row.type:
        raise SettingError(f"{_capital(place)} must be {_WORDS[row.type]}, not {value!r}.")
    if isinstance(value, float) and not math.isfinite(value):
        raise SettingError(f"{_capital(place)} must be a finite number, not {value!r}.")
    if row.least is not None and isinstance(value, int | float) and value < row.least:
        raise SettingError(f"{_capital(place)} must be {row.least:g} or more, not {value!r}.")
    if isinstance(value, str) and not (value.isprintable() and value.strip()):
        raise SettingError(f"{_capital(place)} must be one line of text.")
    if isinstance(value, str) and row.ascii and not value.isascii():
        raise SettingError(f"{_capital(place)} must be one line of plain ASCII text, not {value!r}.")
    return value


_WORDS: dict[type[Value], str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
