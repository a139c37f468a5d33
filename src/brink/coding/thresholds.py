"""Thresholds on the model's probabilities, read from `data/coding/thresholds.toml`, which says what set them."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PATH = Path(__file__).parents[1] / "data" / "coding" / "thresholds.toml"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least probabilities, 0 to 1; `grammar` adds to the log-odds of a party's link what its place shows."""

    mode: float
    context: float
    party: float
    recipient: float
    lone_party: float
    lone_recipient: float
    circumstance: float
    auxiliary: Mapping[str, float]
    grammar: Mapping[str, float]


@functools.cache
def load_thresholds(path: Path = PATH) -> Thresholds:
    """The thresholds that ship with the model."""
    raw = tomllib.loads(path.read_text("utf-8"))
    return Thresholds(**raw["least"], auxiliary=raw["auxiliary"], grammar=raw["grammar"])
