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

AHEAD = 60
"""Characters after the trigger in which the base to which forces go back is looked for."""


@functools.cache
def _home() -> re.Pattern[str]:
    table = tomllib.loads(files("brink.data").joinpath("coding/retyped.toml").read_text("utf-8"))
    return re.compile(table["home"], re.IGNORECASE)


def retyped(labels: Sequence[Label], text: str, future: float) -> tuple[Label, ...]:
    """The labels, MOBILIZE turned to RETREAT, or to CONCEDE where it is to come (at least `future` sure of it)."""
    return tuple(_retyped(label, text, future) for label in labels)


def _retyped(label: Label, text: str, future: float) -> Label:
    if label.layer != "event" or label.kind != "MOBILIZE":
        return label
    end = text.find(". ", label.end)
    after = text[label.start : min(label.end + AHEAD, end if end >= 0 else len(text))]
    if not _home().search(after):
        return label
    scores = {k: v for k, v in label.scores.items() if not k.startswith(("mode:", "deed:", "deed_mode:"))}
    if label.scores.get("aux:future", 0.0) < future:
        return replace(label, kind="RETREAT", scores=scores | {"mode:withdraw": 1.0, "deed:none": 1.0})
    return replace(label, kind="CONCEDE", scores=scores | {"deed:RETREAT": 1.0, "deed_mode:withdraw": 1.0})
