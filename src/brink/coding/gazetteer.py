"""The gazetteer: from a name to the places that bear it.

It reads, never at once, the SQLite file that the package carries (or one that `import_dump` made), the country names
of CLDR and pycountry, and two hand files, names.toml and areas.toml. The process has one gazetteer; `use` sets it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from brink.coding import gazetteer_file
from brink.coding.gazetteer_file import key_of
from brink.errors import UsageError

_DATA = Path(str(resources.files("brink"))) / "data" / "places"
BUILT_IN = _DATA / "gazetteer.sqlite"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. `kind` as in `gazetteer_file.Row`; `lat`/`lon` are a centre, not always a location.

    `region` is the GeoNames id of its first-level region; `told` is the name under which it was found where that
    name is to be kept (a state that has ended).
    """

    id: int
    name: str
    kind: str
    country: str
    region: int | None
    lat: float
    lon: float
    population: int
    own_name: bool
    capital: bool
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A place of the hand file areas.toml: what it is called, where it lies, how precisely that says where."""

    name: str
    countries: tuple[str, ...]
    precision: str
    id: int | None


class Gazetteer:
    """Read-only look-up in one gazetteer file; `version` is the hash of its content, hand files included."""

    def __init__(self, path: Path) -> None:
        """Open `path`. Raises UsageError where there is no gazetteer of the layout this version reads."""
        if not path.exists():
            raise UsageError(f"The gazetteer {path} is missing; reinstall Brink, or run `python build_gazetteer.py`.")
        self._base = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            meta = dict(self._base.execute("SELECT key, value FROM meta"))
            self._capitals = {
                row[0] for row in self._base.execute("SELECT capital FROM country WHERE capital NOT NULL")
            }
            self._iso3: dict[str, str] = dict(self._base.execute("SELECT iso2, iso3 FROM country"))
            self._ids: dict[str, int] = dict(self._base.execute("SELECT iso3, id FROM country"))
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path} is no gazetteer ({error}); make one with `brink gazetteer import`.") from error
        if meta.get("layout") != gazetteer_file.LAYOUT:
            raise UsageError(f"The gazetteer {path} has another layout than this version reads; import the dump again.")
        self.path = path
        self.version = hashlib.sha256((meta["hash"] + _hand_files_hash()).encode()).hexdigest()[:8]
        self.find = lru_cache(maxsize=4096)(self._find)

    def _find(self, name: str) -> tuple[Candidate, ...]:
        """Give every place that `name` may mean, in a fixed order; empty where the name is not known."""
        key = key_of(name)
        found = {c.id: c for c in self._rows("name.key = ?", key, key)}
        for number in _town_aliases().get(key, ()):
            found |= {c.id: c for c in self._rows("place.id = ?", number, None)}
        country, told = _country_names(tuple(self._iso3.items())).get(key, (None, False))
        if country in self._ids:
            for c in self._rows("place.id = ?", self._ids[country], None):
                found[c.id] = replace(c, told=name) if told else c
        return tuple(found[number] for number in sorted(found))

    def by_id(self, number: int) -> Candidate | None:
        """Give the place with a GeoNames id."""
        return next(self._rows("place.id = ?", number, None), None)

    def country(self, iso3: str) -> Candidate | None:
        """Give the country with an ISO 3166-1 alpha-3 code."""
        number = self._ids.get(iso3)
        return None if number is None else self.by_id(number)

    def _rows(self, where: str, value: Any, key: str | None) -> Iterator[Candidate]:
        query = (
            "SELECT DISTINCT place.id, place.name, kind, iso2, region, lat, lon, population FROM place "
            + ("JOIN name ON name.id = place.id " if where.startswith("name.") else "")
            + f"WHERE {where} ORDER BY place.id"
        )
        for number, name, kind, iso2, region, lat, lon, population in self._base.execute(query, (value,)).fetchall():
            yield Candidate(
                number, name, kind, self._iso3.get(iso2, iso2), region, lat / 1e4, lon / 1e4, population,
                key is None or key_of(name) == key, number in self._capitals,
            )  # fmt: skip


_chosen: list[Path] = []


def use(path: Path | None) -> None:
    """Make `path` (None: the built-in one) this process's gazetteer. Raises UsageError where it cannot be read."""
    opened = _open(path or BUILT_IN)
    _chosen[:] = [opened.path]


def gazetteer() -> Gazetteer:
    """Give this process's gazetteer, opened once."""
    return _open(_chosen[0] if _chosen else BUILT_IN)


@cache
def _open(path: Path) -> Gazetteer:
    return Gazetteer(path)


@cache
def hand_file(name: str) -> Mapping[str, Any]:
    """Give one of the TOML files of data/places, read once."""
    return tomllib.loads((_DATA / name).read_text("utf-8"))


def _hand_files_hash() -> str:
    sha = hashlib.sha256()
    for name in ("areas.toml", "names.toml", "words.toml"):
        sha.update((_DATA / name).read_bytes())
    return sha.hexdigest()


@cache
def areas() -> Mapping[str, Area]:
    """Give the hand-written areas by the key of each of their names."""
    table: dict[str, Area] = {}
    for section in hand_file("areas.toml").values():
        for entry in section:
            area = Area(entry["name"], tuple(entry["countries"]), entry.get("precision", "area"), entry.get("id"))
            table |= dict.fromkeys(map(key_of, [entry["name"], *entry.get("also", ())]), area)
    return table


@cache
def abbreviations() -> Mapping[str, int]:
    """Give the GeoNames ids of regions by the abbreviation that follows a town's name, points left out."""
    table = hand_file("names.toml")["abbreviations"]
    return {
        short.replace(".", "").replace(" ", ""): int(number) for number, shorts in table.items() for short in shorts
    }


@cache
def _town_aliases() -> Mapping[str, tuple[int, ...]]:
    table: dict[str, tuple[int, ...]] = {}
    for number, names in hand_file("names.toml")["towns"].items():
        for name in names:
            table[key_of(name)] = (*table.get(key_of(name), ()), int(number))
    return table


@lru_cache(maxsize=2)
def _country_names(codes: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, bool]]:
    """Country by key, with whether the name as told is to be kept; the hand file has the last word."""
    import pycountry
    from babel import Locale

    table: dict[str, tuple[str, bool]] = {}
    territories = Locale("en").territories
    for iso2, iso3 in codes:
        entry = pycountry.countries.get(alpha_2=iso2)
        spoken = [getattr(entry, name, None) for name in ("name", "common_name", "official_name")] if entry else []
        table |= {key_of(name): (iso3, False) for name in [*spoken, territories.get(iso2)] if name}
    names = hand_file("names.toml")
    table |= {key_of(name): (iso3, False) for iso3, all_names in names["countries"].items() for name in all_names}
    table |= {key_of(name): (iso3, True) for iso3, all_names in names["ended"].items() for name in all_names}
    return table


def import_dump(dump: Path, out: Path) -> int:
    """Make a gazetteer at `out` from GeoNames' allCountries.zip; give the number of its places.

    It takes about the dump's unpacked size on disk and little memory. Raises UsageError where `dump` is no zip that
    holds a dump.
    """
    try:
        with zipfile.ZipFile(dump) as archive:
            member = next((name for name in archive.namelist() if name.lower().endswith(".txt")), None)
            if member is None:
                raise UsageError(f"{dump} holds no .txt file; expected GeoNames' allCountries.zip.")
            return _import(archive, member, out)
    except (zipfile.BadZipFile, OSError) as error:
        raise UsageError(f"{dump} cannot be read as GeoNames' allCountries.zip: {error}.") from error


def _import(archive: zipfile.ZipFile, member: str, out: Path) -> int:
    base = sqlite3.connect(f"{BUILT_IN.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    countries = [gazetteer_file.CountryRow(*row) for row in base.execute("SELECT iso2, iso3, id, capital FROM country")]
    base.close()
    known = {country.id for country in countries}
    regions = {f"{cells[8]}.{cells[10]}": int(cells[0]) for cells in _lines(archive, member) if cells[7] == "ADM1"}
    count = 0

    def rows() -> Iterator[gazetteer_file.Row]:
        nonlocal count
        for cells in _lines(archive, member):
            if row := _dump_row(cells, regions, known):
                count += 1
                yield row

    gazetteer_file.write(out, rows(), countries, f"GeoNames {member}")
    return count


def _lines(archive: zipfile.ZipFile, member: str) -> Iterator[list[str]]:
    with archive.open(member) as lines:
        for line in lines:
            cells = line.decode("utf-8").rstrip("\n").split("\t")
            if len(cells) != 19:
                raise UsageError(f"{member} has a line of {len(cells)} columns; a GeoNames dump has 19.")
            yield cells


def _dump_row(cells: list[str], regions: Mapping[str, int], countries: set[int]) -> gazetteer_file.Row | None:
    number, feature, code = int(cells[0]), cells[6], cells[7]
    if number in countries:
        kind = "C"
    elif feature == "A":
        kind = "A" if code == "ADM1" else "B"
    elif feature in "PHTLS" and feature:
        kind = feature
    else:
        return None  # roads, undersea features and vegetation
    region = regions.get(f"{cells[8]}.{cells[10]}")
    names = [cells[1], cells[2], *(name for name in cells[3].split(",") if name[:1].isupper() and not name.isupper())]
    keys = {key for key in map(key_of, names) if key.isascii() and len(key) >= 3} | {key_of(cells[1])}
    keys.discard("")
    lat, lon, people = float(cells[4]), float(cells[5]), int(cells[14] or 0)
    return gazetteer_file.Row(number, cells[1], kind, cells[8], region, lat, lon, people, tuple(sorted(keys)))
