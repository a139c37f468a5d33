"""Acts whose words fix their type against the model's: forces that go back to base withdraw, they are not sent out.

PLOVER's rule of tense follows: a withdrawal to come is CONCEDE with the withdrawal as its deed. A missile fired into
the sea hits nobody: it is shown (MOBILIZE), no assault.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

from brink.records import Label

WILL = re.compile(
    r"\b(?:will|shall|(?:undert(?:akes?|ook|aken)|promis\w+|pledg\w+|vow\w*|agree[sd]?) to)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
DROPPED = ("mode:", "deed:", "deed_mode:")
AHEAD = 60
"""Characters after the trigger in which the base to which forces go back is looked for."""
LOADING = re.compile(r"\b(?:(?:re)?load(?:s|ed|ing)?|board(?:s|ed|ing)?|entrain\w*|embark\w*)\b", re.IGNORECASE)
"""Getting onto transport belongs to the movement it is for, which the rest of the sentence tells."""


@functools.cache
def _home() -> re.Pattern[str]:
    table = tomllib.loads(files("brink.data").joinpath("coding/retyped.toml").read_text("utf-8"))
    return re.compile(table["home"], re.IGNORECASE)


SHOWN = re.compile(
    r"\b(?:missiles?|rockets?|projectiles?)\b[^.;]{0,60}\b(?:into|over) [^.;]{0,25}"
    r"(?:\bsea\b|\bocean\b|\bpacific\b)|"
    r"\b(?:missile|rocket)[\w -]{0,20} tests?\b|\btest[- ]fir\w+",
    re.IGNORECASE,
)
"""Behind the beginning of a trigger: what is fired to be seen. In our training parts all 5 such acts are MOBILIZE."""
FIRED = re.compile(r"\b(?:fir(?:e|ing)|launch|shot|test)", re.IGNORECASE)


def retyped(labels: Sequence[Label], text: str, future: float) -> tuple[Label, ...]:
    """The labels, MOBILIZE of forces that go back turned to RETREAT, and a withdrawal to come to CONCEDE.

    To come is what the model is at least `future` sure of, or what stands behind "will".
    """
    return tuple(_retyped(label, text, future) for label in labels)


def _retyped(label: Label, text: str, future: float) -> Label:
    if label.layer == "event" and label.kind == "ASSAULT" and _shown(label, text):
        return replace(
            label, kind="MOBILIZE", scores=_without(label, DROPPED) | {"mode:weapons": 1.0, "deed:none": 1.0}
        )
    if label.layer != "event" or label.kind not in ("MOBILIZE", "RETREAT"):
        return label
    announced = label.scores.get("aux:future", 0.0) >= future or bool(WILL.search(text[: label.start][-30:]))
    if label.kind == "RETREAT":
        return _conceded(label, _modes(label)) if announced else label
    end = text.find(". ", label.end)
    sentence = end if end >= 0 else len(text)
    after = text[label.start : sentence if LOADING.search(label.text) else min(label.end + AHEAD, sentence)]
    if not _home().search(after):
        return label
    if announced:
        return _conceded(label, {"deed_mode:withdraw": 1.0})
    return replace(label, kind="RETREAT", scores=_without(label, DROPPED) | {"mode:withdraw": 1.0, "deed:none": 1.0})


def _shown(label: Label, text: str) -> bool:
    """Whether missiles are fired where they hit nobody."""
    end = text.find(". ", label.end)
    after = text[label.start : min(label.end + 2 * AHEAD, end if end >= 0 else len(text))]
    return bool(FIRED.search(label.text) and SHOWN.search(after))


def _without(label: Label, dropped: tuple[str, ...]) -> dict[str, float]:
    return {k: v for k, v in label.scores.items() if not k.startswith(dropped)}


def _modes(label: Label) -> dict[str, float]:
    """The act's modes as those of a deed."""
    return {f"deed_{k}": v for k, v in label.scores.items() if k.startswith("mode:")}


def _conceded(label: Label, modes: dict[str, float]) -> Label:
    return replace(label, kind="CONCEDE", scores=_without(label, DROPPED) | {"deed:RETREAT": 1.0} | modes)
