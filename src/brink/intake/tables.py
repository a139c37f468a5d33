"""The readable tables that intake goes by (src/brink/data/intake), read when first needed."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any


@functools.cache
def table(name: str) -> dict[str, Any]:
    """The table `name`.toml as plain data; callers must not change it."""
    path = resources.files("brink") / "data" / "intake" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
