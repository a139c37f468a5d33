"""The card of the weights: labels, columns, calibration, and what they were learnt on; read from `data/model/`."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brink.errors import ModelError

FOLDER = Path(__file__).parents[1] / "data" / "model"


@dataclass(frozen=True, slots=True)
class Head:
    """One head: its labels and its half-open range of output columns; `way` is tags, choice or several."""

    name: str
    way: str
    labels: tuple[str, ...]
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Card:
    """What run time needs of the card.

    `bias` is added to the O logit of a BIO head (set on the development part for the best F1); `calibration` gives
    slope and intercept of a logistic map from a span's mean logit margin to its confidence; `link_bias` (kinds,
    buckets) is what a link's distance adds to its score; `political` are weights and bias of the no-event decision on a
    sentence's mean word vector: below 0, no event is coded there.
    """

    hash: str
    heads: Mapping[str, Head]
    links: tuple[str, ...]
    link_bias: NDArray[np.float64]
    bias: Mapping[str, float]
    calibration: Mapping[str, tuple[float, float]]
    political: tuple[NDArray[np.float64], float]


@functools.cache
def load_card(folder: Path = FOLDER) -> Card:
    """Read `card.json`; ModelError if it is missing or does not fit the weights beside it."""
    try:
        raw: dict[str, Any] = json.loads((folder / "card.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"The model card {folder / 'card.json'} cannot be read ({error}); reinstall Brink.") from error
    heads = {n: Head(n, h["way"], tuple(h["labels"]), *h["columns"]) for n, h in raw["heads"].items()}
    calibration = {k: (v[0], v[1]) for k, v in raw["calibration"].items()}
    links = raw["links"]
    bias = np.array(links["distance"], np.float64) + links["offset"]
    political = np.array(raw["political"]["weights"], np.float64), float(raw["political"]["bias"])
    return Card(raw["hash"], heads, tuple(links["kinds"]), bias, raw["bias"], calibration, political)


def weights_hash(path: Path) -> str:
    """First 8 hex digits of the SHA-256 of the weights."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
