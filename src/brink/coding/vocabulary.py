"""Word lists and numbers of data/actors/words.toml."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


@functools.cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("brink.data").joinpath("actors/words.toml").read_text("utf-8"))


@functools.cache
def words(name: str) -> frozenset[str]:
    """Give one of the word lists."""
    return frozenset(_table()["words"][name].split())


@functools.cache
def numbers(section: str) -> Mapping[str, float]:
    """Give the numbers of a section: "home" or "places"."""
    return {name: float(value) for name, value in _table()[section].items()}
