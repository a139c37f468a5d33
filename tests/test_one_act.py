"""Acts that the model opens twice, and acts that somebody could not verify."""

from __future__ import annotations

import pytest

from brink.coding.events import wordless
from brink.coding.one_act import joined
from brink.coding.unverified import unverified
from brink.records import Label, Sentence


def event(text: str, words: str, kind: str = "RETREAT", **scores: float) -> Label:
    at = text.index(words)
    return Label(at, at + len(words), words, "event", kind, 0, 0.5, dict(scores))


@pytest.mark.parametrize(
    ("text", "triggers", "expected"),
    [
        (
            "It awaits a Russian withdrawal.",
            [("Russian", "CONCEDE"), ("withdrawal", "CONCEDE")],
            ["Russian withdrawal"],
        ),
        ("Units have left.", [("have", "RETREAT"), ("left", "RETREAT")], ["have left"]),
        ("Some had marched off.", [("had", "ASSAULT"), ("marched", "PROTEST")], ["marched"]),
        ("They were detained, beaten.", [("detained", "COERCE"), ("beaten", "COERCE")], ["detained", "beaten"]),
        ("They detained killers.", [("detained", "COERCE"), ("killers", "ASSAULT")], ["detained", "killers"]),
    ],
)
def test_what_is_told_in_one_breath_is_one_act(text: str, triggers: list[tuple[str, str]], expected: list[str]) -> None:
    labels, gone = joined([event(text, words, kind) for words, kind in triggers], text)
    kept = [x for i, x in enumerate(labels) if i not in gone]
    assert [x.text for x in kept] == expected
    assert all(text[x.start : x.end] == x.text for x in kept)


@pytest.mark.parametrize(
    ("words", "tells"), [("had", False), ("the", False), ("had been to", False), ("had left", True)]
)
def test_an_auxiliary_alone_tells_no_act(words: str, tells: bool) -> None:
    assert (wordless([event(words, words)]) == set()) is tells


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Washington has not yet verified that units are returning.", False),
        ("Observers could not independently confirm the returning of units.", False),
        ("He hasn't been able to establish whether units are returning.", False),
        ("It has not confirmed the figure, but units are not returning.", True),
        ("Kyiv will believe in the returning of units when it sees it.", False),
        ("Washington says that no units are returning.", True),
    ],
)
def test_what_is_not_verified_is_open_not_denied(text: str, denied: bool) -> None:
    scores = {"aux:negation": 0.9, "certainty:certain": 0.8, "certainty:unknown": 0.1}
    (found,) = unverified([event(text, "returning", **scores)], [Sentence(0, 0, 0, len(text), text)])
    assert (found.scores["aux:negation"] > 0.5) is denied
    assert (max(scores, key=lambda k: found.scores[k]) == "certainty:unknown") is not denied


@pytest.mark.parametrize(("words", "kind", "tells"), [("Remarks", "CONSULT", False), ("talks", "CONSULT", True),
                                                      ("speech", "ACCUSE", True)])  # fmt: skip
def test_words_alone_are_no_meeting(words: str, kind: str, tells: bool) -> None:
    assert (wordless([event(words, words, kind)]) == set()) is tells
