"""Acts whose words fix their type against the model's."""

from __future__ import annotations

import pytest

from brink.coding.retyped import retyped
from brink.records import Label


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "future", "expected", "deed"),
    [
        ("Units will begin moving to their garrisons.", "begin moving", "RETREAT", 0.1, "CONCEDE", "deed:RETREAT"),
        ("Units are to be pulled out by May.", "pulled out", "RETREAT", 0.9, "CONCEDE", "deed:RETREAT"),
        ("Units pulled out on Friday.", "pulled out", "RETREAT", 0.1, "RETREAT", None),
        ("Units were sent back to base.", "sent back", "MOBILIZE", 0.1, "RETREAT", "deed:none"),
        ("Units will be sent back to base.", "sent back", "MOBILIZE", 0.9, "CONCEDE", "deed:RETREAT"),
        (
            "Units have begun loading onto trains and today they go to their garrisons.",
            "loading",
            "MOBILIZE",
            0.1,
            "RETREAT",
            None,
        ),
        ("Units have begun loading onto trains for the border.", "loading", "MOBILIZE", 0.1, "MOBILIZE", None),
        ("Units will be sent to the border.", "sent", "MOBILIZE", 0.9, "MOBILIZE", None),
    ],
)
def test_a_withdrawal_to_come_is_conceded(
    text: str, trigger: str, kind: str, future: float, expected: str, deed: str | None
) -> None:
    at = text.index(trigger)
    scores = {"aux:future": future, "mode:withdraw": 0.8}
    (found,) = retyped([Label(at, at + len(trigger), trigger, "event", kind, 0, 0.9, scores)], text, 0.4)
    assert found.kind == expected
    assert deed is None or found.scores[deed] == 1.0
