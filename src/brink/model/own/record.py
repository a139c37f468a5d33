"""What a fit gives, and its JSON file: a name, weights, a threshold, figures, and the hash of the model it fits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from brink.errors import TypesError
from brink.model.own.examples import check_mode, check_type

FORMAT = 1
"""Version of the file; raised where its meaning changes."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Triggers found, found wrongly, and missed."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.hits / (self.hits + self.false) if self.hits else 0.0

    @property
    def recall(self) -> float:
        """Share of the marked triggers that was found."""
        return self.hits / (self.hits + self.missed) if self.hits else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.hits / (2 * self.hits + self.false + self.missed) if self.hits else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What cross-validation by example found on the user's own lines, in `folds` folds.

    `background` sentences tell other things; `alarms` are those in which a trigger was found all the same.
    """

    counts: Counts
    folds: int
    examples: int
    counter: int
    background: int
    alarms: tuple[str, ...]

    def told(self) -> list[str]:
        """The figures in sentences, with how little they rest on."""
        c = self.counts
        return [
            f"precision {c.precision:.2f}, recall {c.recall:.2f}, F1 {c.f1:.2f} "
            f"({c.hits} found, {c.false} false, {c.missed} missed) in {self.folds}-fold cross-validation by example",
            f"{len(self.alarms)} false alarm(s) in {self.background} sentences of other news",
            f"This rests on {self.examples} examples and {self.counter} counter-examples of yours: one example more or "
            f"less found moves recall by {1 / max(1, c.hits + c.missed):.2f}; texts unlike them may do worse.",
        ]


@dataclass(frozen=True, slots=True)
class OwnType:
    """A fitted head: an event type of its own, or (`of` a PLOVER type) a mode.

    `weights` (one a column of a word's vector) and `bias` give a word's log-odds; from `threshold` on, a probability,
    it counts. `model` is the hash of the weights that the vectors came from.
    """

    name: str
    of: str | None
    about: str
    weights: tuple[float, ...]
    bias: float
    threshold: float
    model: str
    figures: Figures

    @property
    def hash(self) -> str:
        """First 8 hex digits of the SHA-256 of what codes; it travels with every record."""
        told = json.dumps([self.name, self.of, self.weights, self.bias, self.threshold, self.model])
        return hashlib.sha256(told.encode()).hexdigest()[:8]


def save(own: OwnType, path: Path) -> None:
    """Write a fitted type as JSON. Raises TypesError where the file cannot be written."""
    record = {"brink_type": FORMAT, "kind": "mode" if own.of else "type", **asdict(own)}
    try:
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise TypesError(f"{path} cannot be written ({error.strerror}): name a file elsewhere.") from error


def load(path: Path, model: str) -> OwnType:
    """Read a fitted type for the weights whose hash is `model`. Raises TypesError where it is none or for others."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        own = _own(raw, path)
    except (OSError, ValueError) as error:
        raise TypesError(f"The own type {path} cannot be read: {error}.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise TypesError(f"{path} is no own type as `brink types fit` writes it: {error}.") from error
    if own.model != model:
        raise TypesError(
            f"{path} was fitted to the model {own.model}, this Brink has {model}: run `brink types fit` on its "
            "examples again."
        )
    return own


def _own(raw: Mapping[str, Any], path: Path) -> OwnType:
    if raw["brink_type"] != FORMAT:
        raise TypesError(f"{path} has the form {raw['brink_type']!r}, this Brink reads {FORMAT}: fit it again.")
    if raw["of"] is None:
        check_type(raw["name"], str(path))
    else:
        check_mode(raw["name"], raw["of"], str(path))
    told = raw["figures"]
    figures = Figures(**{**told, "counts": Counts(**told["counts"]), "alarms": tuple(told["alarms"])})
    weights = tuple(float(w) for w in raw["weights"])
    numbers = (float(raw["bias"]), float(raw["threshold"]))
    return OwnType(raw["name"], raw["of"], str(raw["about"]), weights, *numbers, str(raw["model"]), figures)
