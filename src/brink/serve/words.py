"""The words of the pages (data/serve/words.toml)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources


@functools.cache
def words() -> Mapping[str, Mapping[str, str]]:
    """The tables of data/serve/words.toml by name."""
    return tomllib.loads((resources.files("brink") / "data/serve/words.toml").read_text("utf-8"))
