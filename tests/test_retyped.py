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
        ("The army has promised to pull out of the pass.", "pull out", "RETREAT", 0.1, "CONCEDE", "deed:RETREAT"),
        ("No tank was seen going home.", "seen going", "MOBILIZE", 0.1, "RETREAT", None),
        ("It moved its guns 20 km out of the town.", "moved", "MOBILIZE", 0.1, "RETREAT", None),
        ("It moved its tanks out of their barracks.", "moved", "MOBILIZE", 0.1, "MOBILIZE", None),
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


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The North fired two missiles over the East Sea.", "fired", "MOBILIZE"),
        ("It carried out a missile test at dawn.", "missile test", "MOBILIZE"),
        ("The North fired two missiles at the port.", "fired", "ASSAULT"),
        ("Rebels shot dead a fisherman by the sea.", "shot dead", "ASSAULT"),
    ],
)
def test_a_missile_shown_hits_nobody(text: str, trigger: str, expected: str) -> None:
    at = text.index(trigger)
    (found,) = retyped(
        [Label(at, at + len(trigger), trigger, "event", "ASSAULT", 0, 0.9, {"mode:aerial": 0.8})], text, 0.4
    )
    assert found.kind == expected
    assert ("mode:aerial" in found.scores) == (expected == "ASSAULT")
