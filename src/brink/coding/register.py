"""The register of office holders: a small dated built-in table, or one that a user gives. Nothing here writes one."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from brink.codebook import Sector
from brink.coding.countries import country_names, rows
from brink.coding.register_forms import FORM, raw_rows, table
from brink.coding.tokens import key_of
from brink.coding.vocabulary import words
from brink.errors import RegisterError
from brink.records import Register, RegisterEntry


def load_register(path: Path | None) -> Register:
    """Read a register: the built-in one without `path`, else TSV, CSV, JSON or Wikidata's JSON (ending, first letter).

    Columns: person, office, country (ISO 3166-1 alpha-3 or "-"), sectors (parted by semicolons), since, until (ISO
    8601 dates or "-"). The hash tells its content, not the file's form. Raises RegisterError where the file cannot be
    read or a row is wrong.
    """
    if path is None:
        return _built_in()
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(f"The register {path} cannot be read: {error}.") from error
    return _register(raw_rows(text, path), str(path))


@functools.cache
def _built_in() -> Register:
    text = files("brink.data").joinpath("actors/register.tsv").read_text("utf-8")
    return _register(table(text, "register.tsv"), "register.tsv")


def _register(found: Iterable[tuple[int, Sequence[str]]], where: str) -> Register:
    entries = tuple(_entry(cells, f"{where}, row {number}") for number, cells in found)
    told = "\n".join(repr(entry) for entry in entries)
    return Register(entries, hashlib.sha256(told.encode()).hexdigest()[:8])


def _entry(cells: Sequence[str], where: str) -> RegisterEntry:
    person, office, country, sectors, since, until = (None if cell in ("-", "") else cell for cell in cells)
    if person is None or office is None:
        raise RegisterError(f"{where}: a person and an office are needed; expected {FORM}.")
    if country is not None and country not in _codes():
        raise RegisterError(f"{where}: {country!r} is no ISO 3166-1 alpha-3 code; use one, XKX for Kosovo, or -.")
    given = tuple(sectors.split(";")) if sectors else ("GOV",)
    if wrong := [s for s in given if s not in Sector.__members__]:
        raise RegisterError(f"{where}: {wrong[0]!r} is no sector; use {', '.join(Sector)}.")
    entry = RegisterEntry(person, office, country, given, _day(since, where), _day(until, where))
    if entry.since and entry.until and entry.since > entry.until:
        raise RegisterError(f"{where}: the office ends ({entry.until}) before it begins ({entry.since}).")
    return entry


def _day(told: str | None, where: str) -> date | None:
    if told is None:
        return None
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        raise RegisterError(f"{where}: {told!r} is no date; write it as 2022-02-15.") from error


@functools.cache
def _codes() -> frozenset[str]:
    return frozenset(name.country for name in country_names())


class Holders:
    """Look-up in a register by a person's full name, by a last name, and by the report's date."""

    __slots__ = ("_by_last", "_by_name")

    def __init__(self, register: Register) -> None:
        """Index `register` once."""
        self._by_name: dict[str, list[RegisterEntry]] = {}
        self._by_last: dict[str, list[RegisterEntry]] = {}
        for entry in register.entries:
            for key in (key_of(entry.person), *_spellings().get(entry.person, ())):
                held = self._by_name.setdefault(key, [])
                if entry not in held:
                    held.append(entry)
            for last in _last_names((key_of(entry.person), *_spellings().get(entry.person, ()))):
                self._by_last.setdefault(last, []).append(entry)
            if _family_first(entry):
                self._by_last.setdefault(key_of(entry.person).partition(" ")[0], []).append(entry)

    def named(self, name: str, published: date | None) -> RegisterEntry | None:
        """Give the entry for a full name that holds on a day, else the latest before it, else the first after it."""
        return _at(self._by_name.get(key_of(name), []), published)

    def last_named(self, last: str, published: date | None) -> list[RegisterEntry]:
        """Give, for a last name alone, the entry of each person who bears it and is in office on a day.

        Without a day nobody is in office, so that a name alone tells nobody.
        """
        people: dict[str, list[RegisterEntry]] = {}
        for entry in self._by_last.get(key_of(last), []):
            people.setdefault(entry.person, []).append(entry)
        found = (_at(held, published) for held in people.values())
        return [entry for entry in found if entry and published and _holds(entry, published)]

    def every_last_named(self, last: str) -> list[RegisterEntry]:
        """Give every entry with that last name, whatever its dates."""
        return self._by_last.get(key_of(last), [])


def _last_names(names: Iterable[str]) -> set[str]:
    """The last words of names, with and without an Arabic article."""
    found = {name.rpartition(" ")[2] for name in names}
    return found | {name[3:] for name in found if name.startswith(("al-", "el-"))}


def _family_first(entry: RegisterEntry) -> bool:
    return entry.country in words("family_first")


def over(entry: RegisterEntry, day: date | None) -> bool:
    """Whether an office was held before a day and no longer on it; never without a day."""
    return day is not None and entry.until is not None and entry.until < day


def _holds(entry: RegisterEntry, day: date) -> bool:
    return (entry.since is None or entry.since <= day) and (entry.until is None or day <= entry.until)


def _at(entries: Sequence[RegisterEntry], day: date | None) -> RegisterEntry | None:
    if not entries:
        return None
    if day is None:
        return entries[0] if len(entries) == 1 else max(entries, key=lambda e: e.since or date.min)
    for entry in entries:
        if _holds(entry, day):
            return entry
    before = [e for e in entries if e.until and e.until < day]
    return max(before, key=lambda e: e.until or day) if before else min(entries, key=lambda e: e.since or date.min)


@functools.lru_cache(maxsize=4)
def holders(register: Register) -> Holders:
    """Give the index of a register, made once."""
    return Holders(register)


@functools.cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for name, others in rows("spellings.tsv"):
        table[name] = (*table.get(name, ()), *map(key_of, others.split(";")))
    return table
