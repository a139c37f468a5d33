"""The ledger's tables: data/ledger/acts.toml and matching.toml, read once."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any


@functools.cache
def table(name: str) -> Mapping[str, Any]:
    """`data/ledger/<name>.toml` as plain dicts."""
    return tomllib.loads((resources.files("brink") / f"data/ledger/{name}.toml").read_text("utf-8"))


@functools.cache
def words(name: str) -> re.Pattern[str]:
    """The compiled expression of that name in `acts.toml`, table [words]."""
    return re.compile(table("acts")["words"][name], re.IGNORECASE)


@functools.cache
def kin(one: str, other: str) -> bool:
    """Whether two act types may be one happening told in two ways."""
    return one == other or any(one in family and other in family for family in table("acts")["families"])


@functools.cache
def families(act: str) -> tuple[str, ...]:
    """The families of act types that an act belongs to, itself where it is in none; kin acts have one in common."""
    found = tuple(str(i) for i, family in enumerate(table("acts")["families"]) if act in family)
    return found or (act,)


@functools.cache
def said() -> frozenset[str]:
    """Event types that are done by being said."""
    return frozenset(table("acts")["said"])


@functools.cache
def promises() -> frozenset[str]:
    """Event types that promise their deed."""
    return frozenset(table("acts")["promises"])


@functools.cache
def opposites() -> tuple[tuple[tuple[str, str], tuple[str, str]], ...]:
    """Pairs of (type, mode) that undo each other; an empty mode stands for any."""
    return tuple((tuple(row["one"]), tuple(row["other"])) for row in table("acts")["opposite"])
