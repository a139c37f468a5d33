"""Acts whose words fix their type against the model's: forces that go back to base withdraw, they are not sent out.

PLOVER's rule of tense follows: a withdrawal to come is CONCEDE with the withdrawal as its deed.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

from brink.records import Label

WILL = re.compile(r"\b(?:will|shall)\s+(?:\w+ly\s+)?$")
DROPPED = ("mode:", "deed:", "deed_mode:")
AHEAD = 60
"""Characters after the trigger in which the base to which forces go back is looked for."""
LOADING = re.compile(r"\b(?:(?:re)?load(?:s|ed|ing)?|board(?:s|ed|ing)?|entrain\w*|embark\w*)\b", re.IGNORECASE)
"""Getting onto transport belongs to the movement it is for, which the rest of the sentence tells."""


@functools.cache
def _home() -> re.Pattern[str]:
    table = tomllib.loads(files("brink.data").joinpath("coding/retyped.toml").read_text("utf-8"))
    return re.compile(table["home"], re.IGNORECASE)


def retyped(labels: Sequence[Label], text: str, future: float) -> tuple[Label, ...]:
    """The labels, MOBILIZE of forces that go back turned to RETREAT, and a withdrawal to come to CONCEDE.

    To come is what the model is at least `future` sure of, or what stands behind "will".
    """
    return tuple(_retyped(label, text, future) for label in labels)


def _retyped(label: Label, text: str, future: float) -> Label:
    if label.layer != "event" or label.kind not in ("MOBILIZE", "RETREAT"):
        return label
    announced = label.scores.get("aux:future", 0.0) >= future or bool(WILL.search(text[: label.start][-20:]))
    if label.kind == "RETREAT":
        return _conceded(label, _modes(label)) if announced else label
    end = text.find(". ", label.end)
    sentence = end if end >= 0 else len(text)
    after = text[label.start : sentence if LOADING.search(label.text) else min(label.end + AHEAD, sentence)]
    if not _home().search(after):
        return label
    if announced:
        return _conceded(label, {"deed_mode:withdraw": 1.0})
    scores = {k: v for k, v in label.scores.items() if not k.startswith(DROPPED)}
    return replace(label, kind="RETREAT", scores=scores | {"mode:withdraw": 1.0, "deed:none": 1.0})


def _modes(label: Label) -> dict[str, float]:
    """The act's modes as those of a deed."""
    return {f"deed_{k}": v for k, v in label.scores.items() if k.startswith("mode:")}


def _conceded(label: Label, modes: dict[str, float]) -> Label:
    scores = {k: v for k, v in label.scores.items() if not k.startswith(DROPPED)}
    return replace(label, kind="CONCEDE", scores=scores | {"deed:RETREAT": 1.0} | modes)
