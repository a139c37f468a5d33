"""Reads the word lists of the text stage (src/brink/data/text/*.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of `data/text/NAME.toml`; raises FileNotFoundError where there is no such list."""
    path = resources.files("brink").joinpath("data", "text", f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def either(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first; a space in a word matches any space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"
