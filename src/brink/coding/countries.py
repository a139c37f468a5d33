"""Countries: their names and codes from CLDR and pycountry, other names, peoples and seats from readable tables.

CLDR (through Babel) and pycountry give English names and codes of every country; data/places/names.toml adds short
forms and ended states, data/actors the peoples and seats of government that neither knows.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

XKX = ("XK", "XKX", "Kosovo")
"""Kosovo has no ISO code of its own; CLDR knows it as XK, the project's conventions as XKX."""

_PLURAL_SAME = ("s", "sh", "ch", "ese", "x", "z", "men", "women")


@dataclass(frozen=True, slots=True)
class CountryName:
    """One name of a country. `told` is true for an ended state, whose own name a record keeps."""

    form: str
    country: str
    told: bool = False


@functools.cache
def country_names() -> tuple[CountryName, ...]:
    """Every English name of every country: official, common, CLDR's, short and variant ones, and the hand file's."""
    hand = tomllib.loads(files("brink.data").joinpath("places/names.toml").read_text("utf-8"))
    found = [CountryName(form, code) for code, forms in _standard().items() for form in forms]
    found += [CountryName(form, code) for code, forms in hand["countries"].items() for form in forms]
    found += [CountryName(form, code, True) for code, forms in hand["ended"].items() for form in forms]
    return tuple(found)


@functools.cache
def _standard() -> Mapping[str, tuple[str, ...]]:
    import pycountry
    from babel import Locale

    territories = Locale("en").territories
    table: dict[str, tuple[str, ...]] = {}
    for entry in pycountry.countries:
        names = [territories.get(f"{entry.alpha_2}{form}") for form in ("", "-alt-short", "-alt-variant")]
        names += [getattr(entry, field, None) for field in ("common_name", "name", "official_name")]
        table[entry.alpha_3] = tuple(dict.fromkeys(name for name in names if name and ", " not in name))
    table[XKX[1]] = (str(territories.get(XKX[0], XKX[2])),)
    return table


def country_name(code: str) -> str:
    """Give CLDR's English name of an ISO 3166-1 alpha-3 code (or XKX); the code itself where it is unknown."""
    names = _standard().get(code)
    return names[0].partition(" (")[0].removesuffix(" SAR China") if names else code


@functools.cache
def peoples() -> tuple[CountryName, ...]:
    """Every adjective and name of a people, plurals included."""
    found = []
    for codes, form in _forms("demonyms.tsv"):
        forms = (form,) if form.endswith(_PLURAL_SAME) else (form, f"{form}s")
        found += [CountryName(written, code) for written in forms for code in codes.split("|")]
    return tuple(found)


@functools.cache
def seats() -> tuple[CountryName, ...]:
    """Every seat of government that stands for its government in news."""
    return tuple(CountryName(form, code) for code, form in _forms("capitals.tsv"))


@functools.cache
def regions() -> tuple[CountryName, ...]:
    """Regions that reports name without their country."""
    return tuple(CountryName(form, code) for code, form in _forms("regions.tsv"))


def _forms(name: str) -> Iterator[tuple[str, str]]:
    for code, forms in rows(name):
        for form in forms.split(";"):
            yield code, form


def rows(name: str) -> Iterator[list[str]]:
    """Give the cells of each line of a table of data/actors; comments are left out."""
    for line in files("brink.data").joinpath(f"actors/{name}").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
