"""Fitted types on the encoder's word vectors of a report -> triggers, and chances of modes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from brink.model.codec import Tagged
from brink.model.own.record import OwnType
from brink.model.own.regression import chance
from brink.model.own.spans import runs
from brink.model.session import Output

HEAD = "own"
"""The head of a trigger of an own type; its label is the type's number."""


def triggers(outputs: Sequence[Output], opens: Sequence[NDArray[np.bool_]], own: Sequence[OwnType]) -> list[Tagged]:
    """Triggers of the own types in each window; `opens`, per window (words,), is True where a sentence opens."""
    found: list[Tagged] = []
    for number, one in enumerate(own):
        if one.of is not None:
            continue
        weights = np.array(one.weights)
        for window, output in enumerate(outputs):
            chances = chance(output.words.astype(np.float64) @ weights + one.bias)
            for first, last in runs(chances, one.threshold, opens[window].tolist()):
                sure = float(chances[first : last + 1].max())
                found.append(Tagged(HEAD, number, window, first, last, sure))
    return found


def modes(trigger: Tagged, kind: str, outputs: Sequence[Output], own: Sequence[OwnType]) -> Mapping[str, float]:
    """Chances of own modes of an event of PLOVER type `kind`, as "own_mode:NAME"; those at their threshold alone."""
    found: dict[str, float] = {}
    for one in own:
        if one.of == kind:
            words = outputs[trigger.window].words[trigger.first : trigger.last + 1].astype(np.float64)
            sure = float(chance(words @ np.array(one.weights) + one.bias).max())
            if sure >= one.threshold:
                found[f"own_mode:{one.name}"] = sure
    return found
