"""Modes: the words of the trigger speak first, then those of the sentence, then the model."""

from __future__ import annotations

import pytest

from brink import codebook
from brink.coding.modes import _words, modes_of

CASES = [
    ("RETREAT", "released", {}, "", ("release",)),
    ("RETREAT", "are returning", {}, "", ("withdraw",)),
    ("ASSAULT", "kidnapped", {"mode:abduct": 0.2}, "", ("abduct",)),
    ("ASSAULT", "killed", {}, "A mortar killed two.", ("heavy-weapons",)),
    ("ASSAULT", "killed", {"mode:firearms": 0.7}, "A mortar killed two.", ("firearms",)),
    ("ASSAULT", "killed", {}, "Two men were killed.", ()),
    ("PROTEST", "hunger strike", {"mode:strike": 0.7, "mode:hunger": 0.1}, "", ("hunger",)),
    ("CONSULT", "meeting", {"mode:visit": 0.9}, "", ()),
    ("CONSULT", "flew in", {"mode:visit": 0.9}, "", ("visit",)),
    ("CONSULT", "meeting", {"mode:phone": 0.3}, "They met for a call on arms.", ()),
    ("CONSULT", "spoke", {"mode:phone": 0.3}, "They spoke at length.", ("phone",)),
    ("ASSAULT", "attacked", {"mode:aerial": 0.4}, "Troops attacked at dawn.", ()),
    ("ASSAULT", "attacked", {"mode:aerial": 0.4}, "Jets attacked at dawn.", ("aerial",)),
    ("ASSAULT", "bombed", {"mode:explosives": 0.9}, "Jets bombed the camp.", ("aerial",)),
    ("ASSAULT", "bombed", {"mode:explosives": 0.9}, "Men bombed the jets.", ("explosives",)),
    ("COERCE", "cyberattack blocked", {"mode:censor": 0.4}, "", ("cyber",)),
    ("COERCE", "banned", {"mode:censor": 0.3}, "", ("restrict",)),
    ("COERCE", "blockaded", {"mode:seize": 0.3}, "", ("restrict",)),
    ("COERCE", "captured", {"mode:arrest": 0.8}, "", ("arrest",)),
    ("ACCUSE", "blamed", {"mode:disapprove": 0.3}, "", ("allege",)),
    ("ACCUSE", "summoned the envoy", {"mode:allege": 0.3}, "", ("disapprove",)),
    ("ACCUSE", "surveillance", {"mode:investigate": 0.6}, "", ("investigate",)),
    ("THREATEN", "warned", {"mode:restrict": 0.6}, "", ("restrict",)),
    ("ASSAULT", "stun grenades", {"mode:explosives": 0.6}, "", ("crowd-control",)),
    ("SANCTION", "took steps", {"mode:expel": 0.1, "mode:convict": 0.05}, "", ("expel",)),
    ("SANCTION", "took steps", {}, "", ()),
    ("ASSAULT", "took the hill", {"mode:firearms": 0.1}, "", ()),
    ("AGREE", "agreed", {}, "", ()),
]


@pytest.mark.parametrize(("kind", "trigger", "scores", "sentence", "expected"), CASES)
def test_modes(kind: str, trigger: str, scores: dict[str, float], sentence: str, expected: tuple[str, ...]) -> None:
    assert modes_of(kind, scores, 0.2, trigger, sentence) == expected


def test_every_mode_with_words_is_one_of_its_type() -> None:
    for name, patterns in _words().items():
        kind = name.split()[-1]
        assert set(patterns) <= {str(m) for m in codebook.modes_of(kind)}
